"""One notice against another: who would change, how, and what that does to rooms and tests, before anyone switches."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rules.assess import assess
from rules.facts import Facts
from rules.notice import Notice
from rules.plan import Plan, plan
from rules.result import Result

PARTS = ("decision", "clause", "first_place", "quarantine_days", "home_days", "dates", "provisional")
"""The parts of a result that a switch is told by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One person for whom the two notices do not say the same; `parts` are the fields that differ."""

    person: str
    before: Result
    after: Result
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Rooms needed and samples due on one day, under the old notice and under the new."""

    day: date
    rooms_before: int
    rooms_after: int
    tests_before: int
    tests_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """What a switch of notices would do."""

    changes: tuple[Change, ...]
    unchanged: int
    loads: tuple[Load, ...]


def compare(old: Notice, new: Notice, people: Iterable[tuple[str, Facts]], today: date, days: int) -> Switch:
    """Put both notices to every person, and count rooms and samples over the next `days` calendar days."""
    changes: list[Change] = []
    unchanged = 0
    counts: list[Counter[date]] = [Counter(), Counter(), Counter(), Counter()]
    horizon = [today + timedelta(days=number) for number in range(days)]
    for person, facts in people:
        before, after = assess(facts, old), assess(facts, new)
        parts = tuple(part for part in PARTS if getattr(before, part) != getattr(after, part))
        if parts:
            changes.append(Change(person=person, before=before, after=after, parts=parts))
        else:
            unchanged += 1
        for offset, result in ((0, before), (1, after)):
            planned = plan(result)
            counts[offset].update(each for each in horizon if _in_room(planned, each))
            counts[offset + 2].update(test.day for test in planned.tests if test.demanded)
    return Switch(
        changes=tuple(changes),
        unchanged=unchanged,
        loads=tuple(
            Load(
                day=each,
                rooms_before=counts[0][each],
                rooms_after=counts[1][each],
                tests_before=counts[2][each],
                tests_after=counts[3][each],
            )
            for each in horizon
        ),
    )


def _in_room(planned: Plan, day: date) -> bool:
    """Whether a room is needed that night: from the day before day 1 until the last day; an open end needs it on."""
    stage = planned.stage("site")
    if stage is None:
        return False
    first = stage.first - timedelta(days=1) if stage.first else None
    return (first is None or first <= day) and (stage.last is None or day <= stage.last)
