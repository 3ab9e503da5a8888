"""Rooms of the sites: the person who holds each, and the occupancy (四（二）)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.stage import dwelling, first_place, in_queue, in_room, site_of
from dutyboard.rules.records.model import Person, Site
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.road import Lodging
from dutyboard.rules.records.snapshot import Snapshot


def rooms_held(person: Person) -> tuple[Lodging, ...]:
    """Return the rooms that a person keeps from others: the one he lives in, and the one kept for him.

    On the road the old one is free, and only the new one is held.
    """
    held = [person.still_in] if dwelling(person) == "site" and person.still_in is not None else []
    if person.stage in ("site", "transfer") and person.site_id is not None and person.room is not None:
        held.append(Lodging(stage="site", site_id=person.site_id, room=person.room))
    return tuple(dict.fromkeys(held))


def holds_room(person: Person) -> bool:
    """Return True if this person keeps a room from others."""
    return bool(rooms_held(person))


def bound_for_room(person: Person) -> bool:
    """Return True if a room is kept for this person that he does not live in yet."""
    return person.stage == "transfer" and person.site_id is not None


def residents(persons: Iterable[Person], site_id: int) -> tuple[Person, ...]:
    """Return the people who live in the rooms of a site now: everybody held there, whatever he waits for."""
    return tuple(person for person in persons if site_of(person) == site_id)


def room_mates(person: Person, snapshot: Snapshot) -> tuple[Person, ...]:
    """Return those who share a room with this person now, or are to share it."""
    rooms = frozenset(rooms_held(person))
    if not rooms:
        return ()
    others = (other for other in snapshot.persons.values() if other.id != person.id)
    return tuple(other for other in others if not rooms.isdisjoint(rooms_held(other)))


def taken(persons: Iterable[Person], site_id: int) -> dict[int, Person]:
    """The rooms of a site that are held, and by whom."""
    held = ((room, person) for person in persons for room in rooms_held(person))
    return {room.room: person for room, person in held if room.site_id == site_id and room.room is not None}


def free_rooms(snapshot: Snapshot, site: Site) -> list[int]:
    """The numbers of the rooms of a site that nobody holds, from the lowest."""
    held = taken(snapshot.persons.values(), site.id)
    return [room for room in range(1, site.rooms + 1) if room not in held]


def room_refusal(
    snapshot: Snapshot, site_id: int, room: int | None, person_id: int, *, shared: bool = False
) -> Refusal | None:
    """Return why this person cannot have this room; None: he can.

    The site is unknown or not active, the room is not there, or it is held and not meant to be shared.
    """
    site = snapshot.sites.get(site_id)
    if site is None:
        return Refusal("unknown_site", {"site": site_id})
    if site.state != "active":
        return Refusal("site_not_active", {"site": site.name})
    if room is None:
        return Refusal("place_needed")
    if not 1 <= room <= site.rooms:
        return Refusal("no_such_room", {"site": site.name, "room": room, "rooms": site.rooms})
    holder = taken(snapshot.persons.values(), site_id).get(room)
    if holder is not None and holder.id != person_id and not shared:
        return Refusal("room_taken", {"site": site.name, "room": room, "person": holder.name})
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """Rooms of the active sites: all, held, and the percentage held (0 where there is none)."""

    rooms: int
    held: int

    @property
    def free(self) -> int:
        """Rooms that nobody holds; below zero if a site shrank under its people."""
        return self.rooms - self.held

    @property
    def percent(self) -> float:
        """Held rooms in a hundred."""
        return 100 * self.held / self.rooms if self.rooms else 0.0


def occupancy(snapshot: Snapshot) -> Occupancy:
    """Return how full the active sites are now."""
    active = {site.id for site in snapshot.sites.values() if site.state == "active"}
    return Occupancy(
        rooms=sum(snapshot.sites[site_id].rooms for site_id in active),
        held=len({room for p in snapshot.persons.values() for room in rooms_held(p) if room.site_id in active}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Forecast of rooms over the hours of the setting.

    `leaving` have a full site stage by then; `coming` are in the queue for a site and hold no room yet.
    """

    occupancy: Occupancy
    leaving: int
    coming: int

    @property
    def free(self) -> int:
        """Rooms free at the end of those hours; below zero: too few."""
        return self.occupancy.free + self.leaving - self.coming


def forecast(snapshot: Snapshot, now: datetime) -> Forecast:
    """Return the rooms that the active sites will have free, by the plans of those inside and of those waiting."""
    until = snapshot.day_of(now + snapshot.daily_at(now).thresholds.forecast)
    leaving = coming = 0
    for person in snapshot.persons.values():
        inside = in_room(person)
        if not inside and not in_queue(person):
            continue
        course = course_of(person, snapshot, now)
        if inside:
            last = course.result.dates.site_last
            leaving += last is not None and last < until
        else:
            coming += first_place(course.result) == "site"
    return Forecast(occupancy=occupancy(snapshot), leaving=leaving, coming=coming)
