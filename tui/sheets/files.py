"""A workbook or a CSV file as grids of values, whatever it was saved by."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dutyboard.tui.sheets.notes import IntakeError

Value = str | int | float | datetime | date | None
"""The value of a cell. A formula is the text that was typed; a date cell whose format shows no hour is a date."""

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its rows that hold anything, each with its line number as the officer sees it (from 1)."""

    name: str
    rows: tuple[tuple[int, tuple[Value, ...]], ...]


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Read the sheets of an .xlsx workbook, or the one of a CSV or tab-separated text. Judged by content, not by name.

    Raises IntakeError.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise IntakeError("file_missing", file=path.name) from None
    except OSError:
        raise IntakeError("file_unreadable", file=path.name) from None
    return grids_of(raw, path.name)


def grids_of(raw: bytes, name: str) -> tuple[Grid, ...]:
    """Read the sheets of a file's bytes; `name` is the file's, for an error. Raises IntakeError."""
    if raw.startswith(OLD_EXCEL):
        raise IntakeError("old_excel", file=name)
    if raw.startswith(ZIP):
        return tuple(_workbook(raw, name))
    return (Grid("", tuple(_text_rows(_decoded(raw, name)))),)


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


def _text_rows(text: str) -> Iterator[tuple[int, tuple[Value, ...]]]:
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
        row = tuple(cell.strip() or None for cell in cells)
        if any(row):
            yield number, row


def _workbook(raw: bytes, name: str) -> Iterator[Grid]:
    import openpyxl  # 180 ms: only when a workbook is read
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # Not read-only: that mode does not tell which cells are merged.
        book = openpyxl.load_workbook(io.BytesIO(raw))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, SyntaxError):
        raise IntakeError("not_a_workbook", file=name) from None
    for sheet in book.worksheets:
        spread = _merged_down(sheet)
        rows = (
            (number, tuple(_value(spread.get((number, place), cell)) for place, cell in enumerate(cells, start=1)))
            for number, cells in enumerate(sheet.iter_rows(), start=1)
        )
        yield Grid(sheet.title, tuple((number, row) for number, row in rows if any(cell is not None for cell in row)))


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
    if isinstance(value, int | float | date):
        return value
    # An array formula is an object with its text inside; every other leftover says what it is by str().
    return str(getattr(value, "text", value)).strip() or None
