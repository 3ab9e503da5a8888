"""Corrections of what the log tells: an entry told again or taken back, always with a reason."""

from dutyboard.frozen import frozen
from dutyboard.rules.records.commands.person import (
    AnswerReferral,
    Assign,
    CancelTransfer,
    Confirm,
    DivertTransfer,
    EndTransfer,
    HandOff,
    Move,
    RecordBreach,
    RecordTest,
    Release,
    Reopen,
    SetLastDay,
    StartTransfer,
    TakeReading,
    TraceContacts,
    Transfer,
)
from dutyboard.rules.records.commands.post import (
    AssignMatter,
    CallTouched,
    CheckPresence,
    CloseMatter,
    Discharge,
    HandOver,
    OpenMatter,
    SendReport,
    WriteLog,
)
from dutyboard.rules.records.commands.site import RecordStaffTest, ReturnToDuty, SendOffDuty, SetSiteState

Restated = (
    Discharge
    | WriteLog
    | SendReport
    | CallTouched
    | Confirm
    | Transfer
    | RecordTest
    | RecordStaffTest
    | SendOffDuty
    | ReturnToDuty
    | RecordBreach
    | TakeReading
    | TraceContacts
    | Release
    | HandOff
    | StartTransfer
    | EndTransfer
    | CancelTransfer
    | DivertTransfer
    | Move
    | Assign
    | AnswerReferral
    | SetLastDay
    | Reopen
    | OpenMatter
    | AssignMatter
    | CloseMatter
    | CheckPresence
    | HandOver
    | SetSiteState
)
"""Acts whose entry can be told again with other values."""


@frozen
class Amend:
    """Tell an entry again as it should have been told, or take it back where `instead` is None.

    `agreed`: the officer has seen what rests on it and changes with it.
    """

    entry_id: int
    reason: str
    instead: Restated | None = None
    agreed: bool = False


@frozen
class TakeBack:
    """Take back one's own last tick within two minutes: the short form of `Amend`, without a reason."""

    entry_id: int
