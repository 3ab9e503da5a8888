"""The screen while the desk is opened: the frame and the keys. It needs no rules, so that it is there at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.widget import Widget

from dutyboard.tui.screens.base import DutyScreen

if TYPE_CHECKING:
    from dutyboard.rules.board import Board


class OpeningScreen(DutyScreen):
    """The board's frame, empty."""

    screen_id = "board"

    def body(self) -> Iterable[Widget]:
        """Yield an empty container."""
        yield Container()

    def show(self, board: Board, now: datetime) -> None:
        """Do nothing: the board replaces this screen with the first picture."""
