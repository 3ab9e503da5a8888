"""Excel workbook of a page, as an office prints it. Figures are numbers; a text that looks like a formula is a text."""

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from math import ceil
from typing import Any, BinaryIO, Final

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from dutyboard.tui.export.page import Page, PageCell, PageTable
from dutyboard.tui.export.page_text import cell_text
from dutyboard.tui.sheets.reader.grids import guarded
from dutyboard.tui.terminal.cells import width
from dutyboard.tui.terminal.visible import visible, visible_rows

_ENCODED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_A4, _A3 = "9", "8"
_WIDTHS: Final = (6, 36)
"""Cells of the narrowest and of the widest column. A longer text is wrapped in its cell."""
_PAD: Final = 2
_UPRIGHT, _ACROSS, _LARGE = 110, 180, 260
"""Cells that stand on A4, on A4 across and on A3 across in letters that can be read. More go on further sheets."""
_LINE, _TITLE_LINE, _HIGHEST = 15.0, 24.0, 409.0
"""Points of a line of text, of one of the title, and of the highest row of Excel."""
_TITLE_CELLS: Final = 1.6
_SIDE: Final = Side(style="thin")
_BOX: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_MIDDLE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT: Final = Alignment(vertical="center", wrap_text=True)
_NO_TAB: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TAB: Final = 31


def write_workbook(page: Page, file: BinaryIO) -> None:
    """Write a sheet for the page and one for each further page. Raises OSError."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "dutyboard"
    for each in (page, *page.more):
        sheet = _Sheet(book.create_sheet(_tab(each.name or each.title, book.sheetnames)), each, page.made)
        sheet.write()
        if each.charts:
            from dutyboard.tui.export.charts.in_workbook import draw_in_workbook  # most workbooks have none

            lines = tuple(map(stored, (each.title, *each.above, page.made)))
            draw_in_workbook(book, _tab(each.title, book.sheetnames), each, sheet.sheet, sheet.headed[1], lines)
    made = BytesIO()  # a workbook is written here and there; a pipe takes it in one go
    book.save(made)
    file.write(made.getvalue())
    file.flush()


def stored(text: str) -> str:
    """Return a text so that a reader finds it as it is: what sheet programs would decode is encoded."""
    return _ENCODED.sub("_x005F_", guarded(visible_rows(text)))


def _tab(text: str, taken: list[str]) -> str:
    """Return a name for a sheet that no other sheet has, without the signs that none may have."""
    name = _NO_TAB.sub(" ", visible(text)).strip("' ")[:_LONGEST_TAB] or "Sheet"
    number = 1
    known, first = {each.casefold() for each in taken}, name
    while name.casefold() in known:
        number += 1
        name = f"{first[: _LONGEST_TAB - len(str(number)) - 1]} {number}"
    return name


class _Sheet:
    """One sheet of a workbook while it is written, row by row."""

    def __init__(self, sheet: Any, page: Page, made: str) -> None:
        self.sheet, self.page, self.made = sheet, page, made
        self.columns = max((len(table.columns) for table in page.tables), default=1)
        self.widths = _widths(page, self.columns)
        self.row = 0
        self.headed = (0, 0)
        self._styles: dict[bool, Any] = {}

    def write(self) -> None:
        """Write the page and say how it prints."""
        on_one_sheet = sum(self.widths) <= _LARGE
        self._line(self.page.title, Font(bold=True, size=16), _MIDDLE if on_one_sheet else _LEFT)
        self.sheet.row_dimensions[self.row].height = _TITLE_LINE
        for each in self.page.above:
            self._line(each)
        for at, table in enumerate(self.page.tables):
            self._table(table, first=at == 0)
        for each in self.page.below:
            self._line(each)
        if self.made:
            self._line(self.made, Font(size=9, color="FF606060"))
        for at, cells in enumerate(self.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(at)].width = cells
        self._set_page()

    def _line(self, text: str, font: Font | None = None, alignment: Alignment = _LEFT) -> None:
        self.row += 1
        cell = self.sheet.cell(row=self.row, column=1, value=stored(text))
        cell.data_type, cell.alignment = TYPE_STRING, alignment
        if font is not None:
            cell.font = font
        if self.columns > 1:
            self.sheet.merge_cells(start_row=self.row, start_column=1, end_row=self.row, end_column=self.columns)
        self._set_height([text], [sum(self.widths)])

    def _table(self, table: PageTable, *, first: bool) -> None:
        if table.heading:
            self._line(table.heading, Font(bold=True))
        if table.grouped:
            self._cells(
                tuple(each.group or each.head for each in table.columns), heading=True, widths=self._spans(table)
            )
        self._cells(tuple(each.head for each in table.columns), heading=True)
        if table.grouped:
            self._merge_groups(table)
        if first:
            self.headed = (self.row - table.grouped, self.row)
        for row in table.rows:
            self._cells(row)

    def _merge_groups(self, table: PageTable) -> None:
        """Merge each group heading above its columns; the heading of a column of none reaches over both rows."""
        above = self.row - 1
        for group, held in groupby(range(1, len(table.columns) + 1), key=lambda at: table.columns[at - 1].group or at):
            columns = list(held)
            last = above if isinstance(group, str) else self.row
            if len(columns) > 1 or last > above:
                self.sheet.merge_cells(start_row=above, start_column=columns[0], end_row=last, end_column=columns[-1])

    def _spans(self, table: PageTable) -> list[int]:
        """Return for each column the cells of all columns of its group."""
        groups = [each.group or at for at, each in enumerate(table.columns)]
        return [sum(cells for other, cells in zip(groups, self.widths) if other == group) for group in groups]

    def _cells(self, row: tuple[PageCell, ...], *, heading: bool = False, widths: Sequence[int] | None = None) -> None:
        self.row += 1
        for at, value in enumerate(row, start=1):
            self._put(self.sheet.cell(row=self.row, column=at), value, heading)
        self._set_height(tuple(map(cell_text, row)), widths or self.widths)

    def _set_height(self, texts: Sequence[str], widths: Sequence[int]) -> None:
        """Make the row as high as its highest text. No program does it for a merged cell, and some for none."""
        lines = max((_lines(text, cells - _PAD) for text, cells in zip(texts, widths)), default=1)
        if lines > 1:
            self.sheet.row_dimensions[self.row].height = min(lines * _LINE, _HIGHEST)

    def _put(self, cell: Any, value: PageCell, heading: bool) -> None:
        if isinstance(value, str):
            cell.value = stored(value) or None
            if value:
                cell.data_type = TYPE_STRING
        else:
            cell.value = value
        if heading in self._styles:  # a style is looked up once: a thousand rows have thirty thousand cells
            cell._style = self._styles[heading]
            return
        cell.border, cell.alignment = _BOX, _MIDDLE if heading else _LEFT
        if heading:
            cell.font = Font(bold=True)
        self._styles[heading] = cell._style

    def _set_page(self) -> None:
        """Print on paper that is wide enough for letters that can be read, headings and number on each sheet."""
        sheet, cells = self.sheet, sum(self.widths)
        across = self.page.wide or cells > _UPRIGHT
        sheet.page_setup.paperSize = _A3 if cells > _ACROSS else _A4
        sheet.page_setup.orientation = "landscape" if across else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = ceil(cells / _LARGE), 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_area = f"A1:{get_column_letter(self.columns)}{max(self.row, 1)}"
        if cells > _LARGE:
            sheet.print_title_cols = "A:A"
        if self.headed[1]:
            sheet.print_title_rows = "{}:{}".format(*self.headed)
            sheet.freeze_panes = f"A{self.headed[1] + 1}"
        sheet.oddFooter.right.text = "&P/&N"


def _widths(page: Page, columns: int) -> list[int]:
    """Return the cells of each column: as its widest text within bounds. A heading may stand in two rows.

    A page that is narrower than its title is made as wide.
    """
    found = []
    for at in range(columns):
        tables = [table for table in page.tables if at < len(table.columns)]
        texts = [line for table in tables for row in table.rows for line in cell_text(row[at]).split("\n")]
        heads = [ceil(width(table.columns[at].head) / 2) for table in tables]
        widest = max([*map(width, texts), *heads], default=_WIDTHS[1])
        found.append(min(max(widest, _WIDTHS[0]), _WIDTHS[1]) + _PAD)
    lacking = ceil(width(page.title) * _TITLE_CELLS) - sum(found)
    return [each + ceil(max(lacking, 0) / columns) for each in found]


def _lines(text: str, cells: int) -> int:
    return sum(max(1, ceil(width(line) / cells)) for line in text.split("\n"))
