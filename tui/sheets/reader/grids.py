"""Sheets as they were read: rows of the cells that hold something, each as written. Loaded by the child that reads."""

import re
from datetime import date, datetime
from typing import Final, Literal, assert_never

import msgspec

from dutyboard.tui.sheets.reader.intake_error import ErrorCode

Value = str | int | float | datetime | date | None
"""The meaning of a cell. A date cell whose format shows no hour is a date."""
Rectangle = tuple[int, int, int, int]
"""A merge: top, left, bottom and right, from 1."""
CellKind = Literal["text", "number", "day", "time"]
Mark = Literal[
    "",
    "error",  # an error value: #N/A. The cell is blank
    "formula",  # a formula without a stored result. The cell is blank
    "long",  # more characters than a cell may have. The cell is blank
    "cut",  # a number of more than 15 digits: Excel keeps 15 and writes zeros behind
]
"""RowDoubt about one cell that only its reader can see."""
RowDoubt = Literal[
    "",
    "quote",  # its quotes do not close: it is taken to end with its line
    "damaged",  # bytes of it belong to no character
]
"""RowDoubt about a row of a text."""
FileFact = Literal[
    "gb18030_read",  # bytes of a text were taken as GB18030
    "old_format_read",  # .xls, .xlsb, .ods: hidden rows are not told, an error value is a blank
    "styles_unread",  # dates may be bare numbers
    "comments_unread",  # beside its cells, some of them or all
    "comments_untold",  # .xls: whether there are any, nobody can say
]
"""Fact about a whole file that its officer must know."""

LONGEST_CELL: Final = 32_767
"""Characters of a cell, as in Excel."""
DAY_ZERO: Final = date(1899, 12, 30)
"""Day 0 of Excel's day numbers."""
DAY_ZERO_1904: Final = date(1904, 1, 1)
"""Day 0 of a workbook that counts as old Macs did."""
_ERRORS: Final = frozenset(
    ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
_GUARDED: Final = re.compile(r"=\s*\"(.*)\"", re.DOTALL)


class Cell(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One cell that holds something. `column` counts from 1; `written` is its text, a number's digits, an ISO date."""

    column: int
    kind: CellKind
    written: str
    mark: Mark = ""

    @property
    def value(self) -> Value:
        """Return what the cell says. A guard of text, `="007"` or `'007`, is taken off."""
        if self.mark in ("error", "formula", "long"):
            return None
        match self.kind:
            case "text":
                return _unguarded(self.written) or None
            case "number":
                return int(self.written) if self.written.lstrip("-").isdigit() else float(self.written)
            case "day":
                return date.fromisoformat(self.written)
            case "time":
                return datetime.fromisoformat(self.written)
            case never:
                assert_never(never)


class GridRow(msgspec.Struct, frozen=True, array_like=True):
    """One row with its cells from left to right.

    `line` is its number as the officer sees it (from 1). `record`: in a text, its number among the rows, which is
    lower than `line` below a cell of several lines.
    """

    line: int
    cells: tuple[Cell, ...]
    hidden: bool = False
    record: int = 0
    doubt: RowDoubt = ""

    def by_column(self) -> dict[int, Cell]:
        """Return the cells by their columns."""
        return {cell.column: cell for cell in self.cells}


class Comment(msgspec.Struct, frozen=True, array_like=True):
    """A comment that somebody wrote beside a cell."""

    line: int
    column: int
    text: str


class Grid(msgspec.Struct, frozen=True):
    """One sheet: its rows that hold anything. A hidden sheet has its name alone.

    A merge within one column has given its value to each of its rows. `day_zero` is the day from which bare numbers
    count.
    """

    name: str
    rows: tuple[GridRow, ...] = ()
    hidden: bool = False
    day_zero: date = DAY_ZERO
    merges: tuple[Rectangle, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    told: tuple[FileFact, ...] = ()
    comments: tuple[Comment, ...] = ()


class SheetsRead(msgspec.Struct, frozen=True):
    """The sheets of a file, or the code of what is wrong with it and the gaps of its sentence."""

    grids: tuple[Grid, ...] = ()
    error: ErrorCode | None = None
    fields: dict[str, str | int] = {}


def text_cell(column: int, text: str) -> Cell | None:
    """Return a cell of text without the blanks around it; None if it holds nothing."""
    text = text.strip()
    if not text:
        return None
    if len(text) > LONGEST_CELL:
        return Cell(column, "text", text[:200], "long")
    return Cell(column, "text", text, "error" if text in _ERRORS else "")


def place_of(column: int, line: int) -> str:
    """Return a place as sheets write it: `AB12`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{line}"


def guarded(text: str) -> str:
    """Return a text as a cell must hold it: with a guard where its own first sign looks like one."""
    return f"'{text}" if _unguarded(text) != text else text


def _unguarded(text: str) -> str:
    """Return the text that a guard makes a sheet program keep."""
    if not text.startswith(("=", "'")):
        return text
    guarded = _GUARDED.fullmatch(text)
    if guarded:
        return guarded[1].replace('""', '"').strip()
    if text.startswith("'") and not text.endswith("'"):
        return text[1:].strip()
    return text
