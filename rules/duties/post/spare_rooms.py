"""Rooms for those to come: the forecast against its thresholds, and what was decided about a standby site (4.2)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dutyboard.rules.people.rooms import forecast
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.commands import Actor, Discharge
from dutyboard.rules.records.ids import POST, DutyId
from dutyboard.rules.records.obligation import Obligation, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.timely import untimely
from dutyboard.rules.records.told import RoomsConsidered
from dutyboard.rules.records.transaction import Accepted, Transaction

ROOMS = "rooms"


def obligations(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Consider opening a standby site: from the setting's occupancy on, or when those to come outnumber the rooms that
    will be free (四（二） writes no threshold). Once a day; opening one, or saying why not, is the answer."""
    daily = snapshot.daily_at(now)
    expected = forecast(snapshot, now)
    day = snapshot.day_of(now)
    obligation_id = DutyId(ROOMS, POST, day)
    done = snapshot.done.get(obligation_id)
    short = expected.occupancy.percent >= daily.thresholds.occupancy_percent or expected.free < 0
    if not snapshot.sites or not (short or done):
        return
    opens, due = bounds(day, snapshot.zone)
    state, late, entered_late = standing(opens, due, None, done, now, daily.duty.due_soon)
    yield Obligation(
        id=obligation_id,
        kind="rooms",
        slot=ROOMS,
        subject=snapshot.desk.desk if snapshot.desk else POST,
        subject_id=POST,
        clause=daily.clauses.rooms,
        owed_by="",
        opens=opens,
        due=due,
        closes=None,
        state=state,
        entry=done.id if done else None,
        late_minutes=late,
        entered_late=entered_late,
        count=expected.occupancy.held,
        total=expected.occupancy.rooms,
    )


def owed_today(snapshot: Snapshot, now: datetime) -> str | None:
    """The id of today's obligation while it is open: opening a site answers it."""
    return next((each.id for each in obligations(snapshot, now) if each.entry is None), None)


def decide_considered(command: Discharge, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down why no standby site is opened today: the note is the whole answer, and so it is needed."""
    owed = next((each for each in obligations(snapshot, now) if each.id == command.obligation), None)
    if owed is None:
        return Refusal("unknown_obligation", {"obligation": command.obligation})
    happened_at = command.happened_at or now
    refused = untimely(snapshot, owed, happened_at, now)
    if refused:
        return refused
    if not command.text.strip():
        return Refusal("note_needed")
    transaction = Transaction(snapshot, now, actor)
    entry = transaction.log(
        RoomsConsidered(held=owed.count, rooms=owed.total),
        happened_at=happened_at,
        obligation=owed.id,
        text=command.text.strip(),
        done_by=command.done_by.strip(),
    )
    state, _, _ = standing(owed.opens, owed.due, owed.closes, entry, now, timedelta())
    return transaction.accepted(state)
