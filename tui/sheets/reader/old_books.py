"""Sheets of .xls, .xlsb and .ods, read by python-calamine.

It tells no hidden row, and an error value is a blank to it: that is told of the whole file. It reads no comment beside
a cell: those of an .ods are read here, those of an .xlsb are said to be there, and of an .xls nobody can say.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from xml.parsers import expat

from dutyboard.tui.sheets.reader.annotations import annotations
from dutyboard.tui.sheets.reader.grids import DAY_ZERO, Cell, Comment, FileFact, Grid, GridRow, text_cell
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.reader.number_formats import moment_cell, number_cell
from dutyboard.tui.sheets.reader.xml_parts import CELLS, DamagedError, Parts, too_many

OldBook = Literal["binary_workbook", "old_workbook", "open_document"]


def read_old_book(raw: bytes, kind: OldBook) -> tuple[Grid, ...]:
    """Return the sheets of a workbook, the hidden ones by name. Raises IntakeError, CalamineError."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except PasswordError:
        raise IntakeError("with_password") from None
    comments, told = _comments(raw, kind)
    grids: list[Grid] = []
    held = 0
    for sheet in book.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != SheetVisibleEnum.Visible:
            grids.append(Grid(sheet.name, hidden=True))
            continue
        grid = _grid(book.get_sheet_by_name(sheet.name), sheet.name, told, comments.get(sheet.name, ()))
        held += sum(len(row.cells) for row in grid.rows)
        if held > CELLS:
            raise too_many(sheet.name)
        grids.append(grid)
    return tuple(grids)


def _comments(raw: bytes, kind: OldBook) -> tuple[Mapping[str, tuple[Comment, ...]], tuple[FileFact, ...]]:
    """Return the comments that can be read, by their sheet, and what is to be told of the others."""
    if kind == "old_workbook":
        return {}, ("old_format_read", "comments_untold")
    try:
        parts = Parts(raw)
        if kind == "open_document":
            return annotations(parts), ("old_format_read",)
        beside = any("comments" in name for name in parts.names)
        return {}, ("old_format_read", "comments_unread") if beside else ("old_format_read",)
    except (IntakeError, DamagedError, expat.ExpatError, zipfile.BadZipFile, zlib.error):
        return {}, ("old_format_read", "comments_unread")


def _grid(sheet: Any, name: str, told: tuple[FileFact, ...], comments: tuple[Comment, ...]) -> Grid:
    top, left = sheet.start or (0, 0)
    rows: dict[int, dict[int, Cell]] = {}
    for number, values in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1):
        cells = {
            column: cell
            for column, value in enumerate(values, start=left + 1)
            if value != "" and (cell := _cell(column, value)) is not None
        }
        if cells:
            rows[number] = cells
    merges = tuple(
        (first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in sheet.merged_cell_ranges or ()
    )
    for top, left, bottom, right in merges:
        shown = rows.get(top, {}).get(left)
        if left == right and shown is not None:
            for number in range(top + 1, bottom + 1):
                if number in rows:
                    rows[number][left] = shown
    grown = (GridRow(number, tuple(cells[column] for column in sorted(cells))) for number, cells in rows.items())
    return Grid(name, tuple(grown), merges=merges, told=told, comments=comments)


def _cell(column: int, value: object) -> Cell | None:
    match value:
        case bool():
            return text_cell(column, str(value).upper())
        case int() | float():
            return number_cell(column, repr(value), "", DAY_ZERO)
        case datetime():
            return moment_cell(column, value.replace(microsecond=0), hours=False)
        case date():
            return Cell(column, "day", value.isoformat())
        case time():
            return text_cell(column, value.isoformat("minutes"))
        case timedelta():
            hours, rest = divmod(int(value.total_seconds()), 3600)
            return text_cell(column, f"{hours:02}:{rest // 60:02}")
    return text_cell(column, str(value).replace("\r\n", "\n"))
