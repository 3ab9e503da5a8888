"""The past of a desk as TinyDB's queries read it: what lives, and what lies in the archives.

Nothing is kept in memory: a query walks the documents one by one.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from dutyboard.store import archive
from dutyboard.store.errors import ReadOnly
from dutyboard.store.ledger import Ledger


class PastDocuments(Mapping[str, Mapping[str, Any]]):
    """id as text → document of one table, those of the archives first, oldest act first.

    `containing`: only documents in whose JSON text this stands are decoded.
    """

    def __init__(self, ledger: Ledger, table: str, containing: str) -> None:
        self._ledger = ledger
        self._table = table
        self._containing = containing

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self._pairs())

    def _pairs(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        live, needle = self._ledger.view.tables[self._table], self._containing.encode()
        for number, document in archive.history(self._ledger, self._table, self._containing):
            yield str(number), document
        for key in live:
            if needle in live.raw(key):
                yield key, live[key]

    def items(self) -> Any:
        return self._pairs()

    def __getitem__(self, key: str) -> Mapping[str, Any]:
        live = self._ledger.view.tables[self._table]
        found = live[key] if key in live else archive.find(self._ledger, self._table, int(key))
        if found is None:
            raise KeyError(key)
        return found

    def __len__(self) -> int:
        return sum(1 for _ in self._pairs())


class PastTable(Table):
    """A table of the past. It only reads, and remembers no answer."""

    default_query_cache_capacity = 0
    _storage: "PastStorage"

    def _read_table(self) -> Mapping[str, Mapping[str, Any]]:  # type: ignore[override]  # TinyDB only reads it
        return self._storage.documents(self.name)


class PastStorage(Storage):
    """The live documents and the archives behind TinyDB's storage interface."""

    def __init__(self, ledger: Ledger, containing: str) -> None:
        self._ledger = ledger
        self._containing = containing

    def documents(self, table: str) -> PastDocuments:
        """Return the documents of a table."""
        return PastDocuments(self._ledger, table, self._containing)

    def read(self) -> dict[str, Any]:
        """Return the tables by name."""
        counted = (name for record in self._ledger.view.archives.values() for name in record["counts"])
        return {name: self.documents(name) for name in dict.fromkeys((*counted, *self._ledger.view.tables))}

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:  # noqa: ARG002  # TinyDB's own signature
        """Refuse: what is past stays as it was written. Raises ReadOnly."""
        raise ReadOnly("not_writable")


class Past(TinyDB):
    """A TinyDB that only reads: everything that a desk holds, archives included.

    Queries raise Corrupt if an archive is not the one the journal recorded, ReadOnly where they would write.
    """

    table_class = PastTable

    def __init__(self, ledger: Ledger, containing: str = "") -> None:
        """`containing`: documents whose JSON text lacks it are passed over undecoded (no wildcards, case matters)."""
        super().__init__(storage=lambda: PastStorage(ledger, containing))
