"""Stage made shorter or longer: only by a leader's act, with a reason that stays visible (三)."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from dutyboard.rules.people.course import course_of, fresh_course
from dutyboard.rules.people.officers import may_lead
from dutyboard.rules.people.stage import at_home, in_room
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import SetLastDay
from dutyboard.rules.records.model import LastDay, subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import LastDaySet
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_set_last_day(command: SetLastDay, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Set the last day of the stage that somebody is in. What follows moves with it; today at the earliest."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    stage: Literal["site", "home"] | None = "site" if in_room(person) else "home" if at_home(person) else None
    planned = course_of(person, snapshot, now).plan.stage(stage) if stage is not None else None
    if stage is None or planned is None or planned.last is None:
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    leader = snapshot.officers.get(command.leader_id)
    if leader is None:
        return Refusal("unknown_officer", {"officer": command.leader_id})
    if not may_lead(leader, snapshot, now):
        return Refusal("only_leader", {"officer": leader.name})
    if not command.reason.strip():
        return Refusal("reason_needed")
    if command.last < snapshot.day_of(now):
        return Refusal("before_now", {"at": datetime.combine(command.last, datetime.min.time(), snapshot.zone)})
    if stage == "home" and planned.first is not None and command.last < planned.first:
        return Refusal("ends_before_start")  # the site stage that he still owes is not shortened by it
    if command.last == planned.last:
        return Refusal("setting_unchanged", {"name": NameOf(person), "value": command.last.isoformat()})
    reason = command.reason.strip()
    bare = replace(person, last_days=tuple(each for each in person.last_days if each.of != stage))
    own = fresh_course(bare, snapshot, now).plan.stage(stage)
    held = LastDay(
        of=stage,
        last=command.last,
        was=planned.last,
        leader=leader.id,
        reason=reason,
        at=now,
        own=own.last if own is not None else None,
    )
    transaction = Transaction(snapshot, now, actor)
    transaction.put(replace(person, last_days=(*person.last_days, held)))
    transaction.log(
        LastDaySet(stage=stage, was=planned.last, last=command.last, leader_id=leader.id),
        subject=subject_id(person),
        abnormal=command.last < planned.last,
        text=reason,
        done_by=leader.name,
    )
    return transaction.accepted()
