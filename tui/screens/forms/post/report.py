"""The form of a report: figures proposed from the desk's own records, stated by the one who phones them in."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from dutyboard.rules.duties.pairs import PAIRED
from dutyboard.rules.duties.post.reports import REPORT_KINDS, office_of
from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.records.codes import ReportKind
from dutyboard.rules.records.commands.post import SendReport
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens.form_parts import draft_key, open_duty_form
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field

_PREFIX: Final = "figure-"
_BETWEEN: Final = re.compile(r"[\s,，、;；]+")
_TODAY: Final[Mapping[str, str]] = {str(total): str(today) for total, today in PAIRED.items()}
Proposed = Mapping[str, int | None]


def report_form(session: Session, owed: Obligation) -> None:
    """Open the form of the report that an obligation asks for.

    The screening report counts everybody ever screened, in archives too. That of a past day needs the log of then.
    """
    kind, day = REPORT_KINDS[owed.kind], owed.id.day

    def count(gateway: GatewayPort) -> Proposed:
        past = ("entries",) if day < gateway.now().date() else ()
        tables = ("persons", *past) if kind == "screening" else past
        return report_figures(gateway.with_archived(*tables), kind, owed.subject_id, day, gateway.now())

    session.fetch_for(count, lambda proposed: _open(session, owed, kind, day, proposed))


def _open(session: Session, owed: Obligation, kind: ReportKind, day: date, proposed: Proposed) -> None:
    forms = session.words.forms
    named = kind == "screening" and owed.subject_id != POST  # villages are a unit's own
    before = session.snapshot.last_reports.get((kind, owed.subject_id, day))
    told = session.words.marks.comma.join(before.zero_villages) if before else ""  # a revision says them again
    unit = session.snapshot.units.get(owed.subject_id.number) if owed.subject_id.kind == "unit" else None
    responsible = unit.first_responsible if unit is not None else ""
    fields = [
        Field(id="reporter", label=forms.reporter, kind="officer", value=owed.owed_by, needed=True),
        Field(id="checked_by", label=forms.checked_by, kind="officer", value=before.checked_by if before else ""),
        Field(
            id="responsible",
            label=forms.responsible,
            kind="officer",
            value=before.responsible if before else "",
            offer=responsible,
        ),
        # All zero must be said: 零报告 is a field of its own.
        Field(id="zero", label=forms.zero, kind="yes_no", hint=forms.hint_zero),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
        *_figure_fields(session, proposed),
        *(
            [Field(id="villages", label=forms.zero_villages, value=told, hint=forms.hint_zero_villages)]
            if named
            else []
        ),
        Field(id="text", label=forms.text),
    ]

    def make(values: Mapping[str, Any]) -> SendReport:
        return SendReport(
            kind=kind,
            subject=owed.subject_id,
            day=day,
            figures=dict(_stated(values, proposed)),
            zero=bool(values["zero"]),
            reporter=values["reporter"] or "",
            sent_at=values["time"],
            zero_villages=tuple(filter(None, _BETWEEN.split(values.get("villages") or ""))),
            checked_by=values["checked_by"] or "",
            responsible=values["responsible"] or "",
            text=values["text"] or "",
        )

    heading = session.words.reports.titles[kind]
    office = _office_line(session, kind, owed)
    open_duty_form(session, heading, owed, fields, make, draft_key("report", owed.id), office)


def _figure_fields(session: Session, proposed: Proposed) -> Iterator[Field]:
    """Yield one field for each figure, and one for each pair. What the records do not tell is left empty."""
    forms, names = session.words.forms, session.words.reports.figures
    paired = {_TODAY[name] for name in proposed if _TODAY.get(name) in proposed}
    for name, value in proposed.items():
        if name in paired:
            continue
        label, told, known = names.get(name, name), str(value) if value is not None else "", value is not None
        if _TODAY.get(name) not in paired:
            yield Field(id=_PREFIX + name, label=label, kind="number", value=told, needed=known)
            continue
        today = proposed[_TODAY[name]]
        both = f"{'-' if today is None else today}/{told or '-'}"
        yield Field(
            id=_PREFIX + name,
            label=forms.pair.format(name=label),
            kind="pair",
            value=both if known or today is not None else "",
            hint=forms.hint_pair,
            needed=known,
        )


def _stated(values: Mapping[str, Any], proposed: Proposed) -> Iterator[tuple[str, int]]:
    """Yield the figures that the form states, in their order; one that was left empty is not among them."""
    told: dict[str, int | None] = {}
    for name in proposed:
        value = values.get(_PREFIX + name)
        if isinstance(value, tuple):
            told[_TODAY[name]], told[name] = value
        else:
            told.setdefault(name, value)
    yield from ((name, value) for name in proposed if (value := told.get(name)) is not None)


def _office_line(session: Session, kind: ReportKind, owed: Obligation) -> Line:
    """Return the line with the office that gets the report."""
    words, office = session.words, office_of(kind, session.snapshot.daily_at(owed.opens))
    return ((f" {words.reports.office.format(office=office.said_in(words.language))}", "dim"),)
