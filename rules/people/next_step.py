"""Next dated step of a person's plan: a test that is owed, or the day on which a stage begins."""

from datetime import date
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.people.course import Course
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.model import Person

StepKind = Literal["pcr", "serum", "hospital", "transfer", "site", "home", "waiting", "done"]


@frozen
class NextStep:
    """One dated step: a test by its type, or a stage by its kind (`done`: free), with its clause."""

    day: date
    kind: StepKind
    clause: str | None


def next_step(person: Person, course: Course, today: date) -> NextStep | None:
    """Return what comes next for a person: the first test without a result, or the next stage; None: nothing dated.

    A test whose day has passed comes first while it can still be taken; a missed one is past (O45).
    """
    if not on_desk(person):
        return None
    tests = [
        NextStep(day=test.day, kind=test.type, clause=test.clause)
        for test in course.plan.tests
        if test.demanded and test.result is None and not test.missed_by(today)
    ]
    stages = [
        NextStep(day=stage.first, kind=stage.kind, clause=stage.clause)
        for stage in course.plan.stages
        if stage.first is not None and stage.first > today
    ]
    return min((*tests, *stages), key=lambda each: each.day, default=None)
