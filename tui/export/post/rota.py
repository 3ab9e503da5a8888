"""The rota of a month, or of named days: both seats in every turn, with phones, and where nobody sits."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from dutyboard.rules.duties.post.rota import RotaCell, rota
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.export.page import (
    Maker,
    NoPage,
    Page,
    PageAsked,
    PageCell,
    PageTable,
    days_said,
    made_line,
    page_json,
)
from dutyboard.tui.export.post.lines import about_lines, columns_of
from dutyboard.tui.terminal.masking import secret
from dutyboard.tui.text import Words
from dutyboard.tui.text.pages.post import PostColumn
from dutyboard.tui.views.times import clock

_COLUMNS: Final[tuple[PostColumn, ...]] = (
    *("day", "shift", "leader", "leader_phone", "officer", "officer_phone", "reserve", "remark"),
)


def rota_page(asked: PageAsked, snapshot: Snapshot, now: datetime, maker: Maker, words: Words) -> Page:
    """Return the rota of the month of a day, or of the days that were named. Raises NoPage where nothing is planned."""
    said, asked = words.post_pages, _whole_month(asked)
    cells = rota(snapshot, asked.first, (asked.last - asked.first).days + 1)
    if not any(each.shifts for each in cells):
        raise NoPage(said.no_shifts.format(days=days_said(asked, words)))
    turns = [pair for pair in pairwise(cells) if pair[0].turn == pair[1].turn]
    table = PageTable(columns_of(_COLUMNS, words), tuple(_row(*pair, snapshot, words) for pair in turns))
    totals = {"turns": len(turns), "empty": sum(bool(each.gaps) for each in cells)}
    return Page(
        title=said.titles["rota"],
        above=about_lines(asked, snapshot, words),
        tables=(table,),
        below=(said.sign_rota,),
        made=made_line(snapshot, now, maker, words),
        name=said.titles["rota"],
        json=page_json(asked, desk_of(snapshot).desk, snapshot, now, maker, (table,), totals),
    )


def _whole_month(asked: PageAsked) -> PageAsked:
    """Return the page of the month in which its one day lies; one of several days as it is."""
    if asked.first != asked.last:
        return asked
    first = asked.first.replace(day=1)
    return replace(asked, first=first, last=first.replace(day=monthrange(first.year, first.month)[1]))


def _row(leader: RotaCell, officer: RotaCell, snapshot: Snapshot, words: Words) -> tuple[PageCell, ...]:
    zone = snapshot.zone
    hours = f"{clock(leader.turn.starts, zone)}-{clock(leader.turn.ends, zone)}"
    empty = [
        f"{words.post_pages.columns[cell.seat]} "
        + words.post_pages.gap.format(at=f"{clock(frm, zone)}-{clock(to, zone)}")
        for cell in (leader, officer)
        for frm, to in cell.gaps
    ]
    return (
        f"{leader.turn.day:%m-%d} {_weekday(leader.turn.day, words)}",
        hours,
        _names(leader, snapshot, words),
        _phones(leader, snapshot, words),
        _names(officer, snapshot, words),
        _phones(officer, snapshot, words),
        None,
        words.marks.comma.join(empty) or None,
    )


def _weekday(day: date, words: Words) -> str:
    return words.frame.weekdays[day.weekday()]


def _names(cell: RotaCell, snapshot: Snapshot, words: Words) -> str | None:
    """Return who sits in a turn, with his hours where it is not his whole; None: nobody."""
    zone, turn = snapshot.zone, cell.turn
    said = []
    for shift in cell.shifts:
        name = officer_name(snapshot, shift.officer_id)
        frm, to = max(shift.starts, turn.starts), min(shift.until, turn.ends)
        whole = (frm, to) == (turn.starts, turn.ends)
        said.append(name if whole else f"{name} {clock(frm, zone)}-{clock(to, zone)}")
    return words.marks.comma.join(said) or None


def _phones(cell: RotaCell, snapshot: Snapshot, words: Words) -> str | None:
    officers: Iterable[int] = dict.fromkeys(shift.officer_id for shift in cell.shifts)
    known = [snapshot.officers.get(each) for each in officers]
    return words.marks.comma.join(secret(each.phone) for each in known if each is not None and each.phone) or None
