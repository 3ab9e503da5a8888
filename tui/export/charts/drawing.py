"""Charts drawn as shapes: lines, areas and texts with their places. Each writer puts the same shapes on its paper.

Places are in points (1/72 inch) from the upper left corner. A series is known by its mark, without its colour.
"""

from collections.abc import Iterator
from itertools import groupby
from math import cos, pi, sin
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.tui.export.charts.scale import Scale, scale_of
from dutyboard.tui.export.page import Page, PageChart, PageSeries
from dutyboard.tui.terminal.cells import width, wrap
from dutyboard.tui.terminal.visible import visible

Ink = tuple[int, int, int]
Point = tuple[float, float]
_BLACK: Final[Ink] = (32, 32, 32)
_GREY: Final[Ink] = (96, 96, 96)
_RULE: Final[Ink] = (212, 212, 212)
_UNTOLD: Final[Ink] = (236, 236, 236)
INKS: Final[tuple[Ink, ...]] = ((0, 84, 150), (190, 66, 0), (70, 70, 70), (0, 110, 80))
_MARKS: Final = ((24, 0.0, 2.6), (4, pi / 4, 4.8), (4, 0.0, 6.0), (3, -pi / 2, 5.4))
"""Corners, turn and radius of the mark of each series. They lie around each other where values are the same."""
_TITLE, _TEXT, _HEAD, _SMALL = 18.0, 11.0, 12.0, 8.5
_MARGIN, _BETWEEN = 28.0, 24.0
_WIDE, _HIGH = 484.0, 190.0
"""Width and height of a chart in a picture of two beside each other."""
_DAY_ROOM: Final = 30.0
"""Width of a day that is written out below the axis."""
_MARK_ROOM: Final = 11.0


@frozen
class Stroke:
    """A line through some points."""

    points: tuple[Point, ...]
    ink: Ink
    width: float = 0.6


@frozen
class Patch:
    """A patch between some points, filled or drawn around."""

    points: tuple[Point, ...]
    ink: Ink
    filled: bool


@frozen
class Caption:
    """A text on its base line: it starts, ends, or has its middle at `x`."""

    x: float
    y: float
    text: str
    size: float
    at: Literal["start", "middle", "end"] = "start"
    ink: Ink = _BLACK


Drawn = Stroke | Patch | Caption


@frozen(eq=False)
class Drawing:
    """A picture: its size and its shapes, in the order in which they are drawn."""

    wide: float
    high: float
    shapes: tuple[Drawn, ...]


def drawing_of(page: Page) -> Drawing:
    """Return the picture of a page: its title, its lines, its charts in two columns, and who made it."""
    wide = 2 * _MARGIN + 2 * _WIDE + _BETWEEN
    y = _MARGIN + _TITLE
    shapes: list[Drawn] = [Caption(x=wide / 2, y=y, text=visible(page.title), size=_TITLE, at="middle")]
    y += 8
    for line in page.above:
        for row in _rows(line, wide, _TEXT):
            y += _TEXT + 5
            shapes.append(Caption(x=_MARGIN, y=y, text=row, size=_TEXT))
    y += 12
    for at, chart in enumerate(page.charts):
        left = _MARGIN + (at % 2) * (_WIDE + _BETWEEN)
        shapes += chart_shapes(chart, left, y, _WIDE, _HIGH)
        if at % 2 or at == len(page.charts) - 1:
            y += _HIGH + 14
    for line in (*page.below, page.made):
        for row in _rows(line, wide, _SMALL):
            y += _SMALL + 4
            shapes.append(Caption(x=_MARGIN, y=y, text=row, size=_SMALL, ink=_GREY))
    return Drawing(wide=wide, high=y + _MARGIN, shapes=tuple(shapes))


def chart_shapes(chart: PageChart, left: float, top: float, wide: float, high: float) -> Iterator[Drawn]:
    """Yield the shapes of one chart in a place of this size."""
    yield Caption(x=left, y=top + _HEAD, text=visible(chart.title), size=_HEAD)
    yield from _legend(chart, left + wide, top + _HEAD)
    field = _Field(chart, left, top, wide, high)
    yield from field.shapes()


def _legend(chart: PageChart, right: float, y: float) -> Iterator[Drawn]:
    """Yield the marks with their names, from the right: last what a grey day means, if there is one."""
    if any(value is None for each in chart.series for value in each.values):
        yield Caption(x=right, y=y, text=f"? {visible(chart.unknown)}", size=_SMALL, at="end", ink=_GREY)
        right -= _wide(f"? {chart.unknown}", _SMALL) + 14
    for number, each in reversed(tuple(enumerate(chart.series))):
        name = visible(each.name)
        yield Caption(x=right, y=y, text=name, size=_SMALL, at="end")
        right -= _wide(name, _SMALL) + 10
        yield Stroke(points=((right - 9, y - 3), (right + 5, y - 3)), ink=INKS[number], width=1.1)
        yield _mark(number, (right - 2, y - 3), 1.0)
        right -= 22


class _Field:
    """The field of a chart between its axes, while it is drawn."""

    def __init__(self, chart: PageChart, left: float, top: float, wide: float, high: float) -> None:
        self.chart = chart
        self.left, self.right = left + 34, left + wide - 6
        self.top, self.bottom = top + 24, top + high - 22
        self.step = (self.right - self.left) / max(len(chart.days), 1)
        self.scale = scale_of(chart)

    def shapes(self) -> Iterator[Drawn]:
        """Yield its days, its scale and its series."""
        yield from self._untold()
        if self.scale is not None:
            yield from self._ruled(self.scale)
        yield Stroke(points=((self.left, self.bottom), (self.right, self.bottom)), ink=_GREY)
        every = max(1, -(-int(_DAY_ROOM * 100) // max(int(self.step * 100), 1)))
        for at, day in enumerate(self.chart.days):
            if at % every == 0:
                label = f"{day:%m-%d}"
                yield Caption(x=self._x(at), y=self.bottom + 15, text=label, size=_SMALL, at="middle", ink=_GREY)
        if self.scale is None:
            middle = ((self.left + self.right) / 2, (self.top + self.bottom) / 2)
            yield Caption(
                x=middle[0], y=middle[1], text=visible(self.chart.unknown), size=_TEXT, at="middle", ink=_GREY
            )
            return
        for number, each in reversed(tuple(enumerate(self.chart.series))):
            yield from self._series(number, each, self.scale)

    def _x(self, at: int) -> float:
        return self.left + (at + 0.5) * self.step

    def _untold(self) -> Iterator[Drawn]:
        """Yield a grey stripe for each day of which nothing is told."""
        for at in range(len(self.chart.days)):
            if all(each.values[at] is None for each in self.chart.series):
                left, right = self.left + at * self.step, self.left + (at + 1) * self.step
                corners = ((left, self.top), (right, self.top), (right, self.bottom), (left, self.bottom))
                yield Patch(points=corners, ink=_UNTOLD, filled=True)
                if self.step >= _SMALL and self.scale is not None:
                    yield Caption(x=self._x(at), y=self.bottom - 5, text="?", size=_SMALL, at="middle", ink=_GREY)

    def _ruled(self, scale: Scale) -> Iterator[Drawn]:
        for tick in scale.ticks:
            y = self._y(tick, scale)
            yield Stroke(points=((self.left, y), (self.right, y)), ink=_RULE)
            yield Caption(x=self.left - 5, y=y + 3, text=f"{tick:g}", size=_SMALL, at="end", ink=_GREY)

    def _y(self, value: float, scale: Scale) -> float:
        return self.bottom - scale.share(value) * (self.bottom - self.top)

    def _series(self, number: int, series: PageSeries, scale: Scale) -> Iterator[Drawn]:
        """Yield a line that breaks where a day is not told, and a mark on each day that is."""
        size = min(1.0, max(0.4, self.step / _MARK_ROOM))
        for told, held in groupby(enumerate(series.values), key=lambda each: each[1] is not None):
            points = [(self._x(at), self._y(value, scale)) for at, value in held if told and value is not None]
            if len(points) > 1:
                yield Stroke(points=tuple(points), ink=INKS[number], width=1.1)
            yield from (_mark(number, point, size) for point in points)


def _mark(number: int, point: Point, size: float) -> Patch:
    """Return the mark of a series: the first is a dot, the others are drawn around."""
    corners, turn, radius = _MARKS[number]
    x, y = point
    angles = [turn + 2 * pi * n / corners for n in range(corners)]
    around = tuple((x + radius * size * cos(each), y + radius * size * sin(each)) for each in angles)
    return Patch(points=around, ink=INKS[number], filled=number == 0)


def _rows(line: str, wide: float, size: float) -> list[str]:
    return wrap(visible(line), int((wide - 2 * _MARGIN) / (size / 2))) if line else []


def _wide(text: str, size: float) -> float:
    """Return about how wide a text is: a sign of Chinese is a square, one of ours half of it."""
    return width(text) * size / 2
