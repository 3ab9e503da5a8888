"""The view: the sum of all lines up to one sequence number.

Documents are kept as their JSON bytes and decoded on every access. A cold person costs its text and a dictionary slot
instead of a tree of Python objects, nobody who holds a document can change the view, and a checkpoint is written
without encoding anything.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from dutyboard.frozen import frozen
from dutyboard.store.journal import FMT, ZERO, LineRecord

Docs = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""table → id as text → document. A table never written to is empty."""

_NUMBER = re.compile("0|[1-9][0-9]{0,17}")  # as long as journal.py lets a number be
RIDS_KEPT = 4096  # transactions whose rid is remembered: hours of retries at a full desk


@frozen(kw_only=False)
class Put:
    """A document as it is after the change."""

    table: str
    doc_id: int
    doc: dict[str, Any]


@frozen(kw_only=False)
class Gone:
    """A document that an act removes. The journal keeps what it was; its id is never given out again."""

    table: str
    doc_id: int


class Large(tuple[Put | Gone, ...]):
    """Changes of one act that may take several lines of the journal."""


@frozen(kw_only=False)
class Commit:
    """An act, as every process sees it: of one line of the journal, or of all its parts.

    `seq` is the number of its last line; `at` is ISO 8601 with offset, by the writer's clock. `deletes` are documents
    that went to an archive, or were removed. `anew` are the tables that a follower must read anew, for puts and deletes
    do not tell all of them: dropped, a document removed and not archived, an id that is no number.
    """

    seq: int
    at: str
    writer: str
    puts: tuple[Put, ...]
    deletes: tuple[tuple[str, int], ...]
    anew: frozenset[str]


class Table(Mapping[str, Mapping[str, Any]]):
    """id as text → document, in order of first insertion. Every access gives a fresh document."""

    __slots__ = ("_base", "_docs")

    def __init__(self, base: bytes = b"", spans: dict[str, bytes | int] | None = None) -> None:
        """Build a table. `spans` gives, for documents in the checkpoint's text `base`, the offset of their JSON on its
        line."""
        self._base = base
        self._docs: dict[str, bytes | int] = {} if spans is None else spans

    def raw(self, doc_id: str) -> bytes:
        """The JSON of a document. Raises KeyError."""
        found = self._docs[doc_id]
        if isinstance(found, bytes):
            return found
        end = self._base.index(b"\n", found)
        return self._base[found : end - 1 if self._base[end - 1] == 0x2C else end]  # without the comma between lines

    def copy(self) -> "Table":
        """The table as it stands now. Later lines do not change it."""
        return Table(self._base, dict(self._docs))

    def put(self, doc_id: str, raw: bytes) -> None:
        """Keep a document's JSON. It is copied, since orjson's own bytes hold on to 4 KB of buffer each."""
        self._docs[doc_id] = bytes(memoryview(raw))

    def remove(self, doc_id: str) -> None:
        self._docs.pop(doc_id, None)

    def __getitem__(self, doc_id: str) -> dict[str, Any]:
        document: dict[str, Any] = orjson.loads(self.raw(doc_id))
        return document

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._docs

    def __iter__(self) -> Iterator[str]:
        return iter(self._docs)

    def __len__(self) -> int:
        return len(self._docs)


class Tables(dict[str, Table]):
    """Tables by name; one never written to reads as empty and is not made by looking."""

    def __missing__(self, name: str) -> Table:
        return Table()


class View:
    """The fold of the journal up to line `n`."""

    def __init__(self) -> None:
        self.n = 0
        self.head = ZERO
        self.fmt = FMT
        self.container = 1
        self.views: tuple[int, str] = (0, ZERO)  # the newest line of the view log that the journal holds
        self.tables = Tables()
        self.next: dict[str, int] = {}  # table → id after the highest ever used; outlives deletes and drops
        self.rids: OrderedDict[str, int] = OrderedDict()
        self.archives: dict[str, LineRecord] = {}  # file name → {"sha256", "counts", "fmt"}
        self.checkpoint: tuple[int, str] = (0, "")  # n and sha256 of the newest one announced
        self.checkpoint_kept = 0  # n of the newest one known to be in place

    def apply(self, record: LineRecord, head: str) -> None:
        """Add the next line. Every process, the writer included, changes its view here and nowhere else.

        Drops come before deletes and deletes before puts: what was removed and put again is there, at the end.
        """
        for name in record.get("drop", ()):
            self.tables.pop(name, None)
        for name, ids in record.get("del", {}).items():
            for doc_id in ids:
                self.tables[name].remove(doc_id)
        for name, docs in record.get("put", {}).items():
            table = self.tables.setdefault(name, Table())
            for doc_id, doc in docs.items():
                table.put(doc_id, orjson.dumps(doc))
            self._count(name, docs)
        for name, following in record.get("next", {}).items():
            self.next[name] = max(following, self.next.get(name, 1))
        if "rid" in record:
            self.rids[record["rid"]] = record["n"]
            if len(self.rids) > RIDS_KEPT:
                self.rids.popitem(last=False)
        if "arch" in record:
            self.archives[record["arch"]["file"]] = record["arch"]
        if "ckpt" in record:
            self.checkpoint = record["ckpt"]["n"], record["ckpt"]["sha256"]
        if "kept" in record:
            self.checkpoint_kept = record["kept"]
        if "views" in record:
            self.views = record["views"]["n"], record["views"]["head"]
        self.fmt = record.get("fmt", self.fmt)
        self.container = record.get("container", self.container)
        self.n, self.head = record["n"], head

    def _count(self, name: str, ids: Mapping[str, object]) -> None:
        highest = max((int(i) for i in ids if i.isdecimal()), default=0)
        if highest >= self.next.get(name, 1):
            self.next[name] = highest + 1


def is_number(doc_id: str) -> bool:
    """Tell if an id is a number, written as the only text of this number."""
    return _NUMBER.fullmatch(doc_id) is not None


def as_commit(record: LineRecord) -> Commit:
    """Return a record as listeners get it. Ids that are no numbers (TinyDB allows any) are left out.

    Of one part of an act: what it holds, under the number of the act.
    """
    put, gone = record.get("put", {}), record.get("del", {})
    puts = tuple(
        Put(name, int(doc_id), doc) for name, docs in put.items() for doc_id, doc in docs.items() if is_number(doc_id)
    )
    deletes = tuple((name, int(doc_id)) for name, ids in gone.items() for doc_id in ids if is_number(doc_id))
    anew = {name for tables in (put, gone) for name, ids in tables.items() if not all(map(is_number, ids))}
    anew.update(record.get("drop", ()), () if "arch" in record else gone)
    number, of = record.get("part", (1, 1))
    seq = record["n"] + of - number
    return Commit(seq, record["t"], record["w"], puts, deletes, frozenset(anew))
