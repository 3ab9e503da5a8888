"""Boards that the worker thread computes: that of now, and before midnight, in its pauses, that of the new day."""

import os
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from dutyboard.rules.board import board_despite_faults
from dutyboard.rules.board_rows import BoardRows
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.link.board.kept_board import KeptBoard
from dutyboard.tui.link.messages import BoardAt

AHEAD: Final = timedelta(minutes=8)
SPREAD_SECONDS: Final = 240
"""Sessions of one server begin within these seconds, each at its own."""
PARTS_AT_ONCE: Final = 20


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
        self._prepared: date | None = None
        self._begun = False
        self._kept: KeptBoard | None = None
        self._kept_on: date | None = None

    def of(self, desk: Desk) -> BoardAt:
        """Compute the board of this instant. The first one begins with what an earlier session left."""
        snapshot, now = desk.snapshot, desk.now()
        if not self._begun:
            self._begun, self._kept = True, desk.kept_board()
            if self._kept is not None:
                self._kept.take_over(self._rows, snapshot, now)
        try:
            board, failures = board_despite_faults(snapshot, now, self._rows)
        except Exception as error:
            return BoardAt(snapshot, now, None, fault=error)
        return BoardAt(snapshot, now, board, failures)

    def keep(self, desk: Desk) -> None:
        """Leave the rows of the board for the next session, at the first pause, and once on each later day.

        On a later day not all sessions of a server at once: most of them then find that the rows stand.
        """
        snapshot, now = desk.snapshot, desk.now()
        if snapshot.desk is None or self._kept_on == (today := snapshot.day_of(now)):
            return
        if self._kept_on is not None and now - midnight(today, snapshot.zone) < self._spread:
            return
        kept = self._kept or desk.kept_board()
        self._kept, self._kept_on = None, today
        if kept is not None:
            with suppress(Exception):  # what raises is left to the board itself, which tells of it
                board_despite_faults(snapshot, now, self._rows)
                kept.keep(self._rows, snapshot, now)

    def prepare(self, desk: Desk) -> bool:
        """Make some parts of tomorrow's board if midnight is near; return True if more are left to be made.

        What raises is left to the board itself, which tells of it.
        """
        snapshot, now = desk.snapshot, desk.now()
        tomorrow = snapshot.day_of(now) + timedelta(days=1)
        begins = midnight(tomorrow, snapshot.zone)
        if self._prepared == tomorrow or snapshot.desk is None or begins - now > AHEAD - self._spread:
            return False
        try:
            left = self._rows.prepare(snapshot, begins, DUTIES, PARTS_AT_ONCE)
        except Exception:
            left = False
        self._prepared = None if left else tomorrow
        return left
