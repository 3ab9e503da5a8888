"""Thirty and 300 writers on one desk on PostgreSQL: python -m tests.bench.engine_writers [seconds].

Each writer is a process, as a session is, on one of two mirrors. Beside it the floor in the same minute: as many
processes that claim a number, insert a row under it and commit, over a bare driver. One durable server on this machine,
by its socket. All write as fast as they can for so many seconds; the last act of each is waited for. Times in seconds.
"""

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

from dutyboard.store import Locked, Put, Unsure, open_store
from dutyboard.store.engine.postgres import PostgresEngine
from dutyboard.store.errors import Overtaken
from tests.bench.figure import HEAD, Figure, options
from tests.bench.store_commit import entry
from tests.engine.cluster import Cluster, address, missing
from tests.engine.mirrors import desk_address, mirror

LINE: Final = b"x" * 420
LOCK_SECONDS: Final = 5.0
"""Seconds that an officer waits for his turn, as the program comes."""
TABLES: Final = (
    "CREATE TABLE bare_turns (chain text, n bigint, PRIMARY KEY (chain, n))",
    "CREATE TABLE bare_lines (chain text, n bigint, line bytea NOT NULL, PRIMARY KEY (chain, n))",
)
CLAIM: Final = "INSERT INTO bare_turns (chain, n) VALUES ('desk', %s) ON CONFLICT DO NOTHING"
APPEND: Final = "INSERT INTO bare_lines (chain, n, line) VALUES ('desk', %s, %s)"
NEWEST: Final = "SELECT coalesce(max(n), 0) FROM bare_lines WHERE chain = 'desk'"


@dataclass
class Told:
    """What one writer met: the seconds of each act, when he was done, turns lost, acts refused, and acts unsure."""

    took: list[float]
    ended: float = 0.0
    lost: int = 0
    refused: int = 0
    unsure: int = 0


def floor(where: str, told: Told) -> Callable[[], object]:
    """Return an act over a bare driver."""
    connection = psycopg.connect(where, autocommit=True, prepare_threshold=2)

    def newest() -> int:
        found = connection.execute(NEWEST).fetchone()
        assert found is not None
        return int(found[0])

    def act() -> None:
        n = newest() + 1
        while True:
            with connection.pipeline():
                connection.execute("BEGIN")
                claimed = connection.execute(CLAIM, (n,))
            if claimed.rowcount:
                break
            connection.execute("ROLLBACK")
            told.lost += 1
            n = newest() + 1
        with connection.pipeline():
            connection.execute(APPEND, (n, LINE))
            connection.execute("COMMIT")

    return act


def desk(folder: Path, told: Told) -> Callable[[], object]:
    """Return an act of a session."""
    store = open_store(folder, writer=f"w@{os.getpid()}", lock_seconds=LOCK_SECONDS)
    claim = PostgresEngine.claim

    def counted(engine: PostgresEngine, n: int, writer: str, seconds: float) -> None:
        try:
            claim(engine, n, writer, seconds)
        except Overtaken:
            told.lost += 1
            raise

    PostgresEngine.claim = counted  # type: ignore[method-assign]

    def act() -> None:
        name = f"{os.getpid()}-{len(told.took)}"
        while True:
            try:
                store.commit(lambda: [Put("entries", store.next_id("entries"), entry(7))], rid=name)
                return
            except Locked:
                told.refused += 1
            except Unsure:
                told.unsure += 1

    return act


def writer(opened: Callable[[Told], Callable[[], object]], seconds: float, ready: Any, results: Any) -> None:
    told = Told([])
    act = opened(told)
    ready.wait(300)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        act()
        told.took.append(time.monotonic() - began)
    told.ended = time.monotonic()
    results.put(told)


def measured(
    opened: Sequence[Callable[[Told], Callable[[], object]]], count: int, seconds: float
) -> tuple[list[Told], float]:
    """Return what each of so many writers met, in turn of these kinds, and the acts a second until the last ended."""
    context = multiprocessing.get_context("fork")
    ready, results = context.Barrier(count + 1), context.Queue()
    processes = [
        context.Process(target=writer, args=(opened[number % len(opened)], seconds, ready, results), daemon=True)
        for number in range(count)
    ]
    for process in processes:
        process.start()
    ready.wait(300)
    began = time.monotonic()
    found = [results.get(timeout=600) for _ in processes]
    for process in processes:
        process.join()
    return found, sum(len(each.took) for each in found) / (max(each.ended for each in found) - began)


def main(seconds: float, crowds: Sequence[int]) -> None:
    if lacking := missing():
        raise SystemExit(f"no {', no '.join(lacking)}")
    print(HEAD)
    for count in crowds:
        with tempfile.TemporaryDirectory(prefix="dutyboard-bench-") as place, Cluster(durable=True) as cluster:
            desk_address(cluster, "desk")
            where = address([cluster.socket], schema="desk")
            folders = [mirror(Path(place) / name, where) for name in ("one", "two")]
            open_store(folders[0], writer="first@1").close()
            for table in TABLES:
                cluster.execute(table)
            bare = address([cluster.socket], user="postgres")
            below, least = measured([lambda told, bare=bare: floor(bare, told)], count, seconds)
            desks = [lambda told, folder=folder: desk(folder, told) for folder in folders]
            found, rate = measured(desks, count, seconds)
            lines = cluster.execute("SELECT count(*) FROM desk.lines WHERE line LIKE %s::bytea", b"%entries%")[0][0]
        acts = sum(len(each.took) for each in found)
        assert lines == acts, f"{lines} lines of {acts} acts"
        show(count, found, rate, below, least)


def show(count: int, found: Sequence[Told], rate: float, below: Sequence[Told], least: float) -> None:
    took, waits = (sorted(wait for each in all_ for wait in each.took) for all_ in (found, below))
    shares = [[len(each.took) for each in all_] for all_ in (found, below)]
    for name, value, unit, told in (
        ("acts a second", rate, "/s", f"floor {least:.0f} /s"),
        ("the floor's acts for each of ours", least / rate, "x", ""),
        ("turns lost, of a hundred acts", 100 * sum(each.lost for each in found) / len(took), "", _lost(below)),
        ("refused", sum(each.refused for each in found), "", f"{sum(each.unsure for each in found)} unsure"),
        ("median wait", took[len(took) // 2], "s", f"floor {waits[len(waits) // 2]:.2f} s"),
        ("longest wait", took[-1], "s", f"floor {waits[-1]:.2f} s"),
        (
            "fewest acts of a writer",
            min(shares[0]),
            "",
            f"most {max(shares[0])}; floor {min(shares[1])} to {max(shares[1])}",
        ),
    ):
        print(Figure(f"{count} writers: {name}", value, unit, 0, len(took), told), flush=True)


def _lost(below: Sequence[Told]) -> str:
    return f"floor {100 * sum(each.lost for each in below) / sum(len(each.took) for each in below):.0f}"


if __name__ == "__main__":
    asked = options(seconds=20.0)
    main(2.0 if asked.quick else asked.seconds, (30,) if asked.quick else (30, 300))
