"""Entries that were written while the clock stood before the hour of an earlier one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from dutyboard.rules.records.model import Entry

_CORRECTED: Final = timedelta(seconds=2)
"""Step back of a clock that is only kept right."""


def clock_went_back(entries: Mapping[int, Entry]) -> Mapping[int, datetime]:
    """Return the entries written at an hour before that of an earlier one, each with the hour reached by then.

    The order is that of their numbers, which no clock touches.
    """
    found: dict[int, datetime] = {}
    reached: datetime | None = None
    for number, entry in sorted(entries.items()):
        if reached is not None and entry.entered_at < reached - _CORRECTED:
            found[number] = reached
        reached = entry.entered_at if reached is None else max(reached, entry.entered_at)
    return found
