"""Closed-loop transfer of a person told afterwards, the ride and the arrival in one act (三)."""

from datetime import datetime

from dutyboard.rules.duties.person.readings import is_odd, unlikely
from dutyboard.rules.duties.person.road import leaving_for, on_the_way, row_of
from dutyboard.rules.people.road import arrived
from dutyboard.rules.people.stage import watched
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import StartTransfer, Transfer
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Transferred
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_transfer(command: Transfer, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down a whole move: as `StartTransfer` and `EndTransfer` do, with its times in order and not ahead."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    start = StartTransfer(
        person_id=command.person_id,
        vehicle=command.vehicle,
        driver=command.driver,
        phone=command.phone,
        to=command.to,
        site_id=command.site_id,
        room=command.room,
        place=command.place,
        escort=command.escort,
        escort_phone=command.escort_phone,
        handed_by=command.handed_by,
        announced_at=command.announced_at,
        announced_by=command.announced_by,
    )
    received_by = command.received_by.strip()
    if not received_by:
        return Refusal("figures_needed", {"names": ["received_by"]})
    if command.arrived_at < command.left_at:
        return Refusal("ends_before_start")
    if command.arrived_at > now:
        return Refusal("in_future", {"at": command.arrived_at})
    limits = snapshot.daily_at(command.arrived_at).thresholds
    if command.temp_c is not None and (refused := unlikely("temp_c", command.temp_c, limits)) is not None:
        return refused
    bound = leaving_for(person, start, snapshot, now, command.left_at)
    if isinstance(bound, Refusal):
        return bound
    moved = arrived(
        on_the_way(person, bound, start, command.left_at),
        command.arrived_at,
        snapshot.day_of(command.arrived_at),
    )
    transaction = Transaction(snapshot, now, actor)
    transaction.put(watched(person, moved, command.arrived_at))
    transaction.log(
        Transferred(
            vehicle=command.vehicle.strip(),
            driver=command.driver.strip(),
            received_by=received_by,
            left_at=command.left_at,
            arrived_at=command.arrived_at,
            site_id=bound.site_id,
            room=bound.room,
            to=None if bound.to in ("site", "hospital") else bound.to,
            place=bound.place,
            phone=command.phone.strip(),
            escort=command.escort.strip(),
            escort_phone=command.escort_phone.strip(),
            handed_by=command.handed_by.strip(),
            temp_c=command.temp_c,
            announced_at=command.announced_at,
            announced_by=command.announced_by.strip(),
        ),
        happened_at=command.arrived_at,
        subject=subject_id(person),
        obligation=row_of(person, snapshot, now),
        abnormal=is_odd(command.temp_c, limits),
        text=command.text.strip(),
        done_by=received_by,
    )
    return transaction.accepted()
