"""The handover on paper and as JSON: what would go over now, and what was signed for a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dutyboard.rules.board import board
from dutyboard.rules.duties.post.handed_over import (
    HandedOn,
    carried,
    handed_on_before,
    handover_notes,
    notes_handed_over,
)
from dutyboard.rules.duties.post.handover import HandoverAt, nearest_handover
from dutyboard.rules.duties.post.handover_rows import HandoverRow, handover_rows
from dutyboard.rules.people.officers import holder, officer_name
from dutyboard.rules.records.codes import SEATS
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.post import HandedOver
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked, PageColumn, PageTable, made_line, page_json
from dutyboard.tui.export.post.lines import columns_of, said_or_blank
from dutyboard.tui.terminal.cells import Line, plain
from dutyboard.tui.text import Words
from dutyboard.tui.text.pages.post import PostColumn
from dutyboard.tui.views.board import attention_text, owed_by, state_text, title
from dutyboard.tui.views.entry.duty_names import duty_name, duty_name_alone
from dutyboard.tui.views.entry.names import entered_by
from dutyboard.tui.views.frame import seat_name
from dutyboard.tui.views.handover.rows import carried_text, counted_heading, late_text, named_heading, row_title
from dutyboard.tui.views.journal.head import head_text
from dutyboard.tui.views.times import day_clock

_COMING = ("item", "owed_by", "due", "state", "carried")
_ITEM = "item"


def handover_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the handovers that were signed for a day; without a day the draft of the next one.

    Raises NoPage for a day for which nobody signed one.
    """
    if not asked.said_days:
        return _coming(asked, snapshot, now, maker, words)
    page = _signed(asked, snapshot, now, maker, words)
    if page is None:
        raise NoPage(words.reports.no_handover.format(day=asked.last.isoformat()))
    return page


def _coming(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return what would be handed over now. The journal's head on it pins everything before it."""
    said, post = words.reports, words.post_pages
    rows, before = handover_rows(board(snapshot, now).obligations), carried(snapshot)
    columns = tuple(PageColumn(key, head) for key, head in zip(_COMING, said.handover_columns, strict=True))
    table = PageTable(columns, tuple(handover_table(rows, before, now, snapshot.zone, words)))
    at, notes = nearest_handover(snapshot, now), handover_notes(snapshot)
    outgoing = at.owed.owed_by if at is not None else ""
    incoming = officer_name(snapshot, at.planned) if at is not None else ""
    leader = _leader(snapshot, now)
    data = {
        **page_json(asked, desk_of(snapshot).desk, snapshot, now, maker, (table,), {}),
        "now": now.isoformat(timespec="seconds"),
        "coming": coming_json(at, snapshot) if at is not None else None,
        "leader": leader or None,
        "notes": _notes_json(notes, snapshot),
        "items": items_json(rows, before, snapshot.zone),
        **rows_json(rows),
    }
    names = post.draft.format(
        outgoing=outgoing or post.blank, incoming=incoming or post.blank, leader=leader or post.blank
    )
    return Page(
        title=said.titles["handover"],
        above=(f"{now:%Y-%m-%d %H:%M}", names, *_seats(snapshot, now, words)),
        tables=(table, *_notes_table(notes, snapshot, words)),
        below=(post.sign_handover.format(outgoing=outgoing, incoming=incoming, leader=leader),),
        made=made_line(snapshot, now, maker, words),
        json=data,
    )


def _leader(snapshot: Snapshot, at: datetime) -> str:
    """Return who sits on the leader's seat at an instant; "" where nobody does."""
    sitting = holder(snapshot, "leader", at)
    return officer_name(snapshot, sitting.officer_id) if sitting is not None else ""


def _seats(snapshot: Snapshot, at: datetime, words: Words) -> Iterator[str]:
    """Yield who sits on each seat at an instant, and until when; an empty one is said to be so."""
    for seat in SEATS:
        sitting = holder(snapshot, seat, at)
        name = seat_name(words, seat)
        if sitting is None:
            yield f"{name}  {words.post_pages.nobody}"
        else:
            until = day_clock(sitting.until, snapshot.zone)
            yield words.frame.seat_line.format(seat=name, name=officer_name(snapshot, sitting.officer_id), until=until)


def _notes_table(notes: Sequence[Entry], snapshot: Snapshot, words: Words) -> Iterator[PageTable]:
    """Yield the running note as a table, where it has a line."""
    if notes:
        rows = tuple(
            (day_clock(each.happened_at, snapshot.zone), said_or_blank(each.text), entered_by(each, snapshot))
            for each in notes
        )
        yield PageTable(columns_of(("time", "text", "entered_by"), words), rows, words.post_pages.notes)


def _notes_json(notes: Sequence[Entry], snapshot: Snapshot) -> list[dict[str, Any]]:
    return [
        {"at": each.happened_at.astimezone(snapshot.zone).isoformat(), "text": each.text, "by": each.done_by}
        for each in notes
    ]


def handover_table(
    rows: tuple[HandoverRow, ...], before: Mapping[str, HandedOn], now: datetime, zone: ZoneInfo, words: Words
) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row: item, who owes it, due time, state, how often it was handed over before."""
    for heading, half in ((named_heading, True), (counted_heading, False)):
        of_half = [row for row in rows if row.by_name is half]
        if of_half:
            yield _headed(heading(of_half, words))
        for row in of_half:
            if len(row.items) > 1:
                yield row_title(row, words), "", "", late_text(row, words), ""
                continue
            item = row.items[0]
            due, state = f"{item.due.astimezone(zone):%m-%d %H:%M}", state_text(item, now, zone, words)
            named = f"{title(item, words)} {attention_text(item, 0, now, zone, words)}".strip()
            yield named, owed_by(item, words), due, state, carried_text(before.get(item.id), zone, words)


def _headed(line: Line) -> tuple[str, ...]:
    return plain(line).strip(), "", "", "", ""


def rows_json(rows: Iterable[HandoverRow]) -> dict[str, Any]:
    """Return the ids of what is told by name, and each counted kind with what stands in it."""
    rows = tuple(rows)
    return {
        "by_name": [row.key for row in rows if row.by_name],
        "shelved": [item.id for row in rows for item in row.items if item.shelved],
        "by_count": [
            {"kind": row.kind, "count": len(row.items), "items": [item.id for item in row.items]}
            for row in rows
            if not row.by_name
        ],
    }


def items_json(rows: Iterable[HandoverRow], before: Mapping[str, HandedOn], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Return the items in the order of the rows; `carried` null: it was not handed over before."""
    return [
        {
            "id": item.id,
            "subject": item.subject,
            "state": item.state,
            "due": item.due.astimezone(zone).isoformat(),
            "carried": _carried_json(before.get(item.id), zone),
        }
        for row in rows
        for item in row.items
    ]


def _carried_json(before: HandedOn | None, zone: ZoneInfo) -> dict[str, Any] | None:
    if before is None:
        return None
    return {"times": before.times, "since": before.since.astimezone(zone).isoformat(timespec="seconds")}


def coming_json(at: HandoverAt, snapshot: Snapshot) -> dict[str, Any]:
    """Return which handover it is: its id, who hands over, who follows by the rota (null: nobody), its window."""
    zone = snapshot.zone
    return {
        "obligation": at.owed.id,
        "state": at.owed.state,
        "from": at.owed.owed_by,
        "to": officer_name(snapshot, at.planned) if at.planned is not None else None,
        "opens": at.owed.opens.astimezone(zone).isoformat(),
        "due": at.owed.due.astimezone(zone).isoformat(),
    }


def _signed(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page | None:
    """Return the handovers signed for a day: from whom to whom, when, with what. None: nobody signed one.

    What was told by name stands by name, the rest by its count. An older one tells all by name.
    """
    said, day = words.reports, asked.last
    signed = [
        (entry, entry.told)
        for entry in sorted(snapshot.entries.values(), key=lambda each: (each.happened_at, each.id))
        if isinstance(entry.told, HandedOver) and _day_of(entry) == day and entry.id not in snapshot.amended
    ]
    if not signed:
        return None
    tables = [table for entry, told in signed for table in _of_one(entry, told, snapshot, words)]
    signs = [
        words.post_pages.sign_handover.format(
            outgoing=officer_name(snapshot, told.outgoing),
            incoming=officer_name(snapshot, told.incoming),
            leader=_leader(snapshot, entry.happened_at),
        )
        for entry, told in signed
    ]
    items = [table for table in tables if table.columns[0].key == _ITEM]
    data = {
        **page_json(asked, desk_of(snapshot).desk, snapshot, now, maker, items, {"handovers": len(signed)}),
        "date": day.isoformat(),
        "signed": [_signed_json(entry, told, snapshot) for entry, told in signed],
    }
    return Page(
        title=said.titles["handover"],
        above=(f"{day:%Y-%m-%d}",),
        tables=tuple(tables),
        below=tuple(signs),
        made=made_line(snapshot, now, maker, words),
        name=f"{day:%m-%d}",
        json=data,
    )


def _of_one(entry: Entry, told: HandedOver, snapshot: Snapshot, words: Words) -> Iterator[PageTable]:
    """Yield the tables of one signed handover: its officers, its items by name and by count, its notes."""
    said, zone = words.reports, snapshot.zone
    names = officer_name(snapshot, told.outgoing), officer_name(snapshot, told.incoming)
    when = day_clock(entry.happened_at, zone)
    head = head_text(told.head) or "-"
    heading = said.signed.format(outgoing=names[0], incoming=names[1], at=when, head=head)
    facts = (when, *names, _leader(snapshot, entry.happened_at) or None, head, said_or_blank(_words_of(entry, told)))
    keys: tuple[PostColumn, ...] = ("time", "outgoing", "incoming", "leader", "head", "remark")
    yield PageTable(columns_of(keys, words), (facts,), heading)
    before, aside = handed_on_before(snapshot, entry), set(told.shelved)
    named = told.items if told.by_name is None else told.by_name
    rows = tuple(
        (
            f"{duty_name(item, snapshot, words)} {said.shelved if item in aside else ''}".strip(),
            1,
            carried_text(before.get(item), zone, words) or None,
        )
        for item in named
    )
    columns = columns_of(("item", "count", "carried"), words)
    if rows:
        yield PageTable(columns, rows, words.handover.by_name.format(n=len(rows)))
    counted: dict[str, list[str]] = {}
    for item in told.items:
        if item not in set(named):
            counted.setdefault(duty_name_alone(item, snapshot, words), []).append(item)
    if counted:
        heading = words.handover.by_count.format(n=len(counted), items=sum(map(len, counted.values())))
        sums = tuple((what, len(items), _again(items, before, words)) for what, items in counted.items())
        yield PageTable(columns, sums, heading)
    yield from _notes_table(notes_handed_over(snapshot, entry), snapshot, words)


def _again(items: Iterable[str], before: Mapping[str, HandedOn], words: Words) -> str | None:
    """Return how many of these items had been handed over before; None: none had."""
    known = sum(item in before for item in items)
    return words.post_pages.carried_of.format(n=known) if known else None


def _words_of(entry: Entry, told: HandedOver) -> str:
    return " ".join(part for part in (entry.text, told.reason) if part)


def _signed_json(entry: Entry, told: HandedOver, snapshot: Snapshot) -> dict[str, Any]:
    zone = snapshot.zone
    return {
        "entry": entry.id,
        "at": entry.happened_at.astimezone(zone).isoformat(),
        "from": officer_name(snapshot, told.outgoing),
        "to": officer_name(snapshot, told.incoming),
        "leader": _leader(snapshot, entry.happened_at) or None,
        "entered_by": entry.login,
        "items": list(told.items),
        "by_name": None if told.by_name is None else list(told.by_name),
        "shelved": list(told.shelved),
        "carried": {
            item: _carried_json(each, zone)
            for item, each in handed_on_before(snapshot, entry).items()
            if item in told.items
        },
        "notes": _notes_json(notes_handed_over(snapshot, entry), snapshot),
        "head": told.head,
        "text": entry.text,
    }


def _day_of(entry: Entry) -> date | None:
    """Return the local day of the obligation that an entry discharged; None: it discharged none."""
    duty = DutyId.parse(entry.obligation or "")
    return duty.day if duty is not None else None
