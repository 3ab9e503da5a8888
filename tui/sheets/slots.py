"""Slots of a site's day in people's words, 早餐巡查, and headings that name days and halves of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.dates import Moment, Reckoning, read_date, read_moment
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.titles import nearest
from dutyboard.tui.sheets.word_lists import meanings, word_list

_NAMED: Final = re.compile(r"(PATROL|TEMPERATURE|DISINFECTION)(-\w{1,8})?")
_FILLING: Final = re.compile(r"[()\[\]【】:_,、./·~-]|时段|时|度|值|°C|℃")
_OF_READING: Final = re.compile("体温|测温|测量|°C|℃")
_BARE_DAY: Final = re.compile(r"(\d{1,2})(?:日|号)?")
_MONTH: Final = re.compile(r"(20\d\d)\s*[-/.年]\s*(\d{1,2})(?!\d)")
_HALVES: Final[Mapping[str, Mapping[str, str]]] = {
    "temperature": {"am": "temperature-am", "pm": "temperature-pm"},
    "disinfection": {"am": "disinfection-am", "pm": "disinfection-pm"},
}
_CLOCK_DAY: Final = "1月1日"
_LONGEST_SLOT: Final = 12
"""Characters of a heading that names a slot."""


def read_slot(written: Value, kind: str = "") -> str:
    """Return the slot that a cell names, `patrol-2`; a kind alone where it says no more; "": it is not understood.

    `kind` is that of the table, for a cell that names none.
    """
    text = folded(written).upper()
    if _NAMED.fullmatch(text):
        return text.lower()
    own, rest = _without_kind(text)
    kind = own or kind
    rest = _FILLING.sub("", rest)
    if not kind or not rest:
        return kind
    if kind == "patrol":
        which = meanings("slots", "patrol").get(rest, "")
        return f"patrol-{which}" if which else ""
    half = meanings("slots", "half").get(rest, "")
    return _HALVES[kind][half] if half else ""


def names_slot(heading: str) -> bool:
    """Return True for a heading that names one slot of a day, 早餐, 上午消毒. A number alone is none."""
    text = folded(heading).upper()
    if not text or text.isdecimal() or len(text) > _LONGEST_SLOT:
        return False
    return any("-" in read_slot(text, kind) for kind in ("patrol", *_HALVES))


def kind_told(texts: Iterable[str]) -> str:
    """Return the one kind of slots that some texts name; "": none, or several."""
    return nearest([texts], kinds_in) or ""


def kinds_in(text: str) -> set[str]:
    """Return the kinds of slots that a text names."""
    folded_text = folded(text).upper()
    return {kind for word, kind in meanings("slots", "kind").items() if word in folded_text}


def _without_kind(text: str) -> tuple[str, str]:
    """Return the kind that a text names, and the rest of it; of two kinds none."""
    found = kinds_in(text)
    if len(found) != 1:
        return "", text
    for word in meanings("slots", "kind"):
        text = text.replace(word, "")
    return found.pop(), text


@frozen(kw_only=False)
class SlotHeading:
    """Day and half of the readings below a heading; None and "": it does not say.

    Of a day alone (`month` 0) the title tells the month.
    """

    day: Moment | None = None
    half: str = ""


def slot_heading(written: str) -> SlotHeading | None:
    """Return what a heading of readings tells: 上午体温, `6月1日 下午`, 1日; None: it is no such heading."""
    text = unicodedata.normalize("NFKC", written).upper().strip()
    if not text or len(text) > 40:
        return None
    text = _OF_READING.sub(" ", text).strip(" ():、,-_")
    half = meanings("slots", "half").get(re.sub(r"[()\s]", "", text), "") if not text.isdecimal() else ""
    if half:
        return SlotHeading(None, half)
    for word, each in sorted(meanings("slots", "half").items(), key=lambda pair: -len(pair[0])):
        if not word.isdecimal() and text.endswith(word) and text != word:
            before = text.removesuffix(word).rstrip(" ():、,-_")
            if before.endswith("第"):
                continue
            text, half = before, each
            break
    if not text:
        return SlotHeading(None, half) if half else None
    if text.isdecimal() and _OF_READING.search(written):  # 体温1, 体温2
        which = meanings("slots", "half").get(text, "")
        return SlotHeading(None, which) if which else None
    bare = _BARE_DAY.fullmatch(text)
    if bare is not None:
        return SlotHeading(Moment(None, 0, int(bare[1])), half) if 1 <= int(bare[1]) <= 31 else None
    day = read_moment(text)
    if day is None or day.hour not in (None, 0):
        return None
    return SlotHeading(Moment(day.year, day.month, day.day, weekday=day.weekday), half)


def month_told(titles: Iterable[Iterable[str]]) -> tuple[int, int] | None:
    """Return the one year and month that titles tell, `2021年6月体温登记表`; None: none, or several."""
    found = nearest(titles, lambda text: [(int(each[1]), int(each[2])) for each in _MONTH.finditer(text)])
    return found if found is not None and 1 <= found[1] <= 12 else None


def read_clock(value: Value) -> int | None:
    """Return an hour of the day in minutes, `8:30`, 晚上8点半, `24:00`; None: it is none."""
    if isinstance(value, datetime):
        return value.hour * 60 + value.minute
    if isinstance(value, int | float):
        return round(value * 1440) if 0 < value < 1 else None
    text = unicodedata.normalize("NFKC", str(value or "")).strip()
    if not re.search(r"\d", text):
        return None
    moment = read_date(f"{_CLOCK_DAY} {text}", Reckoning()).value
    if moment is None or moment.hour is None or moment.month != 1 or moment.day > 2:
        return None
    return (moment.day - 1) * 1440 + moment.hour * 60 + moment.minute


def not_measured(word: str) -> str:
    """Return what a folded cell tells of somebody without a reading: `absent`, `unmeasured`; "": neither."""
    found = meanings("slots", "not_measured").items()
    return next((meaning for start, meaning in found if word.upper().startswith(start)), "")


def result_words(meaning: str) -> frozenset[str]:
    """Return the words of a round's result with a meaning."""
    return frozenset(word_list("slots")["result"][meaning])
