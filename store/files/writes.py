"""Waiting for a write to the files of a folder, by inotify of Linux. The standard library has no way to it.

Nothing depends on it: where it is not to be had (another system, too many who wait), only the time passes.
"""

import ctypes
import os
import select
import time
from typing import Final

from dutyboard.store.files.folder import Folder

_MODIFY: Final = 0x2  # IN_MODIFY of <sys/inotify.h>
_EVENTS: Final = 1 << 16  # bytes read at once; an event without a name of its own is 16 to 272


class Writes:
    """The writes to files of a folder, by any process, from now on."""

    def __init__(self, folder: Folder) -> None:
        self._fd = _watched(folder)

    def wait(self, seconds: float) -> bool:
        """Wait so many seconds for a write. Return True as soon as there was one since the last call."""
        if self._fd is None:
            time.sleep(seconds)
            return False
        poll = select.poll()
        poll.register(self._fd, select.POLLIN)
        if not poll.poll(seconds * 1000):
            return False
        os.read(self._fd, _EVENTS)
        return True

    def close(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


def _watched(folder: Folder) -> int | None:
    """Return a handle that is readable after a write to a file of the folder. None: there is no inotify."""
    libc = ctypes.CDLL(None)
    try:
        fd: int = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    except AttributeError:
        return None
    if fd < 0:
        return None
    if libc.inotify_add_watch(fd, f"/proc/self/fd/{folder.fd}".encode(), _MODIFY) < 0:
        os.close(fd)
        return None
    return fd
