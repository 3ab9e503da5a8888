"""The texts in which people are found, kept from one search to the next."""

from collections.abc import Mapping
from datetime import datetime
from operator import is_

from dutyboard.rules.people.course import Course, course_of
from dutyboard.rules.people.ending import end_of
from dutyboard.rules.records.model import Ending, Officer, Person, Site, Unit
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.text import Words
from dutyboard.tui.views.initials import Findable, findable
from dutyboard.tui.views.people import find_text


def person_findable(person: Person, snapshot: Snapshot, now: datetime, words: Words, more: str = "") -> Findable:
    """Return what is searched for a person: his text, his numbers, and what else his row says."""
    return findable(f"{find_text(person, snapshot, now, words)} {more}".strip(), (person.phone, person.id_no))


class _Kept:
    """A text and what it rests on beside places and officers. `seen` is the picture for which that was checked."""

    __slots__ = ("course", "end", "person", "seen", "text")

    def __init__(self, person: Person, course: Course, end: Ending | None, text: Findable) -> None:
        self.person = person
        self.course = course
        self.end = end
        self.text = text
        self.seen: object = None

    def stands(self, person: Person, course: Course, end: Ending | None) -> bool:
        """Return True if the text rests on these still."""
        return self.person is person and self.course is course and self.end is end


class FindTexts:
    """The text of each person who was searched, as long as what it rests on stands."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._kept: dict[int, _Kept] = {}
        self._tables: tuple[Mapping[int, Unit], Mapping[int, Site], Mapping[int, Officer]] = ({}, {}, {})
        self._picture: tuple[Snapshot, datetime] | None = None

    def of(self, person: Person, snapshot: Snapshot, now: datetime) -> Findable:
        """Return the text in which a person is found at an instant."""
        if self._picture is None or self._picture[0] is not snapshot or self._picture[1] != now:
            self._take(snapshot, now)
        kept = self._kept.get(person.id)
        if kept is not None and kept.seen is self._picture:
            return kept.text
        course, end = course_of(person, snapshot, now), end_of(person, snapshot)
        if kept is None or not kept.stands(person, course, end):
            text = person_findable(person, snapshot, now, self._words)
            kept = self._kept[person.id] = _Kept(person, course, end, text)
        kept.seen = self._picture
        return kept.text

    def _take(self, snapshot: Snapshot, now: datetime) -> None:
        """Ask each text again if it stands; drop all of them where a place or an officer has changed."""
        tables = snapshot.units, snapshot.sites, snapshot.officers
        if not all(map(is_, tables, self._tables)):
            self._kept.clear()
        self._tables = tables
        self._picture = snapshot, now

    def forget(self) -> None:
        """Give back the memory: nobody searches any more."""
        self._kept.clear()
