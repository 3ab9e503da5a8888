"""A wrong entry corrected from the keyboard: from the log row, from a person's page, and by `z` after its minutes."""

from datetime import timedelta
from typing import Any

from textual.pilot import Pilot

from dutyboard.rules.records.commands.amending import Amend, TakeBack
from dutyboard.rules.records.commands.post import Discharge
from tests.tui.night import FakeGateway, desk_at_night
from tests.tui.screen_text import app_of, until, until_shown

SIZE = (80, 24)
PATROL = "patrol-3/site-1/2021-06-07"


def ticked(desk: FakeGateway, **fields: Any) -> int:
    """Tick the evening's patrol; return the entry's number."""
    desk.submit(Discharge(obligation=PATROL, **fields))
    desk.commands.clear()
    return max(desk.snapshot.entries)


async def amending(pilot: Pilot[None], number: int) -> None:
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f6")
    await until_shown(pilot, "完成")
    pilot.app.screen.table.select(str(number))  # type: ignore[attr-defined]
    await pilot.press("a")
    await until_shown(pilot, f"更正第 {number} 条")


async def test_a_tick_is_taken_back_from_its_row_of_the_log() -> None:
    desk = desk_at_night()
    number = ticked(desk)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await amending(pilot, number)
        await pilot.press("f9")
        await until_shown(pilot, "「更正缘由」必须填写")
        await pilot.press(*"错点", "f9")
        await until_shown(pilot, "再按 F9")
        assert desk.commands == []
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the command")
        assert desk.commands == [Amend(entry_id=number, reason="错点")]
        assert PATROL not in desk.snapshot.done
        await until_shown(pilot, "更正缘由：错点")


async def test_other_values_are_told_again_from_the_log() -> None:
    desk = desk_at_night()
    number = ticked(desk)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await amending(pilot, number)
        await pilot.press(*"漏写", "enter", "enter", *"门锁坏", "f9")
        await until(pilot, lambda: bool(desk.commands), "the command")
        (command,) = desk.commands
        assert isinstance(command, Amend) and isinstance(command.instead, Discharge)
        assert (command.reason, command.instead.text) == ("漏写", "门锁坏")
        assert desk.snapshot.done[PATROL].text == "门锁坏"  # type: ignore[index]
        assert desk.snapshot.amended[number] == max(desk.snapshot.entries)


async def test_the_whole_entry_is_shown_on_enter() -> None:
    desk = desk_at_night()
    number = ticked(desk)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f6")
        await until_shown(pilot, "完成")
        pilot.app.screen.table.select(str(number))  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, f"日志第 {number} 条")
        await pilot.press("escape")
        await until_shown(pilot, "时间")
        assert desk.commands == []


async def test_a_tick_taken_back_is_on_the_board_at_once_with_the_cursor_on_it() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        pilot.app.screen.table.select(PATROL)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: PATROL in desk.snapshot.done, "the tick")
        await pilot.press("down", "down")
        await pilot.press("z")
        await until_shown(pilot, "已撤回")
        await until(pilot, lambda: pilot.app.screen.table.selected == PATROL, "the row")  # type: ignore[attr-defined]
        assert [type(each) for each in desk.commands] == [Discharge, TakeBack]


async def test_later_than_two_minutes_the_same_key_asks_for_the_reason() -> None:
    desk = desk_at_night()
    number = ticked(desk)
    desk.clock += timedelta(minutes=3)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("z")
        await until_shown(pilot, f"更正第 {number} 条")
