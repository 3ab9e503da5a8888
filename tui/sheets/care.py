"""Cells that whoever looks after somebody needs: the emergency contact, a text, and things of which there are none."""

import re
import unicodedata
from typing import Final

from dutyboard.rules.people.identity import SEVERAL
from dutyboard.rules.records.signs import cleaned
from dutyboard.tui.sheets.columns import folded, text
from dutyboard.tui.sheets.identity import read_phone, read_phones
from dutyboard.tui.sheets.names import read_name
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.reading import Read
from dutyboard.tui.sheets.word_lists import meanings

NONE_OF_IT: Final = "无"
_NUMBER: Final = re.compile(r"\d{3,}[*]{2,}\d*|\+?\(?\d[\d\-() ]+\d")
_LABEL: Final = re.compile(r"(?:姓名|联系|手机|电话|号码|方式|联系人)+[::]?|[,;/、::\s]+$|^[,;/、::\s]+|\(\s*\)")


def read_cared(value: Value, field: str) -> str:
    """Return a text of a field, "" where nobody knows. "None" stands only where there may be several things."""
    said = meanings("answers", "cared").get(folded(value).upper())
    if said == "none":
        return NONE_OF_IT if field in SEVERAL else ""
    return "" if said == "unknown" else text(value)


def read_emergency(value: Value) -> Read[tuple[str, str]]:
    """Read name and phone of an emergency contact; either may be "". People write both into one cell."""
    written = unicodedata.normalize("NFKC", cleaned(text(value))).strip()
    if folded(written).upper() in meanings("answers", "cared"):
        return Read(("", ""))
    name, sound = _name(_NUMBER.sub(" ", written)), read_phones(written)
    if not _NUMBER.search(written):
        return Read((name, ""), ("value_unread",) if written and not name else ())
    if {"phone_unusual", "phone_masked"}.isdisjoint(sound.notes):
        return Read((name, sound.value[0]), ("phone_more",) if len(sound.value) > 1 else ())
    numbers = [found.strip() for found in _NUMBER.findall(written)]
    phone, warning = read_phone(numbers[0])
    return Read((name, phone), (warning,) if warning else ())


def _name(rest: str) -> str:
    """Return what a cell says beside its number, without labels and signs around it."""
    while (shorter := _LABEL.sub("", rest).strip()) != rest:
        rest = shorter
    return read_name(rest)
