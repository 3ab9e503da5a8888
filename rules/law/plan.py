"""Plan of a result: its stages on the calendar, and the tests that belong to them (docs/reading.md, section 6).

The plan is computed each time, never stored. Days that the text names and days that we propose are told apart. A day
that nobody can know yet is None, never an invented date.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.join import on_days
from dutyboard.rules.law.result import Dates, Result
from dutyboard.rules.law.sampling.planned_tests import PlannedTest, Stages, all_tests, tests_at_site
from dutyboard.rules.law.sampling.samples import Whereabouts, put, samples_of
from dutyboard.rules.law.set_days import SetDay, SetDays
from dutyboard.rules.law.spans import Span, moved_end
from dutyboard.rules.law.subjects import here_from

StageKind = Literal["hospital", "transfer", "site", "home", "waiting", "done"]
_ONE_DAY = timedelta(days=1)


class PlannedStage(NamedTuple):
    """A part of the course, first to last day, both included. `first` of a site stage is its day 1; None: not known."""

    kind: StageKind
    first: date | None
    last: date | None
    clause: str | None


@frozen
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
        for each in self.stages:
            if each.kind == kind:
                return each
        return None

    def test_of(self, sample: Sample, facts: Facts) -> PlannedTest | None:
        """Return the test that a sample belongs to, among all others of these facts; None: it is an extra.

        A sample of the same type and day is replaced by it. The test is returned with the sample put to it.
        """
        bare = [test._replace(result=None, sampled_on=None, late=False, waits=False) for test in self.tests]
        named = (sample.type, sample.sampled_on)
        others = (each for each in samples_of(facts) if (each.type, each.sampled_on) != named)
        found = put(bare, (*others, sample), self.where).tests
        return next((test for test in found if (test.type, test.sampled_on) == named), None)


def plan(result: Result, home_from: date | None = None, *, kept: bool = False) -> Plan:
    """The plan of a result; of a referral, the provisional hold with an open end.

    `home_from` is the day of the real move home, once it happened: a late release makes it day 1 of the home stage.
    `kept`: until then counted days at a site kept him there, and not the wait for one negative alone.
    """
    return plan_with(SetDays(), result, home_from, kept=kept)[1]


def plan_with(set_days: SetDays, result: Result, home_from: date | None, *, kept: bool) -> tuple[Result, Plan]:
    """Return a result and its plan on the days that a leader has set; the rest as `plan` takes it.

    The site stage ends as he said before anything is joined, the days at home after that. Tests and samples follow.
    """
    said, site = result, set_days.at_site(result.dates.site_last, home_from)
    if site is not None:
        result = _with_site_day(result, site)
    planned = _home_planned(result)
    begins, ends = planned, _control_ends(result.spans)
    if home_from is not None and (moved := _moved_home(result, planned, home_from, kept=kept)) is not None:
        begins, ends = moved.begins, moved.ends
        result = replace(result, dates=moved.dates(result.dates), home_begins=begins, home_days=moved.days(result))
    home = set_days.at_home(begins, ends)
    if home is not None and begins is not None and ends is not None:
        ends = home.end(ends) or ends
        result = _home_until(result, begins, ends)
    if site is not None or home is not None:
        said = result
    referred = result.decision == "refer"
    standing = SetDays(site=site, home=home)
    tests, where = _tests(result, begins, ends, standing, is_home=result.home_begins is not None)
    found = put(tests, samples_of(result.facts), where)
    return said, Plan(
        stages=_held_stages(result, result.spans) if referred else _stages(result, found.tests, result.facts),
        tests=found.tests,
        extras=found.extras,
        where=where,
        waits_for=() if referred else result.waits_for,
    )


def _with_site_day(result: Result, held: SetDay) -> Result:
    """Return a result whose clauses at a site end there on a leader's day. Their days at home follow."""
    own = result.dates.site_last
    end = held.end(own) if own is not None else None
    if own is None or end is None:
        return result
    nearer = min if end < own else max
    spans = [
        moved_end(each, nearer(each.site_last, held.last)) if each.is_site and each.site_last else each
        for each in result.spans
    ]
    longer = on_days(result, spans)
    if longer.dates.site_first is not None or end <= own:
        return longer
    # A stage without a number (3.7b) has days, once a leader holds somebody there.
    return replace(longer, dates=replace(longer.dates, site_first=result.facts.admission))


def _home_until(result: Result, begins: date, ends: date) -> Result:
    """Return a result whose days at home end on a leader's day. What a result that is out hides stays hidden."""
    if result.dates.free_from is None:
        return result
    dates = replace(result.dates, home_first=begins, home_last=ends, free_from=ends + _ONE_DAY)
    return replace(result, dates=dates, home_begins=begins, home_days=(ends - begins).days + 1)


def _home_planned(result: Result) -> date | None:
    """Return day 1 at home as the stages give it, also while an open result hides it (O10)."""
    if result.home_begins is not None or result.first_place != "site" or any(each.site_open for each in result.spans):
        return result.home_begins
    last = _site_last(result)
    return last + _ONE_DAY if last is not None else None


def _site_last(result: Result) -> date | None:
    """Return the last counted day at the site, known while its end is still open."""
    return result.dates.site_last or max((each.site_last for each in result.spans if each.site_last), default=None)


class _MovedHome(NamedTuple):
    """Days at home of somebody who went there: day 1, and the last one; None: nobody knows it yet."""

    begins: date
    ends: date | None

    def dates(self, dates: Dates) -> Dates:
        """Return the days of a result with those at home. What is not known stays unknown."""
        if dates.free_from is None or self.ends is None:
            return replace(dates, home_first=self.begins)
        return replace(dates, home_first=self.begins, home_last=self.ends, free_from=self.ends + _ONE_DAY)

    def days(self, result: Result) -> int | None:
        """Return the number of days at home; that of the text, where it has one."""
        left = (self.ends - self.begins).days + 1 if self.ends is not None else None
        return result.home_days or left


def _moved_home(result: Result, planned: date | None, home_from: date, *, kept: bool) -> _MovedHome | None:
    """Return the days at home after the real move; None: none are left. `planned` is day 1 by the joint stages.

    Days are joined on their ends (section 5): each clause counts its own from the move, whatever stands beside it.
    """
    site_last, ends = _site_last(result), _control_ends(result.spans)
    if planned is None:
        return None
    if ends is not None:
        home = result.first_place == "home"
        own = (_last_at_home(each, home_from, kept=kept) for each in result.spans if home or each.is_site)
        ends = max(ends, *(each or ends for each in own))
        if site_last is not None and ends <= site_last:
            return None
    waited = any(each.is_site and each.branch.home.after == "negative" for each in result.spans)
    counted = kept or result.first_place != "site" or (result.dates.site_first is not None and not waited)
    # After counted days the day of the move is day 1 at home; the days after one negative count from it as day 0.
    return _MovedHome(max(planned, home_from if counted else home_from + _ONE_DAY), ends)


def _last_at_home(span: Span, home_from: date, *, kept: bool) -> date | None:
    """Return the last of a clause's own days at home after the real move; None: none is known.

    Days after the site or a start begin with the move as day 1. Those after one negative count from it as day 0, but
    from the negative itself where counted days `kept` him at the site: the days there are not absorbed (O20).
    """
    home = span.branch.home
    if not home.days:
        return None
    if span.is_site and span.site_last is not None:
        negative = home.after == "negative"
        if negative and kept:
            return span.control_ends
        first = max(span.site_last if negative else span.site_last + _ONE_DAY, home_from)
        return first + timedelta(days=home.days - 1 + negative)
    return max(span.home_first, home_from) + timedelta(days=home.days - 1) if span.home_first else None


def _tests(
    result: Result, home_first: date | None, ends: date | None, set_days: SetDays, *, is_home: bool
) -> tuple[tuple[PlannedTest, ...], Whereabouts]:
    """Return the tests without their samples, and where they were taken.

    Of a referred person they are those of the site that he may be held at. `is_home`: the days at home have dates; else
    only those of its tests that fall on site days are among them.
    """
    facts, section, spans = result.facts, result.notice.section_three, result.spans
    referred, decided_site = result.decision == "refer", result.first_place == "site"
    site_last = _site_last(result)
    inside_until = max(site_last, home_first - _ONE_DAY) if site_last and home_first and decided_site else None
    where = Whereabouts(
        at_site=decided_site or referred,
        site_last=inside_until,
        admitted_on=facts.admission,
        here_from=here_from(facts),
    )
    if not spans:
        return (), where
    stages = Stages(
        at_site=where.at_site,
        first=result.dates.site_first or min((each.site_first for each in spans if each.site_first), default=None),
        last=site_last,
        inside_until=inside_until,
        home_first=home_first,
        ends=ends,
        set_days=set_days,
    )
    if referred:
        return tests_at_site(spans, stages, facts, section), where
    tests = all_tests(spans, stages, facts, section, single=bool(result.pcr_single))
    return tuple(test for test in tests if is_home or test.stage != "home"), where


def _control_ends(spans: tuple[Span, ...]) -> date | None:
    """Return the last day of all control; None while one end is open, or none is known."""
    if any(each.control_open for each in spans):
        return None
    return max((each.control_ends for each in spans if each.control_ends), default=None)


def _stages(result: Result, tests: tuple[PlannedTest, ...], facts: Facts) -> tuple[PlannedStage, ...]:
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
        told = waited_until(tests, facts)
        last = max(told, arrived) if told and arrived else None
        stages.append(PlannedStage(kind="waiting", first=arrived, last=last, clause=demands.pcr_single))
    if result.home_days:
        stages.append(
            PlannedStage(kind="home", first=result.home_begins, last=dates.home_last, clause=demands.control_end)
        )
    stages.append(PlannedStage(kind="done", first=dates.free_from, last=None, clause=None))
    return tuple(stages)


def waited_until(tests: Sequence[PlannedTest], facts: Facts) -> date | None:
    """Return the day on which the last result came in that somebody waits for; None: one is still out."""
    singles = [test for test in tests if test.stage == "single" and test.demanded]
    told = {(each.type, each.sampled_on): each.result_on for each in samples_of(facts)}
    days = [told.get((test.type, test.sampled_on)) if test.result == "negative" else None for test in singles]
    return None if None in days else max((each for each in days if each is not None), default=None)


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
