"""The slot matrix of one day: a row a site, a column a slot, a cell its mark and its time."""

from dataclasses import dataclass
from datetime import datetime

from dutyboard.rules.board import Board
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Span, Tone, pad
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import MARKS, TONES
from dutyboard.tui.views.day import site_labels
from dutyboard.tui.views.times import clock

LABEL_CELLS = 8
CELL_CELLS = 8


@dataclass(frozen=True, slots=True)
class Matrix:
    """`cells[row][column]` is what is owed there, or None; `labels` name the rows, `slots` the columns."""

    labels: tuple[str, ...]
    slots: tuple[str, ...]
    cells: tuple[tuple[Obligation | None, ...], ...]


def matrix(snapshot: Snapshot, board: Board, words: Words) -> Matrix:
    """The day's slots of every site that owes any."""
    day = f"/{board.day}"
    heads = words.duties.heads
    owed = {
        (each.subject_id, each.slot): each for each in board.obligations if each.slot in heads and each.id.endswith(day)
    }
    sites = [s for s in snapshot.sites.values() if any((subject_id(s), slot) in owed for slot in heads)]
    labels = site_labels(sites)
    return Matrix(
        labels=tuple(labels[site.id] for site in sites),
        slots=tuple(heads),
        cells=tuple(tuple(owed.get((subject_id(site), slot)) for slot in heads) for site in sites),
    )


def matrix_header(shown: Matrix, words: Words) -> Line:
    """The slots over their columns."""
    names = (pad(" " + words.duties.heads[slot], CELL_CELLS) for slot in shown.slots)
    return ((" " * LABEL_CELLS + "".join(names), "dim"),)


def matrix_row(shown: Matrix, row: int, chosen: int | None, snapshot: Snapshot) -> Line:
    """One site; the cell under the cursor stands in brackets."""
    spans: list[Span] = [(pad(shown.labels[row], LABEL_CELLS), "plain")]
    for column, owed in enumerate(shown.cells[row]):
        left, right = ("[", "]") if column == chosen else (" ", " ")
        text, tone = _cell(owed, snapshot)
        spans += [(left, "strong"), (pad(text, CELL_CELLS - 2), tone), (right, "strong")]
    return tuple(spans)


def _cell(owed: Obligation | None, snapshot: Snapshot) -> tuple[str, Tone]:
    if owed is None:
        return "-", "dim"
    entry = snapshot.entries.get(owed.entry or 0)
    when: datetime = entry.happened_at if entry else owed.due
    mark = "*" if owed.abnormal else MARKS[owed.state]
    tone: Tone = "late" if owed.abnormal else TONES[owed.state]
    return mark + clock(when, snapshot.zone), tone
