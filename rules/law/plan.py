"""Plan of a result: its stages on the calendar, and the tests that belong to them (docs/reading.md, section 6).

The plan is computed each time, never stored. Days that the text names and days that we propose are told apart. A day
that nobody can know yet is None, never an invented date.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dutyboard.rules.law.facts import Facts, TestResult, TestStage, TestType
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.join import pcr_at_site
from dutyboard.rules.law.result import Dates, Result
from dutyboard.rules.law.section_three import Branch, SectionThree
from dutyboard.rules.law.section_three import Tests as Tests_
from dutyboard.rules.law.spans import Span, admission, day
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
class PlannedTest:
    """A test on its day (00:00 to 24:00). `proposed`: the text names no day; `demanded` False: an extra (O8).

    `number` is the day number in its stage. `result` and `sampled_on` come from the facts, once there are any.
    """

    type: TestType
    stage: TestStage
    number: int
    day: date
    proposed: bool
    demanded: bool
    clause: str
    result: TestResult | None = None
    sampled_on: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Stages and tests in order. `waits_for`: the close contacts whose release leaves the end open."""

    stages: tuple[PlannedStage, ...]
    tests: tuple[PlannedTest, ...]
    waits_for: tuple[str, ...]

    def stage(self, kind: StageKind) -> PlannedStage | None:
        """The first stage of that kind."""
        return next((each for each in self.stages if each.kind == kind), None)


def plan(result: Result, home_from: date | None = None) -> Plan:
    """The plan of a result; of a referral, the provisional hold with an open end.

    `home_from` is the day of the real move home, once it happened: a late release makes it day 1 of the home stage.
    """
    facts, section = result.facts, result.notice.section_three
    spans = result.spans
    if result.decision == "refer":
        need, _ = pcr_at_site([each.branch for each in spans])
        stages = _held_stages(result, spans)
        samples = _site_tests(spans, need, section)
        return Plan(stages=stages, tests=_with_results(samples, facts, None), waits_for=())
    dates = result.dates
    begins = result.home_begins
    if home_from is not None and begins is not None:
        # After counted days the day of the move is day 1 at home; the days after one negative count from it as day 0.
        counted = dates.site_first is not None or result.first_place != "site"
        late = max((home_from if counted else home_from + _ONE_DAY) - begins, timedelta())
        begins += late
        dates = _moved(dates, late)
    result = replace(result, dates=dates, home_begins=begins)
    tests: list[PlannedTest] = []
    if result.first_place == "site":
        tests += _site_tests(spans, result.pcr_quarantine or 0, section)
        days = {test.day for test in tests if test.type == "pcr"}
        tests += [test for test in conversion_tests(result) if test.day not in days]
    if result.pcr_single:
        tests += _single_tests(spans, facts, section)
    if begins:
        tests += _home_tests(spans, begins)
    return Plan(
        stages=_stages(result, facts),
        tests=_with_results(tests, facts, begins),
        waits_for=result.waits_for,
    )


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


def _numbers(tests: Tests_, need: int) -> list[tuple[int, bool, bool]]:
    """Day numbers with (proposed, demanded): the named days, then as many proposed ones as are still owed, then extras.

    The last proposed day is taken first, so that the last sample lies on the last day (O5).
    """
    owed = max(need - len(tests.pcr_days), 0)
    proposed = sorted(tests.pcr_proposed)[len(tests.pcr_proposed) - min(owed, len(tests.pcr_proposed)) :]
    return (
        [(number, False, True) for number in tests.pcr_days]
        + [(number, True, True) for number in proposed]
        + [(number, True, False) for number in tests.suggested]
    )


def _site_tests(spans: tuple[Span, ...], need: int, section: SectionThree) -> list[PlannedTest]:
    settings = section.settings
    by_day: dict[tuple[TestType, date], PlannedTest] = {}

    def add(kind: TestType, when: date, number: int, proposed: bool, demanded: bool, branch: Branch) -> None:
        old = by_day.get((kind, when))
        if old is None or (old.proposed and not proposed):
            by_day[kind, when] = PlannedTest(
                type=kind,
                stage="site",
                number=number,
                day=when,
                proposed=proposed,
                demanded=demanded,
                clause=branch.clause,
            )

    latest_first = sorted(spans, key=lambda each: each.site_last or date.min, reverse=True)
    for each in sorted(latest_first, key=lambda span_: not span_.branch.site.tests.pcr_days):
        if each.start is None or each.branch.place != "site":
            continue
        tests = each.branch.site.tests
        have = sum(test.demanded and test.type == "pcr" for test in by_day.values())
        for number, proposed, demanded in _numbers(tests, need - have):
            add("pcr", day(each.start, number, settings), number, proposed, demanded, each.branch)
        have_serum = sum(test.type == "serum" for test in by_day.values())
        for number in tests.serum_proposed[have_serum:]:
            add("serum", day(each.start, number, settings), number, True, True, each.branch)
    return sorted(by_day.values(), key=lambda test: (test.day, test.type))


def conversion_tests(result: Result) -> tuple[PlannedTest, ...]:
    """The PCR at once on the day a linked close contact turned positive, beside the numbered ones (O18)."""
    settings = result.notice.section_three.settings
    branch = next((each.branch for each in result.spans if each.branch.site.on_conversion), None)
    days = [each.positive_on for each in result.facts.linked or () if each.positive_on]
    start = admission(result.facts)
    if branch is None or not days or start is None or max(days) < start:
        return ()
    number = (max(days) - start).days + settings.day_of_start
    return (
        PlannedTest(
            type="pcr", stage="site", number=number, day=max(days), proposed=True, demanded=True, clause=branch.clause
        ),
    )


def _single_tests(spans: tuple[Span, ...], facts: Facts, section: SectionThree) -> list[PlannedTest]:
    best = max(spans, key=lambda each: each.branch.single.pcr)
    start = admission(facts)
    if start is None:
        return []
    test = arrival_test(facts)
    numbers = [(number, False) for number in best.branch.single.pcr_days]
    numbers += [(number, True) for number in best.branch.single.pcr_proposed]
    planned = [
        PlannedTest(
            type="pcr",
            stage="single",
            number=number,
            day=max(start, day(start, number, section.settings)),
            proposed=proposed,
            demanded=True,
            clause=best.branch.clause,
        )
        for number, proposed in numbers
    ]
    if test is not None and planned:
        planned[0] = replace(planned[0], result=test.result, sampled_on=test.sampled_on)
    return planned


def _home_tests(spans: tuple[Span, ...], home_first: date) -> list[PlannedTest]:
    best = max(spans, key=lambda each: each.branch.home.tests.pcr)
    tests = best.branch.home.tests
    return [
        PlannedTest(
            type="pcr",
            stage="home",
            number=number,
            day=home_first + timedelta(days=number - 1),
            proposed=proposed,
            demanded=True,
            clause=best.branch.clause,
        )
        for number, proposed, _demanded in _numbers(tests, tests.pcr)
    ]


def _with_results(tests: list[PlannedTest], facts: Facts, home_first: date | None) -> tuple[PlannedTest, ...]:
    """Put each result beside the test it belongs to: by day number, and by stage where a date tells."""
    out = sorted(tests, key=lambda test: (test.day, test.type))
    for sample in facts.tests:
        place = next((i for i, each in enumerate(out) if _belongs(sample, each, home_first)), None)
        if place is not None:
            out[place] = replace(out[place], result=sample.result, sampled_on=sample.sampled_on, late=sample.late)
    return tuple(out)


def _belongs(sample: Sample, test: PlannedTest, home_first: date | None) -> bool:
    if sample.type != test.type or test.stage == "single":
        return False
    if sample.day is None:
        return sample.sampled_on == test.day
    if sample.day != test.number:
        return False
    if sample.sampled_on is None or home_first is None:
        return test.stage == "site" or home_first is None
    return (sample.sampled_on >= home_first) == (test.stage == "home")


def sample_again_from(plan_: Plan, today: date, hours_between_samples: int) -> date:
    """Return the first day from `today` for one more sample, so many hours after each one taken by then (O11)."""
    apart = timedelta(hours=hours_between_samples)
    taken = [test.sampled_on for test in plan_.tests if test.sampled_on and test.type == "pcr"]
    return max([today, *(each + apart for each in taken if each <= today)])
