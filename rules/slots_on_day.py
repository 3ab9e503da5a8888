"""Slots of all sites on a past day, as they stand by now: rounds, disinfections, checks and the report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from dutyboard.rules.belonging import in_sight
from dutyboard.rules.duties.duty import AtSite, EachDay
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot


def slots_on_day(snapshot: Snapshot, day: date, now: datetime) -> tuple[Obligation, ...]:
    """Return what each site in sight owed on a day. A missed one names the entry that tells of it afterwards."""
    ids = {slot.id for slot in snapshot.daily_at(midnight(day, snapshot.zone)).site_slots}
    rows = (owed for owed in _owed(snapshot, day, now) if owed.slot in ids and in_sight(owed, snapshot))
    return tuple(
        replace(owed, beside=told.id) if (told := snapshot.beside.get(owed.id)) is not None else owed for owed in rows
    )


def _owed(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    for duty in DUTIES:
        if isinstance(duty.owed, EachDay | AtSite):
            yield from duty.owed.owed(snapshot, day, now)
