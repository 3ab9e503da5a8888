"""Boards that the worker thread computes: that of now, and in its pauses that of the next turn.

A turn is midnight, the change of shift in the morning, or what was announced comes into force.
"""

import os
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, Protocol

from dutyboard.rules.board import board_despite_faults
from dutyboard.rules.board_rows import BoardRows, next_turn
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.link.board.kept_board import KeptBoard
from dutyboard.tui.link.messages import BoardAt

AHEAD: Final = timedelta(minutes=8)
SPREAD_SECONDS: Final = 240
"""Sessions of one server begin within these seconds, each at its own."""
PARTS_AT_ONCE: Final = 20
_ANY_TIME: Final = timedelta(days=2)
"""More than the time to any turn."""


class Desk(Protocol):
    """A desk of which boards are computed: its picture, and its clock."""

    @property
    def snapshot(self) -> Snapshot: ...
    def now(self) -> datetime: ...
    def kept_board(self) -> KeptBoard | None: ...


class Boards:
    """Boards of one desk. Only one thread asks for them."""

    def __init__(self) -> None:
        self._rows = BoardRows()
        self._spread = timedelta(seconds=os.getpid() % SPREAD_SECONDS)
        self._turn: datetime | None = None
        self._prepared: datetime | None = None
        self._kept: KeptBoard | None = None
        self._left_until: datetime | None = None

    def of(self, desk: Desk) -> BoardAt:
        """Compute the board of this instant.

        The first one begins with what another session left, and so does one after a turn that was not prepared.
        """
        snapshot, now = desk.snapshot, desk.now()
        if self._turn is None or (self._turn <= now and self._turn != self._prepared):
            self._kept = desk.kept_board()
            if self._kept is not None:
                self._kept.take_over(self._rows, snapshot, now)
        try:
            board, failures = board_despite_faults(snapshot, now, self._rows)
            self._turn = next_turn(snapshot, now)
        except Exception as error:
            return BoardAt(snapshot, now, None, fault=error)
        return BoardAt(snapshot, now, board, failures)

    def leave(self, desk: Desk) -> None:
        """Leave the rows of the board for the next session, at the first pause, and once after each later turn.

        After a turn not all sessions of a server at once: most of them then find that the rows stand.
        """
        snapshot, now = desk.snapshot, desk.now()
        if self._turn is None or self._left_until == self._turn:
            return
        if self._left_until is not None and now - self._left_until < self._spread:
            return
        kept = self._kept or desk.kept_board()
        self._kept, self._left_until = None, self._turn
        if kept is not None:
            with suppress(Exception):  # what raises is left to the board itself, which tells of it
                board_despite_faults(snapshot, now, self._rows)
                kept.leave(self._rows.people(), snapshot, now)

    def prepare(self, desk: Desk, ahead: timedelta = AHEAD) -> bool:
        """Make some parts of the next turn's board if that is near; return True if more are left.

        When all are made, they are left for the sessions that begin after it. What raises is left to the board itself,
        which tells of it.
        """
        snapshot, now = desk.snapshot, desk.now()
        if snapshot.desk is None or (turn := next_turn(snapshot, now)) == self._prepared:
            return False
        if turn - now > ahead - self._spread:
            return False
        left = False
        with suppress(Exception):
            left = self._rows.prepare(snapshot, turn, DUTIES, PARTS_AT_ONCE)
            if not left and (kept := desk.kept_board()) is not None and not kept.holds(snapshot, turn):
                kept.leave(self._rows.people(ahead=True), snapshot, turn)
        self._prepared = None if left else turn
        return left


def leave_boards(desk: Desk) -> None:
    """Leave the rows of now and of the next turn for whoever begins later; nothing where none are kept."""
    if desk.kept_board() is None:
        return
    boards = Boards()
    boards.of(desk)
    boards.leave(desk)
    while boards.prepare(desk, ahead=_ANY_TIME):
        pass
