"""One person's line of a home check as typed: a digit with words, words alone, or a temperature."""

import re
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.tui.views.fields import fold

Said = Literal["seen", "absent", "refused", "unwell", "not_visited"]
_DIGITS: Final[dict[str, Said]] = {"0": "not_visited", "1": "seen", "2": "absent", "3": "refused", "4": "unwell"}
_CHOICE: Final = re.compile(r"([0-4])(?:[\s,.:;、。，：；]+(.*))?")
_TEMPERATURE: Final = re.compile(r"(\d{2})\.?(\d)")


@frozen(kw_only=False)
class HomeLine:
    """Statement of one line about a person. `words` are the officer's own; `temp_c` is in °C (None: none was typed)."""

    said: Said
    words: str = ""
    temp_c: float | None = None


def read_home_line(typed: str) -> HomeLine:
    """Return what a line says. Blank: seen and well, as the line shows. Words alone do not say that he was seen."""
    text = fold(typed)
    if not text:
        return HomeLine("seen")
    if temperature := _TEMPERATURE.fullmatch(text):
        return HomeLine("seen", temp_c=float(f"{temperature[1]}.{temperature[2]}"))
    if choice := _CHOICE.fullmatch(text):
        return HomeLine(_DIGITS[choice[1]], (choice[2] or "").strip())
    return HomeLine("absent", typed.strip())
