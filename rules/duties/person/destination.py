"""Destination of a transfer: where a person may be taken, and the room that is kept for him there."""

from datetime import datetime

from dutyboard.frozen import frozen
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.referral import owes_closed_loop
from dutyboard.rules.people.road import STAGE_AT
from dutyboard.rules.people.rooms import bound_for_room, free_rooms, room_named, room_refusal
from dutyboard.rules.people.stage import awaits_answer, dwelling, in_hospital, in_room
from dutyboard.rules.records.codes import Destination, Room
from dutyboard.rules.records.commands.person import DivertTransfer, StartTransfer, Transfer
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot


@frozen
class Bound:
    """Place that a ride goes to: a room of a site, home, the hospital, the fever clinic, or another county."""

    to: Destination
    site_id: int | None = None
    room: Room | None = None
    place: str = ""


def owed_destination(person: Person) -> Bound | None:
    """Return where a person's transfer is owed to; None: it is owed nowhere."""
    if person.stage == "transfer":
        if person.site_id is None:
            return Bound(to="hospital")
        return Bound(to="site", site_id=person.site_id, room=person.room)
    if person.referral is not None and owes_closed_loop(person):
        return Bound(to="hospital" if person.referral.provisional == "hospital" else "fever-clinic")
    return None


def destination(
    person: Person, command: StartTransfer | DivertTransfer | Transfer, snapshot: Snapshot, now: datetime
) -> Bound | Refusal:
    """Return where an act takes a person, with a room if it is a site; else a Refusal."""
    planned = owed_destination(person)
    if command.to is None and command.site_id is None:
        known = planned or Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
        asked = in_hospital(person) or awaits_answer(person)
        return Refusal("destination_needed", {"person": NameOf(person)}) if planned is None and asked else known
    to = command.to or "site"
    if to == "county":
        place = command.place.strip()
        return Bound(to=to, place=place) if place else Refusal("figures_needed", {"names": ["place"]})
    if to == "site":
        return _room_at(person, command, planned, snapshot)
    if dwelling(person) == STAGE_AT[to] and person.road is None and not _released_today(person, snapshot, now):
        return Refusal("same_destination", {"person": NameOf(person)})
    return Bound(to=to)


def may_leave_for(person: Person, bound: Bound, snapshot: Snapshot, now: datetime) -> bool:
    """Return True if a person may be taken there: as it is owed, to a safer place, or back.

    To a site without its being owed only somebody goes about whom an office is asked, or who comes from a hospital.
    """
    if owed_destination(person) == bound or bound.to in ("hospital", "fever-clinic", "county"):
        return True
    if bound.to == "site":
        return bound_for_room(person) or in_hospital(person) or (awaits_answer(person) and not in_room(person))
    course = course_of(person, snapshot, now)
    home = course.result.first_place == "home" or person.home_from is not None
    return (in_hospital(person) and home) or _released_today(person, snapshot, now)


def _released_today(person: Person, snapshot: Snapshot, now: datetime) -> bool:
    """Return True on the day of a person's release to home monitoring: the ride there is still to be told."""
    return person.stage == "home" and person.home_from == snapshot.day_of(now) and person.road is None


def _room_at(
    person: Person, command: StartTransfer | DivertTransfer | Transfer, planned: Bound | None, snapshot: Snapshot
) -> Bound | Refusal:
    """Return a room of the site: the one that is named or kept for him, else a free one."""
    site = snapshot.sites.get(command.site_id or (planned.site_id if planned else None) or 0)
    if site is None:
        return Refusal("unknown_site", {"site": command.site_id or ""})
    room = command.room
    if room is None and planned is not None and planned.site_id == site.id:
        room = planned.room
    if room is None:
        room = next(iter(free_rooms(snapshot, site)), None)
        if room is None:
            return Refusal("no_free_room", {"site": site.name})
    room = room_named(site, room) or room
    kept = planned is not None and (planned.site_id, planned.room) == (site.id, room)
    refused = room_refusal(snapshot, site.id, room, person.id, shared=kept)
    return refused or Bound(to="site", site_id=site.id, room=room)
