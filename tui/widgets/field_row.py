"""One row of a form: the label with its marks, the input, and the hint behind a first text."""

from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal

from dutyboard.tui.terminal.cells import pad, width
from dutyboard.tui.terminal.steady import Steady
from dutyboard.tui.views.fields import Field
from dutyboard.tui.widgets.painted import Painted
from dutyboard.tui.widgets.text_input import TextInput

HERE: Final = ">"
"""The mark of the row that takes the keys: it shows without colour."""
NEEDED: Final = "*"


class FieldRow(Steady, Horizontal):
    """The row. `label_cells` is the width that all labels of the form have."""

    DEFAULT_CSS = """
    FieldRow { height: 1; }
    FieldRow TextInput { width: 1fr; }
    """

    def __init__(self, field: Field, entry: TextInput, label_cells: int, hint: str) -> None:
        super().__init__()
        self._field = field
        self._name = field.label
        self._cells = label_cells
        self._label = Painted(height=1)
        self._label.styles.width = label_cells
        self._entry = entry
        self._hint = hint
        self.mark(here=False)

    def compose(self) -> ComposeResult:
        """Yield label and input, and the hint where a first text covers it inside the input."""
        yield self._label
        yield self._entry
        if self._field.value and self._hint:
            beside = Painted([((f" {self._hint}", "dim"),)], height=1)
            beside.styles.width = width(self._hint) + 1
            yield beside

    def mark(self, *, here: bool) -> None:
        """Mark the row as the one that takes the keys, or not."""
        marks = (HERE if here else " ") + (NEEDED if self._field.needed else " ")
        self._label.paint([((pad(f"{marks}{self._name}", self._cells), "strong" if here else "plain"),)])

    def name_it(self, label: str) -> None:
        """Show another label."""
        self._name = label
        self.mark(here=self._entry.has_focus)

    def on_descendant_focus(self) -> None:
        """Mark the row."""
        self.mark(here=True)

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        self.mark(here=False)
