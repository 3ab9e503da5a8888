"""Fields of a person or another record that are told unlike: which of both stands, and why."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.person import Settle
from dutyboard.rules.records.commands.post import SettleRecord
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.unlike import ToldOf, contradictions_of, record_about
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, saved_entry
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fact_text import fact_label
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.person.page import heading
from dutyboard.tui.views.person.unlike import unlike_text


def contradiction_duty_form(session: Session, owed: Obligation) -> None:
    """Open the form of a row of the board."""
    record = record_about(session.snapshot, owed.subject_id)
    if record is not None:
        contradiction_form(session, record)


def contradiction_form(session: Session, record: ToldOf) -> None:
    """Open the form that shows both values of each field and asks which one stands. One field is decided at a time."""
    said, forms, found = session.words.people, session.words.forms, contradictions_of(record, session.snapshot)
    if not found:
        session.say(said.unlike_none, "soon")
        return
    which = Field(id="which", label=said.unlike_which, kind="number", value="1", needed=True, low=1, high=len(found))
    other = Field(id="other", label=said.unlike_other, kind="yes_no", hint=said.unlike_hint, needed=True)
    reason = Field(id="reason", label=forms.reason, hint=forms.hint_reason, needed=True)
    about = subject_id(record)

    def make(values: Mapping[str, Any]) -> Settle | SettleRecord | Problem:
        field = found[values["which"] - 1].field
        if isinstance(record, Person):
            return Settle(person_id=record.id, field=field, reason=values["reason"], other=values["other"])
        return SettleRecord(subject=about, field=field, reason=values["reason"], other=values["other"])

    key = draft_key("settle", about)
    top = heading(record, session.snapshot, session.words) if isinstance(record, Person) else f"{record.name} {about}"
    lines: list[Line] = [((f" {top}", "strong"),)]
    lines += [
        ((f" {number} {unlike_text(each, record, session.words)}", "plain"),) for number, each in enumerate(found, 1)
    ]
    title = said.unlike_title.format(
        fields=session.words.marks.comma.join(fact_label(each.field, session.words) for each in found)
    )
    session.open(FormScreen(session, title, lines, [which, other, reason], make, key, saved_entry(session)))
