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


def load_drafts(folder: Path, login: str, key: str) -> list[tuple[str, dict[str, Any]]]:
    """Return this login's drafts of the form `key`, each with its own key, the newest first.

    Their keys are `key`, `key.2`, `key.3` and so on. One that cannot be read is left out. Raises as `save_draft`.
    """
    first = _path(folder, login, key)
    paths = [first, *first.parent.glob(f"{first.stem}.*{first.suffix}")]
    found = []
    for path in paths:
        number = path.stem.removeprefix(first.stem)
        if number and not re.fullmatch(r"\.[0-9]+", number):
            continue
        try:
            kept = path.stat().st_mtime_ns
            data = orjson.loads(path.read_bytes())
        except (FileNotFoundError, ValueError):
            continue
        if isinstance(data, dict):
            found.append((kept, key + number, data))
    return [(name, data) for _, name, data in sorted(found, key=lambda each: each[:2], reverse=True)]


def drop_draft(folder: Path, login: str, key: str) -> None:
    """Forget it, once it was saved for good or thrown away on purpose. Raises as `save_draft`."""
    _path(folder, login, key).unlink(missing_ok=True)


def _path(folder: Path, login: str, key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise ValueError("not a form's key")
    number = pwd.getpwnam(login).pw_uid
    return folder / "drafts" / f"{number}.{key}.json"
