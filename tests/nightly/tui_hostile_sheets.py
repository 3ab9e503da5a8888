"""The whole of the hostile sheets: 5,000 drawn files, each read by every importer.

python -m tests.nightly.tui_hostile_sheets
"""

import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tui.hostile_sheets import import_one

FILES = 5_000
SEED = 2


def main() -> int:
    """Read them all, and print how many were taken. Raises what an importer raises, with its number behind it."""
    with TemporaryDirectory() as folder:
        taken = 0
        for number in range(FILES):
            try:
                taken += import_one(random.Random(f"{SEED}/{number}"), Path(folder))
            except Exception:
                print(f"file {number} of seed {SEED}", file=sys.stderr)
                raise
        print(f"{FILES} files, {taken} of them taken")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
