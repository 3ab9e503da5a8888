"""Figures that a report of any kind is drafted from: a unit's, the city's, a site's."""

from datetime import date, datetime

from dutyboard.rules.duties.post.figures import figures
from dutyboard.rules.duties.site.daily_figures import site_day
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import ReportKind
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot


def report_figures(
    snapshot: Snapshot, kind: ReportKind, subject: Subject, day: date, now: datetime
) -> dict[str, int | None]:
    """Return the figures that a report of a day states, in the notice's order, as the desk counts them.

    None: the records do not tell it. Raises KeyError for an unknown site.
    """
    if kind != "site":
        return figures(snapshot, kind, subject, day, now)
    counted = site_day(snapshot, snapshot.sites[subject.number], day, now).figures
    stated = snapshot.daily_at(midnight(day, snapshot.zone)).site_report.figures
    return {name: counted[name] for name in stated}
