"""Each bound of section three at its last inside value and its first outside one, and what exactly is asked there."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.facts import read_facts
from dutyboard.rules.law.gate import Arranged, gate
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.plan import plan
from tests.rules.fact_sets import notice

NOTICE = notice()
BASE: dict[str, Any] = {
    "arrival_at": "2021-06-07T10:30",
    "border": "none",
    "stays": [],
    "pcr": None,
    "health_code": "green",
    "travel_card": "green",
    "symptoms": "none",
    "arrival_pcr": None,
}
DAY_14, DAY_15 = {"assessed_on": "2021-06-21"}, {"assessed_on": "2021-06-22"}


def stay(category: str, left: str | None = "2021-06-07") -> dict[str, Any]:
    return {"category": category, **({"left_on": left} if left else {})}


def carried(sampled: str) -> dict[str, Any]:
    return {"result": "negative", "sampled_at": sampled}


HIGH, MEDIUM, COUNTY, CITY = (
    {"stays": [stay(category)]} for category in ("high", "medium", "risk_county_other", "risk_city_province_other")
)
OLD_COUNTY = {"stays": [stay("risk_county_other", "2021-05-23")]}
CERTIFIED = {**COUNTY, "release_cert": "yes", "pcr": carried("2021-06-05T10:30")}
ABROAD = {"border": "foreign", "isolation_days_done": 0}
PORT = {"border": "foreign", "isolation_days_done": 14, "isolation_proof": "yes"}
DONE = {"border": "foreign", "isolation_days_done": 21, "isolation_proof": "yes", "pcr": carried("2021-06-04T10:30")}
MACAU = {"border": "macau", "foreign_14d": "no", "pcr": carried("2021-05-31T10:30")}
REBOUND = {**MACAU, "macau_rebound": True}
FOUND_HIGH, FOUND_MEDIUM = {"investigation": "found_high"}, {"investigation": "found_medium"}
YELLOW_CARD = {"travel_card": "yellow"}
ASK = {"symptoms": "unknown"}
EARLY = {"linked": [{"id": "C", "state": "released_early"}]}
POSITIVE = {"arrival_pcr": {"result": "positive"}}


def said(*changes: dict[str, Any], by: Notice | None = None) -> str:
    """The clause and what else applies; or what to hold him to, and every question in order."""
    merged = dict(BASE)
    for each in changes:
        merged.update(each)
    facts = read_facts({key: value for key, value in merged.items() if value != "absent"})
    got = assess(facts, by or NOTICE)
    if got.decision == "refer":
        return " + ".join([f"? {got.provisional}: {' '.join(reason.code for reason in got.reasons)}", *got.also])
    return " + ".join([str(got.clause), *got.also])


ENTRANTS = [("3.3a", ABROAD), ("3.3a", PORT), ("3.3b", DONE)]
ARRIVALS = [
    ("3.4", MACAU),
    ("3.5 + 3.4", REBOUND),
    ("3.5", HIGH),
    ("3.5", FOUND_HIGH),
    ("3.6", MEDIUM),
    ("3.6", FOUND_MEDIUM),
    ("3.7a", CERTIFIED),
    ("3.7b", COUNTY),
    ("3.8b", CITY),
    ("3.8b", OLD_COUNTY),
    ("3.7b + 3.8a", {"stays": [stay("risk_city_province_other"), stay("risk_county_other")]}),
    ("3.6 + 3.8a", {"stays": [stay("risk_city_province_other"), stay("medium")]}),
    ("3.7b", {**COUNTY, "release_cert": "na"}),
]


@pytest.mark.parametrize(("clause", "facts"), ARRIVALS)
def test_the_clauses_for_arrivals_reach_fourteen_days_and_no_further(clause: str, facts: dict[str, Any]) -> None:
    assert said(facts) == said(facts, DAY_14) == clause
    assert said(facts, DAY_15) == "? 3.8b: arrived_long_ago"


@pytest.mark.parametrize(("clause", "facts"), ENTRANTS)
def test_an_entrant_comes_under_the_third_paragraph_whenever_he_came(clause: str, facts: dict[str, Any]) -> None:
    assert said(facts) == said(facts, DAY_15) == clause
    assert said(facts, {"arrival_at": "absent"}) == "? ask: arrival_unknown"


ENTRANTS_ASKED = [
    ("3.3a: border_unknown", {"border": "unknown"}),
    ("3.3a: isolation_days_unknown", {"border": "hongkong"}),
    ("3.3a: isolation_part_done", {**ABROAD, "isolation_days_done": 1}),
    ("3.3a: isolation_part_done", {**PORT, "isolation_days_done": 15}),
    ("3.3a: isolation_part_done", {**DONE, "isolation_days_done": 20}),
    ("3.3a: isolation_unproved", {**PORT, "isolation_proof": "no"}),
    ("3.3a: released_abroad_unproved", {**DONE, "isolation_proof": "no"}),
    ("3.3a: released_abroad_unproved", {**DONE, "pcr": carried("2021-06-04T10:29")}),
]


@pytest.mark.parametrize(("answer", "facts"), ENTRANTS_ASKED)
def test_each_question_about_an_entrant_is_asked_whenever_he_came(answer: str, facts: dict[str, Any]) -> None:
    assert said(facts) == said(facts, DAY_15) == f"? {answer}"


def test_an_entrant_from_macau_is_asked_about_other_stays_whenever_he_came() -> None:
    unknown = {**MACAU, "foreign_14d": "unknown"}
    assert said(unknown) == said(unknown, DAY_14) == "? 3.3a: macau_foreign_unknown"
    assert said(unknown, DAY_15) == "? 3.3a: macau_foreign_unknown arrived_long_ago"


QUESTIONS = [
    ("site + PCR: macau_without_certificate", {**MACAU, "pcr": carried("2021-05-31T10:29")}),
    ("3.7b: stays_unknown", {"stays": "absent"}),
    ("3.7b: stay_of_unknown_level", {"stays": [stay("unknown")]}),
    ("3.7b: old_high_stay", {"stays": [stay("high", "2021-05-23")]}),
    ("3.7b: old_medium_stay", {"stays": [stay("medium", "2021-05-23")]}),
    ("3.7b: stay_undated", {"stays": [stay("high", None)]}),
    ("3.7b: stay_undated", {"stays": [stay("medium", None)]}),
    ("3.7b: stay_undated", {"stays": [stay("risk_county_other", None)]}),
    ("3.7b: release_cert_without_pcr", {**CERTIFIED, "pcr": carried("2021-06-05T10:29")}),
]


@pytest.mark.parametrize(("answer", "facts"), QUESTIONS)
def test_each_question_is_asked_alone_and_only_of_fresh_arrivals(answer: str, facts: dict[str, Any]) -> None:
    assert said(facts) == said(facts, DAY_14) == f"? {answer}"
    assert said(facts, DAY_15) == "? 3.8b: arrived_long_ago"


DAY_ALONE = {"arrival_at": "2021-06-07"}
CERTIFICATES = [
    (72, DONE, "3.3b", "3.3a: arrival_hour_unknown", "3.3a: released_abroad_unproved"),
    (168, MACAU, "3.4", "3.3a: arrival_hour_unknown", "site + PCR: macau_without_certificate"),
    (48, CERTIFIED, "3.7a", "3.7b: arrival_hour_unknown", "3.7b: release_cert_without_pcr"),
]
"""The hours of a certificate and who holds it, with what is said of a valid one, a doubtful one and an old one."""


def aged(hours: int, minutes: int = 0) -> dict[str, Any]:
    """A certificate that was so old at 00:00 of the day of arrival."""
    sampled = datetime.fromisoformat("2021-06-07T00:00") - timedelta(hours=hours, minutes=minutes)
    return {"pcr": carried(sampled.isoformat(timespec="minutes"))}


@pytest.mark.parametrize(("hours", "holder", "valid", "doubtful", "old"), CERTIFICATES)
def test_the_hour_of_arrival_is_asked_only_where_the_certificate_turns_on_it(
    hours: int, holder: dict[str, Any], valid: str, doubtful: str, old: str
) -> None:
    ages = (hours - 24, 0), (hours - 24, 1), (hours, 0), (hours, 1)
    answers = [valid, f"? {doubtful}", f"? {doubtful}", f"? {old}"]
    for day in ({}, DAY_14):
        assert [said(holder, DAY_ALONE, aged(*age), day) for age in ages] == answers
    late = answers if holder is DONE else ["? 3.8b: arrived_long_ago"] * 4
    assert [said(holder, DAY_ALONE, aged(*age), DAY_15) for age in ages] == late


def test_a_certificate_counted_to_the_assessment_is_old_unless_it_is_surely_valid() -> None:
    settings = replace(NOTICE.section_three.settings, certificate_counts_to="assessment")
    other = replace(NOTICE, section_three=replace(NOTICE.section_three, settings=settings))
    for hours, holder, valid, _, old in CERTIFICATES:
        ages = (hours - 24, 0), (hours - 24, 1), (hours, 0), (hours, 1)
        for arrival in ({}, DAY_ALONE):
            today = {**arrival, "assessed_on": "2021-06-07"}
            assert [said(holder, today, aged(*age), by=other) for age in ages] == [valid, *[f"? {old}"] * 3]


@pytest.mark.parametrize(
    ("answer", "facts"),
    [
        ("none", {}),
        ("none", {"stays": [stay("low")]}),
        ("3.11b", YELLOW_CARD),
        ("3.11b + 3.8b", {**YELLOW_CARD, **CITY}),
        ("3.10", {"health_code": "yellow", "travel_card": "yellow"}),
        ("3.9", {"health_code": "yellow", "travel_card": "red"}),
        ("3.9", {"travel_card": "red"}),
        ("3.5 + 3.11a", {**YELLOW_CARD, **HIGH}),
        ("3.5 + 3.11a", {**YELLOW_CARD, **FOUND_HIGH}),
        ("3.5 + 3.10", {"health_code": "yellow", "travel_card": "yellow", **HIGH}),
        ("3.5 + 3.10", {"health_code": "yellow", "travel_card": "yellow", **FOUND_HIGH}),
        ("3.2a + 3.8b", {"contact": "close", **CITY}),
        ("? 3.2a: contact_ungraded", {"contact": "unknown"}),
        ("? 3.2b: linked_contact_unknown", {"contact": "secondary", "linked": [{"id": "C"}]}),
        (
            "? 3.2b: linked_contact_released_early",
            {"contact": "secondary", **EARLY},
        ),
        (
            "? hospital: positive_after_discharge + 3.1",
            {"case_status": "discharged", **POSITIVE},
        ),
        ("3.1", POSITIVE),
        ("? ask: symptoms_unknown", {**CITY, **ASK}),
        ("? ask: symptoms_unknown", {**OLD_COUNTY, **ASK}),
        ("3.11b", {**YELLOW_CARD, **CITY, **ASK}),
        ("3.4", {**MACAU, **ASK}),
        ("? ask: symptoms_unknown + 3.4", {**MACAU, **CITY, **ASK}),
        ("? ask: symptoms_unknown + 3.4", {**MACAU, **OLD_COUNTY, **ASK}),
        ("3.9", {"health_code": "red", "linked": []}),
        ("? 3.8b: arrived_long_ago + 3.11b", {**YELLOW_CARD, **CITY, **DAY_15, "symptoms": "unknown"}),
        ("3.2a", {"contact": "close", **EARLY}),
        ("3.11b", {**YELLOW_CARD, **DAY_15}),
        ("3.3a", {**PORT, **DAY_ALONE, **aged(160), "border": "taiwan", "foreign_14d": "no"}),
    ],
)
def test_what_applies_and_what_is_asked(answer: str, facts: dict[str, Any]) -> None:
    assert said(facts) == answer


def test_the_single_sample_is_planned_for_the_day_of_arrival() -> None:
    for facts in (MACAU, CERTIFIED, COUNTY, CITY, YELLOW_CARD):
        got = assess(read_facts({**BASE, **facts}), NOTICE)
        assert [(test.number, test.day) for test in plan(got).tests] == [(0, got.facts.admission)]


@pytest.mark.parametrize("facts", [MACAU, CITY])
def test_green_codes_and_a_negative_result_let_him_go(facts: dict[str, Any]) -> None:
    tested = {"arrival_pcr": {"sampled_on": "2021-06-07", "result": "negative", "result_on": "2021-06-08"}}
    got = assess(read_facts({**BASE, **facts, **tested}), NOTICE)
    arranged = Arranged(home_cadres=False, vehicle=False)
    assert gate(got, plan(got), "single", got.facts.arrival_at.date(), arranged).blockers == ()


def test_settings_of_the_conversion_and_the_samples() -> None:
    settings = NOTICE.section_three.settings
    assert (settings.secondary_least_days, settings.hours_between_samples) == (7, 24)
    assert NOTICE.section_three.branch("3.2a converted").site.on_conversion == 1
    assert NOTICE.section_three.branch("3.2b").site.usual_days == 14


def test_a_secondary_contact_stays_until_his_own_day_seven() -> None:
    linked = [{"id": "C1", "state": "released", "released_on": "2021-06-09"}]
    got = assess(read_facts({**BASE, "contact": "secondary", "linked": linked}), NOTICE)
    assert got.dates.site_last is not None and got.dates.site_last.isoformat() == "2021-06-14"
    assert [(test.type, test.day.day) for test in plan(got).tests][-1] == ("serum", 14)


def test_a_converted_contact_is_moved_in_a_closed_loop() -> None:
    linked = [{"id": "C1", "state": "positive"}]
    assert assess(read_facts({**BASE, "contact": "secondary", "linked": linked}), NOTICE).closed_loop == "yes"


def test_home_samples_of_an_entrant_who_is_done_elsewhere() -> None:
    got = assess(read_facts({**BASE, **DONE}), NOTICE)
    assert [test.day.isoformat() for test in plan(got).tests] == ["2021-06-09", "2021-06-14"]


def test_a_discharge_before_the_admission_is_flagged_and_a_contact_s_is_not() -> None:
    early = {"discharged_on": "2021-06-05"}
    assert assess(read_facts({**BASE, "case_status": "discharged", **early}), NOTICE).flags == ("O4",)
    assert assess(read_facts({**BASE, "case_status": "confirmed", **early}), NOTICE).flags == ()
