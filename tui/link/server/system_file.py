"""A file of the system that we own with root's rights: read and replaced without following a link."""

from pathlib import Path
from typing import Final

from dutyboard.store.files.folder import Folder
from dutyboard.tui.link.trouble import troubles

_MOST: Final = 1 << 20


def system_text(path: Path) -> str | None:
    """Return the text of a file of root's, None if there is none. Raises StoreTrouble."""
    with troubles():
        if not path.parent.is_dir():
            return None
        with Folder.top(path.parent) as folder:
            return folder.read(path.name, _MOST).decode("utf-8", "replace") if folder.has(path.name) else None


def put_system_text(path: Path, text: str, mode: int, keep: str = "") -> None:
    """Write a file whole or not at all; what stood there stays beside it under the name `keep`. Raises StoreTrouble."""
    with troubles(), Folder.top(path.parent) as folder:
        if keep and folder.has(path.name):
            folder.replace(keep, (folder.read(path.name, _MOST),), mode=mode)
        folder.replace(path.name, (text.encode(),), mode=mode)


def remove_system_text(path: Path) -> None:
    """Remove a file that was just written. Raises StoreTrouble."""
    with troubles(), Folder.top(path.parent) as folder:
        folder.remove(path.name)
