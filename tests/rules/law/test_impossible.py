"""Facts that cannot be true: each kind is found with its path, and what is merely unlikely is not."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from dutyboard.rules.law.facts import read_facts
from dutyboard.rules.law.impossible import impossible
from tests.rules.fact_sets import notice

LIMITS = notice().daily.thresholds
WALL = datetime.fromisoformat("2021-06-10T12:00")
ARRIVED = {"arrival_at": "2021-06-07T10:30"}


def found(**told: Any) -> list[tuple[str, str, str]]:
    facts = read_facts({**ARRIVED, **told})
    return [(each.path, each.code, each.field) for each in impossible(facts, WALL, LIMITS)]


@pytest.mark.parametrize(
    ("told", "path", "code", "field"),
    [
        ({"arrival_at": "2021-06-10T12:01"}, "arrival_at", "in_future", "arrival_at"),
        ({"admitted_on": "2021-06-11"}, "admitted_on", "in_future", "admitted_on"),
        ({"assessed_on": "2021-06-11"}, "assessed_on", "in_future", "assessed_on"),
        ({"last_exposure_on": "2021-06-11"}, "last_exposure_on", "in_future", "last_exposure_on"),
        ({"discharged_on": "2021-06-11"}, "discharged_on", "in_future", "discharged_on"),
        (
            {"pcr": {"result": "negative", "sampled_at": "2021-06-10T12:01"}},
            *("pcr.sampled_at", "in_future", "pcr_sampled_at"),
        ),
        (
            {"arrival_pcr": {"sampled_on": "2021-06-11"}},
            *("arrival_pcr.sampled_on", "in_future", "arrival_pcr_sampled_on"),
        ),
        ({"tests": [{"sampled_on": "2021-06-11"}]}, "tests[0].sampled_on", "in_future", "tests"),
        ({"linked": [{"id": "A", "positive_on": "2021-06-11"}]}, "linked[0].positive_on", "in_future", "linked"),
        (
            {"stays": [{"left_on": "2021-06-07"}, {"left_on": "2021-06-08"}]},
            *("stays[1].left_on", "left_after_arrival", "left_on"),
        ),
        (
            {"arrival_pcr": {"sampled_on": "2021-06-08", "result_on": "2021-06-07"}},
            *("arrival_pcr.result_on", "result_before_sample", "arrival_pcr_result_on"),
        ),
        (
            {"tests": [{}, {"sampled_on": "2021-06-08", "result_on": "2021-06-07"}]},
            *("tests[1].result_on", "result_before_sample", "tests"),
        ),
        ({"temp_c": 33.9}, "temp_c", "out_of_range", "temp_c"),
        ({"temp_c": 42.6}, "temp_c", "out_of_range", "temp_c"),
        ({"temp_c": 365}, "temp_c", "out_of_range", "temp_c"),
    ],
)
def test_what_cannot_be_true_is_named(told: dict[str, Any], path: str, code: str, field: str) -> None:
    assert found(**told) == [(path, code, field)]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"arrival_at": "2021-06-10T12:00"},
        {"arrival_at": "none", "stays": [{"left_on": "2021-06-09"}]},
        {"last_exposure_on": "2021-06-10", "discharged_on": "2021-06-10", "temp_c": 34.0},
        {"stays": [{"left_on": "2021-06-07"}], "temp_c": 42.5},
        {"arrival_pcr": {"sampled_on": "2021-06-08", "result_on": "2021-06-08"}},
        {"arrival_pcr": {"sampled_on": "2021-06-01"}},
    ],
)
def test_what_may_be_true_is_left_alone(told: dict[str, Any]) -> None:
    assert found(**told) == []


def test_the_temperatures_are_those_that_the_desk_takes() -> None:
    facts = read_facts({"temp_c": 42.0})
    assert [each.value for each in impossible(facts, WALL, replace(LIMITS, most_c=41.9))] == [42.0]
