"""Boards that the worker thread computes: that of now, and before midnight, in its pauses, that of the new day."""

import os
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from dutyboard.rules.board import board_despite_faults
from dutyboard.rules.board_rows import BoardRows
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.snapshot import Snapshot
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


class Boards:
    """Boards of one desk. Only one thread asks for them."""

    def __init__(self) -> None:
        self._rows = BoardRows()
        self._ahead = AHEAD - timedelta(seconds=os.getpid() % SPREAD_SECONDS)
        self._prepared: date | None = None

    def of(self, desk: Desk) -> BoardAt:
        """Compute the board of this instant."""
        snapshot, now = desk.snapshot, desk.now()
        try:
            board, failures = board_despite_faults(snapshot, now, self._rows)
        except Exception as error:
            return BoardAt(snapshot, now, None, fault=error)
        return BoardAt(snapshot, now, board, failures)

    def prepare(self, desk: Desk) -> bool:
        """Make some parts of tomorrow's board if midnight is near; return True if more are left to be made.

        What raises is left to the board itself, which tells of it.
        """
        snapshot, now = desk.snapshot, desk.now()
        tomorrow = snapshot.day_of(now) + timedelta(days=1)
        begins = midnight(tomorrow, snapshot.zone)
        if self._prepared == tomorrow or snapshot.desk is None or begins - now > self._ahead:
            return False
        try:
            left = self._rows.prepare(snapshot, begins, DUTIES, PARTS_AT_ONCE)
        except Exception:
            left = False
        self._prepared = None if left else tomorrow
        return left
