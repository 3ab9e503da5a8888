"""Lodgers of a site on a past day, by the entries that brought people there.

A room has had others since.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time

from dutyboard.rules.people.identity import name_key
from dutyboard.rules.people.rooms import residents, room_named
from dutyboard.rules.people.stage import lodging
from dutyboard.rules.records.codes import Room
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Person, Site
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.stays import Lodging
from dutyboard.rules.records.told.person import (
    Arrived,
    Assessed,
    Departed,
    Referred,
    RoomChanged,
    Transferred,
    TurnedBack,
)

RoomsInTime = Mapping[int, tuple[tuple[datetime, Lodging | None], ...]]
"""Rooms of each person from an instant on, the oldest first; None: in no room of a site."""


class Lodgers:
    """People who lived at a site on a day by the desk, with their rooms then, and those there now."""

    def __init__(self, snapshot: Snapshot, site: Site, day: date) -> None:
        whereabouts = snapshot.memo.made(_whereabouts, snapshot.entries, snapshot.amended, snapshot.persons)
        self.rooms: dict[int, frozenset[Room | None]] = {}
        for number, places in whereabouts.items():
            begun = [place for since, place in places if snapshot.day_of(since) < day]
            then = [*begun[-1:], *(place for since, place in places if snapshot.day_of(since) == day)]
            rooms = frozenset(place.room for place in then if place is not None and place.site_id == site.id)
            if rooms:
                self.rooms[number] = rooms
        self._site = site
        self._named = _by_name(snapshot.persons[number] for number in self.rooms)
        self._now = _by_name(residents(snapshot, site.id))
        self._persons = snapshot.persons
        self._doors: dict[str, Room | None] = {}

    def named(self, name: str) -> list[Person]:
        """Return those of a name who lived there on the day; where nobody did, those who live there now."""
        key = name_key(name)
        return self._named.get(key) or self._now.get(key, [])

    def room(self, written: str) -> Room | None:
        """Return the room of the site that a text names; None: there is none."""
        if written not in self._doors:
            self._doors[written] = room_named(self._site, written) if written else None
        return self._doors[written]

    def in_room(self, room: Room) -> list[Person]:
        """Return those who lived in a room on the day."""
        return [self._persons[number] for number, rooms in self.rooms.items() if room in rooms]


def _by_name(people: Iterable[Person]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in people:
        found.setdefault(name_key(person.name), []).append(person)
    return found


def _whereabouts(
    entries: Mapping[int, Entry], amended: Mapping[int, int], persons: Mapping[int, Person]
) -> RoomsInTime:
    told: dict[int, list[tuple[datetime, Lodging | None]]] = {}
    for entry in entries.values():
        if entry.id in amended:
            continue
        subject = Subject.parse(entry.subject)
        if subject is not None and subject.kind == "person":
            told.setdefault(subject.number, []).extend(_told(entry, told.get(subject.number, [])))
    return {person.id: tuple(_of_person(person, told.get(person.id, []))) for person in persons.values()}


def _told(entry: Entry, before: list[tuple[datetime, Lodging | None]]) -> Iterator[tuple[datetime, Lodging | None]]:
    """Yield the room to which an entry brought its person."""
    match entry.told:
        case Assessed(stage="site") | Referred(stage="site") | RoomChanged(stage="site") as told:
            yield entry.happened_at, Lodging(stage="site", site_id=told.site_id, room=told.room)
        case Transferred() as told:
            yield told.left_at, None
            yield told.arrived_at, _site(told.site_id, told.room)
        case Departed():
            yield entry.happened_at, None
        case Arrived() as told:
            yield entry.happened_at, _site(told.site_id, told.room)
        case TurnedBack():
            yield entry.happened_at, next((place for _, place in reversed(before) if place is not None), None)
        case _:
            return


def _of_person(
    person: Person, told: list[tuple[datetime, Lodging | None]]
) -> Iterator[tuple[datetime, Lodging | None]]:
    """Yield the rooms of a person in time.

    Where no entry tells of any room (they went to an archive), he is in his own since his admission.
    """
    zone = person.registered_at.tzinfo
    for stay in person.stays_before:
        if stay.site_id is not None and stay.admitted_on is not None:
            yield datetime.combine(stay.admitted_on, time(), zone), _site(stay.site_id, stay.room)
            yield stay.closed_at or person.registered_at, None
    yield from sorted(told, key=lambda each: each[0])
    now = lodging(person)
    if now is not None and not told and person.admitted_on is not None:
        yield datetime.combine(person.admitted_on, time(), zone), now
    if person.closed_at is not None:
        yield person.closed_at, None


def _site(site_id: int | None, room: Room | None) -> Lodging | None:
    return Lodging(stage="site", site_id=site_id, room=room) if site_id is not None else None
