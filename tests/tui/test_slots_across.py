"""Registers with a column for each slot of the day, and namesakes in a roster."""

from pathlib import Path

import pytest

from dutyboard.tui.sheets.kinds.roster import read_roster
from dutyboard.tui.sheets.kinds.rounds import read_rounds


def read(folder: Path, title: str, *lines: str) -> tuple[list[tuple[str, str, bool, str]], list[tuple[str, str, str]]]:
    path = folder / "a.csv"
    path.write_text("\n".join((title, *lines)) + "\n", "utf-8")
    found = read_rounds(path)
    rounds = [(each.slot.slot, each.slot.day.isoformat(), each.abnormal, each.slot.done_by) for each in found.records]
    return rounds, [(note.column, note.code, note.level) for note in found.notes]


def test_each_column_of_a_slot_is_a_round(tmp_path: Path) -> None:
    rounds, notes = read(
        tmp_path,
        "一号隔离点巡查登记表",
        "日期,早,中,晚,巡查人",
        "2021-06-06,正常,√,异常,王芳",
        "2021-06-07,正常,,,王芳",
    )
    assert rounds == [
        ("patrol-1", "2021-06-06", False, "王芳"),
        ("patrol-2", "2021-06-06", False, "王芳"),
        ("patrol-3", "2021-06-06", True, "王芳"),
        ("patrol-1", "2021-06-07", False, "王芳"),
    ]
    assert notes == []


@pytest.mark.parametrize(
    ("heading", "slot"),
    [
        ("早餐巡查", "patrol-1"),
        ("第二次巡查", "patrol-2"),
        ("晚巡视", "patrol-3"),
        ("上午消毒", "disinfection-am"),
        ("下午消毒", "disinfection-pm"),
    ],
)
def test_a_heading_tells_its_kind(tmp_path: Path, heading: str, slot: str) -> None:
    rounds, notes = read(tmp_path, "登记表", f"日期,{heading}", "2021-06-06,正常")
    assert ([each[0] for each in rounds], notes) == ([slot], [])


@pytest.mark.parametrize(
    ("cell", "code"),
    [("8:10", "result_missing"), ("未巡查", "round_undone")],
)
def test_an_hour_or_a_round_not_made_is_no_normal_patrol(tmp_path: Path, cell: str, code: str) -> None:
    rounds, notes = read(tmp_path, "巡查登记表", "日期,早,晚", f"2021-06-06,{cell},正常")
    assert [each[0] for each in rounds] == ["patrol-3"]
    assert notes == [("早", code, "error")]


def test_a_word_that_is_not_known_is_taken_as_abnormal_and_told(tmp_path: Path) -> None:
    rounds, notes = read(tmp_path, "巡查登记表", "日期,早,晚", "2021-06-06,有人咳嗽,正常")
    assert [each[2] for each in rounds] == [True, False]
    assert notes == [("早", "result_unread", "warning")]


def test_without_a_kind_a_column_is_named(tmp_path: Path) -> None:
    rounds, notes = read(tmp_path, "登记表", "日期,早,晚", "2021-06-06,正常,正常")
    assert rounds == []
    assert notes == [("早", "slot_unread", "error"), ("晚", "slot_unread", "error")]


@pytest.mark.parametrize(
    ("phones", "noted"),
    [(("19900000001", "19900000002"), 0), (("19900000001", ""), 2), (("", ""), 2)],
)
def test_namesakes_of_one_unit_without_a_phone_are_told(tmp_path: Path, phones: tuple[str, str], noted: int) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"王芳,干事,{phone},信息组\n" for phone in phones)
    path.write_text(f"填报单位：金石镇\n姓名,职务,联系电话,职责分工\n{rows}李四,主任,,综合组\n", "utf-8")
    found = [(note.row, note.text) for note in read_roster(path).notes if note.code == "namesakes_unphoned"]
    assert found == [(3, "王芳"), (4, "王芳")][:noted]
