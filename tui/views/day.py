"""The rows of the strip: hours, both seats, and every active site."""

from collections import Counter
from datetime import datetime, timedelta

from dutyboard.rules.board import Board
from dutyboard.rules.people.officers import at_once, held, officer_name
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.model import Shift, Site, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.text import Words
from dutyboard.tui.views.frame import gap_texts, seat_name
from dutyboard.tui.views.strip import LABEL_CELLS, Watch, hours, seat_row, site_row

LABEL_CHARACTERS = 4


def day_lines(snapshot: Snapshot, board: Board, now: datetime, words: Words, room: int) -> list[Line]:
    """Return the strip in at most `room` rows. The last row counts the sites that do not fit."""
    lines = [hours()]
    lines += [_seat_line(snapshot, seat, board, now, words) for seat in SEATS]
    sites = [site for site in snapshot.sites.values() if site.state == "active"]
    labels = site_labels(sites)
    shown = sites if len(sites) <= room - 3 else sites[: max(0, room - 4)]
    for site in shown:
        owed = [each for each in board.obligations if each.subject_id == subject_id(site)]
        lines.append(site_row(labels[site.id], owed, board.day, now, snapshot.zone))
    if len(shown) < len(sites):
        more = words.screens.more_sites.format(n=len(sites) - len(shown))
        lines.append(((" " * LABEL_CELLS + more, "dim"),))
    elif not sites:
        lines.append(((" " * LABEL_CELLS + words.screens.no_sites, "dim"),))
    return lines


def site_labels(sites: list[Site]) -> dict[int, str]:
    """Return a label for each site: the first four characters of its name, or its short label if two agree."""
    heads = Counter(site.name[:LABEL_CHARACTERS] for site in sites)
    return {
        site.id: site.name[:LABEL_CHARACTERS] if heads[site.name[:LABEL_CHARACTERS]] == 1 else site.label or site.name
        for site in sites
    }


def _sitting(snapshot: Snapshot, shift: Shift) -> str:
    """Return the name of who sits, with `*` where he sits elsewhere at the same time."""
    return officer_name(snapshot, shift.officer_id) + ("*" if at_once(snapshot, shift) else "")


def _seat_line(snapshot: Snapshot, seat: Seat, board: Board, now: datetime, words: Words) -> Line:
    starts, ends = bounds(board.day, snapshot.zone)
    watches = [
        Watch(_sitting(snapshot, shift), shift.starts, shift.until)
        for shift in held(snapshot, seat)
        if shift.starts < ends and shift.until > starts
    ]
    watches += [Watch(None, frm, to) for frm, to in board.gaps[seat]]
    watches.sort(key=lambda watch: watch.starts)
    return seat_row(
        seat_name(words, seat),
        watches,
        lambda span: gap_texts(words, span // timedelta(minutes=1)),
        board.day,
        now,
        snapshot.zone,
    )
