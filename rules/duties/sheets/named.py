"""The person whom a row of a sheet names, among those on the desk. Evidence decides, a guess never."""

import unicodedata
from collections.abc import Callable, Collection, Iterable
from datetime import date

from dutyboard.frozen import frozen
from dutyboard.rules.people.identity import is_sound, name_key, tells_little
from dutyboard.rules.people.rooms import residents, room_named
from dutyboard.rules.people.stage import lodging, on_desk, stands
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.sheets import RowPerson
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person, Site
from dutyboard.rules.records.outcome import RowCode
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Arrived, RoomChanged, Transferred

_SHORTEST_SITE = 2
"""Characters of a site's name that is found within a longer text."""


@frozen
class RowNamed:
    """A person found by evidence, and what is to be said of the row that names him: (column, code) each."""

    person_id: int
    doubts: tuple[tuple[str, RowCode], ...] = ()


@frozen
class RowUnnamed:
    """The reason why a row names nobody, and the column that it lies in."""

    column: str
    code: RowCode
    text: str = ""


class ByEvidence:
    """The people of the desk by what rows name them by: number, name with phone, room, code of a sample."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        people = [person for person in snapshot.persons.values() if stands(person)]
        self._by_number = _index(people, lambda each: each.id_no if is_sound(each) else "")
        self._by_doubtful = _index(people, lambda each: each.id_no if tells_little(each) == 1 else "")
        self._by_name = _index(people, lambda each: name_key(each.name))
        named = ((site, _site_key(name)) for site in snapshot.sites.values() for name in (site.name, site.label))
        self._sites = {key: site for site, key in named if key}
        self._moved_on: dict[str, date] | None = None

    def find(
        self,
        row: RowPerson,
        on: date | None = None,
        of_code: Collection[int] | None = None,
        known_of_code: Collection[int] | None = None,
    ) -> RowNamed | RowUnnamed:
        """Return the person of a row, or why it names none.

        A sound number decides; else his name with a phone or a doubtful number, then a room, then the code of a sample
        does, and all else that the row says must agree. `on` is the day that the row tells of: who came into a room
        later is not the one of that day. `of_code` is whose sample has the row's code, `known_of_code` whose had it
        before this sheet; None: nobody's.
        """
        number, room = self._of_number(row), self._in_room(row)
        evidence = (("id_no", number), ("name", self._by_traits(row)), ("room", room), ("sample_code", of_code))
        failed: RowUnnamed | None = None
        for column, found in evidence:
            if found is None:
                continue
            named = [self._snapshot.persons[each] for each in found]
            alike = [each for each in named if _agrees(each, row)]
            if len(alike) > 1:
                alike = [each for each in alike if on_desk(each)] or alike
            if len(alike) == 1:
                return self._agreed(row, alike[0], column, on, room, known_of_code)
            failed = failed or _none_of(named, alike, row, column)
            if column == "id_no":
                break
        return failed or RowUnnamed(column="name", code="name_alone" if self._alike(row) else "nobody_fits")

    def _agreed(
        self,
        row: RowPerson,
        person: Person,
        column: str,
        on: date | None,
        room: Collection[int] | None,
        known_of_code: Collection[int] | None,
    ) -> RowNamed | RowUnnamed:
        """Return a person whom one thing of a row names, unless another names somebody else."""
        if known_of_code is not None and person.id not in known_of_code:
            return RowUnnamed(column="sample_code", code="contradicts")
        if column == "room" and not row.name and not self._lived_there(person, on):
            return RowUnnamed(column="room", code="nobody_fits")
        doubts: list[tuple[str, RowCode]] = []
        if room is not None and person.id not in room:
            if column == "sample_code" and not row.name:
                return RowUnnamed(column="room", code="contradicts")
            doubts.append(("room", "room_differs"))
        if column == "name" and known_of_code is None:
            doubts.append(("name", "same_by_traits"))
        if not _same_sex(person, row):
            doubts.append(("sex", "sex_differs"))
        return RowNamed(person_id=person.id, doubts=tuple(doubts))

    def _of_number(self, row: RowPerson) -> list[int] | None:
        """Return who has the sound number of a row. None: it has none, or one of its name has none."""
        if not is_sound(_as_told(row)):
            return None
        found = self._by_number.get(row.id_no)
        if found is None and not any(not is_sound(each) for each in self._alike(row)):
            return []
        return found

    def _by_traits(self, row: RowPerson) -> list[int] | None:
        """Return who has the name of a row, with its phone or doubtful number. None: it tells no such thing."""
        if not row.name or not (row.phone or row.id_no):
            return None
        doubtful = set(self._by_doubtful.get(row.id_no, ()))
        alike = self._alike(row)
        return [each.id for each in alike if (row.phone and each.phone == row.phone) or each.id in doubtful]

    def _alike(self, row: RowPerson) -> list[Person]:
        """Return those of the name of a row against whom neither a sound number nor a sex speaks."""
        named = (self._snapshot.persons[each] for each in self._by_name.get(name_key(row.name), ()) if row.name)
        return [each for each in named if _agrees(each, row) and _same_sex(each, row)]

    def bearers(self, row: RowPerson) -> tuple[Person, ...]:
        """Return those who bear the name of a row, against whom neither a sound number nor a sex speaks."""
        return tuple(self._alike(row))

    def _in_room(self, row: RowPerson) -> list[int] | None:
        """Return who lives in the room of a row; None: it names no room of a site of the desk."""
        site = self.site_named([row.site] if row.site else row.titles) if row.room else None
        if site is None:
            return None
        room = room_named(site, row.room.removesuffix("室").removesuffix("房"))
        inside = residents(self._snapshot, site.id)
        held = {each.id: place.room for each in inside if (place := lodging(each)) is not None}
        return [number for number, own in held.items() if room is not None and own == room]

    def site_named(self, told: Iterable[str]) -> Site | None:
        """Return the one site whose name a text is or holds, by the first text that holds any.

        None: there is none, or that text holds more than one.
        """
        for key in map(_site_key, told):
            if key in self._sites:
                return self._sites[key]
            held = {each.id: each for name, each in self._sites.items() if len(name) >= _SHORTEST_SITE and name in key}
            if held:
                return next(iter(held.values())) if len(held) == 1 else None
        return None

    def _lived_there(self, person: Person, on: date | None) -> bool:
        """Return True if a person has lived in his room since a day. A row that tells no day tells of today."""
        if on is None:
            return True
        if self._moved_on is None:
            self._moved_on = {}
            for entry in self._snapshot.entries.values():
                if (
                    isinstance(entry.told, Arrived | RoomChanged | Transferred)
                    and entry.id not in self._snapshot.amended
                ):
                    day = self._snapshot.day_of(entry.happened_at)
                    self._moved_on[entry.subject] = max(day, self._moved_on.get(entry.subject, day))
        since = [person.admitted_on, self._moved_on.get(Subject("person", person.id))]
        return all(each is None or each <= on for each in since)


def _none_of(named: Collection[Person], alike: Collection[Person], row: RowPerson, column: str) -> RowUnnamed:
    """Return why what a row names somebody by names nobody: unknown, unlike the rest of the row, or of several."""
    if alike:
        return RowUnnamed(column="name" if row.name else column, code="several_fit")
    if not named:
        return RowUnnamed(column=column, code="nobody_fits")
    told = " / ".join(dict.fromkeys((*(each.name for each in named), row.name))) if row.name else ""
    return RowUnnamed(column="name" if row.name else column, code="contradicts", text=told)


def _agrees(person: Person, row: RowPerson) -> bool:
    """Return True if neither name nor number of a row is against the record of a person."""
    told = _as_told(row)
    if row.name and name_key(row.name) != name_key(person.name):
        return False
    return not (is_sound(told) and is_sound(person) and told.id_no != person.id_no)


def _same_sex(person: Person, row: RowPerson) -> bool:
    return not (row.sex and person.sex and row.sex != person.sex)


def _as_told(row: RowPerson) -> PersonData:
    return PersonData(name=row.name, id_no=row.id_no, warnings=row.warnings)


def _index(people: Iterable[Person], key: Callable[[Person], str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for person in people:
        if told := key(person):
            found.setdefault(told, []).append(person.id)
    return found


def _site_key(told: str) -> str:
    return "".join(unicodedata.normalize("NFKC", told).split()).casefold()
