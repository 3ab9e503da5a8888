"""Words by which the officer of the night finds his way: of the catalogue of his language, and of the notice."""

import re
from typing import Final

from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.text import words

NOTICE: Final = "lianyuan-2021-07"


def fixed(sentence: str) -> str:
    """Return the longest part of a sentence that is the same whatever stands in it."""
    return max(re.split(r"\{[^}]*\}", sentence), key=len).strip()


def opening(sentence: str) -> str:
    """Return the words before the first mark or the first thing that stands in a sentence."""
    return re.split(r"[{(,:;.?（，：；。？]", sentence)[0].strip()


class Said:
    """What screens say in one language. `words` has every sentence; the others are those that many acts look for."""

    def __init__(self, language: str) -> None:
        self.language = language
        own = self.words = words(language)
        self.board = own.frame.board_name
        (self.form,) = re.findall(r"[（(](.+)[）)]$", own.forms.footer)
        self._slots = known_notices()[NOTICE].daily.slots

    def names(self, code: str) -> tuple[str, ...]:
        """Return the names under which a kind or a slot of the duties stands in a row."""
        duties = self.words.duties
        slots = (slot.name.said_in(self.language) for slot in self._slots if slot.kind == code)
        return ({**duties.slots, **duties.kinds}[code], *slots)

    def row(self, subject: str, slot: str) -> str:
        """Return the words of a row about a slot of the notice."""
        (what,) = (each.name.said_in(self.language) for each in self._slots if each.id == slot)
        return self.words.duties.title.format(subject=subject, what=what)
