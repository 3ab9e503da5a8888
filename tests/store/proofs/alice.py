"""Crash states in the manner of ALICE (OSDI 2014).

The file operations of a scenario are recorded; at every point, every state is built that a weak file system may leave:
any prefix of the un-synced writes of each file, the next one torn or filled with zeros, and any subset of un-synced
changes of a folder. Each is opened with the real recovery: nothing acknowledged may be missing, and work goes on.
"""

import collections
import itertools
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dutyboard.store import Large, Put, checkpoint, open_store
from dutyboard.store.files import disk

from ..archived import archived_of
from .faults import no_syncing
from .plain import opens_in_tinydb

Operation = tuple[Any, ...]
SHEET = tuple(f"sheet {k} {'文' * 20}" for k in range(3))
"""The keys of an act of three lines, which are there together or not at all."""
MUTANTS = ("no fdatasync", "no folder sync", "no temporary sync")


class Recorder:
    """Stands in for `store.files.disk`, doing and writing down; a mutant forgets one kind of sync."""

    def __init__(self, mutant: str = "") -> None:
        self.operations: list[Operation] = []
        self._mutant = mutant
        self._files: dict[str, int] = {}  # path → number of the file
        self._numbers = itertools.count()
        self._open: dict[int, tuple[str, int]] = {}  # descriptor → ("file", number); folders are opened by fsync_dir

    def open_file(self, at: int, name: str, flags: int, mode: int = 0) -> int:
        path = named(at, name)
        fd = os.open(name, flags, mode, dir_fd=at)
        if flags & os.O_CREAT or path not in self._files:
            self._files[path] = next(self._numbers)
        if flags & os.O_CREAT:
            self.operations.append(("link", named(at), path, self._files[path]))
        self._open[fd] = ("file", self._files[path])
        return fd

    def write(self, fd: int, data: bytes | memoryview) -> int:
        offset = os.fstat(fd).st_size
        written = os.write(fd, data)
        self.operations.append(("write", self._open[fd][1], offset, bytes(data[:written])))
        return written

    def fdatasync(self, fd: int) -> None:
        if self._mutant != "no fdatasync":
            self.operations.append(("sync", self._open[fd][1]))

    def fsync(self, fd: int) -> None:
        if self._mutant != "no temporary sync":
            self.operations.append(("sync", self._open[fd][1]))

    def fsync_dir(self, at: int) -> None:
        if self._mutant != "no folder sync":
            self.operations.append(("sync folder", named(at)))

    def ftruncate(self, fd: int, size: int) -> None:
        os.ftruncate(fd, size)
        self.operations.append(("truncate", self._open[fd][1], size))

    def replace(self, at: int, source: str, to: int, target: str) -> None:
        os.replace(source, target, src_dir_fd=at, dst_dir_fd=to)
        number = self._files[named(to, target)] = self._files.pop(named(at, source))
        self.operations.append(("rename", named(to), named(at, source), named(to, target), number))

    def unlink(self, at: int, name: str) -> None:
        os.unlink(name, dir_fd=at)
        self.operations.append(("unlink", named(at), named(at, name)))

    def acknowledge(self, key: str) -> None:
        self.operations.append(("ack", key))


def named(at: int, name: str = "") -> str:
    """Return the path of a folder's handle, or of a file in it."""
    return str(Path(f"/proc/self/fd/{at}").readlink() / name)


@contextmanager
def recording(recorder: Recorder) -> Iterator[None]:
    names = ("open_file", "write", "fdatasync", "fsync", "fsync_dir", "ftruncate", "replace", "unlink")
    real = {name: getattr(disk, name) for name in names}
    segment = checkpoint.SEGMENT_BYTES
    checkpoint.SEGMENT_BYTES = 400
    try:
        for name in names:
            setattr(disk, name, getattr(recorder, name))
        yield
    finally:
        checkpoint.SEGMENT_BYTES = segment
        for name, function in real.items():
            setattr(disk, name, function)


def scenario(folder: Path, acknowledge: Callable[[str], None]) -> None:
    """Commits, an act of several lines, a checkpoint, new segments, the packing of those before, and an archive."""
    store = open_store(folder, writer="w@1", line_bytes=300)

    def commit(key: str) -> None:
        store.commit(lambda: [Put("persons", store.next_id("persons"), {"key": key, "text": "文" * 20})])
        acknowledge(key)

    for key in "abc":
        commit(key)
    store.checkpoint()
    sheet = [Put("persons", store.next_id("persons") + k, {"key": key}) for k, key in enumerate(SHEET)]
    store.commit(lambda: Large(sheet))
    for key in SHEET:
        acknowledge(key)
    commit("d")
    store.checkpoint()
    commit("e")
    store.archive("old", lambda: {"persons": [1, 2]})
    commit("f")
    store.checkpoint()
    store.close()


def states(operations: list[Operation]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Every state a crash after these operations may leave: (file, operations on it) and (folder, changes in it)."""
    files: dict[int, tuple[list[Any], list[Any]]] = collections.defaultdict(lambda: ([], []))
    folders: dict[str, tuple[list[Any], list[Any]]] = collections.defaultdict(lambda: ([], []))
    for operation in operations:
        kind, where = operation[0], operation[1]
        if kind in ("write", "truncate"):
            files[where][1].append(operation)
        elif kind in ("link", "rename", "unlink"):
            folders[where][1].append(operation)
        elif kind in ("sync", "sync folder"):
            durable, pending = (files if kind == "sync" else folders)[where]
            durable += pending
            pending.clear()
    contents = [[(number, done) for done in _prefixes(*both)] for number, both in files.items()]
    names = [
        [
            (folder, durable + [change for change, there in zip(pending, chosen) if there])
            for chosen in itertools.product((0, 1), repeat=len(pending))
        ]
        for folder, (durable, pending) in folders.items()
    ]
    for content in itertools.product(*contents):
        for name in itertools.product(*names):
            yield list(content), list(name)


def _prefixes(durable: list[Any], pending: list[Any]) -> Iterator[list[Any]]:
    for count in range(len(pending) + 1):
        done = durable + pending[:count]
        yield done
        if count < len(pending) and pending[count][0] == "write":
            kind, number, offset, data = pending[count]
            third = len(data) // 3
            for torn in (data[: len(data) // 2], bytes(len(data)), data[:third] + bytes(len(data) - third)):
                yield [*done, (kind, number, offset, torn)]


def build(live: Path, target: Path, contents: list[Any], names: list[Any]) -> None:
    shutil.rmtree(target, ignore_errors=True)
    for folder in ("journal", "archive", "torn"):
        (target / folder).mkdir(parents=True)
    there: dict[str, int] = {}
    for _, changes in names:
        for change in changes:
            if change[0] == "link":
                there[change[2]] = change[3]
            else:
                there.pop(change[2], None)
            if change[0] == "rename":
                there[change[3]] = change[4]
    done = dict(contents)
    for path, number in there.items():
        data = bytearray()
        for operation in done.get(number, []):
            if operation[0] == "truncate":
                data = data[: operation[2]].ljust(operation[2], b"\0")
            else:
                _, _, offset, block = operation
                data = data.ljust(offset, b"\0")
                data[offset : offset + len(block)] = block
        if not path.endswith("lock"):  # the mark is a lower bound: losing it is the hardest case
            (target / Path(path).relative_to(live)).write_bytes(data)


def violations(scratch: Path, mutant: str, each: int, stop: bool) -> tuple[int, list[str]]:
    """Number of states tried, at most `each` a point, and what was wrong; `stop` at the first."""
    live, target = scratch / "live", scratch / "state"
    shutil.rmtree(live, ignore_errors=True)
    recorder = Recorder(mutant)
    with recording(recorder):
        scenario(live, recorder.acknowledge)
    chance, tried, wrong = random.Random(7), 0, []
    with no_syncing():
        for point in range(len(recorder.operations) + 1):
            before = recorder.operations[:point]
            acked = {operation[1] for operation in before if operation[0] == "ack"}
            found = list(itertools.islice(states(before), 20_000))
            for contents, names in chance.sample(found, min(each, len(found))):
                build(live, target, contents, names)
                tried += 1
                try:
                    _check(target, acked)
                except Exception as error:
                    wrong.append(f"after operation {point}: {error!r}"[:200])
                    if stop:
                        return tried, wrong
    return tried, wrong


def _check(folder: Path, acked: set[str]) -> None:
    opens_in_tinydb(folder)
    store = open_store(folder, writer="after@1")
    found = [str(doc["key"]) for doc in store.docs["persons"].values()]
    found += [str(doc["key"]) for _, doc in archived_of(store, "persons")]
    assert len(found) == len(set(found)), "twice"
    assert acked <= set(found), f"lost {sorted(acked - set(found))}"
    assert len(set(found) & set(SHEET)) in (0, len(SHEET)), "a part of an act"
    assert not store.alarms, store.alarms
    store.commit(lambda: [Put("persons", store.next_id("persons"), {"key": "after"})])
    report = store.verify()
    assert report.ok, report.problems
    store.close()


def run(scratch: Path, each: int) -> str:
    tried, wrong = violations(scratch, "", each, stop=False)
    assert not wrong, f"{len(wrong)} of {tried}: {wrong[:5]}"
    caught = []
    for mutant in MUTANTS:
        count, wrong = violations(scratch, mutant, each, stop=True)
        assert wrong, f"the mutant with {mutant} passed {count} states: the proof is blind"
        caught.append(f"{mutant} after {count}")
    return f"{tried} crash states, 0 wrong; mutants caught: {', '.join(caught)}"
