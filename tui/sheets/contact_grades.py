"""Grade of contact that a title or a row over a group gives, and whom a heading tells of."""

import re
from functools import cache
from typing import Final, Literal

from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.word_lists import word_list

TitleGrade = Literal["close", "secondary", "both"]
LONGEST_TITLE: Final = 60
_SIGNS: Final = re.compile(r"[\W\d_]+|[一二三四五六七八九十]+、")


@cache
def grade_told(written: str) -> TitleGrade | None:
    """Return the grade that a text plainly gives to all whom it stands over; `both`: it names the two.

    None: it lists no contacts, or does not say so plainly.
    """
    words, text = word_list("contacts")["title"], folded(written)
    if not text or len(text) > LONGEST_TITLE or re.search(words["unless"], text):
        return None
    left, secondaries = re.subn(words["secondary"], "", text)
    left, closes = re.subn(words["close"], "", left)
    if not (secondaries or closes):
        return None
    if _SIGNS.sub("", left) and not re.search(words["list"], left):
        return None
    return "both" if secondaries and closes else "secondary" if secondaries else "close"


@cache
def whose_told(key: str) -> tuple[str, str] | None:
    """Return the field that names whom a heading tells of, and the rest of it: 次密接电话. None: it does not say."""
    for field, form in word_list("contacts")["whose"].items():
        found = re.match(form, key)
        if found is not None and found.end() < len(key):
            return field, key[found.end() :]
    return None
