"""Rows of text that repaint only what changed. All of the screen but the input fields is made of them."""

from collections.abc import Sequence
from typing import Any

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from dutyboard.tui.terminal.cells import Line, Tone, fit
from dutyboard.tui.terminal.masking import revealing, shown
from dutyboard.tui.terminal.steady import Steady
from dutyboard.tui.terminal.theme import STYLES


class Painted(Steady, Widget):
    """A widget that shows the lines given last.

    The `selected` row stands on the selected ground. Rows are filled to their end in the tone `fill`.
    """

    DEFAULT_CSS = """
    Painted { width: 1fr; height: auto; background: $background; }
    """

    def __init__(
        self, lines: Sequence[Line] = (), *, id: str | None = None, height: int | None = None, fill: Tone = "plain"
    ) -> None:
        super().__init__(id=id)
        self._fill: Tone = fill
        self._lines: tuple[Line, ...] = _seen(lines)
        self._selected: int | None = None
        self._height = height
        self._gives_way = False
        if height is not None:
            self.styles.height = height

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are shown."""
        return self._lines

    def paint(self, lines: Sequence[Line], selected: int | None = None) -> None:
        """Show these lines; `selected` is the index of the one under the cursor. Only rows that differ are drawn."""
        before, was = self._lines, self._selected
        self._lines, self._selected = _seen(lines), selected
        if self._height is None and self._taken(before) != self._taken(self._lines):
            self.refresh(layout=True)
            return
        regions = [
            Region(0, y, self.size.width, 1)
            for y in range(min(max(len(before), len(self._lines)), self.size.height))  # below it stands another widget
            if (y == was) != (y == selected) or _at(before, y) != _at(self._lines, y)
        ]
        if regions:
            self.refresh(*regions)

    def give_way(self, gives: bool) -> None:
        """Take no row while all lines are empty, so that another widget has the place; or take it again."""
        self._gives_way = gives
        self.refresh(layout=True)

    def _taken(self, lines: Sequence[Line]) -> int:
        return 0 if self._gives_way and not any(text for line in lines for text, _ in line) else len(lines)

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:  # noqa: ARG002
        """Return the number of rows that the lines take."""
        return self._taken(self._lines)

    def render_line(self, y: int) -> Strip:
        """Return one row in exactly the widget's width.

        A row that cannot be drawn is blank, so that the others are still shown.
        """
        cells = self.size.width
        chosen = y == self._selected
        try:
            with revealing():  # what may not be seen was masked when the lines were given
                line = fit(_at(self._lines, y), cells, self._fill)
        except Exception as error:
            self.app._handle_exception(error)
            return Strip.blank(cells)
        return Strip([Segment(text, STYLES[tone, chosen]) for text, tone in line], cells)


def _seen(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with the numbers in them masked, unless they are revealed where the lines are given."""
    return tuple(tuple((shown(text), tone) for text, tone in line) for line in lines)


def _at(lines: Sequence[Line], y: int) -> Line:
    return lines[y] if 0 <= y < len(lines) else ()
