"""Alarms on the board: seen by a key, shelved by a form, in one row in a flood, and never out of sight."""

from dataclasses import replace

from textual.pilot import Pilot

from dutyboard.rules.board import board, handover_items
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Acknowledge, HandOver, Shelve
from dutyboard.rules.records.model import Person, Site
from dutyboard.tui.export.board import board_json
from dutyboard.tui.export.page import Maker, PageAsked
from dutyboard.tui.export.post.handover import handover_page
from dutyboard.tui.screens.board import BoardScreen
from dutyboard.tui.text import words
from dutyboard.tui.views.plain import board_lines
from tests.tui.night import FakeGateway, at, desk_at_night, night
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


def test_the_sheets_of_the_handover_name_what_is_shelved_and_what_was() -> None:
    desk = feverish()
    desk.submit(Shelve(obligation=FEVER, until=at(20, 0), reason="等体温枪"))
    said = words("zh")
    asked = PageAsked(kind="handover", first=at(20).date(), last=at(20).date())
    coming = handover_page(asked, desk.snapshot, desk.now(), Maker("", ""), said)
    assert any("旅客1 复测体温 搁至20:00 王芳：等体温枪" in str(row[0]) for row in coming.tables[0].rows)
    assert coming.json["shelved"] == [FEVER]
    items = handover_items(desk.snapshot, desk.now())
    desk.submit(HandOver(obligation="handover-2000/post/2021-06-07", incoming_id=5, items=items))
    signed = handover_page(replace(asked, said_days=True), desk.snapshot, desk.now(), Maker("", ""), said)
    shelved = [row[0] for table in signed.tables for row in table.rows if "曾搁置" in str(row[0])]
    assert shelved == ["06-07 旅客1 复测体温 （曾搁置，已交代）"]
    assert signed.json["signed"][0]["shelved"] == [FEVER]
    shown_json = board_json(board(desk.snapshot, desk.now()))
    (fever,) = (row for row in shown_json["obligations"] if row["id"] == FEVER)
    assert (fever["ack"]["by"], fever["shelved"]) == ("张强", None)


def test_what_other_programs_read_of_an_alarm() -> None:
    desk = feverish()

    def told() -> tuple[object, object]:
        (fever,) = (row for row in board_json(board(desk.snapshot, desk.now()))["obligations"] if row["id"] == FEVER)
        return fever["ack"], fever["shelved"]

    assert told() == (None, None)
    desk.submit(Shelve(obligation=FEVER, until=at(20, 0), reason="等体温枪"))
    until_when = {"by": "王芳", "at": "2021-06-07T19:42:00+08:00", "entry": max(desk.snapshot.entries)}
    aside = {**until_when, "until": "2021-06-07T20:00:00+08:00", "reason": "等体温枪"}
    assert told() == (None, aside)
    desk.submit(Acknowledge(obligations=(FEVER,)))
    assert told() == ({**until_when, "entry": max(desk.snapshot.entries)}, None)
    page = board_lines(desk.snapshot, board(desk.snapshot, desk.now()), "王芳", words("zh"), 80)
    assert any("王芳已看" in line for line in page)


def test_the_printed_board_lists_what_is_shelved_below_the_rest() -> None:
    desk = feverish()
    desk.submit(Shelve(obligation=FEVER, until=at(20, 0), reason="等体温枪"))
    page = board_lines(desk.snapshot, board(desk.snapshot, desk.now()), "王芳", words("zh"), 80)
    assert page[-2].strip() == "已搁置 (1)"
    assert "复测体温 搁至20:00" in page[-1]


async def test_a_flood_is_one_row_that_one_key_acknowledges_and_enter_opens() -> None:
    crowd = [replace(each, rooms=40) if isinstance(each, Site) else each for each in night()]
    people = [
        Person(id=n, name=f"旅客{n}", stage="site", site_id=1, room=n, registered_at=at(0), admitted_on=at(0).date())
        for n in range(11, 23)
    ]
    desk = FakeGateway([*crowd, *people])
    for each in people:
        desk.submit(TakeReading(person_id=each.id, temp_c=38.1))
    desk.commands.clear()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board_screen = await opened(pilot)
        line = await row_of(pilot, "涟源宾馆隔离点 复测体温 12")
        assert "!! " in line
        board_screen.table.select("retake/site-1/0001-01-01")
        await pilot.press("g")
        await until_shown(pilot, "一类不能一起搁置")
        await pilot.press("a")
        await until(pilot, lambda: len(desk.commands) == 1, "the act")
        (told,) = desk.commands
        assert isinstance(told, Acknowledge) and len(told.obligations) == 12
        assert "!: " in await row_of(pilot, "王芳已看")
        board_screen.table.select("retake/site-1/0001-01-01")
        await pilot.press("enter")
        await until_shown(pilot, "旅客17 复测体温")
