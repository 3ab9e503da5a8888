"""The board as plain text, printed once: the lines that the screen paints, without colour."""

from datetime import datetime

from dutyboard.rules.board import Board
from dutyboard.rules.duties.post.alarms import flood_groups, unseen_minutes
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, plain
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import FLOOD_FROM, alarms_grouped, grouped, listed, table_header, table_row
from dutyboard.tui.views.day import day_lines, unsigned_text
from dutyboard.tui.views.frame import frame_line, own_text, second_line
from dutyboard.tui.views.person.cause import cause_text

ALL_SITES = 99
"""Rows for the strip on a page: enough for all sites."""


def board_lines(
    snapshot: Snapshot, shown: Board, me: str, words: Words, cells: int, stopped_at: datetime | None = None
) -> list[str]:
    """Return the whole board in lines of at most `cells` cells: frame, seats and counts, the strip, the table.

    `me` is the name of the officer who is signed on, or empty. `stopped_at`: the picture is old, and of that instant.
    """
    now, zone = shown.now, snapshot.zone
    seated = next((each for each in shown.seats if each.state == "now" and each.officer == me), None)
    every = listed(shown.obligations)
    rows = grouped(alarms_grouped(every, flood_groups(every, snapshot), snapshot), FLOOD_FROM)
    aside = [owed for owed in shown.obligations if owed.shelved]
    entries = [snapshot.entries.get(owed.entry or 0) for owed in rows]
    heading: Line = ((words.screens.shelved_title.format(n=len(aside)), "dim"),)
    lines = [
        frame_line(snapshot.desk, shown.emergency, now, me, seated, words, cells, stopped_at),
        second_line(
            shown.seats,
            shown.counts,
            now,
            zone,
            words,
            cells,
            own_text(snapshot, words),
            unsigned_text(snapshot, now, words),
        ),
        *day_lines(snapshot, shown, now, words, ALL_SITES, cells),
        table_header(words, cells, len(rows), len(aside)),
        *(
            table_row(
                owed,
                now,
                zone,
                words,
                cells,
                entry,
                cause=cause_text(owed, snapshot, now, words),
                overlooked=unseen_minutes(owed, snapshot, now),
            )
            for owed, entry in zip(rows, entries)
        ),
        *((heading,) if aside else ()),
        *(table_row(owed, now, zone, words, cells) for owed in aside),
    ]
    return [plain(line) for line in lines]
