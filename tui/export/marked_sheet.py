"""Report sheet of an import: its rows as they stood, with marks and reasons, to correct and send again."""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, Final, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.signs import cleaned
from dutyboard.tui.export.workbook import stored
from dutyboard.tui.sheets.blocks import shape_of
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.notes import SheetReport
from dutyboard.tui.sheets.reader.files import OpenedFile
from dutyboard.tui.sheets.reader.grids import DAY_ZERO_1904, Cell, Grid, GridRow, guarded
from dutyboard.tui.sheets.reader.marks import MARK_HEADINGS
from dutyboard.tui.terminal.masking import shown
from dutyboard.tui.terminal.visible import visible_rows
from dutyboard.tui.text import Words
from dutyboard.tui.views.intake import row_text
from dutyboard.tui.views.person.changes import change_texts, left_texts

MarkCode = Literal["rejected", "doubtful", "changed", "fine"]
_COLOURS: Final[Mapping[MarkCode, str]] = {"rejected": "FFF4CCCC", "doubtful": "FFFFF2CC", "changed": "FFDDEBF7"}
_RANKS: Final[Sequence[MarkCode]] = ("fine", "changed", "doubtful", "rejected")
_BLANK: Final = ("error", "formula", "long")
"""Marks of cells that were read as blank. They stay so: the reasons tell what stood there."""
SUFFIXES: Final = (".xlsx", ".csv")
"""Ends of the names of report sheets."""
MOST_CELLS: Final = 600_000
"""Cells of a workbook. A sheet of 10,000 people with 30 columns has half as many; more is memory that others need."""
MOST_PLACES: Final = 10_000_000
"""Cells of a text, blank ones too: it has as many in each row as its widest row."""
_MOST_COLOURED: Final = 50
"""Columns of a row that show its mark."""
_MOST_MERGED: Final = 100_000
"""Cells of merged rectangles. What lies beyond stays apart, which changes no text."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""First signs by which a sheet program takes a text of a CSV file for a formula."""


@frozen(kw_only=False)
class RowMark:
    """Mark of one row, and the reasons in words."""

    code: MarkCode
    reasons: tuple[str, ...] = ()


class ReportRefused(Exception):
    """A report sheet that is not written: a text of several sheets, or more cells than one may have."""

    def __init__(self, code: Literal["report_sheets", "report_large"], **fields: int) -> None:
        super().__init__(code)
        self.code: Final = code
        self.fields: Final = fields


Marks = Mapping[tuple[str, int], RowMark]
"""Marks by sheet and line."""


def marked_sheet(
    kind: SheetKind,
    file: OpenedFile,
    answers: Mapping[str, str],
    report: SheetReport,
    words: Words,
    *,
    as_text: bool,
) -> bytes:
    """Return the report of a sheet as a workbook or a CSV. `answers` are the fields given to its headings.

    Raises ReportRefused.
    """
    headings = Headings(kind, answers)
    grids = [grid for grid in file.grids if grid.rows]
    if as_text and len(grids) > 1:
        raise ReportRefused("report_sheets")
    most = MOST_PLACES if as_text else MOST_CELLS
    places = sum(map(_places if as_text else _cells, grids))
    if places > most:
        raise ReportRefused("report_large", cells=places, most=most)
    heads = {}
    for grid in grids:
        lines = {max(column.line for column in block.columns) for block in shape_of(grid, headings).blocks}
        heads[cleaned(grid.name)] = lines or {grid.rows[0].line}
    marks = marks_of(report, words)
    return _text(grids[0], heads, marks, words) if as_text else _workbook(grids, heads, marks, words)


def _cells(grid: Grid) -> int:
    coloured = _coloured(_behind(grid))
    return sum(max(len(row.cells), coloured) + len(MARK_HEADINGS) for row in grid.rows)


def _coloured(behind: int) -> int:
    """Return the first column that has no colour: a far cell makes no row of thousands."""
    return min(behind, _MOST_COLOURED + 1)


def _places(grid: Grid) -> int:
    return max(grid.rows[-1].line, len(grid.rows) * (_behind(grid) + 1))


def marks_of(report: SheetReport, words: Words) -> dict[tuple[str, int], RowMark]:
    """Return the mark of each row of which something is said."""
    marks: dict[tuple[str, int], RowMark] = {}

    def add(sheet: str, line: int, code: MarkCode, reasons: Sequence[str]) -> None:
        before = marks.get((sheet, line), RowMark("fine"))
        worst = max(before.code, code, key=_RANKS.index)
        marks[sheet, line] = RowMark(worst, (*before.reasons, *reasons))

    bare = replace(report, rows=(), changes=(), contradictions=(), left_to_see=())
    for row in report.rows:
        if row.row:
            said = row_text(replace(row, row=0), bare, words)
            reason = f"{row.column}：{said}" if row.column else said
            add(row.sheet, row.row, "rejected" if row.level == "error" else "doubtful", [reason])
    for change in report.changes:
        add(change.sheet, change.row, "changed", [*change_texts(replace(bare, changes=(change,)), words)])
    for unlike in report.contradictions:
        add(unlike.sheet, unlike.row, "doubtful", [*change_texts(replace(bare, contradictions=(unlike,)), words)])
    for left in report.left_to_see:
        add(left.sheet, left.row, "rejected", [*left_texts(replace(bare, left_to_see=(left,)), words)])
    return marks


def _workbook(grids: Sequence[Grid], heads: Mapping[str, Collection[int]], marks: Marks, words: Words) -> bytes:
    """Return a workbook of the rows in their places. `heads` are the lines of headings by sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    if any(grid.day_zero == DAY_ZERO_1904 for grid in grids):
        book.epoch = CALENDAR_MAC_1904
    for grid in grids:
        sheet, name = book.create_sheet(grid.name or "Sheet"), cleaned(grid.name)
        at = _behind(grid)
        for row in grid.rows:
            for each in row.cells:
                _put(sheet.cell(row=row.line, column=each.column), each)
            mark = marks.get((name, row.line))
            for offset, text in enumerate(_texts(row, heads.get(name, ()), mark, words)):
                cell = sheet.cell(row=row.line, column=at + offset, value=stored(text))
                cell.data_type = TYPE_STRING
            if mark is not None and mark.code in _COLOURS:
                fill = PatternFill("solid", fgColor=_COLOURS[mark.code])
                for column in (*range(1, _coloured(at)), at, at + 1):
                    sheet.cell(row=row.line, column=column).fill = fill
            if row.hidden:
                sheet.row_dimensions[row.line].hidden = True
        for top, left, bottom, right in _wide(grid.merges):
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _wide(merges: Iterable[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the merges of several columns, as far as their cells are not too many."""
    left = _MOST_MERGED
    for top, first, bottom, last in merges:
        left -= (bottom - top + 1) * (last - first + 1) if last > first else 0
        if last > first and left >= 0:
            yield top, first, bottom, last


def _text(grid: Grid, heads: Mapping[str, Collection[int]], marks: Marks, words: Words) -> bytes:
    """Return a CSV of the rows of one sheet, as Excel opens it."""
    made = StringIO()
    rows, name, at = csv.writer(made), cleaned(grid.name), _behind(grid)
    line = 1
    for row in grid.rows:
        for _ in range(row.line - line):
            rows.writerow([])
        own = {each.column: visible_rows(_in_text(each)) for each in row.cells}
        told = _texts(row, heads.get(name, ()), marks.get((name, row.line)), words)
        rows.writerow([_unlike_formula(each) for each in (*(own.get(column, "") for column in range(1, at)), *told)])
        line = row.line + 1
    return b"\xef\xbb\xbf" + made.getvalue().encode("utf-8")


def _behind(grid: Grid) -> int:
    """Return the first column behind all cells of a sheet."""
    return max((cell.column for row in grid.rows for cell in row.cells), default=0) + 1


def _texts(row: GridRow, heads: Collection[int], mark: RowMark | None, words: Words) -> tuple[str, str]:
    if row.line in heads:
        return MARK_HEADINGS
    if mark is None:
        return "", ""
    said = words.sheets
    reasons = dict.fromkeys(mark.reasons)
    if mark.code == "rejected" and any(shown(cell.written) != cell.written for cell in row.cells):
        # Of others the desk has the number. His is in the sheet that was sent, and nowhere else.
        reasons[said.numbers_hidden] = None
    return said.row_marks.get(mark.code, ""), visible_rows("；".join(reasons))


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
