"""A list of rows with keys. A change repaints one row, and the selection stays on its row.

Only the lines of rows that are on the screen need be made: ten thousand people cost little more than twenty.
"""

from collections.abc import Callable, Sequence, Set
from typing import Final

from textual.binding import Binding
from textual.events import Resize
from textual.message import Message

from dutyboard.frozen import frozen
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.terminal.masking import revealed, revealing
from dutyboard.tui.widgets.painted import Painted

MARK: Final = "+"
"""The sign of a marked row."""


@frozen(kw_only=False)
class Row:
    """A row's key and its line. The first cell of the line is kept free for the cursor's mark."""

    key: str
    line: Line


class LiveTable(Painted, can_focus=True):
    """A header and rows. `show` and `show_keys` put them in a new order and keep the cursor on its key."""

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
        self._keys: Sequence[str] = ()
        self._line: Callable[[int], Line] = lambda _: ()
        self._cursor = 0
        self._top = 0
        self._aim: str | None = None
        self._revealed = False
        self._marked: Set[str] = frozenset()

    @property
    def keys(self) -> Sequence[str]:
        """The keys of the rows in the order shown."""
        return self._keys

    @property
    def selected(self) -> str | None:
        """The key under the cursor; None if there are no rows."""
        return self._keys[self._cursor] if self._keys else None

    @property
    def cursor(self) -> int:
        """The index of the row under the cursor."""
        return self._cursor

    def show(self, header: Line, rows: Sequence[Row], empty: Line = ()) -> None:
        """Show these rows in this order. The cursor stays on its key, or on its place if the key is gone."""
        self.show_keys(header, [row.key for row in rows], lambda number: rows[number].line, empty)

    def show_keys(self, header: Line, keys: Sequence[str], line: Callable[[int], Line], empty: Line = ()) -> None:
        """Show a row for each key likewise. `line` makes that of a number, from 0, each time it is painted."""
        places = {key: number for number, key in enumerate(keys)}
        key = self._aim if self._aim in places else self.selected
        self._aim = None
        self._revealed = revealed()
        self._header, self._empty, self._keys, self._line = header, empty, keys, line
        self._cursor = places.get(key or "", min(self._cursor, max(0, len(keys) - 1)))
        self._repaint()

    def mark(self, keys: Set[str]) -> None:
        """Show these rows as marked, each by a sign. Without any no cell is kept for the sign."""
        if keys != self._marked:
            self._marked = frozenset(keys)
            self._repaint()

    def aim(self, key: str) -> None:
        """Put the cursor on a key now, or with the next rows that hold it."""
        self._aim = key
        self.select(key)

    def select(self, key: str) -> None:
        """Put the cursor on a key, if it is there."""
        if key in self._keys:
            self.action_to(self._keys.index(key))

    def action_step(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self._move(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        self._move(self._cursor + by * max(1, self._room() - 1))

    def action_to(self, index: int) -> None:
        """Move the cursor to a row; -1 is the last."""
        self._move(len(self._keys) - 1 if index < 0 else index)

    def _move(self, index: int) -> None:
        index = max(0, min(index, len(self._keys) - 1))
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
        self._top = max(0, min(self._top, len(self._keys) - room))
        at = self._cursor - self._top
        with revealing(self._revealed):
            shown = range(self._top, min(self._top + room, len(self._keys)))
            lines, header = [self._line(number) for number in shown], self._header
            if self._marked:
                lines = [_signed(line, self._keys[number] in self._marked) for number, line in zip(shown, lines)]
                header = _signed(header, False)
            if lines:
                lines[at] = _under_cursor(lines[at])
            self.paint([header, *(lines or [self._empty])], at + 1 if lines else None)

    def on_resize(self, _: Resize) -> None:
        """Show the part of the rows that fits the new height."""
        self._repaint()


def _under_cursor(line: Line) -> Line:
    """Return the line with the cursor's mark in its first cell."""
    if not line:
        return ((">", "strong"),)
    (text, tone), *rest = line
    return ((">", "strong"), (text[1:], tone), *rest)


def _signed(line: Line, marked: bool) -> Line:
    """Return the line one cell further right, with the sign of a marked row behind the cell of the cursor."""
    if not line:
        return line
    (text, tone), *rest = line
    return ((text[:1], tone), (MARK if marked else " ", "mark"), (text[1:], tone), *rest)
