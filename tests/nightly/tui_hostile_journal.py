"""The whole of the hostile journals: 1,000 drawn desks, each read by every command.

python -m tests.nightly.tui_hostile_journal
"""

import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tui.hostile_journal import CALLS, read_one, sound_desk

DESKS = 1_000
SEED = 2


def main() -> int:
    """Read them all, and print how many calls ended with 0. Raises what a command raises, with its number behind it."""
    with TemporaryDirectory() as folder:
        base, read = Path(folder, "base"), 0
        lines = sound_desk(base)
        for number in range(DESKS):
            try:
                read += read_one(random.Random(f"{SEED}/{number}"), base, lines, Path(folder, "room"))
            except Exception:
                print(f"desk {number} of seed {SEED}", file=sys.stderr)
                raise
        print(f"{DESKS} desks, {read} of {DESKS * len(CALLS)} calls answered in full")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
