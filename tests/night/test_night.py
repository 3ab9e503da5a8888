"""A whole night at 80x24, from the keyboard, by a script that reads only the screen: 70 s of CPU, 200 s of clock."""

from collections.abc import Callable
from pathlib import Path

from tests.night.night import night


def test_nothing_that_was_shown_is_left_owed_after_a_night(tmp_path: Path, ran: Callable[[str], None]) -> None:
    night(tmp_path / "desk", tell=lambda told: ran(f"night: {told}"))
