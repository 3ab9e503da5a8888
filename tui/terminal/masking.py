"""Numbers of people in whatever leaves the program: masked, unless somebody gave a reason to see them.

A number is known by its shape, inside any text: resident ID, mobile phone, landline, phone abroad, bank card, passport,
permit of Hong Kong, Macau and Taiwan, with blanks or dashes between the digits. Days, hours, counts, rooms, codes of
counties, cells of a sheet and heads of the journal are left.
"""

import re
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final, cast
from unicodedata import decimal

_pattern: Final = cache(re.compile)


class _Late:
    """A pattern that is compiled when it is first used: most calls and the first frame show no number."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        return getattr(_pattern(self._pattern, self._flags), name)


def _compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return cast(re.Pattern[str], _Late(pattern, flags))


SECRET: Final = frozenset(
    {"id_no", "phone", "emergency_phone", "escort_phone", "case_id", "case_phone", "close_id", "close_phone"}
)
"""Fields whose value is masked whatever its shape."""
_NAMES_FIELD: Final = "field"
"""The key of a JSON object that names a field, whose values stand beside it."""

_JOIN: Final = r" \t\u00a0\u2002-\u200a\u202f\u3000.·_\-\u2010-\u2015\u2212\uff0d"
_DAY: Final = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
_CLOCK: Final = r"(?:[T ]?(?:[01]\d|2[0-3])(?::?[0-5]\d){0,2})?"
_DEGREES: Final = r"(?:3\d|4[0-5])\.\d"
_CELL: Final = r"[A-Z]{1,3}(?:[1-9]\d{0,5}|10[0-4]\d{4})"
_CELLS: Final = (
    rf"(?<![0-9A-Za-z])(?:[A-Z]{{1,3}}[1-9]\d{{0,4}}:{_CELL}"
    rf"|(?:(?<=单元格（行）)|(?<=cell \(row\) )){_CELL}(?::{_CELL})?)(?![0-9A-Za-z])"
)
"""A cell of a sheet, down to XFD1048576. Alone it may look like a permit: only a label says that it is a cell."""
_HEAD: Final = r"[0-9a-f]{64}|(?=[0-9]*[a-f])[0-9a-f]{16}|(?=[0-9 ]*[a-f])[0-9a-f]{4}(?: [0-9a-f]{4}){3}"
_LABEL: Final = "电话|手机|座机|号码|护照|通行证|台胞证|身份证|证件|证号|[Pp]hone|[Tt]el|[Pp]assport|[Pp]ermit"
_TOKEN: Final = _compiled(
    rf"(?<![0-9A-Za-z])(?P<head>(?:\d{{1,12}}:)?(?:{_HEAD}))(?![0-9A-Za-z])"
    rf"|(?P<cells>{_CELLS})"
    rf"|(?<!\d)(?P<ordinary>(?:{_DAY}){_CLOCK}|\d{{1,3}}(?:\.\d{{1,3}}){{3}}|{_DEGREES})(?![\d.])"
    rf"|(?:{_LABEL})(?:号码|号)?[\s:：为是.]{{0,3}}(?P<labelled>[A-Za-z]{{0,3}}\d{{7,}}[A-Za-z]?)(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?P<lettered>[A-Za-zＡ-Ｚａ-ｚ]{1,3}\d{6,12}|[A-Z]{1,2}[ \-](?:\d{6,12}|\d{4}[ \-]\d{4}))"
    r"(?:[(（][0-9A-Za-z][)）]|[A-Za-z])?(?![0-9A-Za-z])"
    rf"|(?P<digits>[+＋]?[(（]?\d+(?:[{_JOIN}()（）]{{1,4}}\d+)*(?:[{_JOIN}]?[XxＸｘ](?![A-Za-z]))?)"
)
"""Tokens of a text that are a number or look like one. Where one begins the first of these decides."""
_GROUP: Final = _compiled(r"\d+(?:[^\d]?[XxＸｘ])?")
_MOST: Final = 21
"""Groups that a number has at most: each digit alone, with a country before it."""
_BLANKS: Final = " \t\u00a0\u2002\u2003\u2009\u202f\u3000"
_SIGN: Final = _compiled(r"[0-9A-Za-zＡ-Ｚａ-ｚ*\uff0a]|\d")
_MAYBE: Final = re.compile(rf"\d(?:[{_JOIN}()（）]{{0,4}}\d){{5}}")
_PLAIN: Final = _compiled(
    r"(?:[a-z]+(?:-(?:[a-z]+|\d))?/[a-z]+(?:-\d{1,5})?/)?"
    r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3])(?::[0-5]\d){1,2}(?:\+0\d:00)?)?",
    re.ASCII,
)
"""A day, an instant, or the name of a duty with its day. Most texts of a board that hold six digits are one."""
_ABROAD: Final = r"(?:(?:00)?86)?"
_MOBILE: Final = _compiled(rf"{_ABROAD}0?1[3-9]\d{{9}}")
_LANDLINE: Final = _compiled(r"0[1-9]\d{1,2}[2-9]\d{6,7}")
_PHONE: Final = _compiled(rf"{_ABROAD}(?:0?1[3-9]\d{{9,10}}|0[1-9]\d{{1,2}}[2-9]\d{{6,7}})")
_CARD: Final = _compiled(r"62\d{14,17}")
_WRITTEN_DAY: Final = _compiled(rf"(?:{_DAY}){_CLOCK}")
_BORN: Final = _compiled(
    r"[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]"
    r"|[1-9]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
)
"""The 18 or 15 signs of a resident ID, with a date of birth that there is."""

_revealed: ContextVar[bool] = ContextVar("revealed", default=False)

_JSON: Final = _compiled(r'(?P<text>"(?:[^"\\]|\\.)*")(?P<colon>\s*:)?|[{}]')


_NAMED: Final = _compiled(rf'"(?:{"|".join(sorted(SECRET))}|{_NAMES_FIELD})"')
"""The name of a secret field, or the key of an object that may name one."""


@contextmanager
def revealing(shown: bool = True) -> Iterator[None]:
    """Show numbers as they are in all that is made inside; `shown` False masks them again."""
    token = _revealed.set(shown)
    try:
        yield
    finally:
        _revealed.reset(token)


def reveal() -> None:
    """Show numbers as they are from now on, until the process ends: a reason was given and written down."""
    _revealed.set(True)


def revealed() -> bool:
    """Return True where numbers are shown as they are."""
    return _revealed.get()


def secret(value: str) -> str:
    """Return the value of a secret field, masked unless numbers are revealed here."""
    return value if revealed() else masked(value)


def shown(text: str) -> str:
    """Return a text with the numbers in it masked, unless numbers are revealed here."""
    return text if revealed() or not _MAYBE.search(text) else masked_text(text)


def masked_field(value: str, *names: str) -> str:
    """Return the text of a field masked: one that bears the name of a secret field whatever its shape."""
    return masked(value) if SECRET.intersection(names) else masked_text(value)


def masked(number: str) -> str:
    """Return a number with stars in it: enough is left to tell two people apart.

    The first 4 digits (of 11, the first 3) and the last 4 stay; of a shorter one only the last 2.
    """
    count = len(_SIGN.findall(number))
    if not any(map(str.isdecimal, number)):
        return number
    head, tail = (0, 2) if count < 11 else (3 if count == 11 else 4, 4)
    at = -1

    def star(found: re.Match[str]) -> str:
        nonlocal at
        at += 1
        if at < head or at >= count - tail:
            return found[0]
        return "*" if found[0].isascii() else "\uff0a"  # as wide as the sign that it hides

    return _SIGN.sub(star, number)


@lru_cache(maxsize=4096)
def masked_text(text: str) -> str:
    """Return a text with every number of a person in it masked."""
    return _TOKEN.sub(_token, text)


def _token(found: re.Match[str]) -> str:
    if found["head"] or found["cells"] or found["ordinary"]:
        return found[0]
    if found["digits"]:
        return _cluster(found[0])
    number = found["labelled"] or found["lettered"]
    before, _, after = found[0].partition(number)
    return f"{before}{masked(number)}{after}"


def _cluster(text: str) -> str:
    """Return groups of digits with those masked that make a number together."""
    groups = [each.span() for each in _GROUP.finditer(text)]
    free = [True] * len(groups)
    for is_number in (_is_alone, _is_number, _is_near_one):  # a room beside a phone makes no ID of both
        first = 0
        while first < len(groups):
            last = min(len(groups), first + _MOST)
            while last > first and not (all(free[first:last]) and is_number(text, groups[first:last])):
                last -= 1
            if last > first:
                free[first:last] = [False] * (last - first)
                start, end = groups[first][0], groups[last - 1][1]
                text = text[:start] + masked(text[start:end]) + text[end:]
            first = max(last, first + 1)
    return text


def _is_alone(text: str, groups: Sequence[tuple[int, int]]) -> bool:
    """Return True for a phone or an ID without a blank in it."""
    number = _ascii(text[groups[0][0] : groups[0][1]])
    return len(groups) == 1 and (len(number) >= 15 or bool(_PHONE.fullmatch(number)))


def _is_number(text: str, groups: Sequence[tuple[int, int]]) -> bool:
    """Return True for digits that can be nothing but a number of a person, however they are grouped."""
    parts = [_ascii(text[start:end]) for start, end in groups]
    number = "".join(parts)
    if len(parts) == 1:
        return 8 <= len(number) <= 11 and not _WRITTEN_DAY.fullmatch(number)
    if text[: groups[0][0]].endswith(("+", "＋")):
        return 8 <= len(number) <= 15
    if _BORN.fullmatch(number) or (_CARD.fullmatch(number) and all(len(part) == 4 for part in parts[:-1])):
        return True
    joins = [text[end:start].strip(_BLANKS) for (_, end), (start, _) in pairwise(groups)]
    if parts[0] in ("86", "0086"):
        own = "".join(parts[1:])
        return bool(_MOBILE.fullmatch(own) or _LANDLINE.fullmatch(own) or _LANDLINE.fullmatch(f"0{own}"))
    if _MOBILE.fullmatch(number):
        return all(joins) or min(map(len, parts)) >= 3 or max(map(len, parts)) == 1
    return len(parts[0]) in (3, 4) and min(map(len, parts)) >= 3 and bool(_LANDLINE.fullmatch(number))


def _is_near_one(text: str, groups: Sequence[tuple[int, int]]) -> bool:
    """Return True for digits in the groups of an ID, whatever date of birth they tell."""
    parts = [_ascii(text[start:end]) for start, end in groups]
    number = "".join(parts)
    if len(parts) == 1 or not 15 <= len(number) <= 19:
        return False
    joins = {text[end:start].strip(_BLANKS) for (_, end), (start, _) in pairwise(groups)}
    if "" not in joins:
        return True
    return len(parts[0]) == 6 and len(number) in (15, 18) and len(parts[-1]) <= 4


def _ascii(text: str) -> str:
    return "".join(str(decimal(sign)) if sign.isdecimal() else "X" for sign in text if sign.isalnum())


def masks_nothing(texts: Set[str]) -> bool:
    """Return True if JSON of these texts and keys is left as it is."""
    if revealed():
        return True
    doubtful = (each for each in texts if _MAYBE.search(each) and not _PLAIN.fullmatch(each))
    return (
        SECRET.isdisjoint(texts) and _NAMES_FIELD not in texts and all(masked_text(each) == each for each in doubtful)
    )


def masked_json(text: bytes) -> bytes:
    """Return JSON with the numbers masked in every text of it, and the secret fields whatever their shape.

    Unless numbers are revealed here. Keys stay as they are.
    """
    if revealed():
        return text
    told = text.decode()
    if "\\" not in told and not _NAMED.search(told):
        return _masked_texts(told).encode()
    return _masked_by_fields(told).encode()


def _masked_texts(told: str) -> str:
    """Return JSON without a backslash and without a secret field, masked: each text ends at the next quote."""
    parts = told.split('"')
    doubtful = (each for each in set(parts[1::2]) if _MAYBE.search(each) and not _PLAIN.fullmatch(each))
    hidden = {each: masked_text(each) for each in doubtful}
    hidden = {each: masked for each, masked in hidden.items() if masked != each}
    if hidden:
        for at in range(1, len(parts), 2):
            if parts[at] in hidden and not parts[at + 1].lstrip().startswith(":"):
                parts[at] = hidden[parts[at]]
    return '"'.join(parts)


def _masked_by_fields(told: str) -> str:
    """Return JSON masked, the secret fields whatever their shape."""
    import orjson  # the first frame shows text and no JSON

    names: list[str | None] = [None]  # of each open object, the field that it names
    key = ""

    def put(found: re.Match[str]) -> str:
        nonlocal key
        if found[0] == "{":
            names.append(None)
        elif found[0] == "}":
            del names[max(1, len(names) - 1) :]  # a block may close what another one opened
        elif found["colon"]:
            key = orjson.loads(found["text"])
        else:
            value = orjson.loads(found["text"])
            if key == _NAMES_FIELD:
                names[-1] = value
            hidden = masked_field(value, key, names[-1] or "")
            return found[0] if hidden == value else orjson.dumps(hidden).decode()
        return found[0]

    return _JSON.sub(put, told)
