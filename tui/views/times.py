"""The written form of instants, spans, clauses and numbers on screen, in the desk's own time zone."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dutyboard.tui.text.duties import DutyWords
from dutyboard.tui.text.frame import FrameWords

_CLAUSE = re.compile(r"(\d+)(?:\.(\d+)([a-z])?)?")
_LETTERED_SECTIONS = (3, 4)
"""Sections of the notice whose items are numbered （一）（二）; the others have none."""


def clock(instant: datetime, zone: ZoneInfo) -> str:
    """Return the wall clock of an instant: `19:42`."""
    return instant.astimezone(zone).strftime("%H:%M")


def day_clock(instant: datetime, zone: ZoneInfo) -> str:
    """Return month, day and wall clock: `06-07 19:42`."""
    return instant.astimezone(zone).strftime("%m-%d %H:%M")


def deadline(instant: datetime, zone: ZoneInfo) -> str:
    """Return month, day and wall clock of a due time. Midnight is 24:00 of the day that ends: `06-07 24:00`."""
    local = instant.astimezone(zone)
    if local.hour == local.minute == 0:
        return f"{local - timedelta(days=1):%m-%d} 24:00"
    return local.strftime("%m-%d %H:%M")


def near(instant: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return the wall clock on the day of `now`, and the date on any other day, in 5 cells.

    Midnight at the end of the day of `now` is 24:00.
    """
    local, today = instant.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return local.strftime("%H:%M")
    if is_midnight_after(local, today):
        return "24:00"
    return local.strftime("%m-%d")


def is_midnight_after(local: datetime, day: date) -> bool:
    """Return True if a local instant is 24:00 of a day."""
    return (local.date() - day).days == 1 and local.hour == local.minute == 0


def span(words: FrameWords, minutes: int) -> str:
    """Return a length of time: `12分`, `2时42分`, `3天4时`."""
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        days, hours = divmod(hours, 24)
        return words.days_hours.format(d=days, h=hours)
    return words.hours_minutes.format(h=hours, m=rest) if hours else words.minutes.format(m=rest)


def clause(words: DutyWords, dotted: str) -> str:
    """Return a dotted clause as the notice numbers it: `4.1a` is 四（一）, `1.4` is 一."""
    match = _CLAUSE.fullmatch(dotted)
    if match is None:
        return dotted
    section, item = int(match[1]), int(match[2] or 0)
    name = words.sections[section] if section < len(words.sections) else str(section)
    if section not in _LETTERED_SECTIONS or not 0 < item < len(words.items):
        return name
    return words.clause.format(section=name, item=words.items[item])
