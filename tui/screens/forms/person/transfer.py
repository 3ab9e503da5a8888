"""The closed-loop transfer of a person, from door to door (三, 点对点闭环转运)."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.person import Transfer
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, person_of, saved_person
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field


def transfer_form(session: Session, owed: Obligation) -> None:
    """Open the form of the transfer that is owed: left, vehicle, driver, arrived, received by."""
    person, people = person_of(session, owed), session.words.people
    fields = [
        Field(id="left", label=people.transfer_left, kind="time", needed=True),
        Field(id="vehicle", label=people.transfer_vehicle, needed=True),
        Field(id="driver", label=people.transfer_driver, needed=True),
        Field(id="arrived", label=people.transfer_arrived, kind="time", needed=True),
        Field(id="received", label=people.transfer_received, needed=True),
        Field(id="text", label=session.words.forms.text),
    ]
    site = session.snapshot.sites.get(person.site_id or 0)
    to = f"{site.name} {people.room.format(room=person.room)}" if site else session.words.course.places["hospital"]
    facts: list[Line] = [((f" {session.words.course.place_line.format(place=to)}", "strong"),)]

    def make(values: Mapping[str, Any]) -> Transfer:
        return Transfer(
            person_id=person.id,
            left_at=values["left"],
            vehicle=values["vehicle"],
            driver=values["driver"],
            arrived_at=values["arrived"],
            received_by=values["received"],
            text=values["text"] or "",
        )

    name = people.transfer_title.format(name=person.name)
    key = draft_key("transfer", subject_id(person))
    session.open(FormScreen(session, name, facts, fields, make, key, saved_person(session, person, name)))
