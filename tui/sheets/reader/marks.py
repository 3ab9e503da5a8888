"""Columns of marks and reasons in the report of an import, left out when it is sent again."""

from typing import Final

import msgspec

from dutyboard.tui.sheets.reader.grids import Grid, GridRow

MARK_HEADINGS: Final = ("核对结果", "核对原因")
"""Headings of the two columns, side by side, in every language."""


def without_marks(grid: Grid) -> Grid:
    """Return a sheet without the columns of marks, if it has them side by side in one row."""
    for row in grid.rows:
        written = {cell.column: cell.written for cell in row.cells}
        for at, text in written.items():
            if (text, written.get(at + 1)) == MARK_HEADINGS:
                return msgspec.structs.replace(grid, rows=tuple(_without(each, at) for each in grid.rows))
    return grid


def _without(row: GridRow, at: int) -> GridRow:
    return msgspec.structs.replace(row, cells=tuple(cell for cell in row.cells if cell.column not in (at, at + 1)))
