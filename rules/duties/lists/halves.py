"""Halves of a day, as forms divide it: before noon and after."""

from datetime import datetime
from typing import Literal

from dutyboard.rules.records.snapshot import Snapshot

Half = Literal["am", "pm"]
_NOON_HOUR = 12


def half_of(instant: datetime, snapshot: Snapshot) -> Half:
    """Return the half of its day in which an instant lies."""
    return "am" if instant.astimezone(snapshot.zone).hour < _NOON_HOUR else "pm"
