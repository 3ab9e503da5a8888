"""A desk with three years behind it against a young one: python -m tests.bench.store_scale [entries].

Both are the busy sample with 10,000 entries in the live folder; behind one lie 1,000,000 entries and 100,000 people in
36 monthly archives. Opening, one commit, the board, and the private memory of one process, through the desk's own door
and as ratios; then what only the old one has: search of history, the trail of one record, verify.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.model import Entry, Person
from dutyboard.rules.records.told.post import Noted
from dutyboard.store import Put, Store, open_store
from dutyboard.tui.link.care import verify
from dutyboard.tui.link.clock import real_clock
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.link.records import document
from dutyboard.tui.sample import busy_desk

MONTHS = 36
LIVE = 10_000
BATCH = 2000

PROBE = """
import sys, time
from pathlib import Path
from dutyboard.rules.board import board
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity

def private():
    return sum(int(line.split()[1]) for line in open("/proc/self/smaps_rollup") if line.startswith("Private")) / 1024

def median(act, times=200):
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1e3)
    return sorted(took)[times // 2], sorted(took)[int(times * 0.99)]

before, began = private(), time.perf_counter()
gateway = Gateway.open(Path(sys.argv[1]), own_identity(), pace=None)
opened = (time.perf_counter() - began) * 1e3
memory = private() - before
commit, slow = median(lambda: gateway.submit(WriteLog(text="接东城区疾控中心电话")))
shown, _ = median(lambda: board(gateway.snapshot, gateway.now()), 20)
print(opened, commit, slow, shown, memory)
"""


def entry(number: int, at: datetime) -> Put:
    told = Entry(
        id=number,
        told=Noted(),
        happened_at=at,
        entered_at=at,
        entered_by=1,
        login="wangfang",
        done_by="王芳",
        subject=f"person-{number % 1000}",
        text="接东城区疾控中心电话,报告密切接触者1名,已通知社区落实居家隔离措施,待核酸复核。",
    )
    return Put("entries", number, document(told))


def person(number: int, at: datetime) -> Put:
    known = Person(id=number, name=f"张{number}", registered_at=at, stage="closed", closed_at=at + timedelta(days=20))
    return Put("persons", number, document(known))


def put(store: Store, table: str, count: int, at: datetime) -> list[int]:
    """So many more records of a table; their ids."""
    make, ids = (entry if table == "entries" else person), []
    while len(ids) < count:
        first = store.next_id(table)
        batch = range(first, first + min(BATCH, count - len(ids)))
        store.commit(lambda batch=batch: [make(number, at) for number in batch])
        ids += batch
    return ids


def make_desk(folder: Path, archived: int) -> None:
    now = real_clock()
    gateway = Gateway.open(folder, own_identity(), create=True)
    command = OpenDesk(desk="疫情防控", admin_name="", notice="lianyuan-2021-07")
    gateway.seed(busy_desk(command, now, gateway.identity.login, known_notices()))
    gateway.close()
    store = open_store(folder, writer="bench@1")
    for month in range(MONTHS if archived else 0):
        at = now - timedelta(days=30 * (MONTHS + 2 - month))
        ids = {
            "entries": put(store, "entries", archived // MONTHS, at),
            "persons": put(store, "persons", archived // MONTHS // 10, at),
        }
        store.archive(f"{at:%Y-%m}", lambda ids=ids: ids)
        store.checkpoint()
    put(store, "entries", LIVE - len(store.docs["entries"]), now - timedelta(hours=1))
    store.checkpoint()
    store.close()


def probed(folder: Path) -> list[float]:
    command = [sys.executable, "-c", PROBE, str(folder)]
    for _ in range(2):  # the second run has warm caches
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [float(number) for number in out.split()]


def timed(what: str, act) -> None:
    began = time.perf_counter()
    found = act()
    print(f"  {what:44}{(time.perf_counter() - began) * 1000:9.0f} ms  {found}", flush=True)


def main() -> None:
    archived = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="dutyboard-bench-", dir=os.environ.get("BENCH_DIR")) as place:
        young, old = Path(place) / "young", Path(place) / "old"
        make_desk(young, 0)
        timed(f"making {archived} entries in {MONTHS} archives", lambda: make_desk(old, archived))
        print(f"{'':22}{'open ms':>10}{'commit ms':>11}{'p99':>8}{'board ms':>10}{'MB':>8}")
        small, large = probed(young), probed(old)
        for name, row in ((f"{LIVE} entries", small), (f"+ {archived} archived", large)):
            print(f"{name:22}{row[0]:10.1f}{row[1]:11.3f}{row[2]:8.3f}{row[3]:10.2f}{row[4]:8.1f}")
        print(f"{'ratio':22}" + "".join(f"{b / a:{width}.2f}" for a, b, width in zip(small, large, (10, 11, 8, 10, 8))))
        gateway = Gateway.open(old, own_identity())
        timed("one archived person by number", lambda: gateway.person(777) is not None)
        timed("everybody of a name in history", lambda: sum("张77" in p.name for p in all_people(gateway)))
        timed("all entries about one person", lambda: len(gateway.entries_about("person-777")))
        timed("who changed one record, from the journal", lambda: len(gateway.trail("persons", 777)))
        timed("figures that count everybody", lambda: len(gateway.with_archived("persons").persons))
        gateway.close()
        timed("verify every byte", lambda: {k: v for k, v in verify(old).items() if k in ("ok", "lines", "segments")})


def all_people(gateway: Gateway) -> list[Person]:
    return list(gateway.with_archived("persons").persons.values())


if __name__ == "__main__":
    main()
