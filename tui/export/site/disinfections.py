"""Disinfection sheet of a site: start and end, areas, agent, concentration, minutes, method, by whom, checked by."""

from collections.abc import Iterator
from datetime import datetime

from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import Disinfected
from dutyboard.rules.site_rounds import PaperRound, rows_of_rounds
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageCell, PageTable, made_line, page_json
from dutyboard.tui.export.site.round_cells import RoundCells, states_counted
from dutyboard.tui.text import Words
from dutyboard.tui.views.times import clock

_KEYS = (
    *("day", "slot", "started", "ended", "area", "agent", "mg_l", "minutes", "method", "by", "checked_by"),
    *("remarks", "entered_by", "entered_at", "mark"),
)


def disinfections_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the disinfections of a site on some days. A slot that is not done has a row that says so."""
    assert asked.subject is not None
    site, cells = snapshot.sites[asked.subject.number], RoundCells(snapshot, words)
    rows = rows_of_rounds(snapshot, site, "disinfection", (asked.first, asked.last), now)
    table = PageTable(cells.columns(_KEYS), tuple(tuple(_row(row, cells)) for row in rows))
    return Page(
        title=words.round_pages.titles["disinfections"],
        above=cells.above(site, asked),
        tables=(table,),
        below=(words.round_pages.signed,),
        made=made_line(snapshot, now, maker, words),
        name=site.label or site.name,
        wide=True,
        json=page_json(asked, site.name, snapshot, now, maker, (table,), states_counted(rows)),
    )


def _row(row: PaperRound, cells: RoundCells) -> Iterator[PageCell]:
    yield row.day.isoformat()
    yield cells.slot(row)
    entry = row.entry
    told = entry.told if entry is not None else None
    if entry is None or not isinstance(told, Disinfected):
        yield from (None,) * 10
    else:
        yield clock(told.started_at, cells.snapshot.zone) if told.started_at is not None else None
        yield cells.time(entry)
        yield from (told.area, told.agent, told.mg_l, told.minutes)
        yield cells.words.forms.disinfection_methods[told.method] if told.method is not None else None
        yield entry.done_by or None
        yield told.checked_by
        yield cells.words.marks.comma.join(filter(None, (entry.text, cells.handled(row.findings)))) or None
    yield from cells.entered(row)
