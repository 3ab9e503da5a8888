"""The calls that change the disk, in one place: tests make each of them fail, be lost or be torn.

Callers write `disk.fdatasync(fd)`, never `from dutyboard.store.files.disk import fdatasync`. A folder is named by its
handle (`at`), a file by its name in it: no path is walked twice, and no link is followed.
"""

import mmap
import os
from pathlib import Path


def open_file(at: int, name: str, flags: int, mode: int = 0) -> int:
    """Open a file of the folder `at`. With O_CREAT it must be new, and has `mode` whatever the umask. Raises OSError.

    O_NONBLOCK keeps a FIFO in a file's place from stopping us; on a file it does nothing.
    """
    if flags & os.O_CREAT:
        flags |= os.O_EXCL
    fd = os.open(name, flags | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK, mode, dir_fd=at)
    if flags & os.O_CREAT:
        os.fchmod(fd, mode)
    return fd


def write(fd: int, data: bytes | memoryview) -> int:
    return os.write(fd, data)


def fdatasync(fd: int) -> None:
    os.fdatasync(fd)


def fsync(fd: int) -> None:
    os.fsync(fd)


def fsync_dir(at: int) -> None:
    """Make the names in a folder durable: a new or renamed file may vanish in a power cut without it."""
    os.fsync(at)


def ftruncate(fd: int, size: int) -> None:
    os.ftruncate(fd, size)


def allocate(fd: int, size: int) -> None:
    """Give a file its blocks on the disk, so that a mapped byte of it is always there."""
    os.posix_fallocate(fd, 0, size)


def map_file(fd: int, size: int) -> mmap.mmap:
    return mmap.mmap(fd, size)


def replace(at: int, source: str, to: int, target: str) -> None:
    os.replace(source, target, src_dir_fd=at, dst_dir_fd=to)


def unlink(at: int, name: str) -> None:
    os.unlink(name, dir_fd=at)


def mkdir(at: int, name: str, mode: int) -> None:
    """Make a folder in the folder `at`, with `mode` whatever the umask."""
    os.mkdir(name, mode, dir_fd=at)
    os.chmod(name, mode, dir_fd=at)


def make_top(path: Path, mode: int) -> None:
    """Make the desk's folder, and those above it that are missing, with `mode` whatever the umask."""
    path.mkdir(parents=True)
    path.chmod(mode)
