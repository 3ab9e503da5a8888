"""Everything owed to people under control: tests, releases, home checks, and rooms for those to come (三、四（二）)."""

from collections.abc import Iterator
from datetime import date, datetime

from dutyboard.rules.duties.person import home_checks, tracing
from dutyboard.rules.duties.person import queue as screening
from dutyboard.rules.duties.person import tests as sampling
from dutyboard.rules.duties.person import transfer as moving
from dutyboard.rules.duties.post import area_calls as rescreening
from dutyboard.rules.duties.post import spare_rooms as standby
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot


def obligations(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """What is owed at an instant for one person or once: assessments, transfers, tests, releases, and the look at
    opening a standby site. None of it ever closes, so that it need not be looked for on days gone by."""
    yield from screening.obligations(snapshot, now)
    yield from sampling.obligations(snapshot, now)
    yield from tracing.obligations(snapshot, now)
    yield from rescreening.obligations(snapshot, now)
    yield from moving.obligations(snapshot, now)
    yield from standby.obligations(snapshot, now)


def daily_obligations(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """What is owed once a day and closes with it: the home checks."""
    yield from home_checks.obligations(snapshot, day, now)
