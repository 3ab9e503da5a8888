"""From `init` to the first act on the board: it is done by somebody of the roster, never by a login."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from dutyboard.tui.app import DutyApp
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.text import words
from tests.tui.command_line import CommandLine
from tests.tui.screen_text import text, until, until_shown

SIZE = (80, 24)


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A desk just made, and whoever made it."""
    return CommandLine(tmp_path / "desk", "2021-06-07T19:40", monkeypatch, own_pins=True)


def app(line: CommandLine) -> DutyApp:
    """The board of the desk, as who made it opens it."""
    return DutyApp(lambda: Gateway.open(line.folder, own_identity(), clock=lambda: line.now), words("zh"))


def told(line: CommandLine) -> list[tuple[str, str]]:
    """Kind and doer of every entry."""
    gateway = Gateway.open(line.folder, own_identity(), clock=lambda: line.now)
    try:
        return [(each.kind, each.done_by) for each in gateway.snapshot.entries.values()]
    finally:
        gateway.close()


async def registers(pilot: Pilot[None]) -> None:
    """Somebody calls, and a person is registered."""
    await pilot.press("plus")
    await until_shown(pilot, "姓名")
    await pilot.press(*"孙七", "f9")
    await until_shown(pilot, "待排查1")


async def test_who_made_the_desk_writes_himself_into_an_empty_roster_and_registers(line: CommandLine) -> None:
    async with app(line).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "首次使用：写明您是谁")
        await pilot.press("f9")
        await until_shown(pilot, "「姓名」必须填写")
        await pilot.press(*"赵晓峰", "enter", *"科员", "f9")
        await until_shown(pilot, "赵晓峰")
        await until(pilot, lambda: "首次使用" not in text(pilot.app), "the board")  # type: ignore[arg-type]
        await registers(pilot)
    assert told(line) == [("sign_on", "管理员"), ("officer", "管理员"), ("register", "赵晓峰")]


async def test_who_made_the_desk_picks_himself_and_whoever_leaves_the_question_writes_nothing(
    line: CommandLine,
) -> None:
    line.done("officer", "add", "王芳", "--title", "副主任")
    async with app(line).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "首次使用：您是花名册上的谁？")
        await until_shown(pilot, "不在花名册上：新增本人")
        assert "管理员  " not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("f10", "plus")
        await until_shown(pilot, "尚未签到：按 Ctrl+G")
        await pilot.press("ctrl+g", *"王芳", "enter")
        await until(pilot, lambda: "首次使用" not in text(pilot.app), "the board")  # type: ignore[arg-type]
        await until_shown(pilot, "王芳")
        await registers(pilot)
    assert [doer for _, doer in told(line)][2:] == ["王芳", "王芳"]
