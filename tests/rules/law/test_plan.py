"""The worked dates of docs/reading.md, section 6, the gate, the links, and a switch of notices."""

from datetime import date
from typing import Any

import pytest

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.contacts import after_positive, after_release
from dutyboard.rules.law.facts import Facts, read_facts
from dutyboard.rules.law.gate import Arranged, gate
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.plan import Plan, plan
from dutyboard.rules.switching import Asked, compare
from tests.rules.fact_sets import notices

NOTICE, NINTH = notices()["lianyuan-2021-07"], notices()["national-9-2022"]
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
HIGH = {"stays": [{"category": "high", "left_on": "2021-06-07"}]}
MEDIUM = {"stays": [{"category": "medium", "left_on": "2021-06-07"}]}
COUNTY = {"stays": [{"category": "risk_county_other", "left_on": "2021-06-07"}], "release_cert": "no"}
CLOSE = {"contact": "close"}
YELLOW = {"health_code": "yellow"}
READY = Arranged(home_cadres=True, vehicle=True)


def facts(*changes: dict[str, Any]) -> Facts:
    merged = dict(BASE)
    for each in changes:
        merged.update(each)
    return read_facts(merged)


def planned(*changes: dict[str, Any], home_from: date | None = None) -> Plan:
    return plan(assess(facts(*changes), NOTICE), home_from)


def samples_of(plan_: Plan) -> list[str]:
    return [f"{each.type} {each.day:%m-%d}{' (p)' if each.proposed else ''}" for each in plan_.tests]


@pytest.mark.parametrize(
    ("changes", "tests", "site", "home"),
    [
        (
            CLOSE,
            [
                *("pcr 06-08", "pcr 06-11", "pcr 06-14", "pcr 06-21", "serum 06-21 (p)"),
                *("pcr 06-23 (p)", "pcr 06-28 (p)"),
            ],
            "06-08..06-21",
            "06-22..06-28",
        ),
        (HIGH, ["pcr 06-08 (p)", "pcr 06-21 (p)", "serum 06-21 (p)"], "06-08..06-21", "06-22..06-28"),
        (MEDIUM, ["pcr 06-08 (p)", "pcr 06-14 (p)"], "06-08..06-14", "06-15..06-21"),
        ({"health_code": "red"}, ["pcr 06-08 (p)", "pcr 06-21 (p)", "serum 06-21 (p)"], "06-08..06-21", "06-22..06-28"),
        ({"health_code": "yellow"}, ["pcr 06-08 (p)", "pcr 06-14 (p)"], "06-08..06-14", "06-15..06-21"),
        (
            {"border": "foreign", "isolation_days_done": 14, "isolation_proof": "yes"},
            ["pcr 06-09 (p)", "pcr 06-14 (p)"],
            "06-08..06-14",
            "06-15..06-21",
        ),
        ({"border": "foreign", "isolation_days_done": 0}, [], "06-08..06-28", "06-29..07-05"),
        (
            {
                "contact": "secondary",
                "linked": [{"id": "C1", "state": "positive", "admitted_on": "2021-06-06", "positive_on": "2021-06-11"}],
            },
            [
                *("pcr 06-08", "pcr 06-11", "pcr 06-14", "pcr 06-21", "serum 06-21 (p)"),
                *("pcr 06-23 (p)", "pcr 06-28 (p)"),
            ],
            "06-08..06-21",
            "06-22..06-28",
        ),
    ],
)
def test_the_worked_dates(changes: dict[str, Any], tests: list[str], site: str, home: str) -> None:
    got = planned(changes)
    assert samples_of(got) == tests
    spans = {each.kind: f"{each.first:%m-%d}..{each.last:%m-%d}" for each in got.stages if each.first and each.last}
    assert (spans["site"], spans["home"]) == (site, home)


def test_a_conversion_adds_one_pcr_on_its_day() -> None:
    linked = [{"id": "C1", "state": "positive", "positive_on": "2021-06-12"}]
    assert "pcr 06-12 (p)" in samples_of(planned({"contact": "secondary", "linked": linked}))


def test_a_late_release_moves_the_home_stage_with_it() -> None:
    home = planned(MEDIUM, home_from=date(2021, 6, 17)).stage("home")
    assert home is not None and (home.first, home.last) == (date(2021, 6, 17), date(2021, 6, 23))


def done(*days: int, result: str = "negative", late: bool = False) -> list[dict[str, Any]]:
    return [
        {"type": "pcr", "day": day, "result": result, "sampled_on": date(2021, 6, 7 + day).isoformat(), "late": late}
        for day in days
    ]


def blockers(changes: dict[str, Any], today: str, arranged: Arranged = READY) -> list[str]:
    result = assess(facts(changes), NOTICE)
    return [each.code for each in gate(result, plan(result), "site", date.fromisoformat(today), arranged).blockers]


def test_the_gate_opens_only_when_all_is_negative_and_the_days_are_full() -> None:
    full = {**MEDIUM, "tests": done(1, 7)}
    assert blockers(full, "2021-06-15") == []
    assert blockers(full, "2021-06-14") == ["day_not_full"]
    assert blockers({**MEDIUM, "tests": done(1)}, "2021-06-15") == ["test_missing"]
    pending = {**MEDIUM, "tests": [*done(1), *done(7, result="pending")]}
    assert "result_pending" in blockers(pending, "2021-06-15")
    unclear = {**MEDIUM, "tests": [*done(1), *done(7, result="invalid")]}
    assert "result_unclear" in blockers(unclear, "2021-06-15")
    late = {**MEDIUM, "tests": [*done(1), *done(7, late=True)]}
    assert blockers(late, "2021-06-15") == ["late_sample"]
    assert "positive" in blockers({**MEDIUM, "tests": done(1, 7, result="positive")}, "2021-06-15")
    assert blockers(full, "2021-06-15", Arranged(home_cadres=False, vehicle=False, room_stopped=True)) == [
        *("no_home_cadre", "no_vehicle", "room_stopped")
    ]
    assert blockers({"health_code": "unknown"}, "2021-06-15")[0] == "referral_open"


def test_an_unchecked_history_keeps_the_gate_shut() -> None:
    tested = {"arrival_pcr": {"sampled_on": "2021-06-07", "result": "negative", "result_on": "2021-06-08"}}
    assert "condition_open" in blockers({**COUNTY, **tested}, "2021-06-09")
    assert blockers({**COUNTY, **tested, "investigation": "clean"}, "2021-06-09") == []


def test_a_full_count_frees_nobody_whose_end_is_still_open() -> None:
    """Yellow code beside a county stay, every test done: the days after the first negative have no beginning yet."""
    tested = {**COUNTY, "health_code": "yellow", "investigation": "clean", "tests": done(1, 7)}
    assert blockers(tested, "2021-06-15") == ["end_unknown"]
    told = [{**each, "result_on": each["sampled_on"]} for each in done(1, 7)]
    assert blockers({**tested, "tests": told}, "2021-06-15") == []
    unknown = {"case_status": "discharged"}
    assert blockers(unknown, "2021-07-15") == ["end_unknown"]


def secondary(*links: str) -> Facts:
    linked = [{"id": each, "state": "quarantined_negative", "admitted_on": "2021-06-06"} for each in links]
    return facts({"contact": "secondary", "linked": linked})


def test_a_positive_result_proposes_all_its_consequences_at_once() -> None:
    people = {"C1": facts(CLOSE), "S1": secondary("C1"), "S2": secondary("C1", "C2"), "S3": secondary("C2")}
    proposals = after_positive("C1", date(2021, 6, 11), people, {"C1": "1-8", "S3": "1-8", "S1": "1-9"}, NOTICE)
    assert [(each.kind, each.person) for each in proposals] == [
        ("transfer_to_hospital", "C1"),
        ("trace_contacts", "C1"),
        ("convert", "S1"),
        ("convert", "S2"),
        ("stop_releases", "S3"),
    ]
    convert = proposals[2]
    assert convert.after is not None and convert.before is not None
    assert (convert.before.clause, convert.after.clause) == ("3.2b", "3.2a")
    assert "pcr 06-21" in samples_of(plan(convert.after))


def test_a_release_releases_the_linked_and_an_open_end_waits() -> None:
    people = {"C1": facts(CLOSE), "S1": secondary("C1"), "S2": secondary("C1", "C2")}
    proposals = after_release("C1", date(2021, 6, 21), people, NOTICE)
    assert [(each.kind, each.person, each.waits_for) for each in proposals] == [
        ("release_linked", "S1", ()),
        ("waits", "S2", ("C2",)),
    ]
    early = after_release("C1", date(2021, 6, 10), people, NOTICE, early=True)
    assert early[0].kind == "ask"


@pytest.mark.parametrize(
    ("changes", "clause", "place", "quarantine", "home", "days"),
    [
        (CLOSE, "9.3", "site", 7, 3, (1, 2, 3, 5, 7)),
        ({"contact": "secondary"}, "9.4", "home", None, 7, (1, 4, 7)),
        ({"border": "foreign"}, "9.5", "site", 7, 3, (1, 2, 3, 5, 7)),
        (HIGH, "9.6", "site", 7, 0, (1, 2, 3, 5, 7)),
        (MEDIUM, "9.7", "home", None, 7, (1, 4, 7)),
        ({"case_status": "discharged", "discharged_on": "2021-06-07"}, "9.2", "home", None, 7, None),
    ],
)
def test_the_engine_carries_another_text(
    changes: dict[str, Any], clause: str, place: str, quarantine: int | None, home: int, days: tuple[int, ...] | None
) -> None:
    got = assess(facts(changes), NINTH)
    assert (got.clause, got.first_place, got.quarantine_days, got.home_days) == (clause, place, quarantine, home)
    if place == "site":
        assert got.pcr_days_text == days
    else:
        assert tuple(test.number for test in plan(got).tests) == (days or ())


def test_a_switch_lists_who_would_change_and_what_it_does_to_rooms() -> None:
    people = [Asked("1", facts(CLOSE), None), Asked("2", facts(MEDIUM), None), Asked("3", facts(), None)]
    switch = compare(NOTICE, NINTH, people, date(2021, 6, 7), 14)
    assert [(each.person, each.before.result.clause, each.after.result.clause) for each in switch.changes] == [
        ("1", "3.2a", "9.3"),
        ("2", "3.6", "9.7"),
    ]
    assert switch.unchanged == 1
    first, last = switch.loads[0], switch.loads[-1]
    assert (first.day, first.rooms_before, first.rooms_after) == (date(2021, 6, 7), 2, 1)
    assert (last.rooms_before, last.rooms_after) == (1, 0)


# ---------------------------------------------------------------- test days of joined clauses

DONE_ABROAD = {
    "border": "foreign",
    "isolation_days_done": 21,
    "isolation_proof": "yes",
    "pcr": {"result": "negative", "sampled_at": "2021-06-06T10:30"},
}
PORT_DONE = {"border": "foreign", "isolation_days_done": 14, "isolation_proof": "yes"}
RED, YELLOW = {"health_code": "red"}, {"health_code": "yellow"}


def second_contact(admitted: str = "2021-06-06") -> dict[str, Any]:
    return {
        "contact": "secondary",
        "linked": [{"id": "C1", "state": "quarantined_negative", "admitted_on": admitted}],
    }


JOINS: list[tuple[list[dict[str, Any]], list[str], str]] = [
    # a clause that leaves its days open: the last day of the joint stage beside the named ones, serum with it (L4)
    (
        [second_contact("2021-06-07"), RED],
        ["site pcr 06-08", "site pcr 06-11", "site pcr 06-14", "site pcr 06-21", "site serum 06-21"],
        "06-29",
    ),
    (
        [second_contact(), YELLOW],
        ["site pcr 06-08", "site pcr 06-11", "site pcr 06-14", "site pcr 06-20", "site serum 06-20"],
        "06-22",
    ),
    # what one clause demands stays demanded beside what the other only suggests (L36)
    ([PORT_DONE, YELLOW], ["site pcr 06-08", "site pcr 06-14"], "06-22"),
    ([PORT_DONE, MEDIUM], ["site pcr 06-08", "site pcr 06-14"], "06-22"),
    # a clause without tests adds no day: the named ones, with serum on the last of them
    (
        [CLOSE, {"border": "foreign", "isolation_days_done": 0}],
        [
            *("site pcr 06-08", "site pcr 06-11", "site pcr 06-14", "site pcr 06-21", "site serum 06-21"),
            *("home pcr 06-30", "home pcr 07-05"),
        ],
        "07-06",
    ),
    # no named day: the first and the last of the joint stage
    ([{"border": "foreign", "isolation_days_done": 0}, YELLOW], ["site pcr 06-08", "site pcr 06-28"], "07-06"),
    ([HIGH, YELLOW], ["site pcr 06-08", "site pcr 06-21", "site serum 06-21"], "06-29"),
    # home tests on the joint stage at home; without a day at home they are taken on the last days at the site (L37)
    ([DONE_ABROAD, YELLOW], ["site pcr 06-08", "site pcr 06-14", "home pcr 06-16", "home pcr 06-21"], "06-22"),
    (
        [DONE_ABROAD, second_contact()],
        [
            *("site pcr 06-08", "site pcr 06-11", "site pcr 06-14", "site pcr 06-19", "site pcr 06-20"),
            "site serum 06-20",
        ],
        "06-21",
    ),
    (
        [DONE_ABROAD, second_contact("2021-06-10"), RED],
        [
            *("site pcr 06-08", "site pcr 06-11", "site pcr 06-14", "site pcr 06-24", "site serum 06-24"),
            *("home pcr 06-26", "home pcr 06-28"),
        ],
        "06-29",
    ),
    (
        [DONE_ABROAD, second_contact("2021-06-13"), RED],
        [
            *("site pcr 06-08", "site pcr 06-11", "site pcr 06-14", "site pcr 06-27", "site serum 06-27"),
            "home pcr 06-28",
        ],
        "06-29",
    ),
]


def demanded(plan_: Plan) -> list[str]:
    return [f"{each.stage} {each.type} {each.day:%m-%d}" for each in plan_.tests if each.demanded]


@pytest.mark.parametrize(("changes", "tests", "free"), JOINS)
def test_the_test_days_of_joined_clauses(changes: list[dict[str, Any]], tests: list[str], free: str) -> None:
    result = assess(facts(*changes), NOTICE)
    assert (demanded(plan(result)), f"{result.dates.free_from:%m-%d}") == (tests, free)


def test_a_result_that_is_out_hides_the_days_at_home_and_no_demanded_day_at_the_site() -> None:
    """Home tests that fall on site days stand while an end is open for a result alone (O10)."""
    out = {"tests": [{"type": "pcr", "day": 1, "result": "pending", "sampled_on": "2021-06-08", "stage": "site"}]}
    (changes, tests, _), shorter = JOINS[8], JOINS[9]
    assert demanded(planned(*changes, out)) == tests
    assert demanded(planned(*shorter[0], out)) == [each for each in shorter[1] if not each.startswith("home")]


def test_who_went_home_has_his_days_there_while_a_result_is_out() -> None:
    """A sample of day 2 at home hides neither that day nor day 7."""
    out = {
        "tests": [*done(1, 4, 7, 14), {"type": "pcr", "result": "pending", "sampled_on": "2021-06-24", "stage": "home"}]
    }
    serum = [{"type": "serum", "result": "negative", "sampled_on": "2021-06-21"}]
    got = planned(CLOSE, {"tests": [*out["tests"], *serum]}, home_from=date(2021, 6, 23))
    assert [(test.day.day, test.result) for test in got.tests if test.stage == "home"] == [(24, "pending"), (29, None)]
    home = got.stage("home")
    assert home is not None and (home.first, home.last) == (date(2021, 6, 23), None)


def test_late_tests_of_the_site_are_taken_inside_until_the_real_move_home() -> None:
    """Moved home on the 25th only: a sample of the 24th is the site's, though the plan has its home days (O45)."""
    late = {"tests": [*done(1, 4, 7), {"type": "pcr", "result": "negative", "sampled_on": "2021-06-24"}]}
    got = planned(CLOSE, late, home_from=date(2021, 6, 25))
    assert [(test.stage, test.day.day, test.late) for test in got.tests if test.sampled_on == date(2021, 6, 24)] == [
        ("site", 21, True)
    ]


def test_days_that_several_clauses_name_are_united_before_the_free_day() -> None:
    """L28: a close contact who also stayed in a medium-risk area, under the second text."""
    dated = {"arrival_at": "2022-07-07T10:30", "stays": [{"category": "medium", "left_on": "2022-07-06"}]}
    result = assess(facts(CLOSE, dated), NINTH)
    got = plan(result)
    assert demanded(got) == [f"site pcr 07-{day:02}" for day in (8, 9, 10, 11, 12, 14)] + ["home pcr 07-17"]
    assert result.dates.free_from == date(2022, 7, 18)


LONG_AT_HOME = {
    "travel_card": "yellow",
    "arrival_pcr": {"sampled_on": "2021-06-19", "result": "negative", "result_on": "2021-06-20"},
}
"""The first negative came in on the 20th: 14 days at home from then on (3.11b)."""
CONVERTED = {
    "contact": "secondary",
    "linked": [{"id": "C1", "state": "positive", "admitted_on": "2021-06-06", "positive_on": "2021-06-11"}],
}


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ([CLOSE, LONG_AT_HOME], ["home pcr 06-23", "home pcr 06-28"]),
        ([CONVERTED, LONG_AT_HOME], ["home pcr 06-23", "home pcr 06-28"]),
        ([DONE_ABROAD, LONG_AT_HOME], ["home pcr 06-09", "home pcr 06-14"]),
    ],
)
def test_a_longer_stage_at_home_keeps_its_days_two_and_seven(changes: list[dict[str, Any]], days: list[str]) -> None:
    result = assess(facts(*changes), NOTICE)
    assert result.dates.free_from == date(2021, 7, 5)
    assert [each for each in demanded(plan(result)) if each.startswith("home")] == days


@pytest.mark.parametrize("told", ["arrival_pcr", "tests"])
@pytest.mark.parametrize(
    "changes",
    [
        {"travel_card": "yellow"},
        {**COUNTY, "investigation": "clean"},
        {**COUNTY, "release_cert": "yes", "pcr": {"result": "negative", "sampled_at": "2021-06-06T10:30"}},
        {"stays": [{"category": "risk_city_province_other", "left_on": "2021-06-07"}]},
    ],
)
def test_who_was_tested_on_arrival_and_assessed_later_is_not_tested_again(changes: dict[str, Any], told: str) -> None:
    sample = {"result": "negative", "sampled_on": "2021-06-07", "result_on": "2021-06-08"}
    given: Any = sample if told == "arrival_pcr" else [{"type": "pcr", **sample}]
    course = planned(changes, {"assessed_on": "2021-06-09", told: given})
    assert [(each.stage, each.result, each.late) for each in course.tests] == [("single", "negative", False)]
    waiting = course.stage("waiting")
    assert waiting is None or waiting.last == waiting.first == date(2021, 6, 9)


@pytest.mark.parametrize(
    ("states", "waits"),
    [
        (["quarantined_negative"], ["C0"]),
        (["released"], []),
        (["released_early"], []),
        (["released", "quarantined_negative"], ["C1"]),
    ],
)
@pytest.mark.parametrize("beside", [{}, {"health_code": "red"}])
def test_no_calendar_frees_a_secondary_contact_before_his_close_contact(
    states: list[str], waits: list[str], beside: dict[str, Any]
) -> None:
    """His days are full and all his results in, but the close contact's last one is not."""
    linked = [
        {"id": f"C{at}", "state": state, "admitted_on": "2021-06-06", "released_on": "2021-06-18"}
        for at, state in enumerate(states)
    ]
    result = assess(facts({"contact": "secondary", "linked": linked}, beside), NOTICE)
    found = gate(result, plan(result), "site", date(2021, 7, 10), READY).blockers
    assert [each.about for each in found if each.code == "waits_for"] == waits


def test_days_at_home_that_a_late_move_began_are_not_lost_to_a_risk_that_came_up_later() -> None:
    """3.10 runs 7 days from the late move; under 3.2b, which came up then, he would have been free before."""
    facts = {"arrival_at": "2021-06-07T10:30", "border": "none", "stays": [], "pcr": None, "travel_card": "green"}
    yellow = read_facts({**facts, "health_code": "yellow", "symptoms": "none", "arrival_pcr": None})
    joined = read_facts(
        {
            **facts,
            "health_code": "yellow",
            "symptoms": "none",
            "arrival_pcr": None,
            "contact": "secondary",
            "linked": [{"id": "C", "state": "quarantined_negative", "admitted_on": "2021-06-05"}],
        }
    )
    moved = date(2021, 6, 17)
    alone, both = (plan(assess(each, NOTICE), moved).stage("done") for each in (yellow, joined))
    assert alone is not None and both is not None
    assert (alone.first, both.first) == (date(2021, 6, 24), date(2021, 6, 24))


@pytest.mark.parametrize(
    ("risk", "moved", "kept", "free"),
    [
        # The worked case of the reading: 3.10 and 3.7b, negative on the 9th. A move on its day moves no end.
        (YELLOW, None, True, date(2021, 6, 24)),
        (YELLOW, date(2021, 6, 15), True, date(2021, 6, 24)),
        # A late move begins the seven days of 3.10, and not the 14 that ran beside its site days.
        (YELLOW, date(2021, 6, 20), True, date(2021, 6, 27)),
        # Nobody knew of the yellow code before he moved: he had waited for 3.7b alone, which counts from the move.
        (YELLOW, date(2021, 6, 15), False, date(2021, 6, 30)),
        ({}, date(2021, 6, 15), False, date(2021, 6, 30)),
    ],
)
def test_the_14_days_of_a_negative_run_beside_counted_site_days(
    risk: dict[str, Any], moved: date | None, kept: bool, free: date
) -> None:
    """Section 4: the days that a negative starts run from it, whoever's plan its sample belongs to."""
    done = plan(assess(facts(COUNTY, CLEARED, risk), NOTICE), moved, kept=kept).stage("done")
    assert done is not None and done.first == free


def test_days_at_home_begin_no_earlier_for_one_more_risk() -> None:
    """3.7b counts a late move as day 0, and so does its join: the tests of 3.3b at home stay on their days."""
    done = {"border": "foreign", "isolation_days_done": 21, "isolation_proof": "yes"}
    fresh = {"pcr": {"result": "negative", "sampled_at": "2021-06-07T08:00"}}
    at_home = []
    for risk in ({}, YELLOW, CLOSE):
        got = plan(assess(facts(COUNTY, CLEARED, done, fresh, risk), NOTICE), date(2021, 6, 25))
        at_home.append([each.day for each in got.tests if each.stage == "home"])
    assert at_home == [[date(2021, 6, 27), date(2021, 7, 2)]] * 3


CLEARED = {
    "arrival_pcr": {"result": "negative", "sampled_on": "2021-06-09", "result_on": "2021-06-09"},
    "investigation": "clean",
}
CURED = {"case_status": "discharged", "discharged_on": "2022-07-21"}
LATE_HIGH = {"arrival_at": "2022-07-07T10:30", "stays": [{"category": "high", "left_on": "2022-07-06"}]}
ABROAD = {"border": "foreign", "isolation_days_done": 0}


@pytest.mark.parametrize(
    ("text", "facts_alone", "risk", "moved", "free"),
    [
        # The 14 days of 3.7b run from the late move, though 3.2b would have kept him at the site until the 25th.
        (
            NOTICE,
            (COUNTY, CLEARED),
            {
                "contact": "secondary",
                "linked": [{"id": "C", "state": "quarantined_negative", "admitted_on": "2021-06-11"}],
            },
            date(2021, 6, 20),
            (date(2021, 7, 5), date(2021, 7, 5)),
        ),
        # The 7 days since a discharge are over; those of the entrant run from the late move.
        (NINTH, (LATE_HIGH, CURED), ABROAD, date(2022, 8, 22), (date(2022, 7, 29), date(2022, 8, 25))),
    ],
)
def test_a_risk_that_comes_up_after_a_late_move_home_shortens_nothing(
    text: Notice, facts_alone: tuple[dict[str, Any], ...], risk: dict[str, Any], moved: date, free: tuple[date, date]
) -> None:
    alone, both = (
        plan(assess(facts(*each), text), moved).stage("done") for each in (facts_alone, (*facts_alone, risk))
    )
    assert alone is not None and both is not None
    assert (alone.first, both.first) == free
