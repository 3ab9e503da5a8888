"""The lock file: one writer at a time, the published mark, and who holds it.

4 KiB. Publishing the mark is one store into mapped memory: no inode update that would be journaled with every commit.
Looking at it is a read of the file, since a mapped byte of a file that somebody cut ends the process (SIGBUS); for the
same reason the file has its blocks from the start, and its size is looked at before each store. It is never deleted or
replaced.

    word 0   magic                                word 4   holder's since, ns of the wall clock
    word 1   mark: durable bytes of the journal   bytes 64..319   holder's writer, UTF-8, NUL-padded
    word 2   poison: boot id of the machine run in which a sync failed, else 0
    word 3   holder's pid, else 0                 word 5   sessions that wrote so far

The mark is a lower bound of what is durable: it is stored after the sync, and may be stale after a power cut.
"""

import fcntl
import os
import pwd
import random
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from mmap import mmap
from pathlib import Path
from typing import Final

import orjson

from dutyboard.store.errors import Busy, Holder, Locked, ReadOnly, SaveFailed
from dutyboard.store.files import disk
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.signals import STOP, held

FILE = "lock"
SIZE = 4096
_MAINTENANCE = "maintenance.lock"
_SAID = 512  # bytes kept for the name of who is at a checkpoint
LOCKS = Path("/proc/locks")
MAGIC = int.from_bytes(b"dutylock", "little")
SYNC_SECONDS: Final = 0.002
"""Seconds for which an act holds the lock of a desk that is all in files: those of a sync."""
_LEAST_PAUSE: Final = 0.15
"""Part of an act that the shortest pause lasts."""
_MAGIC, _MARK, _POISON, _PID, _SINCE, _SESSIONS = range(6)
_WRITER = slice(64, 320)


def boot_id() -> int:
    """Return 64 bits that name this run of the machine; 1 where the system does not tell."""
    try:
        return uuid.UUID(Path("/proc/sys/kernel/random/boot_id").read_text().strip()).int >> 64 | 1
    except (OSError, ValueError):
        return 1


class LockFile:
    """`<folder>/lock`, opened for writing where permitted."""

    def __init__(self, folder: Folder, writer: str) -> None:
        """Open or make the file. Raises OSError, Unsafe; FileNotFoundError if it is missing and may not be made."""
        self._folder = folder
        self._writer = writer.encode()[:256].ljust(256, b"\0")
        self._fd, self.writable = self._opened()
        self._inode = os.fstat(self._fd).st_ino
        self._map: mmap | None = None
        self._words = memoryview(b"")
        try:
            if self.writable:
                disk.allocate(self._fd, SIZE)  # zeros are the same whoever puts them there first
                self._map = disk.map_file(self._fd, SIZE)
                self._words = memoryview(self._map).cast("Q")
        except OSError:
            os.close(self._fd)
            raise
        if self.writable and not _word(self._fd, _MAGIC):
            self._store(_MAGIC, MAGIC)

    def _opened(self) -> tuple[int, bool]:
        """Return the handle, and whether it may be written. Raises as `__init__`."""
        try:
            return _opened_or_made(self._folder, FILE), True
        except OSError as error:
            if not self._folder.has(FILE):
                raise FileNotFoundError(FILE) from error
            return self._folder.open(FILE), False

    # --- the mark ----------------------------------------------------------------------------------------------
    @property
    def mark(self) -> int:
        """Bytes of the journal, over all segments, that are durable and may be shown. 0 of a cut file."""
        return _word(self._fd, _MARK)

    def publish(self, mark: int) -> None:
        """Store the mark. Raises ReadOnly if the file was cut meanwhile."""
        self._store(_MARK, mark)

    @property
    def poisoned(self) -> bool:
        """True if a sync failed since the machine was started: the page cache may no longer equal the disk."""
        poison = _word(self._fd, _POISON)
        return poison == boot_id() if poison else False

    def poison(self) -> None:
        self._store(_POISON, boot_id())

    def heal(self) -> None:
        self._store(_POISON, 0)

    def next_session(self) -> int:
        """Return a number that no session had since the file was made, under the lock. Raises ReadOnly."""
        number = _word(self._fd, _SESSIONS) + 1
        self._store(_SESSIONS, number)
        return number

    def replaced(self) -> bool:
        """True if the name no longer leads to the file we hold, or if that was cut. Our lock keeps nobody out then."""
        try:
            found = os.stat(FILE, dir_fd=self._folder.fd, follow_symlinks=False)
        except OSError:
            return True
        return found.st_ino != self._inode or found.st_size < SIZE

    def _whole(self) -> bool:
        return os.fstat(self._fd).st_size >= SIZE

    def _store(self, number: int, value: int) -> None:
        """Store one word, in one native store of 8 bytes: readers see the old or the new value."""
        if self._map is None or not self._whole():
            raise ReadOnly("lock_replaced")
        self._words[number] = value

    # --- holding -----------------------------------------------------------------------------------------------
    @contextmanager
    def taken(self, seconds: float, act_seconds: float = SYNC_SECONDS) -> Iterator[None]:
        """Hold the lock. Signals wait until it is free again. Raises Locked, naming the holder, after `seconds`.

        `act_seconds`: how long an act of others holds it. It is not looked for more often than that makes sense.
        """
        with held():
            if not _flocked(self._fd, seconds, act_seconds):
                raise Locked(self.holder())
            try:
                if self._map is not None and self._whole():
                    self._map[_WRITER] = self._writer
                    self._words[_SINCE] = time.time_ns()
                    self._words[_PID] = os.getpid()
                yield
            finally:
                self._release()

    def _release(self) -> None:
        if self._map is not None and self._whole():
            self._words[_PID] = 0
        fcntl.flock(self._fd, fcntl.LOCK_UN)

    def holder(self) -> Holder | None:
        """Return the process that holds the lock: as it named itself, else as the system's table of locks tells.

        None while the lock changes hands.
        """
        pid, held = _word(self._fd, _PID), _holder_in_table(self._fd)
        if held is not None and held.pid != pid:
            return held  # it is none of ours, or the name is that of one who was killed
        if not pid:
            return None
        writer = os.pread(self._fd, _WRITER.stop - _WRITER.start, _WRITER.start).rstrip(b"\0").decode(errors="replace")
        return Holder(pid, writer, datetime.fromtimestamp(_word(self._fd, _SINCE) / 1e9).astimezone())

    def close(self) -> None:
        if self._fd >= 0:
            if self._map is not None:
                self._words.release()
                self._map.close()
            os.close(self._fd)
            self._fd = -1


def _opened_or_made(folder: Folder, name: str) -> int:
    """Return a handle of a lock file, made where it is missing. Raises OSError, Unsafe."""
    while True:
        try:
            return folder.open(name, os.O_RDWR)
        except FileNotFoundError:
            try:
                return folder.create(name)
            except FileExistsError:
                continue  # somebody else made it just now


def fresh_lock(mark: int) -> bytes:
    """Return a lock file whose journal has so many durable bytes."""
    words = [0] * (SIZE // 8)
    words[_MAGIC], words[_MARK] = MAGIC, mark
    return b"".join(word.to_bytes(8, sys.byteorder) for word in words)


@contextmanager
def maintenance(folder: Folder, seconds: float, writer: str = "") -> Iterator[None]:
    """Be the only one at a checkpoint, an archive, a backup or a check. Raises Busy, naming the holder.

    A second lock, so that officers go on working. Whoever needs both takes this one first. It is waited for so many
    `seconds`. The holder leaves his name in it where he gives one and may write: {"pid", "writer", "since"}. Raises
    SaveFailed if it cannot be opened.
    """
    try:
        fd, named = _opened_or_made(folder, _MAINTENANCE), bool(writer)
    except OSError:
        if not folder.has(_MAINTENANCE):
            yield  # a read-only disk on which nobody was ever at one
            return
        try:
            fd, named = folder.open(_MAINTENANCE), False
        except OSError as error:
            raise SaveFailed(error.errno or 0, _MAINTENANCE) from error
    try:
        if not _flocked(fd, seconds):
            raise Busy(_holder_said(os.pread(fd, _SAID, 0)) or _holder_in_table(fd))
        if named:
            said = {"pid": os.getpid(), "writer": writer, "since": time.time()}
            with suppress(OSError):  # a full disk: the lock holds without a name
                os.pwrite(fd, orjson.dumps(said)[:_SAID].ljust(_SAID), 0)
        yield
        if named:
            with suppress(OSError):
                os.ftruncate(fd, 0)
    finally:
        os.close(fd)


def _holder_in_table(fd: int) -> Holder | None:
    """Return the process that holds the lock of a file, by the system's table; None if that does not tell."""
    found = os.fstat(fd)
    device = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    try:
        for line in LOCKS.read_text().splitlines():
            parts = line.split()
            if parts[1:2] == ["FLOCK"] and parts[5:6] == [device] and int(parts[4]) > 0:
                owner = Path(f"/proc/{parts[4]}").stat().st_uid
                return Holder(int(parts[4]), f"{_login(owner)}@{parts[4]}", None)
    except (OSError, ValueError):
        pass
    return None


def _login(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _holder_said(text: bytes) -> Holder | None:
    try:
        said = orjson.loads(text)
        return Holder(int(said["pid"]), str(said["writer"]), datetime.fromtimestamp(float(said["since"])).astimezone())
    except (ValueError, KeyError, TypeError, OverflowError):
        return None


@contextmanager
def kept_out(folder: Folder, seconds: float) -> Iterator[bool]:
    """Keep writers out without writing a byte. False if one kept us waiting for longer."""
    try:
        fd = folder.open(FILE)
    except FileNotFoundError:
        yield True  # nobody can be writing: each writer makes it first
        return
    with held(STOP):
        try:
            yield _flocked(fd, seconds)
        finally:
            os.close(fd)


def published(folder: Folder) -> int | None:
    """Return the published mark as it stands in the lock file; None if there is no lock file. Raises Unsafe."""
    try:
        fd = folder.open(FILE)
    except FileNotFoundError:
        return None
    try:
        return _word(fd, _MARK)
    finally:
        os.close(fd)


def _word(fd: int, number: int) -> int:
    return int.from_bytes(os.pread(fd, 8, 8 * number), sys.byteorder)


def _flocked(fd: int, seconds: float, act_seconds: float = SYNC_SECONDS) -> bool:
    """Take the lock of a file; False if it did not come free within so many seconds.

    Polling, not a blocking flock: Python cannot bound the latter in a worker thread. The pause shrinks with the
    time waited, so that who came first looks most often and nobody starves; it begins with one act of others.
    """
    deadline = time.monotonic() + seconds
    pause, least = act_seconds, act_seconds * _LEAST_PAUSE
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(pause * (0.5 + random.random()))
            pause = max(pause * 0.9, least)
