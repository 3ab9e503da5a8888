"""Characters that no text of the desk may hold: a terminal obeys them, or shows another text than there is.

Officers type none of them. They come from files, from pasted text and from whoever means harm: a note with an escape
sequence blanks every officer's log, one with a turned direction shows another number.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from dutyboard.frozen import frozen

MARKS_AT_MOST: Final = 4
"""Combining marks that one character may carry. More pile up over the rows of others."""
_UNFIT: Final = (
    "\x00-\x1f\x7f-\x9f"  # control characters, C1 among them: a terminal obeys
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # the direction of writing
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"  # no width, or a
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"  # letter that is drawn as a blank
    "\u2028\u2029"  # ends of lines and paragraphs
    "\ud800-\udfff"  # halves of characters
    "\U000e0000-\U000e0fff\U0001d173-\U0001d17a"  # tags
)
_MARK: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_SIGNS: Final = re.compile(f"[{_UNFIT}]|(?<=[{_MARK}]{{{MARKS_AT_MOST}}})[{_MARK}]")
_MAYBE: Final = re.compile(f"[{_UNFIT}{_MARK}]")
"""One class of characters is looked for many times faster than `_SIGNS`: a text without any of them is fit."""


def unfit(text: str) -> str | None:
    """Return the first character that a text may not hold, as `U+001B`; None if all is well."""
    if text.isascii() and text.isprintable():
        return None
    found = _SIGNS.search(text) if _MAYBE.search(text) else None
    return name_of(found[0]) if found else None


def name_of(sign: str) -> str:
    """Return the name of a character as it is told to people: `U+001B`."""
    return f"U+{ord(sign):04X}"


def replaced(text: str, by: Callable[[str], str]) -> str:
    """Return the text with each unfit character put otherwise."""
    return _SIGNS.sub(lambda found: by(found[0]), text) if _MAYBE.search(text) else text


def cleaned(text: str) -> str:
    """Return a text of a sheet without unfit characters. A line end or a tab inside a cell becomes a blank."""
    while unfit(text):  # marks meet anew where a character between them went
        text = replaced(text, lambda sign: " " if sign in "\n\r\t" else "")
    return text


def composed(text: str) -> str:
    """Return a text in the one form of Unicode that the desk keeps (NFC), so that equal names are equal."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@frozen
class AsWritten:
    """A cell of a sheet that was not understood, or only in part, as it was written. `field` is what its column tells
    ("" for a column that tells nothing of the desk's), `heading` the column's own."""

    sheet: str = ""
    row: int = 0
    field: str = ""
    heading: str = ""
    text: str
