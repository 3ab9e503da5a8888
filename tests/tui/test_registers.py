"""Registers of rounds on paper, read as sites keep them: long, by halves of a day, and with a column for each day."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.records.commands.sheets import ReadingRow, RoundRow
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.dates import Moment, Reckoning, read_moment
from dutyboard.tui.sheets.kinds.rounds import read_rounds
from dutyboard.tui.sheets.kinds.temperatures import CellReading, read_reading, read_temperatures
from dutyboard.tui.sheets.notes import Intake
from dutyboard.tui.sheets.reader.grids import Cell, Grid, GridRow
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.slots import SlotHeading, kind_told, read_clock, read_slot, slot_heading
from dutyboard.tui.sheets.symptoms import read_symptoms
from dutyboard.tui.sheets.word_lists import is_blank, word_list

Rows = Sequence[Sequence[Any]]
HERE = timezone(timedelta(hours=8))


def cell(at: int, value: object) -> Cell:
    match value:
        case datetime():
            return Cell(at, "time", value.isoformat())
        case date():
            return Cell(at, "day", value.isoformat())
        case int() | float():
            return Cell(at, "number", str(value))
        case _:
            return Cell(at, "text", str(value))


def grid(rows: Rows, name: str = "Sheet1", merges: Any = ()) -> Grid:
    lines = []
    for line, row in enumerate(rows, start=1):
        cells = tuple(cell(at, each) for at, each in enumerate(row, start=1) if each not in (None, ""))
        if cells:
            lines.append(GridRow(line, cells))
    return Grid(name, tuple(lines), merges=merges)


def read(reader: Any, *grids: Grid, file: str = "登记.xlsx", **more: Any) -> Intake[Any]:
    with patch("dutyboard.tui.sheets.tables.read_grids", lambda _: grids):
        found: Intake[Any] = reader(Path(file), **more)
        return found


def temperatures(rows: Rows, **more: Any) -> Intake[ReadingRow]:
    merges = more.pop("merges", ())
    return read(read_temperatures, grid(rows, merges=merges), **more)


def rounds(rows: Rows, **more: Any) -> Intake[RoundRow]:
    return read(read_rounds, grid(rows), **more)


def readings(intake: Intake[ReadingRow]) -> list[tuple[str, str, str, float | None]]:
    return [(each.name or each.room, f"{each.slot.day:%m-%d}", each.slot.slot, each.temp_c) for each in intake.records]


def codes(intake: Intake[Any]) -> list[tuple[int, str]]:
    return [(note.row, note.code) for note in intake.notes]


# ------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("written", "kind", "slot"),
    [
        ("早餐巡查", "", "patrol-1"),
        ("巡查第1次", "", "patrol-1"),
        ("第二次", "patrol", "patrol-2"),
        ("巡查（4）", "", "patrol-4"),
        ("晚", "patrol", "patrol-3"),
        ("下午", "patrol", ""),
        ("上午消毒", "", "disinfection-am"),
        ("消毒（下午）", "", "disinfection-pm"),
        ("晚间测温", "", "temperature-pm"),
        ("第2次", "temperature", "temperature-pm"),
        ("patrol-3", "", "patrol-3"),
        ("消毒", "", "disinfection"),
        ("中午", "temperature", ""),
        ("早", "", ""),
        ("巡查消毒", "", ""),
    ],
)
def test_slots_in_peoples_words(written: str, kind: str, slot: str) -> None:
    assert read_slot(written, kind) == slot


@pytest.mark.parametrize(
    ("written", "heading"),
    [
        ("上午体温", SlotHeading(None, "am")),
        ("早晨体温", SlotHeading(None, "am")),
        ("6月1日早晨", SlotHeading(Moment(None, 6, 1), "am")),
        ("体温（下午）", SlotHeading(None, "pm")),
        ("第二次", SlotHeading(None, "pm")),
        ("体温1", SlotHeading(None, "am")),
        ("6月1日 上午", SlotHeading(Moment(None, 6, 1), "am")),
        ("2021-06-01 晚", SlotHeading(Moment(2021, 6, 1), "pm")),
        ("6月1日", SlotHeading(Moment(None, 6, 1))),
        ("31日晚", SlotHeading(Moment(None, 0, 31), "pm")),
        ("7", SlotHeading(Moment(None, 0, 7))),
        ("32", None),
        ("体温", None),
        ("体温3", None),
        ("姓名", None),
        ("房号1", None),
    ],
)
def test_days_and_halves_as_headings(written: str, heading: SlotHeading | None) -> None:
    assert slot_heading(written) == heading


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("8:30", 510),
        ("晚上8点半", 1230),
        ("24:00", 1440),
        (0.354166667, 510),
        ("上午", None),
        ("6月1日", None),
        (36.5, None),
    ],
)
def test_hours_of_a_day(value: Any, minutes: int | None) -> None:
    assert read_clock(value) == minutes


def test_of_two_kinds_in_a_title_none_is_taken() -> None:
    assert (kind_told(["消毒记录表", "Sheet1"]), kind_told(["巡查消毒记录表"])) == ("disinfection", "")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (36.5, CellReading(36.5)),
        ("36.5℃", CellReading(36.5)),
        ("365", CellReading(36.5)),
        ("37.5/36.8", CellReading(36.8, 37.5)),
        ("37.5（复测36.8）", CellReading(36.8, 37.5)),
        ("38.2 咳嗽", CellReading(38.2, None, "咳嗽")),
        ("36.4正常", CellReading(36.4)),
        ("外出就医", CellReading(absent="外出就医")),
        ("未测", CellReading(unmeasured=True)),
        ("/", CellReading()),
        ("正常", None),
        ("36.5 37.1 37.2", None),
        ("二楼", None),
    ],
)
def test_cells_of_temperatures(value: Any, told: CellReading | None) -> None:
    assert read_reading(value) == told


# ------------------------------------------------------------ registers of temperatures

LONG = ("日期", "时段", "房号", "姓名", "体温", "症状", "测温人")


def test_a_row_for_each_reading() -> None:
    rows = [
        ("涟源宾馆隔离点体温登记表",),
        LONG,
        ("2021年6月8日", "上午", "203室", "测 甲", "36.5", "无", "杨敏"),
        (date(2021, 6, 8), "晚", 204, "测乙", 37.4, "咳嗽", "杨敏"),
    ]
    read_ = temperatures(rows)
    first, second = read_.records
    assert (first.slot.site, first.slot.titles[0][0], first.slot.reason) == (
        "",
        "涟源宾馆隔离点体温登记表",
        "登记.xlsx Sheet1",
    )
    assert (first.slot.day, first.slot.slot, first.room, first.name, first.temp_c, first.symptom) == (
        date(2021, 6, 8),
        "temperature-am",
        "203",
        "测甲",
        36.5,
        "",
    )
    assert (second.slot.slot, second.room, second.symptom, second.slot.done_by) == (
        "temperature-pm",
        "204",
        "咳嗽",
        "杨敏",
    )
    assert codes(read_) == []


def test_two_columns_are_the_halves_of_the_day_that_the_title_tells() -> None:
    rows = [
        ("体温登记 2021年6月8日",),
        ("房间", "姓名", "上午", "下午", "备注"),
        ("101", "测甲", "36.5", "", ""),
        ("102", "测乙", "外出", "36.9", ""),
    ]
    read_ = temperatures(rows)
    assert readings(read_) == [
        ("测甲", "06-08", "temperature-am", 36.5),
        ("测乙", "06-08", "temperature-am", None),
        ("测乙", "06-08", "temperature-pm", 36.9),
    ]
    assert read_.records[1].absent == "外出"


@pytest.mark.parametrize("merges", [(), ((1, 3, 1, 4), (1, 5, 1, 6), (1, 1, 2, 1), (1, 2, 2, 2))])
def test_days_stand_across_with_their_halves_below_them(merges: Any) -> None:
    rows = [
        ("房号", "姓名", "6月1日", None, "6月2日", None),
        (None, None, "上午", "下午", "上午", "下午"),
        ("101", "测甲", 36.5, 36.6, 36.7, None),
        ("102", "测乙", None, "未测", 37.3, 36.8),
    ]
    read_ = temperatures(rows, merges=merges, year=2021)
    assert readings(read_) == [
        ("测甲", "06-01", "temperature-am", 36.5),
        ("测甲", "06-01", "temperature-pm", 36.6),
        ("测甲", "06-02", "temperature-am", 36.7),
        ("测乙", "06-02", "temperature-am", 37.3),
        ("测乙", "06-02", "temperature-pm", 36.8),
    ]
    assert codes(read_) == [(4, "value_unread")]


@pytest.mark.parametrize(
    "days", [("6月1日上午", "6月1日下午"), (date(2021, 6, 1), date(2021, 6, 2)), (1, 2), ("1日", "2日")], ids=str
)
def test_days_across_in_one_row_of_headings(days: Any) -> None:
    half = "上午" if "午" not in str(days[0]) else None
    rows = [
        ("2021年6月体温登记表",),
        ("房号", "姓名", "时段", *days),
        ("101", "测甲", half, 36.5, 36.6),
        (1, "测乙", half, 36.5, None),
    ]
    read_ = temperatures(rows)
    second = ("测甲", "06-01", "temperature-pm", 36.6) if half is None else ("测甲", "06-02", "temperature-am", 36.6)
    assert readings(read_) == [
        ("测甲", "06-01", "temperature-am", 36.5),
        second,
        ("测乙", "06-01", "temperature-am", 36.5),
    ]


def test_an_hour_stands_for_the_half_and_goes_with_the_reading() -> None:
    rows = [
        ("姓名", "测温时间", "体温"),
        ("测甲", "2021-06-08 08:05", 36.5),
        ("测乙", datetime.fromisoformat("2021-06-08T20:10"), 36.6),
    ]
    read_ = temperatures(rows)
    assert [(each.slot.slot, each.slot.minute) for each in read_.records] == [
        ("temperature", 485),
        ("temperature", 1210),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("", "上午", "测甲", "36.5"), "day_missing"),
        (("六月", "上午", "测甲", "36.5"), "date_unread"),
        (("2021-06-08", "", "测甲", "36.5"), "slot_unread"),
        (("2021-06-08", "中午", "测甲", "36.5"), "slot_unread"),
        (("2021-06-08", "上午", "测甲", "正常"), "value_unread"),
    ],
)
def test_a_row_that_does_not_say_its_slot_or_its_reading_is_named_and_not_guessed(row: Any, code: str) -> None:
    read_ = temperatures([("日期", "时段", "姓名", "体温"), row, ("2021-06-08", "上午", "测乙", "36.5")])
    assert [each.name for each in read_.records] == ["测乙"]
    assert [(note.row, note.code, note.level) for note in read_.notes] == [(2, code, "error")]


def test_somebody_listed_without_a_reading_is_told_as_not_measured() -> None:
    read_ = temperatures(
        [
            ("日期", "时段", "姓名", "体温", "备注"),
            ("2021-06-08", "上午", "测甲", "", "外出"),
            ("2021-06-08", "上午", "测乙", "", ""),
        ]
    )
    assert [(each.name, each.temp_c, each.absent) for each in read_.records] == [
        ("测甲", None, "外出"),
        ("测乙", None, ""),
    ]


def test_words_beside_the_readings_are_symptoms_or_named_and_never_lost() -> None:
    head = ("日期", "时段", "姓名", "体温", "症状", "备注")
    rows = [
        head,
        ("2021-06-08", "上午", "测甲", "36.5", "嗓子发毛", ""),
        ("2021-06-08", "上午", "测乙", "36.5", "", "已复印"),
        ("2021-06-08", "上午", "测丙", "36.5", "", "咳嗽两天"),
    ]
    read_ = temperatures(rows)
    assert [each.symptom for each in read_.records] == ["嗓子发毛", "", "咳嗽两天"]
    assert codes(read_) == [(2, "symptom_assumed"), (3, "value_unread")]
    assert [note.text for note in read_.notes] == ["嗓子发毛", "已复印"]


def test_a_symptom_beside_two_readings_is_of_the_half_that_its_heading_tells_or_is_named() -> None:
    rows = [("2021年6月8日",), ("姓名", "上午", "下午", "下午症状"), ("测甲", 36.5, 36.6, "咳嗽")]
    assert [(each.slot.slot, each.symptom) for each in temperatures(rows).records] == [
        ("temperature-am", ""),
        ("temperature-pm", "咳嗽"),
    ]
    unsure = temperatures([("2021年6月8日",), ("姓名", "上午", "下午", "症状"), ("测甲", 36.5, 36.6, "咳嗽")])
    assert [each.symptom for each in unsure.records] == ["", ""]
    assert codes(unsure) == [(3, "slot_unread")]


def test_only_a_sound_number_goes_with_a_reading() -> None:
    head = ("日期", "时段", "姓名", "身份证号", "体温")
    read_ = temperatures(
        [
            head,
            ("2021-06-08", "上午", "测甲", "430000199001010018", "36.5"),
            ("2021-06-08", "上午", "测乙", "43000019900101", "36.5"),
        ]
    )
    assert [each.id_no for each in read_.records] == ["430000199001010018", ""]
    assert codes(read_) == [(3, "value_unread")]


def test_a_column_like_a_result_is_not_passed_over() -> None:
    with pytest.raises(IntakeError) as refused:
        temperatures([("日期", "时段", "姓名", "体温", "抗原检测"), ("2021-06-08", "上午", "测甲", "36.5", "阳性")])
    assert refused.value.code == "headings_unread"


def test_a_year_that_nobody_wrote_is_said() -> None:
    by = Reckoning(today=date(2021, 6, 10), zone=HERE)
    read_ = temperatures([("日期", "时段", "姓名", "体温"), ("6月8日", "上午", "测甲", "36.5")], reckoning=by)
    assert (read_.records[0].slot.day, codes(read_)) == (date(2021, 6, 8), [(2, "year_assumed")])


# ------------------------------------------------------------ registers of rounds

ROUND = ("日期", "隔离点", "轮次", "时间", "巡查人", "情况", "说明", "不在人员")


def test_a_row_for_each_round() -> None:
    rows = [
        ROUND,
        ("2021-06-08", "涟源宾馆", "早餐巡查", "8:05", "杨敏", "正常", "", ""),
        ("2021-06-08", "涟源宾馆", "午餐巡查", "12:10", "杨敏", "异常", "漏水", "203张三（外出就医）、李四"),
        ("2021-06-08", "涟源宾馆", "上午消毒", "", "李娟", "", "", "无"),
    ]
    read_ = rounds(rows)
    first, second, third = read_.records
    assert (first.slot.site, first.slot.slot, first.slot.minute, first.slot.done_by) == (
        "涟源宾馆",
        "patrol-1",
        485,
        "杨敏",
    )
    assert (first.abnormal, first.text, first.absent) == (False, "", ())
    assert (second.abnormal, second.text, second.absent) == (
        True,
        "漏水",
        (("张三", "203 外出就医"), ("李四", "")),
    )
    assert (third.slot.slot, third.slot.minute, third.abnormal) == ("disinfection-am", None, False)
    assert codes(read_) == []


def test_the_title_tells_the_kind_of_rounds_that_a_cell_does_not() -> None:
    rows = [
        ("消毒登记表",),
        ("日期", "时段", "消毒人员", "消毒剂", "浓度", "作用时间"),
        ("2021-06-08", "上午", "李娟", "含氯消毒液", "500mg/L", "30分钟"),
    ]
    [record] = rounds(rows).records
    assert (record.slot.slot, record.figures, record.details) == (
        "disinfection-am",
        {"mg_l": 500, "minutes": 30},
        {"agent": "含氯消毒液"},
    )


def test_a_disinfection_tells_its_method_and_its_hours() -> None:
    rows = [
        ("消毒登记表",),
        ("日期", "时段", "开始时间", "结束时间", "消毒剂", "消毒方式"),
        ("2021-06-08", "上午", "8:30", "9:10", "84", "喷洒"),
        ("2021-06-08", "下午", "", "18:10", "84", "蒸"),
    ]
    read_ = rounds(rows)
    first, second = read_.records
    assert (first.started, first.slot.minute, first.details["method"]) == (510, 550, "spray")
    assert (second.started, second.slot.minute, second.details) == (None, 1090, {"agent": "84"})
    assert codes(read_) == [(4, "value_unread")]


def test_the_titles_of_a_table_further_up_tell_nothing_where_its_own_do() -> None:
    head = ("时段", "消毒人员", "消毒剂")
    first = ("涟源宾馆2021年6月8日巡查登记表",)
    second = ("蓝田酒店2021年6月9日消毒登记表",)
    rows: Rows = [first, ("时段", "巡查人", "情况"), ("早", "杨敏", "正常"), (), second, head, ("早", "李娟", "含氯")]
    told = [(each.slot.slot, each.slot.day.day, each.slot.titles[0][0][:4]) for each in rounds(rows).records]
    assert told == [("patrol-1", 8, "涟源宾馆"), ("disinfection-am", 9, "蓝田酒店")]


@pytest.mark.parametrize("at", [3, 4])
def test_a_round_whose_result_or_absent_people_are_an_error_is_none(at: int) -> None:
    row = [cell(n, each) for n, each in enumerate(("2021-06-08", "上午消毒", "正常", "测甲"), start=1)]
    row[at - 1] = Cell(at, "text", "#REF!", "error")
    sheet = grid([("日期", "轮次", "情况", "不在人员")])
    read_ = read(read_rounds, Grid("Sheet1", (*sheet.rows, GridRow(2, tuple(row)))))
    assert read_.records == ()
    assert [note.level for note in read_.notes] == ["warning", "error"]


def test_totals_of_a_temperature_round() -> None:
    rows = [("日期", "轮次", "应测", "实测", "最高体温"), ("2021-06-08", "早间测温", 31, "31人", "36.9℃")]
    [record] = rounds(rows).records
    assert (record.slot.slot, record.figures) == ("temperature-am", {"of": 31, "measured": 31, "highest": 36.9})


@pytest.mark.parametrize(
    ("result", "text", "told"),
    [
        ("正常", "", (False, "")),
        ("√", "", (False, "")),
        ("正常", "已送餐", (False, "已送餐")),
        ("异常", "203 漏水", (True, "203 漏水")),
        ("异常：203 漏水", "", (True, "异常：203 漏水")),
        ("203 有人哭闹", "", (True, "203 有人哭闹")),
        ("", "正常", (False, "")),
    ],
)
def test_results_of_a_patrol(result: str, text: str, told: tuple[bool, str]) -> None:
    [record] = rounds([ROUND, ("2021-06-08", "涟源宾馆", "早餐巡查", "8:05", "杨敏", result, text, "")]).records
    assert (record.abnormal, record.text) == told


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("2021-06-08", "涟源宾馆", "早餐巡查", "8:05", "杨敏", "", "", ""), "result_missing"),
        (("2021-06-08", "涟源宾馆", "早餐巡查", "8:05", "杨敏", "未巡查", "", ""), "round_undone"),
        (("2021-06-08", "涟源宾馆", "做饭", "8:05", "杨敏", "正常", "", ""), "slot_unread"),
        (("2021-06-08", "涟源宾馆", "巡查", "", "杨敏", "正常", "", ""), "slot_unread"),
        (("", "涟源宾馆", "早餐巡查", "8:05", "杨敏", "正常", "", ""), "day_missing"),
    ],
)
def test_a_round_that_does_not_say_what_or_when_it_was_is_named(row: Any, code: str) -> None:
    read_ = rounds([ROUND, row, ("2021-06-08", "涟源宾馆", "晚餐巡查", "18:05", "杨敏", "正常", "", "")])
    assert [each.slot.slot for each in read_.records] == ["patrol-3"]
    assert [(note.row, note.code, note.level) for note in read_.notes] == [(2, code, "error")]


def test_a_question_says_what_yes_and_no_mean_and_unknown_words_are_abnormal() -> None:
    rows = [
        ("日期", "轮次", "有无异常", "备注"),
        ("2021-06-08", "早餐巡查", "无", ""),
        ("2021-06-08", "午餐巡查", "有", "争吵"),
        ("2021-06-08", "晚餐巡查", "两人未用餐", ""),
    ]
    read_ = rounds(rows)
    assert [(each.abnormal, each.text) for each in read_.records] == [(False, ""), (True, "争吵"), (True, "两人未用餐")]
    assert codes(read_) == [(4, "result_unread")]


# ------------------------------------------------------------ nothing vanishes

WORDS = st.one_of(
    st.text("测甲乙丙上下午早晚异常正咳嗽外出无2月日时:.3658-/（）、 ", min_size=1, max_size=9),
    st.sampled_from(
        ["2021-06-08", "上午", "36.5", "37.5/36.8", "外出", "咳嗽", "8:30", "正常", "异常", "早餐巡查", "203室"]
    ),
)


def kept(text: str, intake: Intake[Any]) -> bool:
    """Return True if the words and numbers of a cell stand in a record, in a note, or among what was not read."""
    told = [note.text for note in intake.notes] + [cell.text for cell in intake.unread]
    whole = "|".join((repr(intake.records), *told))
    return all(part in whole for part in re.findall(r"\d+|[^\d\W]+", re.sub("室|房间?|号", " ", text)))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=11, max_size=11), st.integers(0, 10))
def test_any_text_in_any_cell_of_a_register_of_temperatures_is_a_value_or_named(words_: list[str], odd: int) -> None:
    usual = ["涟源宾馆", "2021-06-08", "上午", "", "203", "测甲", "", "36.5", "", "", ""]
    head = ("隔离点", "日期", "时段", "测温时间", "房号", "姓名", "身份证号", "体温", "症状", "不在", "备注")
    row = [*usual]
    row[odd] = words_[odd]
    read_ = temperatures([head, usual, row])
    assert meant(row[odd]) or kept(row[odd], read_), (head[odd], row[odd], read_)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=9, max_size=9), st.integers(0, 8))
def test_any_text_in_any_cell_of_a_register_of_rounds_is_a_value_or_named(words_: list[str], odd: int) -> None:
    usual = ["涟源宾馆", "2021-06-08", "早餐巡查", "8:05", "周涛", "正常", "", "", ""]
    head = ("隔离点", "日期", "轮次", "时间", "巡查人", "情况", "说明", "不在人员", "浓度")
    row = [*usual]
    row[odd] = words_[odd]
    read_ = rounds([head, usual, row])
    assert meant(row[odd]) or kept(row[odd], read_), (head[odd], row[odd], read_)


def meant(text: str) -> bool:
    """Return True for a text that is one of the lists' words, a date, an hour or a number: its meaning is kept."""
    word = folded(text).upper()
    known = {*word_list("slots")["result"]["normal"], *word_list("slots")["result"]["bare"]}
    return (
        is_blank(word)
        or word in known
        or bool(read_slot(text, "patrol") or read_slot(text, "temperature"))
        or read_clock(text) is not None
        or read_moment(text) is not None
        or read_symptoms(text).value[0] == "none"
        or read_reading(text) is not None
    )
