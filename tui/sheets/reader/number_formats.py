"""Numbers of a workbook as people see them: days, hours, and digits as far as Excel keeps them."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import floor, isfinite
from typing import Final, Literal

from dutyboard.tui.sheets.reader.grids import DAY_ZERO, Cell, text_cell

FormatKind = Literal["", "day", "time", "clock"]
"""Meaning of a number format: a number, a day, a day with its hour, an hour alone."""

KEPT_DIGITS: Final = 15
"""Digits of a number that Excel keeps."""
_DAYS: Final = (14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58)
_CLOCKS: Final = (18, 19, 20, 21, *range(32, 36), 45, 46, 47, 55, 56)
BUILT_IN: Final[dict[int, FormatKind]] = {
    **dict.fromkeys(_DAYS, "day"),
    22: "time",
    **dict.fromkeys(_CLOCKS, "clock"),
}
"""Formats that a workbook names by number alone, the Chinese ones among them (ECMA-376, 18.8.30)."""
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_LATEST: Final = 2_958_465
"""Day number of the last day of the year 9999."""
_LEAP_1900: Final = 60
"""Excel's 29 February 1900, which never was. Day numbers below it are one behind."""


def format_kind(code: str) -> FormatKind:
    """Return what a format of a workbook shows, from its code: `yyyy"年"m"月"d"日"`."""
    signs = set(_LITERAL.sub("", code.split(";")[0]).lower().replace("general", ""))
    hours = bool(signs & set("hs"))
    if signs & set("yd"):
        return "time" if hours else "day"
    if hours:
        return "clock"
    return "day" if "m" in signs else ""


def number_cell(column: int, raw: str, kind: FormatKind, day_zero: date) -> Cell | None:
    """Return the cell of a number. With the format of a date it is the day or time that it counts."""
    try:
        number = float(raw)
    except ValueError:
        return text_cell(column, raw)
    if not isfinite(number):
        return text_cell(column, raw)
    if kind and (dated := _dated(column, number, kind, day_zero)):
        return dated
    if abs(number) >= 10**KEPT_DIGITS:
        if abs(number) >= 10 ** (2 * KEPT_DIGITS):
            return Cell(column, "number", repr(number), "cut")
        return Cell(column, "number", str(int(Decimal(raw))), "cut")
    if number.is_integer():
        return Cell(column, "number", str(int(number)))
    return Cell(column, "number", f"{number:.{KEPT_DIGITS}g}")


def _dated(column: int, number: float, kind: FormatKind, day_zero: date) -> Cell | None:
    """Return the day or time of a number; None: it counts none."""
    if not 0 <= number < _LATEST:
        return None
    days = floor(number)
    seconds = round((number - days) * 86_400)
    if kind == "clock" and days < _LEAP_1900:
        hours, rest = divmod(days * 86_400 + seconds, 3600)
        return Cell(column, "text", f"{hours:02}:{rest // 60:02}")
    if day_zero == DAY_ZERO and days <= _LEAP_1900:
        if days in (0, _LEAP_1900):
            return None
        days += 1
    at = datetime.combine(day_zero, datetime.min.time()) + timedelta(days=days, seconds=seconds)
    return moment_cell(column, at, hours=kind != "day")


def moment_cell(column: int, at: datetime, *, hours: bool) -> Cell:
    """Return the cell of a time; `hours`: its format shows them, so that midnight is an hour."""
    if not hours and (at.hour, at.minute, at.second) == (0, 0, 0):
        return Cell(column, "day", at.date().isoformat())
    return Cell(column, "time", at.isoformat(" ", "seconds" if at.second else "minutes"))
