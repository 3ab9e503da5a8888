"""Effects of a change of facts on a person's course: each clause, day and test that would differ."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from dutyboard.rules.law.result import Dates
from dutyboard.rules.people.course import Course

ChangedValue = str | int | date | tuple[tuple[str, date], ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One part of a course before and after. `part` is `decision`, `clause`, `first_place`, `provisional`, the name of
    a date of `Dates`, or `tests`: then both are (type, day) of the tests that only one of the two plans holds."""

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
    return tuple(Changed(part=part, before=was, after=now) for part, was, now in parts if was != now)


def changed_json(changes: tuple[Changed, ...]) -> list[dict[str, Any]]:
    """The same as JSON: `{"part", "before", "after"}`, dates as ISO, tests as `pcr 2021-06-21`."""
    return [{"part": each.part, "before": _told(each.before), "after": _told(each.after)} for each in changes]


def _told(value: ChangedValue) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [f"{kind} {day.isoformat()}" for kind, day in value]
    return value


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
