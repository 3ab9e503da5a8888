"""The ledger: lock, catch up, decide, append, sync, apply, publish. The only module that moves the view.

Invariants : acknowledged means below the mark, and survives kill -9 and power loss (I1); every
view is the fold of the journal (I2); n has no gaps (I3); at most one line is not yet durable (I8); a failed
transaction leaves memory and disk as they were (I10).
"""

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from store import atomic, dbfile, disk
from store.document import flaw
from store.errors import BadDocument, Corrupt, Locked, ReadOnly, SaveFailed, StoreError, TooNew
from store.journal import FMT, MAX_LINE, Journal, Place, Record, encode
from store.local import refuse_network
from store.lock import LockFile
from store.view import Line, View, as_line

# Held back while a line is being written, so that Ctrl-C or a hang-up never leaves open whether it was saved, and
# Ctrl-Z never stops the holder of the lock.
_HELD = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP}


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something found at opening that the store could put right by itself, but that nobody should have done."""

    file: str
    what: str


def now_text() -> str:
    """The wall clock as the lines carry it: ISO 8601, milliseconds, with the server's offset."""
    return datetime.now().astimezone().isoformat(timespec="milliseconds")


class Ledger:
    """A folder opened by one process, used from one thread. `view` stands at the newest line it has seen."""

    def __init__(
        self,
        folder: Path,
        *,
        writer: str,
        lock_seconds: float = 5.0,
        append_only: frozenset[str] = frozenset(),
        damaged_ok: bool = False,
        fmt: int = FMT,
        clock: Callable[[], str] = now_text,
    ) -> None:
        """Open, making the layout if the folder is empty.

        `append_only` tables refuse a second put of an id and every delete but archiving. With `damaged_ok` a damaged
        journal opens for reading up to the damage. `fmt` is the newest format the program understands; a new desk
        starts with it. Raises NotLocal, TooNew, Corrupt, SaveFailed, Locked (only while
        a new or crashed folder needs the lock), OSError if the folder cannot be read.
        """
        self.folder = folder
        self.writer = writer
        self.view = View()
        self.alarms: list[Alarm] = []
        self.trouble: StoreError | None = None
        self._lock_seconds = lock_seconds
        self._append_only = append_only
        self._clock = clock
        self._fmt = fmt
        self._listeners: list[Callable[[Line], None]] = []
        self._holding = False
        self._confirmed = True  # what we started from, db.json or nothing, is vouched for by the journal
        self._announced = (0, "")
        refuse_network(folder)
        self.writable = self._make_layout()
        self._lock = self._attach()
        self._journal = Journal(folder, writable=self.writable)
        try:
            self._start()
        except Corrupt as damage:
            self.trouble = damage
            if not damaged_ok:
                self.close()
                raise
        except BaseException:
            self.close()
            raise

    # --- reading -----------------------------------------------------------------------------------------------
    @property
    def mark(self) -> int:
        """The published mark; safe to read from any thread."""
        return self._lock.mark if self._lock else self._journal.position

    @property
    def place(self) -> Place:
        return self._journal.place

    @property
    def known_end(self) -> int:
        """Up to where the journal is known to be whole: published, or, where we may not publish, read by us."""
        return max(self.mark, self._journal.position)

    @property
    def last_segment(self) -> str:
        return str(self._journal.path.relative_to(self.folder))

    def lock_replaced(self) -> bool:
        """True if somebody deleted or replaced the lock file under us; safe from any thread."""
        return self._lock is not None and self._lock.replaced()

    def bytes_beyond_mark(self) -> int:
        """Bytes at the end of the journal that no commit under way explains. 0 if a writer keeps us from looking."""
        if self._lock is None:
            return 0
        try:
            self._lock.acquire(self._lock_seconds)
        except Locked:
            return 0
        try:
            return sum(path.stat().st_size for path in (self.folder / "journal").glob("*.jsonl")) - self.known_end
        finally:
            self._lock.release()

    def listen(self, callback: Callable[[Line], None]) -> None:
        self._listeners.append(callback)

    def refresh(self) -> int:
        """Apply what others published; number of lines. No lock, and one stat when nothing is new.

        Raises Corrupt, TooNew (and goes on raising it: the view stays at the last good line),
        ReadOnly("lock_replaced").
        """
        if self._holding:
            return 0
        if self.trouble:
            raise self.trouble
        if self._lock is None:
            before = self.view.n
            self._read_to_end()
            return self.view.n - before
        if self._lock.replaced():
            raise ReadOnly("lock_replaced")
        mark = self._lock.mark
        if mark <= self._journal.position:
            return 0
        with self._stopping_at_trouble():
            return self._follow(mark)

    # --- writing -----------------------------------------------------------------------------------------------
    @contextmanager
    def locked(self, *, heal: bool = False) -> Iterator[None]:
        """Hold the lock, caught up with everybody. Raises Locked, ReadOnly, Corrupt, TooNew, SaveFailed."""
        if self._holding:
            raise RuntimeError("a commit inside a commit")
        if self.trouble:
            raise self.trouble
        if self._lock is None or not self.writable:
            raise ReadOnly("not_writable")
        self._lock.acquire(self._lock_seconds)
        signals = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
        try:
            if self._lock.replaced():
                raise ReadOnly("lock_replaced")
            if self._lock.poisoned and not heal:
                raise ReadOnly("poisoned")
            with self._stopping_at_trouble():
                self._recover()
            self._holding = True
            yield
        finally:
            self._holding = False
            self._lock.release()
            signal.pthread_sigmask(signal.SIG_SETMASK, signals)

    def append(self, fields: Mapping[str, Any]) -> int:
        """Write one line, make it durable, apply it, publish it; its sequence number. Only inside `locked`.

        `fields`: put {table: {id: document}}, del {table: [ids]}, drop [tables], rid, and the store's own keys.
        Raises BadDocument, SaveFailed.
        """
        if not self._holding:
            raise RuntimeError("append without the lock")
        self._check(fields)
        self._write(fields)
        return self.view.n

    def heal(self) -> int:
        """An operator's act after a failed sync: read the tail again from the disk, set aside what is torn, go on.

        Writes an audit line (`recover`) and gives its number. Raises SaveFailed if the disk still refuses.
        """
        self._journal.forget()
        with self.locked(heal=True):
            seq = self.append({"recover": {"position": self._journal.position}})
            assert self._lock is not None
            self._lock.heal()
        return seq

    def close(self) -> None:
        self._journal.close()
        if self._lock:
            self._lock.close()

    @contextmanager
    def _stopping_at_trouble(self) -> Iterator[None]:
        """Remember damage, so that this handle stays where it is, readable, and writes no more (R2)."""
        try:
            yield
        except (Corrupt, TooNew) as trouble:
            if self._confirmed:
                self.trouble = trouble
            raise

    # --- opening -----------------------------------------------------------------------------------------------
    def _make_layout(self) -> bool:
        """Make folders that are missing. False if this process may only read."""
        try:
            for folder in (self.folder, *(self.folder / name for name in ("journal", "archive", "torn"))):
                if not folder.is_dir():
                    disk.mkdir(folder)
                    disk.fsync_dir(folder.parent)
        except OSError:
            if not (self.folder / "journal").is_dir():
                raise
        return os.access(self.folder, os.W_OK) and os.access(self.folder / "journal", os.W_OK)

    def _attach(self) -> LockFile | None:
        path = self.folder / "lock"
        fresh = not path.exists()
        try:
            lock = LockFile(path, self.writer)
        except FileNotFoundError:
            return None  # nothing was ever written here, or only a copy for reading
        if fresh:
            disk.fsync_dir(self.folder)
        self.writable = self.writable and lock.writable
        return lock

    def _start(self) -> None:
        """Bring the view up: from the checkpoint if the journal vouches for it, else from the first line (R1)."""
        try:
            loaded = dbfile.load(self.folder)
        except ValueError:
            loaded = None
            self.alarms.append(Alarm(dbfile.FILE, "not_a_checkpoint"))
        if loaded and self._start_from(loaded):
            return
        used = (self.folder / dbfile.FILE).exists() or (self._lock is not None and self._lock.mark > 0)
        self.view = View()
        self._confirmed = True
        if not self._journal.open_first(create=self.writable and not used) and used:
            raise self._journal.corrupt("missing_segment")
        self._settle()
        if self.alarms and self.writable:
            self._set_aside_checkpoint()

    def _start_from(self, loaded: dbfile.Loaded) -> bool:
        """Start at the checkpoint and follow the journal. False if the journal does not know this checkpoint."""
        if loaded.view.fmt > self._fmt:
            raise TooNew(loaded.view.fmt)
        self.view = loaded.view
        self._confirmed = False
        self._announced = loaded.place.n, loaded.sha256
        try:
            self._journal.seek(loaded.place)
            self._settle()
        except Corrupt:
            if self._confirmed:
                raise
        if not self._confirmed:
            self.alarms.append(Alarm(dbfile.FILE, "not_in_journal"))
        return self._confirmed

    def _settle(self) -> None:
        """Catch up to the end of the journal; take the lock only if a crash or power cut left something to do."""
        if self._lock is None:
            self._read_to_end()
            return
        self._follow(self._lock.mark)
        journal = self._journal
        if journal.n and self._lock.mark == journal.position == journal.end() and journal.is_last():
            return
        try:
            if self.writable and not self._lock.poisoned:
                with self.locked():
                    if not journal.n:
                        self.append({"fmt": self._fmt})  # the first line of a desk
                return
            self._lock.acquire(self._lock_seconds)  # nobody is half-way through a line now
        except Locked:
            if not journal.n:
                raise
            return  # a holder stopped in mid-line: what is published can be read
        try:
            self._read_to_end()
        finally:
            self._lock.release()

    def _read_to_end(self) -> None:
        """All whole lines, for a process that may not repair: a torn last one is left for one that may."""
        try:
            self._follow(None)
        except Corrupt as error:
            if not self._is_torn(error):
                raise

    def _set_aside_checkpoint(self) -> None:
        """Keep a db.json that is not ours, out of the way of the next one."""
        path = self.folder / dbfile.FILE
        disk.replace(path, self.folder / "torn" / f"{dbfile.FILE}.{time.time_ns()}")
        disk.fsync_dir(self.folder)

    # --- following ---------------------------------------------------------------------------------------------
    def _follow(self, upto: int | None) -> int:
        """Apply lines up to the mark (None: to the end). Raises Corrupt, TooNew; number of lines."""
        before = self.view.n
        for record in self._journal.records(upto):
            self._apply(record)
        return self.view.n - before

    def _apply(self, record: Record) -> None:
        if record.get("fmt", 0) > self._fmt:
            raise TooNew(record["fmt"])
        self.view.apply(record, self._journal.head)
        if not self._confirmed and "ckpt" in record:
            self._confirmed = (record["ckpt"]["n"], record["ckpt"]["sha256"]) == self._announced
        if self._listeners:
            line = as_line(record)
            for callback in self._listeners:
                callback(line)

    def _recover(self) -> None:
        """Holding the lock: apply everything, adopt whole lines no one acknowledged, set a torn last one aside."""
        assert self._lock is not None
        journal, lock = self._journal, self._lock
        self._follow(lock.mark)
        if lock.mark == journal.position == journal.end():
            return
        try:
            journal.sync()  # first, so that nothing is shown that a power cut could still take away
        except OSError as error:
            lock.poison()
            raise SaveFailed(error.errno or 0, "sync") from error
        try:
            self._follow(None)
        except Corrupt as error:
            if not self._is_torn(error):
                raise
        except OSError as error:
            raise SaveFailed(error.errno or 0, "segment") from error
        if torn := journal.remaining():
            self._cut(torn)
        lock.publish(journal.position)

    def _is_torn(self, error: Corrupt) -> bool:
        """Only one last line, at or above the mark, may be torn (R3); and never on the word of db.json alone."""
        journal = self._journal
        return (
            self._confirmed
            and error.what in ("hash", "form")
            and journal.position >= (self._lock.mark if self._lock else 0)
            and b"\n" not in journal.remaining()[:-1]
            and journal.is_last()
        )

    def _cut(self, torn: bytes) -> None:
        """Copy a torn tail to torn/, cut it off, and say so in the journal."""
        if not self._confirmed:
            raise self._journal.corrupt("torn")
        name = f"{self._journal.n + 1:012d}.{time.time_ns()}"
        try:
            atomic.replace_file(self.folder / "torn" / name, [torn])
            self._journal.cut()
        except OSError as error:
            raise SaveFailed(error.errno or 0, "torn") from error
        self._write({"cut": {"file": name, "bytes": len(torn)}})

    # --- writing one line --------------------------------------------------------------------------------------
    def _write(self, fields: Mapping[str, Any]) -> None:
        assert self._lock is not None
        journal = self._journal
        try:
            line = encode({"n": journal.n + 1, "t": self._clock(), "w": self.writer, **fields}, journal.head)
        except TypeError as error:  # a lone surrogate, a number over 64 bits: orjson does not say where
            raise BadDocument("line", "not_json") from error
        if len(line) > MAX_LINE:
            raise BadDocument("line", "too_large")
        try:
            journal.append(line)
        except OSError as error:
            if error.filename == "sync":
                self._lock.poison()  # the page cache proves nothing any more: never retry, never acknowledge
            raise SaveFailed(error.errno or 0, str(error.filename)) from error
        try:
            self._follow(None)  # as every other process will: by reading the line
        except OSError as error:
            raise SaveFailed(error.errno or 0, "segment") from error
        finally:
            self._lock.publish(journal.position)

    # --- what may be written -----------------------------------------------------------------------------------
    def _check(self, fields: Mapping[str, Any]) -> None:
        for name, docs in fields.get("put", {}).items():
            if name == dbfile.META:
                raise BadDocument(name, "reserved")
            fixed = self.view.tables[name] if name in self._append_only else ()
            for doc_id, doc in docs.items():
                if doc_id in fixed:
                    raise BadDocument(f"{name}/{doc_id}", "append_only")
                found = flaw(doc)
                if found:
                    raise BadDocument(f"{name}/{doc_id}{found[0]}", found[1])
        if "arch" not in fields:
            for name in (*fields.get("del", ()), *fields.get("drop", ())):
                if name in self._append_only:
                    raise BadDocument(name, "append_only")
