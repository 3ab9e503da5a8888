"""The strict reading of a typed field: full-width digits are folded, 365 means 36.5, 1930 means 19:30."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import field as part
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal, TypeVar
from zoneinfo import ZoneInfo

from dutyboard.frozen import frozen
from dutyboard.tui.sheets.values import read_degrees

C = TypeVar("C", bound=str)
InputKind = Literal["text", "number", "pair", "temperature", "time", "day", "yes_no", "officer", "cadre"]
"""`officer` and `cadre` are names: initials stand for the one that they fit."""
ProblemCode = Literal[
    "needed",
    "not_a_number",
    "not_a_pair",
    "not_a_time",
    "not_a_day",
    "ends_before",
    "not_a_choice",
    "out_of_range",
    "several_officers",
]

_PAIR = re.compile(r"(\d{1,7}|-)\s*[/、,;\s]\s*(\d{1,7}|-)")
_TIME = re.compile(r"(?:(?:(\d{1,2})[-/](\d{1,2})|(\d{2})(\d{2}))\s+)?(\d{1,2}):?(\d{2})")
NAMED_OR_TEXT: Final = ("text", "officer", "cadre")
YES: Final = frozenset({"y", "yes", "是", "1", "s", "shi", "零", "0报告", "零报告", "zero"})
NO: Final = frozenset({"n", "no", "否", "0", "f", "fou"})


@frozen
class Field:
    """A row of a form. `value` is its first text; `low` and `high` bound a number.

    `choices` are the answers of a field of codes, word by code: a digit chooses one. `offer` is a name that is
    proposed beside the empty field, and taken by a key alone. `names` are those that its initials may stand for (empty:
    those of its kind).
    """

    id: str
    label: str
    kind: InputKind = "text"
    hint: str = ""
    value: str = ""
    needed: bool = False
    low: float = 0
    high: float = 99999
    choices: Mapping[Any, str] = part(default_factory=dict)
    offer: str = ""
    names: tuple[str, ...] = ()


@frozen(kw_only=False)
class Problem:
    """The fault of a field."""

    field: Field
    code: ProblemCode
    value: str = ""


def fold(typed: str) -> str:
    """Return the text with full-width digits, letters and colons as ASCII, without blanks at its ends."""
    return unicodedata.normalize("NFKC", typed).strip()


def choices_hint(words: Mapping[C, str]) -> str:
    """Return the digits of the answers, each before its word."""
    return " ".join(f"{number}{word}" for number, word in enumerate(words.values(), 1))


def answers_of(field: Field) -> dict[str, str]:
    """Return the words of a field of codes by the digit that chooses each."""
    return {str(number): word for number, word in enumerate(field.choices.values(), 1)}


def chosen(typed: str, words: Mapping[C, str]) -> C | None:
    """Return the code of an answer typed as its digit or its word; None if it is neither."""
    text = fold(typed)
    answers = {str(number): code for number, code in enumerate(words, 1)} | {word: code for code, word in words.items()}
    return answers.get(text)


def read(field: Field, typed: str, day: date, zone: ZoneInfo) -> Any:
    """Return the value of a field, or a Problem.

    A value is a str, an int, a float, a pair of int, a bool, an instant on `day`, a date near it, the code of a choice.
    None: nothing was typed.
    """
    if field.choices and fold(typed):
        code = chosen(typed, field.choices)
        return Problem(field, "not_a_choice", typed.strip()) if code is None else code
    if field.kind in NAMED_OR_TEXT:
        text = typed.strip()
        return text or (Problem(field, "needed") if field.needed else None)
    text = fold(typed)
    if not text:
        return Problem(field, "needed") if field.needed else None
    if field.kind == "yes_no":
        folded = text.casefold()
        return True if folded in YES else False if folded in NO else Problem(field, "needed")
    if field.kind == "time":
        return _time(field, text, day, zone)
    if field.kind == "day":
        return _day(field, text, day)
    if field.kind == "pair":
        return _pair(field, text)
    return _number(field, text)


def _number(field: Field, text: str) -> int | float | Problem:
    whole = int(text) if re.fullmatch(r"-?\d{1,9}", text) else None
    value = read_degrees(text) if field.kind == "temperature" else whole
    if value is None:
        return Problem(field, "not_a_number")
    if not field.low <= value <= field.high:
        return Problem(field, "out_of_range", str(value))
    return value


def _pair(field: Field, text: str) -> tuple[int | None, int | None] | Problem:
    """Return how many of today and how many in all; None: a dash says that it is not known."""
    match = _PAIR.fullmatch(text)
    if match is None:
        return Problem(field, "not_a_pair")
    today, total = (None if part == "-" else int(part) for part in match.groups())
    if today is not None and total is not None and today > total:
        return Problem(field, "not_a_pair")
    return today, total


def _time(field: Field, text: str, day: date, zone: ZoneInfo) -> datetime | Problem:
    match = _TIME.fullmatch(text)
    if match is None:
        return Problem(field, "not_a_time")
    month, of_month, joined, of_joined, hour, minute = match.groups()
    month, of_month = month or joined, of_month or of_joined
    try:
        if month is not None:
            day = nearest_day(int(month), int(of_month), day)
        if (hour, minute) == ("24", "00"):  # the end of the day
            return datetime.combine(day + timedelta(days=1), time(), zone)
        return datetime.combine(day, time(int(hour), int(minute)), zone)
    except ValueError:
        return Problem(field, "not_a_time")


def _day(field: Field, text: str, day: date) -> date | Problem:
    from dutyboard.tui.views.typed_time import read_typed  # few forms ask for a day, and none of the first frame

    typed = read_typed(text, datetime.combine(day, time()), day_only=True)
    return typed.day if typed is not None else Problem(field, "not_a_day", text)


def nearest_day(month: int, of_month: int, today: date) -> date:
    """Return a day of the year in which it lies nearest. On 12-28 `01-03` is one of the next year.

    Raises ValueError for a day that no year has.
    """
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):
            found.append(date(year, month, of_month))
    return min(found, key=lambda day: abs(day - today))


def read_all(fields: Sequence[Field], typed: dict[str, str], day: date, zone: ZoneInfo) -> dict[str, Any] | Problem:
    """Return all values by field id, or the first Problem from the top."""
    values: dict[str, Any] = {}
    for field in fields:
        value = read(field, typed.get(field.id, ""), day, zone)
        if isinstance(value, Problem):
            return value
        values[field.id] = value
    return values
