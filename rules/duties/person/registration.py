"""Registration of a person who phoned in (二)."""

from datetime import datetime

from dutyboard.rules.people.identity import Known, new_person, officer_named, unit_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import PersonData, Register
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Registered
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_register(command: Register, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down somebody who phoned in. Only a name is needed; who is known already is named instead."""
    told = command.person
    refused = impossible(told, snapshot, now)
    if refused:
        return refused
    same = Known(snapshot.persons.values()).find(told) if told.id_no or told.phone else None
    if same is not None:
        return Refusal("duplicate_person", {"person": snapshot.persons[same].name, "id": same})
    transaction = Transaction(snapshot, now, actor)
    unit_id = told.unit_id or unit_of(told.address, snapshot.units.values())
    officer_id = officer_named(told.officer_name, None, snapshot.officers.values())
    person = new_person(transaction.new_id("persons"), told, unit_id, officer_id, "phone", now)
    transaction.put(person)
    transaction.log(Registered(), subject=subject_id(person))
    return transaction.accepted()


def impossible(told: PersonData, snapshot: Snapshot, now: datetime) -> Refusal | None:
    """Return why nobody can be written down so: no name, no such unit, or something that has not happened yet."""
    if not told.name.strip():
        return Refusal("name_needed")
    if told.unit_id is not None and told.unit_id not in snapshot.units:
        return Refusal("unknown_unit", {"unit": told.unit_id})
    wall = now.astimezone(snapshot.zone).replace(tzinfo=None)
    arrival = told.facts.arrival_at
    if arrival is not None and arrival > wall:
        return Refusal("in_future", {"at": arrival.replace(tzinfo=snapshot.zone)})
    days = [stay.left_on for stay in told.facts.stays or () if stay.left_on is not None]
    if days and max(days) > wall.date():
        at = datetime.combine(max(days), datetime.min.time(), snapshot.zone)
        return Refusal("in_future", {"at": at})
    return None
