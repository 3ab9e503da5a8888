"""Heads kept outside of the desk: whoever puts an older copy in its place is told of, and no id is given twice."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dutyboard import store
from dutyboard.rules.decide import decide
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.told.post import HandedOver
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link import witness
from dutyboard.tui.link.care import verify
from tests.tui.command_line import CommandLine
from tests.tui.test_gateway import accepted, desk, opened


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def log(folder: Path, *texts: str) -> list[int]:
    gateway = opened(folder)
    numbers = [accepted(gateway, WriteLog(text=text)).entry.id for text in texts]
    gateway.close()
    return numbers


def rolled_back(tmp_path: Path) -> tuple[Path, list[int]]:
    """A desk whose folder was put back as it stood three entries before; the ids of these."""
    folder = tmp_path / "desk"
    desk(folder).close()
    log(folder, "一")
    shutil.copytree(folder, tmp_path / "old")
    given = log(folder, "二", "三", "四")
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "old", folder)
    return folder, given


def told(folder: Path, login: str = "root") -> list[str]:
    gateway = opened(folder, login=login)
    codes = [each.code for each in gateway.found()]
    gateway.close()
    return codes


def test_a_file_without_an_end_in_its_place_is_neither_read_nor_filled_up(tmp_path: Path, state: Path) -> None:
    folder = tmp_path / "desk"
    desk(folder).close()
    (own,) = state.rglob("seen/*/*.json")
    os.truncate(own, 1 << 40)
    tracemalloc.start()
    try:
        log(folder, "一")
        assert tracemalloc.get_traced_memory()[1] < 50 << 20
    finally:
        tracemalloc.stop()
    assert own.stat().st_size <= 1 << 16
    assert json.loads(own.read_bytes())["n"] > 1


@pytest.mark.parametrize(
    "plant", [os.mkfifo, lambda path: path.symlink_to("victim"), Path.mkdir], ids=["FIFO", "link", "folder"]
)
def test_nobody_waits_at_what_is_no_file_in_its_place(
    tmp_path: Path, state: Path, plant: Callable[[Path], object]
) -> None:
    folder = tmp_path / "desk"
    desk(folder).close()
    (own,) = state.rglob("seen/*/*.json")
    (victim := own.with_name("victim")).write_bytes(own.read_bytes())
    before = victim.read_bytes()
    own.unlink()
    plant(own)
    done = subprocess.run(
        [sys.executable, "-m", "dutyboard.tui.cli", "--data", str(folder), "board", "--json"],
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    log(folder, "一")
    assert victim.read_bytes() == before


def test_an_older_copy_in_its_place_is_told_once_and_gives_out_no_id_again(tmp_path: Path) -> None:
    folder, given = rolled_back(tmp_path)
    assert (told(folder), told(folder)) == (["rolled_back"], [])
    (after,) = log(folder, "五")
    assert after > max(given)
    report = verify(folder)
    assert report["ok"]
    assert "rolled" in [each["what"] for each in report["notes"]]


def test_a_desk_that_was_open_meanwhile_gives_out_none_of_them_either(tmp_path: Path) -> None:
    folder, given = rolled_back(tmp_path)
    state = next((tmp_path / "state").rglob("*.json"))
    held = state.read_bytes()
    state.unlink()  # a colleague on another account, who had seen none of them
    other = opened(folder, login="zhangqiang")
    state.write_bytes(held)
    assert told(folder) == ["rolled_back"]
    other.refresh()
    assert min(other.snapshot.next_id(table) for table in ("entries",)) > max(given)
    other.close()


def test_each_officer_is_told_of_what_he_saw_himself(tmp_path: Path) -> None:
    """Two of one account, as at the door: who had seen less than stands there is told nothing."""
    folder = tmp_path / "desk"
    desk(folder).close()
    log(folder, "一")
    assert told(folder, login="zhangqiang") == []
    shutil.copytree(folder, tmp_path / "old")
    log(folder, "二", "三")
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "old", folder)
    assert told(folder, login="zhangqiang") == []
    assert told(folder) == ["rolled_back"]
    assert [told(folder, login="zhangqiang"), told(folder)] == [[], []]


def test_the_same_length_with_other_words_is_told(tmp_path: Path) -> None:
    folder, given = rolled_back(tmp_path)
    state = next((tmp_path / "state").rglob("*.json"))
    held = state.read_bytes()
    state.unlink()
    log(folder, "甲", "乙", "丙", "丁", "戊")
    state.write_bytes(held)
    assert told(folder) == ["rolled_back"]
    assert log(folder, "己")[0] > max(given)


def test_the_command_line_says_it_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = CommandLine(tmp_path / "desk", "2021-06-07T19:40", monkeypatch)
    shutil.copytree(line.folder, tmp_path / "old")
    line.done("log", "来电")
    shutil.rmtree(line.folder)
    shutil.copytree(tmp_path / "old", line.folder)
    said = line.call("board")
    assert said.exit_code == 0
    (sentence,) = [each for each in said.stderr.splitlines() if "不在日志里" in each]
    assert "您上次看到的第 3 行" in sentence
    assert "不在日志里" not in line.call("board").stderr


def test_nothing_is_told_of_a_desk_that_only_grew_or_was_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    desk(folder).close()
    log(folder, "一", "二")
    for _ in range(3):
        gateway = opened(folder, login="zhangqiang")
        gateway.checkpoint()
        gateway.close()
        log(folder, "三")
        assert told(folder) == []
    shutil.rmtree(folder)
    gateway = desk(folder)
    assert gateway.found() == []
    assert accepted(gateway, WriteLog(text="一")).entry.id == 2
    gateway.close()


def test_what_cannot_be_kept_or_was_spoilt_stops_nobody(tmp_path: Path, state: Path) -> None:
    folder = tmp_path / "desk"
    desk(folder).close()
    file = next(state.rglob("*.json"))
    assert file.stat().st_mode & 0o777 == 0o600
    for text in (b"", b"[]", b'{"n":"x","head":1}', b'{"n":999,"head":"' + b"0" * 64 + b'"}'):
        file.write_bytes(text)
        log(folder, "来电")
    shutil.rmtree(state)
    state.write_text("")
    log(folder, "来电")
    assert told(folder) == []


def test_the_head_goes_to_the_system_log_at_each_handover_and_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "log"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
        log.bind(str(place))
        log.setblocking(False)
        monkeypatch.setattr(witness, "SYSLOG", str(place))
        gateway = desk(tmp_path / "desk")
        with pytest.raises(BlockingIOError):
            log.recv(4096)
        gateway.checkpoint()
        said = log.recv(4096).decode()
        assert said.endswith(f"line {gateway._store.seq} head {gateway.head}")
        assert said.startswith("<13>dutyboard[")
        for _ in range(2000):  # nobody reads: the log is full, and nobody waits for it
            gateway._witness.say()
        gateway.checkpoint()
        gateway.close()
    monkeypatch.setattr(witness, "SYSLOG", str(tmp_path / "none"))
    gateway = opened(tmp_path / "desk")
    gateway.checkpoint()
    gateway.close()


def test_the_head_behind_a_handover_goes_there_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[int] = []
    monkeypatch.setattr(witness.Witness, "say", lambda self: said.append(self._store.seq))
    gateway = desk(tmp_path / "desk")
    accepted(gateway, WriteLog(text="来电"))
    assert said == []

    def signed(*given: Any) -> Any:
        answer = decide(*given)
        assert isinstance(answer, Accepted)
        told = HandedOver(items=(), outgoing=1, incoming=1, head=gateway.head)
        return Accepted((replace(answer.entry, told=told),))

    monkeypatch.setattr("dutyboard.tui.link.gateway.decide", signed)
    accepted(gateway, WriteLog(text="交接"))
    assert said == [gateway.snapshot.seq]
    gateway.close()


def test_the_head_is_written_over_the_old_one_and_read_whole(tmp_path: Path, state: Path) -> None:
    """A new file after each act would make the syncs of all others wait for it."""
    gateway = desk(tmp_path / "desk")
    file = next(state.rglob("*.json"))
    before = file.stat().st_ino
    accepted(gateway, WriteLog(text="一"))
    assert [each.stat().st_ino for each in state.rglob("*") if each.is_file()] == [before]
    with file.open("rb") as reader:
        fcntl.flock(reader, fcntl.LOCK_SH)
        kept = file.read_bytes()
        accepted(gateway, WriteLog(text="二"))
        assert file.read_bytes() == kept, "nobody reads it half written, and nobody waits"
    accepted(gateway, WriteLog(text="三"))
    assert json.loads(file.read_bytes())["n"] == gateway.snapshot.seq
    gateway.close()


def test_a_checkpoint_holds_how_far_the_view_log_goes(tmp_path: Path) -> None:
    gateway = desk(tmp_path / "desk")
    gateway.look("person", "person-1", "复核")
    gateway.checkpoint()
    gateway.close()
    assert store.verify(tmp_path / "desk").ok
    shutil.rmtree(tmp_path / "desk" / "views")
    assert [each.what for each in store.verify(tmp_path / "desk").problems] == ["views_short"]
