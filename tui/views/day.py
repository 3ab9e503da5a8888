"""The rows of the strip: hours, both seats, and every active site, or every town if there are many."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from dutyboard.rules.board import Board
from dutyboard.rules.board_rows import looked_at
from dutyboard.rules.duties.post.handover import not_signed_in
from dutyboard.rules.duties.post.seats import gaps
from dutyboard.rules.duties.site.slots import slots_of
from dutyboard.rules.people.officers import at_once, held, officer_name
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Shift, Site, subject_id
from dutyboard.rules.records.obligation import Obligation, slot_window
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.text import Words
from dutyboard.tui.views.frame import gap_texts, seat_name
from dutyboard.tui.views.strip import (
    KINDS,
    LABEL_CELLS,
    HoursShown,
    Watch,
    hour_marks,
    hours_around,
    seat_row,
    site_row,
)

LABEL_CHARACTERS = 4
HEAD_ROWS: Final = 1 + len(SEATS)
"""Rows above those of the sites: the hours, and a row for each seat."""
FOLDED_FROM: Final = 13
"""Sites from which on those of a town share one row, where there is no room for all."""


class _Place(NamedTuple):
    """A row of the strip: one site, or all sites of a town."""

    label: str
    sites: tuple[Site, ...]


def day_lines(
    snapshot: Snapshot, board: Board, now: datetime, words: Words, room: int, cells: int, first: int = 0
) -> list[Line]:
    """Return the strip in at most `room` rows of so many cells, its sites from the number `first` on.

    The last row counts the places that do not fit, and those among them where something is late or missed.
    """
    shown = hours_around(now, looked_at(snapshot, now).shown, snapshot.zone, cells)
    lines = [hour_marks(shown, snapshot.zone)]
    lines += [_seat_line(snapshot, seat, now, words, shown) for seat in SEATS]
    places = _places(snapshot, room - HEAD_ROWS)
    if not places:
        return [*lines, ((" " * LABEL_CELLS + words.screens.no_sites, "dim"),)]
    of_site: defaultdict[Subject, list[Obligation]] = defaultdict(list)
    for owed in board.obligations:
        if owed.kind in KINDS:
            of_site[owed.subject_id].append(owed)
    coming = [
        slot_window(slot, day, snapshot.zone).due
        for day in shown.days(snapshot.zone)
        if day > board.day
        for slot, _ in slots_of(snapshot, day, KINDS)
    ]
    rows = [[owed for site in place.sites for owed in of_site[subject_id(site)]] for place in places]
    first = min(first, last_first(snapshot, room))
    fitting = range(len(places)) if len(places) <= room - HEAD_ROWS else range(first, first + room - HEAD_ROWS - 1)
    lines += [site_row(places[number].label, rows[number], coming, now, shown) for number in fitting]
    hidden = [row for number, row in enumerate(rows) if number not in fitting]
    if hidden:
        behind = sum(any(owed.state in ("late", "missed") and not owed.accepted for owed in row) for row in hidden)
        more = words.screens.more_sites.format(n=len(hidden), late=behind)
        lines.append(((" " * LABEL_CELLS + more, "late" if behind else "dim"),))
    return lines


def last_first(snapshot: Snapshot, room: int) -> int:
    """Return the greatest number that may stand first in so many rows; 0 if all fit."""
    places = len(_places(snapshot, room - HEAD_ROWS))
    return 0 if places <= room - HEAD_ROWS else places - (room - HEAD_ROWS - 1)


def _places(snapshot: Snapshot, room: int) -> list[_Place]:
    """Return a row for each active site; for each town if there are many and no room for all."""
    sites = [site for site in snapshot.sites.values() if site.state == "active"]
    if len(sites) < FOLDED_FROM or len(sites) <= room:
        labels = site_labels(sites)
        return [_Place(labels[site.id], (site,)) for site in sites]
    of_town: defaultdict[int, list[Site]] = defaultdict(list)
    for site in sites:
        of_town[site.unit_id].append(site)
    return [_Place(_town_label(snapshot, town, few), tuple(few)) for town, few in of_town.items()]


def _town_label(snapshot: Snapshot, town: int, sites: Sequence[Site]) -> str:
    unit = snapshot.units.get(town)
    return (unit.name if unit is not None else sites[0].name)[:LABEL_CHARACTERS]


def site_labels(sites: Iterable[Site]) -> dict[int, str]:
    """Return a label for each site: the first four characters of its name, or its short label if two agree."""
    every = list(sites)
    heads = Counter(site.name[:LABEL_CHARACTERS] for site in every)
    return {
        site.id: site.name[:LABEL_CHARACTERS] if heads[site.name[:LABEL_CHARACTERS]] == 1 else site.label or site.name
        for site in every
    }


def _sitting(snapshot: Snapshot, shift: Shift) -> str:
    """Return the name of who sits, with `&` where he sits elsewhere at the same time."""
    return officer_name(snapshot, shift.officer_id) + ("&" if at_once(snapshot, shift) else "")


def unsigned_text(snapshot: Snapshot, now: datetime, words: Words) -> str:
    """Return who sits by the plan alone, and that he has not signed for the duty; "" where whoever sits has."""
    shift = not_signed_in(snapshot, now)
    return _unsigned(shift, snapshot, words) if shift is not None else ""


def _unsigned(shift: Shift, snapshot: Snapshot, words: Words) -> str:
    return words.frame.seat_unsigned.format(name=officer_name(snapshot, shift.officer_id))


def _seat_line(snapshot: Snapshot, seat: Seat, now: datetime, words: Words, shown: HoursShown) -> Line:
    opened = max(shown.starts, desk_of(snapshot).opened_at)
    unsigned = not_signed_in(snapshot, now) if seat == "officer" else None
    watches = [
        Watch(
            _sitting(snapshot, shift),
            shift.starts,
            shift.until,
            _unsigned(shift, snapshot, words) if shift == unsigned else "",
        )
        for shift in held(snapshot, seat)
        if shift.starts < shown.ends and shift.until > shown.starts
    ]
    if opened < shown.ends:
        empty = gaps(snapshot, seat, opened, shown.ends)
        watches += [Watch(None, frm, to if to < shown.ends else None) for frm, to in empty]
    watches.sort(key=lambda watch: watch.starts)
    return seat_row(
        seat_name(words, seat),
        watches,
        lambda span: gap_texts(words, span // timedelta(minutes=1)),
        now,
        shown,
    )
