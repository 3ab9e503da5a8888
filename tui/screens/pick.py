"""A list to choose from, by a part of the text, by pinyin initials, or with the arrows."""

from collections.abc import Callable, Iterable, Sequence

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input

from dutyboard.tui.screens.session_screen import SessionScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.initials import matches
from dutyboard.tui.widgets.live_table import LiveTable, Row
from dutyboard.tui.widgets.text_input import TextInput

PickChoice = tuple[str, str, Line]
"""The key of a choice, the text by which it is found, and its row."""


def named_choices(names: Iterable[str]) -> list[PickChoice]:
    """Return a choice for each name, with the name as its key, its text and its row."""
    return [(name, name, ((f"  {name}", "plain"),)) for name in names]


class PickScreen(SessionScreen):
    """The list. The row of a choice leaves its first cell free.

    Enter calls `picked(key)`, which closes the screen with `dismiss` when the choice was taken. F10, or Escape in an
    empty field, closes it with nothing chosen and calls `left`.
    """

    DEFAULT_CSS = """
    PickScreen LiveTable { height: 1fr; }
    """

    def __init__(
        self,
        session: Session,
        title: str,
        hint: str,
        choices: Sequence[PickChoice],
        picked: Callable[["PickScreen", str], None],
        left: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(session)
        self._left = left
        self._choices = tuple(choices)
        self._picked = picked
        self.table = LiveTable()
        self.entry = TextInput()
        self.status.paint([((hint, "dim"),)])
        self._heading = self.titled(title)

    def compose(self) -> ComposeResult:
        """Yield heading, the field, the list, and the status line."""
        yield self._heading
        yield self.entry
        yield self.table
        yield self.status

    def on_mount(self) -> None:
        """Give the keys to the field."""
        self.entry.focus()
        self._show()

    def _show(self) -> None:
        query = self.entry.value.strip()
        shown = [(key, line) for key, text, line in self._choices if matches(query, text)]
        self.table.show((), [Row(key, line) for key, line in shown])

    def on_input_changed(self, _: Input.Changed) -> None:
        """Show the rows that match."""
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pick the row under the cursor on Enter."""
        event.stop()
        if self.table.selected is not None:
            self._picked(self, self.table.selected)

    def on_key(self, event: Key) -> None:
        """Move in the list with the arrows, while the field keeps the other keys."""
        moves = {
            "up": lambda: self.table.action_step(-1),
            "down": lambda: self.table.action_step(1),
            "pageup": lambda: self.table.action_page(-1),
            "pagedown": lambda: self.table.action_page(1),
        }
        move = moves.get(event.key)
        if move is not None:
            move()
        elif event.key == "escape" and not self.entry.value:
            self.leave()
        else:
            return
        event.stop()
        event.prevent_default()

    def action_key(self, key: str) -> None:
        """Show another screen, with nothing chosen here. The help is shown above the list."""
        below = self.app.screen_stack[-2]
        if key == "f1" and isinstance(below, SessionScreen):
            below.action_key(key)
        else:
            self.hand_on(key)

    def leave(self) -> None:
        """Leave with nothing chosen."""
        self.dismiss()
        self._left()
