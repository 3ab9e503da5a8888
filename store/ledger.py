"""The ledger: the view of one process, how far along the journal it stands, and the lock that it shares.

Who may write is in commit.py, what a crash left is put right in recovery.py, the first view comes from opening.py.
`apply` here is the only thing that moves a view: every view is the fold of the journal (invariant I2).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from dutyboard.frozen import frozen
from dutyboard.store.dbfile import ARCHIVE_NAME, MOST
from dutyboard.store.engine.port import Engine
from dutyboard.store.errors import Away, Corrupt, ReadOnly, StoreError, TooNew
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.lock import LockFile
from dutyboard.store.journal import (
    CONTAINER,
    MAX_LINE,
    MAX_PARTS,
    Flaw,
    Journal,
    LineRecord,
    Position,
    decode,
    ends_act,
    is_torn_act,
    joins,
    whole,
)
from dutyboard.store.schema import Step, newest
from dutyboard.store.view import Commit, View, as_commit

APPEND_ONLY = frozenset({"entries"})
"""Tables of the log: a document is put once. A correction is a new document that names the old one."""


@frozen(kw_only=False)
class Alarm:
    """A finding at opening that the store could put right by itself, but that nobody should have caused."""

    file: str
    what: str


def now_text() -> str:
    """The wall clock as the lines carry it: ISO 8601, milliseconds, with the server's offset."""
    return datetime.now().astimezone().isoformat(timespec="milliseconds")


@dataclass(slots=True, eq=False, kw_only=True)
class Ledger:
    """A folder opened by one process, used from one thread. `view` stands at the newest line it has seen.

    `append_only` tables refuse a second put of an id and every delete but archiving. `steps` lead to `fmt`, the newest
    format that the program understands, in which a new desk starts. `any_format`: documents of a newer one are read
    too, as they are. `line_bytes`: the longest line that it writes. `lock` is None where nothing but the journal can be
    read. `engine` holds the lines of a desk of which the folder is a mirror; None: they are all here. `trouble` is
    damage that was met: this handle stays where it is, readable, and writes no more (R2).
    """

    folder: Folder
    writer: str
    journal: Journal
    lock: LockFile | None
    writable: bool
    engine: Engine | None = None
    lock_seconds: float = 5.0
    append_only: frozenset[str] = APPEND_ONLY
    steps: Sequence[Step] = ()
    any_format: bool = False
    line_bytes: int = MAX_LINE
    clock: Callable[[], str] = now_text
    view: View = field(default_factory=View)
    alarms: list[Alarm] = field(default_factory=list)
    trouble: StoreError | None = None
    holding: bool = False
    replayed: int = 0  # lines that the start had to read behind db.json
    confirmed: bool = True  # what we started from, db.json or nothing, is vouched for by the journal
    announced: tuple[int, str] = (0, "")  # n and sha256 of the db.json that we started from
    away: Away | None = None  # why the engine was not asked for newer lines at opening
    _listeners: list[Callable[[Commit], None]] = field(default_factory=list)
    _unheard: Exception | None = None
    _session: int = 0  # number that the desk gave; the writer ends with it then
    fmt: int = field(init=False)

    def __post_init__(self) -> None:
        self.fmt = newest(self.steps)

    def refuse_newer(self, container: int, fmt: int) -> None:
        """Raise TooNew for lines and segments, or documents, of a version that cannot be read here."""
        if container > CONTAINER:
            raise TooNew("container", container, CONTAINER)
        if fmt > self.fmt and not self.any_format:
            raise TooNew("schema", fmt, self.fmt)

    def name_session(self) -> None:
        """Take the number that the desk gives this session, under the lock. It stands in each of its lines.

        It is no process number: the same acts give the same lines, on files and on an engine. Raises Away, ReadOnly.
        """
        if not self._session and self.lock is not None:
            login = self.writer.partition("@")[0]
            self._session = self.engine.session(login) if self.engine is not None else self.lock.next_session()
            self.writer = f"{login}@{self._session}"

    @property
    def mark(self) -> int:
        """The published mark; safe to read from any thread."""
        return self.lock.mark if self.lock else self.journal.offset

    @property
    def position(self) -> Position:
        return self.journal.position

    def lock_replaced(self) -> bool:
        """True if somebody deleted or replaced the lock file under us; safe from any thread."""
        return self.lock is not None and self.lock.replaced()

    def listen(self, callback: Callable[[Commit], None]) -> None:
        """Call back for every line from now on. An exception of a callback is raised by the next `refresh`."""
        self._listeners.append(callback)

    def refresh(self) -> int:
        """Apply what others published; return the number of lines. No lock, and one stat when nothing is new.

        Raises Corrupt, TooNew (and goes on raising it: the view stays at the last good line),
        ReadOnly("lock_replaced"), and once what a listener raised.
        """
        if self.holding:
            return 0
        lines = self._new_lines()
        if self._unheard:
            error, self._unheard = self._unheard, None
            raise error
        return lines

    def _new_lines(self) -> int:
        if self.trouble:
            raise self.trouble
        if self.lock is None:
            return self.follow_to_end()
        if self.lock.replaced():
            raise ReadOnly("lock_replaced")
        before = self.view.n
        newest = self.engine.newest() if self.engine is not None else None
        self._follow_mark()
        if newest is not None and newest != (self.journal.n, self.journal.head):
            self._follow_engine(newest)
        return self.view.n - before

    def _follow_mark(self) -> None:
        assert self.lock is not None
        mark = self.lock.mark
        if mark > self.journal.offset:
            with self.stopping_at_trouble():
                self.follow(mark)

    def _follow_engine(self, newest: tuple[int, str]) -> None:
        """Bring the mirror up to the engine. Raises Away(`other_chain`) where that holds other lines, Locked."""
        assert self.engine is not None and self.lock is not None
        if newest[0] <= self.journal.n:
            if newest[0] == self.journal.n or self.engine.newest()[0] < self.journal.n:
                raise Away("other_chain")
        elif self.writable:
            with self.lock.taken(self.lock_seconds), self.stopping_at_trouble():
                self.follow(self.lock.mark)
                self.pull()

    def pull(self) -> None:
        """Append to the mirror what its engine holds behind it, under the lock of the mirror.

        What a killed session left behind the mark is cut off: the engine has it, or nobody has. Raises Away
        (`other_chain` for a line that does not follow: the mirror is whole, and stays), SaveFailed, TooNew.
        """
        assert self.engine is not None and self.lock is not None
        journal = self.journal
        if journal.end() > journal.offset:
            journal.cut()
        parts: list[LineRecord] = []
        lines, head = b"", journal.head
        for _, line in self.engine.after(journal.n):
            try:
                record, head = decode(line, journal.n + len(parts) + 1, head)
                if not joins(record, parts[-1] if parts else None):
                    raise Flaw("part")
            except Flaw:
                raise Away("other_chain") from None
            parts.append(record)
            lines += line + b"\n"
            if ends_act(record):
                act = whole(parts)
                self._fetch_archive(act)
                journal.append(lines, durable=False)
                journal.advance(act, head, len(lines))
                self.lock.publish(journal.offset)
                self.apply(act)
                parts, lines = [], b""

    def _fetch_archive(self, act: LineRecord) -> None:
        """Copy the archive that an act made on another machine, before the act is in the mirror.

        A file of another content under its name is none yet: somebody here is making an archive, or was killed.
        Raises Away(`other_chain`) if the engine has not kept it.
        """
        assert self.engine is not None
        if "arch" not in act:
            return
        file, digest, archives = act["arch"]["file"], act["arch"]["sha256"], self.folder.inner("archive")
        if ARCHIVE_NAME.fullmatch(file) and not (archives.has(file) and archives.digest(file, MOST) == digest):
            text = self.engine.file(f"archive/{digest}")
            if text is None or sha256(text).hexdigest() != digest:
                raise Away("other_chain")
            archives.replace(file, [text])

    def follow(self, upto: int | None) -> int:
        """Apply lines up to the mark (None: to the end); return their number. Raises Corrupt, TooNew, OSError."""
        before = self.view.n
        for record in self.journal.records(upto):
            self.apply(record)
        return self.view.n - before

    def follow_to_end(self) -> int:
        """Apply all whole acts; a torn last one is left lying. Return the number of lines.

        Raises Corrupt, TooNew, OSError.
        """
        before = self.view.n
        try:
            self.follow(None)
        except Corrupt as error:
            if not self._is_torn(error):
                raise
        return self.view.n - before

    def _is_torn(self, error: Corrupt) -> bool:
        """True if the damage is a torn last act, at or above the mark (rule R3). The word of db.json alone is not
        enough."""
        return (
            self.confirmed
            and error.what in ("hash", "form")
            and self.journal.offset >= (self.lock.mark if self.lock else 0)
            and self.journal.end() - self.journal.offset <= MAX_LINE * MAX_PARTS
            and is_torn_act(self.journal.remaining(), self.journal.n)
            and self.journal.is_last()
        )

    def apply(self, record: LineRecord) -> None:
        """Move the view by the line that the journal has just passed. Raises TooNew."""
        self.refuse_newer(record.get("container", 0), record.get("fmt", 0))
        self.view.apply(record, self.journal.head)
        if not self.confirmed and "ckpt" in record:
            self.confirmed = (record["ckpt"]["n"], record["ckpt"]["sha256"]) == self.announced
        if self._listeners:
            commit = as_commit(record)
            for callback in self._listeners:
                try:
                    callback(commit)
                except Exception as error:  # the line stands: whatever is said of it now, it is not "not saved"
                    self._unheard = self._unheard or error

    @contextmanager
    def stopping_at_trouble(self) -> Iterator[None]:
        """Remember damage met inside, unless it only shows that db.json led us astray."""
        try:
            yield
        except (Corrupt, TooNew) as trouble:
            if self.confirmed:
                self.trouble = trouble
            raise

    def close(self) -> None:
        if self.engine is not None:
            self.engine.close()
        self.journal.close()
        if self.lock:
            self.lock.close()
        self.folder.close()
