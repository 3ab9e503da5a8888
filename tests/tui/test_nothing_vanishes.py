"""Rule 1 of the door over every kind of sheet: any text in any cell ends as a value, or is named with its text."""

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, get_args
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.signs import cleaned
from dutyboard.tui.export.template import template_fields
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.headings import own_headings
from dutyboard.tui.sheets.notes import Intake
from dutyboard.tui.sheets.reader.grids import Cell, Grid, GridRow
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.sheet_command import read_sheet
from dutyboard.tui.sheets.word_lists import is_blank, word_list
from tests.tui.test_sheet_readers import open_cell, open_document

KINDS: tuple[SheetKind, ...] = get_args(SheetKind)
NOW = datetime.fromisoformat("2021-08-01T10:00:00+08:00")
TITLE = "填报单位：金石镇"
UNKNOWN = "班级"
BARE = ""
"""A column over which no heading stands."""
LINE = 4
"""The line of the row into which something is written: a row stands above it and one below."""
USUAL = """
阴性 阳性 无 有 正常 异常 启用 停用中 高 低风险 12间 十二 约30 2021-06-05 6月5日起 长期 上午 早餐巡查 36.5 37.5/36.8
外出 咳嗽 8:30 203室 血清 抗原 待定 同上 兼职 组长 涟源宾馆 某宾馆 500mg/L 30分钟 #N/A 19900000001、19900000002
周涛、李娟 138****1542 测甲（就医） 荔湾区、越秀区 440103
"""
WORDS = st.one_of(
    st.sampled_from(USUAL.split()),
    st.text("测甲乙上下午早晚异常正阴阳性高中启用无2月日时:.3658-/（）、 ", min_size=1, max_size=9),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Ll", "Lt")), max_size=12),
)


NUMBERED = re.compile(rf"^\d{{1,4}}\s*(?=[{word_list('names')['surnames']}])")
"""The number of a list before a name."""
FRAMES = ("{}", "{}：", "合计{}", "注：{}", "填表人：{}", "一、{}", "（二）{}", "共{}人", "备注：{}")


def usual(kind: SheetKind) -> dict[str, str]:
    """The cells of a row that is read without a doubt, by field."""
    return {each.name: each.example for each in template_fields(kind, "zh")}


def row(line: int, cells: Sequence[str], *, hidden: bool = False) -> GridRow:
    told = tuple(Cell(at, "text", each) for at, each in enumerate(cells, start=1) if each)
    return GridRow(line, told, hidden)


def sheet(kind: SheetKind, lines: Sequence[GridRow], name: str = "Sheet1", *, hidden: bool = False) -> Grid:
    """A sheet of a kind with rows below its headings, some of which mean nothing."""
    own = own_headings(kind)
    heads = [own.get(each, each) for each in columns(kind)]
    whole = (row(1, [TITLE]), row(2, heads), row(3, [*usual(kind).values()]), *lines)
    return Grid(name, tuple(each for each in whole if each.cells), hidden=hidden)


def columns(kind: SheetKind) -> list[str]:
    return [*usual(kind), UNKNOWN, BARE]


def read(kind: SheetKind, *grids: Grid) -> Intake[Any]:
    with patch("dutyboard.tui.sheets.tables.read_grids", lambda _: grids):
        return read_sheet(kind, Path("a.xlsx"), 2021, now=NOW)[0]


def told(intake: Intake[Any]) -> str:
    """Everything that is kept of a sheet or said of it, as `bare` compares it."""
    return bare(repr(intake.records) + repr(intake.notes) + repr(intake.unread))


def bare(text: str) -> str:
    """Return a text folded, in small letters, without signs that say nothing around a name."""
    return re.sub("[.·。．:,;、]", "", folded(text)).casefold()


def lines_told(intake: Intake[Any]) -> set[int]:
    """The lines that a record, a note or an unread cell leads to."""
    found = {note.row for note in intake.notes}
    found |= {int("".join(filter(str.isdigit, each.place))) for each in intake.unread}
    for record in intake.records:
        members = getattr(record, "members", ())
        held = next((getattr(record, each) for each in ("slot", "person") if hasattr(record, each)), record)
        found |= {line for line, _ in members} or {held.row}
    return found


def clean(written: str) -> str:
    return " ".join(cleaned(written).split())


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), written=WORDS.map(clean).filter(lambda each: not is_blank(folded(each))), hidden=st.booleans())
@settings(max_examples=80, deadline=None)
def test_any_text_in_any_column_is_a_value_or_is_named(
    kind: SheetKind, data: st.DataObject, written: str, hidden: bool
) -> None:
    column = data.draw(st.sampled_from([each for each in columns(kind) if each != "number"]))

    def taken(cell: str) -> Intake[Any]:
        cells = {**dict.fromkeys(columns(kind), ""), **usual(kind), column: cell}
        last = usual(kind)
        return read(kind, sheet(kind, [row(LINE, [*cells.values()], hidden=hidden), row(5, [*last.values()])]))

    found, without = taken(written), taken("")
    of_line = [note for note in found.notes if note.row == LINE]
    rejected = any(note.level == "error" or note.code.startswith(("row_left", "row_sample")) for note in of_line)
    assert LINE in lines_told(found)
    assert not hidden or "row_hidden" in {note.code for note in of_line} or rejected
    as_it_is = bare(repr(written))[1:-1] in told(found)
    assert rejected or as_it_is or found.records != without.records or says_nothing(written)
    if column in (UNKNOWN, BARE):
        assert as_it_is


def says_nothing(written: str) -> bool:
    """Return True for words that answer with nothing: not known, no symptoms, in order."""
    listed = {word for table in word_list("answers").values() for words in table.values() for word in words}
    listed |= {*word_list("slots")["result"]["normal"], *word_list("results")["words"]["unknown"]}
    return folded(written).upper().strip("。.,;!、:~") in listed


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), written=WORDS.map(clean).filter(lambda each: not is_blank(folded(each))))
@settings(max_examples=60, deadline=None)
def test_a_row_of_few_texts_is_a_record_or_is_named_with_them(
    kind: SheetKind, data: st.DataObject, written: str
) -> None:
    """Groups, totals, signatures, remarks, and whatever else stands among the records or below them."""
    frame = data.draw(
        st.sampled_from(("{}", "{}：", "合计{}", "注：{}", "填表人：{}", "一、{}", "（二）{}", "共{}人", "备注：{}"))
    )
    text = frame.format(written)
    at = data.draw(st.integers(0, len(columns(kind)) - 1))
    cells = [""] * at + [text] + data.draw(st.sampled_from(([], ["", text], ["审核人：李某"])))
    below = data.draw(st.booleans())
    more = [row(LINE, cells), *([row(5, [*usual(kind).values()])] if below else [])]
    found = read(kind, sheet(kind, more))
    assert LINE in lines_told(found)
    assert 3 in lines_told(found) and (not below or 5 in lines_told(found))
    of_number = columns(kind)[at] == "number" and text.strip(".、").isdigit()
    rejected = any(note.level == "error" for note in found.notes if note.row == LINE)
    of_name = NUMBERED.sub("", folded(text))
    assert (
        of_number
        or rejected
        or says_nothing(text)
        or any(bare(repr(each))[1:-1] in told(found) for each in (text, of_name))
    )


@pytest.mark.parametrize("kind", KINDS)
@given(rows=st.lists(st.lists(WORDS.map(clean), min_size=1, max_size=4), min_size=1, max_size=3), hidden=st.booleans())
@settings(max_examples=25, deadline=None)
def test_another_sheet_is_read_or_named_with_what_stands_on_it(
    kind: SheetKind, rows: list[list[str]], hidden: bool
) -> None:
    lines = tuple(row(line, cells) for line, cells in enumerate(rows, start=1) if any(cells))
    try:
        found = read(kind, sheet(kind, []), Grid("另一张", lines, hidden=hidden))
    except IntakeError as refused:
        assert refused.code == "own_report"
        return
    said = [note.code for note in found.notes if note.text == "另一张"]
    assert said == ([] if not lines and not hidden else ["sheet_hidden"] if hidden else ["sheet_unread"])
    if not hidden:
        assert all(bare(repr(each))[1:-1] in told(found) for cells in rows for each in cells)


def commented(path: Path, heads: Sequence[str], row: Sequence[str], *, damaged: bool = False) -> Path:
    """A workbook of one record with what somebody wrote beside a cell of it, and beside a heading."""
    book = openpyxl.Workbook()
    for line in (heads, row):
        book.active.append(line)
    book.active["A1"].comment = Comment("按身份证填写", "县指挥部")
    book.active["A2"].comment = Comment("本人说与确诊病例同车", "村医")
    book.save(path)
    if damaged:
        with zipfile.ZipFile(path) as whole:
            parts = {name: whole.read(name) for name in whole.namelist()}
        with zipfile.ZipFile(path, "w") as out:
            for name, content in parts.items():
                out.writestr(name, content[: content.index(b"<text")] if "comments/" in name else content)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_what_somebody_wrote_beside_a_cell_is_named_with_its_place(kind: SheetKind, tmp_path: Path) -> None:
    heads, cells = [each.heading for each in template_fields(kind, "zh")], [*usual(kind).values()]
    read, _ = read_sheet(kind, commented(tmp_path / "a.xlsx", heads, cells), 2021, now=NOW)
    assert {("A1", "按身份证填写"), ("A2", "本人说与确诊病例同车")} <= {(each.place, each.text) for each in read.unread}
    assert ("A2", "本人说与确诊病例同车") in {
        (note.place, note.text) for note in read.notes if note.code == "comment_kept"
    }


def test_a_comment_of_an_open_document_is_named_with_its_place_and_stays_with_its_person(tmp_path: Path) -> None:
    rows = (
        "".join(map(open_cell, ("姓名", "来源地", "到涟时间"))),
        open_cell("测甲", "本人说与确诊病例同车") + open_cell("深圳") + open_cell("2021-06-06"),
    )
    lines = "".join(f"<table:table-row>{each}</table:table-row>" for each in rows)
    file = tmp_path / "a.ods"
    file.write_bytes(open_document(f'<table:table table:name="表">{lines}</table:table>'))
    read, _ = read_sheet("arrivals", file, None, now=NOW)
    assert ("A2", "本人说与确诊病例同车") in {(each.place, each.text) for each in read.unread}
    assert [note.place for note in read.notes if note.code == "comment_kept"] == ["A2"]
    assert "本人说与确诊病例同车" in {each.text for each in read.records[0].as_written}


@pytest.mark.parametrize("damaged", [False, True])
def test_a_comment_stays_with_its_person_and_a_damaged_one_turns_nobody_away(damaged: bool, tmp_path: Path) -> None:
    file = commented(
        tmp_path / "a.xlsx", ("姓名", "来源地", "到涟时间"), ("测甲", "深圳", "2021-06-06"), damaged=damaged
    )
    read, _ = read_sheet("arrivals", file, None, now=NOW)
    (person,) = read.records
    kept = [(each.heading, each.text) for each in person.as_written]
    assert kept == ([] if damaged else [("批注", "本人说与确诊病例同车")])
    assert damaged == any(note.code == "comments_unread" for note in read.notes)
