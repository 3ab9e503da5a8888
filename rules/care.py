"""Everything owed to people under control: tests, releases, home checks, and rooms for those to come (三、四（二）)."""

from collections.abc import Iterator
from datetime import date, datetime

from dutyboard.rules.duties.person import home_checks, queue, release, tests, tracing
from dutyboard.rules.duties.post import area_calls, spare_rooms
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot


def obligations(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """What is owed at an instant for one person or once: assessments, transfers, tests, releases, and the look at
    opening a standby site. None of it ever closes, so that it need not be looked for on days gone by."""
    yield from queue.obligations(snapshot, now)
    yield from tests.obligations(snapshot, now)
    yield from tracing.obligations(snapshot, now)
    yield from area_calls.obligations(snapshot, now)
    yield from release.obligations(snapshot, now)
    yield from spare_rooms.obligations(snapshot, now)


def daily_obligations(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """What is owed once a day and closes with it: the home checks."""
    yield from home_checks.obligations(snapshot, day, now)
