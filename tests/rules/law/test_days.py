"""Days of a joined plan: as the reading counts them, never before anybody was here, and open where one end is open."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.facts import ArrivalPcr, Facts, Linked, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.plan import Plan, plan
from dutyboard.rules.law.result import Result
from dutyboard.rules.law.section_three import PLACES
from tests.rules.fact_sets import DAY, ago, coherent, drawn, notice, notices
from tests.rules.law import oracle_days
from tests.shares import SHARES

SHARE = SHARES["rules"]["totality"]
NOTICE = notice()
ADMITTED = [None, DAY, DAY + timedelta(days=2), DAY + timedelta(days=9)]
NEGATIVES = [
    ArrivalPcr(sampled_on=DAY + timedelta(days=sampled), result="negative", result_on=DAY + timedelta(days=told))
    for sampled, told in ((-6, -5), (0, 1), (3, 4))
]
TAKEN: list[tuple[Sample, ...]] = [
    (),
    (Sample(result="negative", sampled_on=DAY + timedelta(days=1), result_on=DAY + timedelta(days=2)),),
    (Sample(result="negative", sampled_on=ago(3), result_on=ago(2)),),
    (
        Sample(result="pending", sampled_on=DAY + timedelta(days=7)),
        Sample(result="negative", sampled_on=DAY + timedelta(days=8), result_on=DAY + timedelta(days=8)),
    ),
    (Sample(result="indeterminate", sampled_on=DAY + timedelta(days=7)), Sample(type="serum", result="negative")),
]


def person(random: Random) -> Facts:
    """A drawn fact set whose admission, samples and history vary more, so that open ends and joins are met often."""
    facts = drawn(random)
    told: dict[str, Any] = {}
    if random.random() < 0.6:
        told = {
            "admitted_on": random.choice(ADMITTED),
            "arrival_pcr": random.choice([None, "none", *NEGATIVES]),
            "tests": random.choice(TAKEN),
            "investigation": random.choice([None, "clean", "clean", "pending"]),
            "symptoms": "none",
            "temp_c": None,
        }
    return coherent(replace(facts, **told))


def test_the_days_are_those_that_the_reading_counts(ran: Callable[[str], None]) -> None:
    random, compared = Random(5), 0
    for _ in range(SHARE["sets"] // 5):
        got = assess(person(random), NOTICE)
        if got.decision == "refer":
            continue
        expected = oracle_days.joined(got.branches, got.facts)
        dates = got.dates
        said = oracle_days.Days(dates.site_first, dates.site_last, dates.home_first, dates.home_last)
        assert said == (expected or oracle_days.Days()), got.facts
        last = dates.home_last or (dates.site_last if got.home_days == 0 and not got.hold else None)
        assert dates.free_from == (last and last + timedelta(days=1)), got.facts
        compared += expected is not None
    assert compared > SHARE["sets"] // 100
    ran(f"days: {compared} joined plans as the reading counts them")


def test_no_stage_begins_before_anybody_is_here_and_assessed() -> None:
    random = Random(6)
    for _ in range(SHARE["sets"] // 10):
        got = assess(person(random), NOTICE)
        facts = got.facts
        days = [each for each in (got.dates.site_first, got.dates.home_first) if each]
        stages = [each.first for each in plan(got).stages if each.kind in ("site", "home") and each.first]
        for first in (*days, *stages):
            assert facts.arrival_on is None or first >= facts.arrival_on, facts
            if facts.admitted_on is None and facts.assessed_on and "3.5" not in got.branches:
                assert first >= facts.assessed_on, facts
            assert facts.admission is not None or "3.5" in got.branches, facts


CLOSE = {"contact": "close"}
SECONDARY = {
    "contact": "secondary",
    "linked": (Linked(id="C", state="quarantined_negative", admitted_on=DAY + timedelta(days=4)),),
}
ADDED: list[tuple[str, dict[str, Any], Stay | None]] = [
    ("close contact", CLOSE, None),
    ("secondary contact", SECONDARY, None),
    ("red code", {"health_code": "red"}, None),
    ("yellow code", {"health_code": "yellow"}, None),
    ("yellow card", {"travel_card": "yellow"}, None),
    ("red card", {"travel_card": "red"}, None),
    ("from abroad", {"border": "foreign", "isolation_days_done": 0}, None),
    ("high stay", {}, Stay(category="high", left_on=DAY)),
    ("medium stay", {}, Stay(category="medium", left_on=DAY)),
    ("county stay", {"release_cert": "no"}, Stay(category="risk_county_other", left_on=DAY)),
    ("symptom", {"symptoms": "present"}, None),
    ("positive", {"arrival_pcr": ArrivalPcr(sampled_on=DAY, result="positive", result_on=DAY)}, None),
    ("case", {"case_status": "confirmed"}, None),
]
UNSAID: dict[str, tuple[Any, ...]] = {
    "contact": ("none",),
    "health_code": ("green",),
    "travel_card": ("green",),
    "border": ("none",),
    "symptoms": ("none",),
    "case_status": ("none",),
    "release_cert": (None, "na", "no", "unknown"),
    "arrival_pcr": (None, "none"),
    "isolation_days_done": (None, 0),
    "linked": (None, ()),
}
"""The values that an added fact may stand in for: elsewhere it would change what was told, not add to it."""


def with_added(facts: Facts, told: dict[str, Any], stay: Stay | None) -> Facts | None:
    """The facts with one risk more; None: they tell of that risk already, or of its absence in another way."""
    if any(getattr(facts, key) not in UNSAID[key] for key in told):
        return None
    if stay is None:
        return replace(facts, **told)
    return replace(facts, **told, stays=(*facts.stays, stay)) if facts.stays is not None else None


def weakened(before: Result, after: Result) -> str:
    """What an added risk made weaker; empty: nothing."""
    if before.decision == "refer" or after.decision == "refer":
        return ""
    if PLACES.index(after.first_place or "none") < PLACES.index(before.first_place or "none"):
        return "the place"
    # A clause that the text replaces takes its own days with it (3.7b by 3.5 or 3.6).
    replaced = set(before.branches) - set(after.branches)
    if replaced or after.first_place == "hospital":
        return ""
    for name in ("site_last", "home_last", "free_from"):
        old, new = getattr(before.dates, name), getattr(after.dates, name)
        if old is None and new is not None and before.first_place == after.first_place and name == "free_from":
            return f"{name}: it was open"
        if old is not None and new is not None and new < old and not (name == "home_last" and not after.home_days):
            return name
    # While the way home is open, the days of the home tests are too.
    known = after.dates.free_from is not None
    if known and after.first_place == before.first_place and last_test(after) < last_test(before):
        return "the last test"
    return ""


def last_test(result: Result) -> date:
    """The day of the last demanded PCR; the first day of all where none is."""
    return last_pcr(plan(result))


def last_pcr(planned: Plan) -> date:
    """The day of the last demanded PCR of a plan; the first day of all where none is."""
    return max((each.day for each in planned.tests if each.demanded and each.type == "pcr"), default=date.min)


def test_one_more_risk_never_frees_earlier_and_never_weakens_the_place(ran: Callable[[str], None]) -> None:
    random, compared = Random(8), 0
    for _ in range(SHARE["sets"] // 10):
        facts = person(random)
        name, told, stay = random.choice(ADDED)
        riskier = with_added(facts, told, stay)
        if riskier is None or facts.arrival_at is None:
            continue
        before, after = assess(facts, NOTICE), assess(riskier, NOTICE)
        assert not weakened(before, after), (name, weakened(before, after), before.branches, after.branches, facts)
        compared += before.decision != "refer"
    ran(f"days: {compared} people with one risk added")


def with_one_risk_more(random: Random, sets: int) -> Iterator[tuple[str, Result, Result]]:
    """Yield what a notice decides of people without a risk and with it, where place and clauses stay; and the risk."""
    texts = list(notices().values())
    for _ in range(sets):
        facts, text = person(random), random.choice(texts)
        name, told, stay = random.choice(ADDED)
        riskier = with_added(facts, told, stay)
        if riskier is None or facts.arrival_at is None:
            continue
        before, after = assess(facts, text), assess(riskier, text)
        alike = before.first_place == after.first_place and set(before.branches) <= set(after.branches)
        if "refer" not in (before.decision, after.decision) and alike:
            yield name, before, after


def test_one_more_risk_never_frees_earlier_or_tests_less_who_has_moved_home(ran: Callable[[str], None]) -> None:
    """Whenever he really moved, before the end of the site days that the risk brings or after it."""
    random, compared = Random(9), 0
    for name, before, after in with_one_risk_more(random, SHARE["sets"] // 40):
        facts = before.facts
        moved = DAY + timedelta(days=random.randrange(60))
        kept = random.random() < 0.5
        plans = [plan(each, moved, kept=kept) for each in (before, after)]
        was, now = (each.stage("done") for each in plans)
        free, riskier_free = was and was.first, now and now.first
        if riskier_free is not None:
            assert free is not None and free <= riskier_free, (name, moved, before.branches, after.branches, facts)
            old, new = (last_pcr(each) for each in plans)
            assert old <= new, (name, moved, before.branches, after.branches, facts)
        compared += before.first_place in ("site", "home")
    assert compared > SHARE["sets"] // 1000
    ran(f"days: {compared} people moved home with one risk added")


def test_what_is_open_alone_stays_open_beside_anything() -> None:
    """The 14 days of a negative that is not there yet, a history not checked, a discharge or a contact unknown."""
    base = {
        "arrival_at": datetime.fromisoformat("2021-06-07T10:30"),
        "border": "none",
        "stays": (),
        "pcr": "none",
        "health_code": "green",
        "travel_card": "green",
        "symptoms": "none",
        "arrival_pcr": "none",
    }
    county = (Stay(category="risk_county_other", left_on=DAY),)
    open_alone: list[dict[str, Any]] = [
        {"travel_card": "yellow"},
        {"stays": county, "release_cert": "no"},
        {"case_status": "discharged"},
        {"contact": "secondary", "linked": (Linked(id="C", state="quarantined_negative"),)},
        {"contact": "close", "tests": (Sample(result="pending", sampled_on=DAY),)},
    ]
    for told in open_alone:
        facts = Facts(**{**base, **told})
        alone = assess(facts, NOTICE)
        assert alone.dates.free_from is None
        for name, added, stay in ADDED:
            riskier = with_added(facts, added, stay)
            if riskier is None or name in ("symptom", "positive", "case"):
                continue
            got = assess(riskier, NOTICE)
            replaced = not set(alone.branches) <= set(got.branches)  # as the text hands 3.7b over to 3.5
            assert replaced or got.decision == "refer" or got.dates.free_from is None, (told, name)
