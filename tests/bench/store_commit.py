"""One commit against the floor of the disk, SQLite and stock TinyDB: python -m tests.bench.store_commit [rounds].

Turn about, commit by commit, so that the ratios hold whatever the disk does meanwhile. Times in µs of wall clock.
"""

import json
import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import tinydb

from dutyboard.store import Put, Store, open_store
from tests.bench.figure import Figure, options

SIZES = (100, 10_000, 100_000)
ABOVE_FLOOR = 60.0
"""Microseconds that a commit may take above the floor, where the disk makes that more than 1.3 of it."""


def entry(k: int) -> dict[str, object]:
    return {
        "happened_at": "2021-06-07T19:40:00+08:00",
        "done_by": k % 30,
        "kind": "patrol",
        "slot": "patrol-3",
        "subject": f"site-{k % 6}",
        "text": "接东城区疾控中心电话,报告密切接触者1名,已通知社区落实居家隔离措施,待核酸复核。",
    }


def filled(folder: Path, size: int) -> Store:
    """A desk with so many entries in its checkpoint."""
    store = open_store(folder, writer="bench@1")
    for start in range(1, size + 1, 5000):
        ids = range(start, min(start + 5000, size + 1))
        store.commit(lambda ids=ids: [Put("entries", k, entry(k)) for k in ids])
    store.checkpoint()
    store.close()
    return open_store(folder, writer="wangfang@4711")


def contestants(place: Path) -> dict[str, Callable[[int], object]]:
    raw = os.open(place / "raw", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    line = json.dumps(entry(7), ensure_ascii=False).encode() + b"\n"
    sqlite = sqlite3.connect(place / "sqlite.db", isolation_level=None)
    sqlite.execute("pragma journal_mode=wal")
    sqlite.execute("pragma synchronous=full")
    sqlite.execute("create table entries(id integer primary key, doc text)")
    found: dict[str, Callable[[int], object]] = {
        "append + fdatasync": lambda _: (os.write(raw, line), os.fdatasync(raw)),
        "sqlite wal full": lambda k: sqlite.execute(
            "insert into entries(doc) values(?)", (json.dumps(entry(k), ensure_ascii=False),)
        ),
    }
    for size in SIZES:
        store = filled(place / f"desk{size}", size)
        found[f"dutyboard @{size}"] = lambda k, store=store: store.commit(
            lambda: [Put("entries", store.next_id("entries"), entry(k))]
        )
    for size in SIZES:
        path = place / f"tinydb{size}.json"
        path.write_text(json.dumps({"_default": {str(k): entry(k) for k in range(1, size + 1)}}, ensure_ascii=False))
        stock = tinydb.TinyDB(path, encoding="utf-8", ensure_ascii=False)
        found[f"tinydb @{size}"] = lambda k, stock=stock: stock.insert(entry(k))
    return found


def told(took: dict[str, list[float]]) -> Iterator[Figure]:
    """Yield the figures: a commit at each size against the floor and SQLite, and its time above the floor."""
    p50 = {name: statistics.median(times) for name, times in took.items()}
    floor, sqlite = p50["append + fdatasync"], p50["sqlite wal full"]
    for size in SIZES:
        ours, runs = p50[f"dutyboard @{size}"], len(took[f"dutyboard @{size}"])
        aim = max(1.3, 1 + ABOVE_FLOOR / floor)  # one or the other: a fast disk leaves little beside it
        beside = f"{ours:.0f} µs, floor {floor:.0f} µs, {ours - floor:.0f} above"
        yield Figure(f"commit against append + fdatasync, {size:,} records", ours / floor, "x", aim, runs, beside)
        yield Figure(f"commit against SQLite FULL, {size:,} records", ours / sqlite, "x", 0.6, runs, f"{sqlite:.0f} µs")


def main(rounds: int) -> None:
    place = Path(tempfile.mkdtemp(prefix="dutyboard-bench-", dir=os.environ.get("BENCH_DIR")))
    try:
        took: dict[str, list[float]] = {}
        todo = contestants(place)
        for number in range(rounds * 20):
            for name, act in todo.items():
                slow = name.startswith("tinydb") and not name.endswith("@100")
                if slow and number % 200:  # stock TinyDB takes up to a second each
                    continue
                started = time.perf_counter()
                act(number)
                took.setdefault(name, []).append((time.perf_counter() - started) * 1e6)
        floor = sorted(took["append + fdatasync"])[len(took["append + fdatasync"]) // 2]
        print(f"{'':22}{'n':>6}{'p50 µs':>10}{'p99 µs':>11}{'x floor':>10}")
        for name, times in took.items():
            times.sort()
            p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
            print(f"{name:22}{len(times):6}{p50:10.0f}{p99:11.0f}{p50 / floor:10.2f}")
        for figure in told(took):
            print(figure)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    asked = options(rounds=40)
    main(2 if asked.quick else asked.rounds)
