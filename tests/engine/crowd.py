"""Many writers on the mirrors of a desk: what each waited, and how often a turn was another's first."""

import multiprocessing
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from typing import Any

from dutyboard.store import Locked, Put, Unsure, open_store
from dutyboard.store.engine.postgres import PostgresEngine
from dutyboard.store.errors import Overtaken


@dataclass(frozen=True)
class Writer:
    """One writer: the seconds of each of his acts, the turns that others had first, and acts that were refused."""

    took: tuple[float, ...]
    overtaken: int
    locked: int


@dataclass(frozen=True)
class Crowd:
    """All writers together, who worked for so many seconds."""

    writers: tuple[Writer, ...]
    seconds: float

    @property
    def acts(self) -> int:
        return sum(len(each.took) for each in self.writers)

    @property
    def longest(self) -> float:
        return max(max(each.took) for each in self.writers)

    def __str__(self) -> str:
        overtaken, locked = (sum(getattr(each, name) for each in self.writers) for name in ("overtaken", "locked"))
        return (
            f"{len(self.writers)} writers: {self.acts} acts, {self.acts / self.seconds:.0f} a second, "
            f"{overtaken} turns lost to another, {locked} refused, the longest wait {self.longest:.2f} s"
        )


def crowd(folders: Sequence[Path], writers: int, acts: int, lock_seconds: float) -> Crowd:
    """Let so many processes save so many acts each, as fast as it goes, in turn on the mirrors."""
    context = multiprocessing.get_context("fork")
    results: Any = context.Queue()
    ready = context.Barrier(writers + 1)
    arguments = (
        (folders[number % len(folders)], number, acts, lock_seconds, ready, results) for number in range(writers)
    )
    processes = [context.Process(target=_write, args=each, daemon=True) for each in arguments]
    for process in processes:
        process.start()
    ready.wait(120)
    begin = time.monotonic()
    found = tuple(_result(results, processes) for _ in processes)
    seconds = time.monotonic() - begin
    for process in processes:
        process.join()
    return Crowd(found, seconds)


def _result(results: Any, processes: Sequence[Any]) -> Writer:
    """Return the next result. A process that ended without one is not waited for."""
    while True:
        try:
            return results.get(timeout=1)
        except Empty:
            assert all(each.exitcode in (None, 0) for each in processes), "a writer fell"


def _write(folder: Path, number: int, acts: int, lock_seconds: float, ready: Any, results: Any) -> None:
    store = open_store(folder, writer=f"w{number}@{os.getpid()}", lock_seconds=lock_seconds)
    overtaken, locked, took = 0, 0, list[float]()
    claim = PostgresEngine.claim

    def counted(engine: PostgresEngine, n: int, writer: str, seconds: float) -> None:
        nonlocal overtaken
        try:
            claim(engine, n, writer, seconds)
        except Overtaken:
            overtaken += 1
            raise

    PostgresEngine.claim = counted  # type: ignore[method-assign]
    ready.wait(120)
    for act in range(acts):
        begin, text = time.monotonic(), f"{number}-{act}"
        while True:
            try:
                store.commit(lambda text=text: [Put("entries", store.next_id("entries"), {"text": text})], rid=text)
                break
            except Locked:
                locked += 1
            except Unsure:  # a busy machine: asked again under its name, it stands once
                continue
        took.append(time.monotonic() - begin)
    results.put(Writer(tuple(took), overtaken, locked))
    store.close()
