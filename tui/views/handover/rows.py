"""Rows of the handover: one for each item told by name, one for each kind told by its count."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from dutyboard.frozen import frozen
from dutyboard.rules.duties.post.handed_over import HandedOn
from dutyboard.rules.duties.post.handover_rows import HandoverRow, TakenOver
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Piece, Tone, pad
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import GRAVE, TONES, attended_title, row_mark, state_text, title
from dutyboard.tui.views.person.cause import cause_text
from dutyboard.tui.views.times import near

_DUE, _STATE, _CARRIED, _BETWEEN = 5, 14, 11, 10
"""Cells of the columns behind the title; of the box, the mark and the blanks."""
_OPENED, _CLOSED = "-", "+"


@frozen(eq=False)
class HandoverShown:
    """Things that all rows are painted from: what was accepted and handed over before, who was urged, clock and words.

    `signing`: the handover can be signed now, so that each row has a box to accept it.
    """

    taken: TakenOver
    carried: Mapping[str, HandedOn]
    urged: Callable[[Obligation], int]
    signing: bool
    now: datetime
    snapshot: Snapshot
    words: Words
    cells: int

    @property
    def zone(self) -> ZoneInfo:
        """Time zone of the desk."""
        return self.snapshot.zone

    @property
    def title_cells(self) -> int:
        """Cells that are left for the title."""
        return self.cells - _DUE - _STATE - _CARRIED - _BETWEEN


def named_heading(rows: Iterable[HandoverRow], words: Words) -> Line:
    """Return the heading of the items that are told by name."""
    said = words.handover
    return ((f" {said.by_name.format(n=sum(row.by_name for row in rows))}", "strong"),)


def counted_heading(rows: Iterable[HandoverRow], words: Words) -> Line:
    """Return the heading of the kinds that are told by their count."""
    kinds = [row for row in rows if not row.by_name]
    said = words.handover.by_count.format(n=len(kinds), items=sum(len(row.items) for row in kinds))
    return ((f" {said}", "strong"),)


def row_line(row: HandoverRow, shown: HandoverShown, *, opened: bool = False) -> Line:
    """Return the line of a row. A kind of several says how many are late, and how many have joined since it was taken.

    `opened`: its items stand below it.
    """
    if row.by_name or len(row.items) == 1:
        return item_line(row, row.items[0], shown)
    left, said = shown.taken.left(row), shown.words.handover
    new = len(left) if len(left) < len(row.items) else 0
    tone: Tone = "plain" if left else "dim"
    return (
        *_box(not left, shown),
        ((_OPENED if opened else _CLOSED) + "  ", "dim"),
        (pad(row_title(row, shown.words), shown.title_cells - 1) + " ", tone),
        (pad(near(min(item.due for item in row.items), shown.now, shown.zone), _DUE) + " ", tone),
        (pad(late_text(row, shown.words), _STATE) + " ", tone),
        (said.group_new.format(n=new) if new else "", "soon"),
    )


def row_title(row: HandoverRow, words: Words) -> str:
    """Return what a row is called: its one item, or its kind with the count."""
    if len(row.items) == 1:
        return title(row.items[0], words)
    return words.handover.group.format(what=words.duties.kinds[row.kind], n=len(row.items))


def late_text(row: HandoverRow, words: Words) -> str:
    """Return how many of a kind are late or missed; "" for none."""
    late = sum(item.state in ("late", "missed") for item in row.items)
    return words.handover.group_late.format(n=late) if late else ""


def item_line(row: HandoverRow, item: Obligation, shown: HandoverShown, *, inner: bool = False) -> Line:
    """Return the line of one item, told by name or standing alone in its row. `inner`: of a kind that is opened."""
    taken = item not in shown.taken.left(row)
    words, zone, now = shown.words, shown.zone, shown.now
    tone: Tone = "dim" if taken else "plain"
    mark, ink = row_mark(item)
    grave = mark == GRAVE and not taken
    cause = cause_text(item, shown.snapshot, now, words)
    indent = "  " if inner else ""
    cells = shown.title_cells - 1 - len(indent)
    return (
        *_box(taken, shown),
        (pad(mark, 2) + " ", "dim" if taken else ink),
        (indent + attended_title(item, cause, 0, now, zone, words, cells) + " ", "late" if grave else tone),
        (pad(near(item.due, now, zone), _DUE) + " ", tone),
        (pad(state_text(item, now, zone, words), _STATE) + " ", "dim" if taken else TONES[item.state]),
        (f"{urged_text(shown.urged(item), words)}{carried_text(shown.carried.get(item.id), zone, words)}", tone),
    )


def _box(taken: bool, shown: HandoverShown) -> tuple[Piece, ...]:
    said = shown.words.handover
    box = (said.taken if taken else said.pending) if shown.signing else " " * len(said.pending)
    return ((f" {box} ", "dim" if taken else "strong"),)


def urged_text(times: int, words: Words) -> str:
    """Return how often whoever owes an item was told of it on the phone; "" for never."""
    return f"{words.handover.urged.format(n=times)} " if times else ""


def carried_text(before: HandedOn | None, zone: ZoneInfo, words: Words) -> str:
    """Return how many shifts an item has gone through with this one, and since which day; "" for a new one."""
    if before is None:
        return ""
    return words.handover.carried.format(n=before.times + 1, since=f"{before.since.astimezone(zone):%m-%d}")
