"""The facts object: strict reading, three values kept apart, and nothing lost on the way to JSON and back."""

from datetime import date, datetime

import pytest

from dutyboard.rules.law.facts import (
    ArrivalPcr,
    Facts,
    FactsError,
    PcrCert,
    Stay,
    facts_json,
    read_facts,
)
from dutyboard.rules.law.facts import Test as Sample


def test_an_empty_object_knows_nothing_and_says_no_to_nothing() -> None:
    facts = read_facts({})
    assert facts == Facts()
    assert (facts.border, facts.symptoms, facts.pcr, facts.stays, facts.release_cert) == (None,) * 5


def test_no_certificate_and_not_asked_are_two_things() -> None:
    assert read_facts({"pcr": None}).pcr == "none"
    assert read_facts({}).pcr is None
    assert read_facts({"stays": []}).stays == ()
    assert read_facts({}).stays is None


def test_a_date_alone_is_remembered_as_such() -> None:
    facts = read_facts({"arrival_at": "2021-06-07"})
    assert facts.arrival_hour_unknown
    assert facts.arrival_on == date(2021, 6, 7)
    assert not read_facts({"arrival_at": "2021-06-07T00:00"}).arrival_hour_unknown


def test_no_arrival_is_an_answer_and_not_a_missing_one() -> None:
    facts = read_facts({"arrival_at": "none"})
    assert (facts.no_arrival, facts.arrival_at, facts.arrival_hour_unknown) == (True, None, False)
    assert facts_json(facts)["arrival_at"] == "none"
    assert read_facts(facts_json(facts)) == facts
    assert not read_facts({}).no_arrival
    with pytest.raises(FactsError, match="not_a_time"):
        read_facts({"arrival_at": "nowhere"})


def test_without_a_recorded_admission_nobody_is_held_before_he_is_here_and_assessed() -> None:
    arrived = {"arrival_at": "2021-06-07T10:30"}
    assert read_facts(arrived).admission == date(2021, 6, 7)
    assert read_facts({**arrived, "assessed_on": "2021-06-09"}).admission == date(2021, 6, 9)
    assert read_facts({**arrived, "assessed_on": "2021-06-09", "admitted_on": "2021-06-08"}).admission == date(
        2021, 6, 8
    )
    assert read_facts({**arrived, "admitted_on": "2021-06-01"}).admission == date(2021, 6, 7)
    assert read_facts({"assessed_on": "2021-06-09"}).admission == date(2021, 6, 9)
    assert read_facts({}).admission is None


@pytest.mark.parametrize(
    ("value", "code", "path"),
    [
        ({"arival_at": "2021-06-07"}, "unknown_key", "arival_at"),
        ({"arrival_at": "7 June"}, "not_a_time", "arrival_at"),
        ({"arrival_at": "2021-02-30T10:00"}, "not_a_time", "arrival_at"),
        ({"arrival_at": "2021-06-07T10:00+08:00"}, "not_a_time", "arrival_at"),
        ({"admitted_on": "2021-06-07T10:00"}, "not_a_date", "admitted_on"),
        ({"health_code": "purple"}, "not_allowed", "health_code"),
        ({"health_code": None}, "not_allowed", "health_code"),
        ({"health_code": "orange"}, "not_allowed", "health_code"),
        ({"isolation_days_done": -1}, "not_a_whole_number", "isolation_days_done"),
        ({"isolation_days_done": True}, "not_a_whole_number", "isolation_days_done"),
        ({"temp_c": "37.3"}, "not_a_number", "temp_c"),
        ({"macau_rebound": "yes"}, "not_true_or_false", "macau_rebound"),
        ({"stays": {}}, "not_a_list", "stays"),
        ({"stays": [{"category": "low"}, {"category": "very high"}]}, "not_allowed", "stays[1].category"),
        ({"stays": [{"level": "low"}]}, "unknown_key", "stays[0].level"),
        ({"linked": [{"id": 4}]}, "not_text", "linked[0].id"),
        ({"pcr": {"result": "invalid"}}, "not_allowed", "pcr.result"),
        ([], "not_an_object", ""),
    ],
)
def test_what_cannot_be_read_is_named(value: object, code: str, path: str) -> None:
    with pytest.raises(FactsError) as caught:
        read_facts(value)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_a_list_names_the_index() -> None:
    with pytest.raises(FactsError) as caught:
        read_facts({"tests": [{"type": "blood"}]}, "[1]")
    assert caught.value.path == "[1].tests[0].type"


@pytest.mark.parametrize(
    "facts",
    [
        Facts(),
        Facts(arrival_at=datetime.fromisoformat("2021-06-07"), arrival_hour_unknown=True, pcr="none", stays=()),
        Facts(
            arrival_at=datetime.fromisoformat("2021-06-07T10:30"),
            pcr=PcrCert(result="negative", sampled_at=datetime.fromisoformat("2021-06-05T10:29:59")),
            arrival_pcr=ArrivalPcr(sampled_on=date(2021, 6, 7), result="pending"),
            stays=(Stay(place="广州市荔湾区", category="high", left_on=date(2021, 6, 7)), Stay()),
            tests=(
                Sample(type="serum", day=14, result="positive", late=True),
                Sample(stage="home", result="invalid", sampled_on=date(2021, 6, 9), result_on=date(2021, 6, 10)),
            ),
            temp_c=36.5,
        ),
    ],
)
def test_json_gives_back_an_equal_record(facts: Facts) -> None:
    assert read_facts(facts_json(facts)) == facts
