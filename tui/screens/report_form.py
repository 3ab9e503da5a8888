"""The form of a report: figures proposed from the desk's own records, to be stated by whoever phones it in."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dutyboard.rules.duties.post.figures import roster_figures, screening_figures
from dutyboard.rules.records.codes import ReportKind
from dutyboard.rules.records.commands import SendReport
from dutyboard.rules.records.model import POST
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.duties import draft_key, facts_of, saved_sentence
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field

REPORT_KINDS: Final[Mapping[Kind, ReportKind]] = {
    "screening_report": "screening",
    "site_report": "site",
    "roster": "roster",
}
_PREFIX: Final = "figure-"


def report_form(session: Session, owed: Obligation) -> None:
    """Open the form of the report that an obligation asks for. The screening report counts everybody ever screened,
    those in archives too."""
    kind, day = REPORT_KINDS[owed.kind], date.fromisoformat(owed.id.rpartition("/")[2])
    tables = ("persons",) if kind == "screening" else ()
    session.fetch_for(
        lambda gateway: proposed_figures(gateway.with_archived(*tables), kind, owed.subject_id, day),
        lambda proposed: _open(session, owed, kind, day, proposed),
    )


def _open(session: Session, owed: Obligation, kind: ReportKind, day: date, proposed: Mapping[str, int]) -> None:
    """All zero must be said: 零报告 is a field of its own."""
    forms = session.words.forms
    names = session.words.reports.figures
    fields = [
        Field(id="reporter", label=forms.reporter, value=owed.owed_by, needed=True),
        Field(id="zero", label=forms.zero, kind="yes_no", hint=forms.hint_zero),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
        *(
            Field(id=_PREFIX + name, label=names.get(name, name), kind="number", value=str(value), needed=True)
            for name, value in proposed.items()
        ),
        Field(id="text", label=forms.text),
    ]

    def make(values: Mapping[str, Any]) -> SendReport:
        figures = {name: values[_PREFIX + name] for name in proposed}
        return SendReport(
            kind=kind,
            subject=owed.subject_id,
            day=day,
            figures=figures,
            zero=bool(values["zero"]),
            reporter=values["reporter"] or "",
            sent_at=values["time"],
            text=values["text"] or "",
        )

    def done(_: Accepted) -> None:
        session.say(saved_sentence(session, owed))

    heading = session.words.reports.titles[kind]
    session.open(
        FormScreen(session, heading, facts_of(session, owed), fields, make, draft_key("report", owed.id), done)
    )


def proposed_figures(snapshot: Snapshot, kind: ReportKind, subject: str, day: date) -> dict[str, int]:
    """The figures as the desk's own records give them. Raises KeyError for a site that is not there."""
    number = int(subject.partition("-")[2]) if subject != POST else None
    if kind == "screening":
        return screening_figures(snapshot, number, day)
    assert number is not None
    if kind == "roster":
        return roster_figures(snapshot, number)
    inside = [p for p in snapshot.persons.values() if p.stage == "site" and p.site_id == number]
    odd = [
        e
        for e in snapshot.entries.values()
        if e.subject == subject
        and e.abnormal
        and e.id not in snapshot.amended
        and snapshot.day_of(e.happened_at) == day
    ]
    return {
        "rooms": snapshot.sites[number].rooms,
        "occupied": len(inside),
        "new": sum(p.admitted_on == day for p in inside),
        "abnormal": len(odd),
    }
