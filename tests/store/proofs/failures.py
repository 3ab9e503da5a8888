"""The N-th call to the disk fails, for every N: nothing acknowledged is lost, nothing refused is kept.

After SQLite's I/O error tests. Three ways to fail: once, from then on, and with part of a write on the disk.
"""

import contextlib
import shutil
from pathlib import Path

from dutyboard.store import Large, Put, ReadOnly, Store, StoreError, open_store

from ..archived import archived_of
from .faults import Faults, each_failure

SHEET = tuple(f"sheet {k} {'文' * 30}" for k in range(3))
"""The keys of an act of three lines, which are there together or not at all."""


class Run:
    """A morning at the desk, going on after every refusal; knows what was acknowledged and what refused."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.acked: set[str] = set()
        self.refused: set[str] = set()
        self.store: Store | None = None

    def work(self) -> None:
        self._open()
        for k in range(3):
            self._commit(f"a{k}")
        self._try(lambda store: store.checkpoint())
        self._commit(*SHEET)
        self._commit("b")
        self._try(lambda store: store.archive("2021-06", lambda: {"persons": [1, 2]}))
        self._commit("c")
        self._try(lambda store: store.backup(self.folder.with_name("copy")))
        self._try(lambda store: store.checkpoint())
        if self.store:
            self.store.close()
        self.store = None
        self._open()
        self._commit("d")
        if self.store:
            self.store.close()

    def _open(self) -> None:
        try:
            self.store = open_store(self.folder, writer="w@1", lock_seconds=0.2, line_bytes=300)
        except (StoreError, OSError):
            self.store = None

    def _commit(self, *keys: str) -> None:
        """Write one act; of several keys one with a line for each."""
        store = self.store
        if store is None:
            self.refused.update(keys)
            return
        try:
            store.commit(lambda: Large(Put("persons", store.next_id("persons"), {"key": key}) for key in keys))
            self.acked.update(keys)
        except StoreError:
            self.refused.update(keys)
            shown = {str(doc["key"]) for doc in store.docs["persons"].values()}
            assert not shown & set(keys), f"{keys} was refused and is shown"

    def _try(self, act) -> None:
        if self.store:
            with contextlib.suppress(StoreError):
                act(self.store)


def keys(store: Store) -> list[str]:
    live = [str(doc["key"]) for doc in store.docs["persons"].values()]
    return live + [str(doc["key"]) for _, doc in archived_of(store, "persons")]


def check(run: Run, faults: Faults) -> None:
    """With a sound disk again: open (healing if a sync had failed), compare, write, verify."""
    store = open_store(run.folder, writer="after@2", lock_seconds=0.2)
    try:
        store.commit(lambda: [Put("persons", store.next_id("persons"), {"key": "after"})])
    except ReadOnly as refused:
        assert refused.reason == "poisoned", refused
        store.heal()
        store.commit(lambda: [Put("persons", store.next_id("persons"), {"key": "after"})])
    found = keys(store)
    assert len(found) == len(set(found)), f"twice: {found}"
    assert run.acked <= set(found), f"lost: {run.acked - set(found)}"
    assert len(set(found) & set(SHEET)) in (0, len(SHEET)), "a part of an act"
    if not faults.lasting:  # a line that could not be taken back either may come to light: it was not acknowledged
        assert not run.refused & set(found), f"kept though refused: {run.refused & set(found)}"
    report = store.verify()
    assert report.ok, report.problems
    store.close()
    other = open_store(run.folder, writer="other@3")
    assert keys(other) == found
    other.close()


def run(scratch: Path, every: int) -> str:
    """Each `every`-th N; a line that says how much ran."""
    return each_failure(lambda: Run(_fresh(scratch)), check, every)


def _fresh(scratch: Path) -> Path:
    for name in ("desk", "copy"):
        shutil.rmtree(scratch / name, ignore_errors=True)
    return scratch / "desk"
