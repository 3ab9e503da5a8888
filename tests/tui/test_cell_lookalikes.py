"""Cells that look like those of the lists and are not the same: each is read right, or stays unknown with a note.

Each table walks one clause of rule 6 of the door: symptoms, results, codes, ticked options, dates.
"""

from datetime import date

import pytest

from dutyboard.tui.sheets import values
from dutyboard.tui.sheets.dates import Moment, Reckoning, read_date
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.symptoms import read_symptoms

UNREAD = "value_unread"
PART = "partly_read"
STAR = "card_star"


@pytest.mark.parametrize(
    ("written", "said", "degrees", "note"),
    [
        # a mark behind a sign
        ("咳嗽(-)", "none", None, ""),
        ("咳嗽（－）", "none", None, ""),
        ("发热(-)咳嗽(-)", "none", None, ""),
        ("发热-", "none", None, ""),
        ("咳嗽：无", "none", None, ""),
        ("发热：无；咳嗽：无", "none", None, ""),
        ("发热无", "none", None, ""),
        ("发热（+）", "present", None, ""),
        ("咳嗽+", "present", None, ""),
        ("发热:否 咳嗽:是", "present", None, ""),
        ("发热-咳嗽", "present", None, ""),
        ("乏力±", "present", None, PART),
        # denials in other words
        ("否认发热、咳嗽", "none", None, ""),
        ("均无", "none", None, ""),
        ("都没", "none", None, ""),
        ("冇", "none", None, ""),
        ("一切良好", "none", None, ""),
        ("未诉不适", "none", None, ""),
        ("体征平稳", "none", None, ""),
        ("以上皆无", "none", None, ""),
        ("否/无", "none", None, ""),
        # temperatures, and bounds of temperatures that nobody measured
        ("T37.3", "present", 37.3, ""),
        ("T36.5℃，无不适", "none", 36.5, ""),
        ("腋温36.5", "none", 36.5, ""),
        ("上午36.5下午37.8", "present", 37.8, ""),
        ("<37.3", "none", None, ""),
        ("体温低于37.3℃", "none", None, ""),
        ("37.3以下", "none", None, ""),
        ("体温未超过37.3", "none", None, ""),
        ("≥37.3", "present", None, ""),
        ("体温偏高", "present", None, ""),
        ("38℃5", "present", 38.5, ""),
        ("发热45度", "present", None, PART),
        ("365", None, None, UNREAD),
        # a sign that is past, or not sure: it counts, and is noted
        ("已退烧", "present", None, PART),
        ("昨日发热今正常", "present", None, PART),
        ("发热？", "present", None, PART),
        ("疑似发热", "present", None, PART),
        # answers that nobody has chosen
        ("是/否", None, None, UNREAD),
        ("有/无", None, None, UNREAD),
        ("是、否", None, None, UNREAD),
        # words of something else
        ("无症状感染者", None, None, UNREAD),
        ("阴性", None, None, UNREAD),
        ("慢性咽炎", None, None, UNREAD),
    ],
)
def test_symptoms(written: str, said: str | None, degrees: float | None, note: str) -> None:
    read = read_symptoms(written)
    assert (read.value, read.notes) == ((said, degrees), (note,) if note else ())


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("发热□是☑否", "none"),
        ("发热：□是 ☑否", "none"),
        ("有( ) 无(√)", "none"),
        ("有（√）无（ ）", "present"),
        ("[√]有 [ ]无", "present"),
        ("□发热 □咳嗽 ☑无", "none"),
        ("☑发热 ☑咳嗽 □腹泻", "present"),
        ("□发热 □咳嗽 □无", None),
        ("有□ 无□", None),
        ("是√否", None),
        ("是 否√", None),
        ("☑有 ☑无", None),
    ],
)
def test_options_count_only_where_a_tick_tells_which(written: str, said: str | None) -> None:
    read = read_symptoms(written)
    assert (read.value[0], read.notes) == (said, () if said else (UNREAD,))


@pytest.mark.parametrize("written", ["□阴性", "□绿码", "□密接", "□男 □女", "男√女"])
def test_an_option_without_a_tick_is_no_answer(written: str) -> None:
    for reader in (values.read_result, values.read_health_code, values.read_category, values.read_sex):
        assert reader(written).notes == (UNREAD,), reader


def test_a_mouth_is_no_box() -> None:
    assert values.read_examined("口腔拭子").value == "pcr"
    assert values.read_result("口□阴性").value is None


@pytest.mark.parametrize(
    ("written", "said", "note"),
    [
        ("－", None, ""),
        ("negative(-)", "negative", ""),
        ("阴性/阴性", "negative", ""),
        ("阴性×2", "negative", ""),
        ("48h阴性", "negative", ""),
        ("未检测到", "negative", ""),
        ("POS(+)", "positive", ""),
        ("未出", "pending", ""),
        ("还没出", "pending", ""),
        ("±", "indeterminate", ""),
        ("+/-", "indeterminate", PART),
        ("阴/阳", "indeterminate", PART),
        ("已转阴", "indeterminate", PART),
        ("阴性?", "negative", PART),
        ("阴性(已过期)", "negative", PART),
        # a word with two meanings is none
        ("N", None, UNREAD),
        ("P", None, UNREAD),
        ("未检测出", None, UNREAD),
        ("有", None, UNREAD),
        ("合格", None, UNREAD),
        ("抗原阴性", None, UNREAD),
        ("核酸阴性、抗体阴性", None, UNREAD),
    ],
)
def test_results(written: str, said: str | None, note: str) -> None:
    read = values.read_result(written)
    assert (read.value.said if read.value else None, read.notes) == (said, (note,) if note else ())


@pytest.mark.parametrize(
    ("written", "colour", "note"),
    [
        ("湖南省居民健康码绿码", "green", ""),
        ("绿转黄", "yellow", PART),
        ("赋红码", "red", PART),
        ("老人无手机", "none", ""),
        ("家属绿码", None, UNREAD),
        ("其子绿码", None, UNREAD),
        ("没有红码", None, UNREAD),
        ("红黄码", None, UNREAD),
        ("省内绿外省黄", None, UNREAD),
        ("灰码", None, UNREAD),
        ("有", None, UNREAD),
    ],
)
def test_health_codes(written: str, colour: str | None, note: str) -> None:
    read = values.read_health_code(written)
    assert (read.value, read.notes) == (colour, (note,) if note else ())


@pytest.mark.parametrize(
    ("written", "colour", "note"),
    [
        ("绿*", "green", STAR),
        ("绿卡（*）", "green", STAR),
        ("绿,广州市*", "green", STAR),
        ("橙卡带星", "orange", STAR),
        ("带*", None, STAR),
        ("*", None, STAR),
        ("广州市*，长沙市", None, STAR),
        ("绿，不带*", "green", ""),
        ("绿卡无星号", "green", ""),
        ("不带*", None, UNREAD),
        ("是", None, UNREAD),
        ("星期一绿", "green", PART),
    ],
)
def test_a_star_on_a_travel_card_is_neither_a_colour_nor_an_answer(written: str, colour: str | None, note: str) -> None:
    """It says that the city has a risk area, not that he was there: the officer is told, and asks."""
    read = values.read_travel_card(written)
    assert (read.value, read.notes) == (colour, (note,) if note else ())


@pytest.mark.parametrize("written", [36.5, "36.5", "36.5 ℃", "３６．５"])
def test_a_temperature_alone_is_one(written: Value) -> None:
    assert read_symptoms(written).value == ("none", 36.5)


@pytest.mark.parametrize(
    ("written", "moment", "notes"),
    [
        # Chinese numerals
        ("二○二一年六月六日", Moment(2021, 6, 6), ()),
        ("五月三十一晚八点", Moment(None, 5, 31, 20), ()),
        ("六月六", Moment(None, 6, 6), ()),
        ("六月初六", None, ("date_unread",)),
        ("农历四月二十", None, ("date_unread",)),
        # hours in words, and hours that do not go with the word
        ("5月31日晚8点半", Moment(None, 5, 31, 20, 30), ()),
        ("6月6日中午12点半", Moment(None, 6, 6, 12, 30), ()),
        ("6月6日下午9点", Moment(None, 6, 6, 21), ()),
        ("6月5日晚12点", Moment(None, 6, 6, 0), ()),
        ("2021-06-06 12:30 AM", Moment(2021, 6, 6, 0, 30), ()),
        ("6月5日晚1点", Moment(None, 6, 5), ("time_vague",)),
        ("6月5日半夜2点", Moment(None, 6, 5), ("time_vague",)),
        ("6月6日上午14:00", Moment(None, 6, 6, 14), ("time_vague",)),
        ("昨晚12点", Moment(2021, 6, 7, 0), ("day_relative",)),
        ("昨晚1点", Moment(2021, 6, 6), ("day_relative",)),
        ("昨夜11点", Moment(2021, 6, 6, 23), ("day_relative",)),
        ("前天", Moment(2021, 6, 5), ("day_relative",)),
        ("当天", None, ("date_unread",)),
        ("3天前", None, ("date_unread",)),
        # signs and words around a day
        ("6月8日到", Moment(None, 6, 8), ()),
        ("于6月8日抵达", Moment(None, 6, 8), ()),
        ("2021·6·6", Moment(2021, 6, 6), ()),
        ("2021 06 06", Moment(2021, 6, 6), ()),
        ("'2021-06-06", Moment(2021, 6, 6), ()),
        ("2021-06-06，", Moment(2021, 6, 6), ()),
        ("2021-06-06T00:30:00+00", Moment(2021, 6, 6, 8, 30), ()),
        ("6/6-6/7", Moment(None, 6, 7), ("range_end",)),
        ("2021.6.6-2021.6.7", Moment(2021, 6, 7), ("range_end",)),
        # day and month are never changed about, and nothing is guessed
        ("6/5/21", None, ("date_unread",)),
        ("21/6/5", None, ("date_unread",)),
        ("06/05/2021", None, ("date_unread",)),
        ("210606", None, ("date_unread",)),
        ("5月底", None, ("date_unread",)),
        ("预计6月8日", None, ("date_unread",)),
        ("6月8日前", None, ("date_unread",)),
        ("6月6日、6月7日", None, ("date_unread",)),
        ("6月31日", None, ("date_unread",)),
    ],
)
def test_dates(written: Value, moment: Moment | None, notes: tuple[str, ...]) -> None:
    read = read_date(written, Reckoning(today=date(2021, 6, 7)))
    assert (read.value, read.notes) == (moment, notes)
