"""docs/durability.md names tests that exist, in every row, and every long proof."""

import re
from pathlib import Path

import pytest

from tests.nightly.store_proofs import WHOLE
from tests.shares import SHARES
from tests.store.test_proofs import PROOFS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "durability.md").read_text(encoding="utf-8").partition("## What it costs")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")][
    1:
]


def proofs_of(cell: str) -> set[str]:
    return {name for group in re.findall(r"proofs?((?: `\w+`)+)", cell) for name in re.findall(r"`(\w+)`", group)}


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_every_row_names_tests_that_exist(row: list[str]) -> None:
    _, _, shown_by = row
    tests = re.findall(r"`([\w/]+\.py)::(\w+)`", shown_by)
    assert tests or proofs_of(shown_by)
    for file, name in tests:
        path = ROOT / (file if file.startswith("tests/") else f"tests/store/{file}")
        assert re.search(rf"^(?:async )?def {name}\(|^{name} = ", path.read_text(encoding="utf-8"), re.MULTILINE), name
    assert proofs_of(shown_by) <= PROOFS.keys()


def test_every_long_proof_is_named_and_runs_whole_at_night() -> None:
    assert (
        {name for row in ROWS for name in proofs_of(row[2])} == PROOFS.keys() == WHOLE.keys() == SHARES["store"].keys()
    )
