"""The head of the journal on paper: a line's number, and 16 digits of its hash in groups of four."""

import re
from typing import Final

_DIGITS: Final = 16
_TYPED: Final = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{16,64})")


def head_text(head: str) -> str:
    """Return a hash as it is shown and printed: `3325 ec8a 2a7a c704`; "" for none."""
    return " ".join(head[at : at + 4] for at in range(0, min(len(head), _DIGITS), 4))


def head_typed(text: str) -> tuple[int, str] | None:
    """Return line and hash of `17:3325 EC8A 2a7ac704`, 16 digits or more, blanks and case ignored; None for others."""
    found = _TYPED.fullmatch("".join(text.split()).lower())
    return (int(found[1]), found[2]) if found else None
