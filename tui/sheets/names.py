"""Names of people in a cell: one, or several of a family in one row."""

import re
import unicodedata
from typing import Final

from dutyboard.rules.records.signs import cleaned
from dutyboard.tui.sheets.reading import Read
from dutyboard.tui.sheets.word_lists import meanings

DOT: Final = "·"
_DOTS: Final = re.compile(r"(?<=\w)\s*[·•‧・･∙⋅․]\s*(?=\w)|(?<=[^\W\x00-\x7f])\s*[.。]\s*(?=[^\W\x00-\x7f])")
_ONE: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}(?:\([^()]{1,8}\))?")
"""A Chinese name of two to four characters, with a remark behind it."""


_ORDINAL: Final = re.compile(r"^(?:\d{1,4}\s*[.、．)）]|[①-⑳★☆※●*＊]|\s)+|[★☆*＊]+$")
"""Numbers and marks around a name that are not its own."""
_MORE: Final = re.compile(
    r"等\d*[人口]|一家|全家|[\d一二两三四五六七八九十]+口人?|夫妇|夫妻|父子|父女|母子|母女|及其?(?:家人|家属|子女|妻|夫)"
)
"""Words behind a name that speak of further people."""


def read_name(written: str) -> str:
    """Return a name without the blanks that pad it, its dots in one form. John Smith keeps his blank."""
    parts = cleaned(written).split()
    return _DOTS.sub(DOT, (" " if any(part.isascii() and part != "." for part in parts) else "").join(parts))


def read_names(written: str) -> Read[tuple[str, ...]]:
    """Read the names of a cell. Several, `测甲、测乙（子）`, are several people, noted as doubtful."""
    narrow = unicodedata.normalize("NFKC", cleaned(written)).strip()
    parts = [part for part in (each.strip() for each in re.split(r"[、,;/\s]+", narrow)) if part]
    if re.search(r"[、,;/]", narrow) and len(parts) > 1 and all(_ONE.fullmatch(part) for part in parts):
        return Read(tuple(re.sub(r"\(.*?\)", "", part) for part in parts), ("several_people",))
    name = read_name(_ORDINAL.sub("", written))
    nobody = {**meanings("answers", "nobody"), **meanings("answers", "unasked")}
    if not re.search(r"[^\W\d_]", name) or name in nobody:
        return Read(("",))  # a dash, a number, 待定
    doubted = bool(_MORE.search(narrow)) or (
        bool(re.search(r"[、,，;；/]", name)) and bool(re.search(r"[\u3400-\u9fff]", name))
    )
    return Read((name,), ("several_people",) if doubted else ())
