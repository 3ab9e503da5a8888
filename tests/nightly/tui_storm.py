"""The whole of the storm at a terminal: 600 pieces on the board of each role, with five seeds.

python -m tests.nightly.tui_storm
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.pty.storm import ROLES, desk_of_all, storm

PIECES = 600
SEEDS = (2, 3, 4, 5, 6)


def main() -> int:
    """Let it come down, and print how much came. Raises Fell."""
    with TemporaryDirectory(prefix="dutyboard-") as scratch:
        desk = desk_of_all(Path(scratch, "desk"))
        for seed in SEEDS:
            for role in ROLES:
                print(storm(desk, Path(scratch, "state"), role, PIECES, seed), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
