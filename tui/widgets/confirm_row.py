"""The last row of a form, which saves it."""

from dutyboard.tui.widgets.painted import Painted


class ConfirmRow(Painted, can_focus=True):
    """The row that saves. A mark, not only a colour, shows that the cursor is on it."""

    def __init__(self, label: str) -> None:
        self._label = label
        super().__init__(height=1)

    def on_mount(self) -> None:
        """Paint the row unselected."""
        self._mark(False)

    def on_focus(self) -> None:
        """Paint the row selected."""
        self._mark(True)

    def on_blur(self) -> None:
        """Paint the row unselected."""
        self._mark(False)

    def _mark(self, here: bool) -> None:
        mark = ">" if here else " "
        self.paint([((f"{mark} [ {self._label} ]", "strong" if here else "plain"),)], 0 if here else None)
