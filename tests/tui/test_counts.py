"""The numbers of the board's second line open what they count: as many rows or people as the number says."""

from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from dutyboard.rules.board import OF_ROWS, Board, CountCode, board, counted_people, counts_row
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.tui.screens.many.people_list import PeopleList
from dutyboard.tui.text import words
from dutyboard.tui.views.frame import count_name
from tests.tui.night import NIGHT, FakeGateway, desk_at_night
from tests.tui.on_board import PATROL, SIZE, opened
from tests.tui.screen_text import app_of, text, until, until_shown

ZH = words("zh")
CODES: tuple[CountCode, ...] = get_args(CountCode)


def shown_by(desk: FakeGateway, shown: Board, code: CountCode) -> int:
    """The number of rows or people that a door shows."""
    if code in OF_ROWS:
        return sum(counts_row(code, owed, shown.day) for owed in shown.obligations)
    return len(counted_people(code, desk.snapshot))


@given(st.integers(0, 900), st.sampled_from([36.5, 38.2]), st.booleans())
def test_a_door_shows_as_many_as_its_number_says(minutes: int, temperature: float, patrolled: bool) -> None:
    desk = desk_at_night()
    desk.submit(TakeReading(person_id=3, temp_c=temperature, device="额温枪", done_by="周涛"))
    if patrolled:
        desk.submit(Discharge(obligation=PATROL, seen=(1, 2, 3, 4)))
    shown = board(desk.snapshot, NIGHT + timedelta(minutes=minutes))
    for code in CODES:
        assert shown_by(desk, shown, code) == getattr(shown.counts, code), code


def test_each_number_has_a_name_of_its_own() -> None:
    for spoken in (ZH, words("en")):
        names = [count_name(code, spoken) for code in CODES]
        assert len(set(names)) == len(names) == 11
        assert not any(each.isdigit() or each in "{}/" for name in names for each in name)


async def choose(pilot: Pilot[Any], name: str) -> None:
    """Open the door of a number by its digit."""
    await pilot.press("tab")
    await until_shown(pilot, "看哪一项")
    row = next(line for line in text(pilot.app).splitlines() if name in line and "|" not in line)  # type: ignore[arg-type]
    await pilot.press(row.strip(" >").split()[0], "enter")


async def test_late_shows_the_late_rows_and_escape_all_of_them() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        everything, late = len(screen.table.keys), screen.session.board.counts.late  # type: ignore[union-attr]
        await choose(pilot, "逾期")
        await until_shown(pilot, f"{late}/{everything} 只看「逾期」")
        assert len(screen.table.keys) == late
        await pilot.press("slash", *"巡查", "enter")
        await until_shown(pilot, "只看「逾期」「巡查」")
        await pilot.press("escape")
        await until(pilot, lambda: len(screen.table.keys) == everything, "every row")


async def test_a_fever_shows_who_has_it_on_the_list_of_people() -> None:
    desk = desk_at_night()
    desk.submit(TakeReading(person_id=3, temp_c=38.4, device="额温枪", done_by="周涛"))
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await choose(pilot, "发热")
        await until_shown(pilot, "只看「发热」")
        screen = pilot.app.screen
        assert isinstance(screen, PeopleList) and list(screen.table.keys) == ["3"]


async def test_a_zero_is_no_door() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        assert screen.session.board.counts.on_road == 0  # type: ignore[union-attr]
        await pilot.press("tab")
        await until_shown(pilot, "看哪一项")
        assert "在途" not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("f10")
        await until_shown(pilot, "现在要做的事")


@pytest.mark.parametrize("code", [code for code in CODES if code not in OF_ROWS])
def test_people_are_counted_only_by_the_numbers_of_people(code: CountCode) -> None:
    assert counted_people(code, desk_at_night().snapshot) <= set(desk_at_night().snapshot.persons)
