"""No journal whatever, its hashes right, ends a command with a fault: a share of the nightly run."""

import random
from collections.abc import Callable
from pathlib import Path

from tests.shares import SHARES
from tests.tui.hostile_journal import CALLS, read_one, sound_desk

DESKS = SHARES["tui"]["hostile_journal"]["desks"]
SEED = 1


def test_no_journal_is_a_fault(tmp_path: Path, ran: Callable[[str], None]) -> None:
    lines = sound_desk(tmp_path / "base")
    draws = (random.Random(f"{SEED}/{number}") for number in range(DESKS))
    read = sum(read_one(draw, tmp_path / "base", lines, tmp_path / "room") for draw in draws)
    assert 0 < read < DESKS * len(CALLS)
    ran(f"hostile journals: {DESKS} desks, {read} of {DESKS * len(CALLS)} calls answered in full")
