"""A breach of the rules at home: what he did, and when. The command post sees to it."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.people.stage import is_watched
from dutyboard.rules.records.commands.person import RecordBreach
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, saved_person
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field


def breach_form(session: Session, person: Person) -> None:
    """Open the form of a breach. Of somebody who is not under the check at home it says so."""
    forms = session.words.forms
    if not is_watched(person):
        session.say(forms.breach_not_home, "soon")
        return
    fields = [
        Field(id="text", label=forms.text, hint=forms.hint_breach, needed=True),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
    ]

    def make(values: Mapping[str, Any]) -> RecordBreach:
        return RecordBreach(person_id=person.id, text=values["text"], happened_at=values["time"])

    title = forms.breach.format(name=person.name)
    key = draft_key("breach", subject_id(person))
    session.open(FormScreen(session, title, [], fields, make, key, saved_person(session, person, title)))
