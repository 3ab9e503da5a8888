"""docs/security.md names tests that exist, in every row."""

import re
from pathlib import Path

import pytest

from dutyboard.tui.link.pins import hashed

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [re.split(r"(?<!\\)\|", line.strip("|")) for line in PAGE.splitlines() if line.startswith("| ")][1:]


@pytest.mark.parametrize("row", ROWS, ids=[row[0].strip()[:40] for row in ROWS])
def test_every_row_names_tests_that_exist(row: list[str]) -> None:
    _, stops, shown_by, _ = (cell.strip() for cell in row)
    assert stops
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", shown_by)
    assert named
    for file, name in named:
        assert re.search(rf"^(?:async )?def {name or 'test_'}", (TOP / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_threat_has_its_row() -> None:
    assert len(ROWS) == len({row[0] for row in ROWS}) >= 17


def test_a_guess_of_a_pin_costs_32_megabytes_and_its_time() -> None:
    cost = hashed("2580")
    assert cost.n * cost.r * 128 >= 1 << 25 and cost.p >= 1
    assert hashed("2580").digest != cost.digest
