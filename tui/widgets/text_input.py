"""An input field for Chinese text.

An input method shows its candidates at the terminal's cursor, so that cursor follows the drawn one. Textual 8.2.8
leaves it in the wrong row on first focus, and 17 columns off in a scrolled field.
"""

from typing import Any, Final

from rich.cells import cell_len
from textual.events import Paste
from textual.geometry import Offset
from textual.widgets import Input

from dutyboard.tui.terminal.steady import Steady
from dutyboard.tui.terminal.visible import visible_typing

LINE_BREAK: Final = " / "
"""The sign between two lines of a pasted text."""


class TextInput(Steady, Input):
    """An input of one row, without border, blink, or selection on focus."""

    DEFAULT_CSS = """
    TextInput { height: 1; border: none; padding: 0; background: $panel; color: $foreground; }
    TextInput:focus { border: none; background: $surface-lighten-2; }
    """

    def __init__(self, value: str = "", *, id: str | None = None, max_length: int = 0, **more: Any) -> None:
        super().__init__(value, id=id, select_on_focus=False, compact=True, max_length=max_length, **more)
        self.cursor_blink = False

    @property
    def told(self) -> str:
        """The text as a form takes it."""
        return self.value

    def validate_value(self, value: str) -> str:
        """Show what a terminal would obey as a mark, however it came in: typed, pasted, or from an old record."""
        return visible_typing(value)

    def _anchor(self) -> None:
        if self.has_focus and self.is_attached:
            x, y, width, _ = self.content_region
            cells = cell_len(self.value[: self.cursor_position]) - int(self.scroll_offset.x)
            self.app.cursor_position = Offset(x + max(0, min(cells, width - 1)), y)

    def _on_paste(self, event: Paste) -> None:
        """Take every line of a pasted text into the one row. Textual's own takes the first and drops the rest."""
        lines = [line.strip() for line in event.text.splitlines()]
        text = LINE_BREAK.join(line for line in lines if line)
        selection = self.selection
        if selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *selection)
        event.stop()
        event.prevent_default()

    def on_focus(self) -> None:
        """Put the terminal's cursor where typed text will appear."""
        self.call_after_refresh(self._anchor)

    def watch_selection(self, *_: object) -> None:
        """Move the terminal's cursor with the drawn one."""
        self.call_after_refresh(self._anchor)
