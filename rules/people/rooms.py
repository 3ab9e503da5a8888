"""Rooms of the sites: the person who holds each, and the occupancy (四（二）)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.people.course import outlook_of
from dutyboard.rules.people.stage import dwelling, in_queue, in_room, lodging
from dutyboard.rules.records.codes import Room
from dutyboard.rules.records.model import Person, Site
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.stays import Lodging

_PARTS: Final = re.compile(r"(\d+)")


def room_names(site: Site) -> tuple[Room, ...]:
    """Return the names of the rooms of a site, in its own order."""
    return tuple(range(1, site.rooms + 1)) if isinstance(site.rooms, int) else site.rooms


def room_count(site: Site) -> int:
    """Return how many rooms a site has."""
    return site.rooms if isinstance(site.rooms, int) else len(site.rooms)


def room_named(site: Site, told: Room) -> Room | None:
    """Return the room of a site that a name means, in full width or any case; None: there is none."""
    wanted = _folded(told)
    return next((room for room in room_names(site) if _folded(room) == wanted), None)


def _folded(room: Room) -> str:
    return unicodedata.normalize("NFKC", str(room)).strip().casefold()


@cache
def room_order(room: Room | None) -> tuple[tuple[int, int, str], ...]:
    """Return the key that sorts rooms as people count them, 9 before 10. No room comes first. Each is read once."""
    parts = _PARTS.split("" if room is None else _folded(room))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def rooms_held(person: Person) -> tuple[Lodging, ...]:
    """Return the rooms that a person keeps from others: the one he lives in, and the one kept for him.

    On the road the old one is free, and only the new one is held.
    """
    held = [person.still_in] if dwelling(person) == "site" and person.still_in is not None else []
    if person.stage in ("site", "transfer") and person.site_id is not None and person.room is not None:
        held.append(Lodging(stage="site", site_id=person.site_id, room=person.room))
    return tuple(dict.fromkeys(held)) if len(held) > 1 else tuple(held)


def holds_room(person: Person) -> bool:
    """Return True if this person keeps a room from others."""
    return bool(rooms_held(person))


def bound_for_room(person: Person) -> bool:
    """Return True if a room is kept for this person that he does not live in yet."""
    return person.stage == "transfer" and person.site_id is not None


def residents(snapshot: Snapshot, site_id: int) -> tuple[Person, ...]:
    """Return the people who live in the rooms of a site now, by room, whatever they wait for."""
    return residents_by_site(snapshot).get(site_id, ())


def residents_by_site(snapshot: Snapshot) -> Mapping[int | None, tuple[Person, ...]]:
    """Return the people who live in the rooms of each site now, in the order of its rooms."""
    return snapshot.memo.made(_residents, snapshot.persons)


def _residents(persons: Mapping[int, Person]) -> Mapping[int | None, tuple[Person, ...]]:
    inside: dict[int | None, list[tuple[Room | None, Person]]] = {}
    for person in persons.values():
        if (place := lodging(person)) is not None:
            inside.setdefault(place.site_id, []).append((place.room, person))
    for people in inside.values():
        people.sort(key=lambda each: (each[0] is None, room_order(each[0]), each[1].id))
    return {site_id: tuple(person for _, person in people) for site_id, people in inside.items()}


def room_mates(person: Person, snapshot: Snapshot) -> tuple[Person, ...]:
    """Return those who share a room with this person now, or are to share it."""
    held = snapshot.memo.made(_holders, snapshot.persons)
    others = {other.id: other for room in rooms_held(person) for other in held.get(room, ()) if other.id != person.id}
    return tuple(other for _, other in sorted(others.items()))


def taken(snapshot: Snapshot, site_id: int) -> dict[Room, Person]:
    """The rooms of a site that are held, and by whom."""
    held = snapshot.memo.made(_holders, snapshot.persons).items()
    return {room.room: people[-1] for room, people in held if room.site_id == site_id and room.room is not None}


def _holders(persons: Mapping[int, Person]) -> dict[Lodging, list[Person]]:
    """Return by the room the people who keep it from others."""
    held: dict[Lodging, list[Person]] = {}
    for person in persons.values():
        for room in rooms_held(person):
            held.setdefault(room, []).append(person)
    return held


def free_rooms(snapshot: Snapshot, site: Site) -> list[Room]:
    """The rooms of a site that nobody holds, in its own order."""
    held = taken(snapshot, site.id)
    return [room for room in room_names(site) if room not in held]


def proposed_room(person: Person, snapshot: Snapshot) -> tuple[Site, Room] | None:
    """Return the next free room for a person; None: there is none.

    It is at his own unit's site, else at the site with the most free rooms.
    """
    free = [(site, free_rooms(snapshot, site)) for site in snapshot.sites.values() if site.state == "active"]
    with_rooms = [(site, rooms) for site, rooms in free if rooms]
    if not with_rooms:
        return None
    site, rooms = max(with_rooms, key=lambda pair: (pair[0].unit_id == person.unit_id, len(pair[1])))
    return site, rooms[0]


def room_refusal(
    snapshot: Snapshot, site_id: int, room: Room | None, person_id: int, *, shared: bool = False
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
    named = room_named(site, room)
    if named is None:
        return Refusal("no_such_room", {"site": site.name, "room": room, "rooms": room_count(site)})
    held = snapshot.memo.made(_holders, snapshot.persons).get(Lodging(stage="site", site_id=site_id, room=named), ())
    holder = next((each for each in reversed(held) if each.id != person_id), None)
    if holder is not None and not shared:
        return Refusal("room_taken", {"site": site.name, "room": room, "person": NameOf(holder)})
    return None


@frozen
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
        rooms=sum(room_count(snapshot.sites[site_id]) for site_id in active),
        held=sum(room.site_id in active for room in snapshot.memo.made(_holders, snapshot.persons)),
    )


@frozen
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
        last, place = outlook_of(person, snapshot, now)
        if inside:
            leaving += last is not None and last < until
        else:
            coming += place == "site"
    return Forecast(occupancy=occupancy(snapshot), leaving=leaving, coming=coming)


def free_by_day(snapshot: Snapshot, site: Site, now: datetime, days: int) -> tuple[int, ...]:
    """Return the free rooms of a site on each of the next days, by the plans of those inside.

    A room is, once everybody who holds it is past his last day there. Whoever is still to come is not foreseen.
    """
    today, free = snapshot.day_of(now), len(free_rooms(snapshot, site))
    ends = [_given_up(held, snapshot, now) for held in _held_together(snapshot, site.id)]
    coming = (today + timedelta(days=number) for number in range(1, days + 1))
    return tuple(free + sum(end is not None and end < day for end in ends) for day in coming)


def _held_together(snapshot: Snapshot, site_id: int) -> list[list[Person]]:
    held = snapshot.memo.made(_holders, snapshot.persons).items()
    return [people for room, people in held if room.site_id == site_id and room.room is not None]


def _given_up(people: Iterable[Person], snapshot: Snapshot, now: datetime) -> date | None:
    """Return the last day on which one of them is in the room; None: nobody can say."""
    last = [outlook_of(each, snapshot, now)[0] if in_room(each) else None for each in people]
    known = [each for each in last if each is not None]
    return max(known) if len(known) == len(last) else None
