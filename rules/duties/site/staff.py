"""The symptom check of a quarantine site's staff (四（一）)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from dutyboard.rules.duties.duty import Check, Finding, misstated
from dutyboard.rules.duties.site.slots import owed_slots, slot_named, slot_obligation
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import StaffChecked

KINDS: Final[tuple[Kind, ...]] = ("staff_check",)
_MOST_STAFF = 100_000


def owed(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """Yield the staff checks that the sites owe on a day."""
    soon = snapshot.daily_at(now).duty.due_soon
    for each in owed_slots(snapshot, day, KINDS):
        yield slot_obligation(each, snapshot.done.get(each.duty), now, soon)


def find(snapshot: Snapshot, duty: DutyId, now: datetime) -> Obligation | Refusal:
    """Return the staff check of that name, or why it is not owed."""
    found = slot_named(snapshot, duty, KINDS)
    if isinstance(found, Refusal):
        return found
    return slot_obligation(found, snapshot.done.get(duty), now, snapshot.daily_at(now).duty.due_soon)


def read(command: Discharge, _duty: Obligation, _snapshot: Snapshot, _happened_at: datetime) -> Finding | Refusal:
    """Return how many were checked and how many of them had a symptom."""
    figures = command.figures
    refused = misstated(figures, {"checked": (1, _MOST_STAFF), "abnormal": (0, figures.get("checked", 0))})
    if refused:
        return refused
    told = StaffChecked(checked=int(figures["checked"]), abnormal=int(figures["abnormal"]))
    ill = command.abnormal or told.abnormal > 0
    return Finding(told, abnormal=ill, note_needed=ill)


CHECK: Final = Check(find, read, {"staff_check": frozenset({"checked", "abnormal"})})
