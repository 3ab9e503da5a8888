"""A commit on PostgreSQL against a bare INSERT and COMMIT, and against files: python -m tests.bench.engine_commit.

One durable server on this machine, by its socket; turn about, commit by commit, so that the ratios hold whatever the
disk does meanwhile. Times in µs of wall clock.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dutyboard.store import Put, Store, open_store
from tests.bench.figure import Figure, options
from tests.bench.store_commit import entry
from tests.engine.cluster import Cluster, address, missing
from tests.engine.mirrors import desk_address, mirror


def bare(cluster: Cluster) -> Callable[[int], object]:
    """Return an act that inserts a line of the same length, as a driver's user would."""
    cluster.execute("CREATE TABLE bare (n bigint PRIMARY KEY, line bytea NOT NULL)")
    connection = cluster.connect()
    connection.autocommit = False
    line = b"x" * 420

    def act(number: int) -> None:
        connection.execute("INSERT INTO bare (n, line) VALUES (%s, %s)", (number, line))
        connection.commit()

    return act


def saving(store: Store) -> Callable[[int], object]:
    return lambda k: store.commit(lambda: [Put("entries", store.next_id("entries"), entry(k))])


def main(rounds: int) -> None:
    if lacking := missing():
        raise SystemExit(f"no {', no '.join(lacking)}")
    scratch = tempfile.TemporaryDirectory(prefix="dutyboard-bench-", dir=os.environ.get("BENCH_DIR"))
    with scratch as place, Cluster(durable=True) as cluster:
        desk_address(cluster, "desk")
        where = address([cluster.socket], schema="desk")
        acts = {
            "bare": bare(cluster),
            "engine": saving(open_store(mirror(Path(place) / "one", where), writer="bench@1")),
            "files": saving(open_store(Path(place) / "files", writer="bench@1")),
        }
        took: dict[str, list[float]] = {name: [] for name in acts}
        for number in range(rounds * 20):
            for name, act in acts.items():
                begin = time.perf_counter()
                act(number)
                took[name].append((time.perf_counter() - begin) * 1e6)
        p50 = {name: statistics.median(times) for name, times in took.items()}
        for name, aim in (("bare", 1.3), ("files", 0.0)):
            of = {"bare": "a bare INSERT and COMMIT", "files": "a commit in files"}[name]
            beside = f"{p50['engine']:.0f} µs, {p50[name]:.0f} µs"
            runs = len(took[name])
            print(Figure(f"commit on PostgreSQL against {of}", p50["engine"] / p50[name], "x", aim, runs, beside))


if __name__ == "__main__":
    asked = options(rounds=20)
    main(2 if asked.quick else asked.rounds)
