"""People on the board are found as on F4 and F5, and the words about them are those that an officer can tell apart."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from dutyboard.rules.duties.person.queue import waiting_of
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.model import Person
from dutyboard.tui.app import DutyApp
from dutyboard.tui.screens.forms.person.form import PersonFormScreen
from dutyboard.tui.sheets.dates import read_moment
from dutyboard.tui.terminal.cells import clip_name, width
from dutyboard.tui.text import words
from dutyboard.tui.views.screening import waited_text
from tests.tui.night import NIGHT, FakeGateway, at, desk_at_night, night
from tests.tui.screen_text import app_of, shown, text, until, until_shown

ID, PHONE = "431382199001017736", "19900005136"
WAITS = Person(
    id=50,
    name="唐怡",
    unit_id=1,
    facts=Facts(),
    registered_at=at(18),
    stage="pending",
    id_no=ID,
    phone=PHONE,
    address="蓝田街道",
)


def desk() -> FakeGateway:
    return FakeGateway([*night(), WAITS])


@pytest.mark.parametrize("typed", ["5136", "7736", "ty", "唐怡", PHONE])
async def test_the_board_finds_a_person_by_tail_and_by_initials(typed: str) -> None:
    async with app_of(desk()).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("slash", *typed, "enter")
        await until_shown(pilot, "唐怡 待排查研判")
        board: Any = pilot.app.screen
        assert board._found == 1


async def test_the_texts_of_a_search_are_given_back_once_nobody_searches() -> None:
    async with app_of(desk()).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        board: Any = pilot.app.screen
        await pilot.press("slash", *"ty", "enter")
        await until(pilot, lambda: board._people is not None and bool(board._people._kept), "the texts of people")
        await pilot.press("escape")
        await until(pilot, lambda: not board.standing and not board._people._kept, "none kept")


async def test_what_nobody_may_try_digit_by_digit_is_not_found_by_its_middle() -> None:
    async with app_of(desk()).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("slash", *"0000", "enter")
        board: Any = pilot.app.screen
        await until(pilot, lambda: board.filter_text == "0000", "the filter")
        assert board._found == 0


def test_two_names_that_begin_alike_differ_where_they_are_cut() -> None:
    names = ["阿卜杜拉买买提", "阿卜杜拉热合曼", "Abdurahman", "Abduweli"]
    cut = [clip_name(name, 8) for name in names]
    assert cut == ["阿卜~提", "阿卜~曼", "Abdura~n", "Abduweli"]
    assert all(width(each) <= 8 for each in cut)
    assert [clip_name("赵杰桐", 6), clip_name("欧阳娜娜", 6), clip_name("欧阳", 2)] == ["赵杰桐", "欧~娜", "~"]


@pytest.mark.parametrize(
    ("arrived", "said"),
    [(datetime(2021, 5, 18), "到20天"), (datetime(2021, 6, 7, 9), "1时42分"), (None, "1时42分")],  # noqa: DTZ001
)
def test_who_was_here_for_weeks_before_he_was_found_does_not_wait_since_now(
    arrived: datetime | None, said: str
) -> None:
    known = replace(WAITS, facts=Facts(arrival_at=arrived))
    snapshot = FakeGateway([*night(), known]).snapshot
    assert waited_text(waiting_of(known, snapshot, NIGHT), NIGHT, words("zh")) == said


@pytest.mark.parametrize("written", ["0607 18:00", "0607 9:05", "20210607 18:00", "20210607 1800", "202106071800"])
def test_a_day_written_in_four_digits_takes_an_hour_behind_it(written: str) -> None:
    read = read_moment(written)
    assert read is not None
    assert (read.month, read.day, read.hour) == (6, 7, 9 if "9" in written else 18)


async def test_the_arrival_form_takes_an_officer_by_initials_and_offers_the_town_s_usual_one() -> None:
    fake = desk()
    people = [replace(fake.snapshot.persons[n], officer_name="周涛") for n in (2, 3)]
    fake.snapshot = fake.snapshot.applied(fake.snapshot.seq + 1, people)
    async with app_of(fake).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("plus")
        await until_shown(pilot, "新增来（返）涟人员")
        form: Any = pilot.app.screen
        assert isinstance(form, PersonFormScreen)
        form._go("address")
        await pilot.press(*"蓝田街道")
        form._go("officer_name")
        await until_shown(pilot, "本镇常用周涛，按右键填入")
        assert form.values["officer_name"] == ""
        await pilot.press(*"zq")
        await until_shown(pilot, "可选：张强")
        await pilot.press("enter")
        assert form.values["officer_name"] == "张强"
        form._go("officer_name")
        await pilot.press("backspace", "backspace", "right")
        assert form.values["officer_name"] == "周涛"


async def test_f10_while_the_desk_opens_asks_and_does_not_leave() -> None:
    app = DutyApp(lambda: desk_at_night(), words("zh"))
    async with app.run_test() as pilot:
        app.session._front.leave_desk = lambda: pytest.fail("it left")  # type: ignore[method-assign]
        app.screen.leave()  # type: ignore[attr-defined]
        await until_shown(pilot, "现在要做的事")
        assert shown(app)[0].startswith("涟源市疫情防控")
        assert "再按一次" not in text(app)
