"""A positive PCR: all its consequences on one page. One confirmation records it and carries them out."""

from collections.abc import Callable, Mapping
from typing import Any

from dutyboard.rules.duties.person.positive import Consequence, consequences
from dutyboard.rules.records.commands.person import ActOnPositive, RecordTest
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.told.person import PositiveActed
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.person.consequences import consequence_lines


def open_consequences(session: Session, person: Person) -> tuple[Consequence, ...]:
    """Return the consequences of a recorded positive result that nobody has carried out yet."""
    return consequences(session.snapshot, person, session.now())


def preview(session: Session, person: Person, command: RecordTest, written: Callable[[Answer], None]) -> None:
    """Show the consequences of a positive result before it is recorded.

    One confirmation records it, calls `written` with the answer, and carries out what was shown.
    """
    found = consequences(session.snapshot, person, session.now(), command.sampled_on)
    shown = tuple(each.id for each in found)
    form = _form(session, person, found, lambda _: command)

    def done(answer: Accepted) -> None:
        officer = form.typed.get("officer", "").strip()
        written(answer)
        _carry_out(session, person, shown, officer)

    form.on_saved(done)
    session.open(form)


def act_on_positive(session: Session, person: Person) -> None:
    """Show the consequences of a recorded positive result, to be carried out."""
    found = open_consequences(session, person)
    shown = tuple(each.id for each in found)

    def make(values: Mapping[str, Any]) -> ActOnPositive:
        return ActOnPositive(person_id=person.id, shown=shown, officer_name=values.get("officer") or "")

    form = _form(session, person, found, make)
    form.on_saved(lambda answer: _said(session, person, answer))
    session.open(form)


def _form(
    session: Session, person: Person, found: tuple[Consequence, ...], make: Callable[[Mapping[str, Any]], Any]
) -> FormScreen:
    people = session.words.people
    lines = consequence_lines(found, session.snapshot, session.words, session.cells)
    officer = Field(id="officer", label=people.confirm_officer, kind="officer", needed=True)
    fields = [] if person.officer_name else [officer]
    title = people.positive_title.format(name=person.name)
    return FormScreen(session, title, lines, fields, make, draft_key("positive", subject_id(person)))


def _carry_out(session: Session, person: Person, shown: tuple[str, ...], officer: str) -> None:
    """Carry out what was shown. If the list has changed meanwhile, show the new one."""

    def answered(answer: Answer) -> None:
        if isinstance(answer, Accepted):
            _said(session, person, answer)
            return
        if isinstance(answer, Refusal) and answer.code == "items_changed":
            act_on_positive(session, session.snapshot.persons[person.id])
        session.say(session.answer_sentence(answer) or "", "late")

    session.submit(ActOnPositive(person_id=person.id, shown=shown, officer_name=officer), answered)


def _said(session: Session, person: Person, answer: Accepted) -> None:
    told = answer.entry.told
    assert isinstance(told, PositiveActed)
    done, queued = len(told.carried_out), len(told.queued)
    session.say(session.words.people.positive_done.format(name=person.name, done=done, queued=queued))
