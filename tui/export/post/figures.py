"""The screening report and the site report of a day: a list of figures."""

from datetime import datetime

from dutyboard.rules.belonging import record_named
from dutyboard.rules.duties.post.reports import office_of, report_owed
from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.records.clock import at, midnight
from dutyboard.rules.records.codes import ReportKind
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.model import Site, Unit
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageColumn, PageTable, made_line, page_json
from dutyboard.tui.text import Words


def figures_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the screening or site report of a day, as it was sent last.

    One that was not sent states the desk's own figures and says so. Without a subject: the whole city's total.
    """
    kind: ReportKind = "site" if asked.kind == "site" else "screening"
    said, named, day = words.reports, asked.subject or POST, asked.last
    about = record_named(named, snapshot)
    sent = snapshot.last_reports.get((kind, named, day))
    daily = snapshot.daily_at(midnight(day, snapshot.zone))
    due_at = daily.screening_report.due if kind == "screening" else daily.slot("report").due
    due = at(day, due_at, snapshot.zone)
    stated = dict(sent.figures) if sent else report_figures(snapshot, kind, named, day, now)
    owed = report_owed(snapshot, kind, named, day, now)
    late = owed is not None and owed.window.past_due(sent.sent_at if sent else now)
    name = about.name if isinstance(about, Unit | Site) else said.whole
    office = said.office.format(office=office_of(kind, daily).said_in(words.language))
    above = [said.unit.format(name=name), office, said.date.format(day=day)]
    if sent:
        sent_at = f"{sent.sent_at.astimezone(snapshot.zone):%m-%d %H:%M}"
        above.append(said.sent.format(revision=sent.revision, reporter=sent.reporter, at=sent_at))
        above += [said.zero] if sent.zero else []
        names = words.marks.comma.join(sent.zero_villages)
        above += [said.zero_villages.format(names=names)] if names else []
    else:
        above.append(said.not_sent)
    above += [said.late] if late else []
    rows = tuple((said.figures.get(key, key), value) for key, value in stated.items())
    columns = (PageColumn("figure", said.figure_columns[0]), PageColumn("value", said.figure_columns[1]))
    data = {
        **page_json(asked, name, snapshot, now, maker, (), stated),
        "unit": name,
        "subject": named,
        "date": day.isoformat(),
        "revision": sent.revision if sent else 0,
        "zero": sent.zero if sent else False,
        "figures": stated,
        "rows": [{"figure": key, "value": value} for key, value in stated.items()],
        "zero_villages": list(sent.zero_villages) if sent else [],
        "due": due.isoformat(),
        "frozen_at": due.isoformat() if now >= due else None,
        "sent_at": sent.sent_at.astimezone(snapshot.zone).isoformat(timespec="seconds") if sent else None,
        "reporter": sent.reporter if sent else None,
        "checked_by": (sent.checked_by or None) if sent else None,
        "responsible": (sent.responsible or None) if sent else None,
        "late": late,
    }
    return Page(
        title=said.titles[kind],
        above=tuple(above),
        tables=(PageTable(columns, rows),),
        made=made_line(snapshot, now, maker, words),
        name=name,
        json=data,
    )
