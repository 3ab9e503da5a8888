"""Exactly one governing clause or a referral with a reason, for every fact set; and riskier facts never lower it.

The share that runs here is cut from tests/nightly/rules_totality.py, which prints the counts per clause.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random
from typing import Any

import pytest

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.conditions import any_of_all
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.plan import plan
from dutyboard.rules.law.result import Result
from dutyboard.rules.law.section_three import PLACES
from dutyboard.rules.law.spans import Strictness, day, span, strictest
from tests.rules.fact_sets import CHOICES, HIGHER, QUIET, drawn, notice
from tests.shares import SHARES

SHARE = SHARES["rules"]["totality"]
NOTICE = notice()
SECTION = NOTICE.section_three
CLAUSES = {row.clause for row in SECTION.branches if not row.hands_over}


def wrong_with(result: Result) -> str:
    """What a result lacks, or nothing: the promise of section 4, `total`."""
    if result.decision == "refer":
        whole = result.clause is None and result.reasons and result.provisional and result.first_place is None
        return "" if whole else "a referral without its reason or its place"
    if result.clause not in CLAUSES | {"none"} or result.reasons or result.first_place is None:
        return "a decision without its clause or its place"
    if (result.clause == "none") != (not result.branches):
        return "a clause without a row"
    open_rows = {row.name for row in SECTION.branches if any_of_all(row.when, result.facts, SECTION.settings) is None}
    worse = [
        name
        for name in open_rows
        if (row := SECTION.branch(name))
        and not row.hands_over
        # 3.5 counts from the arrival by its text, 3.6 from the admission: found late, 3.6 alone may end later (O4).
        and not (name == "3.6" and "3.5" in result.branches)
        and key_of(result.facts, (name,)) > key_of(result.facts, result.branches)
    ]
    return f"an unknown row that is stricter and asks nothing: {worse}" if worse else ""


def untested(result: Result) -> str:
    """What is wrong with the test days of a plan: one after the free day, a demand lost, or a named day left out."""
    tests = [test for test in plan(result).tests if test.demanded]
    free = result.dates.free_from
    if free is not None and any(test.day >= free for test in tests):
        return "a test after the free day"
    if result.first_place != "site" or result.dates.site_first is None:
        return ""
    at_site = {test.day for test in tests if test.type == "pcr" and test.stage == "site"}
    if len(at_site) < (result.pcr_quarantine or 0):
        return "a demanded PCR lost"
    named = {
        day(each.start, number, SECTION.settings)
        for each in result.spans
        if each.start is not None and each.branch.place == "site"
        for number in each.branch.site.tests.pcr_days
    }
    if not named <= at_site:
        return "a named day left out"
    left_open = any(each.branch.site.tests.pcr_proposed for each in result.spans)
    last = result.dates.site_last
    if left_open and last is not None and max(at_site, default=date.min) < last:
        return "no PCR on the last day of a stage whose days are open"
    serum = [test.day for test in tests if test.type == "serum"]
    return (
        "" if serum == [max(at_site, default=date.min)] * (result.serum or 0) else "the serum is not with the last PCR"
    )


def last_test(result: Result) -> date:
    """The day of the last demanded test; date.min: there is none."""
    return max((test.day for test in plan(result).tests if test.demanded), default=date.min)


def key_of(facts: Facts, rows: tuple[str, ...]) -> Strictness:
    keys = [span(SECTION.branch(name), facts, SECTION).strictness for name in rows]
    bottom = span(SECTION.branch("3.8b"), facts, SECTION).strictness
    return strictest(keys) if keys else (-1, *bottom[1:])


def totality(count: int, seed: int) -> Counter[str]:
    """Draw that many fact sets; return how often each clause governed. Raises AssertionError with the facts."""
    random = Random(seed)
    counts: Counter[str] = Counter()
    for number in range(count):
        facts = drawn(random)
        result = assess(facts, NOTICE)
        problem = wrong_with(result)
        assert not problem, (problem, facts)
        if number % 10 == 0:
            assert not untested(result), (untested(result), facts)
        counts[result.clause or f"refer {result.reasons[0].code}"] += 1
    return counts


def test_every_drawn_fact_set_has_one_clause_or_a_reason(ran: Callable[[str], None]) -> None:
    counts = totality(SHARE["sets"], seed=7)
    ran(f"totality: {counts.total()} drawn fact sets, each with one clause or a reason")
    assert set(counts) >= CLAUSES


@pytest.mark.parametrize("row", SECTION.branches, ids=lambda row: row.name)
def test_each_row_is_met_refused_and_left_open_over_the_facts_it_reads(row: Any) -> None:
    keys = [key for key in row.facts if len(CHOICES[key]) > 1]
    outcomes: Counter[bool | None] = Counter()
    for values in product(*(CHOICES[key] for key in keys)):
        facts = replace(QUIET, **dict(zip(keys, values)))
        outcomes[any_of_all(row.when, facts, SECTION.settings)] += 1
    print(row.name, dict(outcomes))
    assert outcomes[True] and outcomes[False]
    if row.name not in ("3.1 positive",):
        assert outcomes[None]


def decided_key(facts: Facts) -> Strictness | None:
    result = assess(facts, NOTICE)
    return key_of(facts, result.branches) if result.decision != "refer" else None


def held_place(result: Result) -> int:
    """How strictly a referred person is held: by the rows that apply and by the place where he waits for the answer."""
    held = result.provisional or ""
    if held in ("hospital", "fever clinic"):
        return PLACES.index("hospital")
    rows = [*SECTION.of_clause(held), *map(SECTION.branch, result.branches)]
    places = [PLACES.index(row.place) for row in rows if not row.hands_over]
    # "ask" and "site + PCR" keep him where a site would (docs/reading.md, section 5: above every site class).
    return max([*places, PLACES.index("site") if not SECTION.of_clause(held) else 0])


def not_lower(facts: Facts, key: str, low: Any, high: Any) -> None:
    before, after = (assess(replace(facts, **{key: value}), NOTICE) for value in (low, high))
    if before.decision == "refer":
        return
    if after.decision == "refer":
        # A question may open, and it holds him meanwhile at least where he was decided to be; but who arrived more than
        # 14 days ago waits for the answer with one PCR, whatever comes up (O40).
        if after.reasons[0].code == "arrived_long_ago":
            return
        assert held_place(after) >= PLACES.index(before.first_place or "none"), (key, low, high, before.clause, facts)
        return
    same_place = before.first_place == after.first_place == "site"
    if same_place and set(before.branches) < set(after.branches) and before.hold == after.hold:
        assert last_test(after) >= last_test(before), (key, low, high, before.clause, after.clause, facts)
    one = key_of(before.facts, before.branches)
    other = key_of(after.facts, after.branches)
    # Place and ends never fall. Counts of tests may: a stricter class that writes no tests replaces one that does. And
    # 14 home days from a result day may end a day after the class that takes them over (docs/reading.md, section 5).
    handed_over = set(before.branches) - set(after.branches)
    parts = 2 if any(SECTION.branch(name).home.after == "negative" for name in handed_over) else 3
    if "3.6" in handed_over and "3.5" in after.branches:
        parts = 1  # found late, 3.5 ends by its text before 3.6 would: it counts from the arrival (O4)
    assert other[:parts] >= one[:parts], (key, low, high, before.clause, after.clause, facts)


def monotone(count: int, seed: int) -> int:
    """Raise one fact of that many drawn fact sets; return how many pairs were compared."""
    random = Random(seed)
    for _ in range(count):
        facts = drawn(random)
        key = random.choice(list(HIGHER))
        values = HIGHER[key]
        at = random.randrange(len(values) - 1)
        not_lower(facts, key, values[at], values[at + 1])
    return count


def test_raising_one_risk_fact_never_lowers_a_decided_result(ran: Callable[[str], None]) -> None:
    ran(f"totality: {monotone(SHARE['pairs'], seed=11)} pairs with one risk raised")


def test_every_pair_of_risk_facts_on_a_quiet_person() -> None:
    for one, other in product(HIGHER, HIGHER):
        if one == other:
            continue
        for value in HIGHER[other]:
            facts = replace(QUIET, **{other: value})
            for low, high in zip(HIGHER[one], HIGHER[one][1:]):
                not_lower(facts, one, low, high)
