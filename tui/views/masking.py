"""Masked ID numbers and phones, for a screen that others can see: enough to tell two people apart, no more."""

from typing import Final

HEAD: Final = 4
TAIL: Final = 4


def masked(number: str) -> str:
    """Return the first 4 (of a phone 3) and the last 4 characters, with stars between.

    A short number keeps only the last 2.
    """
    if len(number) <= HEAD + TAIL:
        return "*" * max(0, len(number) - 2) + number[-2:]
    head = HEAD if len(number) > 11 else HEAD - 1
    return number[:head] + "*" * (len(number) - head - TAIL) + number[-TAIL:]
