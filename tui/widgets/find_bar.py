"""One line to type a filter into. It is hidden until it is opened, and then stands where the status line is empty."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Key
from textual.message import Message
from textual.widgets import Input

from dutyboard.tui.terminal.cells import width
from dutyboard.tui.terminal.steady import Steady
from dutyboard.tui.widgets.painted import Painted
from dutyboard.tui.widgets.text_input import TextInput


class FindBar(Steady, Horizontal):
    """The line. Enter posts `Found(text)` and hides it; Escape hides it and shows everything."""

    DEFAULT_CSS = """
    FindBar { height: 1; display: none; }
    FindBar.open { display: block; }
    """

    class Found(Message):
        """The text to filter by. An empty text shows everything."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Typed(Message):
        """A letter was typed. `text` is what stands in the line now."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, label: str, hint: str, status: Painted) -> None:
        super().__init__()
        self._status = status
        self._label = Painted([((label + " ", "key"),)], height=1)
        self._label.styles.width = width(label) + 1
        self.field = TextInput(placeholder=hint)

    def compose(self) -> ComposeResult:
        """Yield label and field."""
        yield self._label
        yield self.field

    def open(self, text: str = "") -> None:
        """Show the line and take the keys. It starts with `text`; an empty one makes Enter show everything."""
        self.field.value = text
        self._show(True)
        self.field.focus()

    @property
    def is_open(self) -> bool:
        """True while it takes the keys."""
        return self.has_class("open")

    def leave(self) -> None:
        """Hide the line. What was filtered before stays as it is."""
        self._show(False)

    def _show(self, shown: bool) -> None:
        self.set_class(shown, "open")
        self._status.give_way(shown)  # so that no row above moves

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what was typed so far."""
        event.stop()
        if self.is_open:
            self.post_message(self.Typed(event.value.strip()))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Filter by the text."""
        event.stop()
        self._show(False)
        self.post_message(self.Found(event.value.strip()))

    def on_key(self, event: Key) -> None:
        """Drop the filter on Escape."""
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self._show(False)
            self.post_message(self.Found(""))
