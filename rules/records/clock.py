"""Local days and times of day as instants. A duty is keyed by its local day, never by the date a shift began."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant 00:00 of a local day; 24:00 of the day before."""
    return datetime.combine(day, time.min, zone)


def at(day: date, time_of_day: timedelta, zone: ZoneInfo) -> datetime:
    """The instant of a time of day on a local day; 24 hours is 24:00. Wall time, where a zone has summer time."""
    return midnight(day, zone) + time_of_day


FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years of the instants that can be read at all."""


def wall_time(text: str) -> datetime:
    """Return an instant written as ISO 8601, with its offset or without one; 24:00 is the end of its day.

    Raises ValueError.
    """
    day, mark, clock = text.partition("T" if "T" in text else " ")
    read = datetime.fromisoformat(f"{day}T00:00{clock[5:]}" if (ends := mark and clock.startswith("24:00")) else text)
    if not FIRST_YEAR <= read.year <= LAST_YEAR:  # no calendar goes beyond 1 and 9999, and zones are counted from here
        raise ValueError("year")
    return read + timedelta(days=1) if ends else read


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants 00:00 and 24:00 of a local day."""
    return midnight(day, zone), midnight(day + timedelta(days=1), zone)
