"""City sheet of a day: each unit's screening report as it was stated, and the total forming from them.

A unit that has not reported is named, and counts in no sum.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.duties.post.reports import owed
from dutyboard.rules.people.stage import stands
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.model import Report
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot

CityMark = Literal["stated", "zero", "missing", "not_owed"]
"""Marks of a row. `missing`: nothing was stated. `not_owed`: it came to the desk after the hour."""


@frozen
class CityRow:
    """One unit: its duty, and what it stated last (None: nothing).

    `late`: it was not there by its hour. `corrected`: it was stated again.
    """

    owed: Obligation
    report: Report | None
    mark: CityMark
    late: bool
    corrected: bool


@frozen
class CitySheet:
    """The rows of a day in the order of the units, and the figures of those that have stated them.

    `reported` of `owing` units have reported; `stated` says how many of them state each figure.
    """

    day: date
    rows: tuple[CityRow, ...]
    sums: Mapping[str, int]
    stated: Mapping[str, int]
    reported: int
    owing: int

    @property
    def zero(self) -> int:
        """The number of units whose report says zero."""
        return sum(row.mark == "zero" for row in self.rows)

    @property
    def late(self) -> int:
        """The number of units that reported after the hour."""
        return sum(row.late and row.report is not None for row in self.rows)

    @property
    def corrected(self) -> int:
        """The number of units that stated their report again."""
        return sum(row.corrected for row in self.rows)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the units that have not reported."""
        return tuple(row.owed.subject for row in self.rows if row.mark == "missing")


def city_sheet(snapshot: Snapshot, day: date, now: datetime) -> CitySheet:
    """Return the city sheet of a day as it stands at an instant."""
    return sheet_of(owed(snapshot, day, now), snapshot, day)


def sheet_of(reports: Iterable[Obligation], snapshot: Snapshot, day: date) -> CitySheet:
    """Return the city sheet of the reports owed on a day. The post's own total is none of its rows."""
    duties = [each for each in reports if each.kind == "screening_report" and each.id.day == day]
    rows = tuple(_row(each, snapshot) for each in duties if each.subject_id != POST)
    told = [row.report.figures for row in rows if row.report is not None]
    names = list(dict.fromkeys(name for figures in told for name in figures))
    return CitySheet(
        day=day,
        rows=rows,
        sums={name: sum(figures[name] for figures in told if name in figures) for name in names},
        stated={name: sum(name in figures for figures in told) for name in names},
        reported=len(told),
        owing=sum(row.mark != "not_owed" for row in rows),
    )


def _row(duty: Obligation, snapshot: Snapshot) -> CityRow:
    report = snapshot.last_reports.get(("screening", duty.subject_id, duty.id.day))
    mark: CityMark = "not_owed" if duty.state == "waived" else "missing"
    if report is not None:
        mark = "zero" if report.zero else "stated"
    return CityRow(
        owed=duty,
        report=report,
        mark=mark,
        late=duty.state in ("late", "missed", "done_late"),
        corrected=report is not None and report.revision > 1,
    )


def without_unit(snapshot: Snapshot, sheet: CitySheet) -> int:
    """Count the people screened by the day of a sheet who belong to none of its units."""
    units = {row.owed.subject_id.number for row in sheet.rows}
    _, ends = bounds(sheet.day, snapshot.zone)
    people = (each for each in snapshot.persons.values() if stands(each) and each.registered_at < ends)
    return sum(each.unit_id not in units for each in people)
