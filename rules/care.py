"""Everything owed to people under control: tests, releases, home checks, and rooms for those to come (三、四（二）)."""

from collections.abc import Iterator
from datetime import date, datetime

from rules import home_checks, moving, rescreening, sampling, screening, tracing
from rules.clock import bounds
from rules.model import POST
from rules.obligation import Obligation, standing
from rules.rooms import forecast
from rules.snapshot import Snapshot

ROOMS_CLAUSE = "4.2"


def obligations(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """What is owed at an instant for one person or once: assessments, transfers, tests, releases, and the look at
    opening a standby site. None of it ever closes, so that it need not be looked for on days gone by."""
    yield from screening.obligations(snapshot, now)
    yield from sampling.obligations(snapshot, now)
    yield from tracing.obligations(snapshot, now)
    yield from rescreening.obligations(snapshot, now)
    yield from moving.obligations(snapshot, now)
    yield from rooms_owed(snapshot, now)


def daily_obligations(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """What is owed once a day and closes with it: the home checks."""
    yield from home_checks.obligations(snapshot, day, now)


def rooms_owed(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Consider opening a standby site: from the setting's occupancy on, or when those to come outnumber the rooms that
    will be free (四（二） writes no threshold)."""
    daily = snapshot.daily_at(now)
    expected = forecast(snapshot, now)
    short = expected.occupancy.percent >= daily.thresholds.occupancy_percent or expected.free < 0
    if not short or not snapshot.sites:
        return
    day = snapshot.day_of(now)
    opens, due = bounds(day, snapshot.zone)
    obligation_id = f"rooms/{POST}/{day}"
    done = snapshot.done.get(obligation_id)
    state, late, entered_late = standing(opens, due, None, done, now, daily.duty.due_soon)
    yield Obligation(
        id=obligation_id,
        kind="rooms",
        slot="rooms",
        subject=snapshot.desk.desk if snapshot.desk else POST,
        subject_id=POST,
        clause=ROOMS_CLAUSE,
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
