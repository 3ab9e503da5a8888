"""An act asked field by field, shown with what it brings, signed and written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from dutyboard.rules.amending.amend import as_correction
from dutyboard.rules.duties.person.positive import consequences
from dutyboard.rules.duties.person.suspicion import precautions
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import ActOnPositive, ActOnSuspicion, RecordTest, Release
from dutyboard.rules.records.model import Record
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.acts.answers import problem_text, refused_answer
from dutyboard.tui.acts.problems import ActError
from dutyboard.tui.acts.reading import command_of, read_act
from dutyboard.tui.commands.act_command import typed_again
from dutyboard.tui.commands.plain.fields import questions_of, stated
from dutyboard.tui.commands.plain.form import LineForm, LineQuestion, WrongAnswer
from dutyboard.tui.commands.plain.talk import Talk
from dutyboard.tui.terminal.cells import Line, plain
from dutyboard.tui.views.following import following_texts
from dutyboard.tui.views.person.consequences import consequence_lines
from dutyboard.tui.views.person.page import blocker_text
from dutyboard.tui.views.person.suspicion import precaution_lines

LINE_CELLS: Final = 400
"""Cells of a line that is not to be wrapped: the terminal wraps it, a screen reader reads it on."""


def by_fields(
    talk: Talk,
    name: str,
    told: Mapping[str, Any],
    asks: Sequence[str] | None = None,
    *,
    proposed: Mapping[str, str] = MappingProxyType({}),
    also: Sequence[LineQuestion] = (),
    says: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda answers: answers,
    form: type[LineForm] = LineForm,
) -> Accepted | None:
    """Ask the fields of an act that are not told yet, and write it.

    `asks`: these fields only, in this order. `proposed` are texts that an empty line keeps. `also` are questions before
    them that are no field; `says` makes fields of all the answers.
    """
    known = [each for each in questions_of(talk, name, told) if not (name in SHOWN and each.key == "shown")]
    asked = known if asks is None else [each for key in asks for each in known if each.key == key]
    questions = [*also, *(replace(each, value=proposed.get(each.key, "")) for each in asked)]
    last: list[Any] = []

    def make(answers: Mapping[str, Any]) -> Command:
        said = {**told, **stated(says(answers))}
        if "instead" in said:
            said["instead"] = typed_again(talk.call, talk.gateway, said["entry"], said["instead"])
        try:
            act = read_act(name, _with_shown(talk, name, said))
            last[:] = [act]
            return command_of(act, talk.snapshot)
        except ActError as error:
            raise WrongAnswer(error.field, problem_text(error, talk.words)) from None

    def field_of(refusal: Refusal) -> str | None:
        field = refused_answer(refusal.code, refusal.fields, last[0], talk.words)["field"] if last else None
        return str(field) if field else None

    about = ".".join(str(value).replace("/", "-").lower() for key, value in told.items() if key in _ABOUT)
    draft = f"plain-{name.replace(' ', '-')}" + (f".{about}" if about else "")
    lines = form(
        talk,
        questions,
        make,
        draft,
        field_of=field_of,
        brings=lambda command: brought(talk, command),
        about=lambda answers: _records(talk, {**answers, **told}),
    )
    written = lines.carry_out()
    if written is not None:
        _positive(talk, written)
    return written


_ABOUT: Final = frozenset({"person", "obligation", "subject", "matter", "site", "entry", "shift", "staff"})
"""Fields that say whom or what a form is about. Its draft bears their values."""


_TABLES: Final = MappingProxyType({"person": "persons", "matter": "matters", "site": "sites", "shift": "shifts"})


def _records(talk: Talk, told: Mapping[str, Any]) -> list[Record]:
    """Return the records that an act names, as they stand now."""
    named = ((table, told[field]) for field, table in _TABLES.items() if isinstance(told.get(field), int))
    found = (getattr(talk.snapshot, table).get(number) for table, number in named)
    return [record for record in found if record is not None]


def _with_shown(talk: Talk, name: str, said: dict[str, Any]) -> dict[str, Any]:
    """Return an act on a positive or a suspicion with the list that is shown before it is signed."""
    person = talk.snapshot.persons.get(said.get("person") or 0)
    if name not in SHOWN or person is None:
        return said
    found = (consequences if name == "positive" else precautions)(talk.snapshot, person, talk.now())
    return {**said, "shown": [str(each.id) for each in found]}


SHOWN: Final = frozenset({"positive", "suspect"})
"""Acts that hand back the list that was shown."""


def brought(talk: Talk, command: Command) -> Sequence[str]:
    """Return what an act brings with it, as the screens show it before it is signed."""
    snapshot, now, words = talk.snapshot, talk.now(), talk.words
    person = snapshot.persons.get(getattr(command, "person_id", 0) or 0)
    lines: list[Line] = []
    if isinstance(command, Amend):
        texts = following_texts(command, snapshot, now, talk.gateway.actor, words)
        return [talk.lines.goes_with.format(text=each) for each in texts]
    if isinstance(command, RecordTest):
        correction = as_correction(command, snapshot)
        if correction is not None:
            return brought(talk, correction)
        if person is not None and (command.type, command.result) == ("pcr", "positive"):
            lines = consequence_lines(
                consequences(snapshot, person, now, command.sampled_on), snapshot, words, LINE_CELLS
            )
    elif person is None:
        return ()
    elif isinstance(command, ActOnPositive):
        lines = consequence_lines(consequences(snapshot, person, now), snapshot, words, LINE_CELLS)
    elif isinstance(command, ActOnSuspicion):
        lines = precaution_lines(precautions(snapshot, person, now), snapshot, words, LINE_CELLS)
    elif isinstance(command, Release) and (gate := gate_of(person, snapshot, now)) is not None:
        result = course_of(person, snapshot, now).result
        return [talk.lines.goes_with.format(text=blocker_text(each, result, snapshot, words)) for each in gate.blockers]
    return [talk.lines.goes_with.format(text=plain(line).strip()) for line in lines]


def _positive(talk: Talk, written: Accepted) -> None:
    """Ask at once, behind a positive PCR, that what was shown is carried out."""
    from dutyboard.rules.records.model import Person

    for each in written.changes:
        person = talk.snapshot.persons.get(each.id) if isinstance(each, Person) else None
        if person is not None and written.entry.kind == "test" and consequences(talk.snapshot, person, talk.now()):
            by_fields(talk, "positive", {"person": person.id}, [] if person.officer_name else ["officer"])
            return
