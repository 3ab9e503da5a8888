"""Section two: the people whom the screening covers, and the five counties that it names."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from dutyboard.rules.law.assess import assess, screening_scope
from dutyboard.rules.law.facts import NAMED, Facts, Stay
from tests.rules.fact_sets import notice

GUANGDONG = Stay(place="广东省中山市", code="442000", category="risk_city_province_other", left_on=date(2021, 6, 1))
HUNAN = Stay(place="湖南省长沙市", code="430100", category="low", left_on=date(2021, 6, 1))


def facts(stay: Stay, arrival: str = "2021-06-05T10:00", **more: object) -> Facts:
    known = Facts(border="none", arrival_at=datetime.fromisoformat(arrival), stays=(stay,))
    return replace(known, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stay", "arrival", "covered"),
    [
        (GUANGDONG, "2021-05-07T00:00", True),  # O1: the day that the notice names is covered
        (GUANGDONG, "2021-05-06T23:59", False),
        (HUNAN, "2021-06-05T10:00", False),
        (replace(HUNAN, category="high"), "2021-06-05T10:00", True),
        (replace(HUNAN, category="risk_county_other"), "2021-06-05T10:00", True),
    ],
)
def test_arrivals_from_the_province_and_from_risk_areas_are_screened_from_a_day_on(
    stay: Stay, arrival: str, covered: bool
) -> None:
    assert screening_scope(facts(stay, arrival), notice()) is covered


@pytest.mark.parametrize("border", ["foreign", "hongkong", "taiwan", "macau"])
def test_whoever_enters_the_country_is_screened_wherever_he_stayed(border: str) -> None:
    assert screening_scope(facts(HUNAN, border=border), notice())


@pytest.mark.parametrize(("sanfei", "covered"), [("yes", True), ("unknown", True), ("no", False)])
def test_the_three_illegals_are_screened_wherever_they_stayed(sanfei: str, covered: bool) -> None:
    assert screening_scope(facts(HUNAN, sanfei=sanfei), notice()) is covered


def test_a_county_that_section_two_names_counts_as_one_with_a_risk_area() -> None:
    stay = Stay(place="广东省佛山市禅城区", code="440604", category="risk_county_other", left_on=date(2021, 6, 4))
    for each in (stay, replace(stay, basis=NAMED)):  # O2: named by the notice, or by the list of risk areas
        known = facts(each, health_code="green", travel_card="green", symptoms="none", pcr="none")
        assert assess(known, notice()).clause == "3.7b"
