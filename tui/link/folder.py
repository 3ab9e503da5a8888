"""The test for a desk in a folder. It opens nothing and does not import the store, so that it costs no time."""

import os
import re
from pathlib import Path


def has_desk(folder: Path) -> bool:
    """Return True if a desk was made here once: the folder holds a journal, or the address that it mirrors.

    Also where the folder may not be read: unknown is not "no desk", and opening it says what is wrong.
    """
    try:
        return is_mirror(folder) or any(name.endswith((".jsonl", ".jsonl.gz")) for name in _names(folder / "journal"))
    except PermissionError:
        return True


def is_mirror(folder: Path) -> bool:
    """Return True if the lines of the folder's desk are on an engine, and the folder only mirrors them."""
    return (folder / "engine.json").exists()


def lost_journal(folder: Path) -> bool:
    """Return True if a desk was here and its journal is gone."""
    return not has_desk(folder) and ("db.json" in _names(folder) or bool(_names(folder / "archive")))


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 (names only)
    except (FileNotFoundError, NotADirectoryError):
        return []


ENGINES = ("postgresql", "postgres")
"""Schemes of addresses at which a desk may be."""


def scheme_of(named: str) -> str:
    """Return the scheme of an address (`postgresql` of `postgresql://host/desk`); "" for the name of a folder."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]{0,31})://", named)
    return found[1] if found else ""


def accept_any_file_system() -> None:
    """Use any file system from now on: a person answers for it."""
    from dutyboard.store import accept_any

    accept_any()


def file_system_of(folder: Path) -> str:
    """Return the file system of a folder, or one mounted inside of it that is not local; "" if unknown."""
    from dutyboard.store.files.filesystem import LOCAL, file_systems

    kinds = file_systems(folder)
    return next((kind for kind in kinds if kind not in LOCAL), kinds[0] if kinds else "")


def is_local_file_system(kind: str) -> bool:
    """Return True for a file system on which locks, mapped memory and syncs are known to hold."""
    from dutyboard.store.files.filesystem import LOCAL

    return kind in LOCAL
