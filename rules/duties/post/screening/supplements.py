"""Supplements of a report: what each later statement of a day changed against the one before."""

import itertools
from datetime import date

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import ReportKind
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Report
from dutyboard.rules.records.snapshot import Snapshot


@frozen
class FigureChange:
    """One figure before and after; None: it was not stated."""

    figure: str
    before: int | None
    after: int | None

    @property
    def delta(self) -> int | None:
        """The difference; None where one of both was not stated."""
        return self.after - self.before if self.after is not None and self.before is not None else None


@frozen
class Supplement:
    """A report stated again: its number (1: the first supplement), what was sent, and the figures that changed."""

    number: int
    report: Report
    changes: tuple[FigureChange, ...]


def statements(snapshot: Snapshot, kind: ReportKind, subject: Subject, day: date) -> tuple[Report, ...]:
    """Return what was stated for a subject and day, the first one first; what was taken back is left out."""
    found = [
        each
        for each in snapshot.reports.values()
        if (each.kind, each.subject, each.day) == (kind, subject, day) and not each.struck
    ]
    return tuple(sorted(found, key=lambda each: each.revision))


def supplements(stated: tuple[Report, ...]) -> tuple[Supplement, ...]:
    """Return the supplements among the statements of a day. The first statement is none."""
    found = []
    for number, (before, after) in enumerate(itertools.pairwise(stated), 1):
        names = dict.fromkeys((*before.figures, *after.figures))
        changed = (
            FigureChange(figure=name, before=before.figures.get(name), after=after.figures.get(name)) for name in names
        )
        changes = tuple(each for each in changed if each.before != each.after)
        found.append(Supplement(number=number, report=after, changes=changes))
    return tuple(found)
