"""Make calls to the disk fail, one by one: the seams are the functions of `store.files.disk`."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

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
