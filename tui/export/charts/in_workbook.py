"""Charts of a workbook: Excel's own, on a sheet before the table that holds their figures."""

from typing import Any, Final

from openpyxl.chart import LineChart, Reference, Series
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from dutyboard.tui.export.charts.drawing import INKS
from dutyboard.tui.export.charts.scale import scale_of
from dutyboard.tui.export.page import Page, PageChart

_WIDE, _HIGH = 15.0, 7.5
"""Centimetres of a chart."""
_ACROSS, _CELLS, _ROWS = 9, 9, 16
"""Columns that a chart lies across, the cells of each, and its rows."""
_SYMBOLS: Final = ("circle", "square", "diamond", "triangle")


def draw_in_workbook(book: Any, name: str, page: Page, table: Any, headed: int, lines: tuple[str, ...]) -> None:
    """Add a sheet with the charts of a page. `table` has their figures below its row `headed`; `lines` say whose."""
    sheet = book.create_sheet(name, 0)
    for row, line in enumerate(lines, start=1):
        sheet.cell(row=row, column=1, value=line).font = Font(bold=row == 1, size=16 if row == 1 else 11)
    aside = 2 * _ACROSS + 1  # the days in short, which fit under an axis, stand beside what is printed
    for row, day in enumerate(page.charts[0].days, start=1):
        sheet.cell(row=row, column=aside, value=f"{day:%m-%d}")
    days = Reference(sheet, min_col=aside, min_row=1, max_row=len(page.charts[0].days))
    sheet.print_area = f"A1:{get_column_letter(aside - 1)}{len(lines) + 1 + (len(page.charts) + 1) // 2 * _ROWS}"
    for column in range(1, aside):
        sheet.column_dimensions[get_column_letter(column)].width = _CELLS
    for at, chart in enumerate(page.charts):
        anchor = f"{get_column_letter(1 + at % 2 * _ACROSS)}{len(lines) + 2 + at // 2 * _ROWS}"
        sheet.add_chart(_line_chart(chart, page, table, headed, days), anchor)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False
    book.active = 0


def _line_chart(chart: PageChart, page: Page, table: Any, headed: int, days: Reference) -> Any:
    keys = [column.key for column in page.tables[0].columns]
    first, last = headed + 1, headed + len(chart.days)
    made: Any = LineChart()
    made.title, made.width, made.height = chart.title, _WIDE, _HIGH
    made.legend = Legend()
    made.legend.position = "b"
    made.display_blanks = "gap"  # what is not told is no zero, and no line leads over it
    for number, each in enumerate(chart.series):
        column, ink = keys.index(each.key) + 1, "{:02X}{:02X}{:02X}".format(*INKS[number])
        line = Series(Reference(table, min_col=column, min_row=first, max_row=last), title=each.name)
        line.marker.symbol, line.marker.size, line.smooth = _SYMBOLS[number], 6, False
        line.marker.graphicalProperties = GraphicalProperties(solidFill=ink)
        line.graphicalProperties.line.solidFill = ink
        made.series.append(line)
    made.set_categories(days)
    scale = scale_of(chart)
    if scale is not None:
        made.y_axis.scaling.min, made.y_axis.scaling.max = scale.low, scale.high
        made.y_axis.majorUnit = scale.step
    made.x_axis.delete = made.y_axis.delete = False
    return made
