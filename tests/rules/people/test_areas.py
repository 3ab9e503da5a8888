"""Categories of stays by a dated list of areas."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.law.facts import NAMED, Stay
from dutyboard.rules.people.areas import AreaList, normalised
from dutyboard.rules.records.model import Area

TODAY = date(2021, 6, 7)


def area(number: int, code: str, name: str, level: str, starts: date, ends: date | None = None) -> Area:
    return Area(id=number, code=code, name=name, level=level, starts=starts, ends=ends)


LISTED = [
    area(1, "440103", "广东省广州市荔湾区白鹤洞街道", "high", date(2021, 6, 5)),
    area(2, "440103", "广东省广州市荔湾区东漖街道", "medium", date(2021, 6, 3)),
    area(3, "440105", "广东省广州市海珠区瑞宝街南洲名苑", "medium", date(2021, 6, 3)),
    area(4, "440111", "广东省广州市白云区", "named", date(2021, 6, 7)),
    area(5, "440604", "广东省佛山市禅城区", "named", date(2021, 6, 7)),
    area(6, "440103", "广东省广州市荔湾区白鹤洞街道", "medium", date(2021, 5, 30), date(2021, 6, 4)),
]
LEFT = date(2021, 6, 6)


@pytest.mark.parametrize(
    ("place", "code", "category", "basis"),
    [
        ("广东省广州市荔湾区白鹤洞街道", "440103", "high", None),
        ("广州荔湾白鹤洞街鹤洞路3号", "440103", "high", None),
        ("荔湾区白鹤洞街道", None, "high", None),
        ("广东省广州市荔湾区东漖街道", "440103", "medium", None),
        ("广州市海珠区瑞宝街南洲名苑", "440105", "medium", None),
        ("广东省广州市海珠区瑞宝街", "440105", "risk_county_other", None),
        ("广东省广州市荔湾区西村街道", "440103", "risk_county_other", None),
        ("广东省广州市荔湾区西村街道", None, "risk_county_other", None),
        ("广州白云区同和街", "440111", "risk_county_other", NAMED),
        ("广东佛山禅城区祖庙街道", "440604", "risk_county_other", NAMED),
        ("广东省深圳市南山区", "440305", "risk_city_province_other", None),
        ("广东省广州市天河区", "440106", "risk_city_province_other", None),
        ("湖北省武汉市武昌区", "420106", "low", None),
        ("湖北省武汉市", "420100", "low", None),  # the county is open, but none of 武汉 is listed
        ("广东省深圳市", "440300", "risk_city_province_other", None),
        ("广东省广州市", "440100", "unknown", None),  # it may have been 荔湾
        ("广东省", "440000", "unknown", None),
        ("老家", None, "unknown", None),
        ("", None, "unknown", None),
    ],
)
def test_categories(place: str, code: str | None, category: str, basis: str | None) -> None:
    judged = AreaList(LISTED).judged(Stay(place=place, code=code, left_on=LEFT), TODAY)
    assert (judged.category, judged.basis) == (category, basis)
    assert (judged.place, judged.code, judged.left_on) == (place, code, LEFT)


@pytest.mark.parametrize(
    ("left_on", "today", "category", "raised"),
    [
        (date(2021, 6, 5), TODAY, "high", False),
        (date(2021, 6, 4), TODAY, "high", True),  # medium when he left
        (date(2021, 5, 20), TODAY, "high", True),  # not listed when he left
        (date(2021, 5, 20), date(2021, 6, 4), "medium", True),  # the list of that day knows nothing of the 5th
        (date(2021, 5, 20), date(2021, 5, 29), "low", False),
        (None, TODAY, "high", False),
    ],
)
def test_the_highest_level_from_leaving_to_today(
    left_on: date | None, today: date, category: str, raised: bool
) -> None:
    stay = Stay(place="广东省广州市荔湾区白鹤洞街道", code="440103", left_on=left_on)
    judged = AreaList(LISTED).judged(stay, today)
    assert (judged.category, judged.level_raised_after_leaving) == (category, raised)


def test_an_area_taken_off_the_list_before_he_left_is_nothing_to_him() -> None:
    gone = AreaList([area(1, "420106", "湖北省武汉市武昌区中南路街道", "high", date(2021, 5, 1), date(2021, 5, 10))])
    stay = Stay(place="湖北省武汉市武昌区中南路街道", code="420106")
    assert gone.judged(Stay(place=stay.place, code=stay.code, left_on=date(2021, 5, 11)), TODAY).category == "low"
    assert gone.judged(Stay(place=stay.place, code=stay.code, left_on=date(2021, 5, 10)), TODAY).category == "high"
    assert gone.judged(stay, TODAY).category == "high"


def test_an_officers_word_is_never_lowered() -> None:
    low = Stay(place="湖北省武汉市武昌区", code="420106", left_on=LEFT, category="medium")
    assert AreaList(LISTED).judged(low, TODAY).category == "medium"
    high = Stay(place="广东省广州市荔湾区白鹤洞街道", code="440103", left_on=LEFT, category="low")
    assert AreaList(LISTED).judged(high, TODAY).category == "high"
    unheard_of = Stay(place="老家", left_on=LEFT, category="low")
    assert AreaList(LISTED).judged(unheard_of, TODAY).category == "low"


def test_spellings_of_one_place() -> None:
    assert normalised("广东省广州市荔湾区白鹤洞街道") == normalised("广东广州荔湾白鹤洞街") == "广东广州荔湾白鹤洞"


ORDER = ["low", "risk_city_province_other", "risk_county_other", "medium", "high"]
PLACES = [
    ("广东省广州市荔湾区白鹤洞街道", "440103"),
    ("广东省广州市荔湾区西村街道", "440103"),
    ("广东省深圳市南山区", "440305"),
    ("湖北省武汉市武昌区", "420106"),
]


@given(st.sets(st.sampled_from(LISTED)), st.sampled_from(LISTED), st.sampled_from(PLACES), st.integers(0, 20))
def test_one_area_more_never_lowers_a_category(
    listed: set[Area], more: Area, place: tuple[str, str], days: int
) -> None:
    stay = Stay(place=place[0], code=place[1], left_on=TODAY - timedelta(days=days))
    before = AreaList(listed).judged(stay, TODAY).category
    after = AreaList({*listed, more}).judged(stay, TODAY).category
    assert ORDER.index(after or "") >= ORDER.index(before or "")
