"""Handovers that were signed, and what they have passed on before: an item keeps its age and its count (一)."""

from collections.abc import Mapping
from datetime import datetime

from dutyboard.frozen import frozen
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import HandedOver, Noted


@frozen
class HandedOn:
    """An item that was handed over before: how many times, and when for the first time."""

    times: int
    since: datetime


def signed_handovers(snapshot: Snapshot) -> tuple[Entry, ...]:
    """Return the entries of the handovers that stand, the newest first."""
    return snapshot.memo.made(_signed, snapshot.done)


def handover_notes(snapshot: Snapshot) -> tuple[Entry, ...]:
    """Return the lines of the running note, written since the last handover was signed, the oldest first."""
    return snapshot.memo.made(_notes, snapshot.entries, snapshot.amended, signed_handovers(snapshot))


def _notes(entries: Mapping[int, Entry], amended: Mapping[int, int], signed: tuple[Entry, ...]) -> tuple[Entry, ...]:
    since = _entered(signed[0]) if signed else None
    found: list[Entry] = []
    for number in sorted(entries, reverse=True):
        entry = entries[number]
        if since is not None and entry.entered_at <= since:
            break
        before = since is not None and _entered(entry) <= since  # told again since
        if isinstance(entry.told, Noted) and entry.told.for_handover and number not in amended and not before:
            found.append(entry)
    return tuple(sorted(found, key=lambda entry: (entry.happened_at, entry.id)))


def _signed(done: Mapping[str, Entry]) -> tuple[Entry, ...]:
    signed = (entry for entry in done.values() if isinstance(entry.told, HandedOver))
    return tuple(sorted(signed, key=lambda entry: (entry.happened_at, entry.id), reverse=True))


def carried(snapshot: Snapshot) -> Mapping[str, HandedOn]:
    """Return by its id how often each item was handed over, and since when."""
    return snapshot.memo.made(_carried, signed_handovers(snapshot))


def _carried(signed: tuple[Entry, ...]) -> dict[str, HandedOn]:
    found: dict[str, HandedOn] = {}
    for entry in signed:
        for item in entry.told.items if isinstance(entry.told, HandedOver) else ():
            before = found.get(item)
            found[item] = HandedOn(times=before.times + 1 if before else 1, since=entry.happened_at)
    return found


def handed_on_before(snapshot: Snapshot, entry: Entry) -> Mapping[str, HandedOn]:
    """Return by its id how often each item had been handed over when a handover was signed, and since when."""
    at = entry.happened_at, entry.id
    return _carried(tuple(each for each in signed_handovers(snapshot) if (each.happened_at, each.id) < at))


def notes_handed_over(snapshot: Snapshot, entry: Entry) -> tuple[Entry, ...]:
    """Return the lines of the running note that stood when a handover was signed: those since the one before it."""
    at = entry.happened_at, entry.id
    before = next((each for each in signed_handovers(snapshot) if (each.happened_at, each.id) < at), None)
    since, until = _entered(before) if before is not None else None, _entered(entry)
    found = (
        each
        for each in snapshot.entries.values()
        if isinstance(each.told, Noted) and each.told.for_handover and each.id not in snapshot.amended
    )
    told = (each for each in found if _entered(each) <= until and (since is None or _entered(each) > since))
    return tuple(sorted(told, key=lambda each: (each.happened_at, each.id)))


def _entered(entry: Entry) -> datetime:
    """Return when an entry was first written down."""
    return entry.first_entered_at or entry.entered_at
