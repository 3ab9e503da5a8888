"""Reports for the offices above: one page as data, from which text, JSON and a workbook are made."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.account.ledger import COLUMNS, Column, account, ledger
from dutyboard.rules.belonging import record_named
from dutyboard.rules.duties.post.reports import office_of, report_owed
from dutyboard.rules.duties.post.villages import villages
from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.people.officers import serving
from dutyboard.rules.records.clock import at, midnight
from dutyboard.rules.records.codes import ReportKind
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import Officer, Site, Unit, subject_id
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.terminal.cells import pad, width, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import clause

FiguresKind = Literal["screening", "site"]
"""Reports whose page is a list of figures."""


@frozen(kw_only=False)
class Page:
    """Report as it is printed: a title, lines above, a table. `json` is the same for programs."""

    title: str
    above: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    json: Mapping[str, Any]


@frozen(kw_only=False)
class Maker:
    """Maker of a report, by login, and the journal's head at that moment."""

    by: str
    head: str


def head_json(
    kind: str, scope: str, days: tuple[date, date], snapshot: Snapshot, now: datetime, maker: Maker
) -> dict[str, Any]:
    """Returns the keys that begin a report as JSON. `days` are its first and its last one."""
    return {
        "kind": kind,
        "scope": scope,
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "made_at": now.isoformat(timespec="seconds"),
        "made_by": maker.by,
        "seq": snapshot.seq,
        "head": maker.head,
    }


def figures_page(
    snapshot: Snapshot, kind: FiguresKind, subject: Unit | Site | None, day: date, now: datetime, words: Words
) -> Page:
    """Returns the screening or site report of a day, as it was sent last.

    One that was not sent states the desk's own figures and says so. `subject` None: the whole city's total.
    """
    said = words.reports
    named = subject_id(subject) if subject else POST
    sent = snapshot.last_reports.get((kind, named, day))
    daily = snapshot.daily_at(midnight(day, snapshot.zone))
    due_at = daily.screening_report.due if kind == "screening" else daily.slot("report").due
    due = at(day, due_at, snapshot.zone)
    stated = dict(sent.figures) if sent else report_figures(snapshot, kind, named, day, now)
    asked = report_owed(snapshot, kind, named, day, now)
    late = asked is not None and asked.window.past_due(sent.sent_at if sent else now)
    name = subject.name if subject else said.whole
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
    data = {
        "kind": kind,
        "unit": name,
        "subject": named,
        "date": day.isoformat(),
        "revision": sent.revision if sent else 0,
        "zero": sent.zero if sent else False,
        "figures": stated,
        "zero_villages": list(sent.zero_villages) if sent else [],
        "due": due.isoformat(),
        "frozen_at": due.isoformat() if now >= due else None,
        "sent_at": sent.sent_at.astimezone(snapshot.zone).isoformat(timespec="seconds") if sent else None,
        "reporter": sent.reporter if sent else None,
        "late": late,
    }
    rows = tuple((said.figures.get(key, key), str(value)) for key, value in stated.items())
    return Page(said.titles[kind], tuple(above), rows, data)


def page_of(snapshot: Snapshot, kind: ReportKind, subject: Subject, day: date, now: datetime, words: Words) -> Page:
    """Returns the report of a kind, subject and day as it prints."""
    about = record_named(subject, snapshot)
    if kind == "roster" and isinstance(about, Unit):
        return roster_page(snapshot, about, now, words)
    figured: FiguresKind = "site" if kind == "site" else "screening"
    return figures_page(snapshot, figured, about if isinstance(about, Unit | Site) else None, day, now, words)


def roster_page(snapshot: Snapshot, unit: Unit, now: datetime, words: Words) -> Page:
    """Returns the roster of a unit as the annex form of the notice: who serves at that instant."""
    said = words.reports
    members = [officer for officer in serving(snapshot, now) if officer.unit_id == unit.id]
    rows = tuple(_member(each, words.language) for each in members)
    keys = ("name", "title", "phone", "duty", "note")
    data = {
        "kind": "roster",
        "unit": unit.name,
        "figures": report_figures(snapshot, "roster", subject_id(unit), now.date(), now),
        "first_responsible": unit.first_responsible or None,
        "members": [dict(zip(keys, row)) for row in rows],
    }
    first = said.first_responsible.format(name=unit.first_responsible or said.not_named)
    above = (f"{said.unit.format(name=unit.name)}  {first}",)  # one line, so that the form keeps its rows
    return Page(said.titles["roster"], above, (said.roster_columns, *rows), data)


def _member(officer: Officer, language: str) -> tuple[str, ...]:
    """Return an officer's row of the annex form. Who is director or part-time is said where his duty or note does not,
    so that the form comes in again as it went."""
    from dutyboard.tui.sheets.kinds.roster import with_marks  # no screen reads sheets

    return officer.name, officer.title, officer.phone, *with_marks(officer, language)


def ledger_page(snapshot: Snapshot, day: date, now: datetime, maker: Maker, words: Words) -> Page:
    """Returns the ledger of a day: each kind of duty under its side, with a sum for each side."""
    said, of_day, sums = words.reports, account(snapshot, day, day, now), dict[str, dict[Column, int]]()
    rows = ledger(of_day)
    table: list[tuple[str, ...]] = [said.ledger_columns]
    for side, kinds in groupby(rows, key=lambda row: row.side):
        held = list(kinds)
        sums[side] = {each: sum(row.counts[each] for row in held) for each in COLUMNS}
        table += [
            (said.sides[side], words.duties.kinds[row.kind], *_counts(row.counts, row.carried_open)) for row in held
        ]
        carried = sum(row.carried_open for row in held)
        table.append((said.sides[side], said.ledger_sum, *_counts(sums[side], carried)))
    sums["all"] = {each: sum(held[each] for held in sums.values()) for each in COLUMNS}
    desk, notice = desk_of(snapshot).desk, snapshot.notice_at(midnight(day, snapshot.zone))
    asked = notice.daily.four_duties.clause
    data = {
        **head_json("ledger", desk, (day, day), snapshot, now, maker),
        "clause": asked,
        "rows": [
            {
                "side": row.side,
                "kind": row.kind,
                **row.counts,
                "told_after": row.told_after,
                "carried": row.carried,
                "carried_open": row.carried_open,
            }
            for row in rows
        ],
        "totals": sums,
    }
    sentence = notice.quote(asked)
    late, opened = sum(row.told_after for row in rows), snapshot.day_of(desk_of(snapshot).opened_at)
    above = (
        said.unit.format(name=desk),
        said.date.format(day=day),
        *((f"{clause(words.duties, asked)} {sentence.said_in(words.language)}",) if sentence else ()),
        said.ledger_note,
        *((said.ledger_late.format(n=late),) if late else ()),
        *((said.ledger_before.format(day=opened),) if day < opened else ()),
    )
    return Page(said.titles["ledger"], above, tuple(table), data)


def _counts(counts: Mapping[Column, int], carried_open: int) -> tuple[str, ...]:
    return *(str(counts[each]) for each in COLUMNS), str(carried_open)


def villages_page(snapshot: Snapshot, unit: Unit, now: datetime, maker: Maker, words: Words) -> Page:
    """Returns the villages of a unit that its people or reports name: last finding and last zero."""
    said, found, today = words.reports, villages(snapshot, unit), now.date()
    rows = tuple(
        (row.name or said.village_unknown, str(row.people), _day(row.found_on), _day(row.zero_on)) for row in found.rows
    )
    data = {
        **head_json("villages", unit.name, (today, today), snapshot, now, maker),
        "rows": [
            {
                "village": row.name or None,
                "people": row.people,
                "found_on": row.found_on.isoformat() if row.found_on else None,
                "zero_on": row.zero_on.isoformat() if row.zero_on else None,
            }
            for row in found.rows
        ],
        "totals": {
            "villages": sum(bool(row.name) for row in found.rows),
            "people": sum(row.people for row in found.rows),
            "zero_on": found.zero_on.isoformat() if found.zero_on else None,
        },
    }
    above = (said.unit.format(name=unit.name), said.unit_zero.format(day=_day(found.zero_on)), said.village_note)
    return Page(said.titles["villages"], above, (said.village_columns, *rows), data)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "-"


def as_text(page: Page, cells: int = 0) -> list[str]:
    """Returns the page in lines; a column is as wide as its widest cell. `cells`: sentences are wrapped in so many."""
    count = max((len(row) for row in page.table), default=0)
    widths = [max(width(row[column]) for row in page.table) for column in range(count)]
    table = ["  ".join(pad(cell, size) for cell, size in zip(row, widths)).rstrip() for row in page.table]
    above = [row for line in page.above for row in (wrap(line, cells) if cells else [line])]
    return [page.title, *above, *table]
