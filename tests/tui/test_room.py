"""Little room on the disk: every board warns of it before nothing can be saved, also one that was open already."""

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from types import SimpleNamespace

import pytest

from dutyboard.tui.link.care import FREE_BYTES, short_of_room
from dutyboard.tui.link.messages import Fetched, Loaded, News, Opened, Troubled
from dutyboard.tui.link.worker import GatewayThread
from tests.tui.command_line import CommandLine
from tests.tui.night import Broken, desk_at_night
from tests.tui.screen_text import app_of, text

GB = 1_000_000_000
SIZE = (120, 40)


def disk_of(patch: pytest.MonkeyPatch, free: int, size: int, reserved: int = 0) -> None:
    """Make every disk one of `size` bytes, of which `free` may be used and `reserved` are for root."""
    told = SimpleNamespace(f_frsize=1, f_blocks=size, f_bavail=free, f_bfree=free + reserved)
    patch.setattr(os, "statvfs", lambda _: told)


@pytest.mark.parametrize(
    ("free", "size", "percent"),
    [
        (FREE_BYTES, 5 * GB, None),
        (FREE_BYTES - 1, 5 * GB, 9),
        (FREE_BYTES, 10 * GB, None),
        (FREE_BYTES, 10 * GB + 1, 4),
        (49 * GB, 1000 * GB, 4),
        (50 * GB, 1000 * GB, None),
        (0, GB, 0),
        (0, 0, None),  # a disk that tells no size
    ],
)
def test_the_bounds(free: int, size: int, percent: int | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    disk_of(monkeypatch, free, size, reserved=GB)
    short = short_of_room(tmp_path)
    told = short and (short.code, short.fields)
    assert told == (None if percent is None else ("disk_short", {"free": free // 10**6, "percent": percent}))


def test_a_disk_that_cannot_be_asked_is_no_disk_with_room(tmp_path: Path) -> None:
    gone = short_of_room(tmp_path / "gone")
    assert gone is not None and (gone.code, gone.fields) == ("no_access", {"errno": errno.errorcode[errno.ENOENT]})


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "磁盘只剩 120 MB（1%）：请管理员腾出空间，写满后什么都保存不了。"),
        ("en", "Only 120 MB (1 %) of the disk are free: make room, when it is full nothing can be saved."),
    ],
)
def test_the_command_line_says_it_and_works_on(
    language: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk_of(monkeypatch, 400 * GB, 1000 * GB)
    desk = CommandLine(tmp_path / "desk", "2021-06-07T19:40", monkeypatch)
    assert desk.call("--lang", language, "board").stderr == ""
    disk_of(monkeypatch, 120_000_000, 8 * GB)
    for words in (("board",), ("log", "来电")):
        told = desk.call("--lang", language, *words)
        assert (told.stderr, told.exit_code) == (f"dutyboard: {line}\n", 0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB of its own."""
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("this machine may not mount")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system needs root")
def test_a_desk_on_a_disk_that_is_small_is_warned_of(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = CommandLine(small_disk / "desk", "2021-06-07T19:40", monkeypatch)
    assert desk.call("board").stderr.startswith("dutyboard: 磁盘只剩 6")


def test_a_disk_that_fills_up_is_told_once_while_the_board_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, posted = desk_at_night(), Queue[News]()
    thread = GatewayThread(lambda: desk, posted.put)
    thread.start()
    found: list[Exception] = []
    monkeypatch.setattr(desk, "found", lambda: found)
    assert isinstance(posted.get(timeout=10), Opened)
    assert isinstance(posted.get(timeout=10), Loaded)

    def news_after_a_look() -> list[str]:
        thread.look_again()
        thread.fetch(lambda _: None, lambda _: None)
        codes: list[str] = []
        while not isinstance(news := posted.get(timeout=10), Fetched):
            assert isinstance(news, Troubled)
            codes.append(news.trouble.code)
        return codes

    assert news_after_a_look() == []
    found.append(Broken("disk_short"))
    assert news_after_a_look() == ["disk_short"]
    assert news_after_a_look() == []
    found.clear()
    assert news_after_a_look() == []
    found.append(Broken("disk_short"))
    assert news_after_a_look() == ["disk_short"]
    thread.stop()


async def test_an_open_board_says_it_within_the_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_at_night()
    short: list[Exception] = []
    monkeypatch.setattr(desk, "found", lambda: short)
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "磁盘只剩" not in text(app)
        trouble = Broken("disk_short")
        trouble.fields = {"free": 120, "percent": 1}
        short.append(trouble)
        app._minute()
        app.session._thread.stop()  # what was asked before is done by then
        await pilot.pause()
        assert "磁盘只剩 120 MB（1%）" in text(app)
