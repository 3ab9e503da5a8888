"""Calls to whoever owes something: who is to be called, and how often and when he was."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from dutyboard.rules.people.officers import of_unit, serving
from dutyboard.rules.records.model import Entry, Officer
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import Called


class _Calls(NamedTuple):
    by_duty: Mapping[str, tuple[Entry, ...]]
    by_name: Mapping[str, tuple[Entry, ...]]


def urgings(item: Obligation, snapshot: Snapshot) -> tuple[Entry, ...]:
    """Return the calls about an item since it could be done, by their hour.

    They are those that name it, and those that name no duty and were told to whoever owes it.
    """
    calls = snapshot.memo.made(_calls, snapshot.entries, snapshot.amended)
    named = calls.by_name.get(item.owed_by, ()) if item.owed_by else ()
    found = [each for each in (*calls.by_duty.get(item.id, ()), *named) if each.happened_at >= item.opens]
    return tuple(sorted(found, key=lambda each: (each.happened_at, each.id)))


def times_urged(item: Obligation, snapshot: Snapshot) -> int:
    """Return how often somebody was called about an item since it could be done."""
    return len(urgings(item, snapshot))


def _calls(entries: Mapping[int, Entry], amended: Mapping[int, int]) -> _Calls:
    """Return the calls that stand, by the duty they name, else by whoever was told."""
    by_duty: dict[str, list[Entry]] = {}
    by_name: dict[str, list[Entry]] = {}
    for number, entry in entries.items():
        if isinstance(entry.told, Called) and entry.told.told and number not in amended:
            of_duty = entry.told.urges
            (by_duty if of_duty else by_name).setdefault(of_duty or entry.told.told.strip(), []).append(entry)
    return _Calls(
        {name: tuple(calls) for name, calls in by_duty.items()}, {name: tuple(calls) for name, calls in by_name.items()}
    )


def to_call(item: Obligation, snapshot: Snapshot, now: datetime) -> tuple[Officer, ...]:
    """Return whom to call about an item.

    Of a unit its directors come first, then its full-time members, those with a phone before the others. Of a site it
    is the keeper, where the roster has him.
    """
    subject = item.subject_id
    if subject.kind == "unit":
        members = [each for each in of_unit(snapshot, subject.number, now) if each.director or each.full_time]
        return tuple(sorted(members, key=lambda each: (not each.director, not each.phone, each.id)))
    if subject.kind == "site" and item.owed_by:
        return tuple(each for each in serving(snapshot, now) if each.name == item.owed_by)
    return ()
