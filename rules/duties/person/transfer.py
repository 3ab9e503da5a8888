"""Closed-loop transfer of a person from place to place (三)."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.duties.person.queue import owed_for
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Transfer
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Transferred
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_transfer(command: Transfer, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down a point-to-point closed-loop move: to the reserved room, or without one to the hospital. Its times are
    in order and not in the future; vehicle, driver and who received the person are named."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if person.stage != "transfer" or person.road is not None:
        return Refusal("wrong_stage", {"person": person.name, "stage": person.stage})
    told = {"vehicle": command.vehicle, "driver": command.driver, "received_by": command.received_by}
    missing = [name for name, text in told.items() if not text.strip()]
    if missing:
        return Refusal("figures_needed", {"names": missing})
    if command.arrived_at < command.left_at:
        return Refusal("ends_before_start")
    if command.arrived_at > now:
        return Refusal("in_future", {"at": command.arrived_at})
    day = snapshot.day_of(command.arrived_at)
    # From room to room the days run on: who was admitted already keeps his day 0.
    stage: Stage = "hospital" if person.site_id is None else "site"
    moved = replace(person, admitted_on=person.admitted_on or day, stage=stage, still_in=None)
    transaction = Transaction(snapshot, now, actor)
    transaction.put(moved)
    transaction.log(
        Transferred(
            **{name: text.strip() for name, text in told.items()},
            left_at=command.left_at,
            arrived_at=command.arrived_at,
            site_id=person.site_id,
            room=person.room,
        ),
        happened_at=command.arrived_at,
        subject=subject_id(person),
        obligation=next((owed.id for owed in owed_for(person, snapshot, now) if owed.kind == "transfer"), None),
        text=command.text.strip(),
        done_by=command.received_by.strip(),
    )
    return transaction.accepted()
