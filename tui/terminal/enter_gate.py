"""Tells a key that was pressed from a key that is held down: holding Enter must discharge one row, not ten.

A terminal sends no key-up. A held key repeats after 0.25 to 0.7 s, then every 0.03 to 0.1 s. So a press right behind
another is a repeat; one that comes within a second of an act is held back for a moment, and dropped if more follow.
"""

from typing import Literal

REPEAT_SECONDS = 0.15
"""Presses closer than this are one held key; a held-back press waits so long for a follower."""
DELAY_SECONDS = 1.0
"""A key held down has begun to repeat by then."""

Verdict = Literal["act", "wait", "ignore"]


class EnterGate:
    """`press` judges each press by its own time (monotonic seconds, when the key came, not when it was handled)."""

    def __init__(self) -> None:
        self._last = self._acted = float("-inf")

    def press(self, at: float) -> Verdict:
        """`act` now, `wait` for `REPEAT_SECONDS` and then act unless another press came, or `ignore` (and drop the one
        that waits)."""
        since_last, since_act = at - self._last, at - self._acted
        self._last = at
        if since_last < REPEAT_SECONDS:
            return "ignore"
        self._acted = at
        return "wait" if since_act < DELAY_SECONDS else "act"
