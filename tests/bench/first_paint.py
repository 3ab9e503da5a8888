"""First frame and useful rows against a bare Textual hello world: `python -m tests.bench.first_paint`.

Desks of 300, 2,000 and 10,000 people. All start in the same pseudo-terminal, turn about, on warm bytecode: hello, the
board where a session of today has left its rows (as a program of its own, and by the door of a server whose parent has
the program loaded), where nobody was there today, and where nobody was but the timer's `checkpoint` of the evening
before. Rows are useful when the cursor stands on one. The machine's own drift is why only the ratio counts.
"""

import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree
from statistics import median

from tests.bench.cli_start import desk_of
from tests.bench.figure import NOW, Figure, options, programs, ratios
from tests.bench.rules_obligations import NOW as EVENING
from tests.bench.warm_door import warm_door
from tests.pty.desks import run
from tests.pty.terminal import DUTYBOARD, Terminal

SIZES = ((300, 4, 9), (2_000, 40, 9), (10_000, 40, 5))
"""People, sites, runs."""
AIMS = {300: 1.8, 2_000: 2.0, 10_000: 3.0}
FRAME_AIM = 1.25
LIMIT_SECONDS = 180
LEFT = "rows.kept"
"""The file of rows that a session leaves beside the checkpoint."""
HELLO = """
import os
os.environ["TEXTUAL_ANIMATIONS"] = "none"
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("hello world")
Hello().run(mouse=False)
"""


def hello(python: str = sys.executable) -> float:
    """Return the seconds until hello stands on the screen."""
    with Terminal(python, "-c", HELLO) as terminal:
        return terminal.seconds_until("hello world")


def frame_and_rows(*board: str) -> tuple[float, float]:
    """Return the seconds until the first frame, and until the cursor stands on a row."""
    with Terminal(*board) as terminal:
        frame = terminal.seconds_until("F1")
        terminal.wait_until(lambda text: "\n>" in text, "the cursor on a row", LIMIT_SECONDS)
        return frame, time.monotonic() - terminal.started


def checked_in_the_evening(home: Path, people: int, sites: int) -> Path:
    """Return a desk after midnight on which `checkpoint` ran before it, and nothing since. Raises SystemExit."""
    ahead = 30 + people / 100
    turn = datetime.combine(EVENING.date() + timedelta(days=1), datetime.min.time(), EVENING.tzinfo)
    ended = time.monotonic() + ahead
    made = desk_of(home / f"evening-{people}", people, sites, turn - timedelta(seconds=ahead))
    if run(made, "checkpoint").returncode or time.monotonic() > ended:
        raise SystemExit(f"`checkpoint` took longer than {ahead:.0f} s")
    time.sleep(ended - time.monotonic() + 2)
    return made


def measured(home: Path, people: int, sites: int, runs: int, of: Mapping[str, str]) -> dict[str, list[float]]:
    """Return the seconds by what was started: hello, and of each program frame, rows and rows made anew."""
    made = desk_of(home / f"desk-{people}", people, sites)
    folders = {when: copytree(made, home / f"{when}-{people}") for when in of}
    if run(folders[NOW], "board").returncode or not (folders[NOW] / LEFT).exists():
        raise SystemExit("`board` leaves no rows for the next session: nothing to measure")
    evening = checked_in_the_evening(home, people, sites)
    taken: dict[str, list[float]] = {}
    with warm_door(copytree(made, home / f"warm-{people}")) as door:
        for number in range(runs + 1):
            row = {"hello": hello(), "hello there": hello(door.python), "warm": frame_and_rows(*door.argv)[1]}
            for when, program in of.items():
                board = (program, "--data", str(folders[when]))
                row[f"frame {when}"], row[f"rows {when}"] = frame_and_rows(*board)
            anew = copytree(made, home / f"anew-{people}-{number}")
            row["anew"] = frame_and_rows(of[NOW], "--data", str(anew))[1]
            later = copytree(evening, home / f"evening-{people}-{number}")
            row["evening"] = frame_and_rows(of[NOW], "--data", str(later))[1]
            for name, seconds in row.items():
                if number:  # the first round warms the caches
                    taken.setdefault(name, []).append(seconds)
    return taken


def told(taken: Mapping[str, Sequence[float]], name: str, what: str, aim: float) -> Figure:
    """Return the figure of one thing as a ratio to hello."""
    of = {when: taken[f"{what} {when}"] for when in ("now", "before") if f"{what} {when}" in taken}
    now, before = ratios(of, taken["hello"])
    assert now is not None
    said = f"{median(of[NOW]) * 1e3:.0f} ms, hello {median(taken['hello']) * 1e3:.0f} ms"
    return Figure(name, now, "x", aim, len(taken["hello"]), said, before)


def main(before: str = "", *, quick: bool = False) -> None:
    """Measure and print."""
    of = programs(DUTYBOARD, before)
    with tempfile.TemporaryDirectory() as home:
        for people, sites, runs in SIZES:
            taken = measured(Path(home), people, sites, 1 if quick else runs, of)
            if people == SIZES[1][0]:
                print(told(taken, "first frame against hello", "frame", FRAME_AIM))
            print(told(taken, f"useful rows against hello, {people:,} people", "rows", AIMS[people]))
            for who, what in (
                ("nobody was there today", "anew"),
                ("only the timer was there, before it", "evening"),
            ):
                taken[f"{what} now"] = taken[what]
                print(told(taken, f"the same where {who}, {people:,} people", what, AIMS[people]))
            warm = {"hello": taken["hello there"], "warm now": taken["warm"]}
            name = f"the same by the door, its parent warm, {people:,} people"
            print(told(warm, name, "warm", AIMS[people]), flush=True)


if __name__ == "__main__":
    asked = options()
    main(asked.before, quick=asked.quick)
