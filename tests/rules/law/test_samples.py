"""The matching rule of samples (O45), put against a slow statement of its own, and the open results (O10)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.law.facts import ArrivalPcr, Facts, TestStage, TestType
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.sampling.planned_tests import PlannedTest, in_order
from dutyboard.rules.law.sampling.samples import Whereabouts, open_results, put, samples_of, unsettled

DAY_0 = date(2021, 6, 7)
FINAL = ("negative", "positive")


def on(number: int) -> date:
    return DAY_0 + timedelta(days=number)


def a_test(number: int, stage: TestStage = "site", kind: TestType = "pcr", demanded: bool = True) -> PlannedTest:
    return PlannedTest(
        type=kind, stage=stage, number=number, day=on(number), proposed=False, demanded=demanded, clause="3.2a"
    )


def a_sample(number: int, result: str = "negative", stage: TestStage | None = None, kind: TestType = "pcr") -> Sample:
    return Sample(type=kind, sampled_on=on(number), result=result, stage=stage)  # type: ignore[arg-type]


SITE_LAST = 14
INSIDE = Whereabouts(at_site=True, site_last=on(SITE_LAST), admitted_on=DAY_0)
CONTACT = [a_test(each) for each in (1, 4, 7, 14)] + [a_test(each, "home") for each in (16, 21)]


# ---------------------------------------------------------------- the slow statement


def slowly(tests: list[PlannedTest], samples: list[Sample], site_last: date) -> dict[PlannedTest, Sample]:
    """The rule read off the page: walk through the days, and ask of each sample of a day where it belongs."""
    held: dict[PlannedTest, Sample] = {}

    def done(test: PlannedTest) -> bool:
        return test in held and held[test].result in FINAL

    def is_the_site_s(sample: Sample, today: date) -> bool:
        site = [each for each in tests if each.stage == "site" and each.type == sample.type]
        return today <= site_last or any(each.until is None and not done(each) for each in site)

    first, last = on(-3), on(60)
    today = first
    while today <= last:
        for sample in (each for each in samples if each.sampled_on == today):
            stage = sample.stage or ("site" if is_the_site_s(sample, today) else "home")
            of_stage = [each for each in tests if (each.stage, each.type) == (stage, sample.type)]
            current = [each for each in of_stage if each.day <= today and (each.until is None or today < each.until)]
            for test in current:
                if not done(test):
                    held[test] = sample
        today += timedelta(days=1)
    return held


RESULTS = ("negative", "positive", "indeterminate", "pending", "invalid")
days = st.integers(-2, 40)
drawn_samples = st.lists(
    st.builds(
        a_sample,
        days,
        st.sampled_from(RESULTS),
        st.sampled_from((None, None, None, "site", "home")),
        st.sampled_from(("pcr", "pcr", "serum")),
    ),
    max_size=9,
)
drawn_plans = st.tuples(
    st.sets(st.integers(1, 14), max_size=5), st.sets(st.integers(15, 24), max_size=3), st.booleans()
)


def plan_of(drawn: tuple[set[int], set[int], bool]) -> list[PlannedTest]:
    site, home, serum = drawn
    tests = [a_test(each) for each in site] + [a_test(each, "home") for each in home]
    return list(in_order(tests + ([a_test(14, kind="serum")] if serum else [])))


@given(drawn_plans, drawn_samples)
def test_each_sample_is_put_as_the_slow_statement_puts_it(
    drawn: tuple[set[int], set[int], bool], samples: list[Sample]
) -> None:
    tests = plan_of(drawn)
    found = put(tests, samples, INSIDE)
    expected = slowly(tests, samples, on(SITE_LAST))
    for bare, test in zip(tests, found.tests, strict=True):
        held = expected.get(bare)
        assert (test.result, test.sampled_on) == ((held.result, held.sampled_on) if held else (None, None))
    held_count = sum(test.result is not None for test in found.tests)
    assert len(found.extras) + held_count <= len(samples)


@given(drawn_plans, drawn_samples)
def test_what_always_holds(drawn: tuple[set[int], set[int], bool], samples: list[Sample]) -> None:
    """Each test has one sample, never of before its day or of its next one, never of another stage or type."""
    found = put(plan_of(drawn), samples, INSIDE)
    taken = [(test.type, test.sampled_on, test.result) for test in found.tests if test.sampled_on]
    given_ = [(each.type, each.sampled_on, each.result) for each in samples]
    assert all(taken.count(each) <= given_.count(each) for each in taken)
    for test in found.tests:
        if test.sampled_on is not None:
            assert test.day <= test.sampled_on
            assert test.until is None or test.sampled_on < test.until
            assert test.late == (test.sampled_on > test.day)
            assert test.stage == "home" or test.sampled_on <= on(SITE_LAST) or test.until is None or test.until > on(14)


@given(drawn_plans, drawn_samples, st.integers(0, 40))
def test_one_more_negative_sample_never_undoes_what_is_done(
    drawn: tuple[set[int], set[int], bool], samples: list[Sample], number: int
) -> None:
    last = max((each.sampled_on for each in samples if each.sampled_on), default=DAY_0)
    later = a_sample((last - DAY_0).days + number)
    before, after = (put(plan_of(drawn), each, INSIDE) for each in (samples, [*samples, later]))
    for old, new in zip(before.tests, after.tests, strict=True):
        assert not old.done or (old.result, old.sampled_on) == (new.result, new.sampled_on)


# ---------------------------------------------------------------- the cases of the reading


def put_to(samples: list[Sample], tests: list[PlannedTest] = CONTACT) -> list[str]:
    found = put(in_order(tests), samples, INSIDE)
    return [f"{test.stage} {test.number} {test.result}" for test in found.tests if test.result]


@pytest.mark.parametrize(
    ("samples", "told"),
    [
        ([a_sample(0)], []),  # before day 1: an extra
        ([a_sample(1), a_sample(2)], ["site 1 negative"]),  # the second is an extra
        ([a_sample(3)], ["site 1 negative"]),  # late for day 1
        ([a_sample(4)], ["site 4 negative"]),  # day 1 is missed
        ([a_sample(15)], ["site 14 negative"]),  # the last one is met by a late sample
        ([a_sample(16)], ["site 14 negative"]),  # still at the site, whatever the plan says
        ([a_sample(14), a_sample(16)], ["site 14 negative", "home 16 negative"]),
        ([a_sample(14, "indeterminate"), a_sample(16)], ["site 14 negative"]),  # the repeat counts
        ([a_sample(14, "pending"), a_sample(16, stage="home")], ["site 14 pending", "home 16 negative"]),
        ([a_sample(14, stage="home")], []),  # never across stages
        ([a_sample(21, stage="site")], ["site 14 negative"]),
        ([a_sample(14, kind="serum")], []),
    ],
)
def test_the_planned_test_that_a_sample_is(samples: list[Sample], told: list[str]) -> None:
    assert put_to(samples) == told


def test_a_conversion_and_a_planned_day_of_one_number_are_two_tests() -> None:
    """L10: both are shown as 4, and each has its own sample."""
    tests = [a_test(4)._replace(day=on(4)), a_test(4)._replace(day=on(8)), a_test(14)]
    found = put(in_order(tests), [a_sample(4), a_sample(8)], INSIDE)
    assert [(test.number, test.sampled_on) for test in found.tests] == [(4, on(4)), (4, on(8)), (14, None)]


def test_a_test_of_who_waits_is_asked_first_and_an_absorbed_one_counts_only_from_the_admission() -> None:
    waits = [a_test(0, "single")._replace(proposed=True), a_test(2, "home"), a_test(7, "home")]
    at_home = put(in_order(waits), [a_sample(1), a_sample(2), a_sample(3)], Whereabouts())
    assert [(test.stage, test.sampled_on, test.late) for test in at_home.tests] == [
        ("single", on(1), False),
        ("home", on(2), False),
        ("home", None, False),
    ]
    absorbed = [a_sample(1, stage="single"), a_sample(4, stage="single")]
    inside = put(in_order(CONTACT), absorbed, INSIDE._replace(admitted_on=on(2)))
    assert [test.sampled_on for test in inside.tests if test.result] == [on(4)]
    assert inside.extras == (absorbed[0],)


def test_the_one_test_after_arrival_may_have_been_taken_before_he_was_assessed() -> None:
    """Tested on the day he came, assessed days later: nobody takes a second swab. Named days stay what they are."""
    here = Whereabouts(admitted_on=on(3), here_from=DAY_0)
    single = a_test(3, "single")._replace(proposed=True)
    told = [a_sample(-1), a_sample(1)]
    assert [test.sampled_on for test in put([single], told, here).tests] == [on(1)]
    assert [test.late for test in put([single], told, here).tests] == [False]
    assert [test.sampled_on for test in put([single._replace(proposed=False)], told, here).tests] == [None]
    assert [test.sampled_on for test in put([single], told, here._replace(here_from=None)).tests] == [None]


def test_what_nobody_demands_takes_no_sample_from_what_is_demanded() -> None:
    tests = [a_test(1), a_test(2, demanded=False), a_test(7)]
    assert put_to([a_sample(2)], tests) == ["site 1 negative"]
    assert put_to([a_sample(1), a_sample(2)], tests) == ["site 1 negative", "site 2 negative"]


def test_a_missed_test_is_no_longer_anybody_s_and_the_last_one_never_is_missed() -> None:
    tests = put(in_order(CONTACT), [a_sample(1)], INSIDE).tests
    assert [test.number for test in tests if test.missed_by(on(6))] == []
    assert [test.number for test in tests if test.missed_by(on(7))] == [4]
    assert [test.number for test in tests if test.missed_by(on(60))] == [4, 7, 16]
    pending = put(in_order(CONTACT), [a_sample(4, "pending")], INSIDE).tests
    assert [test.number for test in pending if test.missed_by(on(7))] == [1]  # the result of day 4 is still to come
    settled = put(in_order(CONTACT), [a_sample(4, "indeterminate"), a_sample(7)], INSIDE).tests
    assert [test.number for test in settled if test.missed_by(on(7))] == [1, 4]


def outs(*samples: Sample) -> Iterator[str | None]:
    return (each.result for each in unsettled(samples))


@pytest.mark.parametrize(
    ("samples", "out"),
    [
        ([a_sample(1, "pending")], ["pending"]),
        ([a_sample(1, "indeterminate"), a_sample(2, "pending")], ["indeterminate", "pending"]),
        ([a_sample(1, "indeterminate"), a_sample(2)], []),
        ([a_sample(2), a_sample(1, "invalid")], []),
        ([a_sample(2, "invalid"), a_sample(1)], ["invalid"]),
        ([a_sample(1, "invalid"), a_sample(1)], []),
        ([a_sample(1), a_sample(1, "invalid")], ["invalid"]),
        ([a_sample(1, "pending"), a_sample(2, kind="serum")], ["pending"]),
        ([replace(a_sample(1, "pending"), sampled_on=None), a_sample(2)], ["pending"]),
        ([replace(a_sample(1, "pending"), sampled_on=None), replace(a_sample(1), sampled_on=None)], []),
        ([Sample()], []),
        ([Sample(sampled_on=on(1))], [None]),
    ],
)
def test_an_open_result_is_settled_by_its_own_or_by_a_later_sample(samples: list[Sample], out: list[str]) -> None:
    assert list(outs(*samples)) == out


def test_the_test_after_arrival_is_a_sample_like_the_others() -> None:
    first = ArrivalPcr(sampled_on=on(1), result="pending")
    facts = Facts(arrival_pcr=first, tests=(a_sample(1, "pending"), a_sample(2)))
    assert [(each.stage, each.sampled_on) for each in samples_of(facts)] == [("single", on(1)), (None, on(2))]
    assert open_results(facts) == ()
    assert len(open_results(Facts(arrival_pcr=first))) == 1
    assert all(one is not other for one, other in pairwise(samples_of(facts)))
