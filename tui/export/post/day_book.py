"""The day book of a day: who sat, everything that was told, the counts, what stayed open, the signed heads."""

from datetime import datetime
from itertools import groupby
from typing import Any, Final

from dutyboard.rules.account.day_book import DayEnd, SeatLine, day_end, day_lines, seat_lines
from dutyboard.rules.account.ledger import AccountRow
from dutyboard.rules.duties.post.handed_over import signed_handovers
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.obligation import Kind, State
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.post import HandedOver
from dutyboard.tui.export.page import (
    Maker,
    NoPage,
    Page,
    PageAsked,
    PageCell,
    PageTable,
    days_said,
    head_json,
    made_line,
    rows_of,
)
from dutyboard.tui.export.post.lines import about_lines, columns_of, instant, said_or_blank, state_said
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import office_or_name
from dutyboard.tui.views.entry.duty_names import duty_name
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.entry.names import entered_by
from dutyboard.tui.views.frame import seat_name
from dutyboard.tui.views.journal.head import head_text
from dutyboard.tui.views.times import clock, deadline

_COUNTED: Final[tuple[Kind, ...]] = (
    *("patrol", "temperature", "disinfection", "staff_check", "staff_test", "home_check"),
    *("screening_report", "site_report", "roster"),
)
"""Rounds, checks and reports, whose counts stand in the day book."""


def day_book_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the day book of a day. Raises NoPage for a day on which nobody sat and nothing was told."""
    said, day = words.post_pages, asked.last
    lines, seats = day_lines(snapshot, day, day), seat_lines(snapshot, day)
    desk = desk_of(snapshot).desk
    if not lines and not any(each.shift for each in seats):
        days = days_said(asked, words)
        raise NoPage(words.pages.nothing.format(kind=words.pages.kinds["daybook"], scope=desk, days=days))
    end, over = day_end(snapshot, day, now), bounds(day, snapshot.zone)[1] <= now
    matters = tuple(
        (
            clock(each.entry.happened_at, snapshot.zone),
            said_or_blank(entry_text(each.entry, snapshot, words)),
            entered_by(each.entry, snapshot),
            state_said(each, words) or None,
        )
        for each in lines
    )
    still = (said.was_open if over else said.still_open).format(n=len(end.open))
    tables = {
        "seats": PageTable(
            columns_of(("seat", "officer", "planned", "sat", "signed"), words),
            tuple(_seat_row(each, snapshot, words) for each in seats),
            said.seats,
        ),
        "matters": PageTable(
            columns_of(("time", "text", "entered_by", "remark"), words), matters, said.matters.format(n=len(matters))
        ),
        "counts": PageTable(
            columns_of(("kind", "done", "done_late", "late", "missed", "open"), words), _counts(end, words), said.counts
        ),
        "open": PageTable(
            columns_of(("item", "owed_by", "due", "state"), words),
            tuple(_open_row(each, min(bounds(day, snapshot.zone)[1], now), snapshot, words) for each in end.open),
            still,
        ),
        "heads": PageTable(
            columns_of(("time", "outgoing", "incoming", "head"), words),
            tuple(_heads(asked, snapshot, now, maker, words)),
            said.heads,
        ),
    }
    return Page(
        title=said.titles["daybook"],
        above=about_lines(asked, snapshot, words),
        tables=tuple(tables.values()),
        below=(said.sign_day,),
        made=made_line(snapshot, now, maker, words),
        name=f"{day:%m-%d}",
        json=_json(asked, snapshot, now, maker, tables),
    )


def _json(
    asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, tables: dict[str, PageTable]
) -> dict[str, Any]:
    """Return the day book as JSON: the matters are its rows, the other tables stand beside them."""
    parts = {name: rows_of((table,)) for name, table in tables.items()}
    head = head_json(asked, desk_of(snapshot).desk, snapshot, now, maker)
    totals = {"matters": len(parts["matters"]), "open": len(parts["open"])}
    return {**head, "rows": parts.pop("matters"), **parts, "totals": totals}


def _seat_row(line: SeatLine, snapshot: Snapshot, words: Words) -> tuple[PageCell, ...]:
    said, zone = words.post_pages, snapshot.zone
    sat = f"{clock(line.starts, zone)}-{deadline(line.ends, zone)[6:]}"
    seat = seat_name(words, line.seat)
    if line.shift is None:
        return seat, said.nobody, None, sat, None
    shift = line.shift
    planned = f"{instant(shift.starts, snapshot)} - {instant(shift.ends, snapshot)}"
    signed = said.by_plan
    if shift.told_at is not None:
        signed = said.told_after
    elif line.signed is not None:
        signed = said.signed_at.format(at=instant(line.signed.happened_at, snapshot))
    return seat, officer_name(snapshot, shift.officer_id), planned, sat, signed


def _counts(end: DayEnd, words: Words) -> tuple[tuple[PageCell, ...], ...]:
    rows = sorted((each for each in end.counts if each.kind in _COUNTED), key=lambda each: _COUNTED.index(each.kind))
    found: list[tuple[PageCell, ...]] = []
    for kind, of_kind in groupby(rows, key=lambda each: each.kind):
        held = list(of_kind)
        sums = (sum(each.counts[name] for each in held) for name in ("done", "done_late", "late", "missed", "open"))
        found.append((words.duties.kinds[kind], *sums))
    return tuple(found)


def _open_row(row: AccountRow, at: datetime, snapshot: Snapshot, words: Words) -> tuple[PageCell, ...]:
    late = row.due is not None and row.due < at
    state: State = "missed" if row.state == "missed" else "late" if late else "open"
    due = deadline(row.due, snapshot.zone) if row.due is not None else None
    owed_by = words.marks.comma.join(office_or_name(each, words) for each in row.owed_by) or None
    return said_or_blank(duty_name(row.id, snapshot, words)), owed_by, due, words.duties.states[state]


def _heads(
    asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words
) -> list[tuple[PageCell, ...]]:
    """Return the heads that were signed: at the last handover before the day, at each of it, and today's newest."""
    starts, ends = bounds(asked.last, snapshot.zone)
    signed = [each for each in reversed(signed_handovers(snapshot)) if each.happened_at < ends]
    before = [each for each in signed if each.happened_at < starts][-1:]
    found: list[tuple[PageCell, ...]] = []
    for entry in (*before, *(each for each in signed if each.happened_at >= starts)):
        if isinstance(entry.told, HandedOver):
            told = entry.told
            names = officer_name(snapshot, told.outgoing), officer_name(snapshot, told.incoming)
            found.append((instant(entry.happened_at, snapshot), *names, head_text(told.head) or None))
    if starts <= now < ends:
        found.append((words.post_pages.head_now, None, None, f"{snapshot.seq}: {head_text(maker.head)}"))
    return found
