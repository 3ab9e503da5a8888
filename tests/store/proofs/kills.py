"""kill -9 of writers and checkpointers, and restarts, for a while: nothing acknowledged is lost or there twice.

At the end the survivors fall silent, catch up, and say what they see: all the same, to the byte.
"""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from dutyboard.store import Large, Put, Store, StoreError, checkpoint, open_store

from ..archived import archived_of
from .plain import opens_in_tinydb

SHEETS = 7
"""Every so manieth act of a writer is a sheet: an act of so many lines."""
LINES = 4
SHEET = "#"
TEXT = "接电话" * 20


@dataclass(frozen=True)
class Stage:
    """Where the processes meet: the desk, and two files that say when to stop writing and when to say what is seen."""

    folder: Path
    pause: float  # seconds between two commits of a writer, on average

    @property
    def closing(self) -> Path:
        return self.folder.with_name("closing")

    @property
    def silent(self) -> Path:
        return self.folder.with_name("silent")


def writer(stage: Stage, acks: int, _: int) -> None:
    """Commit as fast as it goes or at the pace; acknowledge each key through the pipe, after the commit."""
    store = open_store(stage.folder, writer=f"w@{os.getpid()}", lock_seconds=30, line_bytes=500)
    number = 0
    while not stage.closing.exists():
        key = f"{os.getpid()}-{time.time_ns()}-{number}"
        keys = [key] if number % SHEETS else [f"{key}{SHEET}{k}" for k in range(LINES)]
        store.commit(
            lambda keys=keys: Large(Put("entries", store.next_id("entries"), {"key": k, "text": TEXT}) for k in keys)
        )
        os.write(acks, "".join(f"{each}\n" for each in keys).encode())
        number += 1
        if stage.pause:
            time.sleep(stage.pause * random.random() * 2)
    tell(stage, store, acks)


def keeper(stage: Stage, acks: int, number: int) -> None:
    """Checkpoint, rotate, archive old entries, all the while."""
    checkpoint.SEGMENT_BYTES = 60_000
    store = open_store(stage.folder, writer=f"k@{os.getpid()}", lock_seconds=30)

    def old() -> dict[str, list[int]]:
        return {"entries": [int(i) for i in list(store.docs["entries"])[:200]]}

    while not stage.closing.exists():
        with suppress(StoreError):
            store.refresh()
            if random.random() < 0.3 and len(store.docs["entries"]) > 300:
                store.archive(f"old{number}", old)
            else:
                store.checkpoint()
        time.sleep(0.01 + stage.pause / 4)
    tell(stage, store, acks)


def tell(stage: Stage, store: Store, acks: int) -> None:
    """When all are silent: what this process sees, having followed the others all along."""
    os.write(acks, b"silent\n")
    while not stage.silent.exists():
        time.sleep(0.02)
    store.refresh()
    os.write(acks, f"sees {seen(store)}\n".encode())
    store.close()


def seen(store: Store) -> str:
    """A fingerprint of number, head and every document of the view, in order."""
    digest = sha256(f"{store.seq} {store.head}".encode())
    for name, table in store.docs.items():
        for doc_id in table:
            digest.update(f"\n{name}/{doc_id}".encode() + table.raw(doc_id))
    return digest.hexdigest()


def run(scratch: Path, seconds: float, writers: int = 4, keepers: int = 2, pause: float = 0.0) -> str:
    stage = Stage(scratch / "desk", pause)
    open_store(stage.folder, writer="first@1").close()
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    roles: list[Callable[[Stage, int, int], None]] = [writer] * writers + [keeper] * keepers
    fork = multiprocessing.get_context("fork")

    def start(number: int) -> multiprocessing.process.BaseProcess:
        process = fork.Process(target=roles[number], args=(stage, writing, number), daemon=True)
        process.start()
        return process

    processes = [start(number) for number in range(len(roles))]
    told, kills = bytearray(), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(random.random() * (0.08 if not pause else 0.5))
        victim = random.randrange(len(processes))
        os.kill(processes[victim].pid, signal.SIGKILL)
        processes[victim].join()
        kills += 1
        processes[victim] = start(victim)
        drain(reading, told)
    stage.closing.touch()
    await_lines(reading, told, b"silent\n", len(processes))
    stage.silent.touch()
    await_lines(reading, told, b"sees ", len(processes))
    for process in processes:
        process.join()
    os.close(reading)
    os.close(writing)
    lines = told.decode().splitlines()
    views = {line for line in lines if line.startswith("sees ")}
    keys = [line for line in lines if line != "silent" and not line.startswith("sees ")]
    assert len(views) == 1, f"{len(views)} different views among {len(processes)} processes"
    assert len(keys) == len(set(keys)) and keys, "the writers wrote nothing"
    check(stage.folder, set(keys), views.pop())
    return (
        f"{kills} kill -9 among {writers} writers and {keepers} keepers in {seconds:g} s: {len(keys)} acknowledged, "
        f"0 lost, 0 twice; {len(processes)} views equal, chain whole"
    )


def check(folder: Path, acked: set[str], view: str) -> None:
    opens_in_tinydb(folder)
    store = open_store(folder, writer="check@1")
    assert f"sees {seen(store)}" == view, "who followed all along sees something else than who opens now"
    found = [str(doc["key"]) for doc in store.docs["entries"].values()]
    found += [str(doc["key"]) for _, doc in archived_of(store, "entries")]
    assert len(found) == len(set(found)), f"{len(found) - len(set(found))} entries are there twice"
    assert acked <= set(found), f"{len(acked - set(found))} acknowledged entries are lost"
    sheets = Counter(key.partition(SHEET)[0] for key in found if SHEET in key)
    assert set(sheets.values()) == {LINES}, "of some sheets only a part is there"
    report = store.verify()
    assert report.ok, report.problems
    store.close()


def drain(reading: int, into: bytearray) -> None:
    with suppress(BlockingIOError):
        while block := os.read(reading, 1 << 16):
            into += block


def await_lines(reading: int, into: bytearray, what: bytes, count: int, patience: float = 120.0) -> None:
    """Drain the pipe until so many processes have said so."""
    end = time.monotonic() + patience
    while into.count(what) < count:
        assert time.monotonic() < end, f"only {into.count(what)} of {count} processes came to an end"
        time.sleep(0.02)
        drain(reading, into)
