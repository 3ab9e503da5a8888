"""The room on the disk of a desk: what is left there before nothing can be saved."""

import os
from pathlib import Path
from typing import Final

from dutyboard.tui.link.trouble import StoreTrouble, trouble_of

FREE_BYTES: Final = 500_000_000
"""Bytes of free disk below which every board warns."""

FREE_SHARE: Final = 0.05
"""Share of the disk below which every board warns, however many bytes that is."""

_MB: Final = 1_000_000


def short_of_room(folder: Path) -> StoreTrouble | None:
    """Return `disk_short` if little is left of the disk that holds a folder, else None.

    What is left is what an officer may use: the reserve of root does not count. A disk that cannot be asked is a
    trouble too. May wait for the disk.
    """
    try:
        disk = os.statvfs(folder)
    except OSError as error:
        return trouble_of(error)
    free, size = disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize
    if size == 0 or (free >= FREE_BYTES and free >= FREE_SHARE * size):
        return None
    return StoreTrouble("disk_short", {"free": free // _MB, "percent": 100 * free // size})
