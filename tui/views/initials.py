"""Search by the initials of pinyin: 王芳 by `wf`, 重庆 by `cq`, 曾 by `z` and by `c`.

The table beside this file is made of pypinyin, which takes 58 MB and a third of a second to load.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from dutyboard.tui.terminal.masking import masked, revealed

TABLE: Final = Path(__file__).with_suffix(".txt")
ROW: Final = 64
"""Signs in a row of the table, which begins with the number of its first sign, in hexadecimal digits."""
NO_LETTER: Final = "."
_OF_NUMBER: Final = re.compile(r"\d{3,}x?|\d{2}x")
"""Words that may be the end of a phone or an ID. Shorter ones are rooms and days."""
_HIDDEN: Final = frozenset("*＊")
"""Signs that the mask puts in the place of another."""


class _Letters(dict[int, str]):
    """The first letter of each sign by its number, as `str.translate` asks for it.

    A sign that is read in several ways stays as it is, and so does one that is not Chinese.
    """

    def __init__(self, rows: Mapping[int, str], several: Mapping[str, str]) -> None:
        super().__init__({ord(sign): sign for sign in several})
        self._rows = rows

    def __missing__(self, number: int) -> str:
        letter = self._rows.get(number // ROW * ROW, "")[number % ROW :][:1]
        self[number] = chr(number) if letter in ("", NO_LETTER) else letter
        return self[number]


def _read() -> tuple[_Letters, Mapping[str, str]]:
    """Return the letters of all signs, and all letters of each that is read in several ways."""
    rows, several = (part.split("\n") for part in TABLE.read_text("utf-8").rstrip("\n").split("\n\n"))
    read = dict(line.split(" ") for line in several)
    return _Letters({int(start, 16): letters for start, letters in (line.split(" ") for line in rows)}, read), read


_LETTERS, _SEVERAL = _read()  # with the module, so that no search waits for a file


@lru_cache(maxsize=64)
def _spelled(word: str) -> re.Pattern[str]:
    """Return a pattern of letters in which each stands for the signs of several readings too."""
    signs = ("".join(sign for sign, letters in _SEVERAL.items() if letter in letters) for letter in word)
    return re.compile("".join(f"[{re.escape(letter)}{of_it}]" for letter, of_it in zip(word, signs)))


class Findable(NamedTuple):
    """A text as it is searched: in small letters, and with a letter in the place of each Chinese sign.

    `numbers` are those of a person, in small letters: found by their end, or whole.
    """

    folded: str
    letters: str
    numbers: tuple[str, ...] = ()

    def beside(self, other: "Findable") -> "Findable":
        """Return both texts as one."""
        return Findable(
            f"{self.folded} {other.folded}", f"{self.letters} {other.letters}", (*self.numbers, *other.numbers)
        )


def findable(text: str, numbers: Iterable[str] = ()) -> Findable:
    """Return a text as it is searched."""
    folded = text.casefold()
    letters = folded if folded.isascii() else folded.translate(_LETTERS)
    ends = ("".join(filter(str.isalnum, number.casefold())) for number in numbers)
    return Findable(folded, letters, tuple(end for end in ends if end))


class Query:
    """The words of a query. A text is found that holds every one of them, as it is or as initials.

    A number of a person is found by what the mask leaves of its end, or by all of it: whoever may not see a number
    cannot try its digits one after another. Where numbers are shown, any end of it will do.
    """

    def __init__(self, text: str) -> None:
        words = text.casefold().split()
        self._words = tuple(
            (word, _spelled(word) if word.isascii() else None, bool(_OF_NUMBER.fullmatch(word))) for word in words
        )
        self._bare = revealed()

    def finds(self, text: Findable) -> bool:
        """Return True if a text holds every word."""
        for word, spelled, of_number in self._words:
            if word in text.folded or (spelled is not None and spelled.search(text.letters) is not None):
                continue
            if not of_number or not any(self._ends(number, word) for number in text.numbers):
                return False
        return True

    def _ends(self, number: str, word: str) -> bool:
        if not number.endswith(word):
            return False
        return self._bare or len(word) == len(number) or _HIDDEN.isdisjoint(masked(number)[-len(word) :])


def matches(query: str, text: str) -> bool:
    """Return True if a text holds every word of the query, as it is or as initials."""
    return Query(query).finds(findable(text))


def name_meant(text: str, names: Iterable[str]) -> str:
    """Return the one of several names that initials stand for; else the text as it was typed."""
    fitting = [name for name in names if matches(text, name)] if text.isascii() and text.isalpha() else []
    return fitting[0] if len(fitting) == 1 else text
