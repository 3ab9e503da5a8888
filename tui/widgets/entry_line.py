"""One line that asks one field after another.

Every key is handled in the line itself, in the order in which it came. The focus never moves. So a text typed ahead on
a slow link falls into the field that it was meant for.
"""

from collections.abc import Callable

from textual.events import Key

from dutyboard.tui.widgets.text_input import TextInput


class EntryLine(TextInput):
    """The line. `takes` sees each key first and returns True if it used it; `typed` gets every change of the text."""

    def __init__(self, takes: Callable[[Key], bool], typed: Callable[[str], None]) -> None:
        super().__init__()
        self._takes = takes
        self._typed = typed
        self._loading = False

    def load(self, text: str, placeholder: str = "") -> None:
        """Show another field's text, with the cursor at its end."""
        self._loading = True
        self.value = text
        self.placeholder = placeholder
        self.cursor_position = len(text)
        self._loading = False

    def on_key(self, event: Key) -> None:
        """Offer the key to `takes` before the line's own keys."""
        if self._takes(event):
            event.stop()
            event.prevent_default()

    def watch_value(self, value: str) -> None:
        """Report the change at once. A message would come after the next key."""
        if not self._loading and self.is_mounted:
            self._typed(value)
