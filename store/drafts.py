"""Drafts of what an officer was typing: one small private file for each form.

A dropped link or a refusal loses nothing. Drafts are no part of the journal. File names carry a hash of the
login and a form's key, never a login, a name or a number of a person. Several logins may share one user number.
"""

import hashlib
import os
import re
from collections.abc import Mapping
from contextlib import closing, suppress
from errno import EFBIG
from pathlib import Path
from typing import Any, Final

import orjson

from dutyboard.store.engine.mirrored import engine_of
from dutyboard.store.errors import SaveFailed, StoreError, Unsafe
from dutyboard.store.files.folder import PRIVATE_FILE, Folder

FOLDER: Final = "drafts"
_END = ".json"
_WHOSE = 32
"""Hex digits of the hash of a login in a file's name."""
_MOST: Final = 16 << 20
"""Bytes of a draft. No form takes so much."""
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def save_draft(folder: Path, login: str, key: str, data: dict[str, Any], *, here_alone: bool = False) -> None:
    """Keep `data` for this login's form `key` (lower-case letters, digits, `.`, `_`, `-`), replacing what was kept.

    `here_alone`: the engine of a mirror is away, and is not waited for. Raises ValueError for another key, OSError if
    it cannot be written, SaveFailed if nobody could read it.
    """
    name, text = _name(login, key), orjson.dumps(data)
    if len(text) > _MOST:
        raise SaveFailed(EFBIG, "draft")
    with Folder.top(folder) as desk:
        desk.make(FOLDER).replace(name, [text], mode=PRIVATE_FILE)
        if not here_alone:
            _carry(desk, login, key, text)


def load_drafts(folder: Path, login: str, key: str, *, here_alone: bool = False) -> list[tuple[str, dict[str, Any]]]:
    """Return this login's drafts of the form `key`, each with its own key, the newest first.

    Their keys are `key`, `key.2`, `key.3` and so on. One that cannot be read is left out. Raises as `save_draft`.
    """
    kept: dict[str, tuple[int, dict[str, Any]]] = {}
    of_form = re.compile(re.escape(_name(login, key).removesuffix(_END)) + r"((?:\.[0-9]+)?)" + re.escape(_END))
    with Folder.top(folder) as desk:
        if desk.has(FOLDER):
            drafts = desk.inner(FOLDER)
            for name in drafts.names():
                match = of_form.fullmatch(name)
                if match and (draft := _read(drafts, name)):
                    kept[key + match[1]] = draft
        kept |= {} if here_alone else _on_engine(desk, login, key, kept)
    found = sorted(((at, name, data) for name, (at, data) in kept.items() if data), key=lambda each: each[:2])
    return [(name, data) for _, name, data in reversed(found)]


def drop_draft(folder: Path, login: str, key: str, *, here_alone: bool = False) -> None:
    """Forget it, once it was saved for good or thrown away on purpose. Raises as `save_draft`."""
    name = _name(login, key)
    with Folder.top(folder) as desk:
        if desk.has(FOLDER):
            with suppress(FileNotFoundError):
                desk.inner(FOLDER).remove(name)
        if not here_alone:
            _carry(desk, login, key, None)


def _carry(desk: Folder, login: str, key: str, text: bytes | None) -> None:
    """Keep a draft on the engine of a mirror too, for another machine. What is refused there is passed over.

    It has a connection of its own, for any thread may call; the file here is kept in any case.
    """
    with suppress(StoreError):
        engine = engine_of(desk)
        if engine is not None:
            with closing(engine):
                engine.keep_draft(_whose(login), key, text)


def _on_engine(
    desk: Folder, login: str, key: str, here: Mapping[str, tuple[int, dict[str, Any]]]
) -> dict[str, tuple[int, dict[str, Any]]]:
    """Return the drafts that were kept on another machine later than those here; one forgotten there is empty."""
    found: dict[str, tuple[int, dict[str, Any]]] = {}
    with suppress(StoreError, ValueError):
        engine = engine_of(desk)
        if engine is None:
            return {}
        with closing(engine):
            for name, text, at in engine.drafts(_whose(login), key):
                kept_at = int(at * 1e9)
                if name not in here or here[name][0] < kept_at:
                    found[name] = kept_at, orjson.loads(text) if text else {}
    return found


def _read(drafts: Folder, name: str) -> tuple[int, dict[str, Any]] | None:
    """Return when a draft was kept and what it holds. None for one unreadable, or planted by another user."""
    try:
        status = drafts.status(name)
        data = orjson.loads(drafts.read(name, _MOST))
    except (FileNotFoundError, PermissionError, Unsafe, ValueError):
        return None
    if status is None or status.st_uid != os.geteuid() or not isinstance(data, dict):
        return None
    return status.st_mtime_ns, data


def _name(login: str, key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError("not a form's key")
    return f"{_whose(login)}.{key}{_END}"


def _whose(login: str) -> str:
    return hashlib.sha256(login.encode()).hexdigest()[:_WHOSE]
