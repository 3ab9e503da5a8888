"""A list with lines about its row beside it, where the screen has room for both."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from textual.containers import Horizontal
from textual.events import Resize
from textual.widget import Widget

from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.terminal.steady import Steady
from dutyboard.tui.widgets.painted import Painted

WITH_PANE: Final = 120
"""Cells of a screen from which the lines stand beside the list. They take those beyond 80."""
PANE_CELLS: Final = 40
FOLLOWS_SECONDS: Final = 0.15
"""Seconds for which the cursor rests before the lines follow it: a key held down is not slowed by them."""
_EDGE: Final[Line] = (("| ", "dim"),)


class SidePane(Steady, Horizontal):
    """The list, and the pane at its right. `lines` are made of a number of cells, once the cursor rests.

    `more` is a text with `{n}`, the number of rows that have no room; it stands in the last one.
    """

    DEFAULT_CSS = f"""
    SidePane {{ height: 1fr; }}
    SidePane #beside {{ width: {PANE_CELLS}; display: none; }}
    SidePane.wide #beside {{ display: block; }}
    """

    def __init__(self, table: Widget, lines: Callable[[int], Sequence[Line]], more: str) -> None:
        super().__init__()
        self._table = table
        self._lines = lines
        self._more = more
        self._pane = Painted(id="beside", height=0)
        self._pane.styles.height = "1fr"
        self._waits = False

    def compose(self) -> Iterable[Widget]:
        """Yield the list and the pane."""
        yield self._table
        yield self._pane

    def on_resize(self, event: Resize) -> None:
        """Show the pane where there is room for it."""
        self.set_class(event.size.width >= WITH_PANE, "wide")
        self.follow()

    def follow(self) -> None:
        """Paint the lines of the row under the cursor, once it rests."""
        if self.has_class("wide") and not self._waits:
            self._waits = True
            self.set_timer(FOLLOWS_SECONDS, self._paint)

    def _paint(self) -> None:
        self._waits = False
        rows = self._pane.size.height
        lines = [(*_EDGE, *line) for line in self._lines(PANE_CELLS - 2)]
        if len(lines) > rows > 0:  # a part is not the whole
            lines[rows - 1 :] = [(*_EDGE, (self._more.format(n=len(lines) - rows + 1), "dim"))]
        self._pane.paint([*lines, *[_EDGE] * (rows - len(lines))])


def list_cells(cells: int) -> int:
    """Return the cells that a list has on a screen of so many. The pane has the rest."""
    return cells - PANE_CELLS if cells >= WITH_PANE else cells
