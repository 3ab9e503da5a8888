"""Closed days and closed people leave the view for plain TinyDB files; the act is a line of the journal.

`archive/<name>.json` is written once and never again; a second act under the same name writes `<name>.2.json`.
The journal carries its sha256 together with the deletes, so that a document is in the view or in an archive at every
moment and never in neither. An archive whose maker was killed before that line is set aside at the next opening.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from errno import EFBIG
from hashlib import sha256
from typing import Any

import orjson

from dutyboard.store import dbfile
from dutyboard.store.commit import locked
from dutyboard.store.errors import Corrupt, Moving, ReadOnly, SaveFailed, StoreError, Unsafe
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.lock import maintenance
from dutyboard.store.ledger import Ledger
from dutyboard.store.schema import upgraded
from dutyboard.store.view import Table, Tables

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_TRIES = 5

Choose = Callable[[], Mapping[str, Iterable[int]]]
"""Return table → ids to move, by the view as it stands, like the deciding function of a commit."""


def archive(ledger: Ledger, name: str, choose: Choose, seconds: float) -> str | None:
    """Move documents to an archive; return its file name, or None if none of those chosen is in the view.

    The file is written and made durable without the lock; under it `choose` is asked again, and if a document is no
    longer chosen or was changed meanwhile the file is written anew. `name`: letters, digits, `-`, `_`, such as a month.
    `seconds` as in `maintenance`. Raises ValueError for another name, Busy, Moving, SaveFailed, Locked, ReadOnly; the
    documents are then in the view.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    if not ledger.writable:
        raise ReadOnly("not_writable")
    try:
        with maintenance(ledger.folder, seconds, ledger.writer):
            for _ in range(_TRIES):
                ledger.refresh()
                chosen = _select(ledger.view.tables, choose())
                if not chosen:
                    return None
                file = _free_name(ledger.folder.inner("archive"), name)
                if _move(ledger, file, chosen, choose):
                    return file
    except OSError as error:
        raise SaveFailed(error.errno or 0, "archive") from error
    raise Moving(name)


def _move(ledger: Ledger, file: str, chosen: Mapping[str, Table], choose: Choose) -> bool:
    """Write the file and record it. Return False, without a file, if a document changed in between.

    If recording fails the file stays: its line may have reached the disk after all. `sweep` decides later.
    """
    text = archive_text(chosen)
    if len(text) > dbfile.MOST:
        raise SaveFailed(EFBIG, "archive")  # nobody could read it
    digest = sha256(text).hexdigest()  # before the lock: nobody waits for it
    archives = ledger.folder.inner("archive")
    archives.replace(file, [text])
    if ledger.engine is not None:
        ledger.engine.keep_file(f"archive/{digest}", text)
    with locked(ledger) as append:
        free = file not in ledger.view.archives  # another machine may have made one of this name meanwhile
        still = _select(ledger.view.tables, choose())
        if free and all(_same(still.get(table, Table()), docs) for table, docs in chosen.items()):
            counts = {table: len(docs) for table, docs in chosen.items()}
            append(
                {
                    "del": {table: list(docs) for table, docs in chosen.items()},
                    "arch": {
                        "file": file,
                        "sha256": digest,
                        "counts": counts,
                        "fmt": ledger.view.fmt,
                    },
                }
            )
            return True
    if free:
        archives.remove(file)
    return False


def archive_text(tables: Mapping[str, Table]) -> bytes:
    """Return the file that holds these documents."""
    return b"{\n" + b",\n".join(dbfile.table_text(table, docs) for table, docs in tables.items()) + b"\n}\n"


def _select(tables: Tables, wanted: Mapping[str, Iterable[int]]) -> dict[str, Table]:
    """The documents to move, as bytes; tables without any are left out."""
    chosen: dict[str, Table] = {}
    for name, ids in wanted.items():
        for doc_id in map(str, ids):
            if doc_id in tables[name]:
                chosen.setdefault(name, Table()).put(doc_id, tables[name].raw(doc_id))
    return chosen


def _same(now: Table, then: Table) -> bool:
    return all(doc_id in now and now.raw(doc_id) == then.raw(doc_id) for doc_id in then)


def _free_name(archives: Folder, name: str) -> str:
    file, number = f"{name}.json", 1
    while archives.has(file):
        number += 1
        file = f"{name}.{number}.json"
    return file


def sweep(ledger: Ledger) -> None:
    """Remove part files and set orphaned archives aside, if nobody is making one just now. At opening.

    An archive without a line holds nothing that is not also in the view. To be sure that there is none, the lock is
    taken, under which the tail of the journal is either adopted or cut. What cannot be swept now waits.
    """
    if not ledger.writable:
        return
    try:
        with maintenance(ledger.folder, 0, ledger.writer):
            archives, torn = ledger.folder.inner("archive"), ledger.folder.inner("torn")
            for folder in (ledger.folder, ledger.journal.folder, archives):
                folder.sweep()
            if set(archives.names()) - ledger.view.archives.keys():
                with locked(ledger):
                    for name in set(archives.names()) - ledger.view.archives.keys():
                        archives.move(name, torn, name)
    except (OSError, StoreError):
        return


def history(ledger: Ledger, table: str, containing: str = "") -> Iterator[tuple[int, dict[str, Any]]]:
    """Documents of a table in all archives, oldest act first, read as they are asked for: (id, document).

    `containing` is looked for in the document's JSON text before it is decoded (no wildcards, case matters).
    Raises Corrupt if an archive is not the one the journal recorded.
    """
    needle = containing.encode()
    for doc_id, raw in _archived(ledger, table, needle):
        if needle in raw:
            yield doc_id, orjson.loads(raw)


def find(ledger: Ledger, table: str, doc_id: int) -> dict[str, Any] | None:
    """One document of the archives, or None. Raises as `history`."""
    lines = _archived(ledger, table, b'"%d":' % doc_id)
    return next((orjson.loads(raw) for found, raw in lines if found == doc_id), None)


def _archived(ledger: Ledger, table: str, needle: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield id and JSON of each document of a table in each archive, in today's format. Lines without the needle may be
    passed over."""
    for file, record in ledger.view.archives.items():
        if record["counts"].get(table):
            text = read_archive(ledger.folder, file, record["sha256"])
            fmt = record.get("fmt", 1)
            if fmt >= ledger.fmt:
                yield from dbfile.lines(text, table, needle)
            else:
                documents = upgraded(dbfile.read_tables(text)[0], fmt, ledger.steps)[table]
                yield from ((int(doc_id), documents.raw(doc_id)) for doc_id in documents)


def read_archive(folder: Folder, file: str, expected: str) -> bytes:
    """The text of an archive of the desk. Raises Corrupt unless it is the file that the journal recorded, Unsafe."""
    if not dbfile.ARCHIVE_NAME.fullmatch(file):
        raise Unsafe("archive/", "name")
    try:
        text = folder.inner("archive").read(file, dbfile.MOST)
    except FileNotFoundError:
        raise Corrupt(f"archive/{file}", 0, "missing") from None
    if sha256(text).hexdigest() != expected:
        raise Corrupt(f"archive/{file}", 0, "checksum")
    return text
