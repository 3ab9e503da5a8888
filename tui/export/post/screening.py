"""Screening report of a unit or the city as it prints: pairs, supplements, names and sign lines."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from dutyboard.rules.belonging import record_named
from dutyboard.rules.duties.pairs import ORIGINS, PAIRED
from dutyboard.rules.duties.post.figures import figures
from dutyboard.rules.duties.post.reports import office_of, report_owed
from dutyboard.rules.duties.post.screening.supplements import Supplement, statements, supplements
from dutyboard.rules.records.clock import at, midnight
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.model import Report, Unit
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageColumn, PageTable, head_json, made_line
from dutyboard.tui.text import Words

_BLANK = "________"
Stated = Mapping[str, int | None]


def screening_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the screening report of a day, as it was sent last.

    One that was not sent states the desk's own figures and says so. Without a subject: the whole city's total.
    """
    said, own, named, day = words.reports, words.screening_pages, asked.subject or POST, asked.last
    about = record_named(named, snapshot)
    name = about.name if isinstance(about, Unit) else said.whole
    told = statements(snapshot, "screening", named, day)
    sent, more = (told[-1] if told else None), supplements(told)
    daily = snapshot.daily_at(midnight(day, snapshot.zone))
    due = at(day, daily.screening_report.due, snapshot.zone)
    stated: Stated = dict(sent.figures) if sent else figures(snapshot, "screening", named, day, now)
    owed = report_owed(snapshot, "screening", named, day, now)
    late = owed is not None and owed.window.past_due(told[0].sent_at if told else now)
    office = said.office.format(office=office_of("screening", daily).said_in(words.language))
    above = [said.unit.format(name=name), office, said.date.format(day=day)]
    if sent is None:
        above.append(said.not_sent)
    else:
        above.append(own.first_stated.format(reporter=told[0].reporter, at=_clock(told[0], snapshot)))
        above += [own.stated_again.format(n=len(more))] if more else []
        above += [said.zero] if sent.zero else []
        names = words.marks.comma.join(sent.zero_villages)
        above += [said.zero_villages.format(names=names)] if names else []
    above += [said.late] if late else []
    above += _not_added_up(stated, words)
    table = PageTable(_columns(words), tuple(_rows(stated, words)))
    changes = _changes(more, snapshot, words)
    return Page(
        title=said.titles["screening"],
        above=tuple(above),
        tables=(table, *([changes] if changes.rows else [])),
        below=(sign_line(sent, words),),
        made=made_line(snapshot, now, maker, words),
        name=name,
        json={
            **head_json(asked, name, snapshot, now, maker),
            "rows": _json_rows(stated),
            "totals": dict(stated),
            "unit": name,
            "subject": named,
            "date": day.isoformat(),
            "revision": sent.revision if sent else 0,
            "zero": sent.zero if sent else False,
            "figures": dict(stated),
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


def _columns(words: Words) -> tuple[PageColumn, ...]:
    heads = words.screening_pages.columns
    return tuple(PageColumn(key, head) for key, head in zip(("figure", "today", "total"), heads, strict=True))


def pairs_of(stated: Iterable[str]) -> dict[str, str | None]:
    """Return the lines of a report in their order: each figure, with the name of its part of today.

    None: it has none.
    """
    names = dict.fromkeys(stated)
    today: dict[str, str] = {total: part for total, part in PAIRED.items() if total in names and part in names}
    parts = set(today.values())
    return {name: today.get(name) for name in names if name not in parts}


def _rows(stated: Stated, words: Words) -> list[tuple[str, int | None, int | None]]:
    names = words.reports.figures
    return [
        (names.get(name, name), stated[part] if part else None, stated[name]) for name, part in pairs_of(stated).items()
    ]


def _json_rows(stated: Stated) -> list[dict[str, Any]]:
    return [
        {"figure": name, "today": stated[part] if part else None, "total": stated[name]}
        for name, part in pairs_of(stated).items()
    ]


def _not_added_up(stated: Stated, words: Words) -> list[str]:
    """Return a line where all categories are stated and do not make the total."""
    parts = [stated.get(name) for name in ORIGINS]
    total = stated.get("total")
    known = [each for each in parts if each is not None]
    if total is None or len(known) < len(parts) or sum(known) == total:
        return []
    return [words.screening_pages.not_added_up.format(sum=sum(known), total=total)]


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
