"""A record that leaves the desk by its letter: another place takes the person over, or he has died (O44)."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.person import HandOff
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, leader_field, leader_named, saved_person
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.person.page import heading


def hand_off_form(session: Session, person: Person) -> None:
    """Open the form of the hand-off: who takes him over, or that he has died, the letter, and the leader."""
    said = session.words.desk_acts
    leader = leader_field(session, said.hand_off_leader)
    to = Field(id="to", label=said.hand_off_to, hint=said.hand_off_to_hint)
    fields = [
        to,
        Field(id="died", label=said.hand_off_died, kind="yes_no", hint=said.hand_off_died_hint),
        Field(id="letter", label=said.hand_off_letter, hint=said.hand_off_letter_hint, needed=True),
        leader,
    ]

    def make(values: Mapping[str, Any]) -> HandOff | Problem:
        leader_id = leader_named(session, leader, values["leader"])
        if isinstance(leader_id, Problem):
            return leader_id
        died = bool(values["died"])
        if not died and not values["to"]:
            return Problem(to, "needed")
        return HandOff(
            person_id=person.id,
            leader_id=leader_id,
            letter=values["letter"],
            to="" if died else values["to"],
            died=died,
        )

    facts: list[Line] = [((f" {heading(person, session.snapshot, session.words)}", "strong"),)]
    name = said.hand_off_title.format(name=person.name)
    key = draft_key("hand-off", subject_id(person))
    session.open(FormScreen(session, name, facts, fields, make, key, saved_person(session, person, name)))
