"""Cells about what whoever looks after somebody needs: real headings, both words of a contact, "none" and "unknown"."""

import pytest

from dutyboard.tui.sheets.care import read_cared, read_emergency
from dutyboard.tui.sheets.reading import Read
from tests.tui.test_sheet_tables import FIRST, HEADS, arrivals, codes


@pytest.mark.parametrize(
    ("cell", "name", "phone"),
    [
        ("测妈", "测妈", ""),
        ("测 妈", "测妈", ""),
        ("测妈 13800000001", "测妈", "13800000001"),
        ("测妈13800000001", "测妈", "13800000001"),
        ("测妈（母亲）：138-0000-0001", "测妈(母亲)", "13800000001"),
        ("姓名：测妈 电话：0738-4420000", "测妈", "0738-4420000"),
        ("13800000001", "", "13800000001"),
        (13800000001.0, "", "13800000001"),
        ("无", "", ""),
        ("不详", "", ""),
        (None, "", ""),
    ],
)
def test_a_contact_is_a_name_and_a_phone_in_one_cell_or_in_two(cell: object, name: str, phone: str) -> None:
    assert read_emergency(cell) == Read((name, phone))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "said", "note"),
    [
        ("测妈 13800000001 13800000002", ("测妈", "13800000001"), "phone_more"),
        ("测妈 1380000", ("测妈", "1380000"), "phone_unusual"),
        ("测妈 138****0001", ("测妈", ""), "phone_masked"),
    ],
)
def test_what_is_doubtful_in_a_contact_is_noted(cell: str, said: tuple[str, str], note: str) -> None:
    assert read_emergency(cell) == Read(said, (note,))  # type: ignore[arg-type]


def test_none_stands_where_there_may_be_several_things_and_unknown_nowhere() -> None:
    assert [read_cared("没有", field) for field in ("illness", "companions", "vehicle", "nation")] == [
        "无",
        "无",
        "",
        "",
    ]
    assert [read_cared(word, "illness") for word in ("不详", " 高血压 ", None)] == ["", "高血压", ""]


WIDE = {
    "车次/航班": ("G6078", "vehicle", "G6078"),
    "车厢": ("5", "seat_no", "12F 5"),
    "座位号": ("12F", "seat_no", "12F 5"),
    "同行人员姓名": ("测乙、测丙", "companions", "测乙、测丙"),
    "工作单位": ("某厂", "workplace", "某厂"),
    "基础疾病": ("高血压", "illness", "高血压"),
    "用药情况": ("无", "medicine", "无"),
    "是否孕产妇": ("是", "special_need", "忌辣、孕产妇"),
    "是否残疾": ("否", "special_need", "忌辣、孕产妇"),
    "饮食禁忌": ("忌辣", "special_need", "忌辣、孕产妇"),
    "民族": ("苗族", "nation", "苗族"),
    "来源途径": ("公安大数据", "found_by", "police"),
    "紧急联系人": ("测妈", "emergency_name", "测妈"),
    "联系电话（紧急联系人）": ("13800000001", "emergency_phone", "13800000001"),
}


def test_the_columns_of_a_real_register_are_read_and_nothing_is_left_over() -> None:
    read = arrivals([(*HEADS, *WIDE), (*FIRST, *(cell for cell, _, _ in WIDE.values()))])
    (person,) = read.records
    assert {field: getattr(person, field) for _, field, _ in WIDE.values()} == {
        field: text for _, field, text in WIDE.values()
    }
    assert (person.as_written, read.unread, codes(read)) == ((), (), [])


def test_two_words_of_one_contact_that_differ_are_noted_and_kept() -> None:
    heads = (*HEADS, "紧急联系人及电话", "紧急联系电话")
    read = arrivals([heads, (*FIRST, "测妈 13800000001", "测爸 13800000002")])
    (person,) = read.records
    assert (person.emergency_name, person.emergency_phone) == ("测妈", "13800000002")
    assert codes(read) == [(2, "field_twice"), (2, "field_twice")]
    assert {each.text for each in person.as_written} == {"测妈 13800000001", "测爸 13800000002"}


def test_an_unusual_phone_of_a_contact_is_no_doubt_of_his_own() -> None:
    heads = (*HEADS, "联系电话", "紧急联系电话")
    read = arrivals([heads, (*FIRST, "13800000001", "12345")])
    assert "phone_unusual" not in read.records[0].warnings
    assert (2, "phone_unusual") in codes(read)
