"""The whole of the drawn sheets: a thousand of each kind, each imported on a desk of its own and held to its truth.

python -m tests.nightly.tui_drawn_sheets [KIND [SHEETS [FIRST]]]
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tui.drawn_sheets.course import import_drawn
from tests.tui.drawn_sheets.register_course import DRAWN, import_registers
from tests.tui.drawn_sheets.verdicts import Verdicts

SHEETS = 1_000
SEED = 2
APART = 10
"""Each so manieth register is read by a child process with its limits."""


def judged(kind: str, numbers: range) -> Verdicts:
    """Return the verdicts on sheets of a kind, by their numbers."""
    with TemporaryDirectory() as folder:
        if kind == "arrivals":
            return import_drawn(SEED, numbers, Path(folder))
        return import_registers(next(each for each in DRAWN if each == kind), SEED, numbers, Path(folder), apart=APART)


def main() -> int:
    """Print the counts of each kind, and each error that no note tells of."""
    asked, given = sys.argv[1:2], [*map(int, sys.argv[2:])]
    sheets, first = (*given, *(SHEETS, 0)[len(given) :])
    wrong = 0
    for kind in asked or ["arrivals", *DRAWN]:
        verdicts = judged(kind, range(first, first + sheets))
        print(*verdicts.wrong, sep="\n")
        print(f"{kind}: {verdicts}", flush=True)
        wrong += len(verdicts.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
