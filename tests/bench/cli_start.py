"""Processor time of one call of the command line: `python -m tests.bench.cli_start [runs]`.

A log line, a round, the board as JSON and a check of the files, on desks of 300 and 2,000 people. Each is a process of
its own, turn about with the floor beside it, `import click, orjson`. Printed: medians of processor time, and the ratio
to the floor, so that another machine's speed does not count. A call that fails ends the bench.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dutyboard.rules.records.model import TABLES, DeskSettings, Person, Record
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.store import Put, open_store
from dutyboard.tui.link.clock import real_clock
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.link.records import document
from dutyboard.tui.link.steps import STEPS
from tests.bench.figure import NOW as TODAY
from tests.bench.figure import Figure, options, programs, ratios
from tests.bench.rules_obligations import NOW, crowd
from tests.rules.desks import WANG

AT_ONCE = 10_000
"""People that one line of the journal holds."""
SIZES, RUNS = ((300, 4), (2_000, 40)), 9
AIMS = {"log": 2.0, "check": 2.0, "board --json": 3.0}
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
    records = list(records_of(crowd(people, sites=sites), identity.login, began))
    crowded = [each for each in records if isinstance(each, Person)]
    later = crowded[AT_ONCE:]
    gateway = Gateway.open(folder, identity, create=True)
    gateway.seed([each for each in records if not isinstance(each, Person)] + crowded[:AT_ONCE])
    gateway.close()
    store = open_store(folder, writer=identity.writer, steps=STEPS)
    for start in range(0, len(later), AT_ONCE):
        people_put = [Put("persons", each.id, document(each)) for each in later[start : start + AT_ONCE]]
        store.commit(lambda puts=people_put: puts)
    store.checkpoint()
    store.close()
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


def calls(program: str, folder: Path, number: int, sites: int) -> dict[str, tuple[str, ...]]:
    """Return the calls of a round by their names. Each round ticks another site."""
    on = (program, "--data", str(folder))
    site, slot = number % sites + 1, ("patrol-3", "disinfection-pm", "patrol-2")[number // sites]
    return {
        "--help": (program, "--help"),
        "log": (*on, "log", "接电话"),
        "check": (*on, "check", f"site-{site}", slot, "--reason", "补录"),
        "board --json": (*on, "board", "--json"),
        "verify": (*on, "verify"),
    }


def main(before: str, runs: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        env = {**os.environ, "PYTHONPYCACHEPREFIX": f"{made}/compiled"}  # as installed: compiled, which a pip does
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        for people, sites in SIZES:
            desk, of = desk_of(Path(made) / f"desk-{people}", people, sites), programs(DUTYBOARD, before)
            folders = {when: shutil.copytree(desk, Path(made) / f"{when}-{people}") for when in of}
            floor: list[float] = []
            taken: dict[str, dict[str, list[float]]] = {}
            for number in range(runs + 1):
                used = spent(FLOOR, env)
                if number:  # the first round warms the caches
                    floor.append(used)
                for when, program in of.items():
                    for name, argv in calls(program, folders[when], number, sites).items():
                        used = spent(argv, env)
                        if number:
                            taken.setdefault(name, {}).setdefault(when, []).append(used)
            for name, each in taken.items():
                now, old = ratios(each, floor)
                assert now is not None
                told = f"{statistics.median(each[TODAY]) * 1e3:.0f} ms, floor {statistics.median(floor) * 1e3:.0f} ms"
                title = f"`{name}` against `import click, orjson`, {people:,} people"
                print(Figure(title, now, "x", AIMS.get(name, 0), runs, told, old), flush=True)


if __name__ == "__main__":
    asked = options(runs=RUNS)
    main(asked.before, 2 if asked.quick else asked.runs)
