"""The shift in numbers, as the handover tells it: done, late, missed, corrected, put off (一)."""

from collections.abc import Iterable
from datetime import datetime

from dutyboard.frozen import frozen
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot


@frozen
class ShiftTotals:
    """Numbers since the shift began. `late` are part of `done`, `shelved` are those that are put off now."""

    done: int
    late: int
    missed: int
    corrected: int
    shelved: int


def shift_totals(board: Iterable[Obligation], snapshot: Snapshot, since: datetime, now: datetime) -> ShiftTotals:
    """Return the totals of a shift that began at `since`, from the board and the log."""
    rows, entries = list(board), snapshot.entries
    done = [each for each in rows if (entry := entries.get(each.entry or 0)) and _within(entry, since, now)]
    return ShiftTotals(
        done=len(done),
        late=sum(each.state == "done_late" or each.entered_late for each in done),
        missed=sum(each.state == "missed" and each.closes is not None and since < each.closes <= now for each in rows),
        corrected=sum(
            entry.part_of is None and since <= entry.entered_at <= now
            for number in set(snapshot.amended.values())  # the corrections alone: the log has all that was ever told
            if (entry := entries.get(number)) is not None
        ),
        shelved=sum(each.shelved for each in rows),
    )


def _within(entry: Entry, since: datetime, now: datetime) -> bool:
    return since <= entry.happened_at <= now
