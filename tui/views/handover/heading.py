"""Heading of the handover: from whom to whom, the last and the next one, and what is to be done."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.duties.post.handed_over import handover_notes, signed_handovers
from dutyboard.rules.duties.post.handover import HandoverAt, not_relieved
from dutyboard.rules.duties.post.handover_rows import HandoverRow, TakenOver
from dutyboard.rules.duties.post.shift_totals import ShiftTotals, shift_totals
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import HandedOver
from dutyboard.tui.terminal.cells import CUT, Line, Piece, clip, ends, width
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import state_text
from dutyboard.tui.views.journal.head import head_text
from dutyboard.tui.views.times import clock, day_clock


@frozen(eq=False)
class HandoverSigning:
    """The handover as it has come along on a screen.

    `at` None: no shift is planned that ends. `incoming` None: nobody follows by the rota, and nobody is chosen.
    `head` is the journal's, as it stands at the picture.
    """

    at: HandoverAt | None
    incoming: int | None
    taken: TakenOver
    head: str = ""

    @property
    def open(self) -> bool:
        """True if it can be signed now."""
        return self.at is not None and self.at.owed.state in OWED

    def left(self, rows: Iterable[HandoverRow]) -> int:
        """Return the number of rows that are not accepted."""
        return sum(bool(self.taken.left(row)) for row in rows)


HEADING_ROWS: Final = 5


def heading_lines(
    signing: HandoverSigning,
    rows: Iterable[HandoverRow],
    board: Iterable[Obligation],
    snapshot: Snapshot,
    now: datetime,
    words: Words,
    cells: int,
) -> list[Line]:
    """Return the heading in `HEADING_ROWS` lines."""
    said, zone = words.handover, snapshot.zone
    title: Piece = (f"{said.title}  ", "strong")
    last: Line = ((_last(snapshot, words), "plain"),)
    note = _note(snapshot, words, cells)
    if signing.at is None:
        return [(title, (said.not_planned, "soon")), last, note, (), ()]
    totals: Line = ((totals_text(shift_totals(board, snapshot, signing.at.shift.starts, now), words), "plain"),)
    if not signing.open:
        return [(title, (_coming(signing, snapshot, words), "plain")), last, totals, note, ((said.coming_keys, "dim"),)]
    names = _names(signing, snapshot, words)
    head = said.head.format(head=head_text(signing.head) or "-", seq=snapshot.seq)
    after = signing.at.following
    coming = said.following.format(at=day_clock(after.ends, zone)) if after is not None else said.following_none
    return [
        (title, (f"{state_text(signing.at.owed, now, zone, words)}  ", "mark"), (head, "dim")),
        ends(((names, "plain"),), ((coming, "dim"),), cells),
        totals,
        note,
        ((clip(_next_step(signing, rows, snapshot, now, words), cells), "mark"),),
    ]


def totals_text(totals: ShiftTotals, words: Words) -> str:
    """Return the shift in numbers."""
    return words.handover.totals.format(
        done=totals.done,
        late=totals.late,
        missed=totals.missed,
        corrected=totals.corrected,
        shelved=totals.shelved,
    )


def heading_text(at: HandoverAt, snapshot: Snapshot, words: Words) -> list[str]:
    """Return on paper which handover is the nearest, and the last one that was signed."""
    return [
        _coming(HandoverSigning(at=at, incoming=at.planned, taken=TakenOver()), snapshot, words),
        _last(snapshot, words),
    ]


def _coming(signing: HandoverSigning, snapshot: Snapshot, words: Words) -> str:
    """Return when a handover is due, from whom to whom, and from when on it can be signed."""
    assert signing.at is not None
    zone = snapshot.zone
    return words.handover.coming.format(
        at=day_clock(signing.at.shift.ends, zone),
        names=_names(signing, snapshot, words),
        opens=clock(signing.at.owed.opens, zone),
    )


def _names(signing: HandoverSigning, snapshot: Snapshot, words: Words) -> str:
    assert signing.at is not None
    said = words.handover
    return said.between.format(
        out=said.out.format(name=officer_name(snapshot, signing.at.shift.officer_id)),
        incoming=said.incoming.format(name=_incoming(signing, snapshot, words)),
    )


def _incoming(signing: HandoverSigning, snapshot: Snapshot, words: Words) -> str:
    said = words.handover
    if signing.incoming is None or signing.at is None:
        return said.nobody
    template = said.planned if signing.incoming == signing.at.planned else said.chosen
    return template.format(name=officer_name(snapshot, signing.incoming))


def _last(snapshot: Snapshot, words: Words) -> str:
    """Return when the last handover was signed, from whom to whom, and how many items it passed on."""
    said = words.handover
    entry = next(iter(signed_handovers(snapshot)), None)
    if entry is None or not isinstance(entry.told, HandedOver):
        return said.last_none
    return said.last.format(
        at=day_clock(entry.happened_at, snapshot.zone),
        out=officer_name(snapshot, entry.told.outgoing),
        incoming=officer_name(snapshot, entry.told.incoming),
        n=len(entry.told.items),
    )


def off_shift_text(snapshot: Snapshot, officer_id: int, now: datetime, words: Words) -> str:
    """Return that an officer's shift has ended, and who has not signed for the next; "": he sits, or was relieved."""
    found, said = not_relieved(snapshot, officer_id, now), words.handover
    if found is None:
        return ""
    name = officer_name(snapshot, officer_id)
    if found.planned is None:
        return said.off_shift_alone.format(name=name)
    return said.off_shift.format(name=name, planned=officer_name(snapshot, found.planned))


def note_text(snapshot: Snapshot, words: Words) -> str:
    """Return the running note as one text: its lines in the order in which they happened."""
    return words.marks.semicolon.join(entry.text for entry in handover_notes(snapshot))


def _note(snapshot: Snapshot, words: Words, cells: int) -> Line:
    """Return the end of the running note, which is its newest line."""
    said, text = words.handover, note_text(snapshot, words)
    if not text:
        return ((said.note_none, "dim"),)
    newest = handover_notes(snapshot)[-1].text
    whole = said.note_line.format(text=text)
    return ((clip(whole if width(whole) <= cells else said.note_line.format(text=f"{CUT}{newest}"), cells), "plain"),)


def _next_step(
    signing: HandoverSigning, rows: Iterable[HandoverRow], snapshot: Snapshot, now: datetime, words: Words
) -> str:
    said = words.handover
    if signing.incoming is None or signing.at is None:
        return said.choose
    left, planned = signing.left(rows), signing.at.planned
    name = officer_name(snapshot, planned)
    if planned not in (None, signing.incoming):
        return said.not_next.format(planned=name, n=left) if left else said.sign_other.format(planned=name)
    if not left:
        return said.sign
    if planned is not None and now > signing.at.owed.due:
        return said.overdue.format(planned=name, n=left)
    return said.left.format(n=left)
