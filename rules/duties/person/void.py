"""A registration made by mistake: the record is ended, and whoever rests on it is asked about again (二)."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.law.facts import ArrivalPcr
from dutyboard.rules.people.contacts import is_positive
from dutyboard.rules.people.ending import end_of
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.people.stage import on_desk, stage_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Void
from dutyboard.rules.records.model import Ending, Person, subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Voided
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_void(command: Void, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """End a record that should not have been made: his room is free, and what is owed of him ends.

    Refused once a sample was taken or a test was positive. His contacts are owed the question whose contacts they are;
    reports that were sent stay as they were.
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    refused = record_ended(person, snapshot)
    if refused is not None:
        return refused
    if not command.reason.strip():
        return Refusal("reason_needed")
    if is_positive(person.facts) or person.facts.tests or isinstance(person.facts.arrival_pcr, ArrivalPcr):
        return Refusal("void_tested", {"person": NameOf(person)})
    reason = command.reason.strip()
    transaction = Transaction(snapshot, now, actor)
    entry = transaction.log(Voided(from_=stage_of(person)), subject=subject_id(person), text=reason)
    end = Ending(how="voided", at=now, reason=reason, entry=entry.id)
    transaction.put(left_the_desk(person, end))
    for matter in snapshot.matters.values():
        if matter.subject == subject_id(person) and matter.closed_at is None:
            transaction.put(replace(matter, closed_at=now, closed_by=transaction.writer, outcome=reason))
    return transaction.accepted()


def record_ended(person: Person, snapshot: Snapshot) -> Refusal | None:
    """Return a refusal that says how, when and by whom a record was ended; None: it is open."""
    if on_desk(person):
        return None
    end = end_of(person, snapshot)
    if end is None:
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    entry = snapshot.entries.get(end.entry or 0)
    by = officer_name(snapshot, entry.entered_by) if entry is not None else officer_name(snapshot, end.leader)
    return Refusal("record_ended", {"person": NameOf(person), "name": end.how, "by": by or "?", "at": end.at})


def left_the_desk(person: Person, end: Ending) -> Person:
    """Return a record ended by mistake or by another one: it holds no room and owes nothing."""
    return replace(
        person,
        stage="closed",
        site_id=None,
        room=None,
        still_in=None,
        road=None,
        referral=None,
        stopped_by="",
        closed_at=end.at,
        end=end,
    )
