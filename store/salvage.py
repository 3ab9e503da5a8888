"""The way on for a damaged desk, as an act of a person. Damaged bytes go to torn/, and what is whole goes on.

Every file that is changed is kept in torn/ first. Lines that cannot be proved are replaced by one that says so (`lost`,
journal.py) and has the hash of the last of them, so that all lines behind it, and their hashes on paper, stay as they
were. What the checkpoint still knows of them is put again. The act itself is a line (`salvaged`): why, the head as it
was found and as it was mended, and what was lost; the writer in it is who.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from dutyboard.frozen import frozen
from dutyboard.store import checkpoint, dbfile
from dutyboard.store.archive import archive_text, read_archive
from dutyboard.store.commit import Append, locked
from dutyboard.store.engine.address import written_address
from dutyboard.store.errors import Corrupt, ReadOnly, SaveFailed, StoreError, Unsafe
from dutyboard.store.files.filesystem import refuse_foreign
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.lock import FILE as LOCK
from dutyboard.store.files.lock import LockFile, fresh_lock, maintenance
from dutyboard.store.files.segments import blocks, packed_name, reader, segment_name, segments, unpacked_size
from dutyboard.store.journal import ZERO, LineRecord, lines
from dutyboard.store.ledger import Ledger
from dutyboard.store.mending import DamagedLines, MendedJournal, mended_journal
from dutyboard.store.opening import open_ledger
from dutyboard.store.schema import Step, newest
from dutyboard.store.view import Table, View

IDS_SKIPPED: Final = 100
"""Ids left out in each table. A lost line may have given some, and no id is ever given out twice."""
_ASIDE: Final = "salvaged."
_PUTS_A_LINE: Final = 500


@frozen(kw_only=False)
class MendedArchive:
    """One archive as it was written again, by number of documents.

    `rebuilt` from the lines of the journal; `unproved` from the damaged file itself, where no line is left; `lost`.
    """

    file: str
    rebuilt: int
    unproved: int
    lost: int


@frozen(kw_only=False)
class Salvage:
    """The outcome of an act of salvage.

    `lost`: (first, last) numbers of lines that cannot be proved. `missing`: acknowledged bytes that are gone from the
    end. `again`: documents that were put again from the checkpoint. `archives`: those that were damaged or missing.
    `seq`: number of the act's own line.
    """

    lost: tuple[tuple[int, int], ...]
    missing: int
    again: int
    archives: tuple[MendedArchive, ...]
    seq: int


def salvage(path: Path, *, writer: str, reason: str, steps: tuple[Step, ...] = (), seconds: float = 30.0) -> Salvage:
    """Set aside what is damaged in a desk, and go on. Programs that have it open must open it again.

    Where the journal is gone, it begins anew from db.json. The act may be repeated if it was broken off. Raises Busy,
    Locked, Unsafe, SaveFailed, ReadOnly(`mirror`), and Corrupt(`no_journal`) if there is neither journal nor db.json.
    """
    refuse_foreign(path)
    with Folder.top(path) as folder, maintenance(folder, seconds, writer):
        if written_address(folder) is not None:
            raise ReadOnly("mirror")
        for name in ("journal", "archive", "torn"):
            folder.make(name)
        lock = LockFile(folder, writer)
        try:
            with lock.taken(seconds):
                known = _known(folder)
                mended = mended_journal(folder.inner("journal"), writer, known.view.fmt if known else newest(steps))
                missing = max(lock.mark - mended.size, 0) if not mended.lost else 0
                if not mended.n:
                    _begin_from(known, mended)
                _put_in_place(folder, mended)
        except OSError as error:
            raise SaveFailed(error.errno or 0, "salvage") from error
        finally:
            lock.close()
    ledger = open_ledger(path, writer=writer, steps=steps)
    try:
        with locked(ledger) as append:
            again = _put_again(ledger, append, known, mended)
            following = {table: number + IDS_SKIPPED for table, number in ledger.view.next.items()}
            archives = tuple(_mend_archives(ledger, append))
            heads = {"found": mended.head_found, "mended": mended.head}
            told = {"why": reason, "lost": mended.lost, "missing": missing, "heads": heads}
            if archives:
                told["archives"] = [asdict(each) for each in archives]
            seq = append({"salvaged": told, **({"next": following} if mended.lost or missing else {})})
        checkpoint.make(ledger, seconds)
    finally:
        ledger.close()
    return Salvage(tuple((each["from"], each["n"]) for each in mended.lost), missing, again, archives, seq)


def _known(folder: Folder) -> dbfile.Checkpoint | None:
    """Return the checkpoint of the desk, or the one that a broken-off act of salvage had set aside."""
    aside = [name for name in folder.inner("torn").names() if name.startswith(_ASIDE) and name.endswith(dbfile.FILE)]
    places = [(folder, dbfile.FILE), *((folder.inner("torn"), name) for name in reversed(aside))]
    for place, name in places:
        with suppress(ValueError):
            if found := dbfile.load(place, name):
                return found
    return None


def _begin_from(known: dbfile.Checkpoint | None, mended: MendedJournal) -> None:
    """Let the journal begin with one line in place of all that db.json knows. Raises Corrupt without a db.json."""
    if known is None:
        raise Corrupt("journal", 0, "no_journal")
    mended.head = ZERO
    mended.lose(1, known.position.n, DamagedLines(), known.position.head)


def _put_in_place(folder: Folder, mended: MendedJournal) -> None:
    """Write each segment that differs, keeping in torn/ what it was. A new lock makes all open again."""
    journal, torn, stamp = folder.inner("journal"), folder.inner("torn"), time.time_ns()
    for first, pieces in mended.pieces.items():
        plain, packed = segment_name(first), packed_name(first)
        if pieces == [(0, _length(journal, first))]:
            continue
        if journal.has(plain):
            with journal.reader(plain) as before:
                torn.write_new(f"{_ASIDE}{stamp}.{plain}", blocks(before))
            torn.sync()
        journal.replace(plain, _text(journal, first, pieces))
        if journal.has(packed):
            journal.move(packed, torn, f"{_ASIDE}{stamp}.{packed}")
            torn.sync()
            journal.sync()
    if folder.has(dbfile.FILE):  # its place in the journal is counted in bytes that are others now
        folder.move(dbfile.FILE, torn, f"{_ASIDE}{stamp}.{dbfile.FILE}")
    folder.replace(LOCK, [fresh_lock(mended.size)])


def _length(journal: Folder, first: int) -> int | None:
    """Return the bytes of a segment; None if it is missing or cannot be unpacked."""
    with suppress(Corrupt, FileNotFoundError):
        return unpacked_size(journal, first)
    return None


def _text(journal: Folder, first: int, pieces: Sequence[tuple[int, int] | bytes]) -> Iterator[bytes]:
    """Yield a segment as it will stand, in blocks."""
    for piece in pieces:
        if isinstance(piece, bytes):
            yield piece + b"\n"
        else:
            with reader(journal, first, piece[0]) as file:
                yield from blocks(file, piece[1] - piece[0])


def _put_again(ledger: Ledger, append: Append, known: dbfile.Checkpoint | None, mended: MendedJournal) -> int:
    """Put the documents again that db.json knows and no whole line does; return their number.

    db.json counts if the journal announced it, or if there is no journal that could. What a whole line behind it says
    of a document stands.
    """
    if known is None or not mended.lost:
        return 0
    if mended.announced.get(known.position.n) != known.sha256 and mended.announced:
        return 0
    for file, record in known.view.archives.items():
        if file not in ledger.view.archives:
            append({"arch": record, "del": _gone(ledger, known, mended)})
    puts = list(_unlike(ledger, known, mended))
    for at in range(0, len(puts), _PUTS_A_LINE):
        tables: dict[str, dict[str, Any]] = {}
        for table, doc_id, doc in puts[at : at + _PUTS_A_LINE]:
            tables.setdefault(table, {})[doc_id] = doc
        append({"put": tables, "next": known.view.next})
    return len(puts)


def _unlike(
    ledger: Ledger, known: dbfile.Checkpoint, mended: MendedJournal
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield table, id and document of what db.json knows otherwise than the lines do that came before it."""
    for name, table in known.view.tables.items():
        standing = ledger.view.tables[name]
        for doc_id in table:
            if mended.last_told(name, doc_id) > known.position.n:
                continue
            if doc_id not in standing or standing.raw(doc_id) != table.raw(doc_id):
                yield name, doc_id, table[doc_id]


def _gone(ledger: Ledger, known: dbfile.Checkpoint, mended: MendedJournal) -> dict[str, list[str]]:
    """Return the documents that had left for an archive by the time of db.json."""
    found: dict[str, list[str]] = {}
    for name, table in ledger.view.tables.items():
        for doc_id in table:
            if doc_id not in known.view.tables[name] and mended.last_told(name, doc_id) <= known.position.n:
                found.setdefault(name, []).append(doc_id)
    return found


def _mend_archives(ledger: Ledger, append: Append) -> Iterator[MendedArchive]:
    """Write each damaged or missing archive again, by what the journal said of its documents when they left.

    The journal keeps every line, so that nearly always the very same file comes out. Yields what became of each.
    """
    damaged = {file for file, record in ledger.view.archives.items() if not _is_sound(ledger, file, record["sha256"])}
    left = _left_for(ledger, damaged) if damaged else {}
    for file in sorted(damaged):
        record, rebuilt = ledger.view.archives[file], left.get(file, {})
        tables: dict[str, Table] = {}
        unproved = 0
        for (name, doc_id), raw in rebuilt.items():
            tables.setdefault(name, Table()).put(doc_id, raw)
        if len(rebuilt) < sum(record["counts"].values()):
            for (name, doc_id), raw in _readable(ledger.folder.inner("archive"), file).items():
                if (name, doc_id) not in rebuilt:
                    tables.setdefault(name, Table()).put(doc_id, raw)
                    unproved += 1
        text = archive_text(tables)
        _replace_archive(ledger.folder, file, text)
        digest = sha256(text).hexdigest()
        lost = max(sum(record["counts"].values()) - len(rebuilt) - unproved, 0)
        if digest != record["sha256"]:
            append({"arch": {**record, "sha256": digest, "counts": {name: len(docs) for name, docs in tables.items()}}})
        yield MendedArchive(file, len(rebuilt), unproved, lost)


def _is_sound(ledger: Ledger, file: str, expected: str) -> bool:
    try:
        read_archive(ledger.folder, file, expected)
    except (StoreError, OSError):
        return False
    return True


def _left_for(ledger: Ledger, files: set[str]) -> dict[str, dict[tuple[str, str], bytes]]:
    """Return the documents that left for some archives, by table and id, as the lines before have them."""
    journal, view = ledger.journal.folder, View()
    left: dict[str, dict[tuple[str, str], bytes]] = {}
    for first in segments(journal):
        for line in lines(journal, first):
            record: LineRecord = orjson.loads(line)
            if "arch" in record and record["arch"]["file"] in files:
                left.setdefault(record["arch"]["file"], {}).update(
                    ((name, doc_id), view.tables[name].raw(doc_id))
                    for name, ids in record.get("del", {}).items()
                    for doc_id in ids
                    if doc_id in view.tables[name]
                )
            view.apply(record, record["h"])
    return left


def _readable(archives: Folder, file: str) -> dict[tuple[str, str], bytes]:
    """Return the documents that can still be read in a damaged archive, one line each."""
    found: dict[tuple[str, str], bytes] = {}
    name = ""
    with suppress(OSError, Unsafe), archives.reader(file) as damaged:
        for line in b"".join(blocks(damaged, dbfile.MOST)).split(b"\n"):
            with suppress(ValueError):
                if line.endswith(b": {"):
                    name = str(orjson.loads(line[: -len(b": {")]))
                else:
                    for doc_id, doc in orjson.loads(b"{" + line.rstrip(b",") + b"}").items():
                        found[name, doc_id] = orjson.dumps(doc)
    return found


def _replace_archive(folder: Folder, file: str, text: bytes) -> None:
    """Put an archive in place, keeping in torn/ what stood there."""
    archives, torn = folder.inner("archive"), folder.inner("torn")
    if archives.has(file):
        archives.move(file, torn, f"{_ASIDE}{time.time_ns()}.{file}")
        torn.sync()
    archives.replace(file, [text])
