"""How long until a colleague's entry stands on another board: `python -m tests.bench.tui_second_board`.

From the moment an entry is acknowledged to the moment its text is on the other screen, in milliseconds and as a ratio
to the 0.5 s at which a board looks who else wrote (the officers' bound is one second).
"""

import statistics
import tempfile
import time
from pathlib import Path

from tests.pty.desks import board_of, practice_desk, printed
from tests.pty.terminal import KEYS

ENTRIES = 20
LOOK_SECONDS = 0.5


def main() -> None:
    """Measure and print."""
    taken = []
    with tempfile.TemporaryDirectory() as made:
        folder = practice_desk(Path(made) / "desk")
        with board_of(folder) as board:
            board.send(KEYS["f6"])
            board.settle()
            for number in range(ENTRIES):
                printed(folder, "log", f"第{number}次")
                acknowledged = time.monotonic()
                board.wait_for(f"第{number}次")
                taken.append(time.monotonic() - acknowledged)
    for name, value in (("median", statistics.median(taken)), ("slowest", max(taken))):
        print(f"{name:8}{value * 1000:6.0f} ms   x {value / LOOK_SECONDS:.2f} of a look ({ENTRIES} entries)")


if __name__ == "__main__":
    main()
