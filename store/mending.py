"""The lines of a damaged journal as they will stand.

What is whole stays, and a line stands in place of what cannot be proved. Segments are walked line by line, and only
what changes is kept in memory.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson

from dutyboard.store.errors import Corrupt, TooNew
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.segments import reader, segments
from dutyboard.store.journal import (
    CONTAINER,
    MAX_LINE,
    ZERO,
    Flaw,
    LineRecord,
    decode,
    encode,
    ends_act,
    joins,
    parsed,
)
from dutyboard.store.ledger import now_text


class DamagedLines:
    """Damaged lines that stand one behind the other: what must be known of them, not their bytes.

    `behind` are whole lines before them, of an act that goes with them.
    """

    def __init__(self, behind: Sequence[bytes] = ()) -> None:
        self.count = 0
        self.bytes = 0
        self.digest = sha256()
        self.only = b""  # the line, while there is one alone, and no longer than any
        self._end = b""
        self._begun = False
        for line in behind:
            self._next(line)

    def add(self, line: bytes) -> None:
        """Take in a line without its newline."""
        self.count += 1
        self.only = line if self.count == 1 else b""
        self._next(line)

    def go_on(self, part: bytes) -> None:
        """Take in more of the same line."""
        self.only = b""
        self._take(part)

    def _next(self, line: bytes) -> None:
        self._take(b"\n" + line if self._begun else line)
        self._begun = True

    def _take(self, part: bytes) -> None:
        self.bytes += len(part)
        self.digest.update(part)
        self._end = (self._end + part)[-66:]

    @property
    def own_hash(self) -> str | None:
        """The text that stands as the hash at the end of the last line; None if that is none."""
        return _hash_at_end(self._end)


@dataclass(slots=True)
class MendedJournal:
    """The lines as they will stand, and what was met on the way.

    `pieces` of a segment: parts of it that stay, from and up to a byte, and new lines.
    """

    writer: str
    fmt: int  # of the documents, where the first line does not tell it
    n: int = 0
    head: str | None = ZERO  # None: not known, behind a segment that is missing
    head_found: str | None = None  # what stood as the hash of the newest line that states one
    size: int = 0
    pieces: dict[int, list[tuple[int, int] | bytes]] = field(default_factory=dict)
    lost: list[dict[str, Any]] = field(default_factory=list)
    announced: dict[int, str] = field(default_factory=dict)  # checkpoints: n → sha256
    touched: dict[tuple[str, str], int] = field(default_factory=dict)  # the last whole line that names a document
    dropped: dict[str, int] = field(default_factory=dict)  # the last whole line that drops a table
    act: list[tuple[int | None, LineRecord, bytes]] = field(default_factory=list)  # lines of one that is not whole yet
    before_act: tuple[int, str | None] = (0, ZERO)  # number and hash of the line before it

    def stay(self, first: int, start: int, line: bytes) -> None:
        """Let a line stand that begins at byte `start` of the segment that begins with number `first`."""
        pieces = self.pieces.setdefault(first, [])
        end = start + len(line) + 1
        last = pieces[-1] if pieces else None
        if isinstance(last, tuple) and last[1] == start:
            pieces[-1] = (last[0], end)
        else:
            pieces.append((start, end))
        self.size += len(line) + 1

    def write(self, first: int, line: bytes) -> None:
        """Put a new line into a segment."""
        self.pieces.setdefault(first, []).append(line)
        self.size += len(line) + 1

    def keep(self, first: int, start: int | None, record: LineRecord, line: bytes, head: str) -> None:
        """Keep a whole line of the segment that begins with number `first`. Of an act in parts, all or none.

        It stands at byte `start`, or is written anew (None).
        """
        if self.act and not joins(record, self.act[-1][1]):
            self.lose(first, self.n, DamagedLines(), self.head)
        if not self.act:
            self.before_act = self.n, self.head
            if not joins(record, None):
                self.lose(first, record["n"], DamagedLines([line]), head)
                return
        self.act.append((start, record, line))
        self.n, self.head = record["n"], head
        if ends_act(record):
            act, self.act = self.act, []
            for each in act:
                self._keep(first, *each)

    def _keep(self, first: int, start: int | None, record: LineRecord, line: bytes) -> None:
        if start is None:
            self.write(first, line)
        else:
            self.stay(first, start, line)
        if record.get("container", 0) > CONTAINER:
            raise TooNew("container", record["container"], CONTAINER)
        if "lost" in record:  # of an act that was broken off, unless a line behind says otherwise
            self.lost.append({"n": record["n"], **record["lost"]})
        for named in record["salvaged"]["lost"] if "salvaged" in record else ():
            self.lost = [each for each in self.lost if each["n"] != named["n"]]
        if "ckpt" in record:
            self.announced[record["ckpt"]["n"]] = record["ckpt"]["sha256"]
        for table, ids in (*record.get("put", {}).items(), *record.get("del", {}).items()):
            for doc_id in ids:
                self.touched[table, doc_id] = record["n"]
        for table in record.get("drop", ()):
            self.dropped[table] = record["n"]

    def last_told(self, table: str, doc_id: str) -> int:
        """Return the number of the last whole line that speaks of a document; 0 if none does."""
        return max(self.touched.get((table, doc_id), 0), self.dropped.get(table, 0))

    @property
    def act_lines(self) -> list[bytes]:
        return [line for _, _, line in self.act]

    def forget_act(self) -> None:
        """Go back to where an act begins that is not whole."""
        if self.act:
            self.act, (self.n, self.head) = [], self.before_act

    def lose(self, first: int, last: int, damaged: DamagedLines, head: str | None, seal: int | None = None) -> None:
        """Put a line in place of those up to number `last`. Their last hash was `head`, if that is known.

        Lines that stood there twice have no numbers of their own, and need none in their place. The lines of an act
        that is not whole go with them.
        """
        if self.act:
            if not damaged.count:
                damaged = DamagedLines(self.act_lines)
            self.forget_act()
        if last <= self.n:
            return
        told = {"from": self.n + 1, "sha256": damaged.digest.hexdigest(), "bytes": damaged.bytes}
        record: LineRecord = {"lost": told, "n": last, "t": now_text(), "w": self.writer}
        if not self.n:
            record |= {"container": CONTAINER, "fmt": self.fmt}
        if seal is not None:
            record["seal"] = seal
        line = encode(record, ZERO)[0] if head is None else orjson.dumps({**record, "h": head})
        self.write(first, line)
        self.lost.append({"n": last, **told})
        self.n, self.head = last, head


def mended_journal(journal: Folder, writer: str, fmt: int) -> MendedJournal:
    """Take in the lines of all segments, with those replaced that cannot be proved."""
    mended, firsts = MendedJournal(writer, fmt), segments(journal)
    for first, following in zip(firsts, [*firsts[1:], None]):
        if first > mended.n + 1:  # a segment before this one is missing
            mended.lose(mended.n + 1, first - 1, DamagedLines(), None, seal=first)
        _mend_segment(mended, journal, first, following)
    mended.forget_act()  # it was never acknowledged
    return mended


def _mend_segment(mended: MendedJournal, journal: Folder, first: int, following: int | None) -> None:
    """Take in one segment. What stands behind its last newline was never acknowledged, or is a part of a lost line."""
    damaged, sealed = DamagedLines(), False
    for start, line, whole in _lines(journal, first):
        if whole is None:
            damaged.go_on(line)
            continue
        mended.head_found = _hash_at_end(line) or mended.head_found
        found = _proved(mended, line, damaged) if whole else None
        if found is None:
            if whole or following is not None or len(line) > MAX_LINE:
                damaged = damaged if damaged.count else DamagedLines(mended.act_lines)
                damaged.add(line)
            continue
        record, head, before = found
        if damaged.count and before != mended.head:  # else somebody put bytes between two whole lines
            _lose_or_repair(mended, first, _first_number(record) - 1, damaged, before)
        damaged = DamagedLines()
        mended.keep(first, start, record, line, head)
        sealed = "seal" in record
    if following is not None and not sealed:
        mended.lose(first, following - 1, damaged, damaged.own_hash, seal=following)
    elif damaged.count:
        mended.lose(first, mended.n + damaged.count, damaged, damaged.own_hash)


def _lines(journal: Folder, first: int) -> Iterator[tuple[int, bytes, bool | None]]:
    """Yield the lines of a segment: the byte where each begins, its bytes without newline, True if it had one.

    What is longer than any line comes in parts: the first with False, the others with None. A packed segment ends where
    it cannot be unpacked any further.
    """
    start, inside = 0, False
    with suppress(Corrupt), reader(journal, first) as file:
        while line := file.readline(MAX_LINE + 1):
            whole = line.endswith(b"\n")
            yield start, line.removesuffix(b"\n"), None if inside else whole
            start += len(line)
            inside = not whole


def _proved(mended: MendedJournal, line: bytes, damaged: DamagedLines) -> tuple[LineRecord, str, str] | None:
    """Return record, hash and the hash before of a whole line; None for one that cannot be proved.

    Behind damaged lines its number is free, and the hash before it must be one that the last of them may have had, or
    that of the last whole line.
    """
    number = _number(line) if damaged.count else mended.n + 1
    candidates = [damaged.own_hash, _true_hash(mended, damaged)] if damaged.count else []
    if number == mended.n + 1:
        candidates.append(mended.head)
    for candidate in candidates:
        if candidate is None or number is None or number <= mended.n:
            continue
        try:
            return (*decode(line, number, candidate), candidate)
        except Flaw:
            continue
    return None


def _lose_or_repair(mended: MendedJournal, first: int, last: int, damaged: DamagedLines, before: str) -> None:
    """Keep a line of which only the hash was damaged: the line behind it proves every other byte. Lose any other."""
    if before == _true_hash(mended, damaged) and mended.head is not None:
        body = damaged.only[: -len(_tail(before))]
        with suppress(Flaw):
            record = parsed(body + b"}")
            line, head = encode(record, mended.head)
            if head == before and record["n"] == mended.n + 1:
                mended.keep(first, None, record, line, head)
                return
    mended.lose(first, last, damaged, before)


def _hash_at_end(line: bytes) -> str | None:
    text = line[-66:-2].decode(errors="replace")
    return text if len(text) == 64 and set(text) <= set("0123456789abcdef") else None


def _tail(head: str) -> bytes:
    return b',"h":"' + head.encode() + b'"}'


def _true_hash(mended: MendedJournal, damaged: DamagedLines) -> str | None:
    """Return the hash that the only damaged line should have by its other bytes."""
    if not damaged.only or mended.head is None:
        return None
    return sha256(mended.head.encode() + damaged.only[: -len(_tail(ZERO))]).hexdigest()


def _number(line: bytes) -> int | None:
    try:
        return _first_number(orjson.loads(line))
    except (ValueError, KeyError, TypeError):
        return None


def _first_number(record: LineRecord) -> int:
    return int(record["lost"]["from"] if "lost" in record else record["n"])
