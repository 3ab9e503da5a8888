"""A user's mapping of headings: what it may say, and the place of what it may not."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.tui.sheets.headings import own_headings
from dutyboard.tui.sheets.kinds.arrivals import read_arrivals
from dutyboard.tui.sheets.mapping import mapping_of, read_mapping, with_ignored
from dutyboard.tui.sheets.notes import SheetReport
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.text import LANGUAGES, words
from dutyboard.tui.views.intake import row_text
from tests.tui.callers import MORNING
from tests.tui.command_line import CommandLine


def test_a_field_is_named_by_its_code_or_by_the_desks_own_heading() -> None:
    written = '# 表头对照\n"抗原 检测结果" = "pcr"\n"来源" = "来源地"\r\n"标段" = "-"\n'
    assert mapping_of(written, "a.toml", "arrivals") == {"抗原 检测结果": "pcr", "来源": "origin", "标段": "-"}
    assert mapping_of("", "a.toml", "roster") == {}


@pytest.mark.parametrize(
    ("written", "code", "row", "gaps"),
    [
        ('"甲" = "pcr"\n乙 = "pcr"\n', "map_unread", 2, {}),
        ('"甲" = "pcr', "map_unread", 1, {}),
        ('"甲" = "pcr"\n"甲" = "-"\n', "map_unread", 2, {}),
        ('\n"甲" = 3\n', "map_no_text", 2, {"heading": "甲"}),
        ('["甲"]\nfield = "pcr"\n', "map_no_text", 1, {"heading": "甲"}),
        ('"甲" = "pcr"\n"乙" = "核酸"\n', "map_field_unknown", 2, {"heading": "乙", "field": "核酸"}),
        ('"甲" = "title"\n', "map_field_unknown", 1, {"field": "title"}),
        ('"检测（次）" = "pcr"\n"检 测" = "-"\n', "map_twice", 2, {"heading": "检 测"}),
    ],
)
def test_what_is_no_mapping_is_refused_with_its_line(written: str, code: str, row: int, gaps: dict[str, Any]) -> None:
    with pytest.raises(IntakeError) as refused:
        mapping_of(written, "a.toml", "arrivals")
    error = refused.value
    assert (error.code, error.fields["file"], error.fields["row"]) == (code, "a.toml", row)
    assert gaps.items() <= error.fields.items()
    for language in LANGUAGES:
        assert "a.toml" in words(language).sheets.files[error.code].format(**error.fields)


def test_a_file_of_a_mapping_is_text_and_small(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbf" + '"甲" = "pcr"'.encode())
    assert read_mapping(path, "arrivals") == {"甲": "pcr"}
    for content, code in (('"甲" = "pcr"\n'.encode("gb18030"), "map_unread"), (b"#" * (2 << 20), "file_too_large")):
        path.write_bytes(content)
        with pytest.raises(IntakeError) as refused:
            read_mapping(path, "arrivals")
        assert refused.value.code == code
    with pytest.raises(IntakeError) as refused:
        read_mapping(tmp_path / "none.toml", "arrivals")
    assert refused.value.code == "file_missing"


def test_a_heading_that_is_ignored_may_not_have_a_field_as_well() -> None:
    assert with_ignored({"甲": "pcr"}, ["乙", "乙", " 丙"]) == {"甲": "pcr", "乙": "-", " 丙": "-"}
    with pytest.raises(IntakeError) as refused:
        with_ignored({"甲（次）": "pcr"}, ["甲"])
    assert refused.value.code == "map_twice"


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8) | st.integers(), max_size=4))
def test_any_mapping_is_read_or_refused(told: dict[str, Any]) -> None:
    import json

    written = "\n".join(f"{json.dumps(key)} = {json.dumps(value)}" for key, value in told.items())
    try:
        read = mapping_of(written, "a.toml", "arrivals")
    except IntakeError as error:
        assert error.code.startswith("map_")
    else:
        assert set(read.values()) <= {*own_headings("arrivals"), "-"}


# ---------------------------------------------------------------- the command

SHEET = "姓名,来源地,到涟时间,抗原检测结果,班级\n测甲,深圳市,2021-06-06,阳性,三班\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", MORNING, monkeypatch)


def test_a_result_under_an_unknown_heading_writes_nothing_until_somebody_says_what_it_is(
    desk: CommandLine, tmp_path: Path
) -> None:
    sheet, table = tmp_path / "a.csv", tmp_path / "map.toml"
    sheet.write_text(SHEET, "utf-8")
    lines = desk.printed("verify", "--json")["lines"]
    for more in ((), ("--dry-run",), ("--json",), ("--ignore", "班级")):
        said = desk.refused("import", "arrivals", str(sheet), *more)
        assert "抗原检测结果（D2）" in said and "--map" in said and "--ignore" in said
        assert "班级" not in said
    table.write_text('"抗原检测结果" = "结果"\n', "utf-8")
    assert "map.toml 第 1 行" in desk.refused("import", "arrivals", str(sheet), "--map", str(table))
    assert desk.printed("verify", "--json")["lines"] == lines
    table.write_text('"抗原检测结果" = "核酸结果"\n"别处的表头" = "-"\n', "utf-8")
    report = desk.printed("import", "arrivals", str(sheet), "--map", str(table), "--json")
    assert report["accepted"] == 1
    assert report["unread"] == [{"sheet": "", "cell": "E2", "heading": "班级", "text": "三班"}]
    assert {("heading_unread", "班级"), ("map_unused", "")} <= {(row["code"], row["column"]) for row in report["rows"]}


def test_a_column_without_a_heading_is_named_by_its_letter_wherever_it_is_told(
    desk: CommandLine, tmp_path: Path
) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text("姓名,来源地,到涟时间,\n测甲,深圳,2021-06-06,三班\n", "utf-8")
    said = desk.done("import", "arrivals", str(sheet), "--dry-run").splitlines()
    assert [line.split()[0] for line in said if "认不出的表头" in line] == ["D"]
    rows = read_arrivals(sheet).notes
    told = SheetReport({}, rows, ())
    shown = [row_text(row, told, words("zh"), on_screen=True) for row in rows if row.code == "heading_unread"]
    assert [text.split("：")[0] for text in shown] == ["D"]


def test_a_heading_may_be_left_out_by_name(desk: CommandLine, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(SHEET, "utf-8")
    report = desk.printed("import", "arrivals", str(sheet), "--ignore", "抗原检测结果", "--ignore", "班级", "--json")
    assert report["accepted"] == 1
    assert {cell["text"] for cell in report["unread"]} == {"阳性", "三班"}
    assert [row["column"] for row in report["rows"] if row["code"] == "heading_left"] == ["抗原检测结果", "班级"]


def test_what_was_mapped_is_remembered_for_the_next_sheet_of_the_unit(desk: CommandLine, tmp_path: Path) -> None:
    sheet, table = tmp_path / "a.csv", tmp_path / "map.toml"
    sheet.write_text(SHEET, "utf-8")
    table.write_text('"抗原检测结果" = "核酸结果"\n"班级" = "-"\n"别处的表头" = "note"\n', "utf-8")
    assert desk.printed("headings", "list", "--json") == []
    desk.done("import", "arrivals", str(sheet), "--map", str(table), "--dry-run")
    assert desk.printed("headings", "list", "--json") == []
    said = desk.done("import", "arrivals", str(sheet), "--map", str(table))
    assert "「抗原检测结果」作核酸结果、「班级」不读" in said and "别处的表头」" not in said  # not met: nothing to keep
    kept = [{"sheet": "arrivals", "heading": "抗原检测结果", "field": "pcr"}]
    kept += [{"sheet": "arrivals", "heading": "班级", "field": "-"}]
    assert desk.printed("headings", "list", "--json") == kept
    assert "「班级」不读" in desk.done("headings", "list")
    lines = desk.printed("verify", "--json")["lines"]
    again = desk.printed("import", "arrivals", str(sheet), "--json")
    assert (again["duplicates"], desk.printed("verify", "--json")["lines"]) == (1, lines)
    known = [row["text"] for row in again["rows"] if row["code"] == "heading_known"]
    assert known == ["抗原检测结果 > 核酸结果", "班级 > -"]
    other = tmp_path / "b.csv"
    other.write_text("姓名,来源地,到涟时间\n测乙,深圳市,2021-06-06\n", "utf-8")
    codes = {row["code"] for row in desk.printed("import", "arrivals", str(other), "--json")["rows"]}
    assert not codes & {"heading_known", "map_unused"}  # a heading that this sheet has not is nobody's mistake
    assert "「抗原检测结果」不再记" in desk.done("headings", "drop", "arrivals", "抗原 检测结果")
    assert "抗原检测结果（D2）" in desk.refused("import", "arrivals", str(sheet), "--json")


def test_a_sheet_of_a_known_unit_keeps_and_finds_the_answers_of_that_unit(desk: CommandLine, tmp_path: Path) -> None:
    sites, sheet, table = tmp_path / "sites.csv", tmp_path / "a.csv", tmp_path / "map.toml"
    sites.write_text("名称,所在乡镇,房间数,状态,负责人,联系电话\n测试宾馆,金石镇,10,启用,赵测甲,13800000001\n", "utf-8")
    desk.done("import", "sites", str(sites))
    sheet.write_text("填报单位：金石镇\n" + SHEET, "utf-8")
    table.write_text('"抗原检测结果" = "pcr"\n', "utf-8")
    desk.done("import", "arrivals", str(sheet), "--map", str(table))
    kept = [{"sheet": "arrivals", "heading": "抗原检测结果", "field": "pcr", "unit": "金石镇"}]
    assert desk.printed("headings", "list", "--json") == kept
    assert "arrivals 金石镇 「抗原检测结果」" in desk.done("headings", "list")
    again = desk.printed("import", "arrivals", str(sheet), "--json")
    assert "heading_known" in {row["code"] for row in again["rows"]}
    other = tmp_path / "b.csv"
    other.write_text(SHEET, "utf-8")  # of no unit: nobody has answered for it
    assert "抗原检测结果" in desk.refused("import", "arrivals", str(other), "--json")
    table.write_text('"抗原检测结果" = "-"\n', "utf-8")
    desk.done("import", "arrivals", str(other), "--map", str(table))  # the command post's own answer
    assert desk.printed("headings", "list", "--unit", "金石", "--json") == kept
    assert len(desk.printed("headings", "list", "--json")) == 2
    assert "没有" in desk.refused("headings", "list", "--unit", "无此镇")
    dropped = desk.printed("headings", "drop", "arrivals", "--unit", "金石镇", "--json")
    assert (len(dropped["entries"]), dropped["dropped"]) == (1, ["抗原检测结果"])
    left = desk.printed("headings", "list", "--json")
    assert left == [{"sheet": "arrivals", "heading": "抗原检测结果", "field": "-"}]
    assert "没有记住" in desk.refused("headings", "drop", "arrivals", "--unit", "金石镇")
    assert len(desk.printed("headings", "drop", "arrivals", "--json")["entries"]) == 1
    assert desk.printed("headings", "list", "--json") == []
    for act, units in (({}, [None]), ({"unit": 1}, [None, "金石镇"])):  # an act of before names no unit
        desk.batch({"act": "headings", "sheet": "arrivals", "headings": {"标段": "-"}, **act})
        assert [each.get("unit") for each in desk.printed("headings", "list", "--json")] == units


def test_an_answer_given_today_goes_before_the_one_remembered(desk: CommandLine, tmp_path: Path) -> None:
    sheet, table = tmp_path / "a.csv", tmp_path / "map.toml"
    sheet.write_text(SHEET, "utf-8")
    table.write_text('"抗原检测结果" = "pcr"\n', "utf-8")
    desk.done("import", "arrivals", str(sheet), "--map", str(table))
    report = desk.printed("import", "arrivals", str(sheet), "--ignore", "抗原检测结果", "--json")
    assert {"heading_left"} <= {row["code"] for row in report["rows"] if row["column"] == "抗原检测结果"}
    assert [each["field"] for each in desk.printed("headings", "list", "--json")] == ["pcr"]  # left out this once
    table.write_text('"抗原检测 结果" = "-"\n', "utf-8")
    desk.done("import", "arrivals", str(sheet), "--map", str(table))
    told = [(each["heading"], each["field"]) for each in desk.printed("headings", "list", "--json")]
    assert told == [("抗原检测 结果", "-")]
    desk.done("headings", "drop", "arrivals")
    assert "arrivals" in desk.refused("headings", "drop", "arrivals")
    assert desk.refused("headings", "drop", "people", code=2)
