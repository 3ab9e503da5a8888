"""Times as an officer types them on the phone: `6-7 14:30`, `0607 1430`, `今天 9:05`, `昨1430`, `1430`.

The form shows the time as it was understood beside the field at once, so that no wrong year or day slips in.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta

from dutyboard.frozen import frozen
from dutyboard.tui.sheets.dates import read_moment

_DAYS = {"今天": 0, "今": 0, "昨天": 1, "昨": 1, "前天": 2, "前": 2, "t": 0, "y": 1, "today": 0, "yesterday": 1}
_RELATIVE = re.compile(
    r"(?P<word>今天|今|昨天|昨|前天|前|today|yesterday|t|y)?\s*(?:(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})?分?|(?P<run>\d{4}))?"
)
_RUN = re.compile(r"(?P<month>\d{2})(?P<day>\d{2})(?:\s*(?P<hour>\d{2})(?P<minute>\d{2}))?")
_SPLIT = re.compile(r"(?P<day>.*\d)\s+(?P<hour>\d{2})(?P<minute>\d{2})")
_SPACED = re.compile(r"\s+")
_NOW = frozenset({"现在", "now"})


@frozen(kw_only=False)
class Typed:
    """A wall-clock time of the desk's zone. If `hour_known` is False, `at` is 00:00 of the day."""

    at: datetime
    hour_known: bool

    @property
    def day(self) -> date:
        """The calendar day."""
        return self.at.date()


def read_typed(written: str, now: datetime, *, day_only: bool = False) -> Typed | None:
    """Return the time that a field states; None if it cannot be read.

    `now` is the desk's wall-clock time, naive. A date without a year is the one nearest to now, past or future. (The
    rules refuse a future one; it is not made last year's.) Four digits alone are month and day where the field takes a
    `day_only`. Elsewhere they are hour and minute of today; if they could be a day as well, they are not read.
    """
    text = _SPACED.sub(" ", unicodedata.normalize("NFKC", written)).strip()
    if not text:
        return None
    if text.lower() in _NOW:
        typed: Typed | None = Typed(now.replace(second=0, microsecond=0), hour_known=True)
    else:
        typed = _relative(text, now, day_only) or _run(text, now, day_only) or _written(text, now)
    if typed is not None and day_only:
        return Typed(datetime.combine(typed.day, datetime.min.time()), hour_known=False)
    return typed


def _relative(text: str, now: datetime, day_only: bool) -> Typed | None:
    match = _RELATIVE.fullmatch(text.lower())
    if match is None or (match["word"] is None and (day_only or _nearest_run(match["run"], now))):
        return None
    day = now.date() - timedelta(days=_DAYS[match["word"]] if match["word"] else 0)
    hour, minute = match["hour"], match["minute"]
    if match["run"]:
        hour, minute = match["run"][:2], match["run"][2:]
    return _at(day.year, day.month, day.day, hour, minute)


def _nearest_run(digits: str | None, now: datetime) -> Typed | None:
    return _nearest(int(digits[:2]), int(digits[2:]), None, None, now) if digits else None


def _run(text: str, now: datetime, day_only: bool) -> Typed | None:
    match = _RUN.fullmatch(text)
    if match is None or (match["hour"] is None and not day_only):
        return None
    return _nearest(int(match["month"]), int(match["day"]), match["hour"], match["minute"], now)


def _written(text: str, now: datetime) -> Typed | None:
    moment, hour, minute = read_moment(text), None, None
    if moment is None and (split := _SPLIT.fullmatch(text)):
        moment, hour, minute = read_moment(split["day"]), split["hour"], split["minute"]
    if moment is None:
        return None
    if hour is None and moment.hour is not None:
        hour, minute = str(moment.hour), str(moment.minute)
    if moment.year is not None:
        return _at(moment.year, moment.month, moment.day, hour, minute)
    return _nearest(moment.month, moment.day, hour, minute, now)


def _nearest(month: int, day: int, hour: str | None, minute: str | None, now: datetime) -> Typed | None:
    found = [_at(year, month, day, hour, minute) for year in (now.year - 1, now.year, now.year + 1)]
    return min((typed for typed in found if typed), key=lambda typed: abs(typed.at - now), default=None)


def _at(year: int, month: int, day: int, hour: str | None, minute: str | None) -> Typed | None:
    try:
        at = datetime(year, month, day, int(hour or 0), int(minute or 0))  # noqa: DTZ001  wall-clock time, as facts are
    except ValueError:
        return None
    return Typed(at, hour_known=hour is not None)
