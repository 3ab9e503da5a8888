"""PNG of a page with charts, in a font of this machine that holds Chinese."""

from io import BytesIO
from typing import Any, BinaryIO, Final

from dutyboard.tui.export.charts.drawing import Caption, Patch, Point, Stroke, drawing_of
from dutyboard.tui.export.page import NoWriter, Page
from dutyboard.tui.terminal.font import chinese_font

_PIXELS: Final = 2
"""Pixels of a point."""
_FINER: Final = 2
"""Times that lines are drawn finer at first: made smaller, their edges are smooth."""
_ANCHORS: Final = {"start": "ls", "middle": "ms", "end": "rs"}


def write_png(page: Page, file: BinaryIO) -> None:
    """Write the picture of a page. Raises OSError, and NoWriter."""
    try:
        from PIL import Image, ImageDraw, ImageFont
    except ImportError:
        raise NoWriter("package", "pillow") from None
    font = chinese_font()
    if font is None:
        raise NoWriter("font")
    drawn = drawing_of(page)
    size = (round(drawn.wide * _PIXELS), round(drawn.high * _PIXELS))
    picture = Image.new("RGB", (size[0] * _FINER, size[1] * _FINER), "white")
    _draw_lines(ImageDraw.Draw(picture), drawn.shapes)
    picture = picture.resize(size, Image.Resampling.BOX)
    pen, fonts = ImageDraw.Draw(picture), {}
    for each in drawn.shapes:
        if isinstance(each, Caption):
            if each.size not in fonts:
                fonts[each.size] = ImageFont.truetype(str(font.file), each.size * _PIXELS, index=font.number)
            place = (each.x * _PIXELS, each.y * _PIXELS)
            pen.text(place, each.text, fill=each.ink, font=fonts[each.size], anchor=_ANCHORS[each.at])
    made = BytesIO()  # a picture is written here and there; a pipe takes it in one go
    picture.save(made, "PNG", dpi=(72 * _PIXELS, 72 * _PIXELS))
    file.write(made.getvalue())
    file.flush()


def _draw_lines(pen: Any, shapes: tuple[object, ...]) -> None:
    for each in shapes:
        if isinstance(each, Stroke):
            pen.line(_scaled(each.points), fill=each.ink, width=_thick(each.width), joint="curve")
        elif isinstance(each, Patch) and each.filled:
            pen.polygon(_scaled(each.points), fill=each.ink)
        elif isinstance(each, Patch):
            around = _scaled((*each.points, each.points[0]))
            pen.line(around, fill=each.ink, width=_thick(1.0), joint="curve")


def _scaled(points: tuple[Point, ...]) -> list[Point]:
    return [(x * _PIXELS * _FINER, y * _PIXELS * _FINER) for x, y in points]


def _thick(width: float) -> int:
    return max(1, round(width * _PIXELS * _FINER))
