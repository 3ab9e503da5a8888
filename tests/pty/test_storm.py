"""The share of the storm at a terminal that CI runs; tests/nightly/tui_storm.py runs the whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pty.storm import ROLES, desk_of_all, storm
from tests.shares import SHARES

PIECES = SHARES["pty"]["storm"]["pieces"]
SEED = 1


@pytest.fixture(scope="module")
def desk(home: Path) -> Path:
    return desk_of_all(home / "desk")


@pytest.mark.parametrize("role", ROLES)
def test_no_key_paste_or_size_breaks_a_board(role: str, desk: Path, tmp_path: Path, ran: Callable[[str], None]) -> None:
    ran(f"storm: {storm(desk, tmp_path / 'state', role, PIECES, SEED)}")
