"""Effects of a correction beyond its own entry: acts taken back with it, and people who stand otherwise."""

from collections.abc import Iterator
from datetime import datetime

from dutyboard.frozen import frozen
from dutyboard.rules.amending.undoing import act_of
from dutyboard.rules.people.changes import Changed, before_after
from dutyboard.rules.people.course import course_of, fresh_course
from dutyboard.rules.records.model import Entry, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import TakenBack
from dutyboard.rules.records.transaction import Accepted


@frozen
class PersonFollowing:
    """A person as he stands before and after a correction, and the parts of his course that differ."""

    before: Person
    after: Person
    course: tuple[Changed, ...]


@frozen
class Following:
    """All that follows. `entries` are the other acts' entries that are taken back with it, oldest first."""

    entries: tuple[Entry, ...]
    people: tuple[PersonFollowing, ...]


def following(accepted: Accepted, entry_id: int, snapshot: Snapshot, now: datetime) -> Following:
    """Return what follows a correction of an entry, as it was decided and before it is written."""
    struck = (
        snapshot.entries[each.amends]
        for each in accepted.entries
        if isinstance(each.told, TakenBack) and each.amends not in (None, entry_id) and each.amends in snapshot.entries
    )
    act = act_of(snapshot.entries[entry_id], snapshot).id
    others = sorted((each for each in struck if act_of(each, snapshot).id != act), key=lambda each: each.id)
    return Following(entries=tuple(others), people=tuple(_people(accepted, snapshot, now)))


def _people(accepted: Accepted, snapshot: Snapshot, now: datetime) -> Iterator[PersonFollowing]:
    after = accepted.on(snapshot)
    for each in accepted.changes:
        before = snapshot.persons.get(each.id) if isinstance(each, Person) else None
        if not isinstance(each, Person) or before is None or before == each:
            continue
        course = before_after(course_of(before, snapshot, now), fresh_course(each, after, now))
        if course or place_of(before) != place_of(each):
            yield PersonFollowing(before=before, after=each, course=course)


def place_of(person: Person) -> tuple[object, ...]:
    """Return what says where a person is, and that nobody may release him."""
    return person.stage, person.site_id, person.room, person.still_in, person.road, person.stopped_by
