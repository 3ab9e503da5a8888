"""A positive PCR: all that it brings on one page, and one confirmation that writes it down and carries it out."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from dutyboard.rules.duties.person.positive import Consequence, consequences
from dutyboard.rules.records.commands import ActOnPositive, RecordTest
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.duties import draft_key
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.views.consequences import consequence_lines
from dutyboard.tui.views.fields import Field

if TYPE_CHECKING:
    from dutyboard.tui.app import DutyApp


def open_consequences(desk: "DutyApp", person: Person) -> tuple[Consequence, ...]:
    """What a positive result on record brings and nobody has carried out yet."""
    return consequences(desk.the_snapshot, person, desk.now())


def preview(desk: "DutyApp", person: Person, command: RecordTest, written: Callable[[Answer], None]) -> None:
    """Before a positive result is written down: what it brings. One confirmation writes it, calls `written`, and
    carries out what was shown."""
    found = consequences(desk.the_snapshot, person, desk.now(), command.sampled_on)
    shown = tuple(each.id for each in found)
    form = _form(desk, person, found, lambda _: command)

    def done(answer: Accepted) -> None:
        officer = form.typed.get("officer", "").strip()
        written(answer)
        _carry_out(desk, person, shown, officer)

    form.on_saved(done)
    desk.push_screen(form)


def act_on_positive(desk: "DutyApp", person: Person) -> None:
    """A positive result stands in the record: what it brings, to be carried out."""
    found = open_consequences(desk, person)
    shown = tuple(each.id for each in found)

    def make(values: Mapping[str, Any]) -> ActOnPositive:
        return ActOnPositive(person_id=person.id, shown=shown, officer_name=values.get("officer") or "")

    form = _form(desk, person, found, make)
    form.on_saved(lambda answer: _said(desk, person, answer))
    desk.push_screen(form)


def _form(
    desk: "DutyApp", person: Person, found: tuple[Consequence, ...], make: Callable[[Mapping[str, Any]], Any]
) -> FormScreen:
    people = desk.words.people
    lines = consequence_lines(found, desk.the_snapshot, desk.words, desk.size.width)
    fields = [] if person.officer_name else [Field(id="officer", label=people.confirm_officer, needed=True)]
    title = people.positive_title.format(name=person.name)
    return FormScreen(title, lines, fields, make, draft_key("positive", subject_id(person)))


def _carry_out(desk: "DutyApp", person: Person, shown: tuple[str, ...], officer: str) -> None:
    """What was shown is done; if the list has become another one meanwhile, that one is shown."""

    def answered(answer: Answer) -> None:
        if isinstance(answer, Accepted):
            _said(desk, person, answer)
            return
        if isinstance(answer, Refusal) and answer.code == "items_changed":
            act_on_positive(desk, desk.the_snapshot.persons[person.id])
        desk.say(desk.answer_sentence(answer) or "", error=True)

    desk.submit(ActOnPositive(person_id=person.id, shown=shown, officer_name=officer), answered)


def _said(desk: "DutyApp", person: Person, answer: Accepted) -> None:
    done, queued = len(answer.outcome["carried_out"]), len(answer.outcome["queued"])
    desk.say(desk.words.people.positive_done.format(name=person.name, done=done, queued=queued))
