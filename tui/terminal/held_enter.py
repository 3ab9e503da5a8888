"""Enter on a painted row: done at once, held back for a moment, or dropped as a repeat."""

from collections.abc import Callable

from textual.screen import Screen
from textual.timer import Timer

from dutyboard.tui.terminal.enter_gate import REPEAT_SECONDS, EnterGate


class HeldEnter:
    """The way from Enter to an act.

    `act` is called with the key of the row that was under the cursor when Enter came, even if the row has moved since.
    `ignored` is called for a repeat.
    """

    def __init__(self, screen: Screen[None], act: Callable[[str], None], ignored: Callable[[], None]) -> None:
        self._screen = screen
        self._act = act
        self._ignored = ignored
        self._gate = EnterGate()
        self._row: str | None = None
        self._timer: Timer | None = None

    def press(self, row: str, at: float) -> None:
        """Handle Enter on a row. `at` is an instant of the monotonic clock, in seconds."""
        self._drop()
        verdict = self._gate.press(at)
        if verdict == "ignore":
            self._ignored()
        elif verdict == "wait":
            self._row = row
            self._timer = self._screen.set_timer(REPEAT_SECONDS, self._flush)
        else:
            self._act(row)

    def other_key(self) -> None:
        """Handle any other key: act on the press that is held back. The next Enter is no repeat."""
        self._flush()
        self._gate = EnterGate()

    def _flush(self) -> None:
        """Act on the press that is held back, for no other press followed it."""
        row = self._row
        self._drop()
        if row is not None:
            self._act(row)

    def _drop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._row = self._timer = None
