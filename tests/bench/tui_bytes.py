"""Bytes that the board sends for a key, for a colleague's entry, for a page and for standing still, at two sizes.

`python -m tests.bench.tui_bytes`. Exact counts, each as a ratio to its budget. tests/pty pins the first.
"""

import tempfile
import time
from pathlib import Path

from tests.pty.desks import board_of, practice_desk, run
from tests.pty.terminal import KEYS

BUDGETS = {"start": 26_000, "cursor": 1200, "remote": 600, "screen": 26_000, "idle": 100}
IDLE_SECONDS = 20
SITES = ("涟源宾馆", "桥头河", "人民公园", "杨市卫生院")


def measure(folder: Path, columns: int, rows: int) -> dict[str, int]:
    """Bytes by what was done."""
    with board_of(folder, columns=columns, rows=rows) as terminal:
        terminal.settle()
        found = {"start": terminal.written}
        terminal.cost(KEYS["down"])
        found["cursor"] = min(terminal.cost(KEYS["down"]) for _ in range(3))
        before = terminal.written
        done = [run(folder, "check", site, "disinfection-pm").returncode for site in SITES]
        if 0 in done:
            terminal.wait_until(lambda _: terminal.written > before, "the remote change")
            terminal.settle()
            found["remote"] = (terminal.written - before) // done.count(0)
        found["screen"] = terminal.cost(KEYS["f6"])
        terminal.cost(KEYS["f2"])
        before = terminal.written
        time.sleep(IDLE_SECONDS)
        found["idle"] = terminal.written - before
        return found


def main() -> None:
    """Measure and print."""
    for columns, rows in ((80, 24), (120, 40)):
        with tempfile.TemporaryDirectory() as made:
            found = measure(practice_desk(Path(made) / "desk"), columns, rows)
        for name, count in found.items():
            print(f"{columns}x{rows} {name:7} {count:7} B   x {count / BUDGETS[name]:.2f} of its budget at 80x24")


if __name__ == "__main__":
    main()
