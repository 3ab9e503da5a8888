"""The headings of each field, and the search for the row of headings in a grid."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from dutyboard.rules.records.signs import cleaned, unfit
from dutyboard.tui.sheets.files import Grid, Value, read_grids
from dutyboard.tui.sheets.notes import IntakeError, RowNote

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
    """One row of a table: its line in the sheet, and its cells by field."""

    number: int
    cells: Mapping[str, Value]

    def text(self, field: str) -> str:
        """Return the cell of a field as text; a column that the sheet lacks is blank."""
        return text(self.cells.get(field))


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table found in a sheet: the texts above it, its headings by field, its rows."""

    sheet: str
    above: tuple[str, ...]
    headings: Mapping[str, str]
    lines: tuple[SheetRow, ...]
    notes: tuple[RowNote, ...] = ()
    """The cells of these lines that held characters which are not kept, `signs_removed`."""

    def heading(self, field: str) -> str:
        """Return the heading of a field as the sheet writes it; without such a column, the usual one."""
        return self.headings[field]


def read_tables(path: Path, known: Headings, required: Sequence[str]) -> tuple[SheetTable, ...]:
    """Read every sheet of a file that has a row of headings with all the required fields.

    Raises IntakeError: the file cannot be read, or no sheet has such a row.
    """
    tables = [table for grid in read_grids(path) if (table := _table(grid, known, required)) is not None]
    if not tables:
        wanted = "、".join(known[field][0] for field in required)
        raise IntakeError("no_header", file=path.name, wanted=wanted)
    return tuple(tables)


def _table(grid: Grid, known: Headings, required: Sequence[str]) -> SheetTable | None:
    field_of = {heading: field for field, headings in known.items() for heading in headings}
    for index, (_, row) in enumerate(grid.rows[:HEADER_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            field = field_of.get(fold_heading(cell))
            if field is not None:
                places.setdefault(field, place)
        if all(field in places for field in required):
            titles = (text(cell) for _, title in grid.rows[:index] for cell in title if cell is not None)
            above = tuple(cleaned(title) for title in titles)
            name = cleaned(grid.name)
            headings = {field: names[0] for field, names in known.items()}
            headings |= {field: " ".join(cleaned(text(row[place])).split()) for field, place in places.items()}
            lines: list[SheetRow] = []
            notes: list[RowNote] = []
            for line in _lines(grid.rows[index + 1 :], places, row):
                cells, unclean = cleaned_cells(line.cells)
                lines.append(SheetRow(line.number, cells))
                notes += [RowNote(line.number, headings[each], "signs_removed", sheet=name) for each in unclean]
            return SheetTable(name, above, headings, tuple(lines), tuple(notes))
    return None


def cleaned_cells(cells: Mapping[CellKey, Value]) -> tuple[dict[CellKey, Value], list[CellKey]]:
    """Return the cells without the characters that a text may not hold, and the keys of those that had some.

    A line end inside a cell is a blank: forms are written so.
    """
    clean = {key: cleaned(cell) if isinstance(cell, str) else cell for key, cell in cells.items()}
    unclean = [key for key, cell in cells.items() if isinstance(cell, str) and unfit(re.sub(r"\s", " ", cell))]
    return clean, unclean


def _lines(
    rows: Sequence[tuple[int, tuple[Value, ...]]], places: Mapping[str, int], header: tuple[Value, ...]
) -> Iterator[SheetRow]:
    for number, row in rows:
        first = next((folded(cell) for cell in row if cell is not None), "")
        if first in TOTALS or row == header:
            continue
        cells = {field: row[place] for field, place in places.items() if place < len(row)}
        # A form numbered in advance has rows that hold their number and nothing else.
        if any(value is not None for field, value in cells.items() if field != "number"):
            yield SheetRow(number, cells)
