"""Report sheet of an import: its rows as they stood, with marks and reasons, to correct and send again."""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, BinaryIO, Final, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from dutyboard.rules.records.signs import cleaned
from dutyboard.tui.export.workbook import stored
from dutyboard.tui.sheets.notes import SheetReport
from dutyboard.tui.sheets.reader.grids import DAY_ZERO_1904, Cell, Grid, guarded
from dutyboard.tui.sheets.reader.marks import MARK_HEADINGS
from dutyboard.tui.terminal.visible import visible_rows
from dutyboard.tui.text import Words
from dutyboard.tui.views.intake import row_text
from dutyboard.tui.views.person.changes import change_texts

MarkCode = Literal["rejected", "doubtful", "changed", "fine"]
_COLOURS: Final[Mapping[MarkCode, str]] = {"rejected": "FFF4CCCC", "doubtful": "FFFFF2CC", "changed": "FFDDEBF7"}
_RANKS: Final[Sequence[MarkCode]] = ("fine", "changed", "doubtful", "rejected")
_BLANK: Final = ("error", "formula", "long")
"""Marks of cells that were read as blank. They stay so: the reasons tell what stood there."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""First signs by which a sheet program takes a text of a CSV file for a formula."""


@dataclass(frozen=True, slots=True)
class RowMark:
    """Mark of one row, and the reasons in words."""

    code: MarkCode
    reasons: tuple[str, ...] = ()


Marks = Mapping[tuple[str, int], RowMark]
"""Marks by sheet and line."""


def marks_of(report: SheetReport, words: Words) -> dict[tuple[str, int], RowMark]:
    """Return the mark of each row of which something is said."""
    marks: dict[tuple[str, int], RowMark] = {}

    def add(sheet: str, line: int, code: MarkCode, reasons: Sequence[str]) -> None:
        before = marks.get((sheet, line), RowMark("fine"))
        worst = max(before.code, code, key=_RANKS.index)
        marks[sheet, line] = RowMark(worst, (*before.reasons, *reasons))

    bare = replace(report, rows=(), changes=(), contradictions=())
    for row in report.rows:
        if row.row:
            said = row_text(replace(row, row=0), bare, words)
            reason = f"{row.column}：{said}" if row.column else said
            add(row.sheet, row.row, "rejected" if row.level == "error" else "doubtful", [reason])
    for change in report.changes:
        add(change.sheet, change.row, "changed", [*change_texts(replace(bare, changes=(change,)), words)])
    for unlike in report.contradictions:
        add(unlike.sheet, unlike.row, "doubtful", [*change_texts(replace(bare, contradictions=(unlike,)), words)])
    return marks


def write_marked_workbook(
    grids: Sequence[Grid], heads: Mapping[str, Collection[int]], marks: Marks, words: Words, file: BinaryIO
) -> None:
    """Write a workbook of the rows in their places. `heads` are the lines of headings by sheet. Raises OSError."""
    book = Workbook()
    book.remove(book.worksheets[0])
    if any(grid.day_zero == DAY_ZERO_1904 for grid in grids):
        book.epoch = CALENDAR_MAC_1904
    for grid in grids:
        if not grid.rows:
            continue
        sheet, name = book.create_sheet(grid.name or "Sheet"), cleaned(grid.name)
        at = _behind(grid)
        for row in grid.rows:
            for each in row.cells:
                _put(sheet.cell(row=row.line, column=each.column), each)
            mark = marks.get((name, row.line))
            for offset, text in enumerate(_texts(row.line, heads.get(name, ()), mark, words)):
                cell = sheet.cell(row=row.line, column=at + offset, value=stored(text))
                cell.data_type = TYPE_STRING
            if mark is not None and mark.code in _COLOURS:
                fill = PatternFill("solid", fgColor=_COLOURS[mark.code])
                for column in range(1, at + 2):
                    sheet.cell(row=row.line, column=column).fill = fill
            if row.hidden:
                sheet.row_dimensions[row.line].hidden = True
        for top, left, bottom, right in grid.merges:
            if right > left:
                sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    made = BytesIO()
    book.save(made)
    file.write(made.getvalue())


def write_marked_text(
    grid: Grid, heads: Mapping[str, Collection[int]], marks: Marks, words: Words, file: BinaryIO
) -> None:
    """Write a CSV of the rows of one sheet, as Excel opens it. Raises OSError."""
    made = StringIO()
    rows, name, at = csv.writer(made), cleaned(grid.name), _behind(grid)
    line = 1
    for row in grid.rows:
        for _ in range(row.line - line):
            rows.writerow([])
        own = {each.column: visible_rows(_in_text(each)) for each in row.cells}
        told = _texts(row.line, heads.get(name, ()), marks.get((name, row.line)), words)
        rows.writerow([_unlike_formula(each) for each in (*(own.get(column, "") for column in range(1, at)), *told)])
        line = row.line + 1
    file.write(b"\xef\xbb\xbf" + made.getvalue().encode("utf-8"))


def _behind(grid: Grid) -> int:
    """Return the first column behind all cells of a sheet."""
    return max((cell.column for row in grid.rows for cell in row.cells), default=0) + 1


def _texts(line: int, heads: Collection[int], mark: RowMark | None, words: Words) -> tuple[str, str]:
    if line in heads:
        return MARK_HEADINGS
    if mark is None:
        return "", ""
    return words.sheets.row_marks.get(mark.code, ""), visible_rows("；".join(dict.fromkeys(mark.reasons)))


def _in_text(cell: Cell) -> str:
    """Return a cell as a text has it. Of digits that Excel has lost it is the form that says so: 1.1E+17."""
    if cell.mark == "cut":
        return f"{float(cell.written):.14E}"
    return "" if cell.mark in _BLANK else cell.written


def _put(cell: Any, read: Cell) -> None:
    """Put a cell as it was read. A day stays a day, and a text stays text whatever it looks like."""
    if read.mark in _BLANK:
        return
    value = read.value if visible_rows(read.written) == read.written else None
    if read.kind == "number" and isinstance(value, int | float):
        cell.value = value
    elif read.kind in ("day", "time") and isinstance(value, datetime | date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd" if read.kind == "day" else "yyyy-mm-dd hh:mm:ss"
    else:
        cell.value = stored(read.written)
        cell.data_type = TYPE_STRING


def _unlike_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else guarded(text)
