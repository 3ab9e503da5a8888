"""Queue of screening: everybody found and not yet placed, and what is owed to each (二、三)."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.law.explain import deciding_facts, papers_to_ask
from dutyboard.rules.law.section_three import PLACES
from dutyboard.rules.law.subjects import arrival_test
from dutyboard.rules.people.contacts import is_positive, linked_people
from dutyboard.rules.people.course import Course, course_of
from dutyboard.rules.people.fever import is_grave, stopper
from dutyboard.rules.people.officers import officer_gone, officer_of
from dutyboard.rules.people.referral import covers
from dutyboard.rules.people.stage import (
    awaits_answer,
    dwelling,
    first_place,
    in_hospital,
    in_queue,
    in_room,
    is_placed,
    on_desk,
    on_road,
    to_be_assessed,
    to_be_moved,
)
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation, Window, obligation, standing
from dutyboard.rules.records.settings import about_persons
from dutyboard.rules.records.snapshot import Snapshot

_KINDS: Final[Mapping[str, Kind]] = {"history": "history", "ask": "history", "hospital": "history"}
"""Kinds by slot; every other slot is an assessment of some sort."""


@frozen(eq=False)
class Waiting:
    """One person of the queue. `missing` are the facts to ask for next, by key, those that decide most first;
    `overdue`: unassessed for longer than the setting (漏管 risk); `changed`: already placed, and the facts of today
    give another clause than the one confirmed."""

    person: Person
    course: Course
    missing: tuple[str, ...]
    officer_missing: bool
    since: datetime
    overdue: bool
    changed: bool

    @property
    def ready(self) -> bool:
        """True if nothing is left to ask: he can be confirmed."""
        open_yet = self.missing or self.officer_missing or self.changed
        return not open_yet and self.course.result.decision != "refer"


def queue(snapshot: Snapshot, now: datetime) -> list[Waiting]:
    """Everybody to be assessed, or assessed again: who waits too long first, then the riskiest, then the oldest."""
    people = (person for person in snapshot.persons.values() if in_queue(person) or is_placed(person))
    courses = ((person, course_of(person, snapshot, now)) for person in people)
    waiting = [
        _waiting(person, course, snapshot, now)
        for person, course in courses
        if in_queue(person) or _changed(person, course, snapshot)
    ]
    return sorted(waiting, key=lambda each: (not each.overdue, [-r for r in _risk(each)], each.since, each.person.id))


def waiting_of(person: Person, snapshot: Snapshot, now: datetime) -> Waiting:
    """Return how a person waits, or would if he did."""
    return _waiting(person, course_of(person, snapshot, now), snapshot, now)


def _waiting(person: Person, course: Course, snapshot: Snapshot, now: datetime) -> Waiting:
    papers = papers_to_ask(course.facts, person.id_no, person.asked)
    since = person.assessment.at if person.assessment else _pending_since(person)
    return Waiting(
        person=person,
        course=course,
        missing=tuple(dict.fromkeys((*deciding_facts(course.result), *papers))),
        officer_missing=(not person.officer_name and person.officer_id is None) or officer_gone(snapshot, person, now),
        since=since,
        overdue=to_be_assessed(person) and now > since + _within(snapshot, since),
        changed=not in_queue(person),
    )


def _changed(person: Person, course: Course, snapshot: Snapshot) -> bool:
    """Return True if somebody placed is to be assessed again.

    The facts of today give another clause (a raised area, a positive test) or a question that no office has been asked,
    he may leave the hospital or the fever clinic for a site, or he shared a room with somebody positive.
    """
    if not is_placed(person) or person.assessment is None:
        return False
    mate = stopper(person, snapshot) if person.stopped_by else None
    if mate is not None and is_positive(mate.facts):
        return True
    result = course.result
    if result.decision == "refer":
        return not covers(person, result)
    # His ride is owed already, or the answer says whether he may leave.
    waits = on_road(person) or to_be_moved(person) or awaits_answer(person)
    discharged = in_hospital(person) and not waits and result.first_place not in ("hospital", None)
    return discharged or result.clause != person.assessment.clause


def _risk(waiting: Waiting) -> tuple[int, int]:
    """(place, days at a site) that the facts lead to, or at which he is held while they are open."""
    result = waiting.course.result
    place = first_place(result)
    return PLACES.index(place), result.quarantine_days or 0


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield what screening owes one person: to assess him, to ask his history, or to assess him again.

    None ever closes: late, it stays and grows.
    """
    if not on_desk(person):
        return
    daily = snapshot.daily_at(now)
    soon, unassessed = daily.duty.due_soon, daily.clauses.assess
    if to_be_assessed(person):
        since = _pending_since(person)
        yield _owed(snapshot, person, "assess", since, _within(snapshot, since), soon, unassessed, now)
    if not is_placed(person):
        return
    course = course_of(person, snapshot, now)
    clause = course.result.clause or unassessed
    if (checked := _history_open_since(snapshot, person, course)) is not None:
        rest = bounds(snapshot.day_of(checked), snapshot.zone)[1] - checked
        yield _owed(snapshot, person, "history", checked, rest, soon, clause, now)
    if _open_ended(person, course):
        since = _open_since(snapshot, person, course, now)
        yield _owed(snapshot, person, "ask", since, _within(snapshot, since), soon, clause, now)
    elif in_hospital(person) and not on_road(person) and not to_be_moved(person):
        # No clause gives the hospital a day: each day somebody asks there whether he has been discharged (O47).
        begins, ends = bounds(snapshot.day_of(now), snapshot.zone)
        yield _owed(snapshot, person, "hospital", begins, ends - begins, soon, clause, now)
    if _changed(person, course, snapshot):
        since = _known_since(snapshot, person, now)
        yield _owed(snapshot, person, "reassess", since, _within(snapshot, since), soon, unassessed, now)


def _pending_since(person: Person) -> datetime:
    """Return since when a person is to be assessed: his registration, or an answer that leaves it to the desk."""
    answer = person.referral.answer if person.referral is not None else None
    return answer.at if answer is not None else person.registered_at


def _within(snapshot: Snapshot, since: datetime) -> timedelta:
    """Return how long an assessment may take, by the setting of the hour in which it began to be owed."""
    return snapshot.daily_at(since).thresholds.unassessed


def _open_ended(person: Person, course: Course) -> bool:
    """Return True if only an answer can close the end of somebody placed (O47): no test is left that might.

    False: it has an end, or a test or the check of his history is owed for it.
    """
    if person.assessment is None:
        return False
    if course.result.asks:
        return True
    if course.result.dates.free_from is not None or course.result.first_place not in ("site", "home"):
        return False
    lives, hold = dwelling(person), course.result.hold
    if hold == "history_not_checked" and lives == "site":
        return False
    tested = all(test.result == "negative" for test in course.plan.tests if test.demanded)
    return tested and lives in ("site", "home")


def _open_since(snapshot: Snapshot, person: Person, course: Course, now: datetime) -> datetime:
    """Return since when an end is open. Where a fact is asked, it is the assessment, or when that was said anew."""
    if not course.result.asks or person.assessment is None:
        return _known_since(snapshot, person, now)
    return max(person.assessment.at, snapshot.restated.get(person.id, person.assessment.at))


def _history_open_since(snapshot: Snapshot, person: Person, course: Course) -> datetime | None:
    """Return since when only the check of recent risk history keeps somebody at a site; None: it does not.

    三（七）: 排除近期中高风险地区旅居史. It is owed from the day of his negative result on: nothing else would remind
    anybody of him.
    """
    if not in_room(person) or person.assessment is None:
        return None
    if course.result.hold != "history_not_checked":
        return None
    test = arrival_test(person.facts)
    day = (test.result_on or test.sampled_on) if test is not None else None
    return max(bounds(day, snapshot.zone)[0], person.assessment.at) if day else person.assessment.at


def _known_since(snapshot: Snapshot, person: Person, now: datetime) -> datetime:
    """Return when what a placed person is judged by last changed: nobody is late with what nobody could know.

    That is when his facts, or those of a close contact or a room-mate, were said anew after his last assessment, an
    office answered about him, an area where he stayed was listed, the command post threw a switch, or another notice
    began for all. Where nothing of this happened, a day that came has changed it: today.
    """
    assessed = person.assessment.at if person.assessment else person.registered_at
    answer = person.referral.answer if person.referral is not None else None
    if answer is not None and answer.at > assessed:
        assessed = answer.at
    numbers = [person.id, *(each.id for each in linked_people(person, snapshot.persons))]
    mate = Subject.parse(person.stopped_by)
    changes = [snapshot.restated.get(number) for number in (*numbers, *((mate.number,) if mate else ()))]
    counties = {stay.code for stay in person.facts.stays or ()}
    changes += [area.listed_at for area in snapshot.areas.values() if area.code in counties]
    changes += [each.effective_from for each in snapshot.period_at(now).settings.values() if about_persons(each.name)]
    changes.append(snapshot.everyone_since(now))
    # What an answer leaves to the desk is owed from the answer on.
    today = assessed if answer is not None and answer.at == assessed else bounds(snapshot.day_of(now), snapshot.zone)[0]
    return max((each for each in changes if each is not None and assessed < each <= now), default=max(today, assessed))


def _owed(
    snapshot: Snapshot,
    person: Person,
    slot: str,
    since: datetime,
    within: timedelta,
    soon: timedelta,
    clause: str,
    now: datetime,
) -> Obligation:
    # What is due at 24:00 sharp is a thing of the day that ends then, and late at that instant.
    day = snapshot.day_of(since + within - timedelta.resolution)
    window = Window(since, since + within, strict=since + within == bounds(day, snapshot.zone)[1])
    # His stage says that it is still owed, even where the same was done for him earlier today (moved to a site, then
    # found positive): that entry discharges nothing now.
    return obligation(
        _KINDS.get(slot, "assess"),
        DutyId(slot, subject_id(person), day),
        subject_id(person),
        window,
        standing(window, None, now, soon),
        None,
        subject=person.name,
        clause=clause,
        owed_by=officer_of(snapshot, person),
        priority="red" if slot != "hospital" and is_grave(person, snapshot, now) else "normal",
    )
