"""Drafts of what an officer was typing: one small private file for each form.

A dropped link or a refusal loses nothing. Drafts are no part of the journal. File names carry a user number and a
form's key, never a login, a name or a number of a person.
"""

import pwd
import re
from pathlib import Path
from typing import Any

import orjson

from dutyboard.store import disk
from dutyboard.store.atomic import replace_file

_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def save_draft(folder: Path, login: str, key: str, data: dict[str, Any]) -> None:
    """Keep `data` for this login's form `key` (lower-case letters, digits, `.`, `_`, `-`), replacing what was kept.

    Raises ValueError for another key, KeyError for a login the system does not know, OSError if it cannot be written.
    """
    path = _path(folder, login, key)
    disk.mkdir(path.parent)
    replace_file(path, [orjson.dumps(data)], mode=disk.PRIVATE_MODE)


def load_draft(folder: Path, login: str, key: str) -> dict[str, Any] | None:
    """Return the draft that was kept; None if there is none, or none that can be read. Raises as `save_draft`."""
    try:
        data = orjson.loads(_path(folder, login, key).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def drop_draft(folder: Path, login: str, key: str) -> None:
    """Forget it, once it was saved for good or thrown away on purpose. Raises as `save_draft`."""
    _path(folder, login, key).unlink(missing_ok=True)


def _path(folder: Path, login: str, key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise ValueError("not a form's key")
    number = pwd.getpwnam(login).pw_uid
    return folder / "drafts" / f"{number}.{key}.json"
