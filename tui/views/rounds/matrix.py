"""The slots of one day as a grid. A row is a site, a column a slot, a cell its mark and time."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.law.daily import Slot
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Piece, Tone, pad
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import TONES, mark_of
from dutyboard.tui.views.day import site_labels
from dutyboard.tui.views.times import clock

LABEL_CELLS = 8
CELL_CELLS = 8
ABNORMAL: Final = "#"
"""The sign behind a cell whose round found something wrong."""

OWED_FIRST: Final = ("late", "due_soon", "open")
"""States of a cell that is owed, the most urgent first."""


@frozen(kw_only=False)
class Matrix:
    """The grid: `labels` name the rows, `slots` the columns. `cells[row][column]` is the obligation there, or None."""

    labels: tuple[str, ...]
    slots: tuple[Slot, ...]
    cells: tuple[tuple[Obligation | None, ...], ...]


def matrix(snapshot: Snapshot, obligations: Iterable[Obligation], day: date) -> Matrix:
    """Return a day's slots of every site that owes any, as the notice of that day has them."""
    slots = snapshot.daily_at(midnight(day, snapshot.zone)).site_slots
    ids = [slot.id for slot in slots]
    owed = {(each.subject_id, each.slot): each for each in obligations if each.slot in ids and each.id.day == day}
    sites = [s for s in snapshot.sites.values() if any((subject_id(s), slot) in owed for slot in ids)]
    labels = site_labels(sites)
    return Matrix(
        labels=tuple(labels[site.id] for site in sites),
        slots=slots,
        cells=tuple(tuple(owed.get((subject_id(site), slot)) for slot in ids) for site in sites),
    )


def first_owed(shown: Matrix) -> tuple[int, int]:
    """Return row and column of the most urgent cell that is owed; (0, 0) where none is.

    The slot that opened first comes first, and in it the sites from above, as Enter works them.
    """
    owed = [
        (OWED_FIRST.index(cell.state), column, row)
        for row, cells in enumerate(shown.cells)
        for column, cell in enumerate(cells)
        if cell is not None and cell.state in OWED_FIRST
    ]
    _, column, row = min(owed, default=(0, 0, 0))
    return row, column


def columns_shown(shown: Matrix, chosen: int, cells: int) -> range:
    """Return the columns that fit into so many cells, moved to the right until the chosen one is among them."""
    room = max(1, (cells - LABEL_CELLS) // CELL_CELLS)
    first = max(0, chosen - room + 1)
    return range(first, min(first + room, len(shown.slots)))


def matrix_header(shown: Matrix, columns: range, words: Words) -> Line:
    """Return the heads of the slots over their columns."""
    names = (pad(" " + shown.slots[column].head.said_in(words.language), CELL_CELLS) for column in columns)
    return ((" " * LABEL_CELLS + "".join(names), "dim"),)


def matrix_row(shown: Matrix, row: int, columns: range, chosen: int | None, snapshot: Snapshot) -> Line:
    """Return the row of one site; the cell under the cursor stands in brackets.

    One whose round found something wrong ends with `#` in place of the bracket.
    """
    spans: list[Piece] = [(pad(shown.labels[row], LABEL_CELLS), "plain")]
    for column in columns:
        owed = shown.cells[row][column]
        left, right = ("[", "]") if column == chosen else (" ", " ")
        text, tone = _cell(owed, snapshot)
        edge: Tone = "strong" if column == chosen else tone  # a blank in another tone costs a slow line thirty bytes
        end: Piece = (ABNORMAL, "late") if owed is not None and owed.abnormal else (right, edge)
        spans += [(left, edge), (pad(text, CELL_CELLS - 2), tone), end]
    return tuple(spans)


def _cell(owed: Obligation | None, snapshot: Snapshot) -> tuple[str, Tone]:
    if owed is None:
        return "-", "dim"
    entry = snapshot.entries.get(owed.entry or 0)
    when: datetime = entry.happened_at if entry else owed.due
    tone: Tone = "late" if owed.abnormal else TONES[owed.state]
    return mark_of(owed) + clock(when, snapshot.zone), tone
