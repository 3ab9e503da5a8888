"""Columns of marks and reasons in the report of an import, left out when it is sent again."""

from typing import Final

import msgspec

from dutyboard.tui.sheets.reader.grids import Grid, GridRow

MARK_HEADINGS: Final = ("核对结果", "核对原因")
"""Headings of the two columns, side by side, in every language."""


def without_marks(grid: Grid) -> Grid:
    """Return a sheet without the columns of marks, if it has them side by side in one row."""
    mark, reason = MARK_HEADINGS
    for row in grid.rows:
        for cell in row.cells:
            if cell.written == mark and any(
                (cell.column + 1, reason) == (each.column, each.written) for each in row.cells
            ):
                return msgspec.structs.replace(grid, rows=tuple(_without(each, cell.column) for each in grid.rows))
    return grid


def _without(row: GridRow, at: int) -> GridRow:
    return msgspec.structs.replace(row, cells=tuple(cell for cell in row.cells if cell.column not in (at, at + 1)))
