"""Last day of a stage as a leader has set it, laid over the course that the notice gives."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from dutyboard.rules.law.plan import Plan, PlannedStage, last_at_home
from dutyboard.rules.law.result import Result
from dutyboard.rules.law.sampling.planned_tests import PlannedTest
from dutyboard.rules.records.model import LastDay, Person

_ONE_DAY: Final = timedelta(days=1)


def last_day_set(person: Person, stage: str) -> LastDay | None:
    """Return what a leader set last for a stage; None: the days of the notice stand."""
    return next((each for each in reversed(person.last_days) if each.of == stage), None)


def with_last_days(person: Person, result: Result, planned: Plan, *, kept: bool = False) -> tuple[Result, Plan]:
    """Return result and plan with the last days that a leader has set. What follows a stage moves with its end.

    `kept` as `plan` takes it.
    """
    for stage in ("site", "home"):
        held, own = last_day_set(person, stage), planned.stage("site" if stage == "site" else "home")
        if held is None:
            continue
        if own is None and stage == "home":
            result, planned = _at_home_longer(held, result, planned)
        if own is None or own.last is None:
            continue
        if stage == "site" and person.home_from is not None:
            held = _overtaken(held, person.home_from)
        end = _end(held, own.last)
        if end is None or (stage == "home" and own.first is not None and end < own.first):
            continue  # a word on the days at home takes none of the site's
        control = _control_ends(result, planned, held, (own.last, end), person.home_from, kept=kept)
        last = _last_test(planned, stage)
        moved = _Moved(
            of=stage,
            old=own.last,
            end=end,
            control=control,
            home_from=person.home_from,
            admitted=person.admitted_on,
            last_test=last,
            test_on=_last_test_on(held, last, end),
            number_at_home=_last_number_at_home(result),
        )
        if end != own.last or (control is not None and control != _control(planned)):
            result, planned = _ended(result, planned, moved)
        elif moved.test_on != last:
            planned = replace(planned, tests=tuple(_with_end(each, moved) for each in planned.tests))
    control = _control(planned)
    if person.last_days and control is not None:
        planned = replace(planned, tests=tuple(_until(each, control) for each in planned.tests))
    return result, planned


def _last_test(planned: Plan, stage: str) -> date | None:
    """Return the day of a stage's last demanded test; of what is only suggested, where nobody demands one."""
    tests = [test for test in planned.tests if test.stage == stage]
    return max(((test.demanded, test.day) for test in tests), default=(False, None))[1]


def _last_number_at_home(result: Result) -> int:
    """Return the day at home on which the text has its last test there; 0: it has none (O7)."""
    tests = [each.branch.home.tests for each in result.spans]
    return max((number for each in tests for number in (*each.pcr_days, *each.pcr_proposed)), default=0)


def _is_longer(held: LastDay) -> bool:
    """Return True if a leader's word held the person longer than the notice did then."""
    return held.last > (held.own or held.was)


def _overtaken(held: LastDay, home_from: date) -> LastDay:
    """Return a word on the site's days; a longer one ends with the real move home."""
    before = held.own or held.was
    return replace(held, last=max(before, min(held.last, home_from - _ONE_DAY))) if _is_longer(held) else held


def _at_home_longer(held: LastDay, result: Result, planned: Plan) -> tuple[Result, Plan]:
    """Keep somebody at home to the leader's day, whose days there a further clause makes days at a site."""
    control, done = _control(planned), planned.stage("done")
    if control is None or done is None or not _is_longer(held) or held.last <= control:
        return result, planned
    begins, free = control + _ONE_DAY, held.last + _ONE_DAY
    home = PlannedStage(kind="home", first=begins, last=held.last, clause=result.demands.control_end)
    stages = (*(each for each in planned.stages if each.kind != "done"), home, done._replace(first=free))
    dates = replace(result.dates, home_first=begins, home_last=held.last, free_from=free)
    days = (held.last - control).days
    return replace(result, dates=dates, home_begins=begins, home_days=days), replace(planned, stages=stages)


def _last_test_on(held: LastDay, last: date | None, end: date) -> date | None:
    """Return the day to which the last test of a stage goes with its end.

    Under a longer word it is never before the leader's day, whatever the notice adds: a joint stage may reach further.
    """
    if last is None:
        return None
    return max(last, held.last) if _is_longer(held) else min(last, end)


def _end(held: LastDay, own: date) -> date | None:
    """Return the day on which a stage ends; None: the leader's word does not stand any more.

    A shorter day stands only while the notice asks no more than it did then; a longer one never shortens what it asks.
    """
    before = held.own or held.was
    if held.last >= before:
        return max(held.last, own)
    return held.last if own <= before else None


@dataclass(frozen=True, slots=True)
class _Moved:
    """Stage whose last day is moved from `old` to `end`.

    `control` is then the last day of all control; None: nobody knows it yet. `home_from`: he has moved home already.
    `admitted` is the day on which he came to the site. `last_test` is the day of the stage's last test, `test_on` the
    one that it goes to, `number_at_home` the day at home on which the text has the last test there.
    """

    of: str
    old: date
    end: date
    control: date | None
    home_from: date | None
    admitted: date | None
    last_test: date | None
    test_on: date | None
    number_at_home: int

    @property
    def goes(self) -> dict[date, date]:
        """Days of tests that go with the end, and where to: the last test's, and the last day itself."""
        own = {self.last_test: self.test_on} if self.last_test is not None and self.test_on is not None else {}
        return {**own, self.old: self.end}

    @property
    def first(self) -> date | None:
        """First day at the site, where the notice counts none: a longer word gives the stage days (3.4, 3.7b)."""
        return self.admitted if self.end > self.old else None

    @property
    def home_first(self) -> date:
        """Day 1 at home after the moved end: the day of the real move, once it happened."""
        return self.home_from or self.end + _ONE_DAY

    @property
    def is_home(self) -> bool:
        """True if days at home are left after the site stage, or may be."""
        return self.control is None or self.control >= self.home_first

    @property
    def site_alone(self) -> bool:
        """True if only the site days are others: the days at home began with the real move."""
        return self.of == "site" and self.home_from is not None and self.end > self.old


def _control(planned: Plan) -> date | None:
    """Return the last day of all control; None: nobody knows it yet."""
    done = planned.stage("done")
    return done.first - _ONE_DAY if done is not None and done.first is not None else None


def _control_ends(
    result: Result,
    planned: Plan,
    held: LastDay,
    ends_of_stage: tuple[date, date],
    home_from: date | None,
    *,
    kept: bool,
) -> date | None:
    """Return the last day of all control: each clause has its own days after the end or the move home."""
    old, end = ends_of_stage
    if _control(planned) is None or held.of == "home":
        return end if _control(planned) is not None else None
    ends = [end]
    for span in result.spans:
        if span.control_ends is None:
            continue
        by = timedelta()
        if span.is_site and span.site_last is not None:
            by = (min if end < old else max)(span.site_last, held.last) - span.site_last
        if span.branch.home.after == "negative":
            by = max(by, timedelta())  # these days count from the negative result
        ends.append(span.control_ends + by)
        if home_from is not None and span.is_site:
            moved = replace(span, site_last=span.site_last and span.site_last + by)
            ends.append(last_at_home(moved, home_from, kept=kept) or end)
    return max(ends)


def _ended(result: Result, planned: Plan, moved: _Moved) -> tuple[Result, Plan]:
    tests = tuple(_test(each, planned, moved) for each in planned.tests if _stays(each, moved))
    dates = result.dates
    if moved.of == "site":
        dates = replace(dates, site_first=dates.site_first or moved.first, site_last=moved.end)
    if moved.site_alone:
        ends = _control(planned)
        free = moved.end + _ONE_DAY if ends is not None and ends < moved.end else None
        stages = tuple(_at_site_longer(each, moved.end, free) for each in planned.stages)
        dates = replace(dates, free_from=dates.free_from and max(dates.free_from, moved.end + _ONE_DAY))
        return replace(result, dates=dates), replace(planned, stages=stages, tests=tests)
    free = moved.control and moved.control + _ONE_DAY
    dates = replace(dates, free_from=dates.free_from and free)
    if moved.of == "home":
        dates = replace(dates, home_last=dates.home_last and moved.control)
        return replace(result, dates=dates), replace(planned, stages=tuple(_stages(planned, moved)), tests=tests)
    is_home = moved.is_home and (result.home_begins is not None or moved.control is not None)
    begins = moved.home_first if is_home else None
    known = dates.free_from is not None
    dates = replace(dates, home_first=begins if known else None, home_last=moved.control if known and is_home else None)
    days = result.home_days
    if moved.control is not None:
        days = max((moved.control - moved.home_first).days + 1, 0)
    planned = replace(planned, stages=tuple(_stages(planned, moved)), tests=tests)
    return replace(result, dates=dates, home_begins=begins, home_days=days), planned


def _at_site_longer(stage: PlannedStage, end: date, free: date | None) -> PlannedStage:
    """Return a stage with the site's moved end. `free` is the first free day, if no days at home are left."""
    if stage.kind == "site":
        return stage._replace(last=end)
    return stage._replace(first=free) if free is not None and stage.kind == "done" else stage


def _stages(planned: Plan, moved: _Moved) -> Iterator[PlannedStage]:
    """Yield the stages with the moved end, and what is left at home after it."""
    at_home = planned.stage("home")
    for stage in planned.stages:
        if stage.kind == "done":
            first = moved.control + _ONE_DAY if stage.first is not None and moved.control is not None else None
            if moved.of == "site" and moved.control is not None and moved.is_home and at_home is None:
                yield PlannedStage(kind="home", first=moved.home_first, last=moved.control, clause=stage.clause)
            yield stage._replace(first=first)
        elif stage.kind == moved.of:
            yield stage._replace(last=moved.end)
        elif stage.kind == "home":
            if moved.is_home:
                yield stage._replace(first=stage.first and moved.home_first, last=stage.last and moved.control)
        else:
            yield stage


def _stays(test: PlannedTest, moved: _Moved) -> bool:
    """Return True unless a shortened stage ends before the day of a test that nobody has taken yet."""
    return test.stage != moved.of or test.result is not None or test.day <= moved.end or test.day in moved.goes


def _test(test: PlannedTest, planned: Plan, moved: _Moved) -> PlannedTest:
    """Return a test on its day: the last one goes with its stage's end, those at home with their stage.

    One that has been taken is moved only where the stage ends before its day.
    """
    if test.result is not None:
        last = moved.end if test.stage == moved.of else moved.control if test.stage == "home" else None
        if last is None or test.day <= last:
            return test
        return test._replace(day=last, late=test.sampled_on is not None and test.sampled_on > last)
    if test.stage == moved.of:
        return _with_end(test, moved)
    at_home = planned.stage("home")
    if test.stage != "home" or moved.of != "site" or moved.site_alone or at_home is None or at_home.first is None:
        return test
    on = test.day + (moved.home_first - at_home.first)
    if test.demanded and test.day == _control(planned):  # where control ends later, on the day that the text has
        on = max(on, moved.home_first + timedelta(days=moved.number_at_home - 1))
    return test._replace(day=min(on, moved.control) if moved.control is not None else on)


def _until(test: PlannedTest, control: date) -> PlannedTest:
    """Return a test not after the last day of all control; a sample taken after that is late."""
    if test.day <= control:
        return test
    return test._replace(day=control, late=test.late or (test.sampled_on is not None and test.sampled_on > control))


def _with_end(test: PlannedTest, moved: _Moved) -> PlannedTest:
    """Return a test on its day: the last one of its stage, not taken yet, goes with the end."""
    if test.stage != moved.of or test.result is not None:
        return test
    return test._replace(day=moved.goes.get(test.day, test.day))
