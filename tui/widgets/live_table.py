"""A list of rows with keys. A change repaints one row, and the selection stays on its row.

Textual's DataTable repaints itself wholly for one changed cell (7,237 bytes at 80x24, measured); this one sends 300 or
so.
"""

from collections.abc import Sequence

from textual.binding import Binding
from textual.events import Resize
from textual.message import Message

from dutyboard.frozen import frozen
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.terminal.masking import revealed, revealing
from dutyboard.tui.widgets.painted import Painted


@frozen(kw_only=False)
class Row:
    """A row's key and its line. The first cell of the line is kept free for the cursor's mark."""

    key: str
    line: Line


class LiveTable(Painted, can_focus=True):
    """A header and rows. `show` puts the rows in a new order and keeps the cursor on its key."""

    DEFAULT_CSS = """
    LiveTable { height: 1fr; }
    """
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "to(0)", show=False),
        Binding("end", "to(-1)", show=False),
    ]

    class Moved(Message):
        """The cursor is on another row."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, height=0)
        self.styles.height = "1fr"
        self._header: Line = ()
        self._empty: Line = ()
        self._rows: list[Row] = []
        self._cursor = 0
        self._top = 0
        self._aim: str | None = None
        self._revealed = False

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in the order shown."""
        return tuple(self._rows)

    @property
    def selected(self) -> str | None:
        """The key under the cursor; None if there are no rows."""
        return self._rows[self._cursor].key if self._rows else None

    @property
    def cursor(self) -> int:
        """The index of the row under the cursor."""
        return self._cursor

    def show(self, header: Line, rows: Sequence[Row], empty: Line = ()) -> None:
        """Show these rows in this order. The cursor stays on its key, or on its place if the key is gone."""
        key = self._aim if self._aim in {row.key for row in rows} else self.selected
        self._aim = None
        self._revealed = revealed()
        self._header, self._empty, self._rows = header, empty, list(rows)
        places = {row.key: i for i, row in enumerate(self._rows)}
        self._cursor = places.get(key or "", min(self._cursor, max(0, len(self._rows) - 1)))
        self._repaint()

    def aim(self, key: str) -> None:
        """Put the cursor on a key now, or with the next rows that hold it."""
        self._aim = key
        self.select(key)

    def select(self, key: str) -> None:
        """Put the cursor on a key, if it is there."""
        for i, row in enumerate(self._rows):
            if row.key == key:
                self.action_to(i)
                return

    def action_step(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self._move(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        self._move(self._cursor + by * max(1, self._room() - 1))

    def action_to(self, index: int) -> None:
        """Move the cursor to a row; -1 is the last."""
        self._move(len(self._rows) - 1 if index < 0 else index)

    def _move(self, index: int) -> None:
        index = max(0, min(index, len(self._rows) - 1))
        if index != self._cursor:
            self._cursor = index
            self._repaint()
            self.post_message(self.Moved())

    def _room(self) -> int:
        return max(1, self.size.height - 1)

    def _repaint(self) -> None:
        room = self._room()
        if self._cursor < self._top:
            self._top = self._cursor
        elif self._cursor >= self._top + room:
            self._top = self._cursor - room + 1
        self._top = max(0, min(self._top, len(self._rows) - room))
        visible = self._rows[self._top : self._top + room]
        lines = [row.line for row in visible] or [self._empty]
        at = self._cursor - self._top
        if visible:
            lines[at] = _marked(lines[at])
        with revealing(self._revealed):
            self.paint([self._header, *lines], at + 1 if visible else None)

    def on_resize(self, _: Resize) -> None:
        """Show the part of the rows that fits the new height."""
        self._repaint()


def _marked(line: Line) -> Line:
    """Return the line with the cursor's mark in its first cell."""
    if not line:
        return ((">", "strong"),)
    (text, tone), *rest = line
    return ((">", "strong"), (text[1:], tone), *rest)
