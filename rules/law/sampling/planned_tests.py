"""Tests that a joined plan demands or proposes, each on its day (docs/reading.md, section 5).

A test is known by its type, stage and day; its number is only shown. The named days of all clauses stand together, each
on its own day 0. Days that the text leaves open are proposed by the joint stages: their first and last days.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from dutyboard.rules.law.facts import Facts, TestResult, TestStage, TestType
from dutyboard.rules.law.section_three import Branch, SectionThree
from dutyboard.rules.law.set_days import SetDay, SetDays
from dutyboard.rules.law.spans import Span, day
from dutyboard.rules.law.subjects import Interpretation

_ONE_DAY: Final = timedelta(days=1)


class PlannedTest(NamedTuple):
    """A test on its day (00:00 to 24:00). `proposed`: the text names no day; `demanded` False: an extra (O8).

    `number` is the day number in its stage. `until` is the planned day that follows in its stage, from which on a
    sample is not put to this test any more; None: it is the last one and stays owed until its sample is there (O45).
    `result` and `sampled_on` are those of the sample put to it, once there is one; `late`: taken after its day;
    `waits`: its result is out or unclear, and no later sample has settled that (O10).
    """

    type: TestType
    stage: TestStage
    number: int
    day: date
    proposed: bool
    demanded: bool
    clause: str
    until: date | None = None
    result: TestResult | None = None
    sampled_on: date | None = None
    late: bool = False
    waits: bool = False

    @property
    def done(self) -> bool:
        """True if its sample is negative or positive."""
        return self.result in ("negative", "positive")

    def missed_by(self, today: date) -> bool:
        """Return True if the next planned day has come, and no sample can be this test's any more (O11, O45)."""
        passed = self.until is not None and self.until <= today
        return self.demanded and passed and not self.done and not self.waits


class Stages(NamedTuple):
    """Days of the joint stages.

    They are the first and the last at the site, the first at home, and the last of all control. `at_site`: there is a
    site stage. `inside_until` is the last day that the person is or was really there. None: the day is not known yet,
    or there is no such stage. `set_days` are the leader's words on the stages that stand.
    """

    at_site: bool
    first: date | None = None
    last: date | None = None
    inside_until: date | None = None
    home_first: date | None = None
    ends: date | None = None
    set_days: SetDays = SetDays()

    def latest(self, stage: Literal["site", "home"]) -> date | None:
        """Return the last day of a stage that a leader has made shorter; None: he has not."""
        held, last = (self.set_days.site, self.last) if stage == "site" else (self.set_days.home, self.ends)
        return last if held is not None and not held.is_longer else None


def pcr_at_site(branches: Sequence[Branch]) -> tuple[int, str | None]:
    """Return how many PCR the joined site stage demands, and the clause that demands the most."""
    best = max(branches, key=lambda branch: branch.site.tests.pcr, default=None)
    if best is None or not best.site.tests.pcr:
        return 0, None
    named = {number for branch in branches for number in branch.site.tests.pcr_days}
    return max(best.site.tests.pcr, len(named)), best.clause


def tests_at_site(
    spans: Sequence[Span], stages: Stages, facts: Facts, section: SectionThree
) -> tuple[PlannedTest, ...]:
    """Return the tests of a site stage alone, that of somebody held there until his referral is answered."""
    days = _Days(stages, section.settings, alone=len(spans) == 1)
    inside = _inside(spans)
    _at_site(days, spans, inside, facts)
    return in_order((*days.tests, *_serum(days, inside)))


def all_tests(
    spans: Sequence[Span], stages: Stages, facts: Facts, section: SectionThree, *, single: bool
) -> tuple[PlannedTest, ...]:
    """Return all tests of a decided plan in order. `single`: the one test of those who wait for it is asked."""
    days = _Days(stages, section.settings, alone=len(spans) == 1)
    for test in _single_tests(spans, stages, facts, section.settings) if single else ():
        days.put(test)
    for span in spans:
        if span.branch.home.after == "start" and span.start is not None:
            for number in span.branch.home.tests.pcr_days:
                days.numbered(span, number, proposed=False, latest=stages.latest("home"))
    inside = _inside(spans) if stages.at_site else []
    if stages.at_site:
        _at_site(days, spans, inside, facts)
    _at_home(days, spans)
    days.last_not_before("home", stages.set_days.home)
    return in_order((*days.tests, *_serum(days, inside)))


def in_order(tests: Iterable[PlannedTest]) -> tuple[PlannedTest, ...]:
    """Return the tests by day, each with the planned day that follows in its stage.

    A day that nobody demands ends no other's time: a sample is put to what is demanded first.
    """
    out: list[PlannedTest] = []
    following: dict[tuple[TestType, TestStage], date] = {}
    for test in sorted(tests, key=lambda test: (test.day, test.type), reverse=True):
        until = following.get((test.type, test.stage))
        out.append(test if until == test.until else test._replace(until=until))
        if test.demanded:
            following[test.type, test.stage] = test.day
    return tuple(reversed(out))


def _inside(spans: Sequence[Span]) -> list[Span]:
    return [each for each in spans if each.branch.place == "site" and each.start is not None]


def _start(span: Span) -> date:
    assert span.start is not None
    return span.start


class _Days:
    """PCR of a plan by day: one a day, the demanded before the suggested, the named before the proposed.

    `alone`: one clause makes the plan, and its own proposed days are kept.
    """

    def __init__(self, stages: Stages, settings: Interpretation, *, alone: bool) -> None:
        self.stages = stages
        self.alone = alone
        self.settings = settings
        self._by_day: dict[date, PlannedTest] = {}

    @property
    def tests(self) -> Iterable[PlannedTest]:
        """The tests, in no order."""
        return self._by_day.values()

    @property
    def demanded_at_site(self) -> list[date]:
        """The days of the demanded tests of the site, in order."""
        return sorted(test.day for test in self.tests if test.demanded and test.stage == "site")

    def numbered(
        self, span: Span, number: int, *, proposed: bool = True, demanded: bool = True, latest: date | None = None
    ) -> None:
        """Add day `number` of a clause, on its own day 0, or `latest` where its stage ends before."""
        on = day(_start(span), number, self.settings)
        if latest is not None and latest < on:
            on, number = latest, self.number(_start(span), latest)
        self.add(on, number, span.branch.clause, proposed=proposed, demanded=demanded)

    def propose(self, span: Span, on: date) -> None:
        """Add a day that the text leaves open, numbered from the clause's own day 0."""
        self.add(on, self.number(_start(span), on), span.branch.clause)

    def number(self, start: date, on: date) -> int:
        """Return the number of a day counted from a day 0."""
        return (on - start).days + self.settings.day_of_start

    def stage_of(self, on: date) -> TestStage:
        """Return the stage in which a day lies."""
        stages = self.stages
        return "site" if stages.at_site and (stages.inside_until is None or on <= stages.inside_until) else "home"

    def add(self, on: date, number: int, clause: str, *, proposed: bool = True, demanded: bool = True) -> None:
        """Add a PCR."""
        test = PlannedTest(
            type="pcr",
            stage=self.stage_of(on),
            number=number,
            day=on,
            proposed=proposed,
            demanded=demanded,
            clause=clause,
        )
        self.put(test)

    def last_not_before(self, stage: TestStage, held: SetDay | None) -> None:
        """Move the last PCR of a stage, of the demanded ones if there are any, to a leader's longer day."""
        tests = [each for each in self.tests if each.stage == stage]
        last = max(tests, key=lambda each: (each.demanded, each.day), default=None)
        if held is None or not held.is_longer or last is None or last.day >= held.last:
            return
        del self._by_day[last.day]
        self.put(last._replace(day=held.last, number=last.number + (held.last - last.day).days))

    def put(self, test: PlannedTest) -> None:
        """Add a test. A day that has a single test, or one of more weight, keeps it."""
        old = self._by_day.get(test.day)
        if old is None or (old.stage != "single" and _weight(old) < _weight(test)):
            self._by_day[test.day] = test


def _weight(test: PlannedTest) -> tuple[bool, bool]:
    return test.demanded, not test.proposed


def _at_site(days: _Days, spans: Sequence[Span], inside: Sequence[Span], facts: Facts) -> None:
    """Add the PCR of the joint site stage: the named days, those left open, and what nobody demands (O8).

    `inside` are those of the branches at a site whose day 0 is known.
    """
    latest = days.stages.latest("site")
    for span in inside:
        for number in span.branch.site.tests.pcr_days:
            days.numbered(span, number, proposed=False, latest=latest)
    _propose(days, inside)
    _on_conversion(days, spans, facts)
    for span in inside:
        for number in span.branch.site.tests.suggested:
            days.numbered(span, number, demanded=False, latest=latest)
    if any(span.branch.site.until != "cleared" for span in inside):  # the one test of 3.7b clears: it ends no days
        days.last_not_before("site", days.stages.set_days.site)


def _propose(days: _Days, inside: Sequence[Span]) -> None:
    """Propose the days that clauses leave open (O5).

    They are the joint stage's last day, and its first ones if no day is named. Where that is less than one clause
    demands, more of its first days follow, the latest first.
    """
    left_open = [each for each in inside if each.branch.site.tests.pcr_proposed]
    first, last = days.stages.first, days.stages.last
    if not left_open or first is None or last is None:
        return
    if days.alone:
        for span in left_open:
            for number in span.branch.site.tests.pcr_proposed:
                days.numbered(span, number, latest=days.stages.latest("site"))
        return
    need, _ = pcr_at_site([each.branch for each in inside])
    named = days.demanded_at_site
    if not named or last > named[-1]:
        days.propose(max(left_open, key=lambda each: each.site_last or date.min), last)
    earlier = {
        first + timedelta(days=number - 1): span
        for span in left_open
        for number in span.branch.site.tests.pcr_proposed[:-1]
    }
    for on in sorted(earlier, reverse=True):
        if (not named or len(days.demanded_at_site) < need) and on < last:
            days.propose(earlier[on], on)


def _on_conversion(days: _Days, spans: Sequence[Span], facts: Facts) -> None:
    """Add the PCR at once on the day a linked close contact turned positive, beside the numbered ones (O18)."""
    branch = next((each.branch for each in spans if each.branch.site.on_conversion), None)
    if branch is None or not facts.linked:
        return
    positive = max((each.positive_on for each in facts.linked if each.positive_on), default=None)
    start, ends = facts.admission, days.stages.ends
    if positive is None or start is None or positive < start:
        return
    on = min(positive, ends) if ends else positive
    days.add(on, days.number(start, on), branch.clause)


def _serum(days: _Days, inside: Sequence[Span]) -> tuple[PlannedTest, ...]:
    """Return the serum tests, with the last PCR of the site (O6). Without any PCR the clause proposes the days."""
    if not inside:
        return ()
    asking = max(inside, key=lambda each: each.branch.site.tests.serum)
    if not asking.branch.site.tests.serum:
        return ()
    start, tests = _start(asking), asking.branch.site.tests
    own = [day(start, number, days.settings) for number in tests.serum_proposed]
    as_proposed = days.alone and days.stages.set_days.site is None
    on = own if as_proposed else days.demanded_at_site or own
    return tuple(
        PlannedTest(
            type="serum",
            stage="site",
            number=days.number(start, each),
            day=each,
            proposed=True,
            demanded=True,
            clause=asking.branch.clause,
        )
        for each in on[-tests.serum :]
    )


def _single_tests(
    spans: Sequence[Span], stages: Stages, facts: Facts, settings: Interpretation
) -> tuple[PlannedTest, ...]:
    """Return the tests of those who wait for them, never before the admission or after the last day of control."""
    start = facts.admission
    if start is None:
        return ()
    found: dict[date, PlannedTest] = {}
    for span in spans:
        single = span.branch.single
        for number, proposed in [(n, False) for n in single.pcr_days] + [(n, True) for n in single.pcr_proposed]:
            on = max(start, day(start, number, settings))
            on = min(on, max(stages.ends, start)) if stages.ends else on
            test = PlannedTest(
                type="pcr",
                stage="single",
                number=number,
                day=on,
                proposed=proposed,
                demanded=True,
                clause=span.branch.clause,
            )
            if on not in found or _weight(found[on]) < _weight(test):
                found[on] = test
    return tuple(found.values())


def _at_home(days: _Days, spans: Sequence[Span]) -> None:
    """Add the tests of the joint stage at home (O7).

    Where it is shorter than their days, the last one is on the last day of all control, and each one before it at
    the latest the day before the next. A day that already has a PCR gets no second one.
    """
    stages = days.stages
    home_first = stages.home_first
    if home_first is None and stages.at_site and stages.ends is not None:
        home_first = stages.ends + _ONE_DAY  # control ends with the site: no day at home is left
    if home_first is None:
        return
    numbers: dict[int, tuple[bool, str]] = {}
    for span in spans:
        home, clause = span.branch.home, span.branch.clause
        for number in home.tests.pcr_days if home.after != "start" else ():
            numbers[number] = (False, clause)
        for number in home.tests.pcr_proposed:
            numbers.setdefault(number, (True, clause))
    latest = stages.ends
    for number, (proposed, clause) in sorted(numbers.items(), reverse=True):
        on = home_first + timedelta(days=number - 1)
        if latest is not None:
            on = min(on, latest)
            latest = on - _ONE_DAY
        counted_from = home_first if days.stage_of(on) == "home" else stages.first or home_first
        days.add(on, (on - counted_from).days + 1, clause, proposed=proposed)
