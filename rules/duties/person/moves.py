"""Another room for somebody who lives in one, and another officer or cadre for anybody on the desk."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.duties.person.placement import moving
from dutyboard.rules.people.identity import officer_named
from dutyboard.rules.people.officers import serving
from dutyboard.rules.people.rooms import bound_for_room, free_rooms, room_named, room_refusal
from dutyboard.rules.people.stage import lodging, on_desk
from dutyboard.rules.records.codes import Room
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Assign, Move
from dutyboard.rules.records.model import Person, Site, subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.stays import Lodging
from dutyboard.rules.records.told.person import Assigned, RoomChanged
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_move(command: Move, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Give a person another room, with the reason; his days run on, and the old room is free.

    Inside a site he is there at once. To another site he is to be moved by closed loop, and that is owed.
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if person.road is not None:
        return Refusal("on_the_road", {"person": NameOf(person), "at": person.road.left_at})
    here = lodging(person)
    held = Lodging(stage="site", site_id=person.site_id, room=person.room) if bound_for_room(person) else here
    if held is None:
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    if not command.reason.strip():
        return Refusal("reason_needed")
    happened_at = command.happened_at or now
    if here is not None and person.admitted_on is not None and snapshot.day_of(happened_at) < person.admitted_on:
        return Refusal("ends_before_start")
    room = _room(command, person, held, snapshot)
    if isinstance(room, Refusal):
        return room
    moved = _in_room(person, here, command.site_id, room, happened_at)
    transaction = Transaction(snapshot, now, actor)
    transaction.put(moved)
    told = RoomChanged(
        was_site=held.site_id,
        was_room=held.room,
        site_id=command.site_id,
        room=room,
        stage=moved.stage,
        shared=command.shared.strip(),
    )
    transaction.log(told, happened_at=happened_at, subject=subject_id(person), text=command.reason.strip())
    return transaction.accepted()


def _room(command: Move, person: Person, held: Lodging, snapshot: Snapshot) -> Room | Refusal:
    """Return the room that is asked for, or the next free one; a refusal where he cannot have it."""
    site = snapshot.sites.get(command.site_id)
    wanted = _wanted(command, site, snapshot)
    refused = room_refusal(snapshot, command.site_id, wanted, person.id, shared=bool(command.shared.strip()))
    if refused:
        return refused
    assert site is not None and wanted is not None  # room_refusal has asked for both
    named = room_named(site, wanted)
    if named is None or (held.site_id, held.room) == (site.id, named):
        return Refusal("already_there", {"person": NameOf(person), "site": site.name, "room": named})
    return named


def _wanted(command: Move, site: Site | None, snapshot: Snapshot) -> Room | None:
    if command.room is not None or site is None:
        return command.room
    return next(iter(free_rooms(snapshot, site)), None)


def _in_room(person: Person, here: Lodging | None, site_id: int, room: Room, at: datetime) -> Person:
    """Return the person in his new room, or bound for it where it lies at another site than he does."""
    if here is not None and here.site_id == site_id:
        return replace(person, stage="site", site_id=site_id, room=room, still_in=None)
    if person.stage == "transfer":
        return replace(person, site_id=site_id, room=room, bound_since=at)
    return replace(moving(person, site_id, room), bound_since=at)


def decide_assign(command: Assign, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Name the officer (专人) or the cadre at home of a person. In the place of another it takes the reason."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if not on_desk(person):
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    officer, cadre = command.officer_name.strip(), command.home_cadre.strip()
    town, phone = command.town_cadre.strip(), command.cadre_phone.strip()
    if not officer and not cadre and not town and not phone:
        return Refusal("officer_needed")
    named = replace(
        person,
        officer_name=officer or person.officer_name,
        officer_id=officer_named(officer, person.unit_id, serving(snapshot, now)) if officer else person.officer_id,
        home_cadre=cadre or person.home_cadre,
        town_cadre=town or person.town_cadre,
    )
    pairs = ((person.officer_name, officer), (person.home_cadre, cadre), (person.town_cadre, town))
    if phone and not named.home_cadre:
        return Refusal("supervisor_needed")
    if not phone and all(was == named_ or not named_ for was, named_ in pairs):
        return Refusal("already_assigned", {"person": NameOf(person), "officer": officer or cadre or town})
    if any(was and named_ for was, named_ in pairs) and not command.reason.strip():
        return Refusal("reason_needed")
    transaction = Transaction(snapshot, now, actor)
    transaction.put(named)
    told = Assigned(
        officer=officer,
        was_officer=person.officer_name if officer else "",
        cadre=cadre,
        was_cadre=person.home_cadre if cadre else "",
        town_cadre=town,
        was_town_cadre=person.town_cadre if town else "",
        cadre_phone=phone,
    )
    transaction.log(told, subject=subject_id(person), text=command.reason.strip())
    return transaction.accepted()
