"""Checks of the time of an entry: inside its window, not in the future, not twice. Told late, it needs a reason."""

from datetime import datetime

from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import TakeReading, Transfer
from dutyboard.rules.records.commands.post import Discharge, SendReport, WriteLog
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot


def untimely(snapshot: Snapshot, owed: Obligation, happened_at: datetime, now: datetime) -> Refusal | None:
    """Return why an obligation cannot have been discharged at an instant; None: it can."""
    done = snapshot.done.get(owed.id)
    if done is not None:
        return Refusal("already_done", {"subject": owed.subject, "by": done.done_by, "at": done.happened_at})
    if happened_at > now:
        return Refusal("in_future", {"at": happened_at})
    if happened_at < owed.opens:
        return Refusal("not_open_yet", {"subject": owed.subject, "opens": owed.opens})
    if owed.closes is not None and happened_at >= owed.closes:
        return Refusal("window_closed", {"subject": owed.subject, "closes": owed.closes})
    return None


def owes_reason(command: Command, snapshot: Snapshot, now: datetime) -> bool:
    """Tell if a command lacks the text that it needs because it tells of something long ago.

    The limit is `entry_needs_reason_after_hours`, a setting of the desk. The screens ask for the text; a script that
    catches up need not.
    """
    match command:
        case Discharge(happened_at=at, text=text) | WriteLog(happened_at=at, text=text):
            pass
        case TakeReading(happened_at=at, text=text):
            pass
        case SendReport(sent_at=at, text=text) | Transfer(left_at=at, text=text):
            pass
        case _:
            return False
    return at is not None and now - at > snapshot.daily_at(now).duty.entry_needs_reason_after and not text.strip()
