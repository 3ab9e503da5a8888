"""The lock file: one writer at a time, the published mark, and who holds it.

4 KiB, mapped into every process, so that looking at the mark is one load from memory and publishing it one store:
no system call, and no inode update to be journaled with every commit. The file is never deleted or replaced.

    word 0   magic                                word 4   holder's since, ns of the wall clock
    word 1   mark: durable bytes of the journal   bytes 64..319   holder's writer, UTF-8, NUL-padded
    word 2   poison: boot id of the machine run in which a sync failed, else 0
    word 3   holder's pid, else 0

The mark is a lower bound of what is durable: it is stored after the sync, and may be stale after a power cut.
"""

import fcntl
import os
import random
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from dutyboard.store import disk
from dutyboard.store.errors import Holder, Locked, SaveFailed

SIZE = 4096
MAGIC = int.from_bytes(b"dutylock", "little")
_MAGIC, _MARK, _POISON, _PID, _SINCE = range(5)
_WRITER = slice(64, 320)


def boot_id() -> int:
    """Return 64 bits that name this run of the machine; 1 where the system does not tell."""
    try:
        return uuid.UUID(Path("/proc/sys/kernel/random/boot_id").read_text().strip()).int >> 64 | 1
    except (OSError, ValueError):
        return 1


class LockFile:
    """`<folder>/lock`, opened for writing where permitted."""

    def __init__(self, path: Path, writer: str) -> None:
        """Open or make the file. Raises OSError; FileNotFoundError if it is missing and may not be made."""
        self.path = path
        self._writer = writer.encode()[:256].ljust(256, b"\0")
        try:
            self._fd = disk.open_file(path, os.O_RDWR | os.O_CREAT)
            self.writable = True
        except PermissionError:
            self._fd = disk.open_file(path, os.O_RDONLY)
            self.writable = False
        except OSError as error:
            if not path.exists():
                raise FileNotFoundError(path) from error
            self._fd = disk.open_file(path, os.O_RDONLY)
            self.writable = False
        self._inode = os.fstat(self._fd).st_ino
        try:
            if self.writable and os.fstat(self._fd).st_size < SIZE:
                disk.ftruncate(self._fd, SIZE)  # growing with zeros is the same whoever does it first
            self._map = disk.map_file(self._fd, SIZE, writable=self.writable)
        except OSError:
            os.close(self._fd)
            raise
        self._words = memoryview(self._map).cast("Q")
        if self.writable and not self._words[_MAGIC]:
            self._words[_MAGIC] = MAGIC

    # --- the mark ----------------------------------------------------------------------------------------------
    @property
    def mark(self) -> int:
        """Bytes of the journal, over all segments, that are durable and may be shown."""
        return self._words[_MARK]

    def publish(self, mark: int) -> None:
        self._words[_MARK] = mark  # one native 8-byte store: readers see the old or the new value

    @property
    def poisoned(self) -> bool:
        """True if a sync failed since the machine was started: the page cache may no longer equal the disk."""
        return self._words[_POISON] == boot_id() if self._words[_POISON] else False

    def poison(self) -> None:
        self._words[_POISON] = boot_id()

    def heal(self) -> None:
        self._words[_POISON] = 0

    def replaced(self) -> bool:
        """True if the name no longer leads to the file we hold: then our lock keeps nobody out."""
        try:
            return os.stat(self.path).st_ino != self._inode  # noqa: PTH116 (on the path of every read)
        except OSError:
            return True

    # --- holding -----------------------------------------------------------------------------------------------
    def acquire(self, seconds: float) -> None:
        """Take the lock. Raises Locked, naming the holder, after `seconds`.

        Polling, not a blocking flock: Python cannot bound the latter in a worker thread. The pause shrinks with the
        time waited, so that who came first looks most often and nobody starves.
        """
        deadline = time.monotonic() + seconds
        pause = 0.002
        while True:
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise Locked(self.holder()) from None
                time.sleep(pause * (0.5 + random.random()))
                pause = max(pause * 0.9, 0.0003)
        if self.writable:
            self._map[_WRITER] = self._writer
            self._words[_SINCE] = time.time_ns()
            self._words[_PID] = os.getpid()

    def release(self) -> None:
        if self.writable:
            self._words[_PID] = 0
        fcntl.flock(self._fd, fcntl.LOCK_UN)

    def holder(self) -> Holder | None:
        """The process that wrote its name into the lock; None while the lock changes hands."""
        pid = self._words[_PID]
        if not pid:
            return None
        writer = self._map[_WRITER].rstrip(b"\0").decode(errors="replace")
        return Holder(pid, writer, datetime.fromtimestamp(self._words[_SINCE] / 1e9).astimezone())

    def close(self) -> None:
        if not self._map.closed:
            self._words.release()
            self._map.close()
            os.close(self._fd)


@contextmanager
def maintenance(folder: Path) -> Iterator[bool]:
    """Be the only one at a checkpoint, an archive or a backup; False if somebody else is. Raises SaveFailed.

    A second lock, so that officers go on working. Whoever needs both takes this one first.
    """
    try:
        fd = disk.open_file(folder / "maintenance.lock", os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise SaveFailed(error.errno or 0, "maintenance.lock") from error
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(fd)
