"""Dates as people write them, with or without a year, an hour, or narrow digits."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dutyboard.rules.law.impossible import EARLIEST
from dutyboard.tui.sheets.grids import Value

_WRITTEN = re.compile(
    r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
    # Something stands between day and hour: run together, the hour's digits would be the day's.
    r"(?:(?<=[日号])\s*|(?:\s+|T)(?=.))?"
    r"(?:(?<!\d)(?P<hour>\d{1,2})\s*[:时点]\s*(?:(?P<minute>\d{1,2})\s*分?)?(?:\s*:\s*\d{1,2}(?:\.\d+)?)?)?"
)
_JOINED = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
LATEST = 2199
"""The last year of which a sheet can tell. What lies ahead of the desk's clock is for the desk to refuse."""
_EXCEL_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001  a wall-clock time, as all of a sheet
_EXCEL_DAYS = range(20_000, 80_000)
"""Excel's day numbers of 1954 to 2119. A bare number of this range in a date column is a date without its format."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as written, in wall-clock time of the desk. `year` None: not written; `hour` None: a date alone."""

    year: int | None
    month: int
    day: int
    hour: int | None = None
    minute: int = 0

    def at(self, year: int) -> datetime | None:
        """Return the instant: its own year goes before the given one; 00:00 where no hour is written.

        None: there is no such day, or it is none of which a sheet can tell.
        """
        if not EARLIEST.year <= (self.year or year) <= LATEST:
            return None
        try:
            return datetime(self.year or year, self.month, self.day, self.hour or 0, self.minute)  # noqa: DTZ001
        except ValueError:
            return None


def read_moment(value: Value) -> Moment | None:
    """Read the time in a cell; None if it cannot be read.

    `2021-05-31 09:48`, `2021/6/1 09:48`, `2021年6月1日 09:48`, `2021.06.01`, `6月1日09时48分`, `20210601`. Each may
    stand in full-width digits. Excel's own dates are read too.
    """
    if isinstance(value, int | float) and int(value) in _EXCEL_DAYS:
        # Excel's fractions of a day fall a little short of the minute.
        at = _EXCEL_DAY_0 + timedelta(days=value, seconds=1)
        value = at.date() if float(value).is_integer() else at
    elif isinstance(value, int):
        value = str(value)
    elif isinstance(value, float):
        return None
    if isinstance(value, datetime):
        return Moment(value.year, value.month, value.day, value.hour, value.minute)
    if isinstance(value, date):
        return Moment(value.year, value.month, value.day)
    written = unicodedata.normalize("NFKC", value or "").strip()
    match = _WRITTEN.fullmatch(written) or _JOINED.fullmatch(written)
    if match is None:
        return None
    found = {key: int(digits) if digits else None for key, digits in match.groupdict().items()}
    moment = Moment(found["year"], found["month"] or 0, found["day"] or 0, found.get("hour"), found.get("minute") or 0)
    # A leap year stands for a year not written: 2月29日 is judged once it is known.
    return moment if moment.at(2020) is not None else None


def majority_year(moments: Iterable[Moment | None]) -> int | None:
    """Return the year that most of these dates are written with, the later of two as frequent. None: none has a
    year."""
    years = Counter(moment.year for moment in moments if moment is not None and moment.year is not None)
    return max(years, key=lambda year: (years[year], year)) if years else None


def years_by_row(rows: Sequence[Sequence[Moment | None]], given: int | None) -> list[int | None]:
    """Return the year for dates without one, row by row.

    It is the year of the other dates in the row, else of most dates in the file, else the given one.
    """
    of_file = majority_year(moment for row in rows for moment in row) or given
    return [majority_year(row) or of_file for row in rows]
