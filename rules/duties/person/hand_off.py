"""The hand-off of a person who leaves the desk's charge before his time: taken over elsewhere, or dead (O44)."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.people.ending import end_told
from dutyboard.rules.people.officers import may_lead
from dutyboard.rules.people.rooms import holds_room
from dutyboard.rules.people.stage import on_desk, stage_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import HandOff
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import HandedOff
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_hand_off(command: HandOff, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Close a record by a letter, as the act of a named leader.

    The letter takes the person over, or says that he has died. Of a close contact at a site it is no release (O14): his
    secondary contacts are to be asked about (O17).
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if not on_desk(person):
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    leader = snapshot.officers.get(command.leader_id)
    if leader is None:
        return Refusal("unknown_officer", {"officer": command.leader_id})
    if not may_lead(leader, snapshot, now):
        return Refusal("only_leader", {"officer": leader.name})
    told = {"letter": command.letter.strip()} | ({} if command.died else {"to": command.to.strip()})
    missing = [name for name, text in told.items() if not text]
    if missing:
        return Refusal("figures_needed", {"names": missing})
    transaction = Transaction(snapshot, now, actor)
    entry = transaction.log(
        HandedOff(from_=stage_of(person), leader_id=leader.id, died=command.died, **told),
        subject=subject_id(person),
        abnormal=True,
        done_by=leader.name,
    )
    gone = replace(
        person,
        stage="closed",
        site_id=None,
        room=None,
        stopped_by="",
        still_in=None,
        road=None,
        released_early=person.released_early or holds_room(person),
        closed_at=now,
        end=end_told(entry),
    )
    transaction.put(gone)
    return transaction.accepted()
