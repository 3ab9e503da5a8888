"""A desk with three years behind it against a small one: python -m tests.bench.store_scale [entries].

1,000,000 entries and 100,000 people in monthly archives with 10,000 entries in the view, against 10,000 entries alone:
opening, commit, history, verify, memory of one process; and 100,000 people left in the view.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from store import Put, open_store
from tests.bench.store_commit import entry

PROBE = """
import sys, time
from pathlib import Path
import orjson, tinydb
from store import Put, open_store
from tests.bench.store_commit import entry
def private():
    return sum(int(l.split()[1]) for l in open("/proc/self/smaps_rollup") if l.startswith("Private")) / 1024
before = private()
began = time.perf_counter()
store = open_store(Path(sys.argv[1]), writer="w@1")
opened = time.perf_counter() - began
memory = private() - before
took = []
for k in range(300):
    began = time.perf_counter()
    store.commit(lambda: [Put("entries", store.next_id("entries"), entry(k))])
    took.append(time.perf_counter() - began)
began = time.perf_counter()
sum(1 for table in store.docs for _ in store.docs[table].values())
scan = time.perf_counter() - began
print(opened * 1e3, sorted(took)[150] * 1e6, sorted(took)[297] * 1e6, memory, scan * 1e3)
"""


def person(k: int) -> dict[str, object]:
    return {"name": f"张{k}", "stage": "closed", "facts": entry(k), "plan": ["2021-06-08", "2021-06-14"] * 3}


def make(folder: Path, live: int, archived: int, people: int, cold: int = 0) -> None:
    """`archived` entries and `people` in 36 archives, `live` entries and `cold` people in the view."""
    store = open_store(folder, writer="make@1")
    months = 36 if archived else 0
    for month in range(months):
        ids: dict[str, list[int]] = {"entries": [], "persons": []}
        for table, total, form in (("entries", archived, entry), ("persons", people, person)):
            left = total // months
            while left > 0:
                first = store.next_id(table)
                chosen = list(range(first, first + min(left, 2000)))
                store.commit(lambda chosen=chosen, table=table, form=form: [Put(table, k, form(k)) for k in chosen])
                ids[table] += chosen
                left -= len(chosen)
        store.archive(f"{2021 + month // 12}-{month % 12 + 1:02}", lambda ids=ids: ids)
        store.checkpoint()
    for table, total, form in (("entries", live, entry), ("persons", cold, person)):
        for _ in range(0, total, 1000):
            first = store.next_id(table)
            store.commit(
                lambda first=first, table=table, form=form: [Put(table, first + k, form(k)) for k in range(1000)]
            )
    store.checkpoint()
    store.close()


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as place:
        desks = {
            "10k entries": (10_000, 0, 0, 0),
            f"+ {total} archived": (10_000, total, total // 10, 0),
            "10k + 100k cold people": (10_000, 0, 0, 100_000),
        }
        print(f"{'':26}{'open ms':>9}{'commit p50 µs':>15}{'p99':>7}{'MB':>7}{'read all ms':>13}")
        for name, sizes in desks.items():
            folder = Path(place) / name.replace(" ", "-")
            make(folder, *sizes)
            for _ in range(2):  # the second run has warm caches
                out = subprocess.run(
                    [sys.executable, "-c", PROBE, str(folder)], capture_output=True, text=True, check=True
                ).stdout.split()
            opened, p50, p99, memory, scan = map(float, out)
            print(f"{name:26}{opened:9.1f}{p50:15.0f}{p99:7.0f}{memory:7.1f}{scan:13.1f}", flush=True)
        store = open_store(Path(place) / f"+-{total}-archived", writer="w@1")
        for what, act in (
            ("search history of all people", lambda: sum(1 for _ in store.history("persons", '"张77"'))),
            ("read one month of entries", lambda: next(iter(store.history("entries")))),
            ("trail of one record", lambda: len(list(store.trail("persons", 77)))),
            ("verify everything", lambda: store.verify().ok),
        ):
            began = time.perf_counter()
            found = act()
            print(f"{what:34}{(time.perf_counter() - began) * 1000:9.0f} ms  ({found!r:.40})", flush=True)
        store.close()


if __name__ == "__main__":
    main()
