"""Whole files, written so that a reader sees the old one or the new one and never a mixture."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from dutyboard.store import disk

TMP = ".tmp"


def write_all(fd: int, data: bytes | memoryview) -> None:
    """Write every byte; the kernel may take less than it was given."""
    view = memoryview(data)
    while view:
        view = view[disk.write(fd, view) :]


def write_new(path: Path, blocks: Iterable[bytes], mode: int = disk.FILE_MODE) -> None:
    """Write `path` from nothing and make its bytes durable (not yet its name). Raises OSError; leaves no part file."""
    fd = disk.open_file(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode)
    try:
        try:
            for block in blocks:
                write_all(fd, block)
            disk.fsync(fd)
        finally:
            os.close(fd)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def replace_file(
    path: Path,
    blocks: Iterable[bytes],
    before_rename: Callable[[], None] | None = None,
    mode: int = disk.FILE_MODE,
) -> None:
    """Replace `path` at one stroke: temporary file, fsync, `before_rename()`, rename, fsync of the folder.

    Raises OSError, or whatever `before_rename` raises; then the old file stands.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TMP}")
    write_new(temporary, blocks, mode)
    try:
        if before_rename:
            before_rename()
        disk.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    disk.fsync_dir(path.parent)


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed process left. Only while no one can be writing one there."""
    for path in folder.glob(f"*{TMP}"):
        path.unlink(missing_ok=True)
