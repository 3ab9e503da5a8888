"""Excel workbook of a report. Text stays text: a cell that looks like a formula is none."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING

from dutyboard.tui.export.report import Page
from dutyboard.tui.terminal.visible import visible_rows


def write_workbook(page: Page, path: Path) -> None:
    """Writes one sheet: title, lines above, table. Raises OSError."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [(page.title,), *((line,) for line in page.above), *page.table]
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column, value=visible_rows(value) if isinstance(value, str) else value)
            cell.data_type = TYPE_STRING
    book.save(path)
