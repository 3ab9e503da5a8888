"""The unit that an address names: found behind province, prefecture and county, never invented."""

import pytest

from dutyboard.rules.people.units import unit_of
from dutyboard.rules.records.model import Unit
from tests.rules.desks import t

NAMES = ("金石镇", "蓝田街道", "伏口镇", "石马山镇", "石马镇", "龙塘镇")
UNITS = [Unit(id=number, name=name, kind="town", registered_at=t("00:00")) for number, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize(
    ("address", "unit"),
    [
        ("金石镇新塘村1组", "金石镇"),
        ("湖南省娄底市涟源市金石镇新塘村", "金石镇"),
        ("湖南涟源金石镇", "金石镇"),
        ("涟源市 金石镇 新塘村", "金石镇"),
        ("金石鎮新塘村", "金石镇"),
        ("金石新塘村", "金石镇"),
        ("家住金石镇", "金石镇"),
        ("蓝田办事处河东社区", "蓝田街道"),
        ("蓝田街道办事处河东社区", "蓝田街道"),
        ("伏口", "伏口镇"),
        ("石马山镇某村", "石马山镇"),
        ("石马山某某", "石马山镇"),
        ("新塘村", None),
        ("伏口村3组", None),  # a village of that name may lie in any town
        ("金石路5号", None),
        ("金石乡", None),
        ("广东省潮州市潮安县金石镇", None),
        ("湖南省新化县金石镇", None),
        ("龙塘镇转金石镇", "龙塘镇"),
        ("", None),
    ],
)
def test_units_of_addresses(address: str, unit: str | None) -> None:
    found = unit_of(address, UNITS, ("湖南省", "娄底市", "涟源市"))
    assert (NAMES[found - 1] if found else None) == unit


def test_what_stands_before_a_unit_is_the_home_of_the_desk() -> None:
    home = ("广西壮族自治区", "恩施土家族苗族自治州", "石城县")
    assert unit_of("广西壮族自治区石城县金石镇", UNITS, home) == 1
    assert unit_of("石城金石镇", UNITS, home) == 1
    assert unit_of("湖南省涟源市金石镇", UNITS, home) is None
