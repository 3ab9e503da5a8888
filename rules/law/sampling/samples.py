"""Samples taken, put to the planned tests: the one matching rule (docs/reading.md, O45), and what is still out (O10).

A sample belongs to a planned test by type, stage and date. It goes to the latest planned day that is not after it, if
that test has no negative or positive result yet. It never crosses to another stage. What fits nowhere is an extra: its
result counts, for no planned day.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from dutyboard.rules.law.facts import Facts, TestResult, TestStage, TestType
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.sampling.planned_tests import PlannedTest
from dutyboard.rules.law.subjects import arrival_test

FINAL: Final[frozenset[TestResult | None]] = frozenset({"negative", "positive"})
"""Results that end a test; each other one is open until its own result or a later sample (O10)."""


class Matched(NamedTuple):
    """Samples put to planned tests: the tests with their samples, in order, and the samples that are extras."""

    tests: tuple[PlannedTest, ...]
    extras: tuple[Sample, ...]


def samples_of(facts: Facts) -> tuple[Sample, ...]:
    """Return every sample taken here, the test after arrival first. One that is known twice is one sample."""
    first = arrival_test(facts)
    if first is None:
        return facts.tests
    told = Sample(
        type="pcr",
        stage="single",
        result=first.result,
        sampled_on=first.sampled_on,
        result_on=first.result_on,
    )
    again = next((each for each in facts.tests if same_sample(each, told)), None)
    return (told, *(each for each in facts.tests if each is not again))


def same_sample(one: Sample, other: Sample) -> bool:
    """Return True if two tellings are of one sample: same type, day and result. One swab is not two tests."""
    known = (one.type, one.sampled_on, one.result)
    return one.sampled_on is not None and known == (other.type, other.sampled_on, other.result)


class Whereabouts(NamedTuple):
    """Days that tell in which stage a sample was taken, where nobody says it.

    `at_site`: the plan has a site stage; `site_last` is its last day, None while nobody knows it. Who waited for his
    one test was in no site before `admitted_on`. The one test that the text asks without a day may have been taken from
    `here_from` on, before anybody assessed him; None: nobody knows that day.
    """

    at_site: bool = False
    site_last: date | None = None
    admitted_on: date | None = None
    here_from: date | None = None


def put(tests: Sequence[PlannedTest], samples: Iterable[Sample], where: Whereabouts) -> Matched:
    """Put each sample to its planned test, the earliest first. The tests come without samples."""
    samples = tuple(samples)
    by_day = sorted(samples, key=lambda each: each.sampled_on or date.min)
    if not samples or not tests:
        return Matched(tests=tuple(tests), extras=tuple(by_day))
    course = _Course(tests, where)
    extras = [each for each in by_day if each.sampled_on is None or not course.put(each, each.sampled_on)]
    waiting = {(each.type, each.sampled_on) for each in unsettled(samples)}
    out = [
        test._replace(waits=True) if not test.done and (test.type, test.sampled_on) in waiting else test
        for test in course.tests
    ]
    return Matched(tests=tuple(out), extras=tuple(extras))


class _Course:
    """Planned tests while samples are put to them, the earliest sample first."""

    def __init__(self, tests: Sequence[PlannedTest], where: Whereabouts) -> None:
        self.tests = list(tests)
        self._where = where
        self._alike: dict[tuple[TestType, TestStage, bool], list[int]] = {}
        for at in sorted(range(len(tests)), key=lambda at: (tests[at].day, at), reverse=True):
            test = tests[at]
            self._alike.setdefault((test.type, test.stage, test.demanded), []).append(at)

    def put(self, sample: Sample, on: date) -> bool:
        """Put a sample to the test it belongs to; False: it is an extra."""
        for stage in self._stages(sample, on):
            for demanded in (True, False):
                latest_first = self._alike.get((sample.type, stage, demanded), ())
                at = next((at for at in latest_first if self._begins(self.tests[at]) <= on), None)
                if at is not None and not self.tests[at].done:
                    self.tests[at] = _with(self.tests[at], sample)
                    return True
        return False

    def _begins(self, test: PlannedTest) -> date:
        """Return the first day whose sample may be this test's."""
        since = self._where.here_from
        if test.stage == "single" and test.proposed and since is not None:
            return min(test.day, since)
        return test.day

    def _stages(self, sample: Sample, on: date) -> Iterator[TestStage]:
        """Return the stages whose tests a sample may be: the one test of who waits, else where he is."""
        yield "single"
        stage = sample.stage
        if stage == "single":
            if self._where.admitted_on is not None and on < self._where.admitted_on:
                return
            stage = None
        yield stage or ("site" if self._is_site_s(sample, on) else "home")

    def _is_site_s(self, sample: Sample, on: date) -> bool:
        """Return True up to the last site day, and after it while the last site test is not done (O45)."""
        if not self._where.at_site:
            return False
        if self._where.site_last is None or on <= self._where.site_last:
            return True
        tests = [each for each in self.tests if (each.type, each.stage) == (sample.type, "site") and each.demanded]
        return bool(tests) and not max(tests, key=lambda each: each.day).done


def _with(test: PlannedTest, sample: Sample) -> PlannedTest:
    passed = sample.sampled_on is not None and sample.sampled_on > test.day
    # The text asks one test after arrival and names no day: the next day is not late for it.
    late = sample.late or (passed and not (test.stage == "single" and test.proposed))
    return test._replace(result=sample.result, sampled_on=sample.sampled_on, late=late)


def open_results(facts: Facts) -> tuple[Sample, ...]:
    """Return the samples of a person whose result is out or unclear, and which no later one has settled (O10)."""
    return unsettled(samples_of(facts))


def unsettled(samples: Sequence[Sample]) -> tuple[Sample, ...]:
    """Return the samples without a negative or positive result, of which no later one of their type has one either."""
    return tuple(
        each
        for at, each in enumerate(samples)
        if each.result not in FINAL
        and (each.result or each.sampled_on)
        and not any(_settles(other, later, each, at) for later, other in enumerate(samples))
    )


def _settles(final: Sample, final_at: int, out: Sample, out_at: int) -> bool:
    """Return True if one sample is later than another of its type, and negative or positive.

    Of two on one day, or two whose days nobody knows, the one told later is the later one.
    """
    if final.type != out.type or final.result not in FINAL or (final.sampled_on is None) != (out.sampled_on is None):
        return False
    return (final.sampled_on or date.min, final_at) > (out.sampled_on or date.min, out_at)
