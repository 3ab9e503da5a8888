"""No file whatever brings more out of an importer than its sheet or a refusal: a share of the nightly run."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from dutyboard.rules.records.codes import SheetKind
from tests.shares import SHARES
from tests.tui.hostile_sheets import HEADINGS, import_apart, import_one

FILES = SHARES["tui"]["hostile_sheets"]["files"]
APART = SHARES["tui"]["hostile_sheets"]["apart"]
SEED = 1


def test_every_kind_of_sheet_is_drawn() -> None:
    assert set(HEADINGS) == set(get_args(SheetKind))


def test_no_file_is_a_fault(tmp_path: Path, ran: Callable[[str], None]) -> None:
    taken = sum(import_one(random.Random(f"{SEED}/{number}"), tmp_path) for number in range(FILES))
    assert 0 < taken < FILES
    ran(f"hostile sheets: {FILES} files, {taken} of them taken")


def test_no_file_meets_the_limits_of_the_child_that_reads_it(tmp_path: Path, ran: Callable[[str], None]) -> None:
    """Its seconds of the processor and its memory: a file of this size needs few of either."""
    codes = Counter(import_apart(random.Random(f"{SEED}/apart/{number}"), tmp_path) for number in range(APART))
    assert "reading_stopped" not in codes
    assert codes[""] > 0
    ran(f"hostile sheets read apart: {APART} files, {codes['']} of them read")
