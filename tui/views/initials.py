"""Search by the initials of pinyin: 王芳 by `wf`, 重庆 by `cq`, 曾 by `z` and by `c`.

The table beside this file is made of pypinyin, which takes 58 MB and a third of a second to load.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

TABLE: Final = Path(__file__).with_suffix(".txt")
ROW: Final = 64
"""Signs in a row of the table, which begins with the number of its first sign, in hexadecimal digits."""
NO_LETTER: Final = "."


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
    """A text as it is searched: in small letters, and with a letter in the place of each Chinese sign."""

    folded: str
    letters: str


def findable(text: str) -> Findable:
    """Return a text as it is searched."""
    folded = text.casefold()
    return Findable(folded, folded if folded.isascii() else folded.translate(_LETTERS))


class Query:
    """The words of a query. A text is found that holds every one of them, as it is or as initials."""

    def __init__(self, text: str) -> None:
        self._words = tuple((word, _spelled(word) if word.isascii() else None) for word in text.casefold().split())

    def finds(self, text: Findable) -> bool:
        """Return True if a text holds every word."""
        for word, spelled in self._words:
            if word not in text.folded and (spelled is None or spelled.search(text.letters) is None):
                return False
        return True


def matches(query: str, text: str) -> bool:
    """Return True if a text holds every word of the query, as it is or as initials."""
    return Query(query).finds(findable(text))
