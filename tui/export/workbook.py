"""Excel workbook of a report. Text stays text: a cell that looks like a formula is none."""

import re
from io import BytesIO
from typing import BinaryIO, Final

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING

from dutyboard.tui.export.report import Page
from dutyboard.tui.sheets.reader.grids import guarded
from dutyboard.tui.terminal.visible import visible_rows

_ENCODED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def write_workbook(page: Page, file: BinaryIO) -> None:
    """Write one sheet: title, lines above, table. Raises OSError."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [(page.title,), *((line,) for line in page.above), *page.table]
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column, value=stored(value))
            cell.data_type = TYPE_STRING
    made = BytesIO()  # a workbook is written here and there; a pipe takes it in one go
    book.save(made)
    file.write(made.getvalue())
    file.flush()


def stored(text: str) -> str:
    """Return a text so that a reader finds it as it is: what sheet programs would decode is encoded."""
    return _ENCODED.sub("_x005F_", guarded(visible_rows(text)))
