"""The store as the desk uses it: read the view, commit a decision, follow the others."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Final

from dutyboard.store import archive, checkpoint, verify
from dutyboard.store.archive import sweep
from dutyboard.store.commit import Append, heal, in_turn, locked
from dutyboard.store.errors import Away, BadDocument, Locked, StoreError
from dutyboard.store.files.kept import read_kept, write_kept
from dutyboard.store.ids import FreshIds
from dutyboard.store.journal import MAX_LINE, Position
from dutyboard.store.ledger import Alarm, Ledger
from dutyboard.store.migrate import migrate
from dutyboard.store.opening import open_ledger
from dutyboard.store.schema import Step
from dutyboard.store.trail import knows, line, named, stood, trail
from dutyboard.store.view import Commit, Docs, Gone, Large, Put, Table
from dutyboard.store.views import Views

if TYPE_CHECKING:
    from dutyboard.store.past import Past

_LOOKS: Final = (0.0, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064)
"""Seconds between the looks for the mark behind a line that was just written: it follows the sync.

After a longer sync the next look of a period finds it.
"""
PATIENCE = 30.0
"""Seconds for which a checkpoint, an archive, a backup and a check wait for each other."""


class Store:
    """An open folder. One thread commits and refreshes; `watch` may run in another."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._ids = FreshIds(ledger)
        self.views = Views(ledger.folder, ledger.writer, ledger.lock_seconds, ledger.engine)

    @property
    def folder(self) -> Path:
        return self._ledger.folder.path

    @property
    def seq(self) -> int:
        """Number of the newest line in the view."""
        return self._ledger.view.n

    @property
    def head(self) -> str:
        """Hash of the newest line, 64 hex digits: what paper has to carry to pin the whole log."""
        return self._ledger.view.head

    @property
    def docs(self) -> Docs:
        """The view in memory: table → id as text → document. Every access decodes: keep what you use twice."""
        return self._ledger.view.tables

    def standing(self, table: str) -> Table:
        """Return a table of `docs` as it stands now, with the JSON of each document. Later lines do not change it."""
        return self._ledger.view.tables[table].copy()

    def text(self, table: str, doc_id: int) -> bytes:
        """The JSON of a document as it is kept; nothing if there is none."""
        held = self._ledger.view.tables[table]
        return held.raw(str(doc_id)) if str(doc_id) in held else b""

    def size(self, table: str, doc_id: int) -> int:
        """The bytes of a document's JSON; 0 if there is none."""
        return len(self.text(table, doc_id))

    @property
    def writable(self) -> bool:
        return self._ledger.writable

    @property
    def damage(self) -> StoreError | None:
        """The damage at which the view stopped, met at opening with `damaged_ok` or later; None if there is none."""
        return self._ledger.trouble

    @property
    def mirrors(self) -> bool:
        """True if the lines are on an engine, and the folder is a mirror of them."""
        return self._ledger.engine is not None

    @property
    def away(self) -> Away | None:
        """The reason for which no newer lines were read as the mirror was opened; None if they were."""
        return self._ledger.away

    @property
    def poisoned(self) -> bool:
        """True if a sync failed in this run of the machine: nobody may write until `heal`."""
        return self._ledger.lock is not None and self._ledger.lock.poisoned

    @property
    def shared(self) -> bool:
        """True if the folder is open to a group: any of its members can change every file."""
        return self._ledger.folder.shared

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """The things that opening found and put right, e.g. a db.json that was edited by hand."""
        return tuple(self._ledger.alarms)

    def kept_rows(self) -> bytes:
        """The rows that a session left beside the checkpoint; nothing in a shared folder. Raises OSError, Unsafe.

        Any member of a group could put others in their place, and no check would tell.
        """
        return b"" if self.shared else read_kept(self._ledger.folder)

    def keep_rows(self, text: bytes) -> bool:
        """Leave rows beside the checkpoint; return False where none are kept. Raises OSError, SaveFailed."""
        if self.shared or not self.writable:
            return False
        write_kept(self._ledger.folder, text)
        return True

    def next_id(self, table: str) -> int:
        """The id after the highest ever used in the table; inside `decide` each call gives a further one."""
        return self._ids.take(table)

    def listen(self, callback: Callable[[Commit], None]) -> None:
        """Call `callback` for every line applied from now on, own and others', in order, on the applying thread."""
        self._ledger.listen(callback)

    def refresh(self) -> int:
        """Catch up to the published mark without the lock; return the number of lines applied.

        Raises Corrupt, TooNew, ReadOnly("lock_replaced"); the view stays readable at the last good line.
        """
        return self._ledger.refresh()

    def commit(self, decide: Callable[[], Sequence[Put | Gone]], *, rid: str | None = None) -> int | None:
        """Decide on fresh data and write the outcome as one durable line; return its number, or None without an
        outcome.

        Lock (with the time limit) → catch up (listeners run) → `decide()`. If it raises, nothing is written and the
        exception passes through. → one line, sync, apply (listeners run), publish, unlock. A `rid` seen before gives
        the number of its line and writes nothing, so that a retry is safe. An outcome that is `Large` may take several
        lines, which count together or not at all; the number is that of the last. What an engine rolled back is decided
        again, within the time limit. Raises Locked, ReadOnly, Corrupt, BadDocument, SaveFailed, Away: nothing is saved;
        Unsure.
        """

        def act(append: Append) -> int | None:
            if rid is not None and rid in self._ledger.view.rids:
                return self._ledger.view.rids[rid]
            self._ids.begin()
            puts = decide()
            if not puts:
                return None
            fields: dict[str, Any] = {"rid": rid} if rid is not None else {}
            fields["put"] = self._documents([each for each in puts if isinstance(each, Put)])
            for each in puts:
                if isinstance(each, Gone):
                    fields.setdefault("del", {}).setdefault(each.table, []).append(str(each.doc_id))
            return append(fields, in_parts=isinstance(puts, Large))

        return in_turn(self._ledger, act)

    def watch(self, wake: Callable[[], None], stop: Event, period: float = 0.5) -> None:
        """Block until `stop`, calling `wake` from this thread whenever somebody (this process too) committed.

        Refreshes nothing: it looks at the published mark and the lock file's inode each `period`, in seconds, and soon
        after a line was written, where the system tells that. A replaced lock file wakes once, so that the next refresh
        can say so. Set `stop` and join the thread before `close`.
        """
        seen = self._ledger.mark, False
        from dutyboard.store.engine.looking import Looks  # by need: a command waits for nobody's commit
        from dutyboard.store.files.writes import Writes

        looks, writes = Looks(self._ledger.engine, period), Writes(self._ledger.journal.folder)
        with closing(looks), closing(writes):
            while not stop.is_set():
                for pause in _LOOKS if writes.wait(period) else (0.0,):
                    if stop.wait(pause):
                        return
                    now = self._ledger.mark, self._ledger.lock_replaced()
                    if now != seen:
                        seen = now
                        wake()
                        break
                if looks.news(self.seq):
                    wake()

    @property
    def needs_checkpoint(self) -> bool:
        """True when 1000 lines passed since the last one. Ask when idle; never on the way of a commit."""
        return checkpoint.due(self._ledger)

    def checkpoint(self, seconds: float = PATIENCE) -> None:
        """Write db.json anew. Raises Busy after so many `seconds`, SaveFailed, Locked, ReadOnly."""
        checkpoint.make(self._ledger, seconds)

    def verify(self) -> verify.Verification:
        """Check every byte of the journal, the checkpoint and the archives."""
        return verify.verify(self.folder, seconds=PATIENCE)

    def archive(self, name: str, choose: archive.Choose) -> str | None:
        """Move closed documents to archive/<name>.json, in the journal; return the name of the file (see
        `archive.archive`)."""
        return archive.archive(self._ledger, name, choose, PATIENCE)

    def past(self, containing: str = "") -> "Past":
        """Everything that the desk holds, archives included, for TinyDB's queries (see `past.Past`)."""
        from dutyboard.store.past import Past  # by need: a start imports no TinyDB

        return Past(self._ledger, containing)

    def trail(self, table: str, doc_id: int) -> Iterator[Commit]:
        """Yield every commit that put, deleted or dropped one document, oldest first."""
        return trail(self._ledger, table, doc_id)

    def stood(self, seq: int, wanted: Mapping[str, Collection[int]]) -> dict[tuple[str, int], dict[str, Any]] | None:
        """Return the documents of `wanted` (table → ids) as they stood before a line; None: lines before it are
        lost."""
        return stood(self._ledger, seq, wanted)

    def line(self, seq: int) -> Commit | None:
        """Return the commit with this number; None if its line is not there or was lost."""
        return line(self._ledger, seq)

    def named(self, rid: str) -> int | None:
        """Return the number of the act that was saved under a name; None if none was.

        Waits for whoever is saving just now, and looks when he is done: nobody waits for the look. Raises Locked,
        ReadOnly, Corrupt.
        """
        with locked(self._ledger):
            pass
        return named(self._ledger, rid)

    def knows(self, seq: int, head: str) -> bool:
        """Return True if the line with this number has this hash, or stands for lost ones."""
        return knows(self._ledger, seq, head)

    @property
    def following(self) -> dict[str, int]:
        """The id after the highest ever used, by table."""
        return dict(self._ledger.view.next)

    def skip_ids(self, following: Mapping[str, int], why: Mapping[str, Any]) -> None:
        """Give out no id below these, by table, as a line that says why (`rolled`). Raises as `commit`."""
        in_turn(self._ledger, lambda append: append({"rolled": dict(why), "next": dict(following)}))

    def hold_views(self) -> None:
        """Write down how far the view log goes, if it grew since, so that its end cannot vanish unseen.

        Raises as `commit`, Unsafe, OSError.
        """
        number, head = self.views.newest()
        if number > self._ledger.view.views[0]:
            in_turn(self._ledger, lambda append: append({"views": {"n": number, "head": head}}))

    def backup(self, dest: Path) -> Position:
        """A consistent copy while officers work (see `backup.backup`)."""
        from dutyboard.store import backup  # by need, as in `export`: no start makes a copy

        return backup.backup(self._ledger, dest, PATIENCE)

    def export(self, without: frozenset[str] = frozenset()) -> Iterator[bytes]:
        """Everything as one JSON text, in blocks (see `backup.export`)."""
        from dutyboard.store import backup

        return backup.export(self._ledger, without)

    def heal(self) -> int:
        """Allow commits again after a failed sync, as an act of an operator (see `commit.heal`)."""
        seq = heal(self._ledger)
        self.views.heal()
        sweep(self._ledger)
        return seq

    def close(self) -> None:
        self.views.close()
        self._ledger.close()

    def _documents(self, puts: Sequence[Put]) -> dict[str, dict[str, dict[str, Any]]]:
        found: dict[str, dict[str, dict[str, Any]]] = {}
        view = self._ledger.view
        for put in puts:
            key = str(put.doc_id)
            if put.doc_id < view.next.get(put.table, 1) and key not in view.tables[put.table]:
                raise BadDocument(f"{put.table}/{key}", "id_taken")  # deleted or archived: never given out again
            found.setdefault(put.table, {})[key] = put.doc
        return found


def open_store(
    folder: Path,
    *,
    writer: str,
    lock_seconds: float = 5.0,
    damaged_ok: bool = False,
    steps: Sequence[Step] = (),
    line_bytes: int = MAX_LINE,
) -> Store:
    """Open a desk's folder, making an empty one where there is nothing.

    `writer` is "login@pid": so the lock names this process. Its lines say "login@session", a number of the desk's own.

    Where the folder is not writable it opens for reading. `damaged_ok` opens a damaged one for reading, up to the
    damage; commit and refresh then raise. `steps` lead to the newest format of documents that the caller knows; a
    folder in an older one is brought up, step by step, where it may be written. `line_bytes`: the longest line that
    is written.
    Raises NotLocal, TooNew, Corrupt, Locked (only after a crash), SaveFailed, OSError where there is nothing to read.
    """
    ledger = open_ledger(
        folder,
        writer=writer,
        lock_seconds=lock_seconds,
        damaged_ok=damaged_ok,
        steps=tuple(steps),
        line_bytes=line_bytes,
    )
    try:
        if ledger.engine is not None and not ledger.trouble:
            try:
                ledger.refresh()
            except Away as away:  # the mirror can be read meanwhile
                ledger.away = away
            except Locked:
                pass
        sweep(ledger)
        if ledger.writable and not ledger.trouble:
            migrate(ledger)
    except BaseException:
        ledger.close()
        raise
    return Store(ledger)
