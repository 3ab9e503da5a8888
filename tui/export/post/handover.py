"""The handover on paper and as JSON: what would go over now, and what was signed for a day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dutyboard.rules.board import board
from dutyboard.rules.duties.post.handed_over import HandedOn, carried
from dutyboard.rules.duties.post.handover import HandoverAt
from dutyboard.rules.duties.post.handover_rows import HandoverRow, handover_rows
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.post import HandedOver
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked, PageColumn, PageTable, made_line, page_json
from dutyboard.tui.terminal.cells import Line, plain
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import attention_text, owed_by, state_text, title
from dutyboard.tui.views.entry.duty_names import duty_name, duty_name_alone
from dutyboard.tui.views.handover.rows import carried_text, counted_heading, late_text, named_heading, row_title
from dutyboard.tui.views.journal.head import head_text

_COMING = ("item", "owed_by", "due", "state", "carried")
_SIGNED = ("signed_at", "item")


def handover_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the handovers that were signed for a day; without a day what would be handed over now.

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
    said = words.reports
    rows, before = handover_rows(board(snapshot, now).obligations), carried(snapshot)
    columns = tuple(PageColumn(key, head) for key, head in zip(_COMING, said.handover_columns, strict=True))
    table = PageTable(columns, tuple(handover_table(rows, before, now, snapshot.zone, words)))
    data = {
        **page_json(asked, desk_of(snapshot).desk, snapshot, now, maker, (table,), {}),
        "now": now.isoformat(timespec="seconds"),
        "items": items_json(rows, before, snapshot.zone),
        **rows_json(rows),
    }
    return Page(
        title=said.titles["handover"],
        above=(f"{now:%Y-%m-%d %H:%M}",),
        tables=(table,),
        made=made_line(snapshot, now, maker, words),
        json=data,
    )


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
    said, zone, day = words.reports, snapshot.zone, asked.last
    signed = [
        (entry, entry.told)
        for entry in sorted(snapshot.entries.values(), key=lambda each: each.happened_at)
        if isinstance(entry.told, HandedOver) and _day_of(entry) == day and entry.id not in snapshot.amended
    ]
    if not signed:
        return None
    above: list[str] = [f"{day:%Y-%m-%d}"]
    rows: list[tuple[str, ...]] = []
    for entry, told in signed:
        names = officer_name(snapshot, told.outgoing), officer_name(snapshot, told.incoming)
        when = f"{entry.happened_at.astimezone(zone):%m-%d %H:%M}"
        above.append(
            said.signed.format(outgoing=names[0], incoming=names[1], at=when, head=head_text(told.head) or "-")
        )
        above += [entry.text] if entry.text else []
        named = told.items if told.by_name is None else told.by_name
        aside = set(told.shelved)
        rows += [
            (when, f"{duty_name(item, snapshot, words)} {said.shelved if item in aside else ''}".strip())
            for item in named
        ]
        counted = Counter(duty_name_alone(item, snapshot, words) for item in told.items if item not in set(named))
        rows += [(when, words.handover.group.format(what=what, n=n)) for what, n in counted.items()]
    columns = tuple(PageColumn(key, head) for key, head in zip(_SIGNED, said.signed_columns, strict=True))
    table = PageTable(columns, tuple(rows))
    data = {
        **page_json(asked, desk_of(snapshot).desk, snapshot, now, maker, (table,), {}),
        "date": day.isoformat(),
        "signed": [
            {
                "entry": entry.id,
                "at": entry.happened_at.astimezone(zone).isoformat(),
                "from": officer_name(snapshot, told.outgoing),
                "to": officer_name(snapshot, told.incoming),
                "entered_by": entry.login,
                "items": list(told.items),
                "by_name": None if told.by_name is None else list(told.by_name),
                "shelved": list(told.shelved),
                "head": told.head,
                "text": entry.text,
            }
            for entry, told in signed
        ],
    }
    return Page(
        title=said.titles["handover"],
        above=tuple(above),
        tables=(table,),
        made=made_line(snapshot, now, maker, words),
        json=data,
    )


def _day_of(entry: Entry) -> date | None:
    """Return the local day of the obligation that an entry discharged; None: it discharged none."""
    duty = DutyId.parse(entry.obligation or "")
    return duty.day if duty is not None else None
