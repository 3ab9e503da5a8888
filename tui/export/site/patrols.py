"""Patrol sheet of a site: who was seen and who was not, what was found, and what came of it."""

from collections.abc import Iterator
from datetime import datetime

from dutyboard.rules.duties.sheets.lodgers import Lodgers
from dutyboard.rules.people.rooms import room_order
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Site
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import RoundDone
from dutyboard.rules.site_rounds import PaperRound, rows_of_rounds
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageCell, PageTable, made_line, page_json
from dutyboard.tui.export.site.round_cells import RoundCells, states_counted
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.names import remarks_said

_KEYS = (
    *("day", "slot", "time", "place", "seen", "of", "absent", "symptoms", "text", "handled"),
    *("by", "entered_by", "entered_at", "mark"),
)


def patrols_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the patrols of a site on some days. A slot that is not done has a row that says so."""
    assert asked.subject is not None
    site, cells = snapshot.sites[asked.subject.number], RoundCells(snapshot, words)
    rows = rows_of_rounds(snapshot, site, "patrol", (asked.first, asked.last), now)
    table = PageTable(cells.columns(_KEYS), tuple(tuple(_row(row, site, cells)) for row in rows))
    return Page(
        title=words.round_pages.titles["patrols"],
        above=cells.above(site, asked),
        tables=(table,),
        below=(words.round_pages.signed,),
        made=made_line(snapshot, now, maker, words),
        name=site.label or site.name,
        wide=True,
        json=page_json(asked, site.name, snapshot, now, maker, (table,), states_counted(rows)),
    )


def _row(row: PaperRound, site: Site, cells: RoundCells) -> Iterator[PageCell]:
    yield row.day.isoformat()
    yield cells.slot(row)
    entry = row.entry
    if entry is None:
        owed = row.owed
        counts = (owed.count, owed.total) if owed.total else (None, None)
        yield from (None, None, *counts, None, None, None, None, None)
    else:
        yield cells.time(entry)
        yield from _seen(entry, row, site, cells)
        yield entry.text or None
        yield cells.handled(row.findings)
        yield entry.done_by or None
    yield from cells.entered(row)


def _seen(entry: Entry, row: PaperRound, site: Site, cells: RoundCells) -> Iterator[PageCell]:
    """Yield the rooms, who was seen of how many, who was absent, and the words about people."""
    told = entry.told
    if not isinstance(told, RoundDone):
        yield from (None, None, None, None, None)
        return
    yield _rooms((*told.absent, *told.symptoms), row, site, cells)
    yield len(told.people)
    yield len(told.people) + len(told.absent) + len(told.left)
    yield cells.names(told.absent)
    said = (*remarks_said(told.symptoms, cells.snapshot), *remarks_said(told.remarks, cells.snapshot))
    yield cells.words.marks.comma.join(said) or None


def _rooms(people: tuple[str, ...], row: PaperRound, site: Site, cells: RoundCells) -> str | None:
    """Return the rooms of those of whom something was told, as they lived on that day."""
    if not people:
        return None
    there = Lodgers(cells.snapshot, site, row.day).rooms
    named = {subject.number for each in people if (subject := Subject.parse(each)) is not None}
    rooms = {room for number in named for room in there.get(number, ()) if room is not None}
    return cells.words.marks.comma.join(str(room) for room in sorted(rooms, key=room_order)) or None
