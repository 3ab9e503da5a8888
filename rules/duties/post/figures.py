"""Figures of a report as the desk's own records give them: a proposal for its form, never the report itself.

The notice of the day names the figures that each report states, and their order.
"""

from datetime import date, datetime
from typing import Literal

from dutyboard.rules.duties.post.screening.counts import screening_counts
from dutyboard.rules.people.officers import roster_counts
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot

OfPost = Literal["screening", "roster"]
"""Reports that are counted from the people and the rosters of units."""


def figures(snapshot: Snapshot, kind: OfPost, subject: Subject, day: date, now: datetime) -> dict[str, int | None]:
    """Return the figures that a report of a day states, in the notice's order. A roster is counted as it is now.

    None: the records do not tell it.

    `subject` is a unit, or the post for the whole city's screening.
    """
    daily = snapshot.daily_at(midnight(day, snapshot.zone))
    number = subject.number or None
    if kind == "screening":
        counted = screening_counts(snapshot, number, day, now)
        return {name: counted[name] for name in daily.screening_report.figures}
    assert number is not None
    of_roster = roster_counts(snapshot, number, now)
    return {name: of_roster[name] for name in daily.roster_report.figures}
