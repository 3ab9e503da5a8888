"""The one rule for telling late, on every door: screen, command line, batch and sheets.

Told while the window is open, a thing is as it is. Done inside a window that has closed, it needs a reason and is
entered late. Done after the window, it needs a reason too: the slot stays missed, and the act is kept beside it. What
is told more than a day after it happened needs a reason as well. Nothing lies in the future, nor before the first day
of the desk.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import (
    AnswerReferral,
    CancelTransfer,
    DivertTransfer,
    EndTransfer,
    Move,
    RecordBreach,
    RecordTest,
    StartTransfer,
    TakeReading,
    TraceContacts,
    Transfer,
)
from dutyboard.rules.records.commands.post import (
    CallTouched,
    CheckPresence,
    CloseMatter,
    Discharge,
    OpenMatter,
    SendReport,
    WriteLog,
)
from dutyboard.rules.records.commands.sheets import ImportRounds, ImportTemperatures, SlotTold
from dutyboard.rules.records.commands.site import RecordStaffTest, ReturnToDuty, SendOffDuty
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.refusals import Code, Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of

LATE_CODES: Final[tuple[Code, ...]] = ("told_late", "told_long_after")
"""Refusals of what is told late without a reason: a form asks for it."""
TELLS: Final[Mapping[type[Any], str]] = {
    Discharge: "happened_at",
    WriteLog: "happened_at",
    SendReport: "sent_at",
    OpenMatter: "happened_at",
    CloseMatter: "happened_at",
    CheckPresence: "happened_at",
    CallTouched: "happened_at",
    TakeReading: "happened_at",
    RecordBreach: "happened_at",
    AnswerReferral: "happened_at",
    Transfer: "left_at",
    StartTransfer: "left_at",
    EndTransfer: "arrived_at",
    CancelTransfer: "happened_at",
    DivertTransfer: "happened_at",
    TraceContacts: "happened_at",
    Move: "happened_at",
    RecordTest: "happened_at",
    RecordStaffTest: "happened_at",
    SendOffDuty: "happened_at",
    ReturnToDuty: "happened_at",
}
"""Commands that tell of the past, and the field that says when it was: an instant, or a day.

Each has a field for the reason of telling it late, `reason`, or else `text`."""
LATE: Final[frozenset[Code]] = frozenset({"told_late", "told_long_after"})
"""Refusals that a reason for telling late mends."""


def reason_field(command: Command) -> str:
    """Return the field that holds why a command is told late; "" where it tells nothing of the past."""
    if type(command) not in TELLS:
        return ""
    return "reason" if any(each.name == "reason" for each in fields(command)) else "text"


def with_reason(command: Command, reason: str) -> Command:
    """Return the command with the reason why it is told late, behind what its field says already.

    Of a sheet of rounds each row has it.
    """
    if isinstance(command, ImportRounds):
        return replace(command, rounds=tuple(replace(each, slot=_late(each.slot, reason)) for each in command.rounds))
    if isinstance(command, ImportTemperatures):
        told = (replace(each, slot=_late(each.slot, reason)) for each in command.readings)
        return replace(command, readings=tuple(told))
    name = reason_field(command)
    if not name:
        return command
    added: dict[str, Any] = {name: _behind(str(getattr(command, name)), reason)}
    return replace(command, **added)


def _late(slot: SlotTold, reason: str) -> SlotTold:
    return replace(slot, reason=_behind(slot.reason, reason))


def _behind(said: str, reason: str) -> str:
    return " ".join(part for part in (said.strip(), reason.strip()) if part)


def long_after(command: Command, snapshot: Snapshot, now: datetime) -> Refusal | None:
    """Return why a command cannot tell of its instant: ahead, before the desk, or long ago without a reason.

    The limit is `entry_needs_reason_after_hours`, a setting of the desk. A day is over at 24:00. Of a sample without an
    hour its day tells; the result of a sample is told of when it came, however long ago it was taken.
    """
    name = TELLS.get(type(command))
    at: date | datetime | None = getattr(command, name) if name else None
    if isinstance(at, datetime) and snapshot.day_of(at) < (first := snapshot.day_of(desk_of(snapshot).opened_at)):
        return Refusal("before_desk", {"at": at, "day": first.isoformat()})
    if isinstance(command, RecordTest | RecordStaffTest) and command.result == "pending" and at is None:
        at = command.sampled_on
    if at is None:
        return None
    happened_at = at if isinstance(at, datetime) else midnight(at + timedelta(days=1), snapshot.zone)
    if happened_at > now:
        return Refusal("in_future", {"at": happened_at}) if isinstance(at, datetime) else None
    after = snapshot.daily_at(now).duty.entry_needs_reason_after
    if now - happened_at > after and not str(getattr(command, reason_field(command))).strip():
        return Refusal("told_long_after", {"at": happened_at, "hours": after // timedelta(hours=1)})
    return None


def untimely(snapshot: Snapshot, owed: Obligation, happened_at: datetime, now: datetime, reason: str) -> Refusal | None:
    """Return why it cannot be told that a duty was done at an instant; None: it can.

    Once its window has closed, the reason says why it was not told in time. Done after its window, it is told once.
    """
    known = snapshot.done.get(owed.id) if owed.entry is not None else None  # a part done is not done
    if known is None and owed.window.closed(happened_at):
        known = snapshot.beside.get(owed.id)
    if known is not None:
        return Refusal("already_done", {"subject": owed.subject, "by": known.done_by, "at": known.happened_at})
    if happened_at > now:
        return Refusal("in_future", {"at": happened_at})
    if happened_at < owed.opens:
        return Refusal("not_open_yet", {"subject": owed.subject, "opens": owed.opens})
    if owed.closes is not None and now >= owed.closes and not reason.strip():
        return Refusal("told_late", {"subject": owed.subject, "closes": owed.closes})
    return None
