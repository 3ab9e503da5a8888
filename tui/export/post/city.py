"""City sheet of a day: the screening reports of all units in one table, with their sum."""

from collections.abc import Iterable
from datetime import datetime

from dutyboard.rules.duties.post.reports import office_of
from dutyboard.rules.duties.post.screening.city import CityRow, CitySheet, city_sheet, without_unit
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.export.page import (
    Maker,
    NoPage,
    Page,
    PageAsked,
    PageCell,
    PageColumn,
    PageTable,
    made_line,
    page_json,
    post_name,
)
from dutyboard.tui.export.post.screening import pairs_of
from dutyboard.tui.export.stated import sign_line
from dutyboard.tui.text import Words

_KEYS = ("unit", "state", "sent_at", "reporter", "checked_by", "responsible")


def city_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the city sheet of a day as it stands. Raises NoPage where no unit owes a report on it."""
    said, own, day = words.reports, words.screening_pages, asked.last
    sheet = city_sheet(snapshot, day, now)
    if not sheet.rows:
        kind = words.pages.kinds[asked.kind]
        raise NoPage(words.pages.nothing.format(kind=kind, scope=said.whole, days=day.isoformat()))
    daily = snapshot.daily_at(midnight(day, snapshot.zone))
    names: dict[str, None] = dict.fromkeys((*daily.screening_report.figures, *sheet.sums))
    columns = _columns(names, words)
    keys = [each.key for each in columns[len(_KEYS) :]]
    rows = tuple((*_heads(row, snapshot, words), *_figures(row, keys)) for row in sheet.rows)
    sums = (own.sum.format(n=sheet.reported), None, None, None, None, None, *(sheet.sums.get(key) for key in keys))
    total = snapshot.last_reports.get(("screening", POST, day))
    scope = desk_of(snapshot).desk
    table = PageTable(columns, rows)
    return Page(
        title=own.city_title,
        above=(
            said.unit.format(name=post_name(snapshot, words)),
            said.office.format(office=office_of("screening", daily).said_in(words.language)),
            said.date.format(day=day),
            *_state(sheet, snapshot, words),
        ),
        tables=(PageTable(columns, (*rows, sums)),),
        below=(sign_line(total, words),),
        made=made_line(snapshot, now, maker, words),
        name=own.city_title,
        wide=True,
        json=page_json(asked, scope, snapshot, now, maker, (table,), _totals(sheet)),
    )


def _columns(names: Iterable[str], words: Words) -> tuple[PageColumn, ...]:
    """Return the columns: who and when, then each figure, the parts of a pair under one heading."""
    own, figures = words.screening_pages, words.reports.figures
    columns = [PageColumn(key, head) for key, head in zip(_KEYS, own.city_columns, strict=True)]
    for name, part in pairs_of(names).items():
        label = figures.get(name, name)
        columns += [PageColumn(part, own.today, label), PageColumn(name, own.total, label)] if part else []
        columns += [] if part else [PageColumn(name, label)]
    return tuple(columns)


def _heads(row: CityRow, snapshot: Snapshot, words: Words) -> tuple[PageCell, ...]:
    own, report = words.screening_pages, row.report
    state = [own.marks[row.mark], *([own.late] if row.late else [])]
    if report is None:
        return (row.owed.subject, " ".join(state), None, None, None, None)
    state += [own.corrected.format(n=report.revision - 1)] if row.corrected else []
    sent_at = f"{report.sent_at.astimezone(snapshot.zone):%m-%d %H:%M}"
    names = (report.reporter, report.checked_by or None, report.responsible or None)
    return (row.owed.subject, " ".join(state), sent_at, *names)


def _figures(row: CityRow, keys: list[str]) -> tuple[PageCell, ...]:
    """Return the figures of a row. Who has not reported states none, and none of them is zero."""
    return tuple(row.report.figures.get(key) if row.report is not None else None for key in keys)


def _state(sheet: CitySheet, snapshot: Snapshot, words: Words) -> list[str]:
    """Return the lines that say how many have reported, who has not, and what not all of them state."""
    own, comma, figures = words.screening_pages, words.marks.comma, words.reports.figures
    counts = {"zero": sheet.zero, "late": sheet.late, "corrected": sheet.corrected}
    lines = [own.reported.format(n=sheet.reported, m=sheet.owing, **counts)]
    lines += [own.missing.format(names=comma.join(sheet.missing))] if sheet.missing else []
    partly = [(name, n) for name, n in sheet.stated.items() if n < sheet.reported]
    told = comma.join(own.partly.format(name=figures.get(name, name), n=n, m=sheet.reported) for name, n in partly)
    lines += [own.partly_line.format(figures=told)] if partly else []
    total = snapshot.last_reports.get(("screening", POST, sheet.day))
    if total is None:
        lines.append(own.city_not_sent)
    else:
        sent_at = f"{total.sent_at.astimezone(snapshot.zone):%m-%d %H:%M}"
        lines.append(own.city_sent.format(reporter=total.reporter, at=sent_at, revision=total.revision))
    outside = without_unit(snapshot, sheet)
    return [*lines, *([own.without_unit.format(n=outside)] if outside else [])]


def _totals(sheet: CitySheet) -> dict[str, object]:
    return {
        "figures": dict(sheet.sums),
        "stated_by": dict(sheet.stated),
        "reported": sheet.reported,
        "owing": sheet.owing,
        "zero": sheet.zero,
        "late": sheet.late,
        "corrected": sheet.corrected,
        "missing": list(sheet.missing),
    }
