"""TinyDB's own API on the ledger: `JournalDB(folder)` is a `tinydb.TinyDB`, for many processes, and survives crashes.

A storage alone could not do it: TinyDB's `read()` does not know whether a write follows, and `write()` takes the
whole database. So the table class takes part: what reads goes to the view, what writes runs in a transaction over an
overlay, and its net effect becomes one line of the journal.
"""

import os
import pwd
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from dutyboard.store import view
from dutyboard.store.archive import sweep
from dutyboard.store.commit import locked
from dutyboard.store.engine.mirrored import mirror_at
from dutyboard.store.ids import FreshIds
from dutyboard.store.ledger import Ledger
from dutyboard.store.opening import open_ledger
from dutyboard.store.past import Past

Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]


class Overlay(MutableMapping[Any, dict[str, Any]]):
    """A table as an updater of TinyDB sees it: only documents that it touches are decoded and kept."""

    def __init__(self, base: view.Table, id_class: Callable[[str], Any]) -> None:
        self._base = base
        self._id_class = id_class
        self._touched: dict[str, dict[str, Any]] = {}
        self._gone: set[str] = set()

    def __contains__(self, doc_id: object) -> bool:
        key = str(doc_id)
        return key in self._touched or (key in self._base and key not in self._gone)

    def __getitem__(self, doc_id: Any) -> dict[str, Any]:
        key = str(doc_id)
        if key not in self._touched:
            if key in self._gone:
                raise KeyError(doc_id)
            self._touched[key] = self._base[key]
        return self._touched[key]

    def __setitem__(self, doc_id: Any, document: dict[str, Any]) -> None:
        self._touched[str(doc_id)] = document

    def __delitem__(self, doc_id: Any) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        key = str(doc_id)
        self._touched.pop(key, None)
        if key in self._base:
            self._gone.add(key)

    def __iter__(self) -> Iterator[Any]:
        for key in self._base:
            if key not in self._gone:
                yield self._id_class(key)
        for key in list(self._touched):
            if key not in self._base or key in self._gone:
                yield self._id_class(key)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        self._touched.clear()
        self._gone = set(self._base)

    def as_text_ids(self) -> dict[str, dict[str, Any]]:
        """The table as TinyDB reads it from a storage, for reads inside the transaction."""
        return {str(doc_id): self[doc_id] for doc_id in self}

    def net(self) -> tuple[dict[str, dict[str, Any]], list[str]]:
        """Return the documents that differ from the base, and the ids that are gone; removed and put again is both."""
        changed = {
            key: document
            for key, document in self._touched.items()
            if key not in self._base or key in self._gone or _differs(document, self._base.raw(key))
        }
        return changed, sorted(self._gone)


def _differs(document: dict[str, Any], raw: bytes) -> bool:
    try:
        return orjson.dumps(document) != raw
    except TypeError:
        return True  # not JSON: let the ledger refuse it


class Overlays:
    """The changes of one transaction: an overlay for each table it touches, and the tables it drops."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.overlays: dict[str, Overlay] = {}
        self.dropped: list[str] = []

    def overlay(self, table: str, id_class: Callable[[str], Any]) -> Overlay:
        if table not in self.overlays:
            base = view.Table() if table in self.dropped else self._ledger.view.tables[table]
            self.overlays[table] = Overlay(base, id_class)
        return self.overlays[table]

    def drop(self, table: str) -> None:
        """Forget the table and all in it. Its ids are not given out again."""
        if table in self._ledger.view.tables and table not in self.dropped:
            self.dropped.append(table)
        self.overlays.pop(table, None)

    def fields(self) -> dict[str, Any]:
        """The line's fields; empty if nothing changed."""
        puts: dict[str, dict[str, Any]] = {}
        gone: dict[str, list[str]] = {}
        for table, overlay in self.overlays.items():
            changed, removed = overlay.net()
            if changed or table not in self._ledger.view.tables or table in self.dropped:
                puts[table] = changed
            if removed:
                gone[table] = removed
        found = {"drop": self.dropped, "del": gone, "put": puts}
        return {key: value for key, value in found.items() if value}


class JournalStorage(Storage):
    """The ledger behind TinyDB's storage interface, with transactions."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.ids = FreshIds(ledger)
        self._moves = 0
        self._transaction: Overlays | None = None

    @property
    def version(self) -> tuple[int, int]:
        """A version that changes with every line, and with every change inside a transaction."""
        return self.ledger.view.n, self._moves

    @property
    def current(self) -> Overlays | None:
        """The transaction under way, if any."""
        return self._transaction

    @contextmanager
    def transaction(self) -> Iterator[Overlays]:
        """Open a transaction: one line for everything inside, or nothing. An inner one joins the outer."""
        if self._transaction:
            yield self._transaction
            return
        with locked(self.ledger) as append:
            self._transaction = Overlays(self.ledger)
            self.ids.begin()
            try:
                yield self._transaction
                fields = self._transaction.fields()
            finally:
                self._transaction = None
                self.moved()
            if fields:
                append(fields)

    def read(self) -> dict[str, Any]:
        """Tables by name, as they stand; inside a transaction as it left them."""
        self.ledger.refresh()
        tables: dict[str, Any] = dict(self.ledger.view.tables)
        if self._transaction:
            for name in self._transaction.dropped:
                tables.pop(name, None)
            tables.update((name, overlay.as_text_ids()) for name, overlay in self._transaction.overlays.items())
        return tables

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Make the database equal `data`, as a transaction. TinyDB itself comes here only to drop tables."""
        with self.transaction() as transaction:
            before = self.read()
            for name in before.keys() - data.keys():
                transaction.drop(name)
            for name, documents in data.items():
                if before.get(name) is not documents:
                    overlay = transaction.overlay(name, str)
                    overlay.clear()
                    overlay.update((str(doc_id), dict(document)) for doc_id, document in documents.items())

    def close(self) -> None:
        self.ledger.close()

    def moved(self) -> None:
        """Void cached results, after a transaction changed something or was given up."""
        self._moves += 1


class JournalTable(Table):
    """A TinyDB table whose reads are served by the view and whose writes are lines of the journal."""

    _storage: JournalStorage
    _version_seen = (-1, 0)

    def search(self, cond: QueryLike) -> list[Document]:
        """Return the documents that match, as TinyDB does.

        The answer is never stale after a write of another process, and the caller may change the results.
        """
        self._storage.ledger.refresh()
        if self._version_seen != self._storage.version:
            self.clear_cache()
            self._version_seen = self._storage.version
        return [
            self.document_class(orjson.loads(orjson.dumps(document)), document.doc_id)
            for document in super().search(cond)
        ]

    def insert(self, document: Mapping[str, Any]) -> int:
        with self._storage.transaction():
            doc_id = super().insert(document)
            self._storage.ids.note(self.name, doc_id)
            return doc_id

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        with self._storage.transaction():
            return [self.insert(document) for document in documents]

    def update(self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        with self._storage.transaction():
            return super().update(fields, doc_ids=self._matching(cond) if doc_ids is None else doc_ids)

    def update_multiple(self, updates: Iterable[tuple[Fields, QueryLike]]) -> list[int]:
        with self._storage.transaction():
            return super().update_multiple(updates)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        with self._storage.transaction():
            return super().upsert(document, cond)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        if cond is None and doc_ids is None:
            return super().remove()  # raises, as documented
        with self._storage.transaction():
            return super().remove(doc_ids=self._matching(cond) if doc_ids is None else doc_ids)

    def _matching(self, cond: QueryLike | None) -> list[Any]:
        """Ids of the documents that match (None: all), without bringing the others into the overlay."""
        return [self.document_id_class(key) for key, doc in self._read_table().items() if cond is None or cond(doc)]

    def _read_table(self) -> Mapping[str, Mapping[str, Any]]:  # type: ignore[override]  # TinyDB only reads it
        storage = self._storage
        if storage.current and self.name in storage.current.overlays:
            return storage.current.overlays[self.name].as_text_ids()
        if storage.current and self.name in storage.current.dropped:
            return {}
        storage.ledger.refresh()
        return storage.ledger.view.tables[self.name]

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.transaction() as transaction:
            updater(transaction.overlay(self.name, self.document_id_class))
            self._storage.moved()
        self.clear_cache()

    def _get_next_id(self) -> Any:
        return self.document_id_class(self._storage.ids.take(self.name))


class JournalDB(TinyDB):
    """TinyDB on a folder that many processes share, or on the desk at an address. Use one handle from one thread.

    Differences from TinyDB, all wanted: ids are never given out twice, not even after a drop; `update` with a
    function that raises changes nothing; what a caller does to a document it got back changes nothing.
    """

    table_class = JournalTable

    def __init__(self, folder: str | Path, *, writer: str | None = None, lock_seconds: float = 5.0):
        """Open a folder, or the mirror in this user's state folder of an address (`postgresql://…`), made if needed.

        `writer` names the process in the lock, and its login each line; by default "login@pid". Documents are read as
        they are, of any format.

        Raises what `open_ledger` and `mirror_at` raise: ValueError for an address that cannot be used.
        """
        if isinstance(folder, str) and "://" in folder:
            folder = mirror_at(folder)
        writer = writer or f"{_user()}@{os.getpid()}"
        self.ledger = open_ledger(Path(folder), writer=writer, lock_seconds=lock_seconds, any_format=True)
        sweep(self.ledger)
        self._journal_storage = JournalStorage(self.ledger)
        super().__init__(storage=lambda: self._journal_storage)

    @property
    def storage(self) -> JournalStorage:
        return self._journal_storage

    def past(self, containing: str = "") -> Past:
        """Return everything that the folder holds, archives included, for queries that only read (see `Past`)."""
        return Past(self.ledger, containing)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a transaction over any tables: one line for all operations inside, or nothing. Others see it whole or
        not at all.

        Raises Locked, ReadOnly, Corrupt, BadDocument, SaveFailed; then nothing changed.
        """
        with self.storage.transaction():
            yield


def _user() -> str:
    """Return the login of the user of this process, and not what the environment says of him."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
