"""A chart in lines of text: a row a day, with marks on a scale and numbers beside it.

All signs are ASCII, so that no terminal and no chat shifts them. A day of which nothing is told has no mark.
"""

from collections.abc import Sequence
from typing import Final

from dutyboard.tui.export.charts.scale import Scale, scale_of
from dutyboard.tui.export.page import PageChart
from dutyboard.tui.terminal.cells import pad_left, width, wrap

MARKS: Final = "ox+*"
SAME, UNKNOWN = "#", "?"
_MOST: Final = 80
_LEAST: Final = 16
_DAY: Final = 5


def chart_lines(chart: PageChart, cells: int = 0) -> list[str]:
    """Return a chart in lines of at most 80 cells, or so many."""
    most = min(cells or _MOST, _MOST)
    columns = [[UNKNOWN if value is None else str(value) for value in each.values] for each in chart.series]
    sizes = [max(map(width, column)) for column in columns]
    room = max(most - _DAY - 3 - sum(size + 2 for size in sizes), _LEAST)
    scale = scale_of(chart)
    lines = wrap("  ".join([chart.title, *_legend(chart, scale, room)]), most)
    if scale is not None:
        low, high = f"{scale.low:g}", f"{scale.high:g}"
        lines.append(f"{'':{_DAY + 2}}{low}{pad_left(high, room - width(low))}")
    for at, day in enumerate(chart.days):
        numbers = "".join(f"  {pad_left(column[at], size)}" for column, size in zip(columns, sizes, strict=True))
        lines.append(f"{day:%m-%d} |{_marks(chart, at, scale, room)}|{numbers}")
    return lines


def _legend(chart: PageChart, scale: Scale | None, room: int) -> list[str]:
    """Return each mark with its name, and what the signs of a same place and of nothing told mean."""
    rows = "".join(_marks(chart, at, scale, room) for at in range(len(chart.days)))
    found = [f"{mark} {each.name}" for mark, each in zip(MARKS, chart.series)]
    found += [f"{SAME} {chart.same}"] if SAME in rows else []
    absent = any(value is None for each in chart.series for value in each.values)
    return found + ([f"{UNKNOWN} {chart.unknown}"] if absent else [])


def _marks(chart: PageChart, at: int, scale: Scale | None, room: int) -> str:
    """Return the marks of a day. From zero a line leads to the last of them."""
    row = [" "] * room
    values: Sequence[tuple[str, float]] = [
        (mark, value) for mark, each in zip(MARKS, chart.series) if (value := each.values[at]) is not None
    ]
    if scale is None or not values:
        return "".join(row)
    places = [(mark, round(scale.share(value) * (room - 1))) for mark, value in values]
    if chart.from_zero:
        last = max(place for _, place in places)
        row[:last] = "-" * last
    for mark, place in places:
        row[place] = SAME if sum(other == place for _, other in places) > 1 else mark
    return "".join(row)
