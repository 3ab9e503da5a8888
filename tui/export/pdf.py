"""PDF of a page: its tables with headings on each sheet, in a font of this machine that holds Chinese."""

import logging
from collections.abc import Iterator
from itertools import groupby
from math import ceil
from typing import Any, BinaryIO, Final

from dutyboard.tui.export.charts.on_sheets import draw_on_sheets
from dutyboard.tui.export.page import NoWriter, Page, PageCell, PageTable
from dutyboard.tui.export.page_text import cell_text
from dutyboard.tui.terminal.cells import width
from dutyboard.tui.terminal.font import ChineseFont, chinese_font
from dutyboard.tui.terminal.visible import visible_rows

_TITLE, _BODY, _CELL, _SMALL = 16.0, 10.5, 9.0, 7.5
_NARROWEST, _WIDEST, _LESS_WIDE = 6, 40, 20
_UPRIGHT, _ACROSS, _LARGE = 110, 165, 240
"""Cells that stand on A4, on A4 across and on A3 across in letters of cells. A wider table has smaller ones."""
_LEAST: Final = 4.5
_PADDING: Final = 0.6
_MOST_LINES: Final = 24
"""Lines of the highest row. A longer text goes on in the row below: none may be higher than a sheet."""


def write_pdf(page: Page, file: BinaryIO) -> None:
    """Write the page and its further sheets. Raises OSError, and NoWriter."""
    try:
        import fpdf
    except ImportError:
        raise NoWriter("package", "fpdf2") from None
    font = chinese_font()
    if font is None:
        raise NoWriter("font")
    sheet = _sheet(fpdf, page, font)
    for each in (page, *page.more):
        cells = max((sum(_widths(table)) for table in each.tables), default=0)
        across = each.wide or cells > _UPRIGHT
        paper = "A3" if cells > _ACROSS else "A4"
        sheet.add_page(orientation="landscape" if across else "portrait", format=paper)
        _write(sheet, each)
    file.write(bytes(sheet.output()))
    file.flush()


def _sheet(fpdf: Any, page: Page, font: ChineseFont) -> Any:
    """Return an empty document whose foot holds the line of who made it, and the number of the sheet."""

    class Sheets(fpdf.FPDF):  # type: ignore[misc]
        def footer(self) -> None:
            self.set_y(-12)
            self.set_font("cjk", size=_SMALL)
            self.cell(0, 5, _shown(page.made))
            self.set_x(self.l_margin)
            self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")

    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)  # it tells of each table that it leaves out
    made = Sheets(format="A4")
    made.set_creator("dutyboard")
    made.set_margin(15)
    made.set_auto_page_break(True, margin=18)
    made.add_font("cjk", fname=font.file, collection_font_number=font.number)
    return made


def _write(sheet: Any, page: Page) -> None:
    sheet.set_font("cjk", size=_TITLE)
    sheet.multi_cell(0, 9, _shown(page.title), align="C", new_x="LMARGIN", new_y="NEXT")
    sheet.set_font("cjk", size=_BODY)
    for line in page.above:
        sheet.multi_cell(0, 6, _shown(line), new_x="LMARGIN", new_y="NEXT")
    draw_on_sheets(sheet, page.charts)
    for table in page.tables:
        sheet.ln(2)
        if table.heading:
            sheet.set_font("cjk", size=_BODY)
            sheet.multi_cell(0, 6, _shown(table.heading), new_x="LMARGIN", new_y="NEXT")
        _table(sheet, table)
    sheet.set_font("cjk", size=_BODY)
    sheet.ln(3)
    for line in page.below:
        sheet.multi_cell(0, 8, _shown(line), new_x="LMARGIN", new_y="NEXT")


def _table(sheet: Any, table: PageTable) -> None:
    """Write a table whose headings stand on top of each sheet."""
    widths = _widths(table)
    size = max(_LEAST, _CELL * min(1.0, _LARGE / max(sum(widths), 1)))
    sheet.set_font("cjk", size=size)
    drawn = sheet.table(
        col_widths=widths,
        num_heading_rows=2 if table.grouped else 1,
        first_row_as_headings=True,
        headings_style=_plain(size),
        line_height=5 * size / _CELL,
        padding=_PADDING,
        text_align="LEFT",
        width=sheet.epw,
    )
    with drawn as made:
        for row in _headings(table):
            made_row = made.row()
            for text, columns, rows in row:
                made_row.cell(_shown(text), colspan=columns, rowspan=rows, align="C")
        for cells in table.rows:
            for texts in _pieces(sheet, cells, widths):
                made_row = made.row()
                for cell, text in zip(cells, texts, strict=True):
                    made_row.cell(text, align="R" if _is_figure(cell) else "L")


def _pieces(sheet: Any, cells: tuple[PageCell, ...], widths: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the texts of a row: several times where one of them has more lines than a row may have."""
    texts = [_shown(cell_text(cell)) for cell in cells]
    if all(_rough_lines(text, size) < _MOST_LINES / 2 for text, size in zip(texts, widths, strict=True)):
        yield tuple(texts)
        return
    each = sheet.epw / sum(widths)
    held = [_lines(sheet, text, each * size) for text, size in zip(texts, widths, strict=True)]
    for at in range(0, max(map(len, held)), _MOST_LINES):
        yield tuple("\n".join(lines[at : at + _MOST_LINES]) for lines in held)


def _rough_lines(text: str, cells: int) -> int:
    return sum(ceil(width(line) / cells) for line in text.split("\n"))


def _lines(sheet: Any, text: str, millimetres: float) -> list[str]:
    """Return a text in the lines that fit beside each other in a column."""
    from fpdf.enums import MethodReturnValue

    found: list[str] = sheet.multi_cell(
        millimetres, text=text, align="L", padding=_PADDING, dry_run=True, output=MethodReturnValue.LINES
    )
    return found


def _plain(size: float) -> Any:
    from fpdf.fonts import FontFace

    return FontFace(family="cjk", emphasis="", size_pt=size, fill_color=(235, 235, 235))


def _headings(table: PageTable) -> Iterator[list[tuple[str, int, int]]]:
    """Yield the rows of headings as text, columns and rows of each cell; a group stands above its columns."""
    if not table.grouped:
        yield [(each.head, 1, 1) for each in table.columns]
        return
    above: list[tuple[str, int, int]] = []
    under: list[tuple[str, int, int]] = []
    for group, columns in groupby(table.columns, key=lambda each: each.group):
        held = list(columns)
        if group:
            above.append((group, len(held), 1))
            under += [(each.head, 1, 1) for each in held]
        else:
            above += [(each.head, 1, 2) for each in held]
    yield above
    yield under


def _widths(table: PageTable) -> tuple[int, ...]:
    """Return the widths of columns in cells: as wide as the widest cell, within bounds that a wide table narrows."""
    texts = [(column.head, *(cell_text(row[at]) for row in table.rows)) for at, column in enumerate(table.columns)]
    widest = [max(width(line) for text in held for line in text.split("\n")) for held in texts]
    most = _WIDEST if sum(widest) <= _LARGE else _LESS_WIDE
    return tuple(min(most, max(_NARROWEST, each)) for each in widest)


def _is_figure(cell: PageCell) -> bool:
    return isinstance(cell, int | float)


def _shown(text: str) -> str:
    return visible_rows(text)
