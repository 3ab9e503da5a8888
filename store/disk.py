"""The calls that change the disk, in one place: tests make each of them fail, be lost or be torn.

Callers write `disk.fdatasync(fd)`, never `from dutyboard.store.disk import fdatasync`.
"""

import mmap
import os
from pathlib import Path

FILE_MODE = 0o660  # officers share the desk through a group (setgid folder)
PRIVATE_MODE = 0o600
FOLDER_MODE = 0o2770


def open_file(path: Path, flags: int, mode: int = FILE_MODE) -> int:
    return os.open(path, flags | os.O_CLOEXEC, mode)


def write(fd: int, data: bytes | memoryview) -> int:
    return os.write(fd, data)


def fdatasync(fd: int) -> None:
    os.fdatasync(fd)


def fsync(fd: int) -> None:
    os.fsync(fd)


def ftruncate(fd: int, size: int) -> None:
    os.ftruncate(fd, size)


def map_file(fd: int, size: int, *, writable: bool) -> mmap.mmap:
    return mmap.mmap(fd, size, access=mmap.ACCESS_WRITE if writable else mmap.ACCESS_READ)


def replace(source: Path, target: Path) -> None:
    source.replace(target)


def unlink(path: Path) -> None:
    path.unlink()


def mkdir(path: Path) -> None:
    path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)


def fsync_dir(path: Path) -> None:
    """Make the names in a folder durable: a new or renamed file may vanish in a power cut without it."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fsync(fd)
    finally:
        os.close(fd)
