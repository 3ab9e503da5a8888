"""Page of what was stated of a day: its head, its supplements, its sign line. A screening report and a site's are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dutyboard.rules.belonging import record_named
from dutyboard.rules.duties.post.reports import office_of, report_owed
from dutyboard.rules.duties.post.screening.supplements import Supplement, statements, supplements
from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.records.clock import at, midnight
from dutyboard.rules.records.codes import ReportKind
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.model import Report, Site, Unit
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageColumn, PageTable, head_json, made_line, post_name
from dutyboard.tui.text import Words

_BLANK = "________"
Stated = Mapping[str, int | None]


def stated_page(
    asked: PageAsked, kind: ReportKind, snapshot: Snapshot, now: datetime, maker: Maker, words: Words
) -> Page:
    """Return the page of a day's report without its own tables. Without a subject: the whole city's.

    It says what was stated last, who stated it first, and what the supplements changed. It is late if the first
    statement was. One that was not sent states the desk's own figures and says so.
    """
    said, own, named, day = words.reports, words.screening_pages, asked.subject or POST, asked.last
    about = record_named(named, snapshot)
    name = about.name if isinstance(about, Unit | Site) else said.whole
    told = statements(snapshot, kind, named, day)
    sent, more = (told[-1] if told else None), supplements(told)
    daily = snapshot.daily_at(midnight(day, snapshot.zone))
    due_at = daily.screening_report.due if kind == "screening" else daily.slot("report").due
    due = at(day, due_at, snapshot.zone)
    figures: Stated = dict(sent.figures) if sent else report_figures(snapshot, kind, named, day, now)
    owed = report_owed(snapshot, kind, named, day, now)
    late = owed is not None and owed.window.past_due(told[0].sent_at if told else now)
    office = said.office.format(office=office_of(kind, daily).said_in(words.language))
    unit = name if isinstance(about, Unit | Site) else post_name(snapshot, words)
    above = [said.unit.format(name=unit), office, said.date.format(day=day)]
    if sent is None:
        above.append(said.not_sent)
    else:
        above.append(own.first_stated.format(reporter=told[0].reporter, at=_clock(told[0], snapshot)))
        above += [own.stated_again.format(n=len(more))] if more else []
        above += [said.zero] if sent.zero else []
        names = words.marks.comma.join(sent.zero_villages)
        above += [said.zero_villages.format(names=names)] if names else []
    above += [said.late] if late else []
    changes = _changes(more, snapshot, words)
    return Page(
        title=said.titles[kind],
        above=tuple(above),
        tables=(changes,) if changes.rows else (),
        below=(sign_line(sent, words),),
        made=made_line(snapshot, now, maker, words),
        name=name,
        json={
            **head_json(asked, name, snapshot, now, maker),
            "totals": dict(figures),
            "unit": name,
            "subject": named,
            "date": day.isoformat(),
            "revision": sent.revision if sent else 0,
            "zero": sent.zero if sent else False,
            "figures": dict(figures),
            "zero_villages": list(sent.zero_villages) if sent else [],
            "due": due.isoformat(),
            "frozen_at": due.isoformat() if now >= due else None,
            "stated_at": _iso(told[0], snapshot) if told else None,
            "sent_at": _iso(sent, snapshot) if sent else None,
            "reporter": sent.reporter if sent else None,
            "checked_by": (sent.checked_by or None) if sent else None,
            "responsible": (sent.responsible or None) if sent else None,
            "late": late,
            "supplements": [_json_supplement(each, snapshot) for each in more],
        },
    )


def sign_line(sent: Report | None, words: Words) -> str:
    """Return the line on which the three sign, with the names that are known."""
    names = (sent.reporter, sent.checked_by, sent.responsible) if sent else ("", "", "")
    reporter, checked, responsible = (f"{name} {_BLANK}" if name else _BLANK for name in names)
    return words.screening_pages.sign.format(reporter=reporter, checked=checked, responsible=responsible)


def _changes(more: tuple[Supplement, ...], snapshot: Snapshot, words: Words) -> PageTable:
    own, names = words.screening_pages, words.reports.figures
    keys = ("supplement", "at", "reporter", "figure", "before", "after", "delta")
    columns = tuple(PageColumn(key, head) for key, head in zip(keys, own.supplement_columns, strict=True))
    rows: list[tuple[str | int | None, ...]] = []
    for each in more:
        head = (each.number, _clock(each.report, snapshot), each.report.reporter)
        rows += [
            (*head, names.get(change.figure, change.figure), change.before, change.after, change.delta)
            for change in each.changes
        ] or [(*head, own.nothing_changed, None, None, None)]
    return PageTable(columns, tuple(rows), own.supplements)


def _json_supplement(supplement: Supplement, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "number": supplement.number,
        "revision": supplement.report.revision,
        "sent_at": _iso(supplement.report, snapshot),
        "reporter": supplement.report.reporter,
        "changes": [
            {"figure": each.figure, "before": each.before, "after": each.after, "delta": each.delta}
            for each in supplement.changes
        ],
    }


def _clock(report: Report, snapshot: Snapshot) -> str:
    return f"{report.sent_at.astimezone(snapshot.zone):%m-%d %H:%M}"


def _iso(report: Report, snapshot: Snapshot) -> str:
    return report.sent_at.astimezone(snapshot.zone).isoformat(timespec="seconds")
