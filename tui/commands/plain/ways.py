"""Every act by its name: asked field by field, or in a way of its own."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from dutyboard.rules.amending.amend import last_check_or_import_of
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.told.post import Imported
from dutyboard.tui.acts.names import OWN_COMMAND
from dutyboard.tui.commands.plain.asking import by_fields
from dutyboard.tui.commands.plain.fields import questions_of
from dutyboard.tui.commands.plain.handing_over import hand_over
from dutyboard.tui.commands.plain.person import confirm, correct, place, register
from dutyboard.tui.commands.plain.talk import Talk
from dutyboard.tui.link.pins import new_code
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.entry.names import subject_name

ActWay: TypeAlias = "Callable[[Talk, Mapping[str, Any]], object]"


def _import(name: str) -> ActWay:
    def ask(talk: Talk, _: Mapping[str, Any]) -> None:
        file = talk.ask(talk.lines.question.format(label=talk.lines.file, mark=talk.lines.needed_mark, hint=""))
        if file:
            talk.command([*name.split(), file])

    return ask


def _own(name: str) -> ActWay:
    return lambda talk, _: talk.say(talk.lines.not_here.format(name=name))


def _coded(name: str) -> ActWay:
    """The acts that give an officer a one-time code: it is made here, and said once it is written."""

    def ask(talk: Talk, told: Mapping[str, Any]) -> None:
        code = new_code()
        written = by_fields(talk, name, {**told, "code": code})
        if written is not None:
            words = talk.call.words
            given = words.code_given if name == "pin reset" else words.sign_on_code_given
            talk.say(given.format(officer=subject_name(written.entry.subject, talk.snapshot), code=code))

    return ask


def _new_pin(talk: Talk, told: Mapping[str, Any]) -> None:
    """A PIN is typed twice, and shown neither time."""
    words = talk.call.words
    new = talk.input.unseen(words.ask_new_pin)
    if new != talk.input.unseen(words.ask_new_pin_again):
        talk.say(words.new_pins_differ)
        return
    by_fields(talk, "pin set", {**told, "new": new})


def _correct(talk: Talk, told: Mapping[str, Any]) -> None:
    """Correct somebody's facts; of nobody named yet ask first who it is."""
    person = told.get("person")
    if person is None:
        (question,) = (each for each in questions_of(talk, "correct", {}) if each.key == "person")
        prompt = talk.lines.question.format(label=question.label, mark=talk.lines.needed_mark, hint="")
        person = question.read(talk.ask(prompt))
    correct(talk, person)


def _confirm(talk: Talk, told: Mapping[str, Any]) -> None:
    """Confirm an assessment; of somebody named propose the room."""
    if "person" in told:
        confirm(talk, told["person"])
    else:
        by_fields(talk, "confirm", told)


def _answer(talk: Talk, told: Mapping[str, Any]) -> None:
    """Once the answer names another place, the placing follows."""
    written = by_fields(talk, "answer", told)
    person = Subject.parse(written.entry.subject) if written is not None else None
    if person is not None:
        place(talk, person.number)


def take_back(talk: Talk) -> None:
    """Take back the officer's own last tick; of an import, or of one too long ago, it is a correction."""
    last = last_check_or_import_of(talk.snapshot, talk.gateway.actor.officer_id or 0)
    if last is None:
        talk.say(talk.words.why_not.nothing_to_take_back)
        return
    talk.say(entry_text(last, talk.snapshot, talk.words))
    told = {"entry": last.id}
    answer = talk.foreseen(TakeBack(entry_id=last.id))
    if isinstance(last.told, Imported) or (isinstance(answer, Refusal) and answer.code == "too_late_to_take_back"):
        by_fields(talk, "amend", told, ("reason",))
    else:
        by_fields(talk, "undo", told)


WAYS: Final[Mapping[str, ActWay]] = {
    "register": lambda talk, _: register(talk),
    "correct": _correct,
    "confirm": _confirm,
    "answer": _answer,
    "handover": lambda talk, _: hand_over(talk),
    "pin set": _new_pin,
    **{name: _coded(name) for name in ("pin reset", "sign-on code")},
    **{name: _own(name) for name in OWN_COMMAND},
    **{
        f"import {kind}": _import(f"import {kind}")
        for kind in ("roster", "sites", "areas", "arrivals", "temperatures", "rounds", "results", "contacts")
    },
}
"""The acts that are not asked by their fields alone."""


def do_act(talk: Talk, name: str, told: Mapping[str, Any] | None = None) -> None:
    """Ask an act of a name, and write it."""
    way = WAYS.get(name)
    if way is not None:
        way(talk, told or {})
    else:
        by_fields(talk, name, told or {})
