"""A page in lines of text: for a terminal, a file, or a chat."""

from collections.abc import Iterator
from itertools import groupby
from typing import BinaryIO

from dutyboard.tui.export.charts.lines import chart_lines
from dutyboard.tui.export.page import Page, PageCell, PageTable
from dutyboard.tui.terminal.cells import pad, width, wrap
from dutyboard.tui.terminal.visible import visible_json, visible_rows

_GAP = "  "


def as_text(page: Page, cells: int = 0) -> list[str]:
    """Return the page in lines; a column is as wide as its widest cell. `cells`: sentences are wrapped in so many."""
    lines = [page.title]
    for each in (page, *page.more):
        if each is not page:
            lines += ["", each.title]
        lines += [row for line in each.above for row in _wrapped(line, cells)]
        for chart in each.charts:
            lines += ["", *chart_lines(chart, cells)]
        lines += [""] if each.charts else []
        for table in each.tables:
            lines += [table.heading] if table.heading else []
            lines += _table(table)
        lines += [row for line in each.below for row in _wrapped(line, cells)]
    return lines + _wrapped(page.made, cells) if page.made else lines


def write_text(page: Page, file: BinaryIO) -> None:
    """Write the page in lines. Raises OSError."""
    file.write(visible_rows("\n".join(as_text(page)) + "\n").encode())


def write_json(page: Page, file: BinaryIO) -> None:
    """Write the page for programs. Raises OSError."""
    import orjson  # the first frame shows text and no JSON

    file.write(visible_json(page.json, orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def cell_text(cell: PageCell) -> str:
    """Return a cell in words: what was not stated is blank."""
    return "" if cell is None else str(cell)


def _wrapped(line: str, cells: int) -> list[str]:
    return wrap(line, cells) if cells else [line]


def _table(table: PageTable) -> Iterator[str]:
    rows = [tuple(each.head for each in table.columns), *(tuple(map(cell_text, row)) for row in table.rows)]
    widths = [max(width(row[at]) for row in rows) for at in range(len(table.columns))]
    if table.grouped:
        yield _groups(table, widths)
    for row in rows:
        yield _GAP.join(pad(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip()


def _groups(table: PageTable, widths: list[int]) -> str:
    """Return the row of group headings. The last column of a group is widened until its heading stands above it."""
    parts = []
    for group, held in groupby(range(len(widths)), key=lambda at: table.columns[at].group):
        columns = list(held)
        size = sum(widths[at] for at in columns) + len(_GAP) * (len(columns) - 1)
        lacking = max(0, width(group) - size)
        widths[columns[-1]] += lacking
        parts.append(pad(group, size + lacking))
    return _GAP.join(parts).rstrip()
