"""The lines about one person that stand beside a list of people or of rooms."""

from dutyboard.rules.records.model import Person
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.board import owed_about
from dutyboard.tui.views.person.page import aside_lines


def beside_person(screen: DutyScreen, person: Person | None, cells: int) -> list[Line]:
    """Return what he is owed, his days, and what his release lacks. Nothing if that may not be read."""
    session, board = screen.session, screen.session.board
    if person is None or board is None or session.refused_read("explain") is not None:
        return []
    owed = owed_about(board.obligations, person)
    return screen.lines(aside_lines, person, owed, session.snapshot, session.board_now, screen.words, cells)
