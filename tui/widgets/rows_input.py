"""An input field that takes rows of a sheet from the clipboard, and completes its text on Tab."""

from typing import Any

from textual.binding import Binding
from textual.events import Paste
from textual.message import Message

from dutyboard.tui.widgets.text_input import TextInput


class RowsInput(TextInput):
    """A field. Pasted text of several cells or lines is no text of the field: it is told as `Pasted`."""

    BINDINGS = [Binding("tab", "complete", show=False)]  # noqa: RUF012 - Textual's own way

    class Pasted(Message):
        """Rows were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Completes(Message):
        """The typed text is to be completed."""

    def __init__(self, value: str = "", *, completes: bool = False, **more: Any) -> None:
        super().__init__(value, **more)
        self._completes = completes

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return False for completing a text that nothing completes: Tab goes to the next field then."""
        return self._completes if action == "complete" else super().check_action(action, parameters)

    def action_complete(self) -> None:
        """Ask for the rest of what is typed."""
        self.post_message(self.Completes())

    def _on_paste(self, event: Paste) -> None:
        """Tell rows as rows, and take one line of text as typed."""
        text = event.text.strip("\r\n")
        if not any(sign in text for sign in "\t\r\n"):
            super()._on_paste(event)
            return
        self.post_message(self.Pasted(event.text))
        event.stop()
        event.prevent_default()
