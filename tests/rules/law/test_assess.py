"""The worked cases of the notice, and the promises of every result."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dutyboard.rules import law
from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.facts import read_facts
from dutyboard.rules.law.notice import load_notice
from dutyboard.tui.export.result_json import result_json
from dutyboard.tui.text import words

NOTICE = load_notice(
    (Path(law.__file__).parent / "notices" / "lianyuan-2021-07.toml").read_text(encoding="utf-8"), "lianyuan"
)
CASES = json.loads((Path(__file__).parents[1] / "data" / "cases.json").read_text(encoding="utf-8"))["cases"]
SAME = (
    *("clause", "first_place", "closed_loop", "closed_loop_default", "quarantine_days", "home_days"),
    *("pcr_quarantine", "pcr_home", "pcr_single", "serum", "pcr_days_text", "pcr_dates_text", "provisional"),
    "screening_scope",
)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_worked_cases(case: dict[str, Any]) -> None:
    """Compare all that a case fixes, as the `meta` of the cases explains it."""
    expected = case["expected"]
    got = result_json(assess(read_facts(case["facts"]), NOTICE), words("zh"))
    allowed = expected["decision"] if isinstance(expected["decision"], list) else [expected["decision"]]
    assert got["decision"] in allowed
    assert {key: got[key] for key in SAME if key in expected} == {key: expected[key] for key in SAME if key in expected}
    assert set(got["also"]) == set(expected["also"])
    if expected["decision"] == "refer":
        assert got["refer_reason"] and got["refer_reason_zh"]
    if "hold" in expected:
        assert bool(got["hold"]) == bool(expected["hold"])
    assert {key: got["dates"].get(key) for key in expected.get("dates", {})} == expected.get("dates", {})
    assert {key for each in got["ask"] for key in each["facts"]} >= set(expected.get("ask", []))
    assert planned_days(got["plan"], expected.get("plan", {})) == expected.get("plan", {})
    told = {(each["stage"], each["type"], each["on"]): each["result"] for each in got["plan"]["tests"]}
    for want in expected.get("results", []):
        assert told[want["stage"], want["type"], want["on"]] == want["result"]
    kinds = iter([each["kind"] for each in got["plan"]["stages"]])
    assert all(kind in kinds for kind in expected.get("stages", []))


def planned_days(plan: dict[str, Any], asked: dict[str, Any]) -> dict[str, dict[str, list[str]]]:
    """The demanded days of a plan, for the stages and types that are asked."""
    demanded = [each for each in plan["tests"] if each["demanded"]]
    return {
        stage: {
            kind: sorted(each["on"] for each in demanded if (each["stage"], each["type"]) == (stage, kind))
            for kind in types
        }
        for stage, types in asked.items()
    }


def result(**facts: Any) -> dict[str, Any]:
    """A person from nowhere of note, arrived 2021-06-07 10:30, with these facts changed."""
    base: dict[str, Any] = {
        "arrival_at": "2021-06-07T10:30",
        "border": "none",
        "stays": [],
        "pcr": None,
        "health_code": "green",
        "travel_card": "green",
        "symptoms": "none",
        "arrival_pcr": None,
    }
    return result_json(assess(read_facts({**base, **facts}), NOTICE), words("zh"))


HIGH = {"category": "high", "left_on": "2021-06-07"}
MEDIUM = {"category": "medium", "left_on": "2021-06-07"}
COUNTY = {"category": "risk_county_other", "left_on": "2021-06-07"}
CITY = {"category": "risk_city_province_other", "left_on": "2021-06-07"}


def test_history_found_at_the_site_hands_over_and_leaves_no_days_behind() -> None:
    got = result(
        stays=[COUNTY],
        release_cert="no",
        investigation="found_medium",
        arrival_pcr={"sampled_on": "2021-06-07", "result": "negative", "result_on": "2021-06-08"},
    )
    assert (got["clause"], got["also"], got["home_days"], got["pcr_single"]) == ("3.6", ["3.7b"], 7, 0)
    assert got["dates"]["free_from"] == "2021-06-22"


def test_a_level_nobody_knows_is_read_as_high_and_flagged() -> None:
    got = result(stays=[COUNTY], release_cert="no", investigation="found_unknown")
    assert (got["decision"], got["clause"], got["to_confirm"]) == ("decide_flag", "3.5", ["O30"])


def test_stages_are_joined_on_end_dates_never_on_day_counts() -> None:
    got = result(
        stays=[MEDIUM, COUNTY],
        release_cert="yes",
        pcr={"result": "negative", "sampled_at": "2021-06-06T10:30"},
        arrival_pcr={"sampled_on": "2021-06-07", "result": "negative", "result_on": "2021-06-07"},
    )
    assert (got["clause"], got["also"], got["quarantine_days"], got["home_days"]) == ("3.6", ["3.7a"], 7, 7)
    assert got["dates"]["free_from"] == "2021-06-22"


def test_the_rebound_adds_high_risk_and_is_flagged() -> None:
    got = result(
        border="macau",
        foreign_14d="no",
        macau_rebound=True,
        pcr={"result": "negative", "sampled_at": "2021-06-06T10:30"},
    )
    assert (got["decision"], got["clause"], got["also"]) == ("decide_flag", "3.5", ["3.4"])


@pytest.mark.parametrize(
    ("sampled", "clause"),
    [("2021-06-05T10:30", "3.7a"), ("2021-06-05T10:29", None), ("2021-06-07T10:31", None)],
)
def test_48_hours_to_the_minute(sampled: str, clause: str | None) -> None:
    got = result(stays=[COUNTY], release_cert="yes", pcr={"result": "negative", "sampled_at": sampled})
    assert got["clause"] == clause
    if clause is None:
        assert got["provisional"] == "3.7b"


def test_a_date_alone_is_valid_only_if_it_is_still_at_midnight() -> None:
    def clause(sampled: str) -> Any:
        return result(
            arrival_at="2021-06-07",
            stays=[COUNTY],
            release_cert="yes",
            pcr={"result": "negative", "sampled_at": sampled},
        )["clause"]

    assert clause("2021-06-06T00:00") == "3.7a"
    assert clause("2021-06-05T12:00") is None
    assert clause("2021-06-04T23:59") is None


def test_late_admission_moves_every_start_but_that_of_the_high_risk_class() -> None:
    high = result(stays=[HIGH], admitted_on="2021-06-09")
    medium = result(stays=[MEDIUM], admitted_on="2021-06-09")
    assert (high["dates"]["site_last"], medium["dates"]["site_last"]) == ("2021-06-21", "2021-06-16")
    assert high["to_confirm"] == medium["to_confirm"] == ["O4"]


@pytest.mark.parametrize(
    ("facts", "provisional"),
    [
        ({"arrival_at": "2021-06-07", "sanfei": "yes"}, "3.3a"),
        ({"contact": "secondary"}, "3.2b"),
        ({"contact": "secondary", "linked": [{"id": "C1", "state": "released_early"}]}, "3.2b"),
        ({"health_code": "unknown"}, "3.7b"),
        ({"health_code": "yellow", "travel_card": "orange"}, "3.2a"),
        ({"stays": [{"category": "unknown", "left_on": "2021-06-01"}]}, "3.7b"),
        ({"border": "foreign", "isolation_days_done": 15, "isolation_proof": "yes"}, "3.3a"),
        ({"border": "foreign", "isolation_days_done": 13}, "3.3a"),
        ({"border": "macau", "foreign_14d": "no"}, "site + PCR"),
        ({"stays": [CITY], "symptoms": "unknown"}, "ask"),
        ({"symptoms": "unknown"}, "ask"),
        ({"temp_c": 37.3}, "fever clinic"),
        ({"contact": "close", "tests": [{"type": "serum", "day": 14, "result": "positive"}]}, "3.2a"),
        ({"case_status": "discharged", "discharged_on": "2021-06-07", "symptoms": "present"}, "fever clinic"),
    ],
)
def test_where_the_notice_is_silent_it_refers(facts: dict[str, Any], provisional: str) -> None:
    got = result(**facts)
    assert (got["decision"], got["clause"], got["first_place"]) == ("refer", None, None)
    assert got["provisional"] == provisional


def test_what_is_decided_anyway_asks_nothing_more() -> None:
    assert result(health_code="red", travel_card="unknown")["decision"] == "decide"
    assert result(contact="close", health_code="unknown")["clause"] == "3.2a"
    assert result(stays=[HIGH], symptoms="unknown")["decision"] == "decide"
    assert result(temp_c=37.2)["clause"] == "none"


def test_a_converted_secondary_contact_keeps_his_own_count_and_is_flagged() -> None:
    linked = [{"id": "C1", "state": "positive", "admitted_on": "2021-06-06", "positive_on": "2021-06-11"}]
    got = result(contact="secondary", linked=linked)
    assert (got["clause"], got["dates"]["site_last"]) == ("3.2a", "2021-06-21")
    assert "O18" in got["to_confirm"] and "last_exposure_on" in got["would_change"]
    shared = result(contact="secondary", linked=linked, last_exposure_on="2021-06-11")
    assert shared["dates"] == {
        "site_first": "2021-06-12",
        "site_last": "2021-06-25",
        "home_first": "2021-06-26",
        "home_last": "2021-07-02",
        "free_from": "2021-07-03",
    }


@pytest.mark.parametrize(
    ("beside", "days"),
    [
        ({"health_code": "yellow"}, 14),
        ({"health_code": "red"}, 14),
        ({"border": "foreign", "isolation_days_done": 0}, 21),
    ],
)
def test_an_unknown_discharge_keeps_its_number_in_a_join(beside: dict[str, Any], days: int) -> None:
    got = result(case_status="discharged", **beside)
    assert (got["quarantine_days"], got["dates"].get("free_from"), bool(got["hold"])) == (days, None, True)


def test_an_open_end_waits_and_is_never_an_invented_date() -> None:
    got = result(contact="secondary", linked=[{"id": "C1", "state": "quarantined_negative"}])
    assert (got["clause"], got["plan"]["waits_for"], "site_last" in got["dates"]) == ("3.2b", ["C1"], False)


def test_a_result_names_what_would_change_it() -> None:
    assert result(release_cert="unknown", health_code="unknown")["would_change"] == ["health_code"]
    assert date.fromisoformat(result(stays=[HIGH])["dates"]["free_from"]) == date(2021, 6, 29)
