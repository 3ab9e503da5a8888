"""Bytes that the board sends: `python -m tests.bench.tui_bytes`, at two sizes.

For a key, a colleague's entry on a visible late row, a full minute, the line for a filter, a page, and for standing
still. Exact counts, each as a ratio to its budget, and to a floor: the cells that differ before and after, each run of
them reached by one move of the cursor, with one colour code where the colour changes. tests/pty pins them.
"""

import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.figure import NOW, Figure, options, programs
from tests.pty.desks import board_of, late_rows, run, select, with_sites
from tests.pty.terminal import DUTYBOARD, KEYS, Cell, Terminal

BUDGETS = {
    "start": 26_000,
    "cursor": 1200,
    "remote tick of a visible row": 300,
    "the same under the cursor": 300,
    "full minute": 300,
    "/ opens": 1000,
    "/ closes": 1000,
    "screen": 26_000,
    "idle": 100,
}
SIZES = ((80, 24), (120, 40))
"""Columns and rows. The budgets are those of the first."""
IDLE_SECONDS = 20
SITES = 40
Change = Callable[[], object]


def floor(before: list[list[Cell]], after: list[list[Cell]]) -> int:
    """Bytes of the cells that differ, run by run."""
    total, pen = 0, ()
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        differs = [a != b for a, b in zip(old, new, strict=True)]
        for x, (sign, *drawn) in enumerate(new):
            if not differs[x]:
                continue
            if x == 0 or not differs[x - 1]:
                total += len(f"\x1b[{y + 1};{x + 1}H")
            if tuple(drawn) != pen:
                pen = tuple(drawn)
                total += len("\x1b[0;38;5;252;48;5;233m")
            total += len(sign.encode())
    return total


def sent(terminal: Terminal, change: Change) -> tuple[int, int]:
    """Bytes that a change of the screen takes, and its floor."""
    cells, before = terminal.cells(), terminal.written
    change()
    terminal.wait_until(lambda _: terminal.written > before, "the change")
    terminal.settle()
    return terminal.written - before, floor(cells, terminal.cells())


def ticked(folder: Path, site: str, slot: str) -> None:
    assert run(folder, "check", site, slot).returncode == 0


def minute(terminal: Terminal) -> None:
    """Wait for the next minute on the clock."""
    clock = re.search(r"\d\d:\d\d", terminal.lines()[0])
    assert clock is not None
    terminal.wait_until(lambda text: clock[0] not in text.splitlines()[0], "the next minute", limit=70)


def measure(program: str, folder: Path, columns: int, rows: int) -> dict[str, tuple[int, int]]:
    """Bytes and their floor by what was done."""
    with board_of(folder, program, columns=columns, rows=rows) as terminal:
        terminal.settle()
        blank: list[list[Cell]] = [[(" ", "default", "default", "")] * columns] * rows
        found = {"start": (terminal.written, floor(blank, terminal.cells()))}
        found["full minute"] = sent(terminal, lambda: minute(terminal))
        terminal.send(KEYS["down"])
        terminal.settle()
        found["cursor"] = min(sent(terminal, lambda: terminal.send(KEYS["down"])) for _ in range(3))
        (first, slot), (second, _), *_ = late_rows(folder, terminal)
        select(terminal, first)
        terminal.settle()
        found["remote tick of a visible row"] = sent(terminal, lambda: ticked(folder, second, slot))
        found["the same under the cursor"] = sent(terminal, lambda: ticked(folder, first, slot))
        found["/ opens"] = sent(terminal, lambda: terminal.send("/"))
        found["/ closes"] = sent(terminal, lambda: terminal.send(KEYS["escape"]))
        found["screen"] = sent(terminal, lambda: terminal.send(KEYS["f6"]))
        terminal.cost(KEYS["f2"])
        before = terminal.written
        time.sleep(IDLE_SECONDS)
        found["idle"] = (terminal.written - before, 0)
        return found


def main(before: str, *, small_only: bool) -> None:
    """Measure and print."""
    for columns, rows in SIZES[:1] if small_only else SIZES:
        found = {}
        for when, program in programs(DUTYBOARD, before).items():
            with tempfile.TemporaryDirectory() as made:
                found[when] = measure(program, with_sites(Path(made) / "desk", SITES), columns, rows)
        for name, budget in BUDGETS.items():
            count, least = found[NOW][name]
            told = f"x {count / least:.2f} of the cells that changed" if least else ""
            old = found["before"][name][0] if "before" in found else None
            aim = budget if columns == SIZES[0][0] else 0
            print(Figure(f"bytes, {columns}x{rows}: {name}", count, "B", aim, 1, told, old), flush=True)


if __name__ == "__main__":
    asked = options()
    main(asked.before, small_only=asked.quick)
