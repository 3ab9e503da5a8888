"""The view log: who looked at whom. A ledger of its own in `views/`, made of the same parts as the desk's.

Its lines carry `view` in place of `put`: nothing of it is kept in memory, no board follows it, and its lock holds up
nobody who saves. It is opened when the first line is written or read.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from dutyboard.store import checkpoint
from dutyboard.store.archive import sweep
from dutyboard.store.commit import heal, in_turn
from dutyboard.store.engine.port import Engine
from dutyboard.store.errors import Corrupt, SaveFailed, StoreError
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.segments import segments, standing_name
from dutyboard.store.journal import ZERO, Flaw, lines, parsed
from dutyboard.store.ledger import Ledger
from dutyboard.store.opening import ledger_in

FOLDER: Final = "views"


class Views:
    """The view log of a desk. One thread writes and reads."""

    def __init__(self, desk: Folder, writer: str, lock_seconds: float, engine: Engine | None = None) -> None:
        self._desk = desk
        self._engine = engine
        self._writer = writer
        self._lock_seconds = lock_seconds
        self._ledger: Ledger | None = None

    def add(self, view: Mapping[str, Any]) -> int:
        """Write one durable line; return its number.

        Raises Locked, ReadOnly, Corrupt, BadDocument, SaveFailed, Unsafe: nothing was written.
        """
        try:
            return in_turn(self._opened(), lambda append: append({"view": dict(view)}))
        except BaseException as error:
            self.close()  # whoever looks next begins anew
            if isinstance(error, OSError) and not isinstance(error, StoreError):
                raise SaveFailed(error.errno or 0, FOLDER) from error
            raise

    def read(self, containing: str = "") -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Yield number and content of each line in whose JSON a text stands, oldest first, up to the newest.

        Lazy. Raises Corrupt, Unsafe, OSError.
        """
        if not self._desk.has(FOLDER):
            return
        ledger, needle = self._opened(), containing.encode()
        ledger.refresh()
        journal = ledger.journal.folder
        for first in segments(journal):
            for text in lines(journal, first):
                if needle not in text or b'"view":' not in text or not text.endswith(b"\n"):
                    continue
                try:
                    record = parsed(text)
                except Flaw as flaw:
                    raise Corrupt(journal.place(standing_name(journal, first)), 0, flaw.what) from None
                if record["n"] > ledger.view.n:
                    return
                if "view" in record:
                    yield record["n"], record["view"]

    def newest(self) -> tuple[int, str]:
        """Return number and hash of the newest line; 0 and zeros if there is no log. Raises as `read`."""
        if not self._desk.has(FOLDER):
            return 0, ZERO
        ledger = self._opened()
        ledger.refresh()
        return ledger.view.n, ledger.view.head

    def heal(self) -> int | None:
        """Allow lines again after a failed sync (see `commit.heal`); None if none had failed. Raises as `add`."""
        if not self._desk.has(FOLDER):
            return None
        ledger = self._opened()
        return heal(ledger) if ledger.lock is not None and ledger.lock.poisoned else None

    def close(self) -> None:
        """Leave the files. A checkpoint that is due is written, so that the next opening is short."""
        if self._ledger is None:
            return
        with suppress(StoreError, OSError):
            if checkpoint.due(self._ledger):
                sweep(self._ledger)
                checkpoint.make(self._ledger, 0)
        self._ledger.close()
        self._ledger = None

    def _opened(self) -> Ledger:
        if self._ledger is None:
            folder = self._desk.again(FOLDER)
            engine = self._engine.again("views") if self._engine is not None else None
            self._ledger = ledger_in(folder, writer=self._writer, lock_seconds=self._lock_seconds, engine=engine)
        return self._ledger
