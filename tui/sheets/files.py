"""A workbook or a CSV file as grids of values, whatever it was saved by."""

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import Any

from dutyboard.tui.sheets.notes import IntakeError
from dutyboard.tui.sheets.workbook import CELLS, counted

Value = str | int | float | datetime | date | None
"""The value of a cell. A formula is the text that was typed; a date cell whose format shows no hour is a date."""

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
STANDARD_INPUT = Path("-")
LARGEST = 100 << 20
"""Bytes of a file. It is not read further."""
LONGEST_LINE = 1 << 20
"""Characters of one line of text."""
SEPARATORS = 10 * CELLS
"""Separators in a text, blank cells among them."""
_LAST = "\x1f"
"""A line put behind the last one: a quote that nobody closed swallows it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its rows that hold anything, each with its line number as the officer sees it (from 1)."""

    name: str
    rows: tuple[tuple[int, tuple[Value, ...]], ...]


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Read the sheets of an .xlsx workbook, or the one of a CSV or tab-separated text. Judged by content, not by name.

    `-` is standard input. Raises IntakeError.
    """
    try:
        if path == STANDARD_INPUT:
            return grids_of(sys.stdin.buffer.read(LARGEST + 1), path.name)
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise IntakeError("file_missing", file=path.name) from None
    except OSError:
        raise IntakeError("file_unreadable", file=path.name) from None
    return grids_of(raw, path.name)


def grids_of(raw: bytes, name: str) -> tuple[Grid, ...]:
    """Read the sheets of a file's bytes; `name` is the file's, for an error. Raises IntakeError."""
    if len(raw) > LARGEST:
        raise IntakeError("file_too_large", file=name, most=LARGEST >> 20)
    if raw.startswith(OLD_EXCEL):
        raise IntakeError("old_excel", file=name)
    if raw.startswith(ZIP):
        return tuple(_workbook(raw, name))
    return (Grid("", tuple(_text_rows(_decoded(raw, name), name))),)


def _decoded(raw: bytes, name: str) -> str:
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    # GB18030 accepts nearly every byte string, so UTF-8, which accepts few, is asked first.
    encodings = ["utf-16"] if wide else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise IntakeError("encoding_unread", file=name)


def _text_rows(text: str, name: str) -> Iterator[tuple[int, tuple[Value, ...]]]:
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    if text.count(delimiter) + text.count("\n") > SEPARATORS:
        raise IntakeError("too_many_cells", file=name, place="?", most=CELLS)
    reader = csv.reader(chain(_bounded_lines(text, name), [_LAST]), delimiter=delimiter)
    number = held = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if cells == [_LAST]:
                return
            if any(_LAST in cell for cell in cells):
                raise IntakeError("unclosed_quote", file=name, row=number)
            row = tuple(cell.strip() or None for cell in cells)
            if any(row):
                held += sum(cell is not None for cell in row)
                if held > CELLS:
                    raise IntakeError("too_many_cells", file=name, place=number, most=CELLS)
                yield number, row
    except csv.Error:
        raise IntakeError("cell_too_long", file=name, row=number + 1, most=csv.field_size_limit()) from None


def _bounded_lines(text: str, name: str) -> Iterator[str]:
    stream, number = io.StringIO(text, newline=None), 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise IntakeError("line_too_long", file=name, row=number, most=LONGEST_LINE)
        yield line


def _workbook(raw: bytes, name: str) -> Iterator[Grid]:
    import openpyxl  # 180 ms: only when a workbook is read

    plain = counted(raw, name)
    try:
        # Not read-only: that mode does not tell which cells are merged.
        book = openpyxl.load_workbook(plain)
        yield from [_grid(sheet) for sheet in book.worksheets]
    except Exception:  # whatever the reader stumbles over: it is made for files that programs of sheets write
        raise IntakeError("not_a_workbook", file=name) from None


def _grid(sheet: Any) -> Grid:
    spread = _merged_down(sheet)
    rows = (
        (number, tuple(_value(spread.get((number, place), cell)) for place, cell in enumerate(cells, start=1)))
        for number, cells in enumerate(sheet.iter_rows(), start=1)
    )
    return Grid(sheet.title, tuple((number, row) for number, row in rows if any(cell is not None for cell in row)))


def _merged_down(sheet: Any) -> dict[tuple[int, int], Any]:
    """Return the cells that a vertical merge hides, each with the value shown (one address for a family)."""
    return {
        (row, area.min_col): sheet.cell(area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        if area.min_col == area.max_col
        for row in range(area.min_row + 1, area.max_row + 1)
    }


def _value(cell: Any) -> Value:
    value = cell.value
    if value is None:
        return None
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date() if midnight and "h" not in str(cell.number_format).lower() else value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, int | float | date):
        return value
    # An array formula is an object with its text inside; every other leftover says what it is by str().
    return str(getattr(value, "text", value)).strip() or None
