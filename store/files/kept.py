"""A file of rows that a session leaves beside the checkpoint, to be read faster than they are made. Never relied on.

It is no part of the journal: no check looks at it, no backup holds it, and whoever reads it checks what it holds.
"""

from errno import EFBIG
from typing import Final

from dutyboard.store.errors import SaveFailed
from dutyboard.store.files.folder import PRIVATE_FILE, Folder

FILE: Final = "rows.kept"
_MOST: Final = 64 << 20
"""Bytes of it. A person takes some 200."""


def read_kept(folder: Folder) -> bytes:
    """Return what was kept; nothing, if nothing was. Raises OSError, Unsafe."""
    try:
        return folder.read(FILE, _MOST)
    except FileNotFoundError:
        return b""


def write_kept(folder: Folder, text: bytes) -> None:
    """Keep a text in the place of what was kept. Raises OSError, and SaveFailed for one that nobody would read."""
    if len(text) > _MOST:
        raise SaveFailed(EFBIG, "rows")
    folder.replace(FILE, [text], mode=PRIVATE_FILE)
