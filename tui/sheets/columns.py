"""The headings of each field, and the search for the row of headings in a grid."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from dutyboard.rules.records.signs import cleaned, unfit
from dutyboard.tui.sheets.notes import MOST_TEXT, CellCode, RowNote
from dutyboard.tui.sheets.reader.files import read_grids
from dutyboard.tui.sheets.reader.grids import DAY_ZERO_1904, Cell, Grid, GridRow, Mark, RowDoubt, Value, place_of
from dutyboard.tui.sheets.reader.intake_error import IntakeError

CellKey = TypeVar("CellKey")
Headings = Mapping[str, tuple[str, ...]]
"""The headings that each field is known by, folded by `fold_heading`."""

ARRIVAL: Headings = {
    "number": ("序号", "编号"),
    "name": ("姓名",),
    "sex": ("性别",),
    "id_no": ("身份证号", "身份证号码", "身份证", "证件号", "证件号码"),
    "phone": ("联系电话", "电话", "手机", "手机号", "手机号码"),
    "origin": ("来源地", "来自", "出发地"),
    "left_on": ("离开日期", "离开时间", "出发日期", "出发时间"),
    "arrival_at": ("到涟时间", "到涟日期", "到达时间", "到达日期", "入涟时间"),
    "travel": ("交通方式", "交通工具"),
    "address": ("现住址", "住址", "现住地址"),
    "health_code": ("健康码",),
    "travel_card": ("行程卡", "行程码"),
    "sampled_at": ("核酸采样时间", "采样时间"),
    "pcr": ("核酸结果", "核酸检测结果"),
    "release_cert": ("放行证明",),
    "symptoms": ("症状",),
    "kind": ("人员类别", "类别"),
    "officer_name": ("对接人", "专人", "对接专人"),
    "found_by": ("发现方式", "发现途径", "发现渠道", "排查方式"),
    "note": ("备注",),
}
OFFICER: Headings = {
    "name": ("姓名",),
    "title": ("职务",),
    "phone": ("联系电话", "电话", "手机号"),
    "duty": ("职责分工", "分工"),
    "note": ("备注",),
}
SITE: Headings = {
    "name": ("名称", "场所名称", "隔离点名称"),
    "unit": ("所在乡镇", "所在乡镇街道", "乡镇"),
    "rooms": ("房间数", "房间"),
    "state": ("状态",),
    "areas": ("重点消毒区域", "消毒区域"),
    "keeper": ("负责人",),
    "phone": ("联系电话", "电话"),
}
AREA: Headings = {
    "code": ("区划代码", "代码"),
    "name": ("地区", "名称"),
    "level": ("等级", "风险等级"),
    "starts": ("起始日期", "开始日期"),
    "ends": ("终止日期", "结束日期"),
    "source": ("依据", "来源"),
}

TOTALS = frozenset({"合计", "总计", "小计", "共计"})
HEADER_WITHIN = 30
"""The number of rows searched for the headings; titles and notes above a table take a few."""


def text(value: Value) -> str:
    """Return a cell as text, without blanks around it. A whole number loses the ".0" that Excel gives it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def folded(value: Value) -> str:
    """Return a cell as text with narrow letters, digits and signs, and no blanks in it at all."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text(value)))


def fold_heading(value: Value) -> str:
    """Return a heading without blanks, line breaks, brackets and their content (`姓 名`, `现住址（村组）`)."""
    return re.sub(r"\(.*?\)|[*:/、]", "", folded(value))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a table: its line in the sheet, and its cells by field.

    `read` are the same cells as their reader left them: with the column, the text as written, and what is in doubt.
    """

    number: int
    cells: Mapping[str, Value]
    read: Mapping[str, Cell] = field(default_factory=dict)
    hidden: bool = False

    def written(self, field: str) -> str:
        """Return the cell of a field as it stands in the sheet, cleaned and bounded; "" where it is blank."""
        cell = self.read.get(field)
        return cleaned(cell.written)[:MOST_TEXT] if cell is not None else ""

    def place(self, field: str) -> str:
        """Return where the cell of a field stands, as sheets write it (`C7`); "" where it is blank."""
        cell = self.read.get(field)
        return place_of(cell.column, self.number) if cell is not None else ""

    def text(self, field: str) -> str:
        """Return the cell of a field as text; a column that the sheet lacks is blank."""
        return text(self.cells.get(field))


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table found in a sheet: the texts above it, its headings by field, its rows.

    `from_1904`: its bare numbers count days from there.
    """

    sheet: str
    above: tuple[str, ...]
    headings: Mapping[str, str]
    lines: tuple[SheetRow, ...]
    notes: tuple[RowNote, ...] = ()
    """Notes of its reader on the file, on hidden rows and columns, and on single cells."""
    from_1904: bool = False

    def heading(self, field: str) -> str:
        """Return the heading of a field as the sheet writes it; without such a column, the usual one."""
        return self.headings[field]


def read_tables(path: Path, known: Headings, required: Sequence[str]) -> tuple[SheetTable, ...]:
    """Read every sheet of a file that has a row of headings with all the required fields.

    Raises IntakeError: the file cannot be read, or no sheet has such a row.
    """
    grids = read_grids(path)
    tables = [table for grid in grids if (table := _table(grid, known, required)) is not None]
    if not tables:
        wanted = "、".join(known[field][0] for field in required)
        raise IntakeError("no_header", file=path.name, wanted=wanted)
    tables[0] = replace(tables[0], notes=(*_of_file(grids, tables[0].sheet), *tables[0].notes))
    return tuple(tables)


def _of_file(grids: Sequence[Grid], sheet: str) -> Iterator[RowNote]:
    """Yield the notes on a file as a whole: how it was read, what was left out."""
    for told in dict.fromkeys(told for grid in grids for told in grid.told):
        yield RowNote(0, "", told, sheet=sheet)
    for grid in grids:
        if grid.hidden:
            yield RowNote(0, "", "sheet_hidden", sheet=sheet, text=cleaned(grid.name))


def _table(grid: Grid, known: Headings, required: Sequence[str]) -> SheetTable | None:
    field_of = {heading: field for field, headings in known.items() for heading in headings}
    for index, row in enumerate(grid.rows[:HEADER_WITHIN]):
        places: dict[str, int] = {}
        for cell in row.cells:
            field = field_of.get(fold_heading(cell.value))
            if field is not None:
                places.setdefault(field, cell.column)
        if all(field in places for field in required):
            titles = (text(cell.value) for title in grid.rows[:index] for cell in title.cells)
            above = tuple(cleaned(title) for title in titles)
            name = cleaned(grid.name)
            headings = {field: names[0] for field, names in known.items()}
            written = row.by_column()
            headings |= {
                field: " ".join(cleaned(text(written[place].value)).split()) for field, place in places.items()
            }
            lines: list[SheetRow] = []
            notes = [
                RowNote(row.line, headings[field], "column_hidden", sheet=name)
                for field, place in places.items()
                if place in grid.hidden_columns
            ]
            for source, read in _lines(grid.rows[index + 1 :], places, row):
                cells, unclean = cleaned_cells({field: cell.value for field, cell in read.items()})
                lines.append(SheetRow(source.line, cells, read, source.hidden))
                notes += _of_row(source, read, headings, name)
                notes += [RowNote(source.line, headings[each], "signs_removed", sheet=name) for each in unclean]
            return SheetTable(name, above, headings, tuple(lines), tuple(notes), grid.day_zero == DAY_ZERO_1904)
    return None


_MARKED: Mapping[Mark, CellCode] = {
    "error": "error_value",
    "formula": "formula_unread",
    "long": "cell_too_long",
    "cut": "number_cut",
}
_DOUBTED: Mapping[RowDoubt, CellCode] = {"quote": "quote_open", "damaged": "signs_lost"}


def _of_row(row: GridRow, read: Mapping[str, Cell], headings: Mapping[str, str], sheet: str) -> Iterator[RowNote]:
    """Yield what the reader saw of a row and its cells."""
    if row.hidden:
        yield RowNote(row.line, "", "row_hidden", sheet=sheet)
    if row.doubt:
        yield RowNote(row.line, "", _DOUBTED[row.doubt], sheet=sheet)
    for each, cell in read.items():
        if cell.mark and not (cell.mark == "cut" and each == "id_no"):  # its own reader says that the number is cut
            place = place_of(cell.column, row.line)
            code = _MARKED[cell.mark]
            yield RowNote(row.line, headings[each], code, sheet=sheet, place=place, text=cleaned(cell.written))


def cleaned_cells(cells: Mapping[CellKey, Value]) -> tuple[dict[CellKey, Value], list[CellKey]]:
    """Return the cells without the characters that a text may not hold, and the keys of those that had some.

    A line end inside a cell is a blank: forms are written so.
    """
    clean = {key: cleaned(cell) if isinstance(cell, str) else cell for key, cell in cells.items()}
    unclean = [key for key, cell in cells.items() if isinstance(cell, str) and unfit(re.sub(r"\s", " ", cell))]
    return clean, unclean


def _lines(
    rows: Sequence[GridRow], places: Mapping[str, int], header: GridRow
) -> Iterator[tuple[GridRow, dict[str, Cell]]]:
    for row in rows:
        if folded(row.cells[0].value) in TOTALS or row.cells == header.cells:
            continue
        cells = row.by_column()
        found = {field: cells[place] for field, place in places.items() if place in cells}
        # A form numbered in advance has rows that hold their number and nothing else.
        if any(cell.value is not None or cell.mark for field, cell in found.items() if field != "number"):
            yield row, found
