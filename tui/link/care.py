"""Care of a desk's folder as a whole: whether there is a desk and room for it, verified, salvaged, restored."""

import os
from collections.abc import Collection, Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from dutyboard import store
from dutyboard.frozen import frozen
from dutyboard.tui.link.folder import has_desk, lost_journal
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.looks import to_salvage
from dutyboard.tui.link.trouble import StoreTrouble, trouble_of, troubles

FREE_BYTES: Final = 500_000_000
"""Bytes of free disk below which every board warns."""

FREE_SHARE: Final = 0.05
"""Share of the disk below which every board warns, however many bytes that is."""

_MB: Final = 1_000_000


def look_for_desk(folder: Path, *, create: bool) -> None:
    """Raise StoreTrouble unless a desk is in the folder, or one may be made there."""
    if lost_journal(folder):
        raise StoreTrouble("no_journal", {"folder": str(folder)})
    if not create and not has_desk(folder):
        raise StoreTrouble("no_desk", {"folder": str(folder)})


def _head_signed(table: str, document: Mapping[str, Any]) -> str | None:
    """Return the head that stood on the sheet when a handover was signed."""
    return document["data"].get("head") if table == "entries" and document.get("kind") == "handover" else None


def verify(folder: Path, heads: Mapping[int, str] = MappingProxyType({})) -> dict[str, Any]:
    """Walk the whole journal of a folder, change nothing, and return what is wrong with it.

    `heads`: numbers of lines and what stands on paper as their hashes, 16 hex digits or more. Returns `{"ok", "lines",
    "head", "segments", "problems", "notes", "heads"}`; of each head asked for `{"line", "head", "ok"}`. Raises
    StoreTrouble(`no_desk`).
    """
    with troubles():
        look_for_desk(folder, create=False)
        found = asdict(store.verify(folder, asked=frozenset(heads), claims=_head_signed))
    held = [
        {"line": number, "head": said, "ok": found["heads"].get(number, "").startswith(said)}
        for number, said in heads.items()
    ]
    return {**found, "ok": found["ok"] and all(each["ok"] for each in held), "heads": held}


@frozen
class JournalProof:
    """Result of a check of the journal, and the line and hash of some entries by their numbers.

    `problems` counts what is wrong with it. An entry whose line was lost is in no place.
    """

    ok: bool
    lines: int
    head: str
    problems: int
    places: Mapping[int, tuple[int, str]]


def proof(folder: Path, entries: Collection[int]) -> JournalProof | None:
    """Return what a check of a desk says, with the places of some entries; None: there is no journal here."""
    if not has_desk(folder):
        return None
    with troubles():
        found = store.verify(folder, claims=_head_signed)
        held = store.places(folder, "entries", entries)
    return JournalProof(ok=found.ok, lines=found.lines, head=found.head, problems=len(found.problems), places=held)


def origin_of(folder: Path) -> str:
    """Return the hash of the line of a desk's first entry, which every copy of it has.

    "": that line was lost. Raises StoreTrouble.
    """
    with troubles():
        _, head = store.places(folder, "entries", (1,)).get(1, (0, ""))
    return head


def salvage(folder: Path, identity: Identity, reason: str) -> dict[str, Any]:
    """Set aside what is damaged in a desk, and go on. Returns `{"lost", "missing", "again", "archives", "seq"}`.

    `lost`: pairs of the first and the last line that cannot be proved; `missing`: acknowledged bytes that are gone;
    `again`: records put again from the checkpoint; `archives`: those written again, `{"file", "rebuilt", "unproved",
    "lost"}`. Raises StoreTrouble.
    """
    from dutyboard.tui.link.steps import STEPS  # by need, as in `restore`: whoever verifies knows no record

    with troubles():
        if not lost_journal(folder):
            look_for_desk(folder, create=False)
            folder = to_salvage(folder)
        return asdict(store.salvage(folder, writer=identity.writer, reason=reason, steps=STEPS))


def back_up(opened: store.Store, target: Path) -> None:
    """Copy a desk into a folder that does not exist yet. Raises StoreTrouble; `not_backed_up`: it is damaged."""
    with troubles():
        try:
            opened.backup(target)
        except store.BadBackup as bad:
            raise StoreTrouble("not_backed_up", {"file": bad.file, "line": bad.line, "what": bad.what}) from bad


def restore(source: Path, target: Path, identity: Identity) -> None:
    """Check a backup and make a desk from it, in a folder that does not exist yet. Raises StoreTrouble."""
    from dutyboard.tui.link.steps import STEPS

    with troubles():
        store.restore(source, target, writer=identity.writer, steps=STEPS)


def faults_of(opened: store.Store, known: Collection[StoreTrouble]) -> list[StoreTrouble]:
    """Return the faults of a desk that can be read: what opening put right, those known, the folder's.

    Damage stands last.
    """
    wrong = [StoreTrouble("foreign_edit", {"file": alarm.file}) for alarm in opened.alarms]
    wrong += known
    wrong += [StoreTrouble("shared_folder")] if opened.shared else []
    wrong += [short] if (short := short_of_room(opened.folder)) else []
    wrong += [StoreTrouble("poisoned")] if opened.poisoned else []
    return wrong if opened.damage is None else [*wrong, trouble_of(opened.damage)]


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
