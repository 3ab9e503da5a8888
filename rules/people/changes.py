"""Changes of a person's record, and what they do to his course: each clause, day and test that would differ."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Facts, TestType, facts_json
from dutyboard.rules.law.result import Dates
from dutyboard.rules.people.course import Course, course_of, fresh_course
from dutyboard.rules.people.identity import CLOSED_WORLD, IDENTITY
from dutyboard.rules.records.effects import HIDDEN
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Corrected, SampleMoved
from dutyboard.rules.records.unlike import field_key

ChangedValue = str | int | date | tuple[tuple[str, date], ...] | tuple[SampleMoved, ...] | None


@frozen
class Changed:
    """One part of a course before and after. `part` is `decision`, `clause`, `first_place`, `provisional`, the name of
    a date of `Dates`, or `tests`: then both are (type, day) of the tests that only one of the two plans holds. Of
    `samples`, those that are put to another planned day, only `after` is told."""

    part: str
    before: ChangedValue
    after: ChangedValue


def before_after(before: Course, after: Course) -> tuple[Changed, ...]:
    """Return the parts in which two courses of one person differ, in the order in which they are told."""
    parts: list[tuple[str, ChangedValue, ChangedValue]] = [
        (name, getattr(before.result, name), getattr(after.result, name))
        for name in ("decision", "clause", "first_place", "provisional")
    ]
    old, new = _dates(before), _dates(after)
    parts += [(each.name, old.get(each.name), new.get(each.name)) for each in fields(Dates)]
    one, other = _tests(before), _tests(after)
    parts.append(("tests", tuple(t for t in one if t not in other), tuple(t for t in other if t not in one)))
    parts.append(("samples", (), samples_moved(before, after)))
    return tuple(Changed(part=part, before=was, after=now) for part, was, now in parts if was != now)


def samples_moved(before: Course, after: Course) -> tuple[SampleMoved, ...]:
    """Return the samples that two courses of one person put to different planned days (O46)."""
    one, other = _put(before), _put(after)
    return tuple(
        SampleMoved(type=kind, sampled_on=on, before=one[kind, on], after=other[kind, on])
        for kind, on in one
        if (kind, on) in other and one[kind, on] != other[kind, on]
    )


def _put(course: Course) -> dict[tuple[TestType, date], date | None]:
    """Return the planned day of each sample by its type and day; None: it is an extra."""
    found: dict[tuple[TestType, date], date | None] = {
        (each.type, each.sampled_on): None for each in course.plan.extras if each.sampled_on is not None
    }
    return found | {(each.type, each.sampled_on): each.day for each in course.plan.tests if each.sampled_on is not None}


def changed_fields(old: Person, new: Person) -> tuple[str, ...]:
    """The names of the fields in which two records of a person differ; facts by their own keys."""
    identity = [name for name in IDENTITY if getattr(old, name) != getattr(new, name)]
    facts = [each.name for each in fields(Facts) if getattr(old.facts, each.name) != getattr(new.facts, each.name)]
    asked = sorted(set(old.asked) ^ set(new.asked))
    return tuple(dict.fromkeys((*identity, *map(field_key, (*facts, *asked)))))


def values_of(person: Person, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what stands in these fields of a person, as an entry keeps it.

    Nothing of ID and phone, nor of a certificate that nobody asked for: None of it says that he holds none.
    """
    facts = facts_json(person.facts)
    if person.admitted_on is not None:
        facts["admitted_on"] = person.admitted_on.isoformat()
    for name, default in CLOSED_WORLD.items():
        if name not in person.asked and facts.get(name) == default:
            facts[name] = None
    known = facts | {name: getattr(person, name) for name in IDENTITY}
    left_out = {*HIDDEN, *(name for name in ("pcr", "arrival_pcr") if name not in facts)}
    return {name: known.get(name) for name in names if name not in left_out}


def correction_of(old: Person, new: Person, snapshot: Snapshot, now: datetime) -> Corrected:
    """Return what an entry tells of two records of a person: the fields changed, and the samples put elsewhere."""
    changed = changed_fields(old, new)
    return Corrected(
        changed=changed,
        before=values_of(old, changed),
        after=values_of(new, changed),
        samples=samples_moved(course_of(old, snapshot, now), fresh_course(new, snapshot, now)),
    )


def with_samples_put(person: Person, snapshot: Snapshot, now: datetime) -> Person:
    """Return the record with each sample put to the planned days of today by its date (O46)."""
    planned = fresh_course(person, snapshot, now).plan.tests
    put = {(test.type, test.sampled_on): test for test in planned}
    tests = []
    for sample in person.facts.tests:
        test = put.get((sample.type, sample.sampled_on))
        tests.append(replace(sample, day=test.number if test else None, late=test.late if test else False))
    return replace(person, facts=replace(person.facts, tests=tuple(tests)))


def changed_json(changes: tuple[Changed, ...]) -> list[dict[str, Any]]:
    """The same as JSON: `{"part", "before", "after"}`, dates as ISO, tests as `pcr 2021-06-21`."""
    return [{"part": each.part, "before": _told(each.before), "after": _told(each.after)} for each in changes]


def _told(value: ChangedValue) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_moved(each) if isinstance(each, SampleMoved) else f"{each[0]} {each[1].isoformat()}" for each in value]
    return value


def _moved(sample: SampleMoved) -> str:
    before, after = (day.isoformat() if day else "-" for day in (sample.before, sample.after))
    return f"{sample.type} {sample.sampled_on.isoformat()}: {before} -> {after}"


def _dates(course: Course) -> dict[str, date | None]:
    """The days as the plan has them: a late move home has shifted those at home, unknown to the result."""
    dates = {each.name: getattr(course.result.dates, each.name) for each in fields(Dates)}
    home, done = course.plan.stage("home"), course.plan.stage("done")
    if home is not None and course.result.decision != "refer":
        dates |= {"home_first": home.first, "home_last": home.last}
    if done is not None:
        dates["free_from"] = done.first
    return dates


def _tests(course: Course) -> tuple[tuple[str, date], ...]:
    return tuple((test.type, test.day) for test in course.plan.tests if test.demanded)
