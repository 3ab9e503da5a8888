"""JSON read strictly: no key twice, no number that is none, nothing bottomless, each fault with its place.

A list or lines of objects are read one object at a time, so that a long list never stands in memory.
"""

import io
import json
from collections.abc import Iterator
from math import isfinite
from typing import Any, BinaryIO, Final

from dutyboard.tui.acts.problems import ActError, ActProblem

LONGEST: Final = 1 << 20
"""The most bytes of one act's line, and the most characters of one object of a list."""
DEEPEST: Final = 32
"""Levels of lists and objects. An act has six."""
_DIGITS: Final = 15
"""The most digits of a whole number: beyond, programs disagree on what it is."""
_BLOCK: Final = 1 << 16
_BLANK: Final = " \t\r\n"


class _Fault:
    """Stands in place of a value that may not be said, until its place is known."""

    def __init__(self, problem: ActProblem) -> None:
        self.problem = problem


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                told[key] = _Fault("said_twice")
            seen.add(key)
    return told


def _whole(digits: str) -> int | _Fault:
    return int(digits) if len(digits) <= _DIGITS else _Fault("number_too_large")


def _real(digits: str) -> float | _Fault:
    return number if isfinite(number := float(digits)) else _Fault("number_too_large")


def _no_number(_: str) -> _Fault:
    return _Fault("not_a_number")


_READER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_whole, parse_float=_real, parse_constant=_no_number
)


def strict_value(text: bytes) -> Any:
    """Return the value of one JSON text. Raises ActError."""
    if len(text) > LONGEST:
        raise ActError("too_long", "")
    try:
        value = _READER.decode(text.decode("utf-8-sig"))
    except RecursionError:
        raise ActError("too_deep", "") from None
    except ValueError:
        raise ActError("not_json", "") from None
    _check(value, "", 0)
    return value


def _check(value: Any, path: str, depth: int) -> None:
    """Raise ActError for the first fault inside, with its place (`[3].pcr.result`)."""
    if isinstance(value, _Fault):
        raise ActError(value.problem, path)
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
            raise ActError("not_text", path)
    elif depth > DEEPEST and isinstance(value, dict | list):
        raise ActError("too_deep", path)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check(key, path, depth)
            _check(inner, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _check(inner, f"{path}[{number}]", depth + 1)


class StrictObjects:
    """The values of a stream that holds one object, a list of them, or one a line.

    `form` says which of the three it is, once the iteration has ended.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.form: str = "one"
        self._text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        self._held = ""
        self._at = 0
        self._ended = False

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Yield path (`[3]` of a list, "" of one object) and value of each object, in order. Raises ActError."""
        try:
            yield from self._values()
        except RecursionError:
            raise ActError("too_deep", "") from None
        except UnicodeDecodeError:
            raise ActError("not_json", "") from None
        finally:
            self._text.detach()

    def _values(self) -> Iterator[tuple[str, Any]]:
        listed = self._next() == "["
        self.form = "list" if listed else "one"
        self._at += listed
        number = 0
        while (sign := self._next()) not in ("", "]"):
            if number and listed:
                if sign != ",":
                    raise ActError("not_json", f"[{number}]")
                self._at += 1
                self._next()
            if number and not listed:
                self.form = "lines"
            path = f"[{number}]" if listed or number else ""
            value = self._value(path)
            _check(value, path, 1)
            number += 1
            yield path, value
        if listed != (sign == "]"):
            raise ActError("not_json", f"[{number}]")
        if listed:
            self._at += 1
            if self._next():
                raise ActError("not_json", "")
        elif not number:
            raise ActError("not_json", "")

    def _next(self) -> str:
        """Go to the next sign that is no blank, and return it; "" at the end."""
        while True:
            while self._at < len(self._held):
                if self._held[self._at] not in _BLANK:
                    return self._held[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _value(self, path: str) -> Any:
        while True:
            try:
                value, self._at = _READER.raw_decode(self._held, self._at)
            except ValueError:
                if len(self._held) - self._at > LONGEST:
                    raise ActError("too_long", path) from None
                if not self._more():
                    raise ActError("not_json", path) from None
            else:
                return value

    def _more(self) -> bool:
        block = self._text.read(_BLOCK)
        self._held, self._at = self._held[self._at :] + block, 0
        return bool(block)
