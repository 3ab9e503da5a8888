"""SVG of a page with charts: shapes and texts, in a font of the machine that shows it."""

from typing import BinaryIO, Final
from xml.etree import ElementTree

from dutyboard.tui.export.charts.drawing import Caption, Drawing, Drawn, Ink, Patch, Point, Stroke, drawing_of
from dutyboard.tui.export.page import Page
from dutyboard.tui.terminal.visible import visible

_SPACE: Final = "http://www.w3.org/2000/svg"
_FONTS: Final = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'WenQuanYi Zen Hei', SimSun, sans-serif"


def write_svg(page: Page, file: BinaryIO) -> None:
    """Write the picture of a page. Raises OSError."""
    file.write(ElementTree.tostring(_tree(drawing_of(page), page), encoding="utf-8", xml_declaration=True))
    file.flush()


def _tree(drawn: Drawing, page: Page) -> ElementTree.Element:
    size = {"width": f"{drawn.wide:g}", "height": f"{drawn.high:g}", "viewBox": f"0 0 {drawn.wide:g} {drawn.high:g}"}
    made = ElementTree.TreeBuilder()
    made.start("svg", {"xmlns": _SPACE, "font-family": _FONTS, **size})
    _put(made, "title", {}, visible(page.title))
    _put(made, "rect", {"width": "100%", "height": "100%", "fill": "white"})
    for each in drawn.shapes:
        _draw(made, each)
    made.end("svg")
    return made.close()


def _draw(made: ElementTree.TreeBuilder, shape: Drawn) -> None:
    ink = _colour(shape.ink)
    match shape:
        case Stroke():
            line = {"fill": "none", "stroke": ink, "stroke-width": f"{shape.width:g}"}
            _put(made, "polyline", {"points": _points(shape.points), **line})
        case Patch():
            drawn = {"fill": ink} if shape.filled else {"fill": "none", "stroke": ink, "stroke-width": "1"}
            _put(made, "polygon", {"points": _points(shape.points), **drawn})
        case Caption():
            place = {"x": f"{shape.x:.1f}", "y": f"{shape.y:.1f}", "font-size": f"{shape.size:g}"}
            _put(made, "text", {**place, "text-anchor": shape.at, "fill": ink}, shape.text)


def _put(made: ElementTree.TreeBuilder, name: str, told: dict[str, str], text: str = "") -> None:
    made.start(name, told)
    made.data(text)
    made.end(name)


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _colour(ink: Ink) -> str:
    return "#{:02x}{:02x}{:02x}".format(*ink)
