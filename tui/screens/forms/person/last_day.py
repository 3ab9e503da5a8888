"""Last day of a stage set by a leader: the day, the leader, and the reason, which stays visible."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.person import SetLastDay
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, leader_field, leader_named, saved_entry
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.person.page import heading


def last_day_form(session: Session, person: Person) -> None:
    """Open the form of the last day of the stage that a person is in."""
    said = session.words.people
    leader = leader_field(session, said.release_leader)
    last = Field(id="last", label=said.last_day_label, kind="day", hint="2021-06-21", needed=True)
    reason = Field(id="reason", label=session.words.forms.reason, hint=session.words.amending.reason_hint, needed=True)

    def make(values: Mapping[str, Any]) -> SetLastDay | Problem:
        leader_id = leader_named(session, leader, values["leader"])
        if isinstance(leader_id, Problem):
            return leader_id
        return SetLastDay(person_id=person.id, last=values["last"], leader_id=leader_id, reason=values["reason"])

    facts: list[Line] = [((f" {heading(person, session.snapshot, session.words)}", "strong"),)]
    key = draft_key("stage", subject_id(person))
    session.open(
        FormScreen(session, said.last_day_title, facts, [last, reason, leader], make, key, saved_entry(session))
    )
