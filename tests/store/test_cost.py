"""What a commit and an opening cost in calls and bytes: the same on a desk of any size. Times are benchmarks."""

import subprocess
import sys
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest

from dutyboard.store import Put
from dutyboard.store.files import disk

from .conftest import put
from .proofs.faults import CALLS, no_syncing

LONG = "接东城区疾控中心电话,报告密切接触者1名,已通知社区落实居家隔离措施,待核酸复核。" * 3
ROOT = Path(__file__).parents[2]
BOUND = 150
"""Bytes that a document costs each process beside its own text: its id, its place in the text, a slot."""


def fill(store, table: str, count: int, text: str = LONG) -> None:
    for start in range(1, count + 1, 1000):
        ids = range(start, min(start + 1000, count + 1))
        store.commit(lambda ids=ids: [Put(table, k, {"name": f"张{k}", "stage": "closed", "text": text}) for k in ids])


@pytest.mark.parametrize("size", [1, 5000])
def test_a_commit_is_one_write_and_one_sync_of_one_line_on_a_desk_of_any_size(desk, opened, monkeypatch, size):
    store = opened()
    with no_syncing():
        fill(store, "persons", size)
        store.checkpoint()
    path = desk / "journal" / "000000000001.jsonl"
    before, made = path.stat().st_size, Counter()
    for name in CALLS:
        real = getattr(disk, name)

        def counted(*args, _name=name, _real=real, **options):
            made[_name] += 1
            return _real(*args, **options)

        monkeypatch.setattr(disk, name, counted)
    store.commit(put(store, "entries", text="接电话"))
    assert made == {"write": 1, "fdatasync": 1}
    assert path.stat().st_size - before < 250


def test_opening_reads_no_archive(opened):
    store = opened()
    with no_syncing():
        fill(store, "persons", 3000)
        store.archive("2021-06", lambda: {"persons": range(1, 2991)})
        store.checkpoint()
    tracemalloc.start()
    try:
        late = opened()
        held, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(late.docs["persons"]) == 10
    assert held < peak < 100_000, "2990 people of 500 bytes are not in memory, not even for a moment"


def test_cold_people_cost_a_process_their_text_and_a_stated_number_of_bytes_each(opened):
    """T17: thirty officers share one server. A tree of dicts would be about 1000 bytes each beside the text."""
    count = 20_000
    store = opened()
    with no_syncing():
        fill(store, "persons", count, "略")
        store.checkpoint()
    text = (store.folder / "db.json").stat().st_size
    tracemalloc.start()
    try:
        late = opened()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(late.docs["persons"]) == count
    assert held < text + count * BOUND


FOLLOWER = """
import sys
from pathlib import Path
from dutyboard.store import open_store

def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

store = open_store(Path(sys.argv[1]), writer="r@1")
before = resident()
print("in", flush=True)
sys.stdin.readline()
count = store.refresh()
print(count, (resident() - before) // count)
"""


def test_a_followed_line_costs_a_process_its_text_and_not_the_buffer_it_was_written_in(desk, opened):
    """In resident memory: what the JSON library keeps, no counting of Python's own objects can see."""
    store, count = opened(), 10_000
    follower = subprocess.Popen(
        [sys.executable, "-c", FOLLOWER, str(desk)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert follower.stdout is not None
    assert follower.stdout.readline() == "in\n"
    with no_syncing():
        for k in range(count):
            store.commit(put(store, "persons", name=f"张{k}", text="略" * 50))
    told, _ = follower.communicate("\n", timeout=120)
    lines, each = map(int, told.split())
    assert lines == count
    assert each < (desk / "journal" / "000000000001.jsonl").stat().st_size / count + BOUND
