"""People to be sampled on a day: at the sites by room, at home by unit (三)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import TestResult, TestType
from dutyboard.rules.law.sampling.planned_tests import PlannedTest
from dutyboard.rules.people.course import course_of, tests_now
from dutyboard.rules.people.rooms import room_order
from dutyboard.rules.people.stage import in_room, is_watched, lodging
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import SampleRecorded

SampleState = Literal["due", "late", "again", "sampled", "unknown"]
"""States of a sample: due on its day, overdue, once more, taken. `unknown`: his plan cannot be computed."""
_UNCLEAR: Final[frozenset[TestResult]] = frozenset({"indeterminate", "invalid"})


@frozen
class ToSample:
    """One sample of one person, or that his plan cannot be computed (`test` None). `code` marks its tube, if said."""

    person: Person
    test: PlannedTest | None
    state: SampleState
    code: str = ""


def to_be_sampled(snapshot: Snapshot, day: date, now: datetime) -> tuple[ToSample, ...]:
    """Return every sample of a day: of those at the sites by room, then of those at home by unit.

    What is late by then is among them until it is taken, and what was taken on the day stays.
    """
    codes = _codes(snapshot)
    people = sorted((each for each in snapshot.persons.values() if in_room(each) or is_watched(each)), key=_place)
    return tuple(each for person in people for each in _of(person, codes, snapshot, day, now))


def _place(person: Person) -> tuple[object, ...]:
    held = lodging(person)
    if held is not None:
        return 0, held.site_id or 0, room_order(held.room), person.id
    return 1, person.unit_id or 0, (), person.id


def _of(
    person: Person, codes: Mapping[tuple[int, TestType, date], str], snapshot: Snapshot, day: date, now: datetime
) -> Iterator[ToSample]:
    try:
        tests = tests_now(person, course_of(person, snapshot, now))
    except Exception:  # a list of all must not stop at one: whoever reads it asks about him
        yield ToSample(person=person, test=None, state="unknown")
        return
    for test in tests:
        state = _state(test, day)
        if state is not None:
            code = codes.get((person.id, test.type, test.sampled_on), "") if test.sampled_on is not None else ""
            yield ToSample(person=person, test=test, state=state, code=code)


def _state(test: PlannedTest, day: date) -> SampleState | None:
    """Return how a planned test stands on the list of a day; None: it is not on it."""
    if test.sampled_on is not None and test.result not in _UNCLEAR:
        return "sampled" if test.sampled_on == day else None
    if test.day > day or test.missed_by(day):
        return None
    if test.sampled_on is not None:
        return "again"
    return "due" if test.day == day else "late"


def _codes(snapshot: Snapshot) -> dict[tuple[int, TestType, date], str]:
    """Return the code of each sample that was told with one, the newest word."""
    found: dict[tuple[int, TestType, date], str] = {}
    for entry in snapshot.entries.values():
        told, subject = entry.told, Subject.parse(entry.subject)
        if isinstance(told, SampleRecorded) and told.sample_code and subject and entry.id not in snapshot.amended:
            found[subject.number, told.type, told.sampled_on] = told.sample_code
    return found
