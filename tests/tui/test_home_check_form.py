"""The check at home on screen: Enter says that all on the row were seen, `x` opens a line for each person."""

from datetime import date

import pytest

from dutyboard.rules.records.commands.person import RecordBreach
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.model import Person
from dutyboard.tui.screens.board import BoardScreen
from dutyboard.tui.views.person.home_line import HomeLine, read_home_line
from tests.tui.night import FakeGateway, at, night
from tests.tui.on_board import SIZE, opened, select
from tests.tui.screen_text import app_of, until, until_shown
from tests.tui.test_person_page import on_page

CHECK = "home-check/unit-1/2021-06-07"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", HomeLine("seen")),
        ("  ", HomeLine("seen")),
        ("1", HomeLine("seen")),
        ("１", HomeLine("seen")),
        ("2", HomeLine("absent")),
        ("2 电话关机", HomeLine("absent", "电话关机")),
        ("3，不开门", HomeLine("refused", "不开门")),
        ("4：头晕", HomeLine("unwell", "头晕")),
        ("0", HomeLine("not_visited")),
        ("378", HomeLine("seen", temp_c=37.8)),
        ("36.5", HomeLine("seen", temp_c=36.5)),
        ("3人在家正常，1人敲门无人应", HomeLine("absent", "3人在家正常，1人敲门无人应")),
        ("敲门无人应", HomeLine("absent", "敲门无人应")),
        ("5", HomeLine("absent", "5")),
    ],
)
def test_a_line_says(typed: str, line: HomeLine) -> None:
    assert read_home_line(typed) == line


def at_home(number: int) -> Person:
    name = f"居家{number}"
    return Person(
        id=number, name=name, unit_id=1, stage="home", home_from=date(2021, 6, 7), registered_at=at(0), home_cadre="村"
    )


def desk_with(*people: Person) -> FakeGateway:
    return FakeGateway([*night(), *people])


async def opened_form(pilot: object) -> BoardScreen:
    board = await opened(pilot)  # type: ignore[arg-type]
    await select(pilot, board, CHECK)  # type: ignore[arg-type]
    return board


async def test_enter_says_that_all_on_the_painted_row_were_seen() -> None:
    desk = desk_with(at_home(91), at_home(92))
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened_form(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: len(desk.commands) == 1, "the check")
        assert desk.commands == [Discharge(obligation=CHECK, seen=(91, 92))]


async def test_x_opens_a_line_for_each_and_words_alone_leave_him_owed() -> None:
    desk = desk_with(*map(at_home, (91, 92, 93, 94)))
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened_form(pilot)
        await pilot.press("x")
        await until_shown(pilot, "居家核查")
        await until_shown(pilot, "在家正常")
        await pilot.press(*"没人应", "enter", "4", "space", *"头晕", "enter", *"378", "enter", "0", "enter", "2", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the check")
        (said,) = desk.commands
        assert isinstance(said, Discharge)
        assert (said.seen, said.absent, said.refused, said.unwell) == ((93,), (91,), (), (92,))
        assert said.details == {"how": "phone"}
        assert said.remarks == {"person-91": "没人应", "person-92": "头晕"}
        assert said.readings == {"person-93": 37.8}
        await pilot.press("home")
        await until_shown(pilot, "居家监测核查 2/4")
        await until_shown(pilot, "居家91 未见到本人：没人应")


async def test_a_breach_is_written_down_on_the_page_of_the_person() -> None:
    desk = desk_with(at_home(91))
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await on_page(pilot, "居家91")
        await pilot.press("y")
        await until_shown(pilot, "违反居家规定：居家91")
        await pilot.press(*"违反", "enter")
        await until_shown(pilot, "外出、会客")
        await pilot.press(*"在集市", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the breach")
        assert desk.commands == [RecordBreach(person_id=91, text="在集市")]
