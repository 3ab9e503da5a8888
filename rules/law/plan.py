"""Plan of a result: its stages on the calendar, and the tests that belong to them (docs/reading.md, section 6).

The plan is computed each time, never stored. Days that the text names and days that we propose are told apart. A day
that nobody can know yet is None, never an invented date.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.planned_tests import PlannedTest, Stages, all_tests, tests_at_site
from dutyboard.rules.law.result import Dates, Result
from dutyboard.rules.law.samples import Whereabouts, put, samples_of
from dutyboard.rules.law.spans import Span, admission
from dutyboard.rules.law.subjects import arrival_test

StageKind = Literal["hospital", "transfer", "site", "home", "waiting", "done"]
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStage:
    """A part of the course, first to last day, both included. `first` of a site stage is its day 1; None: not known."""

    kind: StageKind
    first: date | None
    last: date | None
    clause: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Stages and tests in order.

    `extras`: samples for no planned day. `where` tells in which stage a sample was taken. `waits_for`: the close
    contacts whose release leaves the end open.
    """

    stages: tuple[PlannedStage, ...]
    tests: tuple[PlannedTest, ...]
    extras: tuple[Sample, ...]
    waits_for: tuple[str, ...]
    where: Whereabouts

    def stage(self, kind: StageKind) -> PlannedStage | None:
        """The first stage of that kind."""
        return next((each for each in self.stages if each.kind == kind), None)

    def test_of(self, sample: Sample, facts: Facts) -> PlannedTest | None:
        """Return the test that a sample belongs to, among all others of these facts; None: it is an extra.

        A sample of the same type and day is replaced by it. The test is returned with the sample put to it.
        """
        bare = [replace(test, result=None, sampled_on=None, late=False, waits=False) for test in self.tests]
        named = (sample.type, sample.sampled_on)
        others = (each for each in samples_of(facts) if (each.type, each.sampled_on) != named)
        found = put(bare, (*others, sample), self.where).tests
        return next((test for test in found if (test.type, test.sampled_on) == named), None)


def plan(result: Result, home_from: date | None = None) -> Plan:
    """The plan of a result; of a referral, the provisional hold with an open end.

    `home_from` is the day of the real move home, once it happened: a late release makes it day 1 of the home stage.
    """
    dates = result.dates
    begins = result.home_begins
    counted = dates.site_first is not None or result.first_place != "site"
    if home_from is not None and (begins is not None or result.home_days):
        # After counted days the day of the move is day 1 at home; the days after one negative count from it as day 0.
        moved = home_from if counted else home_from + _ONE_DAY
        late = max(moved - begins, timedelta()) if begins is not None else timedelta()
        begins = moved if begins is None else begins + late
        dates = _moved(dates, late)
    result = replace(result, dates=dates, home_begins=begins)
    referred = result.decision == "refer"
    tests, where = _tests(result)
    found = put(tests, samples_of(result.facts), where)
    return Plan(
        stages=_held_stages(result, result.spans) if referred else _stages(result, result.facts),
        tests=found.tests,
        extras=found.extras,
        where=where,
        waits_for=() if referred else result.waits_for,
    )


def _tests(result: Result) -> tuple[tuple[PlannedTest, ...], Whereabouts]:
    """Return the tests without their samples: of a referred person, those of the site that he may be held at."""
    facts, section, spans, dates = result.facts, result.notice.section_three, result.spans, result.dates
    referred = result.decision == "refer"
    site_last = dates.site_last or max((each.site_last for each in spans if each.site_last), default=None)
    inside_until = site_last
    if result.home_begins is not None and site_last is not None:
        inside_until = max(site_last, result.home_begins - _ONE_DAY)
    stages = Stages(
        at_site=referred or result.first_place == "site",
        first=dates.site_first or min((each.site_first for each in spans if each.site_first), default=None),
        last=site_last,
        inside_until=None if referred else inside_until,
        home_first=result.home_begins,
        ends=dates.free_from - _ONE_DAY if dates.free_from else None,
    )
    if referred:
        tests = tests_at_site(spans, stages, facts, section)
    else:
        tests = all_tests(spans, stages, facts, section, single=bool(result.pcr_single))
    where = Whereabouts(at_site=stages.at_site, site_last=stages.inside_until, admitted_on=admission(facts))
    return tests, where


def _moved(dates: Dates, late: timedelta) -> Dates:
    """Return the days at home moved by a late release. What is not known stays unknown."""
    first, last, free = (each and each + late for each in (dates.home_first, dates.home_last, dates.free_from))
    return replace(dates, home_first=first, home_last=last, free_from=free)


def _stages(result: Result, facts: Facts) -> tuple[PlannedStage, ...]:
    arrived, dates, demands = facts.admission, result.dates, result.demands
    stages: list[PlannedStage] = []
    if result.closed_loop_default:
        stages.append(
            PlannedStage(kind="transfer", first=arrived, last=arrived, clause=demands.closed_loop or demands.place)
        )
    if result.first_place == "hospital":
        stages.append(PlannedStage(kind="hospital", first=None, last=None, clause=demands.place))
    if result.first_place == "site" or (result.first_place == "hospital" and result.quarantine_days):
        stages.append(PlannedStage(kind="site", first=dates.site_first, last=dates.site_last, clause=demands.site_end))
    if result.pcr_single and result.first_place in ("free_after_negative", "home"):
        test = arrival_test(facts)
        told = test.result_on if test and test.result == "negative" else None
        stages.append(PlannedStage(kind="waiting", first=arrived, last=told, clause=demands.pcr_single))
    if result.home_days:
        stages.append(
            PlannedStage(kind="home", first=result.home_begins, last=dates.home_last, clause=demands.control_end)
        )
    stages.append(PlannedStage(kind="done", first=dates.free_from, last=None, clause=None))
    return tuple(stages)


def _held_stages(result: Result, spans: tuple[Span, ...]) -> tuple[PlannedStage, ...]:
    """Return the stages in which a referred person is held until the office answers. The end is open."""
    arrived, provisional = result.facts.admission, result.provisional
    clause = spans[-1].branch.clause if spans else None
    places = {each.branch.place for each in spans}
    kind: StageKind = "waiting"
    if provisional in ("hospital", "fever clinic") or "hospital" in places:
        kind = "hospital"
    elif provisional == "site + PCR" or "site" in places:
        kind = "site"
    elif "home" in places:
        kind = "home"
    held = PlannedStage(kind=kind, first=arrived, last=None, clause=clause)
    if kind in ("hospital", "site"):
        return PlannedStage(kind="transfer", first=arrived, last=arrived, clause=clause), held
    return (held,)
