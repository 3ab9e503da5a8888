"""Alarms on the board: seen by a key, shelved by a form, in one row in a flood, and never out of sight."""

from textual.pilot import Pilot

from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Acknowledge, Shelve
from dutyboard.tui.screens.board import BoardScreen
from tests.tui.night import FakeGateway, at, desk_at_night
from tests.tui.on_board import PATROL, SIZE, opened, select
from tests.tui.screen_text import app_of, shown, text, until, until_shown

FEVER = "retake/person-1/2021-06-07"


def feverish(*numbers: int) -> FakeGateway:
    desk = desk_at_night()
    for number in numbers or (1,):
        desk.submit(TakeReading(person_id=number, temp_c=38.1))
    desk.commands.clear()
    return desk


async def row_of(pilot: Pilot[None], part: str) -> str:
    """The painted line with a text."""
    await until_shown(pilot, part)
    return next(line for line in shown(pilot.app) if part in line)  # type: ignore[arg-type]


async def on(pilot: Pilot[None], duty: str, *keys: str) -> BoardScreen:
    board = await opened(pilot)
    await select(pilot, board, duty)
    await pilot.press(*keys)
    return board


async def test_one_key_says_that_an_alarm_was_seen_and_the_row_stays_with_the_name() -> None:
    desk = feverish()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert "!! " in await row_of(pilot, "复测体温")
        board = await on(pilot, FEVER, "a")
        await until(pilot, lambda: desk.commands == [Acknowledge(obligations=(FEVER,))], "the act")
        line = await row_of(pilot, "王芳已看")
        assert "!: " in line
        assert FEVER in list(board.table.keys)
        await pilot.press("a")
        await until_shown(pilot, "王芳已看过，事项仍要办")
        await pilot.press("z")
        await until(pilot, lambda: isinstance(desk.commands[-1], TakeBack), "taken back")
        assert "!! " in await row_of(pilot, "复测体温")


async def test_what_is_no_alarm_is_not_seen_by_a_key() -> None:
    desk = feverish()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await on(pilot, PATROL, "a")
        await until_shown(pilot, "不是红色事项")
        assert desk.commands == []


async def test_a_shelved_row_leaves_the_list_is_counted_and_stands_behind_its_number() -> None:
    desk = feverish()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await on(pilot, FEVER, "g")
        await until_shown(pilot, "最迟到 20:12")
        await pilot.press(*"等体温枪", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the act")
        assert desk.commands == [Shelve(obligation=FEVER, until=at(19, 57), reason="等体温枪")]
        await until_shown(pilot, "已搁置：")
        await pilot.press("down")
        await until(pilot, lambda: FEVER not in list(board.table.keys), "the row gone")
        assert "，搁置1)" in text(pilot.app)  # type: ignore[arg-type]
        assert "搁1" in shown(pilot.app)[1]  # type: ignore[arg-type]
        board.show_counted("shelved")
        line = await row_of(pilot, "搁至19:57 王芳：等体温枪")
        assert ":: " in line
        board.table.select(FEVER)
        await pilot.press("g")
        await until_shown(pilot, "已搁置；按 a 重新拿出")
        await pilot.press("a")
        await until(pilot, lambda: desk.commands[-1] == Acknowledge(obligations=(FEVER,)), "taken up")
        board.show_all()
        assert "!: " in await row_of(pilot, "王芳已看")


async def test_a_filter_hides_no_alarm_and_finds_what_is_shelved() -> None:
    desk = feverish()
    desk.submit(Shelve(obligation=PATROL, until=at(20, 12), reason="雨"))
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        assert PATROL not in list(board.table.keys)
        board.filter_by("晚餐巡查")
        await until(pilot, lambda: {PATROL, FEVER} <= set(board.table.keys), "both")
