"""The form of a report: figures proposed from the desk's own records, stated by the one who phones them in."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dutyboard.rules.duties.post.reports import REPORT_KINDS, office_of
from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.records.codes import ReportKind
from dutyboard.rules.records.commands.post import SendReport
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form_parts import draft_key, open_duty_form
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field

_PREFIX: Final = "figure-"
_BETWEEN: Final = re.compile(r"[\s,，、;；]+")


def report_form(session: Session, owed: Obligation) -> None:
    """Open the form of the report that an obligation asks for.

    The screening report counts everybody ever screened, those in archives too.
    """
    kind, day = REPORT_KINDS[owed.kind], owed.id.day
    tables = ("persons",) if kind == "screening" else ()
    session.fetch_for(
        lambda gateway: report_figures(gateway.with_archived(*tables), kind, owed.subject_id, day, gateway.now()),
        lambda proposed: _open(session, owed, kind, day, proposed),
    )


def _open(session: Session, owed: Obligation, kind: ReportKind, day: date, proposed: Mapping[str, int | None]) -> None:
    forms = session.words.forms
    names = session.words.reports.figures
    named = kind == "screening" and owed.subject_id != POST  # villages are a unit's own
    before = session.snapshot.last_reports.get((kind, owed.subject_id, day))
    told = session.words.marks.comma.join(before.zero_villages) if before else ""  # a revision says them again
    villages = Field(id="villages", label=forms.zero_villages, value=told, hint=forms.hint_zero_villages)
    fields = [
        Field(id="reporter", label=forms.reporter, kind="officer", value=owed.owed_by, needed=True),
        # All zero must be said: 零报告 is a field of its own.
        Field(id="zero", label=forms.zero, kind="yes_no", hint=forms.hint_zero),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
        *(_figure(name, names.get(name, name), value) for name, value in proposed.items()),
        *([villages] if named else []),
        Field(id="text", label=forms.text),
    ]

    def make(values: Mapping[str, Any]) -> SendReport:
        stated = {name: value for name in proposed if (value := values[_PREFIX + name]) is not None}
        return SendReport(
            kind=kind,
            subject=owed.subject_id,
            day=day,
            figures=stated,
            zero=bool(values["zero"]),
            reporter=values["reporter"] or "",
            sent_at=values["time"],
            zero_villages=tuple(filter(None, _BETWEEN.split(values.get("villages") or ""))),
            text=values["text"] or "",
        )

    heading = session.words.reports.titles[kind]
    office = _office_line(session, kind, owed)
    open_duty_form(session, heading, owed, fields, make, draft_key("report", owed.id), office)


def _figure(name: str, label: str, value: int | None) -> Field:
    """Return the field of a figure. One that the desk cannot count may stay empty, and is not stated then."""
    known = value is not None
    return Field(id=_PREFIX + name, label=label, kind="number", value=str(value) if known else "", needed=known)


def _office_line(session: Session, kind: ReportKind, owed: Obligation) -> Line:
    """Return the line with the office that gets the report."""
    words, office = session.words, office_of(kind, session.snapshot.daily_at(owed.opens))
    return ((f" {words.reports.office.format(office=office.said_in(words.language))}", "dim"),)
