"""Bell and notification of a terminal, for an officer who does not look at the screen."""

from typing import Final

BELL: Final = "\a"
NOTIFIES_NOT: Final = frozenset({"linux", "dumb", ""})
"""Terminals that show the text of a notification, or know none."""


def signal(text: str, terminal: str) -> str:
    """Return what makes a terminal ring, and show a text outside its window where it can (OSC 9).

    Signs that a terminal would obey are left out of the text.
    """
    if terminal in NOTIFIES_NOT:
        return BELL
    plain = "".join(each for each in text if each.isprintable())
    return f"{BELL}\x1b]9;{plain}\x1b\\"
