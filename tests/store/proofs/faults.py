"""Make calls to the disk fail, one by one: the seams are the functions of `store.files.disk`."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from dutyboard.store import checkpoint
from dutyboard.store.files import disk

CALLS = (
    "open_file",
    "write",
    "fdatasync",
    "fsync",
    "fsync_dir",
    "ftruncate",
    "allocate",
    "map_file",
    "replace",
    "unlink",
    "mkdir",
    "make_top",
)


class Faults:
    """Counts the calls; from call `at` on (or only there) they raise OSError(`errno`), or a write stays short."""

    def __init__(self, at: int = 0, errno: int = 0, *, lasting: bool = False, short: int | None = None) -> None:
        self.at = at
        self.errno = errno
        self.lasting = lasting
        self.short = short  # bytes of the failing write that still reach the file
        self.count = 0
        self.hit = ""

    def call(self, name: str, real: Callable[..., Any], *args: Any, **options: Any) -> Any:
        self.count += 1
        if self.at and (self.count == self.at or (self.lasting and self.count > self.at)):
            self.hit = self.hit or name
            if name == "write" and self.short is not None:
                os.write(args[0], args[1][: self.short])
            raise OSError(self.errno, os.strerror(self.errno))
        return real(*args, **options)


MODES: tuple[dict[str, Any], ...] = (
    {"errno": errno.EIO},
    {"errno": errno.ENOSPC, "lasting": True},
    {"errno": errno.ENOSPC, "short": 37},
    {"errno": errno.EIO, "lasting": True, "short": 37},
)
"""The ways of failing: once, from then on, and with part of a write on the disk."""


class Work(Protocol):
    """A morning that goes on after every refusal."""

    def work(self) -> None: ...


Morning = TypeVar("Morning", bound=Work)


def each_failure(made: Callable[[], Morning], check: Callable[[Morning, Faults], None], every: int) -> str:
    """Fail each `every`-th call of a morning in each way, and check it on a sound disk; return how much ran."""
    normal = checkpoint.SEGMENT_BYTES
    checkpoint.SEGMENT_BYTES = 300
    total, hits = 0, dict[str, int]()
    try:
        with no_syncing():
            counting = Faults()
            whole = made()
            with failing(counting):
                whole.work()
            for mode in MODES:
                for at in range(1, counting.count + 1, every):
                    one, faults = made(), Faults(at, **mode)
                    with failing(faults):
                        one.work()
                    try:
                        check(one, faults)
                    except Exception as error:
                        raise AssertionError(f"call {at} ({faults.hit}) {mode}: {error!r}") from error
                    hits[faults.hit] = hits.get(faults.hit, 0) + 1
                    total += 1
    finally:
        checkpoint.SEGMENT_BYTES = normal
    return f"{total} runs over {counting.count} calls in {len(MODES)} ways of failing: {hits}"


@contextmanager
def failing(faults: Faults, only: tuple[str, ...] = CALLS) -> Iterator[Faults]:
    real = {name: getattr(disk, name) for name in only}
    try:
        for name, function in real.items():
            setattr(disk, name, lambda *a, _n=name, _f=function, **o: faults.call(_n, _f, *a, **o))
        yield faults
    finally:
        for name, function in real.items():
            setattr(disk, name, function)


@contextmanager
def no_syncing() -> Iterator[None]:
    """For proofs that do not need the real disk to be slow."""
    real = disk.fdatasync, disk.fsync, disk.fsync_dir
    disk.fdatasync = disk.fsync = disk.fsync_dir = lambda _fd: None
    try:
        yield
    finally:
        disk.fdatasync, disk.fsync, disk.fsync_dir = real
