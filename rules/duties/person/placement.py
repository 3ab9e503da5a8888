"""An assessment confirmed, and the person placed by it (二、三)."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Final

from dutyboard.rules.duties.person.queue import owed_for
from dutyboard.rules.law.result import Result
from dutyboard.rules.people.course import assessment_of, course_of
from dutyboard.rules.people.ending import end_told
from dutyboard.rules.people.identity import officer_named
from dutyboard.rules.people.rooms import holds_room, room_refusal
from dutyboard.rules.people.stage import PLACED, QUEUED
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Confirm
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Assessed, Referred
from dutyboard.rules.records.transaction import Accepted, Transaction

_STAGE_OF: Final[dict[str, Stage]] = {
    "none": "closed",
    "free_after_negative": "waiting",
    "home": "home",
    "site": "transfer",
    "hospital": "transfer",
}


_IN_A_ROOM: Final[frozenset[Stage]] = frozenset({"site", "transfer", "referred"})


def decide_confirm(command: Confirm, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Confirm what section three gives, and place the person.

    He goes to a room (reserved until he is moved), home under a named officer, to the hospital, waits for his one test,
    or is referred to the desk that must answer.
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if person.stage not in QUEUED | PLACED:
        return Refusal("wrong_stage", {"person": person.name, "stage": person.stage})
    result = course_of(person, snapshot, now).result
    if command.clause != result.clause:
        return Refusal("facts_changed", {"clause": result.clause})
    transaction = Transaction(snapshot, now, actor)
    placed = confirm_into(transaction, person, command)
    if isinstance(placed, Refusal):
        return placed
    transaction.put(placed)
    return transaction.accepted()


def confirm_into(transaction: Transaction, person: Person, command: Confirm) -> Person | Refusal:
    """Assess and place one person as part of an act. His entry is logged; the caller puts the record."""
    snapshot, now = transaction.snapshot, transaction.now
    result = course_of(person, snapshot, now).result
    officer_name = command.officer_name.strip()
    if not officer_name:
        return Refusal("officer_needed")
    moved = _placed(command, person, result, snapshot, now)
    if isinstance(moved, Refusal):
        return moved
    placed = replace(
        moved,
        officer_name=officer_name,
        officer_id=officer_named(officer_name, person.unit_id, snapshot.officers.values()),
        facts=replace(person.facts, assessed_on=person.facts.assessed_on or snapshot.day_of(now)),
        assessment=assessment_of(result, transaction.actor.officer_id or 0, now),
        stopped_by="",
        closed_at=now if moved.stage == "closed" else None,
        end=None,
    )
    discharged = next((owed.id for owed in owed_for(person, snapshot, now) if owed.kind == "assess"), None)
    told = _told(result, placed, command.shared.strip())
    entry = transaction.log(told, subject=subject_id(person), obligation=discharged)
    return replace(placed, end=end_told(entry)) if placed.stage == "closed" else placed


def _told(result: Result, placed: Person, shared: str) -> Assessed | Referred:
    assessed = Assessed(
        clause=result.clause,
        decision=result.decision,
        also=result.also,
        stage=placed.stage,
        site_id=placed.site_id,
        room=placed.room if placed.site_id is not None else None,
        shared=shared,
    )
    if not result.reasons:
        return assessed
    said = {each.name: getattr(assessed, each.name) for each in fields(assessed)}
    return Referred(**said, reasons=tuple(reason.code for reason in result.reasons), provisional=result.provisional)


def _placed(command: Confirm, person: Person, result: Result, snapshot: Snapshot, now: datetime) -> Person | Refusal:
    """The person where the result puts him. Who is in a room or at home already stays, unless it asks for more."""
    named = command.site_id is not None
    if result.decision == "refer":
        return _referred(command, person, snapshot, named)
    if result.first_place == "site":
        if person.stage == "home" and not named and _home_stage_follows(person):
            return person  # his site stage is behind him
        return _to_room(command, person, snapshot, named)
    if named:
        return Refusal("not_at_site")
    if person.stage == "hospital" and result.first_place == "hospital":
        return person
    stage = _STAGE_OF[result.first_place or "none"]
    if person.stage in ("site", "transfer") and result.first_place not in ("hospital", None):
        # Out of a room leads the release, through its gate, never a second assessment.
        return person
    cleared = replace(person, site_id=None, room=None, stage=stage)
    if stage == "home":
        home_from = result.dates.home_first
        return replace(
            cleared,
            home_cadre=command.officer_name.strip(),
            admitted_on=person.admitted_on or snapshot.day_of(now),
            home_from=person.home_from or home_from,
        )
    return cleared


def _home_stage_follows(person: Person) -> bool:
    return person.assessment is not None and person.assessment.first_place == "site"


def _referred(command: Confirm, person: Person, snapshot: Snapshot, named: bool) -> Person | Refusal:
    """Held where he is, or in a provisional room, until the desk that must answer has answered."""
    if not named:
        return person if person.stage in PLACED else replace(person, stage="referred")
    return _with_room(command, replace(person, stage="referred"), snapshot)


def _to_room(command: Confirm, person: Person, snapshot: Snapshot, named: bool) -> Person | Refusal:
    if not named:
        if not holds_room(person):
            return Refusal("place_needed")
        return replace(person, stage="site" if person.admitted_on is not None else "transfer")
    same = (person.site_id, person.room) == (command.site_id, command.room)
    inside = same and person.admitted_on is not None
    # From one room to another his days run on: he is under control all the way. From anywhere else they begin there.
    admitted_on = person.admitted_on if person.stage in _IN_A_ROOM else None
    moved = replace(person, stage="site" if inside else "transfer", admitted_on=admitted_on)
    return _with_room(command, moved, snapshot)


def _with_room(command: Confirm, person: Person, snapshot: Snapshot) -> Person | Refusal:
    site_id = command.site_id or 0
    refused = room_refusal(snapshot, site_id, command.room, person.id, shared=bool(command.shared.strip()))
    return refused or replace(person, site_id=site_id, room=command.room)
