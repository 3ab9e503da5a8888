"""A temperature of one person, or a symptom that he tells; the retake that is owed is the same form."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.duties.person.readings import measured_by
from dutyboard.rules.people.fever import open_doubt
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import doer_field, draft_key, facts_of, person_of, saved_person
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.person.readings import doubt_text


def retake_form(session: Session, owed: Obligation) -> None:
    """Open the form of the retake that is owed."""
    _open(session, person_of(session, owed), facts_of(session, owed))


def reading_form(session: Session, person: Person) -> None:
    """Open the form of a reading, owed or not."""
    _open(session, person, [])


def _open(session: Session, person: Person, facts: list[Line]) -> None:
    people, forms = session.words.people, session.words.forms
    limits = session.snapshot.daily_at(session.board_now).thresholds
    fields = [
        Field(
            id="temp_c",
            label=people.reading_temp,
            kind="temperature",
            hint=people.reading_hint,
            low=limits.least_c,
            high=limits.most_c,
        ),
        Field(id="symptom", label=people.reading_symptom, hint=people.reading_symptom_hint),
        Field(id="device", label=people.reading_device),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
        doer_field(session, subject_id(person), measured_by(person, session.snapshot)),
        Field(id="text", label=forms.text),
    ]

    def make(values: Mapping[str, Any]) -> TakeReading:
        return TakeReading(
            person_id=person.id,
            temp_c=values["temp_c"],
            symptom=values["symptom"] or "",
            device=values["device"] or "",
            done_by=values["done_by"] or "",
            happened_at=values["time"],
            text=values["text"] or "",
        )

    doubt = open_doubt(person, session.snapshot)
    if doubt is not None:
        facts = [*facts, ((f" {doubt_text(doubt, session.snapshot, session.words)}", "late"),)]
    name = people.reading_title.format(name=person.name)
    key = draft_key("reading", subject_id(person))
    session.open(FormScreen(session, name, facts, fields, make, key, saved_person(session, person, name)))
