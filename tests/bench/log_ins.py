"""Eight log-ins at once with 22 sessions running, against eight hellos: `python -m tests.bench.log_ins`.

From the start of the process until the rows of the board are written, by the median of all log-ins. Turn about with
eight bare Textual hellos, in the same room and at the same load. Once as a program of its own, and once by the door of
a server whose parent has the program loaded.
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
from tests.bench.warm_door import WarmDoor, warm_door
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


def ready(folder: Path) -> Path:
    """Leave rows for the sessions of a desk, as the one before does."""
    if run(folder, "board").returncode:
        raise SystemExit(f"the desk of {folder.name} cannot be shown")
    return folder


def measured(
    board: tuple[str, ...], running: int, runs: int, door: WarmDoor | None = None
) -> tuple[list[float], list[float]]:
    """Return the seconds of log-ins, and those of hellos beside the same sessions. By a door all must be forked."""
    taken, beside = list[float](), list[float]()
    python = door.python if door else sys.executable
    with Room() as room:
        for _ in range(0, running, AT_ONCE):
            at_once = min(AT_ONCE, running - len(room.seats))
            room.seconds_until(ROWS_SHOWN, room.more(board, at_once))
        room.read(time.monotonic() + 3)
        if door is not None and len(door.sessions()) != running:
            raise SystemExit(f"{len(door.sessions())} of {running} sessions are forked")
        for number in range(runs + 1):
            hellos = log_ins(room, (python, "-c", HELLO), HELLO_SHOWN)
            rows = log_ins(room, board, ROWS_SHOWN)
            if number:  # the first round warms the caches
                taken += rows
                beside += hellos
        room.leave(room.seats)
    return taken, beside


def told(taken: list[float], beside: list[float]) -> str:
    """Return both medians in words."""
    return f"{statistics.median(taken):.2f} s, {AT_ONCE} hellos {statistics.median(beside):.2f} s"


def main(before: str, running: int, runs: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as home:
        for people, sites in SIZES:
            made = desk_of(Path(home) / f"desk-{people}", people, sites)
            found = {}
            for when, program in programs(DUTYBOARD, before).items():
                folder = ready(copytree(made, Path(home) / f"{when}-{people}"))
                found[when] = measured((program, "--data", str(folder)), running, runs)
            with warm_door(copytree(made, Path(home) / f"warm-{people}")) as door:
                warm = measured(door.argv, running, runs, door)
            ratio = {when: next(ratios({NOW: taken}, beside)) for when, (taken, beside) in found.items()}
            name = f"{AT_ONCE} log-ins at once with {running} running against {AT_ONCE} hellos, {people:,} people"
            print(Figure(name, ratio[NOW] or 0.0, "x", AIM, runs, told(*found[NOW]), ratio.get("before")), flush=True)
            name = f"the same log-ins by the door, its parent warm, {people:,} people"
            beside = next(ratios({NOW: warm[0]}, warm[1]))
            print(Figure(name, beside or 0.0, "x", AIM, runs, told(*warm)), flush=True)


if __name__ == "__main__":
    asked = options(running=22, runs=3)
    main(asked.before, 4 if asked.quick else asked.running, 1 if asked.quick else asked.runs)
