"""A suspected case: all that it brings on one page, and one confirmation that carries it out."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.duties.person.suspicion import EXTRA_PCR, precautions
from dutyboard.rules.people.fever import open_doubt
from dutyboard.rules.records.commands.person import ActOnSuspicion
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, person_of, saved_person
from dutyboard.tui.screens.forms.person.test import TestForm
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.person.readings import reading_text
from dutyboard.tui.views.person.suspicion import precaution_lines


def suspected_form(session: Session, owed: Obligation) -> None:
    """Open the form of the act that is owed, or that of the extra PCR."""
    person = person_of(session, owed)
    if owed.slot == EXTRA_PCR:
        session.open(TestForm(session, person, "pcr"))
    else:
        suspect(session, person)


def suspect(session: Session, person: Person) -> None:
    """Show what a suspected case brings, to be carried out."""
    people, forms = session.words.people, session.words.forms
    found = precautions(session.snapshot, person, session.now())
    if not found:
        session.say(people.nothing_owed, "soon")
        return
    shown = tuple(each.id for each in found)
    doubt = open_doubt(person, session.snapshot)
    lines: list[Line] = []
    if doubt is not None:
        reading = doubt.suspected or doubt.first
        lines.append(((f" {reading_text(reading, session.snapshot, session.words)}", "late"),))
    lines += precaution_lines(found, session.snapshot, session.words, session.cells)
    fields = [
        Field(id="told", label=people.suspect_told, hint=people.suspect_told_hint, needed=True),
        Field(id="text", label=forms.text, needed=doubt is None),
    ]

    def make(values: Mapping[str, Any]) -> ActOnSuspicion:
        return ActOnSuspicion(person_id=person.id, shown=shown, told=values["told"], text=values["text"] or "")

    name = people.suspect_title.format(name=person.name)
    key = draft_key("suspect", subject_id(person))
    session.open(FormScreen(session, name, lines, fields, make, key, saved_person(session, person, name)))
