"""Villages of a unit (二: 全面排查): the last finding and the last stated zero of each, and none that nobody named."""

from datetime import date

import pytest

from dutyboard.rules.duties.post.villages import Village, village_of, villages
from dutyboard.rules.records.commands.post import SendReport
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.desks import DAY, act, desk, person, refused, t, unit

UNIT = Subject("unit", 1)
NEXT = date(2021, 6, 8)


def report(day: date = DAY, **fields: object) -> SendReport:
    given = {"kind": "screening", "subject": UNIT, "day": day, "figures": {"total": 3, "new": 1}, "zero": False}
    return SendReport(**(given | {"reporter": "甲"} | fields))  # type: ignore[arg-type]


def the_desk() -> Snapshot:
    people = (
        person(1, unit_id=1, address="蓝田街道新塘村1组", registered_at=t("10:00", 6)),
        person(2, unit_id=1, address="蓝田街道新塘村9组", registered_at=t("10:00", 7)),
        person(3, unit_id=1, address="蓝田街道向阳社区3栋", registered_at=t("10:00", 5)),
        person(4, unit_id=1, address="", registered_at=t("10:00", 7)),
        person(5, unit_id=2, address="古仙村", registered_at=t("10:00", 7)),
    )
    return desk(unit(1, name="蓝田街道"), unit(2, name="石马山街道"), *people)


@pytest.mark.parametrize(
    ("address", "village"),
    [
        ("蓝田街道新塘村1组", "新塘村"),
        ("湖南省涟源市蓝田街道 向阳社区17组", "向阳社区"),
        ("蓝田街道光明居委会", "光明居委会"),
        ("新塘村1组", "新塘村"),
        ("湖南省娄底市涟源市桥头河镇古仙村", "古仙村"),
        ("蓝田街道人民路8号", ""),
        ("", ""),
    ],
)
def test_the_village_of_an_address(address: str, village: str) -> None:
    assert village_of(address, "蓝田街道") == village


def test_each_village_has_its_last_finding_and_its_last_zero_and_the_longest_unseen_stands_first() -> None:
    snapshot = act(the_desk(), report(zero_villages=("塘湾村", " 向阳社区 ", "塘湾村")), t("16:00"))
    snapshot = act(snapshot, report(NEXT, zero_villages=("向阳社区",)), t("16:00", 8))
    found = villages(snapshot, snapshot.units[1])
    assert found.rows == (
        Village(name="塘湾村", zero_on=DAY),
        Village(name="新塘村", people=2, found_on=DAY),
        Village(name="向阳社区", people=1, found_on=date(2021, 6, 5), zero_on=NEXT),
        Village(name="", people=1, found_on=DAY),
    )
    assert found.zero_on is None


@pytest.mark.parametrize(
    ("fields", "zero_on"),
    [
        ({"figures": {"total": 3, "new": 0}}, DAY),
        ({"figures": {"total": 0, "new": 0}, "zero": True}, DAY),
        ({"figures": {"total": 3}}, None),
    ],
)
def test_the_zero_of_a_unit_is_stated_and_silence_is_none(fields: dict[str, object], zero_on: date | None) -> None:
    snapshot = act(the_desk(), report(**fields), t("16:00"))  # type: ignore[arg-type]
    assert villages(snapshot, snapshot.units[1]).zero_on == zero_on


def test_a_new_revision_states_its_zeros_anew() -> None:
    snapshot = act(the_desk(), report(zero_villages=("塘湾村",)), t("16:00"))
    snapshot = act(snapshot, report(), t("16:30"))
    assert "塘湾村" not in {row.name for row in villages(snapshot, snapshot.units[1]).rows}


def test_only_a_unit_states_the_zeros_of_its_villages() -> None:
    told = report(subject=POST, zero_villages=("塘湾村",))
    assert refused(the_desk(), told, t("16:00")).code == "figures_unknown"
