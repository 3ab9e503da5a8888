"""The whole of the drawn sheets: a thousand, each imported on a desk of its own and held against its truth.

python -m tests.nightly.tui_drawn_sheets [SHEETS [FIRST]]
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tui.drawn_sheets.course import import_drawn

SHEETS = 1_000
SEED = 2


def main() -> int:
    """Print the counts, and each error that no note tells of."""
    sheets, first = (*map(int, sys.argv[1:]), *(SHEETS, 0)[len(sys.argv) - 1 :])
    with TemporaryDirectory() as folder:
        verdicts = import_drawn(SEED, range(first, first + sheets), Path(folder))
    print(*verdicts.wrong, sep="\n")
    print(verdicts)
    return 1 if verdicts.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
