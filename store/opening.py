"""Opening a folder: its layout, its lock, and the first view, from the checkpoint where the journal vouches for it.

No lock is taken where nothing is new and nothing crashed, so that officers logging in hold nobody up.
"""

import os
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from dutyboard.store import dbfile
from dutyboard.store.commit import locked
from dutyboard.store.engine.mirrored import engine_of
from dutyboard.store.engine.port import Engine
from dutyboard.store.errors import Away, Corrupt, Locked, ReadOnly, StoreError, Unsafe
from dutyboard.store.files.filesystem import refuse_foreign
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.lock import FILE as LOCK
from dutyboard.store.files.lock import LockFile, maintenance
from dutyboard.store.journal import CONTAINER, Journal
from dutyboard.store.ledger import Alarm, Ledger
from dutyboard.store.view import View

_MIRROR_SECONDS: Final = 30.0
"""Seconds for which a checkpoint of a damaged mirror is waited for."""


def open_ledger(path: Path, *, writer: str, damaged_ok: bool = False, **options: Any) -> Ledger:
    """Open a folder, making the layout if it is empty. `options` are fields of `Ledger`.

    With `damaged_ok` a damaged journal opens for reading up to the damage. Raises NotLocal, TooNew, Corrupt, Unsafe,
    SaveFailed, Locked (only while a new or crashed folder needs the lock), OSError if the folder cannot be read.
    """
    refuse_foreign(path)
    folder = Folder.made(path)
    try:
        engine = engine_of(folder)
    except BaseException:
        folder.close()
        raise
    return ledger_in(folder, writer=writer, damaged_ok=damaged_ok, engine=engine, **options)


def ledger_in(
    folder: Folder, *, writer: str, damaged_ok: bool = False, engine: Engine | None = None, **options: Any
) -> Ledger:
    """Open the ledger of a folder that is held, which it closes in the end. As `open_ledger`.

    A mirror that is damaged is set aside and made anew, if its engine answers.
    """
    if engine is None:
        return _ledger_in(folder, writer, damaged_ok, None, options)
    spare = folder.twin()
    try:
        ledger = _ledger_in(folder, writer, False, engine, options)
    except Corrupt:
        _set_mirror_aside(spare, engine, writer)
        return _ledger_in(spare, writer, damaged_ok, engine, options)
    except BaseException:
        spare.close()
        raise
    spare.close()
    return ledger


def bring_up(folder: Folder, name: str, engine: Engine, n: int) -> int:
    """Bring the mirror of a chain to the newest line of its engine, and return its number.

    `n`: the line up to which it was found sound. `name`: its folder in the desk's, made where it is missing; "": the
    desk's own. The engine is closed. Raises StoreError, OSError: the mirror stays where it is.
    """
    with closing(engine):
        newest, _ = engine.newest()
        if newest <= n:
            return n
        held = folder.again(name) if name else folder.twin()
        with closing(ledger_in(held, writer=f"verify@{os.getpid()}", engine=engine, any_format=True)) as ledger:
            ledger.refresh()
            if ledger.view.n < newest:
                raise ReadOnly("not_writable")
            return ledger.view.n


def _set_mirror_aside(folder: Folder, engine: Engine, writer: str) -> None:
    """Move a damaged mirror to torn/. Whoever has it open is told that its lock was replaced."""
    try:
        engine.newest()
    except Away:
        return  # what is left can be read
    with maintenance(folder, _MIRROR_SECONDS, writer):
        torn = folder.make("torn")
        for name in ("journal", dbfile.FILE, LOCK):
            if folder.has(name):
                folder.move(name, torn, f"{name}.{time.time_ns()}")
    folder.forget("journal")


def _ledger_in(
    folder: Folder, writer: str, damaged_ok: bool, engine: Engine | None, options: Mapping[str, Any]
) -> Ledger:
    try:
        writable = _make_layout(folder)
        lock = _attach(folder, writer)
        writable = writable and (lock is None or lock.writable)
        journal = Journal(folder.inner("journal"), writable=writable)
    except BaseException:
        folder.close()
        raise
    ledger = Ledger(
        folder=folder, writer=writer, journal=journal, lock=lock, writable=writable, engine=engine, **options
    )
    try:
        _start(ledger)
    except Corrupt as damage:
        ledger.trouble = damage
        if not damaged_ok:
            ledger.close()
            raise
    except BaseException:
        ledger.close()
        raise
    return ledger


def _make_layout(folder: Folder) -> bool:
    """Make folders that are missing. Return False if this process may only read."""
    try:
        for name in ("journal", "archive", "torn"):
            folder.make(name)
    except OSError:
        if not folder.has("journal"):
            raise
    return all(os.access(each, os.W_OK, dir_fd=folder.fd) for each in (".", "journal"))


def _attach(folder: Folder, writer: str) -> LockFile | None:
    """Return the lock file, made if it may be. None: nothing was ever written here, or this is a copy only to be
    read."""
    fresh = not folder.has(LOCK)
    try:
        lock = LockFile(folder, writer)
    except FileNotFoundError:
        return None
    if fresh:
        folder.sync()
    return lock


def _start(ledger: Ledger) -> None:
    """Build the first view: from the checkpoint if the journal vouches for it, else from the first line (rule R1)."""
    try:
        checkpoint = dbfile.load(ledger.folder)
    except ValueError:
        checkpoint = None
        ledger.alarms.append(Alarm(dbfile.FILE, "not_a_checkpoint"))
    if checkpoint and _start_from(ledger, checkpoint):
        return
    used = ledger.folder.has(dbfile.FILE) or (ledger.lock is not None and ledger.lock.mark > 0)
    ledger.view = View()
    ledger.confirmed = True
    if not ledger.journal.open_first(create=ledger.writable and not used) and used:
        raise ledger.journal.corrupt("missing_segment")
    _settle(ledger)
    ledger.replayed = ledger.view.n
    if ledger.alarms and ledger.writable:
        _set_aside_checkpoint(ledger)


def _start_from(ledger: Ledger, checkpoint: dbfile.Checkpoint) -> bool:
    """Start at the checkpoint and follow the journal. Return False if the journal does not know this checkpoint."""
    ledger.refuse_newer(checkpoint.view.container, checkpoint.view.fmt)
    ledger.view = checkpoint.view
    ledger.confirmed = False
    ledger.announced = checkpoint.position.n, checkpoint.sha256
    try:
        ledger.journal.seek(checkpoint.position)
        _settle(ledger)
        ledger.replayed = ledger.view.n - checkpoint.position.n
    except Corrupt:
        if ledger.confirmed:
            raise
    if not ledger.confirmed:
        ledger.alarms.append(Alarm(dbfile.FILE, "not_in_journal"))
    return ledger.confirmed


def _settle(ledger: Ledger) -> None:
    """Catch up to the end of the journal. The lock is taken only if a crash or a power cut left work to do."""
    journal, lock = ledger.journal, ledger.lock
    if lock is None:
        ledger.follow_to_end()
        return
    ledger.follow(lock.mark)
    if journal.n and lock.mark == journal.offset == journal.end() and journal.is_last():
        return
    try:
        if ledger.writable and not lock.poisoned:
            with locked(ledger) as append:
                if not journal.n:
                    append({"container": CONTAINER, "fmt": ledger.fmt})  # the first line of a desk
            return
        with lock.taken(ledger.lock_seconds):  # nobody is half-way through a line now
            ledger.follow_to_end()
    except (Locked, Away):
        if not journal.n:
            raise
        # a holder stopped in mid-line, or no engine to ask for what is new: what is published can be read


def _set_aside_checkpoint(ledger: Ledger) -> None:
    """Move a db.json that is not ours to torn/, and note it in the journal if it can be written."""
    name, torn = f"{dbfile.FILE}.{time.time_ns()}", ledger.folder.inner("torn")
    try:
        ledger.folder.move(dbfile.FILE, torn, name)
    except FileNotFoundError:
        return  # somebody who opened at the same time has done it
    ledger.folder.sync()
    told = {"file": name}
    with suppress(Unsafe):  # what is no file of ours, or too large, has none
        told["sha256"] = torn.digest(name, dbfile.MOST)
    with suppress(StoreError), locked(ledger) as append:
        append({"aside": told})
