"""Whatever is drawn or tried in shares by the tests themselves, in full: python -m tests.nightly.drawn.

The other modules of this folder hold the proofs that have an entry of their own.
"""

from typing import Final

import pytest

from tests.shares import SHARES

WHOLE: Final = {
    ("rules", "importing"): {"examples": 2_000},
    ("rules", "daily_figures"): {"seeds": 8},
    ("rules", "board_rows"): {"seeds": 8},
    ("tui", "kept_board"): {"seeds": 6},
    ("tui", "poison"): {"keys": 60, "every": 1, "starts": 1},
    ("tui", "sample"): {"every": 1},
}
TESTS: Final = (
    "tests/rules/duties",
    "tests/rules/amending/test_imports.py",
    "tests/rules/people/test_course_memo.py",
    "tests/rules/test_board_rows.py",
    "tests/tui/test_kept_board.py",
    "tests/tui/test_poison.py",
    "tests/tui/test_sample.py",
)

if __name__ == "__main__":
    for (room, proof), sizes in WHOLE.items():
        SHARES[room][proof].update(sizes)
    raise SystemExit(pytest.main(["-q", *TESTS]))
