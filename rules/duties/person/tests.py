"""Tests of people under control: those owed on a day, and a sample or its result written down (三)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import ArrivalPcr, Facts, TestStage, TestType
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.sampling.planned_tests import PlannedTest
from dutyboard.rules.law.sampling.samples import FINAL, samples_of
from dutyboard.rules.people.course import TESTED, Course, course_of, tests_now
from dutyboard.rules.people.returning import reopened
from dutyboard.rules.people.stage import dwelling, on_desk
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import RecordTest
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Entry, Person, subject_id
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
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import SampleRecorded
from dutyboard.rules.records.transaction import Accepted, Transaction

_ANY_CLAUSE: Final = "3"
"""The clause of a sample of somebody whose class an office has still to decide."""


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield each demanded test of somebody under control whose day has come, until its result is in.

    A test is owed by 24:00 of its day and may be taken late (O11), until the next planned day of its stage; then it is
    missed. Beside them stands each result that is out of a sample for no test of his stage (O10).
    """
    if dwelling(person) not in TESTED:
        return
    today, soon = snapshot.day_of(now), snapshot.daily_at(now).duty.due_soon
    course = course_of(person, snapshot, now)
    due = [test for test in course.plan.tests if test.day == today or (test.day < today and not test.done)]
    if due:
        wanted = tests_now(person, course)
        due = [test for test in due if test in wanted]
        yield from (_owed(snapshot, person, test, now, soon) for test in due)
    rows = {(test.type, day) for test in due for day in (test.day, test.sampled_on)}
    for sample in course.results_out:
        if (sample.type, sample.sampled_on) not in rows:
            yield _result_out(snapshot, person, sample, course, now, soon)


def _result_out(
    snapshot: Snapshot, person: Person, sample: Sample, course: Course, now: datetime, soon: timedelta
) -> Obligation:
    """Return the row of a result that is out, of a sample for no test of his stage."""
    day = sample.sampled_on or snapshot.day_of(now)
    window = day_window(day, snapshot.zone)
    site = snapshot.sites.get(person.site_id or 0)
    return obligation(
        "test",
        DutyId(f"test-{sample.type}", subject_id(person), day),
        subject_id(person),
        window,
        standing(window, None, now, soon),
        None,
        subject=person.name,
        clause=course.result.clause or _ANY_CLAUSE,
        owed_by=site.keeper if site else person.home_cadre or person.officer_name,
    )


def sample_id(person: Person, test: PlannedTest) -> DutyId:
    """`test-pcr/person-12/2021-06-08`."""
    return DutyId(f"test-{test.type}", subject_id(person), test.day)


def _owed(snapshot: Snapshot, person: Person, test: PlannedTest, now: datetime, soon: timedelta) -> Obligation:
    duty = sample_id(person, test)
    window = day_window(test.day, snapshot.zone)
    if test.missed_by(snapshot.day_of(now)) and test.until is not None:
        window = window._replace(closes=bounds(test.until, snapshot.zone)[0])  # no sample can be this test's any more
    site = snapshot.sites.get(person.site_id or 0)
    return obligation(
        "test",
        duty,
        subject_id(person),
        window,
        _standing(snapshot, test, window, now, soon),
        _entry_of(test, snapshot.done.get(duty)),
        subject=person.name,
        clause=test.clause,
        owed_by=site.keeper if site else person.home_cadre or person.officer_name,
        abnormal=test.result == "positive",
    )


def _entry_of(test: PlannedTest, entry: Entry | None) -> Entry | None:
    """Return the entry of the sample put to a test. One of another sample was put to this day before day 0 moved."""
    told = entry.told if entry is not None else None
    return entry if isinstance(told, SampleRecorded) and told.sampled_on == test.sampled_on else None


def _standing(snapshot: Snapshot, test: PlannedTest, window: Window, now: datetime, soon: timedelta) -> Standing:
    """Return how a test stands: done with its result, while one pending or unclear is owed still (O10)."""
    if test.done:
        if test.sampled_on is not None and test.sampled_on > test.day:
            return Standing("done_late", minutes(bounds(test.sampled_on, snapshot.zone)[0] - window.due))
        return Standing("done")
    return standing(window, None, now, soon)


@frozen(kw_only=False)
class Recorded:
    """A sample or its result as the rules put it down, with its person.

    `planned` is the test it was put to; None: it is an extra. `known` is what was told of the sample before; None: it
    is a new one.
    """

    person: Person
    told: SampleRecorded
    planned: PlannedTest | None
    known: Sample | None
    sample: Sample

    @property
    def duty(self) -> DutyId | None:
        """The planned test as the board names it."""
        return sample_id(self.person, self.planned) if self.planned is not None else None


def decide_record_test(command: RecordTest, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down a sample or its result, for the planned test it belongs to (O45), or as an extra.

    It may be late, never in the future, and a result never before its sample. Nobody is moved by a positive alone: what
    it brings is an act of its own. One that comes after the end of a record opens it again, and so does an unclear one
    (O10, O50).
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    found = recorded(command, person, snapshot, now)
    if isinstance(found, Refusal):
        return found
    transaction = Transaction(snapshot, now, actor)
    transaction.put(found.person)
    transaction.log(
        found.told,
        happened_at=command.happened_at,
        subject=subject_id(person),
        obligation=found.duty,
        abnormal=command.result == "positive",
        text=command.reason.strip(),
    )
    return transaction.accepted(_said(found.planned, found.sample))


def recorded(command: RecordTest, person: Person, snapshot: Snapshot, now: datetime) -> Recorded | Refusal:
    """Return how a sample or a result is put down with a person, or why it cannot be. Nothing is written.

    `person` is his newest record, that of the snapshot or one that the same act has changed.
    """
    if dwelling(person) == "hospital" or (not on_desk(person) and command.result == "pending"):
        return Refusal("wrong_stage", {"person": NameOf(person), "stage": person.stage})
    course = course_of(person, snapshot, now)
    taken = _taken(command, person, course, snapshot, now)
    if isinstance(taken, Refusal):
        return taken
    refused = _untimely(taken, command, person, snapshot, now)
    if refused is not None:
        return refused
    known = taken.known
    if known is not None and command.result in (known.result, "pending"):
        entry = _told_in(person, taken, snapshot)
        by, at = (entry.done_by, entry.happened_at) if entry is not None else ("", None)
        return Refusal("already_done", {"subject": NameOf(person), "by": by, "at": at})
    if known is not None and known.result in FINAL and not command.reason.strip():
        return Refusal("reason_needed")
    sample = _sample(taken, command, snapshot.day_of(command.happened_at or now))
    planned = course.plan.test_of(sample, course.facts)
    if planned is not None:
        sample = replace(sample, day=planned.number, late=planned.late)
    with_it = replace(person, facts=_with_sample(person.facts, sample, taken, planned))
    late = command.result != "negative" and not on_desk(person)
    told = SampleRecorded(
        type=taken.type,
        day=planned.day if planned is not None else None,
        stage=planned.stage if planned is not None else None,
        sampled_on=taken.on,
        result=command.result,
        sample_code=command.sample_code.strip(),
    )
    return Recorded(reopened(with_it, snapshot, now) if late else with_it, told, planned, known, sample)


@frozen(kw_only=False)
class _Taken:
    """A sample by what names it, its type and day. `known`: what was told of it before; None: it is a new one."""

    type: TestType
    on: date
    stage: TestStage | None
    known: Sample | None


def _taken(command: RecordTest, person: Person, course: Course, snapshot: Snapshot, now: datetime) -> _Taken | Refusal:
    """Find out which sample is meant, one that is out or a new one of the day that is told.

    A result without a day belongs to the one sample that is out. A sample is never guessed behind a result.
    """
    facts = course.facts
    pending = [each for each in samples_of(facts) if each.result == "pending" and command.type in (None, each.type)]
    on = command.sampled_on
    if on is None and command.result == "pending":
        on = snapshot.day_of(command.happened_at or now)
    if on is None:
        days = {each.sampled_on for each in pending}
        on = days.pop() if len(days) == 1 else None
    if on is None:
        return Refusal("figures_needed", {"names": ["sampled_on"]})
    kind = command.type or _one_type(command, person, course, on)
    if kind is None:
        return Refusal("figures_needed", {"names": ["type"]})
    known = next((each for each in reversed(samples_of(facts)) if (each.type, each.sampled_on) == (kind, on)), None)
    if known is not None and command.result == "pending" and known.result in ("indeterminate", "invalid"):
        known = None  # taken again on the same day: a sample of its own
    return _Taken(kind, on, known.stage if known is not None else stage_on(person, on), known)


def _one_type(command: RecordTest, person: Person, course: Course, on: date) -> TestType | None:
    """Return the only type that a sample of a day can be of, that of one out or else due."""
    if command.result != "pending":
        told = [each for each in samples_of(course.facts) if each.sampled_on == on]
        for types in ({each.type for each in told if each.result == "pending"}, {each.type for each in told}):
            if len(types) == 1:
                return types.pop()
    open_tests = [test for test in tests_now(person, course) if test.day <= on and not test.done]
    due = {test.type for test in open_tests if not test.missed_by(on)}
    return due.pop() if len(due) == 1 else None


def stage_on(person: Person, on: date) -> TestStage | None:
    """Return the stage that a person was in on the day of a sample. None: on that day he moved home."""
    lives = dwelling(person)
    if lives == "home":
        if person.admitted_on is None or person.home_from is None:
            return "home"
        return "home" if on > person.home_from else "site" if on < person.home_from else None
    if lives == "site":
        return "site" if person.admitted_on is not None and on >= person.admitted_on else "single"
    return None if lives in ("hospital", "clinic") else "single"


def _untimely(taken: _Taken, command: RecordTest, person: Person, snapshot: Snapshot, now: datetime) -> Refusal | None:
    """Return why a sample cannot have been taken, or its result told, on that day; None: it can."""
    today = snapshot.day_of(now)
    if taken.on > today:
        return Refusal("in_future", {"at": bounds(taken.on, snapshot.zone)[0]})
    if command.happened_at is not None and command.happened_at > now:
        return Refusal("in_future", {"at": command.happened_at})
    told_on = snapshot.day_of(command.happened_at or now)
    if told_on < taken.on:
        return Refusal("result_before_sample", {"name": "at", "day": told_on.isoformat()})
    arrived = person.facts.arrival_on
    if taken.known is None and arrived is not None and taken.on < arrived:
        return Refusal("sample_before_arrival", {"day": arrived.isoformat()})
    if taken.known is not None or taken.type != "pcr":
        return None
    hours = snapshot.notice_at(now).section_three.settings.hours_between_samples
    first = _sample_again_from(person, taken.on, hours)
    if first > taken.on:
        # One swab is not two tests: a late one is taken at once, but not beside another (O11).
        return Refusal("samples_too_close", {"hours": hours, "day": first.isoformat()})
    return None


def _sample_again_from(person: Person, on: date, hours: int) -> date:
    """Return the first day from `on` for one more PCR, so many hours after each clear one (O11)."""
    apart = timedelta(hours=hours)
    clear = [
        each.sampled_on
        for each in samples_of(person.facts)
        if each.type == "pcr" and each.sampled_on and each.result not in ("indeterminate", "invalid")
    ]
    return max([on, *(each + apart for each in clear if each <= on)])


def _told_in(person: Person, taken: _Taken, snapshot: Snapshot) -> Entry | None:
    """Return the newest entry that tells of a sample."""
    me = subject_id(person)
    found = [
        entry
        for entry in snapshot.entries.values()
        if entry.subject == me
        and entry.id not in snapshot.amended
        and isinstance(entry.told, SampleRecorded)
        and (entry.told.type, entry.told.sampled_on) == (taken.type, taken.on)
    ]
    return found[-1] if found else None


def _sample(taken: _Taken, command: RecordTest, told_on: date) -> Sample:
    final = command.result in FINAL
    return Sample(
        type=taken.type,
        result=command.result,
        sampled_on=taken.on,
        stage=taken.stage,
        result_on=told_on if final else None,
    )


def _said(planned: PlannedTest | None, sample: Sample) -> State:
    if sample.result not in FINAL:
        return "open"
    return "done_late" if planned is not None and planned.late else "done"


def _with_sample(facts: Facts, sample: Sample, taken: _Taken, planned: PlannedTest | None) -> Facts:
    """The facts with one sample more, or with the result of one that was out.

    The first test of who waits for it is kept as the one after arrival, each later one among the tests.
    """
    first = facts.arrival_pcr if isinstance(facts.arrival_pcr, ArrivalPcr) else None
    is_first = first is not None and taken.known is not None and first.sampled_on == sample.sampled_on
    waited_for = planned.stage == "single" if planned is not None else sample.stage == "single"
    if sample.type == "pcr" and (is_first or (first is None and waited_for and taken.known is None)):
        return replace(
            facts,
            arrival_pcr=ArrivalPcr(sampled_on=sample.sampled_on, result=sample.result, result_on=sample.result_on),
        )
    named = (sample.type, sample.sampled_on)
    same = [at for at, each in enumerate(facts.tests) if (each.type, each.sampled_on) == named]
    old = same[-1] if same and taken.known is not None else None
    return replace(facts, tests=(*(each for at, each in enumerate(facts.tests) if at != old), sample))
