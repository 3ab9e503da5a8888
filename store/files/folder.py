"""A folder of the desk, held open. Its files are opened by name below the handle, and never through a link.

Whoever may write into the folder could plant a link, a FIFO or a file of his own under a name that we open. Each file
is therefore looked at when it is open: a regular file, with one name, of the folder's owner.
"""

import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path
from secrets import token_hex
from typing import Final, Self

from dutyboard.store.errors import Denied, Unsafe, UnsafeReason
from dutyboard.store.files import disk

TMP: Final = ".tmp"
PRIVATE_FILE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700
_SHARED_FILE: Final = 0o660
_SHARED_FOLDER: Final = 0o2770
_SAFE_TO_READ: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Folder:
    """One folder. `path` names it to people, `said` is its name inside the desk.

    `shared`: colleagues who trust each other write here through a group (2770). New files are then theirs as well, and
    of any owner among them; else everything belongs to the folder's owner alone. The umask of a process decides
    nothing.
    """

    def __init__(self, path: Path, fd: int, said: str = "") -> None:
        self.path = path
        self.fd = fd
        self.said = said
        found = os.fstat(fd)
        self.owner = found.st_uid
        self.shared = bool(found.st_mode & stat.S_IWGRP)
        self._inner: dict[str, Folder] = {}

    @classmethod
    def top(cls, path: Path) -> Self:
        """Open the desk's own folder. Raises OSError, Unsafe: root keeps out of what others may have prepared."""
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        folder = cls(path, fd)
        if os.geteuid() == 0 and folder.owner != 0:
            folder.close()
            raise Unsafe(str(path), "root", folder.owner)
        return folder

    @classmethod
    def made(cls, path: Path) -> Self:
        """Make the desk's own folder where it is missing, private to who makes it, and open it."""
        if not path.is_dir():
            disk.make_top(path, _PRIVATE_FOLDER)
            above = os.open(path.parent, _SAFE_TO_READ & ~os.O_NOFOLLOW)
            try:
                disk.fsync_dir(above)
            finally:
                os.close(above)
        return cls.top(path)

    def inner(self, name: str) -> "Folder":
        """Return a folder in this one, opened once. Raises FileNotFoundError, Unsafe, OSError."""
        if name not in self._inner:
            try:
                fd = os.open(name, _SAFE_TO_READ, dir_fd=self.fd)
            except NotADirectoryError:
                raise Unsafe(self.place(name), "not_a_folder") from None
            inner = self._inner[name] = Folder(self.path / name, fd, self.place(name))
            if not self.shared and inner.owner != self.owner:
                raise Unsafe(inner.said, "owner", inner.owner)
        return self._inner[name]

    def again(self, name: str) -> "Folder":
        """Return a folder in this one under a handle of its own, made where it is missing. Raises as `make`."""
        return self.make(name).twin()

    def twin(self) -> "Folder":
        """Return the same folder under a handle of its own."""
        return Folder(self.path, os.dup(self.fd), self.said)

    def forget(self, name: str) -> None:
        """Open a folder in this one anew when it is asked for again: another stands under its name."""
        if name in self._inner:
            self._inner.pop(name).close()

    def make(self, name: str) -> "Folder":
        """Return a folder in this one, made where it is missing. Raises OSError, Unsafe."""
        if not self.has(name):
            with suppress(FileExistsError):  # somebody else may open at the same time
                disk.mkdir(self.fd, name, _SHARED_FOLDER if self.shared else _PRIVATE_FOLDER)
            disk.fsync_dir(self.fd)
        return self.inner(name)

    def place(self, name: str) -> str:
        """Return the name of a file as people are told it: relative to the desk's folder."""
        return f"{self.said}/{name}" if self.said else name

    def names(self) -> list[str]:
        return sorted(os.listdir(self.fd))  # noqa: PTH208 (of the handle, not of a path)

    def has(self, name: str) -> bool:
        """Return True if the name stands in the folder, whatever it is."""
        return self.status(name) is not None

    def status(self, name: str) -> os.stat_result | None:
        """Return what the system knows of a name; None if it is free. A link is looked at and not followed."""
        try:
            return os.stat(name, dir_fd=self.fd, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def open(self, name: str, flags: int = os.O_RDONLY) -> int:
        """Open a file that is there.

        Raises FileNotFoundError, Denied, other OSError, and Unsafe if it is none of ours.
        """
        found = self.status(self._one(name))
        if found is not None and (reason := self._unlike_ours(found)):
            raise Unsafe(self.place(name), reason, found.st_uid)
        try:
            fd = disk.open_file(self.fd, name, flags)
        except PermissionError as error:
            if found is None:
                raise
            raise Denied(self.place(name), found.st_uid, stat.S_IMODE(found.st_mode)) from error
        if reason := self._unlike_ours(os.fstat(fd)):  # it was changed between the look and the opening
            os.close(fd)
            raise Unsafe(self.place(name), reason)
        return fd

    def create(self, name: str, mode: int | None = None) -> int:
        """Open a new file for writing. Raises FileExistsError, Unsafe, OSError."""
        return disk.open_file(
            self.fd, self._one(name), os.O_CREAT | os.O_RDWR, self.file_mode if mode is None else mode
        )

    @property
    def file_mode(self) -> int:
        return _SHARED_FILE if self.shared else PRIVATE_FILE

    def reader(self, name: str) -> BufferedReader:
        """Open a file to be read in blocks or lines. Raises as `open`."""
        return os.fdopen(self.open(name), "rb")

    def read(self, name: str, most: int) -> bytes:
        """Return all of a file. Raises as `open`, and Unsafe(`too_large`) for one of more than `most` bytes."""
        with self.reader(name) as file:
            return file.read(self._size(name, file, most))

    def digest(self, name: str, most: int) -> str:
        """Return the sha256 of a file, as hex. Raises as `read`."""
        with self.reader(name) as file:
            self._size(name, file, most)
            return file_digest(file, "sha256").hexdigest()

    def _size(self, name: str, file: BufferedReader, most: int) -> int:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise Unsafe(self.place(name), "too_large")
        return size

    def write_new(self, name: str, blocks: Iterable[bytes], mode: int | None = None) -> None:
        """Write a new file and make its bytes durable (not yet its name). Raises OSError; leaves no part file."""
        fd = self.create(name, mode)
        try:
            try:
                for block in blocks:
                    write_all(fd, block)
                disk.fsync(fd)
            finally:
                os.close(fd)
        except BaseException:
            self._forget(name)
            raise

    def replace(
        self,
        name: str,
        blocks: Iterable[bytes],
        before_rename: Callable[[], None] | None = None,
        mode: int | None = None,
    ) -> None:
        """Replace a file at one stroke: temporary file, fsync, `before_rename()`, rename, fsync of the folder.

        A reader sees the old file or the new one and never a mixture. The temporary name cannot be guessed. Raises
        OSError, or whatever `before_rename` raises; then the old file stands.
        """
        temporary = f"{name}.{token_hex(8)}{TMP}"
        self.write_new(temporary, blocks, mode)
        try:
            if before_rename:
                before_rename()
            disk.replace(self.fd, temporary, self.fd, name)
        except BaseException:
            self._forget(temporary)
            raise
        self.sync()

    def move(self, name: str, to: "Folder", target: str) -> None:
        """Move a file, whatever it is, into another folder of the desk. Raises OSError."""
        disk.replace(self.fd, name, to.fd, target)

    def remove(self, name: str) -> None:
        disk.unlink(self.fd, name)

    def sweep(self) -> None:
        """Remove the temporary files that a killed process left. Only while no one can be writing one here."""
        for name in self.names():
            if name.endswith(TMP):
                self._forget(name)

    def sync(self) -> None:
        disk.fsync_dir(self.fd)

    def close(self) -> None:
        for inner in self._inner.values():
            inner.close()
        self._inner.clear()
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _forget(self, name: str) -> None:
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self.fd)

    def _one(self, name: str) -> str:
        """Return the name of a file in this very folder. Raises Unsafe for one that leads out of it."""
        if name in ("", ".", "..") or "/" in name or "\0" in name:
            raise Unsafe(self.said, "name")
        return name

    def _unlike_ours(self, found: os.stat_result) -> UnsafeReason | None:
        if stat.S_ISLNK(found.st_mode):
            return "link"
        if not stat.S_ISREG(found.st_mode):
            return "not_a_file"
        if found.st_nlink > 1:
            return "hard_link"
        if not self.shared and found.st_uid != self.owner:
            return "owner"
        return None


def write_all(fd: int, data: bytes | memoryview) -> None:
    """Write every byte; the kernel may take less than it was given."""
    view = memoryview(data)
    while view:
        view = view[disk.write(fd, view) :]
