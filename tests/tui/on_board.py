"""The board on screen, its rows of the night, and the cursor on one of them."""

from textual.pilot import Pilot

from dutyboard.tui.screens.board import BoardScreen
from tests.tui.screen_text import until_shown

SIZE = (80, 24)
PATROL = "patrol-3/site-1/2021-06-07"
NEXT = "patrol-3/site-2/2021-06-07"
HERE, THERE = (1, 2, 3, 4), (5, 6)
"""The people of each site, who stand on its row."""


async def opened(pilot: Pilot[None]) -> BoardScreen:
    """The board with its rows."""
    await until_shown(pilot, "现在要做的事")
    board = pilot.app.screen
    assert isinstance(board, BoardScreen)
    return board


async def select(pilot: Pilot[None], board: BoardScreen, key: str) -> None:
    """Put the cursor on a row."""
    board.table.select(key)
    await pilot.pause()
    assert board.table.selected == key


async def row_opened(pilot: Pilot[None], board: BoardScreen, key: str, shown: str) -> None:
    """Press Enter on a row, and wait for what it opens or says."""
    await select(pilot, board, key)
    await pilot.press("enter")
    await until_shown(pilot, shown)
