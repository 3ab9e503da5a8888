"""Charts on the sheets of a PDF, two beside each other."""

from collections.abc import Sequence
from typing import Any, Final

from dutyboard.tui.export.charts.drawing import Caption, Drawn, Patch, Point, Stroke, chart_shapes
from dutyboard.tui.export.page import PageChart

_MM: Final = 25.4 / 72
_BETWEEN, _HIGH = 8.0, 47.0
"""Millimetres between two charts, and of the height of one."""


def draw_on_sheets(sheet: Any, charts: Sequence[PageChart]) -> None:
    """Draw charts below what stands on a sheet; what has no room on it goes on the next."""
    wide = (sheet.epw - _BETWEEN) / 2
    for first in range(0, len(charts), 2):
        if sheet.will_page_break(_HIGH):
            sheet.add_page(same=True)
        top = sheet.get_y() + 1
        for at, chart in enumerate(charts[first : first + 2]):
            left = sheet.l_margin + at * (wide + _BETWEEN)
            with sheet.local_context():
                for each in chart_shapes(chart, left / _MM, top / _MM, wide / _MM, (_HIGH - 2) / _MM):
                    _draw(sheet, each)
        sheet.set_y(top + _HIGH)


def _draw(sheet: Any, shape: Drawn) -> None:
    match shape:
        case Stroke():
            sheet.set_draw_color(*shape.ink)
            sheet.set_line_width(shape.width * _MM)
            sheet.polyline(_places(shape.points))
        case Patch():
            sheet.set_draw_color(*shape.ink)
            sheet.set_fill_color(*shape.ink)
            sheet.set_line_width(_MM)
            sheet.polygon(_places(shape.points), style="F" if shape.filled else "D")
        case Caption():
            sheet.set_text_color(*shape.ink)
            sheet.set_font("cjk", size=shape.size)
            back = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.at] * sheet.get_string_width(shape.text)
            sheet.text(shape.x * _MM - back, shape.y * _MM, shape.text)


def _places(points: tuple[Point, ...]) -> list[Point]:
    return [(x * _MM, y * _MM) for x, y in points]
