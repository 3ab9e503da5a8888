"""Fields of a person that are told unlike: which of both stands, and why."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.person import Settle
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.unlike import contradictions_of
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, person_of, saved_entry
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fact_text import fact_label
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.person.page import heading
from dutyboard.tui.views.person.unlike import unlike_text


def contradiction_duty_form(session: Session, owed: Obligation) -> None:
    """Open the form of a row of the board."""
    contradiction_form(session, person_of(session, owed))


def contradiction_form(session: Session, person: Person) -> None:
    """Open the form that shows both values of each field and asks which one stands. One field is decided at a time."""
    said, forms, found = session.words.people, session.words.forms, contradictions_of(person, session.snapshot)
    if not found:
        session.say(said.unlike_none, "soon")
        return
    which = Field(id="which", label=said.unlike_which, kind="number", value="1", needed=True, low=1, high=len(found))
    other = Field(id="other", label=said.unlike_other, kind="yes_no", hint=said.unlike_hint, needed=True)
    reason = Field(id="reason", label=forms.reason, hint=forms.hint_reason, needed=True)

    def make(values: Mapping[str, Any]) -> Settle | Problem:
        field = found[values["which"] - 1].field
        return Settle(person_id=person.id, field=field, reason=values["reason"], other=values["other"])

    key = draft_key("settle", subject_id(person))
    lines: list[Line] = [((f" {heading(person, session.snapshot, session.words)}", "strong"),)]
    lines += [
        ((f" {number} {unlike_text(each, person, session.words)}", "plain"),) for number, each in enumerate(found, 1)
    ]
    title = said.unlike_title.format(
        fields=session.words.marks.comma.join(fact_label(each.field, session.words) for each in found)
    )
    session.open(FormScreen(session, title, lines, [which, other, reason], make, key, saved_entry(session)))
