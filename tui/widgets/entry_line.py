"""One line that asks one field after another. Every key is handled in the line itself and in the order it came, so that
what is typed ahead on a slow link falls into the field it was meant for: the focus never moves."""

from collections.abc import Callable

from textual.events import Key

from dutyboard.tui.widgets.text_input import TextInput


class EntryLine(TextInput):
    """`takes` is asked first and says whether it took a key; `typed` hears of every change of the text."""

    def __init__(self, takes: Callable[[Key], bool], typed: Callable[[str], None]) -> None:
        super().__init__()
        self._takes = takes
        self._typed = typed
        self._loading = False

    def load(self, text: str, placeholder: str = "") -> None:
        """Show another field's text, the cursor at its end."""
        self._loading = True
        self.value = text
        self.placeholder = placeholder
        self.cursor_position = len(text)
        self._loading = False

    def on_key(self, event: Key) -> None:
        """Before the line's own keys."""
        if self._takes(event):
            event.stop()
            event.prevent_default()

    def watch_value(self, value: str) -> None:
        """Said at once and not as a message, which would come after the next key."""
        if not self._loading and self.is_mounted:
            self._typed(value)
