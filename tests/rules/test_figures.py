"""The lines proposed for a screening report, by origin: a place counts by the areas listed on the day of the report."""

from datetime import date

import pytest

from dutyboard.rules.duties.post.figures import screening_figures
from dutyboard.rules.law.facts import Facts, Stay
from dutyboard.rules.records.model import Area, Person, Unit
from tests.rules.desks import DAY, desk, t

ORIGINS = ("abroad", "sanfei", "province_named", "province_risk", "province_other", "risk_elsewhere", "other")
RISEN = Area(id=1, code="440305", name="广东省深圳市南山区", level="medium", starts=date(2021, 6, 7))
FAR = Area(id=2, code="530181", name="云南省昆明市安宁市", level="medium", starts=date(2021, 6, 1))


def figures(facts: Facts, day: date = DAY) -> dict[str, int]:
    person = Person(id=1, name="甲", unit_id=1, facts=facts, registered_at=t("01:00"))
    unit = Unit(id=1, name="蓝田街道", kind="street", registered_at=t("00:00"))
    return screening_figures(desk(unit, RISEN, FAR, person), 1, day)


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
    found = figures(facts)
    assert {name: found[name] for name in ORIGINS if found[name]} == {line: 1}
    assert (found["total"], found["new"], found["pending"], found["unassigned"]) == (1, 1, 1, 1)


def test_who_was_written_down_later_is_not_in_the_report_of_the_day_before() -> None:
    assert figures(Facts(border="foreign"), date(2021, 6, 6))["total"] == 0
