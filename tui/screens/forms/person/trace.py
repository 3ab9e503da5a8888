"""The contacts of a positive person: the number found, and who was told."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.person import TraceContacts
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, person_of, saved_person
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field


def trace_form(session: Session, owed: Obligation) -> None:
    """Open the form of the tracing that is owed. A stated 0 is an answer too."""
    person = person_of(session, owed)
    people, forms = session.words.people, session.words.forms
    fields = [
        Field(id="contacts", label=people.trace_contacts, kind="number", hint=people.trace_hint, needed=True),
        Field(id="told", label=people.trace_told, needed=True),
        Field(id="text", label=forms.text),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
    ]

    def make(values: Mapping[str, Any]) -> TraceContacts:
        return TraceContacts(
            person_id=person.id,
            contacts=values["contacts"],
            told=values["told"],
            text=values["text"] or "",
            happened_at=values["time"],
        )

    name = people.trace_title.format(name=person.name)
    key = draft_key("trace", subject_id(person))
    session.open(FormScreen(session, name, [], fields, make, key, saved_person(session, person, name)))
