"""The place of a cursor in a grid of rows and columns."""


class GridCursor:
    """A row and a column that never lie outside the grid. `row` and `column` are 0 while the grid is empty."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self._rows = self._columns = self._top = 0

    def fit(self, rows: int, columns: int) -> None:
        """Take the size of the grid, and bring the cursor inside it."""
        self._rows, self._columns = rows, columns
        self.step(0, 0)

    def step(self, down: int, right: int) -> None:
        """Move by so many rows and columns, at most to the edge."""
        self.row = max(0, min(self.row + down, self._rows - 1))
        self.column = max(0, min(self.column + right, self._columns - 1))

    def rows_shown(self, room: int) -> range:
        """Return the rows that are shown in a room of so many.

        They move no more than the cursor needs, and leave no room empty.
        """
        self._top = max(0, min(self._top, self.row, self._rows - room), self.row - room + 1)
        return range(self._top, min(self._rows, self._top + room))
