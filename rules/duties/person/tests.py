"""Tests of people under control: those owed on a day, and a sample or its result written down (三)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.rules.law.facts import ArrivalPcr, Facts, TestResult, TestStage, TestType
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.plan import PlannedTest, sample_again_from
from dutyboard.rules.people.course import Course, course_of
from dutyboard.rules.people.stage import dwelling
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import RecordTest
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import (
    Obligation,
    Standing,
    State,
    Window,
    day_window,
    minutes,
    obligation,
    standing,
)
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import SampleRecorded
from dutyboard.rules.records.transaction import Accepted, Transaction

_STAGES: Final[dict[Stage, frozenset[TestStage]]] = {
    "site": frozenset({"site", "single"}),
    "home": frozenset({"home", "single"}),
    "waiting": frozenset({"single"}),
}
"""Tests that are owed in each stage of a person; on the way to a site none is."""
_STAYS_IN: Final[dict[Stage, TestStage]] = {"site": "site", "home": "home", "waiting": "single"}
"""Stage of a sample, by where the person is when it is written down."""
_FINAL: Final = frozenset({"negative", "positive"})


def owed(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Every demanded test whose day has come, of everybody under control, until its result is in. A test is owed by
    24:00 of its day and never closes: late, it is taken at once and stays late (O11)."""
    today, soon = snapshot.day_of(now), snapshot.daily_at(now).duty.due_soon
    for person in snapshot.persons.values():
        if dwelling(person) in _STAGES:
            yield from _owed_for(person, snapshot, now, today, soon)


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """The tests one person owes by today, and those of today that are done."""
    return _owed_for(person, snapshot, now, snapshot.day_of(now), snapshot.daily_at(now).duty.due_soon)


def _owed_for(person: Person, snapshot: Snapshot, now: datetime, today: date, soon: timedelta) -> Iterator[Obligation]:
    course = course_of(person, snapshot, now)
    due = [test for test in course.plan.tests if test.day == today or (test.day < today and test.result not in _FINAL)]
    if due:
        wanted = tests_now(person, course)
        yield from (_owed(snapshot, person, test, now, soon) for test in due if test in wanted)


def tests_now(person: Person, course: Course) -> tuple[PlannedTest, ...]:
    """The demanded tests of the stage that a person is in."""
    stages = _STAGES.get(dwelling(person), frozenset())
    return tuple(test for test in course.plan.tests if test.demanded and test.stage in stages)


def sample_id(person: Person, test: PlannedTest) -> DutyId:
    """`test-pcr/person-12/2021-06-08`."""
    return DutyId(f"test-{test.type}", subject_id(person), test.day)


def _owed(snapshot: Snapshot, person: Person, test: PlannedTest, now: datetime, soon: timedelta) -> Obligation:
    duty, window = sample_id(person, test), day_window(test.day, snapshot.zone)
    site = snapshot.sites.get(person.site_id or 0)
    return obligation(
        "test",
        duty,
        subject_id(person),
        window,
        _standing(snapshot, test, window, now, soon),
        snapshot.done.get(duty),
        subject=person.name,
        clause=test.clause,
        owed_by=site.keeper if site else person.home_cadre or person.officer_name,
        abnormal=test.result == "positive",
    )


def _standing(snapshot: Snapshot, test: PlannedTest, window: Window, now: datetime, soon: timedelta) -> Standing:
    """Return how a test stands: done with its result, while one pending or unclear is owed still (O10)."""
    if test.result in _FINAL:
        if test.sampled_on is not None and test.sampled_on > test.day:
            return Standing("done_late", minutes(bounds(test.sampled_on, snapshot.zone)[0] - window.due))
        return Standing("done")
    return standing(window, None, now, soon)


@dataclass(frozen=True, slots=True)
class _Taken:
    """Sample with nothing left to be found out: the planned `day` it was taken for, and its result."""

    type: TestType
    day: date
    sampled_on: date
    result: TestResult


def _taken(command: RecordTest, person: Person, course: Course, today: date) -> _Taken | None:
    """Complete a sample: the one whose result is out, else taken today; for the planned test it belongs to. None: its
    type cannot be told."""
    on = command.sampled_on or _sampled_before(command, course) or today
    planned = [test for test in course.plan.tests if test.day <= on and _in_stage(test, person)]
    waiting = [test for test in planned if test.sampled_on == on or test.result not in _FINAL]
    kind = command.type
    if kind is None:
        told = {test.type for test in waiting if test.sampled_on == on} or {test.type for test in waiting}
        if len(told) != 1:
            return None
        (kind,) = told
    days = [test.day for test in waiting if test.type == kind]
    return _Taken(kind, command.day or max(days, default=on), on, command.result)


def _sampled_before(command: RecordTest, course: Course) -> date | None:
    """Return the day of the one sample that waits for its result; None: none or several do."""
    if command.result == "pending":
        return None
    out = {test.sampled_on for test in course.plan.tests if test.result == "pending"}
    return out.pop() if len(out) == 1 else None


def decide_record_test(command: RecordTest, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down a sample or its result, on the planned day it belongs to. It may be late, never before its day and
    never in the future. Nobody is moved by a positive alone: what it brings is an act of its own."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    if person.stage in ("closed", "hospital"):
        return Refusal("wrong_stage", {"person": person.name, "stage": person.stage})
    today = snapshot.day_of(now)
    course = course_of(person, snapshot, now)
    taken = _taken(command, person, course, today)
    if taken is None:
        return Refusal("figures_needed", {"names": ["type"]})
    if taken.sampled_on > today:
        return Refusal("in_future", {"at": bounds(taken.sampled_on, snapshot.zone)[0]})
    planned = next(
        (t for t in course.plan.tests if (t.type, t.day) == (taken.type, taken.day) and _in_stage(t, person)), None
    )
    if planned is not None and taken.sampled_on < planned.day:
        opens = bounds(planned.day, snapshot.zone)[0]
        return Refusal("not_open_yet", {"subject": person.name, "opens": opens})
    if planned is not None and taken.type == "pcr":
        others = replace(course.plan, tests=tuple(test for test in course.plan.tests if test is not planned))
        hours = course.result.notice.section_three.settings.hours_between_samples
        first = sample_again_from(others, taken.sampled_on, hours)
        if first > taken.sampled_on:
            # One swab is not two tests: a late one is taken at once, but not beside another of the plan (O11).
            return Refusal("samples_too_close", {"hours": hours, "day": first.isoformat()})
    told = _told(person, taken, planned)
    if told in _FINAL and told != command.result and not command.reason.strip():
        return Refusal("reason_needed")
    changed = replace(person, facts=_with_sample(person, taken, planned, today))
    transaction = Transaction(snapshot, now, actor)
    transaction.put(changed)
    transaction.log(
        SampleRecorded(type=taken.type, day=taken.day, sampled_on=taken.sampled_on, result=command.result),
        subject=subject_id(person),
        obligation=sample_id(person, planned) if planned is not None else None,
        abnormal=command.result == "positive",
        text=command.reason.strip(),
    )
    return transaction.accepted(_said(planned, taken))


def _in_stage(test: PlannedTest, person: Person) -> bool:
    return test.stage in _STAGES.get(dwelling(person), frozenset({"single", "site"}))


def _said(planned: PlannedTest | None, taken: _Taken) -> State:
    if taken.result not in _FINAL:
        return "open"
    return "done_late" if planned is not None and taken.sampled_on > planned.day else "done"


def _with_sample(person: Person, taken: _Taken, planned: PlannedTest | None, today: date) -> Facts:
    """The facts with one sample more, or with the result of one that was pending."""
    facts = person.facts
    told = today if taken.result in _FINAL else None
    if taken.type == "pcr" and _is_arrival_test(planned, person):
        return replace(facts, arrival_pcr=ArrivalPcr(sampled_on=taken.sampled_on, result=taken.result, result_on=told))
    sample = Sample(
        type=taken.type,
        day=planned.number if planned is not None else None,
        result=taken.result,
        sampled_on=taken.sampled_on,
        late=planned is not None and taken.sampled_on > planned.day,
        stage=_STAYS_IN.get(person.stage),
        result_on=told,
    )
    others = tuple(each for each in facts.tests if not _same_sample(each, sample))
    return replace(facts, tests=(*others, sample))


def _is_arrival_test(planned: PlannedTest | None, person: Person) -> bool:
    """Return True if a sample is the one test after arrival. Without a plan of tests, any sample is."""
    return planned.stage == "single" if planned is not None else person.stage in ("pending", "waiting")


def _told(person: Person, taken: _Taken, planned: PlannedTest | None) -> str | None:
    """The result that this very sample has had until now; None: it is new."""
    if taken.type == "pcr" and _is_arrival_test(planned, person):
        held = person.facts.arrival_pcr
        return held.result if isinstance(held, ArrivalPcr) and held.sampled_on == taken.sampled_on else None
    day = planned.number if planned is not None else None
    told = (taken.type, day, taken.sampled_on)
    return next((each.result for each in person.facts.tests if (each.type, each.day, each.sampled_on) == told), None)


def _same_sample(old: Sample, new: Sample) -> bool:
    return (old.type, old.day, old.sampled_on) == (new.type, new.day, new.sampled_on)
