"""Corrections of what the log tells: an entry told again or taken back, always with a reason."""

from dataclasses import dataclass

from dutyboard.rules.records.commands.person import (
    Confirm,
    HandOff,
    RecordBreach,
    RecordTest,
    Release,
    TakeReading,
    TraceContacts,
    Transfer,
)
from dutyboard.rules.records.commands.post import CallTouched, Discharge, SendReport, WriteLog

Restated = (
    Discharge
    | WriteLog
    | SendReport
    | CallTouched
    | Confirm
    | Transfer
    | RecordTest
    | RecordBreach
    | TakeReading
    | TraceContacts
    | Release
    | HandOff
)
"""Acts whose entry can be told again with other values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """Tell an entry again as it should have been told, or take it back where `instead` is None.

    `agreed`: the officer has seen what rests on it and changes with it.
    """

    entry_id: int
    reason: str
    instead: Restated | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Take back one's own last tick within two minutes: the short form of `Amend`, without a reason."""

    entry_id: int
