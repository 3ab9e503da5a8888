"""The lines proposed for a screening report, by origin: a place counts by the areas listed on the day of the report."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from dutyboard.rules.duties.post.figures import screening_counts
from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.law.facts import Facts, Stay
from dutyboard.rules.records.codes import FoundBy
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import Area, Officer, Person, Unit
from tests.rules.desks import DAY, act, desk, notice, site, t

NOON = t("12:00")
ORIGINS = ("abroad", "sanfei", "province_named", "province_risk", "province_other", "risk_elsewhere", "other")
RISEN = Area(id=1, code="440305", name="广东省深圳市南山区", level="medium", starts=date(2021, 6, 7))
FAR = Area(id=2, code="530181", name="云南省昆明市安宁市", level="medium", starts=date(2021, 6, 1))


def counts(facts: Facts, day: date = DAY) -> Mapping[str, int]:
    person = Person(id=1, name="甲", unit_id=1, facts=facts, registered_at=t("01:00"))
    unit = Unit(id=1, name="蓝田街道", kind="street", registered_at=t("00:00"))
    return screening_counts(desk(unit, RISEN, FAR, person), 1, day, NOON)


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (Facts(border="foreign"), "abroad"),
        (Facts(sanfei="yes"), "sanfei"),
        (Facts(stays=(Stay(place="广东省佛山市禅城区", code="440604", left_on=DAY),)), "province_named"),
        (Facts(stays=(Stay(place="广东省深圳市南山区", code="440305", left_on=DAY),)), "province_risk"),
        (Facts(stays=(Stay(place="广东省东莞市虎门镇", code="441900", left_on=DAY),)), "province_other"),
        (Facts(stays=(Stay(place="云南省昆明市安宁市", code="530181", left_on=DAY),)), "risk_elsewhere"),
        (Facts(stays=(Stay(place="四川省成都市武侯区", code="510107", left_on=DAY),)), "other"),
        (Facts(), "other"),
    ],
)
def test_everybody_stands_in_one_line(facts: Facts, line: str) -> None:
    found = counts(facts)
    assert {name: found[name] for name in ORIGINS if found[name]} == {line: 1}
    assert (found["total"], found["new"], found["pending"], found["unassigned"]) == (1, 1, 1, 1)


@pytest.mark.parametrize("way", get_args(FoundBy))
def test_everybody_is_counted_by_how_he_was_found_and_not_said_is_a_line(way: FoundBy) -> None:
    unit = Unit(id=1, name="蓝田街道", kind="street", registered_at=t("00:00"))
    person = Person(id=1, name="甲", unit_id=1, facts=Facts(), registered_at=t("01:00"), found_by=way)
    stated = report_figures(desk(unit, person), "screening", Subject("unit", 1), DAY, NOON)
    found = {name: value for name, value in stated.items() if name.startswith("found_")}
    assert {name: value for name, value in found.items() if value} == {f"found_{way or 'not_said'}": 1}
    assert len(found) == len(get_args(FoundBy))


def test_who_was_written_down_later_is_not_in_the_report_of_the_day_before() -> None:
    assert counts(Facts(border="foreign"), date(2021, 6, 6))["total"] == 0


def test_a_report_states_the_figures_of_its_notice_in_their_order() -> None:
    unit = Unit(id=1, name="蓝田街道", kind="street", registered_at=t("00:00"))
    member = Officer(id=9, name="组员", unit_id=1, phone="19900000001")
    person = Person(
        id=1, name="甲", unit_id=1, facts=Facts(), registered_at=t("01:00"), stage="site", site_id=1, admitted_on=DAY
    )
    snapshot = desk(unit, member, person, site())
    patrol = Discharge(obligation=f"patrol-1/site-1/{DAY}", abnormal=True, text="门锁坏")
    snapshot = act(snapshot, patrol, t("08:00"))
    of_site = report_figures(snapshot, "site", Subject("site", 1), DAY, NOON)
    assert list(of_site) == list(notice().daily.site_report.figures)
    assert {name: of_site[name] for name in ("rooms", "occupied", "new", "abnormal")} == {
        "rooms": 10,
        "occupied": 1,
        "new": 1,
        "abnormal": 1,
    }
    of_roster = report_figures(snapshot, "roster", Subject("unit", 1), DAY, NOON)
    assert list(of_roster.items()) == [("members", 1), ("without_director", 1), ("directors", 0), ("phones", 1)]
    of_city = report_figures(snapshot, "screening", POST, DAY, NOON)
    assert list(of_city) == list(notice().daily.screening_report.figures)
    assert (of_city["at_site"], of_city["total"]) == (1, 1)


def test_a_notice_that_asks_fewer_figures_gets_fewer() -> None:
    snapshot = desk(site())
    daily = replace(notice().daily, site_report=replace(notice().daily.site_report, figures=("abnormal", "rooms")))
    shorter = replace(snapshot, notices_known={notice().id: replace(notice(), daily=daily)})
    assert list(report_figures(shorter, "site", Subject("site", 1), DAY, NOON).items()) == [
        ("abnormal", 0),
        ("rooms", 10),
    ]
    assert list(report_figures(snapshot, "site", Subject("site", 1), DAY, NOON)) == list(
        notice().daily.site_report.figures
    )
