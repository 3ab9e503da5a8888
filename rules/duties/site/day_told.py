"""The people and sites of a desk at the end of a day, and the day's moves, by the log.

What was told of later is taken back from the records. An act that was itself taken back never was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from dutyboard.frozen import frozen
from dutyboard.rules.people.stage import site_of
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.effects import acts_since, put_back, unnoted
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Person, Site
from dutyboard.rules.records.snapshot import Memo, Snapshot
from dutyboard.rules.records.told.person import Merged, Reopened
from dutyboard.rules.records.told.post import Imported


class SiteMove(NamedTuple):
    """One act by which a person came to another site, or left one. None: he was, or is, in a room of none."""

    person: int
    before: int | None
    after: Person

    @property
    def site_id(self) -> int | None:
        """Site in a room of which he lives after it."""
        return site_of(self.after)


@frozen(eq=False)
class DayTold:
    """A desk at the end of a day, or now on today. `moves` are those of the day, in the order in which they were made.

    `untold` are the people of whom the log does not say how they stood, `untold_sites` the sites. Of `half_told` it
    says where they lived, and no more: a sheet has opened their records again since.
    """

    snapshot: Snapshot
    moves: tuple[SiteMove, ...]
    untold: frozenset[int]
    untold_sites: frozenset[int]
    half_told: frozenset[int]

    def tells_of(self, site_id: int) -> bool:
        """Return False if the log leaves something open of somebody who lived at a site, or may have."""
        people = self.snapshot.persons
        moved = {each.person for each in self.moves if site_id in (each.before, each.site_id)}
        lived = (each for each in self.half_told if each in moved or site_of(people[each]) == site_id)
        return not any(lived) and not any(_may_have_been(people[each], site_id) for each in self.untold)


def day_told(snapshot: Snapshot, day: date, acts: Sequence[Entry] | None = None) -> DayTold:
    """Return the desk as it stood at the end of a day, or stands now on today.

    The picture must hold the entries and the people since that day, those of closed months among them. `acts` are those
    since that day or an earlier one (`acts_since`), for who asks about many days.
    """
    starts, ends = bounds(day, snapshot.zone)
    told = acts_since(snapshot, starts) if acts is None else [each for each in acts if each.happened_at >= starts]
    later = [each for each in told if each.happened_at >= ends]
    of_day = [each for each in told if each.happened_at < ends]
    walk = _Walk(snapshot)
    for entry in later:
        walk.back(entry)
    then = walk.picture() if later else snapshot
    moves: list[SiteMove] = []
    for entry in of_day:
        moves += _without_merging(entry, walk.back(entry))
    return DayTold(
        snapshot=then,
        moves=tuple(reversed(moves)),
        untold=frozenset(walk.untold & snapshot.persons.keys()),
        untold_sites=frozenset(walk.untold_sites),
        half_told=frozenset(walk.half_told),
    )


class _Walk:
    """The records of a desk while its acts are taken back one by one, the newest first."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._people: dict[int, Person] = {}
        self._sites: dict[int, Site] = {}
        self.untold: set[int] = set()
        self.untold_sites: set[int] = set()
        self.half_told: set[int] = set()

    def picture(self) -> Snapshot:
        """Return the desk with the records as they stand by now."""
        snapshot = self._snapshot
        people, sites = {**snapshot.persons, **self._people}, {**snapshot.sites, **self._sites}
        return replace(snapshot, persons=people, sites=sites, memo=Memo())

    def back(self, entry: Entry) -> list[SiteMove]:
        """Take back what an entry changed, and return the moves that it was."""
        subject = Subject.parse(entry.subject)
        own = entry.part_of is None  # what a part changed stands in the act's own entry
        if own and unnoted(entry) and subject is not None and subject.kind in ("person", "site"):
            (self.untold if subject.kind == "person" else self.untold_sites).add(subject.number)
        if subject is not None and _opened_by_sheet(entry, self._snapshot):
            self._close(subject.number)
        moves = []
        for noted in entry.before:
            if noted.table == "sites" and not noted.made and (site := self._sites_now(noted.id)) is not None:
                put = put_back(site, noted)
                assert isinstance(put, Site)
                self._sites[noted.id] = put
            person = self._person(noted.id) if noted.table == "persons" else None
            if person is None:
                continue
            was: int | None = None
            if not noted.made:
                before = put_back(person, noted)
                assert isinstance(before, Person)
                self._people[noted.id] = before
                was = site_of(before)
            if was != site_of(person):
                moves.append(SiteMove(noted.id, was, person))
        return moves

    def _close(self, number: int) -> None:
        """Close a record as it was before a sheet opened it, whose act notes nothing of what stood before."""
        person = self._person(number)
        if person is None:
            return
        past = person.stays_before[-1:]
        admitted_on, home_from, closed_at = next(
            ((each.admitted_on, each.home_from, each.closed_at) for each in past), (None, None, None)
        )
        self.half_told.add(number)
        self._people[number] = replace(
            person,
            stage="closed",
            site_id=None,
            room=None,
            still_in=None,
            road=None,
            admitted_on=admitted_on,
            home_from=home_from,
            closed_at=closed_at,
            stays_before=person.stays_before[:-1],
        )

    def _person(self, number: int) -> Person | None:
        return self._people.get(number) or self._snapshot.persons.get(number)

    def _sites_now(self, number: int) -> Site | None:
        return self._sites.get(number) or self._snapshot.sites.get(number)


def _opened_by_sheet(entry: Entry, snapshot: Snapshot) -> bool:
    """Return True if a sheet opened a record again: its act notes nothing of what stood before."""
    act = snapshot.entries.get(entry.part_of or 0)
    return isinstance(entry.told, Reopened) and act is not None and isinstance(act.told, Imported)


def _without_merging(entry: Entry, moves: list[SiteMove]) -> Iterable[SiteMove]:
    """Return the moves of an act. Where two records of one site are made one, nobody leaves and nobody comes."""
    if not isinstance(entry.told, Merged):
        return moves
    left = [each.before for each in moves if each.before is not None]
    came = [each.site_id for each in moves if each.site_id is not None]
    return () if sorted(left) == sorted(came) else moves


def _may_have_been(person: Person, site_id: int) -> bool:
    """Return True unless a record tells of other sites only."""
    held = (person.site_id, site_of(person), *(each.site_id for each in person.stays_before))
    known = {each for each in held if each is not None}
    return not known or site_id in known
