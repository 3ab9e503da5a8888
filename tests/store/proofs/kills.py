"""kill -9 of writers and checkpointers, and restarts, for a while: nothing acknowledged is lost or there twice."""

import multiprocessing
import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path

from store import Put, StoreError, checkpoint, open_store


def writer(folder: Path, acks: int, pause: float) -> None:
    """Commit as fast as it goes (or every `pause` seconds); acknowledge each key through the pipe, after the commit."""
    store = open_store(folder, writer=f"w@{os.getpid()}", lock_seconds=30)
    number = 0
    while True:
        key = f"{os.getpid()}-{time.time_ns()}-{number}"
        store.commit(lambda key=key: [Put("entries", store.next_id("entries"), {"key": key, "text": "接电话" * 20})])
        os.write(acks, (key + "\n").encode())
        number += 1
        if pause:
            time.sleep(pause * random.random() * 2)


def keeper(folder: Path, _acks: int, pause: float) -> None:
    """Checkpoint, rotate, archive old entries, all the while."""
    checkpoint.SEGMENT_BYTES = 60_000
    store = open_store(folder, writer=f"k@{os.getpid()}", lock_seconds=30)
    while True:
        with suppress(StoreError):
            store.refresh()
            if random.random() < 0.3 and len(store.docs["entries"]) > 300:
                store.archive("old", lambda: {"entries": [int(i) for i in list(store.docs["entries"])[:200]]})
            else:
                store.checkpoint()
        time.sleep(0.01 + pause / 4)


def run(scratch: Path, seconds: float = 6.0, writers: int = 4, keepers: int = 2, pause: float = 0.0) -> str:
    folder = scratch / "desk"
    open_store(folder, writer="first@1").close()
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    roles = [writer] * writers + [keeper] * keepers
    fork = multiprocessing.get_context("fork")

    def start(role):
        process = fork.Process(target=role, args=(folder, writing, pause), daemon=True)
        process.start()
        return process

    processes = [start(role) for role in roles]
    acked, kills = bytearray(), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(random.random() * (0.08 if not pause else 0.5))
        victim = random.randrange(len(processes))
        os.kill(processes[victim].pid, signal.SIGKILL)
        processes[victim].join()
        kills += 1
        processes[victim] = start(roles[victim])
        drain(reading, acked)
    for process in processes:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    drain(reading, acked)
    os.close(reading)
    os.close(writing)
    keys = acked.decode().split()
    check(folder, set(keys))
    assert len(keys) == len(set(keys)) and keys, "the writers wrote nothing"
    return f"{kills} kill -9 among {writers} writers and {keepers} keepers in {seconds:g} s: {len(keys)} acknowledged"


def check(folder: Path, acked: set[str]) -> None:
    store = open_store(folder, writer="check@1")
    found = [str(doc["key"]) for doc in store.docs["entries"].values()]
    found += [str(doc["key"]) for _, doc in store.history("entries")]
    assert len(found) == len(set(found)), f"{len(found) - len(set(found))} entries are there twice"
    assert acked <= set(found), f"{len(acked - set(found))} acknowledged entries are lost"
    report = store.verify()
    assert report.ok, report.problems
    again = open_store(folder, writer="check@2")
    assert {i: dict(d) for i, d in again.docs["entries"].items()} == {
        i: dict(d) for i, d in store.docs["entries"].items()
    }
    again.close()
    store.close()


def drain(reading: int, into: bytearray) -> None:
    with suppress(BlockingIOError):
        while block := os.read(reading, 1 << 16):
            into += block
