"""Names of people in a cell: one, or several of a family in one row."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from dutyboard.rules.records.signs import cleaned
from dutyboard.tui.sheets.notes import NoteCode
from dutyboard.tui.sheets.reading import Read
from dutyboard.tui.sheets.word_lists import meanings, word_list

DOT: Final = "·"
_DOTS: Final = re.compile(r"(?<=\w)\s*[·•‧・･∙⋅․]\s*(?=\w)|(?<=[^\W\x00-\x7f])\s*[.。]\s*(?=[^\W\x00-\x7f])")
_ONE: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}(?:\([^()]{1,8}\))?")
"""A Chinese name of two to four characters, with a remark behind it."""


_ORDINAL: Final = re.compile(
    r"^(?:[(]?\d{1,4}\s*[.、．)）]|\d{1,4}\s*(?=[\u3400-\u9fff])|[①-⑳★☆※●*＊]|\s)+|(?<=[\u3400-\u9fff]{2})[★☆*＊](?![*＊])$"
)
"""Numbers and marks around a name that are not its own."""
_BARE_ORDINAL: Final = re.compile(r"\d{1,4}\s*[\u3400-\u9fff]")
"""A number, and no sign between it and a word: 12周涛, 30分钟."""
_ENDS: Final = re.compile(r"^[、,;:。.，；：]+|[、,;:。，；：]+$")
_LISTS: Final = re.compile(r"[、,;/&+]")
_BETWEEN: Final = re.compile(r"[、,;/&+\s]+|(?<=[\u3400-\u9fff]{2})(?:和|与|及)(?=[\u3400-\u9fff]{2})")
_SEX: Final = re.compile(r"(?<=[\u3400-\u9fff]{2})\s+[男女]$")
_MASKED: Final = re.compile(r"[*×●■\d]|某|(?<=[\u3400-\u9fff])X+$")
"""Signs in place of a name, or beside it."""
_MORE: Final = re.compile(
    r"\d人|[带携抱](?=.)|等\d*[人口]|一家|全家|[\d一二两三四五六七八九十]+口人?|夫妇|夫妻|父子|父女|母子|母女|及其?(?:家人|家属|子女|妻|夫)"
)
"""Words behind a name that speak of further people."""


def read_name(written: str) -> str:
    """Return a name without the blanks that pad it, its dots in one form. John Smith keeps his blank."""
    parts = cleaned(written).split()
    return _DOTS.sub(DOT, (" " if any(part.isascii() and part != "." for part in parts) else "").join(parts))


def read_names(written: str) -> Read[tuple[str, ...]]:
    """Read the names of a cell. Several, `测甲、测乙（子）`, are several people, noted as doubtful."""
    whole = _ENDS.sub("", cleaned(written).strip())
    bare = _SEX.sub("", whole)
    narrow = unicodedata.normalize("NFKC", bare)
    parts = [part for part in (each.strip() for each in _BETWEEN.split(narrow)) if part]
    if len(parts) > 1 and all(_ONE.fullmatch(part) for part in parts) and (_LISTS.search(narrow) or _all_names(parts)):
        return Read(tuple(re.sub(r"\(.*?\)", "", part) for part in parts), ("several_people",))
    name = read_name(_ORDINAL.sub("", bare))
    if not says_letters(name) or name in meanings("answers", "nobody") or name in meanings("answers", "unasked"):
        return Read(("",))  # a dash, a number, 待定
    of_words = _BARE_ORDINAL.match(bare) and not _all_names((name,))
    notes: list[NoteCode] = ["partly_read"] if bare != whole or of_words else []
    if _MORE.search(narrow) or (
        _LISTS.search(unicodedata.normalize("NFKC", name)) and re.search(r"[\u3400-\u9fff]", name)
    ):
        notes.append("several_people")
    elif _MASKED.search(re.sub(r"\(.*?\)", "", unicodedata.normalize("NFKC", name))) or _names_nobody(name):
        notes.append("name_unusual")
    return Read((name,), tuple(notes))


def says_letters(written: str) -> bool:
    """Return True for a text with a letter in it: a number alone names nobody and nothing."""
    return re.search(r"[^\W\d_]", written) is not None


def _all_names(parts: Sequence[str]) -> bool:
    """Return True if each part begins with a surname and is more than one: 张三 李四, not 欧阳 娜娜."""
    words = word_list("names")
    compound = tuple(words["compound"])
    return all(part not in compound and (part.startswith(compound) or part[0] in words["surnames"]) for part in parts)


def _names_nobody(name: str) -> bool:
    words = word_list("names")
    return name in words["not_names"] or name.endswith(tuple(words["places"]))
