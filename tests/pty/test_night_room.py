"""The share of a night of many sessions that CI runs; tests/nightly/tui_night_room.py runs the whole."""

from collections.abc import Callable
from pathlib import Path

from tests.pty.night_room import night
from tests.shares import SHARES


def test_no_session_ends_by_itself_and_no_note_is_lost(tmp_path: Path, ran: Callable[[str], None]) -> None:
    night(tmp_path, **SHARES["pty"]["night_room"], seed=1, tell=lambda told: ran(f"night room: {told}"))
