"""The whole of the hostile sheets: 5,000 drawn files read by every importer, 500 by a child process with its limits.

python -m tests.nightly.tui_hostile_sheets
"""

import random
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tui.hostile_sheets import import_apart, import_one

FILES = 5_000
APART = 500
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
        codes = [import_apart(random.Random(f"{SEED}/apart/{number}"), Path(folder)) for number in range(APART)]
        stopped = [number for number, code in enumerate(codes) if code == "reading_stopped"]
        print(f"{APART} read apart, {codes.count('')} of them taken, stopped by the limits: {stopped}")
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"{used.ru_utime / APART:.2f} s of the processor each, at most {used.ru_maxrss >> 10} MB in one child")
    return 1 if stopped else 0


if __name__ == "__main__":
    raise SystemExit(main())
