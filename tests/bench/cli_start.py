"""What one call of the command line costs: `python -m tests.bench.cli_start [people ...]`.

A log line, a round, the board as JSON and a check of the files, on desks of 300 and 2,000 people. Each is a process of
its own, turn about with the floor beside it, `import click, orjson`. Printed: medians of processor time, and the ratio
to the floor, so that another machine's speed does not count. A call that fails ends the bench.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dutyboard.rules.records.model import TABLES, DeskSettings, Record
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.link.clock import real_clock
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from tests.bench.rules_obligations import NOW, crowd
from tests.rules.desks import WANG

SIZES, ROUNDS = ((300, 4), (2_000, 40)), 9
FLOOR = (sys.executable, "-c", "import click, orjson")
DUTYBOARD = str(Path(sys.executable).with_name("dutyboard"))


def records_of(snapshot: Snapshot, login: str, began: datetime) -> Iterator[Record]:
    """Yield the records of a desk on its own day: its clock stands there, and this login is an officer's."""
    for table in TABLES:
        for record in getattr(snapshot, table).values():
            if isinstance(record, DeskSettings):
                yield replace(record, practice_starts=began, practice_since=real_clock())
            elif table == "officers" and record.id == WANG:
                yield replace(record, login=login)
            else:
                yield record


def desk_of(folder: Path, people: int, sites: int, began: datetime = NOW) -> Path:
    """Make a desk with so many people, and its checkpoint."""
    identity = own_identity()
    gateway = Gateway.open(folder, identity, create=True)
    gateway.seed(records_of(crowd(people, sites=sites), identity.login, began))
    gateway.checkpoint()
    gateway.close()
    return folder


def spent(argv: tuple[str, ...], env: Mapping[str, str]) -> float:
    """Return the processor seconds of a call. Raises SystemExit where it fails."""
    with subprocess.Popen(argv, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(argv)}: ended with {process.returncode}: {said}")
    return used.ru_utime + used.ru_stime


def calls(folder: Path, number: int, sites: int) -> dict[str, tuple[str, ...]]:
    """Return the calls of a round by their names. Each round ticks another site."""
    on = (DUTYBOARD, "--data", str(folder))
    site, slot = number % sites + 1, ("patrol-3", "disinfection-pm", "patrol-2")[number // sites]
    return {
        "import click, orjson": FLOOR,
        "--help": (DUTYBOARD, "--help"),
        "log": (*on, "log", "接电话"),
        "check": (*on, "check", f"site-{site}", slot, "--reason", "补录"),
        "board --json": (*on, "board", "--json"),
        "verify": (*on, "verify"),
    }


def main(sizes: tuple[tuple[int, int], ...] = SIZES) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        env = {**os.environ, "PYTHONPYCACHEPREFIX": f"{made}/compiled"}  # as installed: compiled, which a pip does
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        for people, sites in sizes:
            folder = desk_of(Path(made) / f"desk-{people}", people, sites)
            taken: dict[str, list[float]] = {}
            for number in range(ROUNDS + 1):
                for name, argv in calls(folder, number, sites).items():
                    used = spent(argv, env)
                    if number:  # the first round warms the caches
                        taken.setdefault(name, []).append(used)
            floor = statistics.median(taken["import click, orjson"])
            print(f"{people} people, {sites} sites, {ROUNDS} runs each")
            for name, all_used in taken.items():
                median = statistics.median(all_used)
                print(f"  {name:22}{median * 1e3:7.0f} ms  x {median / floor:5.2f} of the floor")


if __name__ == "__main__":
    main(tuple((int(each), 40) for each in sys.argv[1:]) or SIZES)
