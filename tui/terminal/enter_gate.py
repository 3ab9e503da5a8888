"""The difference between a key that is pressed and one that is held down.

Holding Enter must discharge one row, not ten. A terminal sends no key-up. A held key repeats after 0.25 to 0.7 s, then
every 0.03 to 0.1 s. So a press right behind another is a repeat. A press within a second of an act is held back for a
moment, and dropped if more follow.
"""

from typing import Literal

REPEAT_SECONDS = 0.15
"""Presses closer than this are one held key. A press that is held back waits so long for a follower."""
DELAY_SECONDS = 1.0
"""Time after which a key that is held down has begun to repeat."""

Verdict = Literal["act", "wait", "ignore"]


class EnterGate:
    """A judge of presses by the time when each key came, in monotonic seconds, not when it was handled."""

    def __init__(self) -> None:
        self._last = self._acted = float("-inf")

    def press(self, at: float) -> Verdict:
        """Return the verdict on a press at an instant.

        - `act`: act now.
        - `wait`: act after `REPEAT_SECONDS`, unless another press comes.
        - `ignore`: do nothing, and drop the press that waits.
        """
        since_last, since_act = at - self._last, at - self._acted
        self._last = at
        if since_last < REPEAT_SECONDS:
            return "ignore"
        self._acted = at
        return "wait" if since_act < DELAY_SECONDS else "act"
