"""One site's desk: everybody by room, one key a cell; a part is not the whole, and nobody is said to be seen unseen."""

from dataclasses import replace
from datetime import date

import pytest
from textual.pilot import Pilot

from dutyboard.rules.board import board
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.person import Move, TakeReading
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import SettingChange
from dutyboard.rules.records.staff import StaffMember, StaffSample
from dutyboard.tui.screens.opened.site_desk import SiteDeskScreen
from dutyboard.tui.terminal.cells import line_width, plain
from dutyboard.tui.text import Words, words
from dutyboard.tui.views.rounds.site_desk import (
    desk_duties,
    desk_forecast,
    desk_header,
    desk_row,
    desk_title,
    duty_row,
    round_cell,
    site_desk,
)
from tests.tui.goldens import assert_golden
from tests.tui.night import NIGHT, FakeGateway, at, desk_at_night, night
from tests.tui.on_board import HERE, PATROL, SIZE, opened
from tests.tui.screen_text import app_of, text, until, until_shown

ZH, EN = words("zh"), words("en")


async def site_opened(pilot: Pilot[None]) -> SiteDeskScreen:
    """The desk of the first site."""
    await opened(pilot)
    await pilot.press("f3")
    await until_shown(pilot, "晚巡查")
    await pilot.press("r")
    await until_shown(pilot, "近两次")
    screen = pilot.app.screen
    assert isinstance(screen, SiteDeskScreen)
    return screen


def seen(desk: FakeGateway) -> list[tuple[int, ...]]:
    """Whom each entry of the patrol named."""
    return [each.seen for each in desk.commands if isinstance(each, Discharge) and each.obligation == PATROL]


async def test_a_patrol_is_told_room_by_room_with_one_key_each_and_stands_open_until_the_last() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await site_opened(pilot)
        assert screen.selected() is not None and screen.selected().id == PATROL  # type: ignore[union-attr]
        for number in range(1, len(HERE) + 1):
            await pilot.press("left", "right", "enter")  # another key between: it is no held Enter
            await until(pilot, lambda number=number: len(seen(desk)) == number, "an entry")  # type: ignore[misc]
            standing = next(o for o in board(desk.snapshot, NIGHT).obligations if o.id == PATROL)
            assert (standing.entry is not None) == (number == len(HERE)), "a part is not the whole"
        assert sorted(who for named in seen(desk) for who in named) == sorted(HERE)


async def test_who_was_seen_is_not_told_twice_and_another_round_is_chosen_by_right() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await site_opened(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: len(seen(desk)) == 1, "an entry")
        await pilot.press("up", "enter")
        await until_shown(pilot, "这一项已记过")
        assert len(seen(desk)) == 1
        await pilot.press("right")
        await until(pilot, lambda: screen.selected().kind == "temperature", "the temperature round")  # type: ignore[union-attr]
        await pilot.press(*["right"] * 9, *["left"] * 20)
        await until(pilot, lambda: screen.selected().state == "done", "the first round of the day")  # type: ignore[union-attr]
        await pilot.press("enter")
        await until_shown(pilot, "已由")
        assert len(desk.commands) == 1


async def test_enter_on_a_temperature_asks_for_his_and_x_for_what_was_wrong() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await site_opened(pilot)
        await pilot.press("right")
        await until(pilot, lambda: screen.selected().kind == "temperature", "the temperature round")  # type: ignore[union-attr]
        name = desk.snapshot.persons[HERE[0]].name
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is not screen, "the form")
        assert name in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("f10", "left")
        await until(pilot, lambda: pilot.app.screen is screen and screen.selected().kind == "patrol", "the patrol")  # type: ignore[union-attr]
        await pilot.press("x")
        await until_shown(pilot, "内容")
        assert desk.commands == []


async def test_it_is_left_for_the_rounds_and_the_line_to_find_is_left_first() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await site_opened(pilot)
        await pilot.press("slash", *"旅客2", "enter")
        await until(pilot, lambda: len(screen.table.keys) == 1, "one row")
        await pilot.press("escape", "slash", "f10")
        await until(pilot, lambda: screen.focused is screen.table, "the table")
        assert pilot.app.screen is screen and len(screen.table.keys) == len(HERE)
        await pilot.press("f10")
        await until(pilot, lambda: pilot.app.screen.screen_id == "rounds", "F3")  # type: ignore[attr-defined]


async def test_a_room_of_a_patrol_is_told_as_abnormal_and_nobody_else_is_said_to_be_seen() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await site_opened(pilot)
        await pilot.press("down", "ctrl+x")
        await until_shown(pilot, "异常登记 2室 旅客2")
        await pilot.press("f9")
        await until_shown(pilot, "「内容」必须填写")
        await pilot.press(*"门锁坏了", "enter", *"头晕", "f9")
        await until(pilot, lambda: bool(desk.commands), "the entry")
        (told,) = desk.commands
        assert isinstance(told, Discharge)
        assert (told.text, told.seen, told.unwell) == ("2室 旅客2 门锁坏了", (2,), (2,))
        standing = next(each for each in board(desk.snapshot, NIGHT).obligations if each.id == PATROL)
        assert sorted(each.number for each in standing.left) == sorted({*HERE} - {2})
        await until_shown(pilot, "2     旅客2")
        await pilot.press("up", "down", "x")
        await until_shown(pilot, "旅客2 这一项已记过")


async def test_a_disinfection_is_told_with_what_was_stated_last_and_one_that_is_done_or_to_come_says_why_not() -> None:
    desk = desk_at_night()
    stated = {"area": "走廊", "agent": "84", "checked_by": "杨敏"}
    evening = "disinfection-pm/site-1/2021-06-07"
    desk.submit(Discharge(obligation=evening, details=stated, figures={"mg_l": 500, "minutes": 30}))
    desk.submit(TakeBack(entry_id=max(desk.snapshot.entries)))
    desk.submit(Discharge(obligation="disinfection-pm/site-2/2021-06-07", details=stated, figures={"mg_l": 500}))
    desk.submit(Discharge(obligation=evening, details=stated, figures={"mg_l": 500, "minutes": 30}))
    desk.clock = at(34)  # the next morning
    desk.commands.clear()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await site_opened(pilot)
        await pilot.press("d")
        await until_shown(pilot, "早间消毒 84 500mg/L 30 分钟")
        await pilot.press(*"早间", "enter")
        await until_shown(pilot, "浓度 mg/L     500")
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the entry")
        (told,) = desk.commands
        assert isinstance(told, Discharge)
        assert (dict(told.details), dict(told.figures)) == (stated, {"mg_l": 500, "minutes": 30})
        await pilot.press("f11", *"早间", "enter")
        await until_shown(pilot, "已由")
        await pilot.press("d", *"晚间", "enter")
        await until_shown(pilot, "还没到时间")
        assert len(desk.commands) == 1


async def test_closing_the_site_says_why_not_its_staff_are_opened_and_somebody_is_moved_from_its_desk() -> None:
    every_day = SettingChange(
        id=1, name="staff_pcr_days", value="1", effective_from=at(0), reason="函", set_by=1, set_at=at(0)
    )
    sampled = StaffSample(on=date(2021, 6, 7), result="negative")
    staff = [
        StaffMember(id=n, site_id=1, name=name, registered_at=at(0), samples=(sampled,) if n == 1 else ())
        for n, name in enumerate(("何静", "谭勇"), 1)
    ]
    desk = FakeGateway([*night(), every_day, *staff])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await site_opened(pilot)
        await pilot.press("p")
        await until_shown(pilot, "工作人员名册：涟源宾馆隔离点")
        shown = text(pilot.app)  # type: ignore[arg-type]
        assert 0 < shown.index("谭勇") < shown.index("应采样") < shown.index("何静")
        await pilot.press("f10", "down", "g")
        await until_shown(pilot, "换房、转点")
        await pilot.press(*"涟宾 9", "enter", "enter", "enter", *"漏水", "f9")
        await until(pilot, lambda: bool(desk.commands), "the move")
        (moved,) = desk.commands
        assert isinstance(moved, Move) and (moved.person_id, moved.site_id, moved.room) == (2, 1, 9)
        await until(pilot, lambda: pilot.app.screen is screen, "the site")
        await pilot.press("ctrl+k")
        await until_shown(pilot, "隔离点状态：涟源宾馆隔离点")
        await pilot.press("3", "enter", *"撤点", "f9")
        await until_shown(pilot, "还住着旅客1，人走空才能停用")
        assert len(desk.commands) == 1


@pytest.mark.parametrize(("name", "cells", "spoken"), [("site_desk_zh_80", 80, ZH), ("site_desk_en_120", 120, EN)])
def test_the_page_of_a_site_is_as_it_was(name: str, cells: int, spoken: Words) -> None:
    snapshot = desk_at_night().snapshot
    shown_board = board(snapshot, NIGHT)
    shown = site_desk(snapshot.sites[1], snapshot, shown_board)
    lines = [
        desk_title(shown, snapshot, spoken, cells),
        desk_duties(shown, spoken),
        desk_forecast(shown.site, snapshot, NIGHT, spoken),
        desk_header(shown, 2, spoken),
        *(desk_row(each, shown, 2, snapshot, NIGHT, spoken, cells) for each in shown.people),
        *(duty_row(each, snapshot, NIGHT, spoken) for each in shown.others),
    ]
    assert_golden(name, [plain(line) for line in lines])
    assert all(line_width(line) <= cells for line in lines)


@pytest.mark.parametrize("cells", [80, 120])
def test_a_row_says_room_day_temperatures_rounds_and_what_is_owed(cells: int) -> None:
    desk = desk_at_night()
    desk.submit(TakeReading(person_id=1, temp_c=36.4, device="额温枪", done_by="周涛"))
    desk.submit(TakeReading(person_id=2, temp_c=38.4, device="额温枪", done_by="周涛"))
    snapshot = desk.snapshot
    shown = site_desk(snapshot.sites[1], snapshot, board(snapshot, NIGHT))
    rows = {each.id: plain(desk_row(each, shown, None, snapshot, NIGHT, ZH, cells)) for each in shown.people}
    assert set(rows) == set(HERE)
    assert "36.4 " in rows[1] and "!" not in rows[1].split("36.4")[1][:2]
    assert "38.4!" in rows[2] and "!! 复测" in rows[2]
    assert all(line_width(desk_row(each, shown, 0, snapshot, NIGHT, ZH, cells)) <= cells for each in shown.people)
    assert line_width(desk_header(shown, 0, ZH)) <= 80
    assert line_width(desk_title(shown, snapshot, ZH, cells)) <= cells


def test_a_cell_is_the_mark_of_the_round_for_who_is_left_and_empty_for_who_was_not_there() -> None:
    desk = desk_at_night()
    snapshot = desk.snapshot
    shown = site_desk(snapshot.sites[1], snapshot, board(snapshot, NIGHT))
    patrol = next(each for each in shown.rounds if each.id == PATROL)
    someone, other = shown.people[:2]
    part = replace(patrol, left=(Subject("person", other.id),))
    assert round_cell(patrol, someone)[0] == "!"
    assert (round_cell(part, someone)[0], round_cell(part, other)[0]) == ("v", "!")
    assert round_cell(replace(patrol, people=(), left=()), someone)[0] == " "
