"""Two officers at one record: the second is told who changed it, when and by which entry, before he signs over it."""

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.commands.person import Assign
from dutyboard.rules.records.model import Person
from dutyboard.tui import screens
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.forms.person.confirm import confirm_form
from dutyboard.tui.screens.forms.person.facts import assess_form, correct_form
from dutyboard.tui.screens.forms.person.hand_off import hand_off_form
from dutyboard.tui.screens.forms.person.last_day import last_day_form
from dutyboard.tui.screens.forms.person.mistakes import merge_form, void_form
from dutyboard.tui.screens.forms.person.moves import assign_form, move_form, reopen_form
from dutyboard.tui.screens.forms.person.release import release_form
from dutyboard.tui.screens.forms.person.test import test_form as sample_form
from dutyboard.tui.screens.forms.person.transfer import ride_form
from dutyboard.tui.session import Session
from tests.tui.night import FakeGateway, at, night
from tests.tui.screen_text import app_of, text, until, until_shown

WAITS = Person(id=50, name="待排", unit_id=1, facts=Facts(), registered_at=at(18), stage="pending")
PLACED, WAITING = 1, 50
FORMS: dict[str, tuple[int, Callable[[Session, Person], object]]] = {
    "confirm": (WAITING, lambda session, person: confirm_form(session, person.id)),
    "assess": (WAITING, assess_form),
    "correct": (PLACED, correct_form),
    "sample": (PLACED, sample_form),
    "ride": (PLACED, ride_form),
    "move": (PLACED, move_form),
    "assign": (PLACED, assign_form),
    "reopen": (PLACED, reopen_form),
    "void": (PLACED, void_form),
    "merge": (PLACED, merge_form),
    "last day": (PLACED, last_day_form),
    "hand off": (PLACED, hand_off_form),
    "release": (PLACED, release_form),
}
"""Every form that acts on one person, and somebody whom it is opened for."""
TYPED = {
    "officer": "周涛",
    "received": "刘敏",
    "done_by": "刘敏",
    "reason": "有变",
    "result": "1",
    "text": "有变",
    "room": "涟宾 9",
    "to": "医院",
}


def desk() -> FakeGateway:
    return FakeGateway([*night(), WAITS])


@pytest.mark.parametrize("name", FORMS)
async def test_who_signs_second_is_told_first(name: str) -> None:
    number, opener = FORMS[name]
    fake = desk()
    async with app_of(fake).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        await until(pilot, fake.watched.is_set, "the watch")
        app: Any = pilot.app
        opener(app.session, fake.snapshot.persons[number])
        await until(pilot, lambda: isinstance(app.screen, FormScreen), "the form")
        form: Any = app.screen
        await pilot.pause()
        assert [each.id for each in form._over] == [number]
        fake.elsewhere(Assign(person_id=number, officer_name="刘敏", reason="换人"), "liumin")
        await until(pilot, lambda: app.session.snapshot.persons[number].officer_name == "刘敏", "the change")
        for field in form.fields:  # whatever it asks is filled
            form.inputs[field.id].value = TYPED.get(field.id, form.inputs[field.id].value or "1")
        if not form.fields:
            await pilot.press(*"何")
        await pilot.press("f9")
        if not form.fields or not fake.commands:
            await pilot.pause()
        said = text(app)
        assert fake.commands == []
        if "动过" not in said:  # what was typed is no command yet: nothing could be signed
            form.send(Assign(person_id=number, officer_name="周涛", reason="再换"))
            await until_shown(pilot, "动过")
        assert "刘敏于 06-07 19:42 动过" in text(app)
        assert form._over == (fake.snapshot.persons[number],)


async def test_the_second_key_signs_over_what_was_told() -> None:
    fake = desk()
    async with app_of(fake).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        app: Any = pilot.app
        assign_form(app.session, fake.snapshot.persons[PLACED])
        await until_shown(pilot, "确认保存")
        await pilot.press(*"张强", "enter", "enter", "enter", *"有变")
        fake.elsewhere(Assign(person_id=PLACED, officer_name="刘敏"), "liumin")
        await pilot.press("f9")
        await until_shown(pilot, "刘敏于 06-07 19:42 动过旅客1")
        assert fake.commands == []
        await pilot.press("f9")
        await until(pilot, lambda: len(fake.commands) == 1, "the act")
    assert fake.snapshot.persons[PLACED].officer_name == "张强"


async def test_nothing_is_said_where_nobody_else_changed_the_record() -> None:
    fake = desk()
    fake.snapshot = fake.snapshot.applied(99, [replace(fake.snapshot.persons[2], officer_name="周涛")])
    async with app_of(fake).run_test() as pilot:
        await until_shown(pilot, "现在要做的事")
        app: Any = pilot.app
        assign_form(app.session, fake.snapshot.persons[PLACED])
        await until_shown(pilot, "确认保存")
        await pilot.press(*"张强", "f9")
        await until(pilot, lambda: len(fake.commands) == 1, "the act")


def test_no_form_sends_an_act_past_the_check() -> None:
    """`FormScreen` alone sends what is typed. The others send one key's act, and say in the list why they may."""
    found = set()
    folder = Path(screens.__path__[0])
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "submit":
                found.add(file.relative_to(folder).as_posix())
    one_key = {
        "form_parts.py",  # a tick: a duty that is done is refused with who did it
        "forms/post/entries.py",  # taking back one's own entry
        "forms/post/sign_on.py",
        "forms/post/shelve.py",  # an alarm that somebody has seen is refused with who has
        "forms/post/seat.py",
        "forms/post/pin.py",
        "forms/person/positive.py",  # signs the list that was shown; another one is refused
        "forms/sheet/preview.py",
        "forms/sheet/headings.py",
        "printing/paper.py",  # a number given out meanwhile is refused
        "forms/site/move_out.py",  # one of the list after another
    }
    assert found - one_key == {"form.py"}
