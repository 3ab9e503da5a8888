"""The forms themselves: the focused field shows without colour, codes have their word, alarms stay in sight."""

from dataclasses import replace
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.tui.screens.filling.names import usual_name
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.forms.person.moves import assign_form
from dutyboard.tui.screens.forms.person.test import test_form as sample_form
from dutyboard.tui.widgets.choice_input import ChoiceInput
from dutyboard.tui.widgets.rows_input import RowsInput
from dutyboard.tui.widgets.text_input import TextInput
from tests.tui.night import FakeGateway, desk_at_night
from tests.tui.screen_text import app_of, shown, text, until, until_shown


async def sample(pilot: Pilot[None], desk: FakeGateway) -> FormScreen:
    """The form of an extra sample of the first person."""
    await until_shown(pilot, "现在要做的事")
    app: Any = pilot.app
    sample_form(app.session, desk.snapshot.persons[1])
    await until_shown(pilot, "确认保存")
    form = app.screen
    assert isinstance(form, FormScreen)
    return form


async def test_one_mark_stands_on_the_focused_field_and_goes_with_it() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        form = await sample(pilot, desk)
        for field in form.fields:
            form.inputs[field.id].focus()
            await pilot.pause()
            marked = [row for row in shown(pilot.app) if row.startswith(">")]  # type: ignore[arg-type]
            assert len(marked) == 1
            assert field.label in marked[0]
        await pilot.press("down")
        await until_shown(pilot, "> [ 确认保存 ]")


async def test_a_code_stands_with_its_word_and_a_stray_letter_takes_no_digit() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        form = await sample(pilot, desk)
        await pilot.press("g", "1")
        await until_shown(pilot, "1 核酸")
        form.inputs["result"].focus()
        await pilot.press("g", "7", "２")
        await until_shown(pilot, "2 阳性")
        await pilot.press("1")
        await until_shown(pilot, "1 阴性")
        assert form.typed["result"] == "1"
        await pilot.press("backspace")
        assert form.typed["result"] == ""
        await pilot.press(*"阴性")
        assert form.typed["result"] == "1"


@pytest.mark.parametrize("typed", ["1", "n", "neg", "negative"])
def test_words_in_english_are_taken_letter_by_letter(typed: str) -> None:
    entry = ChoiceInput(answers={"1": "negative", "2": "positive"})
    assert entry._digit(typed) == ("1" if typed in ("1", "negative") else "")


async def test_clock_and_alarm_stay_in_sight_while_somebody_is_on_the_phone() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        await until(pilot, desk.watched.is_set, "the watch")
        await pilot.press("c")
        await until_shown(pilot, "确认保存")
        assert shown(pilot.app)[0].endswith("19:42")  # type: ignore[arg-type]
        desk.elsewhere(TakeReading(person_id=1, temp_c=38.2), "liumin")
        await until(pilot, lambda: "!!" in shown(pilot.app)[0] and "旅客1" in shown(pilot.app)[0], "the alarm")  # type: ignore[arg-type]
        assert "电话记录" in shown(pilot.app)[0]  # type: ignore[arg-type]


async def test_a_message_of_a_screen_does_not_come_back_with_it() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("c", *"王", "enter", *"问", "f9")
        await until_shown(pilot, "已保存")
        await pilot.press("f6")
        await until_shown(pilot, "登记人")
        await pilot.press("f2")
        await until_shown(pilot, "现在要做的事")
        assert "已保存" not in text(pilot.app)  # type: ignore[arg-type]


async def test_the_refused_field_has_the_keys_also_below_the_screen() -> None:
    desk = desk_at_night()
    one = desk.snapshot.persons[1]
    more = [replace(one, id=100 + room, name=f"旅客{room}", room=room) for room in range(7, 67)]
    desk.snapshot = desk.snapshot.applied(desk.snapshot.seq + 1, more)
    async with app_of(desk).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        board: Any = pilot.app.screen
        board.table.select("temperature-pm/site-1/2021-06-07")
        await pilot.press("enter")
        await until_shown(pilot, "逐室输入")
        form: Any = pilot.app.screen
        form.inputs["absent"].value = "2"
        await pilot.press("f9")
        await until(pilot, lambda: form.focused is form.inputs["text"], "the field")
        await until_shown(pilot, "> 内容")


async def test_initials_do_in_every_field_of_an_officer_or_cadre_and_the_usual_name_is_only_offered() -> None:
    desk = desk_at_night()
    people = [replace(desk.snapshot.persons[n], officer_name="周涛", town_cadre="肖怡然") for n in (2, 3)]
    desk.snapshot = desk.snapshot.applied(desk.snapshot.seq + 1, people)
    assert usual_name(desk.snapshot, 1, "officer_name") == "周涛"
    async with app_of(desk).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        app: Any = pilot.app
        assign_form(app.session, desk.snapshot.persons[1])
        await until_shown(pilot, "本镇常用周涛")
        form: Any = app.screen
        assert form.typed["officer"] == ""
        await pilot.press("right", "enter", *"xyr", "enter")
        assert (form.typed["officer"], form.typed["town_cadre"]) == ("周涛", "肖怡然")


@pytest.mark.parametrize("opened", ["c", "plus", "slash"])
async def test_every_field_of_text_takes_all_lines_of_a_paste(opened: str) -> None:
    async with app_of(desk_at_night()).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press(opened)
        app: Any = pilot.app
        await until(pilot, lambda: isinstance(app.screen.focused, TextInput), "a field of text")
        await pilot.pause()
        app.screen.focused.post_message(Paste("李建国 报告：\r\n 停电了\n\n三号楼\n"))
        await until(pilot, lambda: app.screen.focused.value == "李建国 报告： / 停电了 / 三号楼", "all lines")


def test_no_field_of_text_takes_a_paste_in_a_way_of_its_own() -> None:
    """But for the form of a sheet, whose rows are cells."""
    ways = {each for each in subclasses(TextInput) if "_on_paste" in vars(each)}
    assert ways == {RowsInput}
    assert {"NameInput", "ChoiceInput", "EntryLine"} <= {each.__name__ for each in subclasses(TextInput)}


def subclasses(of: type[Any]) -> set[type[Any]]:
    """All classes below one."""
    return {below for each in of.__subclasses__() for below in (each, *subclasses(each))}
