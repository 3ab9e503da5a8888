"""Sheets drawn as many offices write them come in without a silent error: a share of the nightly run."""

from collections.abc import Callable
from pathlib import Path

from tests.shares import SHARES
from tests.tui.drawn_sheets.course import import_drawn

SHEETS = SHARES["tui"]["drawn_sheets"]["sheets"]
SEED = 1


def test_every_person_and_every_fact_is_right_or_named(tmp_path: Path, ran: Callable[[str], None]) -> None:
    verdicts = import_drawn(SEED, range(SHEETS), tmp_path)
    ran(f"drawn sheets: {verdicts}")
    assert verdicts.wrong == []
    counts = verdicts.counts
    assert counts["sheets"] == SHEETS
    assert counts["right"] > 5 * counts["named"] > 0
    assert counts["refused"] < SHEETS // 5
