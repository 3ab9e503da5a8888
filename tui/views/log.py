"""The log, newest first: one row an entry, and the whole text of the one under the cursor."""

from collections.abc import Callable, Iterable
from typing import Final

from dutyboard.rules.account.clock import clock_went_back
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Tone, clip, pad, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.line import entry_text, kind_text
from dutyboard.tui.views.entry.names import entered_by
from dutyboard.tui.views.times import day_clock

TIME_CELLS, WHO_CELLS, KIND_CELLS = 11, 8, 8


SHOWN_MOST: Final = 2000
"""Entries of the log that are shown at once. The heading says where there are more."""


def log_entries(entries: Iterable[Entry], passes: Callable[[Entry], bool] = lambda _: True) -> list[Entry]:
    """Return those that pass, newest first by the time of entering."""
    return sorted(filter(passes, entries), key=lambda entry: -entry.id)


def log_header(words: Words, shown: int, of: int) -> Line:
    """Return the heading row with the number of entries, and how many there are where not all are shown."""
    screens = words.screens
    parts = [pad(screens.log_time, TIME_CELLS), pad(screens.log_who, WHO_CELLS), pad(screens.log_what, KIND_CELLS)]
    count = f"{shown}" if shown == of else f"{shown}/{of}"
    return ((" " + " ".join([*parts, f"{screens.log_text} ({count})"]), "dim"),)


def log_row(entry: Entry, snapshot: Snapshot, words: Words, cells: int) -> Line:
    """Return the row of one entry. An amended one is dim and names its correction; a clock that went back is told."""
    rest = cells - TIME_CELLS - WHO_CELLS - KIND_CELLS - 4
    amended = entry.id in snapshot.amended
    tone: Tone = "dim" if amended else "late" if entry.abnormal else "plain"
    text = entry_text(entry, snapshot, words, kind=False)
    if amended:
        text = f"{words.screens.log_amended.format(id=snapshot.amended[entry.id])} {text}"
    if entry.id in snapshot.memo.made(clock_went_back, snapshot.entries):
        text = f"{words.screens.log_clock_back} {text}"
    parts = [
        " " + pad(day_clock(entry.happened_at, snapshot.zone), TIME_CELLS),
        pad(clip(entered_by(entry, snapshot), WHO_CELLS), WHO_CELLS),
        pad(kind_text(entry, words), KIND_CELLS),
        pad(text, rest),
    ]
    return ((" ".join(parts), tone),)


def log_detail(entry: Entry, snapshot: Snapshot, words: Words, cells: int) -> list[Line]:
    """Return the whole text of one entry, wrapped."""
    screens, zone = words.screens, snapshot.zone
    came = " ".join(each for each in (entry.login, entry.address, entry.key) if each)
    head = f"{entry.id} {day_clock(entry.happened_at, zone)} {entered_by(entry, snapshot)} ({came})"
    if entry.entered_at.replace(second=0, microsecond=0) > entry.happened_at:
        head += " " + screens.log_entered_late.format(at=day_clock(entry.entered_at, zone))
    reached = snapshot.memo.made(clock_went_back, snapshot.entries).get(entry.id)
    if reached is not None:
        at = day_clock(entry.entered_at, zone)
        head += " " + screens.log_written_back.format(at=at, reached=day_clock(reached, zone))
    if entry.amends is not None:
        head += " " + screens.log_amends.format(id=entry.amends)
    if entry.id in snapshot.amended:
        head += " " + screens.log_amended.format(id=snapshot.amended[entry.id])
    body = wrap(entry_text(entry, snapshot, words), cells - 2)
    return [
        *(((" " + row, "dim"),) for row in wrap(head, cells - 2)),
        *(((" " + row, "plain"),) for row in body),
    ]
