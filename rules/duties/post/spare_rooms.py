"""Rooms for those to come: the forecast against its thresholds, and what was decided about a standby site (4.2)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from dutyboard.rules.duties.duty import Check, Finding
from dutyboard.rules.people.rooms import forecast
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import POST, DutyId
from dutyboard.rules.records.obligation import Obligation, day_window, obligation, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.post import RoomsConsidered

ROOMS = "rooms"


def owed(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield the day's look at opening a standby site, where rooms run short (四（二） writes no threshold).

    They do from the setting's occupancy on, or when those to come outnumber the rooms that will be free. Opening a
    site, or saying why not, is the answer.
    """
    daily = snapshot.daily_at(now)
    expected = forecast(snapshot, now)
    day = snapshot.day_of(now)
    duty = DutyId(ROOMS, POST, day)
    done = snapshot.done.get(duty)
    short = expected.occupancy.percent >= daily.thresholds.occupancy_percent or expected.free < 0
    if not snapshot.sites or not (short or done):
        return
    window = day_window(day, snapshot.zone)
    yield obligation(
        "rooms",
        duty,
        POST,
        window,
        standing(window, done, now, daily.duty.due_soon),
        done,
        subject=desk_of(snapshot).desk,
        clause=daily.clauses.rooms,
        count=expected.occupancy.held,
        total=expected.occupancy.rooms,
    )


def owed_today(snapshot: Snapshot, now: datetime) -> str | None:
    """The id of today's obligation while it is open: opening a site answers it."""
    return next((each.id for each in owed(snapshot, now) if each.entry is None), None)


def find(snapshot: Snapshot, duty: DutyId, now: datetime) -> Obligation | Refusal:
    """Return the look at the rooms of that name; a refusal where none is owed."""
    unknown = Refusal("unknown_obligation", {"obligation": duty})
    return next((each for each in owed(snapshot, now) if each.id == duty), unknown)


def read(_command: Discharge, duty: Obligation, _snapshot: Snapshot, _happened_at: datetime) -> Finding:
    """Return why no standby site is opened today: the note is the whole answer, and so it is needed."""
    return Finding(RoomsConsidered(held=duty.count, rooms=duty.total), note_needed=True)


CHECK: Final = Check(find, read, {})
