"""The way on for a damaged desk, as an act of a person. Damaged bytes go to torn/, and what is whole goes on.

Every file that is changed is kept in torn/ first. Lines that cannot be proved are replaced by one that says so (`lost`,
journal.py) and has the hash of the last of them, so that all lines behind it, and their hashes on paper, stay as they
were. What the checkpoint still knows of them is put again. The act itself is a line (`salvaged`): why, and what was
lost; the writer in it is who.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from dutyboard.store import checkpoint, dbfile
from dutyboard.store.archive import archive_text, read_archive
from dutyboard.store.commit import Append, locked
from dutyboard.store.errors import Corrupt, SaveFailed, StoreError, Unsafe
from dutyboard.store.files.filesystem import refuse_foreign
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.lock import FILE as LOCK
from dutyboard.store.files.lock import LockFile, fresh_lock, maintenance
from dutyboard.store.journal import (
    ZERO,
    Flaw,
    LineRecord,
    decode,
    encode,
    ends_act,
    joins,
    parsed,
    segment_name,
    segments,
)
from dutyboard.store.ledger import Ledger, now_text
from dutyboard.store.opening import open_ledger
from dutyboard.store.schema import Step, newest
from dutyboard.store.view import Table, View

IDS_SKIPPED: Final = 100
"""Ids left out in each table. A lost line may have given some, and no id is ever given out twice."""
_ASIDE: Final = "salvaged."
_PUTS_A_LINE: Final = 500


@dataclass(frozen=True, slots=True)
class MendedArchive:
    """One archive as it was written again, by number of documents.

    `rebuilt` from the lines of the journal; `unproved` from the damaged file itself, where no line is left; `lost`.
    """

    file: str
    rebuilt: int
    unproved: int
    lost: int


@dataclass(frozen=True, slots=True)
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


@dataclass(slots=True)
class _Mended:
    """The lines as they will stand, and what was met on the way."""

    writer: str
    fmt: int  # of the documents, where the first line does not tell it
    n: int = 0
    head: str | None = ZERO  # None: not known, behind a segment that is missing
    segments: dict[int, list[bytes]] = field(default_factory=dict)
    lost: list[dict[str, Any]] = field(default_factory=list)
    announced: dict[int, str] = field(default_factory=dict)  # checkpoints: n → sha256
    touched: dict[tuple[str, str], int] = field(default_factory=dict)  # the last whole line that speaks of a document
    act: list[tuple[LineRecord, bytes]] = field(default_factory=list)  # the lines of an act that is not whole yet
    before_act: tuple[int, str | None] = (0, ZERO)  # number and hash of the line before it

    @property
    def size(self) -> int:
        return sum(len(line) + 1 for lines in self.segments.values() for line in lines)

    def keep(self, first: int, record: LineRecord, line: bytes, head: str) -> None:
        """Keep a whole line of the segment that begins with number `first`. Of an act in parts, all or none."""
        if self.act and not joins(record, self.act[-1][0]):
            self.lose(first, self.n, b"", self.head)
        if not self.act:
            self.before_act = self.n, self.head
            if not joins(record, None):
                self.lose(first, record["n"], line, head)
                return
        self.act.append((record, line))
        self.n, self.head = record["n"], head
        if ends_act(record):
            act, self.act = self.act, []
            for each in act:
                self._keep(first, *each)

    def _keep(self, first: int, record: LineRecord, line: bytes) -> None:
        self.segments.setdefault(first, []).append(line)
        if "lost" in record:  # of an act that was broken off, unless a line behind says otherwise
            self.lost.append({"n": record["n"], **record["lost"]})
        for named in record["salvaged"]["lost"] if "salvaged" in record else ():
            self.lost = [each for each in self.lost if each["n"] != named["n"]]
        if "ckpt" in record:
            self.announced[record["ckpt"]["n"]] = record["ckpt"]["sha256"]
        for table, ids in (*record.get("put", {}).items(), *record.get("del", {}).items()):
            for doc_id in ids:
                self.touched[table, doc_id] = record["n"]

    def forget_act(self) -> None:
        """Go back to where an act begins that is not whole."""
        if self.act:
            self.act, (self.n, self.head) = [], self.before_act

    def lose(self, first: int, last: int, damaged: bytes, head: str | None, seal: int | None = None) -> None:
        """Put a line in place of those up to number `last`. Their last hash was `head`, if that is known.

        Lines that stood there twice have no numbers of their own, and need none in their place. The lines of an act
        that is not whole go with them.
        """
        if self.act:
            damaged = b"\n".join([*(line for _, line in self.act), *([damaged] if damaged else [])])
            self.forget_act()
        if last <= self.n:
            return
        told = {"from": self.n + 1, "sha256": sha256(damaged).hexdigest(), "bytes": len(damaged)}
        record: LineRecord = {"lost": told, "n": last, "t": now_text(), "w": self.writer}
        if not self.n:
            record["fmt"] = self.fmt
        if seal is not None:
            record["seal"] = seal
        line = encode(record, ZERO)[0] if head is None else orjson.dumps({**record, "h": head})
        self.segments.setdefault(first, []).append(line)
        self.lost.append({"n": last, **told})
        self.n, self.head = last, head


def salvage(path: Path, *, writer: str, reason: str, steps: tuple[Step, ...] = (), seconds: float = 30.0) -> Salvage:
    """Set aside what is damaged in a desk, and go on. Programs that have it open must open it again.

    Where the journal is gone, it begins anew from db.json. The act may be repeated if it was broken off. Raises Busy,
    Locked, Unsafe, SaveFailed, and Corrupt(`no_journal`) if there is neither journal nor db.json.
    """
    refuse_foreign(path)
    with Folder.top(path) as folder, maintenance(folder, seconds, writer):
        for name in ("journal", "archive", "torn"):
            folder.make(name)
        lock = LockFile(folder, writer)
        try:
            with lock.taken(seconds):
                known = _known(folder)
                mended = _mended(folder.inner("journal"), _Mended(writer, known.view.fmt if known else newest(steps)))
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
            told = {"why": reason, "lost": mended.lost, "missing": missing}
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


def _mended(journal: Folder, mended: _Mended) -> _Mended:
    """Take in the lines of all segments, with those replaced that cannot be proved."""
    firsts = segments(journal)
    for first, following in zip(firsts, [*firsts[1:], None]):
        if first > mended.n + 1:  # a segment before this one is missing
            mended.lose(mended.n + 1, first - 1, b"", None, seal=first)
        _mend_segment(mended, first, journal.read(segment_name(first)), following)
    mended.forget_act()  # it was never acknowledged
    return mended


def _mend_segment(mended: _Mended, first: int, text: bytes, following: int | None) -> None:
    """Take in one segment. What stands behind its last newline was never acknowledged, or is a part of a lost line."""
    *lines, rest = text.split(b"\n")
    if rest and following is not None:
        lines.append(rest)
    damaged: list[bytes] = []
    sealed = False
    for line in lines:
        found = _proved(mended, line, damaged)
        if found is None:
            damaged.append(line)
            continue
        record, head, before = found
        if damaged:
            _lose_or_repair(mended, first, _first_number(record) - 1, damaged, before)
            damaged = []
        mended.keep(first, record, line, head)
        sealed = "seal" in record
    if following is not None and not sealed:
        mended.lose(first, following - 1, b"\n".join(damaged), _own_hash(damaged), seal=following)
    elif damaged:
        mended.lose(first, mended.n + len(damaged), b"\n".join(damaged), _own_hash(damaged))


def _proved(mended: _Mended, line: bytes, damaged: list[bytes]) -> tuple[LineRecord, str, str] | None:
    """Return record, hash and the hash before of a whole line; None for one that cannot be proved.

    Behind damaged lines its number is free, and the hash before it must be one that the last of them may have had.
    """
    if damaged:
        candidates = [_own_hash(damaged), _true_hash(mended, damaged)]
        number = _number(line)
    else:
        candidates, number = [mended.head], mended.n + 1
    for candidate in candidates:
        if candidate is None or number is None or number <= mended.n:
            continue
        try:
            return (*decode(line, number, candidate), candidate)
        except Flaw:
            continue
    return None


def _lose_or_repair(mended: _Mended, first: int, last: int, damaged: list[bytes], before: str) -> None:
    """Keep a line of which only the hash was damaged: the line behind it proves every other byte. Lose any other."""
    if before == _true_hash(mended, damaged) and mended.head is not None:
        body = damaged[0][: -len(_tail(before))]
        with suppress(Flaw):
            record = parsed(body + b"}")
            line, head = encode(record, mended.head)
            if head == before and record["n"] == mended.n + 1:
                mended.keep(first, record, line, head)
                return
    mended.lose(first, last, b"\n".join(damaged), before)


def _tail(head: str) -> bytes:
    return b',"h":"' + head.encode() + b'"}'


def _true_hash(mended: _Mended, damaged: list[bytes]) -> str | None:
    """Return the hash that the only damaged line should have by its other bytes."""
    if len(damaged) != 1 or mended.head is None:
        return None
    return sha256(mended.head.encode() + damaged[0][: -len(_tail(ZERO))]).hexdigest()


def _own_hash(damaged: list[bytes]) -> str | None:
    """Return what stands as the hash at the end of the last damaged line; None if that is none."""
    text = damaged[-1][-66:-2].decode(errors="replace") if damaged else ""
    return text if len(text) == 64 and set(text) <= set("0123456789abcdef") else None


def _number(line: bytes) -> int | None:
    try:
        return _first_number(orjson.loads(line))
    except (ValueError, KeyError, TypeError):
        return None


def _first_number(record: LineRecord) -> int:
    return int(record["lost"]["from"] if "lost" in record else record["n"])


def _begin_from(known: dbfile.Checkpoint | None, mended: _Mended) -> None:
    """Let the journal begin with one line in place of all that db.json knows. Raises Corrupt without a db.json."""
    if known is None:
        raise Corrupt("journal", 0, "no_journal")
    mended.head = ZERO
    mended.lose(1, known.position.n, b"", known.position.head)


def _put_in_place(folder: Folder, mended: _Mended) -> None:
    """Write each segment that differs, keeping in torn/ what it was. A new lock makes all open again."""
    journal, torn, stamp = folder.inner("journal"), folder.inner("torn"), time.time_ns()
    for first, lines in mended.segments.items():
        name, text = segment_name(first), b"".join(line + b"\n" for line in lines)
        before = journal.read(name) if journal.has(name) else b""
        if before != text:
            torn.write_new(f"{_ASIDE}{stamp}.{name}", [before])
            torn.sync()
            journal.replace(name, [text])
    if folder.has(dbfile.FILE):  # its place in the journal is counted in bytes that are others now
        folder.move(dbfile.FILE, torn, f"{_ASIDE}{stamp}.{dbfile.FILE}")
    folder.replace(LOCK, [fresh_lock(mended.size)])


def _put_again(ledger: Ledger, append: Append, known: dbfile.Checkpoint | None, mended: _Mended) -> int:
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


def _unlike(ledger: Ledger, known: dbfile.Checkpoint, mended: _Mended) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield table, id and document of what db.json knows otherwise than the lines do that came before it."""
    for name, table in known.view.tables.items():
        standing = ledger.view.tables[name]
        for doc_id in table:
            if mended.touched.get((name, doc_id), 0) > known.position.n:
                continue
            if doc_id not in standing or standing.raw(doc_id) != table.raw(doc_id):
                yield name, doc_id, table[doc_id]


def _gone(ledger: Ledger, known: dbfile.Checkpoint, mended: _Mended) -> dict[str, list[str]]:
    """Return the documents that had left for an archive by the time of db.json."""
    found: dict[str, list[str]] = {}
    for name, table in ledger.view.tables.items():
        for doc_id in table:
            if doc_id not in known.view.tables[name] and mended.touched.get((name, doc_id), 0) <= known.position.n:
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
        with journal.reader(segment_name(first)) as lines:
            for line in lines:
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
    with suppress(OSError, Unsafe):
        for line in archives.read(file).split(b"\n"):
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
