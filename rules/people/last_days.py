"""Last day of a stage as a leader has set it, laid over the course that the notice gives."""

from dataclasses import replace
from datetime import date, timedelta

from dutyboard.rules.law.plan import Plan, PlannedStage
from dutyboard.rules.law.result import Dates, Result
from dutyboard.rules.law.sampling.planned_tests import PlannedTest
from dutyboard.rules.records.model import LastDay, Person


def last_day_set(person: Person, stage: str) -> LastDay | None:
    """Return what a leader set last for a stage; None: the days of the notice stand."""
    return next((each for each in reversed(person.last_days) if each.of == stage), None)


def with_last_days(person: Person, result: Result, planned: Plan) -> tuple[Result, Plan]:
    """Return result and plan with the last days that a leader has set. What follows a stage moves with its end."""
    for stage in ("site", "home"):
        held, own = last_day_set(person, stage), planned.stage("site" if stage == "site" else "home")
        if held is not None and own is not None and own.last is not None:
            result, planned = _ended(result, planned, held, own.last, moved_home=person.home_from is not None)
    return result, planned


def _ended(result: Result, planned: Plan, held: LastDay, old: date, *, moved_home: bool) -> tuple[Result, Plan]:
    by = held.last - old
    after = timedelta() if held.of == "site" and moved_home else by
    dates = _dates(result.dates, held, after)
    begins = result.home_begins
    if held.of == "site" and begins is not None:
        begins += after
    stages = tuple(_stage(each, held, after) for each in planned.stages)
    tests = tuple(_test(each, held, old, after) for each in planned.tests if _stays(each, held, old))
    return replace(result, dates=dates, home_begins=begins), replace(planned, stages=stages, tests=tests)


def _later(day: date | None, by: timedelta) -> date | None:
    return day + by if day is not None else None


def _dates(dates: Dates, held: LastDay, after: timedelta) -> Dates:
    free = _later(dates.free_from, after)
    if held.of == "home":
        return replace(dates, home_last=held.last, free_from=free)
    home = {"home_first": _later(dates.home_first, after), "home_last": _later(dates.home_last, after)}
    return replace(dates, site_last=held.last, free_from=free, **home)


def _stage(stage: PlannedStage, held: LastDay, after: timedelta) -> PlannedStage:
    if stage.kind == held.of:
        return stage._replace(last=held.last)
    if stage.kind == "done" or (stage.kind == "home" and held.of == "site"):
        return stage._replace(first=_later(stage.first, after), last=_later(stage.last, after))
    return stage


def _stays(test: PlannedTest, held: LastDay, old: date) -> bool:
    """Return True unless a shortened stage ends before the day of a test that nobody has taken yet."""
    return test.stage != held.of or test.result is not None or test.day <= held.last or test.day == old


def _test(test: PlannedTest, held: LastDay, old: date, after: timedelta) -> PlannedTest:
    """Return a test on its day: that of the last day goes with it, those at home with their stage."""
    if test.result is not None:
        return test
    if test.stage == held.of:
        return test._replace(day=held.last) if test.day == old else test
    return test._replace(day=test.day + after) if held.of == "site" and test.stage == "home" else test
