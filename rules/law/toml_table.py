"""A TOML table read strictly: every key must be known, present and of its kind. Else the file is refused."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeVar

from dutyboard.rules.law.phrase import Phrase

NoticeErrorCode = Literal[
    "not_toml",
    "missing_key",
    "unknown_key",
    "not_text",
    "not_a_whole_number",
    "not_a_number",
    "not_true_or_false",
    "not_a_list",
    "not_a_table",
    "not_a_date",
    "not_a_time",
    "not_a_time_of_day",
    "not_allowed",
    "not_a_condition",
    "no_such_clause",
    "no_such_reading",
    "no_such_base",
    "bases_in_circle",
    "counted_twice",
    "count_differs",
    "out_of_order",
    "out_of_range",
]

Item = TypeVar("Item")
_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
_MIDNIGHT = timedelta(hours=24)


class NoticeError(ValueError):
    """A notice file that cannot be used. `file` is its name, `path` the key, `code` the reason."""

    def __init__(self, code: NoticeErrorCode, file: str, path: str) -> None:
        super().__init__(f"{file}: {path}: {code}")
        self.code = code
        self.file = file
        self.path = path


class TomlTable:
    """One table of the file. Each key is asked for once; `done` refuses the keys that nobody asked for."""

    def __init__(self, value: Any, file: str, path: str) -> None:
        self.file, self.path = file, path
        if not isinstance(value, dict):
            raise self.error("not_a_table")
        self._left: dict[str, Any] = dict(value)

    def error(self, code: NoticeErrorCode, key: str = "") -> NoticeError:
        """The refusal of this table, or of one key of it."""
        return NoticeError(code, self.file, self._path(key))

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def has(self, key: str) -> bool:
        """Return whether the key was written and not yet read."""
        return key in self._left

    def take(self, key: str) -> Any:
        """The value as TOML gives it. Raises NoticeError missing_key."""
        if key not in self._left:
            raise self.error("missing_key", key)
        return self._left.pop(key)

    def text(self, key: str) -> str:
        """A text that says something. Raises NoticeError."""
        value = self.take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error("not_text", key)
        return value

    def word(self, key: str, allowed: tuple[str, ...]) -> str:
        """One of the allowed words. Raises NoticeError not_allowed."""
        value = self.text(key)
        if value not in allowed:
            raise self.error("not_allowed", key)
        return value

    def whole(self, key: str, least: int = 0) -> int:
        """A whole number, not under `least`. Raises NoticeError."""
        value = self.take(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error("not_a_whole_number", key)
        if value < least:
            raise self.error("out_of_range", key)
        return value

    def number(self, key: str) -> float:
        """A number, whole or not. Raises NoticeError."""
        value = self.take(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.error("not_a_number", key)
        return float(value)

    def flag(self, key: str) -> bool:
        """True or false. Raises NoticeError."""
        value = self.take(key)
        if not isinstance(value, bool):
            raise self.error("not_true_or_false", key)
        return value

    def day(self, key: str) -> date:
        """A calendar day. Raises NoticeError."""
        value = self.take(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.error("not_a_date", key)
        return value

    def moment(self, key: str) -> datetime:
        """A wall-clock time of the desk, without an offset. Raises NoticeError."""
        value = self.take(key)
        if not isinstance(value, datetime) or value.tzinfo is not None:
            raise self.error("not_a_time", key)
        return value

    def clock(self, key: str) -> timedelta:
        """A time of day `HH:MM`, 24:00 included, as the time since 00:00. Raises NoticeError."""
        return _clock(self, key, self.take(key))

    def clocks(self, key: str) -> tuple[timedelta, ...]:
        """A list of times of day. Raises NoticeError."""
        return tuple(_clock(self, f"{key}[{number}]", each) for number, each in enumerate(self._list(key)))

    def _list(self, key: str) -> list[Any]:
        value = self.take(key)
        if not isinstance(value, list):
            raise self.error("not_a_list", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts. Raises NoticeError."""
        values = self._list(key)
        for number, each in enumerate(values):
            if not isinstance(each, str) or not each.strip():
                raise self.error("not_text", f"{key}[{number}]")
        return tuple(values)

    def words(self, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """Return a list of at least one of the allowed words, none of them twice. Raises NoticeError."""
        words = self.texts(key)
        if not words:
            raise self.error("not_a_list", key)
        for number, word in enumerate(words):
            if word not in allowed:
                raise self.error("not_allowed", f"{key}[{number}]")
        if len(set(words)) != len(words):
            raise self.error("counted_twice", key)
        return words

    def wholes(self, key: str, least: int | None = None) -> tuple[int, ...]:
        """A rising list of whole numbers, none twice and none under `least`. Raises NoticeError."""
        values = self._list(key)
        for number, each in enumerate(values):
            if not isinstance(each, int) or isinstance(each, bool):
                raise self.error("not_a_whole_number", f"{key}[{number}]")
            if least is not None and each < least:
                raise self.error("out_of_range", f"{key}[{number}]")
        if len(set(values)) != len(values):
            raise self.error("counted_twice", key)
        if sorted(values) != values:
            raise self.error("out_of_order", key)
        return tuple(values)

    def phrase(self, key: str) -> Phrase:
        """A text in both languages. Raises NoticeError."""
        table = self.table(key)
        phrase = Phrase(zh=table.text("zh"), en=table.text("en"))
        table.done()
        return phrase

    def phrases(self) -> dict[str, Phrase]:
        """Return every text left in this table by its key, each in both languages. Raises NoticeError."""
        return {key: self.phrase(key) for key in list(self._left)}

    def table(self, key: str) -> "TomlTable":
        """A table inside this one. Raises NoticeError."""
        return TomlTable(self.take(key), self.file, self._path(key))

    def tables(self, key: str, read: Callable[["TomlTable"], Item]) -> tuple[Item, ...]:
        """A list of tables, each read by `read`. Raises NoticeError."""
        return tuple(
            read(TomlTable(each, self.file, f"{self._path(key)}[{number}]"))
            for number, each in enumerate(self._list(key))
        )

    def done(self) -> None:
        """Refuse the keys that nobody asked for. Raises NoticeError unknown_key."""
        for key in self._left:
            raise self.error("unknown_key", key)


def _clock(table: TomlTable, key: str, value: Any) -> timedelta:
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise table.error("not_a_time_of_day", key)
    clock = timedelta(hours=int(match[1]), minutes=int(match[2]))
    if clock > _MIDNIGHT:
        raise table.error("not_a_time_of_day", key)
    return clock
