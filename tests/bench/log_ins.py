"""Eight log-ins at once with 22 sessions running, against eight hellos: `python -m tests.bench.log_ins`.

From the start of the process until the rows of the board are written, by the median of all log-ins. Turn about with
eight bare Textual hellos, in the same room and at the same load.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path
from shutil import copytree

from tests.bench.cli_start import desk_of
from tests.bench.figure import NOW, Figure, options, programs, ratios
from tests.bench.first_paint import HELLO
from tests.bench.room import ROWS_SHOWN, Room
from tests.pty.desks import run
from tests.pty.terminal import DUTYBOARD

SIZES = ((300, 4), (2_000, 40))
AT_ONCE, AIM = 8, 1.8
HELLO_SHOWN = b"hello world"


def log_ins(room: Room, argv: tuple[str, ...], shown: bytes) -> list[float]:
    """Start so many at once; return the seconds of each until its words are written, and end them."""
    seats = room.more(argv, AT_ONCE)
    taken = room.seconds_until(shown, seats)
    room.leave(seats)
    return taken


def measured(program: str, folder: Path, running: int, runs: int) -> tuple[list[float], list[float]]:
    """Return the seconds of log-ins, and those of hellos beside the same sessions."""
    if run(folder, "board").returncode:  # it leaves rows for the sessions, as the one before does
        raise SystemExit(f"the desk of {folder.name} cannot be shown")
    board, taken, beside = (program, "--data", str(folder)), [], []
    with Room() as room:
        for _ in range(0, running, AT_ONCE):
            at_once = min(AT_ONCE, running - len(room.seats))
            room.seconds_until(ROWS_SHOWN, room.more(board, at_once))
        room.read(time.monotonic() + 3)
        for number in range(runs + 1):
            hellos = log_ins(room, (sys.executable, "-c", HELLO), HELLO_SHOWN)
            rows = log_ins(room, board, ROWS_SHOWN)
            if number:  # the first round warms the caches
                taken += rows
                beside += hellos
        room.leave(room.seats)
    return taken, beside


def main(before: str, running: int, runs: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as home:
        for people, sites in SIZES:
            made = desk_of(Path(home) / f"desk-{people}", people, sites)
            found = {
                when: measured(program, copytree(made, Path(home) / f"{when}-{people}"), running, runs)
                for when, program in programs(DUTYBOARD, before).items()
            }
            ratio = {when: next(ratios({NOW: taken}, beside)) for when, (taken, beside) in found.items()}
            taken, beside = found[NOW]
            told = f"{statistics.median(taken):.2f} s, {AT_ONCE} hellos {statistics.median(beside):.2f} s"
            name = f"{AT_ONCE} log-ins at once with {running} running against {AT_ONCE} hellos, {people:,} people"
            print(Figure(name, ratio[NOW] or 0.0, "x", AIM, runs, told, ratio.get("before")), flush=True)


if __name__ == "__main__":
    asked = options(running=22, runs=3)
    main(asked.before, 4 if asked.quick else asked.running, 1 if asked.quick else asked.runs)
