"""No file whatever brings more out of an importer than its sheet or a refusal: a share of the nightly run."""

import random
from collections.abc import Callable
from pathlib import Path

from tests.shares import SHARES
from tests.tui.hostile_sheets import import_one

FILES = SHARES["tui"]["hostile_sheets"]["files"]
SEED = 1


def test_no_file_is_a_fault(tmp_path: Path, ran: Callable[[str], None]) -> None:
    taken = sum(import_one(random.Random(f"{SEED}/{number}"), tmp_path) for number in range(FILES))
    assert 0 < taken < FILES
    ran(f"hostile sheets: {FILES} files, {taken} of them taken")
