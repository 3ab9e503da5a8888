"""An assessment confirmed, and the person placed by it (二、三)."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Final

from dutyboard.rules.duties.person.queue import owed_for
from dutyboard.rules.law.result import Result
from dutyboard.rules.people.cadres import cadres_of, two_cadres
from dutyboard.rules.people.course import assessment_of, course_of
from dutyboard.rules.people.ending import end_told
from dutyboard.rules.people.identity import officer_named
from dutyboard.rules.people.officers import officer_name as name_of_officer
from dutyboard.rules.people.officers import serving
from dutyboard.rules.people.referral import opened, settled_by_facts
from dutyboard.rules.people.rooms import bound_for_room, room_named, room_refusal
from dutyboard.rules.people.stage import (
    PLACED,
    QUEUED,
    at_home,
    dwelling,
    in_room,
    is_classed,
    lodging,
    on_road,
    watched,
)
from dutyboard.rules.records.codes import Room, Stage
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Confirm
from dutyboard.rules.records.model import Assessment, Person, subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.stays import Lodging, Road
from dutyboard.rules.records.told.person import Assessed, Referred
from dutyboard.rules.records.transaction import Accepted, Transaction

_STAGE_OF: Final[dict[str, Stage]] = {
    "none": "closed",
    "free_after_negative": "waiting",
    "home": "home",
    "site": "transfer",
    "hospital": "transfer",
}


def decide_confirm(command: Confirm, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Confirm what section three gives, and place the person.

    He goes to a room (reserved until he is moved), home under two named cadres, to the hospital, waits for his one
    test, or is referred to the desk that must answer.
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if person.stage not in QUEUED | PLACED:
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    result = course_of(person, snapshot, now).result
    if command.clause != result.clause:
        return Refusal("facts_changed", {"clause": result.clause})
    transaction = Transaction(snapshot, now, actor)
    placed = confirm_into(transaction, person, command)
    if isinstance(placed, Refusal):
        return placed
    before = _confirmed_before(person, placed)
    if before is not None and now - before.at <= snapshot.daily_at(now).duty.take_back:
        by = name_of_officer(snapshot, before.by)
        return Refusal("already_done", {"subject": NameOf(person), "by": by, "at": before.at})
    transaction.put(placed)
    return transaction.accepted()


def _confirmed_before(person: Person, placed: Person) -> Assessment | None:
    """Return the assessment that an officer confirms once more, with nothing else to say; None: it is another."""
    before, now = person.assessment, placed.assessment
    if before is None or now is None or replace(placed, assessment=before) != person:
        return None
    return before if replace(now, by=before.by, at=before.at) == before else None


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
    phone = command.cadre_phone.strip()
    if phone and moved.stage != "home":
        return Refusal("figures_unknown", {"names": ["cadre_phone"]})
    placed = replace(
        watched(person, moved, now),
        officer_name=officer_name,
        officer_id=officer_named(officer_name, person.unit_id, serving(snapshot, now)),
        facts=replace(person.facts, assessed_on=person.facts.assessed_on or snapshot.day_of(now)),
        stopped_by="",
        closed_at=now if moved.stage == "closed" else None,
        end=None,
    )
    placed = _decided(placed, result, transaction.actor.officer_id or 0, now)
    discharged = next((owed.id for owed in owed_for(person, snapshot, now) if owed.kind == "assess"), None)
    told = _told(result, placed, command.shared.strip(), phone)
    entry = transaction.log(told, subject=subject_id(person), obligation=discharged)
    return replace(placed, end=end_told(entry)) if placed.stage == "closed" else placed


def _told(result: Result, placed: Person, shared: str, cadre_phone: str) -> Assessed | Referred:
    assessed = Assessed(
        clause=result.clause,
        decision=result.decision,
        also=result.also,
        stage=placed.stage,
        site_id=placed.site_id,
        room=placed.room if placed.site_id is not None else None,
        shared=shared,
        cadres=tuple(filter(None, cadres_of(placed))) if placed.stage == "home" else (),
        cadre_phone=cadre_phone,
    )
    if not result.reasons:
        return assessed
    said = {each.name: getattr(assessed, each.name) for each in fields(assessed)}
    return Referred(**said, reasons=tuple(reason.code for reason in result.reasons), provisional=result.provisional)


def _decided(placed: Person, result: Result, by: int, at: datetime) -> Person:
    """The record with the result: a class closes an open referral, a question opens one beside the stage (O49).

    Who has a class already keeps it while an office is asked; his stage, tests and days run on.
    """
    if result.decision != "refer":
        return settled_by_facts(replace(placed, assessment=assessment_of(result, by, at)), by, at)
    asked = opened(placed, result, at)
    return asked if is_classed(placed) else replace(asked, assessment=assessment_of(result, by, at))


def _placed(command: Confirm, person: Person, result: Result, snapshot: Snapshot, now: datetime) -> Person | Refusal:
    """The person where the result puts him. Who is in a room or at home already stays, unless it asks for more."""
    named = command.site_id is not None
    if person.road is not None and on_road(person):
        return _on_the_way(person, person.road, result, named)
    if person.stage == "away":
        return person  # another county has received him and moves him; its letter is owed
    if result.decision == "refer":
        return _referred(command, person, snapshot, named)
    if result.first_place == "site":
        if at_home(person) and not named and _home_stage_follows(person):
            return person  # his site stage is behind him
        return _to_room(command, person, snapshot, named)
    if named:
        return Refusal("not_at_site")
    if result.first_place == "hospital":
        return person if person.stage == "hospital" else moving(person, None, None)
    if (in_room(person) or bound_for_room(person)) and is_classed(person):
        # Out of a room leads the release, through its gate, never a second assessment. Who was only held there until
        # an answer goes where it sends him.
        return person if bound_for_room(person) else staying(person)
    stage = _STAGE_OF[result.first_place or "none"]
    cleared = replace(person, site_id=None, room=None, still_in=None, stage=stage)
    if stage == "home":
        cadres = two_cadres(command.cadres or cadres_of(person))
        if cadres is None:
            return Refusal("supervisor_needed")
        home_from = result.dates.home_first
        return replace(
            cleared,
            town_cadre=cadres[0],
            home_cadre=cadres[1],
            admitted_on=person.admitted_on or snapshot.day_of(now),
            home_from=person.home_from or home_from,
        )
    return cleared


def _on_the_way(person: Person, road: Road, result: Result, named: bool) -> Person | Refusal:
    """Somebody on the road stays on it. Only to the hospital he is turned at once; another room takes a diversion."""
    if named:
        return Refusal("on_the_road", {"person": NameOf(person), "at": road.left_at})
    if result.first_place != "hospital":
        return person
    return replace(person, site_id=None, room=None, road=replace(road, to="hospital", place=""))


def moving(person: Person, site_id: int | None, room: Room | None) -> Person:
    """Return the person who is to be moved to a room, without one to the hospital. Until then he lives where he is."""
    here = lodging(person)
    if here is None and dwelling(person) in ("home", "hospital", "clinic"):
        here = Lodging(stage=dwelling(person))
    return replace(person, stage="transfer", site_id=site_id, room=room, still_in=here)


def staying(person: Person) -> Person:
    """Return the person who stays in the room where he lives; the move that was to come is off."""
    here = lodging(person)
    if here is None:
        return person
    return replace(person, stage="site", site_id=here.site_id, room=here.room, still_in=None)


def _home_stage_follows(person: Person) -> bool:
    return person.assessment is not None and person.assessment.first_place == "site"


def _referred(command: Confirm, person: Person, snapshot: Snapshot, named: bool) -> Person | Refusal:
    """Held where he is, or in a provisional room, until the desk that must answer has answered."""
    if not named:
        return person if person.stage in PLACED else replace(person, stage="referred")
    return _to_room(command, person, snapshot, named)


def _to_room(command: Confirm, person: Person, snapshot: Snapshot, named: bool) -> Person | Refusal:
    here = lodging(person)
    if not named:
        if bound_for_room(person):
            return person
        return staying(person) if here is not None else Refusal("place_needed")
    site_id, shared = command.site_id or 0, bool(command.shared.strip())
    site = snapshot.sites.get(site_id)
    room = room_named(site, command.room) if site is not None and command.room is not None else None
    if here is not None and room is not None and (here.site_id, here.room) == (command.site_id, room):
        return staying(person)
    refused = room_refusal(snapshot, site_id, command.room, person.id, shared=shared)
    # From one room to another his days run on: he is under control all the way. From anywhere else they begin there.
    days_run_on = here is not None or bound_for_room(person) or (person.stage == "clinic" and person.home_from is None)
    admitted_on = person.admitted_on if days_run_on else None
    return refused or replace(moving(person, site_id, room), admitted_on=admitted_on)
