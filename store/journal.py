"""The journal: JSON lines, each a transaction, chained by hash, in segments that are only ever appended to.

    {"n":17,"t":"2021-06-07T19:42:00.123+08:00","w":"wangfang@4711","put":{"entries":{"9":{…}}},"h":"<64 hex>"}

h = sha256(h of the line before ‖ every byte of this line before `,"h":"`), so every byte is vouched for and no
canonical JSON is needed. An act that is larger than a line is several of them in a row, each with `part` [k, n]: which
of how many it is. They are written at one stroke, and count together or not at all. A segment is named by the first
sequence number in it and ends with a `seal` line that names the next; it may be packed then (files/segments.py).
Offsets count the bytes over all segments, unpacked. Other keys: rid (idempotency key of the caller), del, drop,
container and fmt (versions of the form of lines and segments, and of the documents, from here on), next (ids not to be
given out again), ckpt and kept (a checkpoint was written / is in place), arch (documents moved to an archive), cut (a
torn tail was set aside), aside (so was a db.json that is not ours), recover (an operator's act), restored, rolled (an
officer had seen more than stands here), lost and salvaged (salvage.py), views (the number and
hash of the newest line of the view log).

A line with `lost` stands in place of damaged ones, from number `lost.from` to its own. Its `h` is the hash that they
had, so that the lines behind it, and their hashes on paper, stay as they were. It vouches for nothing: a line
`salvaged` must name it.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Final

import orjson

from dutyboard.frozen import frozen
from dutyboard.store.errors import Corrupt, SaveFailed, Unsure
from dutyboard.store.files import disk
from dutyboard.store.files.folder import Folder, write_all
from dutyboard.store.files.segments import is_there, open_segment, reader, segment_name, segments, standing_name

FMT = 1
CONTAINER: Final = 2
"""Version of the form of lines and segments. 1: each act is a line, segments are plain. 2: an act may be several lines,
and a sealed segment may be packed. A desk of 1 is raised by the first line that needs it."""
ZERO = "0" * 64
MAX_LINE = 16 << 20  # bytes; a line is held in memory several times over
MAX_PARTS: Final = 8  # lines of one act; they are held in memory together
SEGMENT_BYTES = 4 << 20  # a checkpoint starts a new segment beyond this
_BLOCK = 256 << 10  # read at once; of larger ones, the process keeps holes between the documents
_OPEN, _CLOSE = b',"h":"', b'"}'
LOST = b'{"lost":'
"""Beginning of a line that stands in place of damaged ones."""
_PART = re.compile(rb'\{"n":([0-9]{1,18}),"part":\[([0-9]),([0-9])\],')
_HEAD = re.compile(r"[0-9a-f]{64}")
_TAIL = len(_OPEN) + 64 + len(_CLOSE)

LineRecord = dict[str, Any]

META: Final = "_meta"
"""Table that db.json keeps for itself. No line puts a document there."""
_MOST: Final = 10**18  # of any number in a line: whatever is added to it still fits JSON
_DIGITS: Final = 18  # of an id that is a number
_DEEP: Final = 200  # brackets of a line that may lie deeper than JSON can be written again


class Flaw(Exception):
    """A line that does not follow the one before. `what`: `hash`, `form`, `gap` or `part`."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def encode(record: LineRecord, previous: str) -> tuple[bytes, str]:
    """Return one line, without the newline, and its hash. Raises TypeError for what JSON cannot hold."""
    body = orjson.dumps(record)[:-1]
    head = sha256(previous.encode() + body).hexdigest()
    return b"".join((body, _OPEN, head.encode(), _CLOSE)), head


def decode(line: bytes, n: int, previous: str) -> tuple[LineRecord, str]:
    """Return record and hash of a line that must be number `n` after the hash `previous`. Raises Flaw."""
    body, tail = line[:-_TAIL], line[-_TAIL:]
    head = sha256(previous.encode() + body).hexdigest()
    whole = tail == b"".join((_OPEN, head.encode(), _CLOSE))
    if not whole and not line.startswith(LOST):
        raise Flaw("hash")
    record = parsed(line)
    number = record["n"]
    first = record["lost"]["from"] if "lost" in record else number
    if first != n or number < n:
        raise Flaw("gap")
    if not whole:
        head = str(record.get("h"))
        if not _HEAD.fullmatch(head):
            raise Flaw("form")
    return record, head


def head_of(line: bytes) -> str:
    """Return the hash that a line of ours ends with."""
    return line[len(_CLOSE) * -1 - 64 : -len(_CLOSE)].decode()


def parsed(line: bytes) -> LineRecord:
    """Return the record of a line, whatever its hash and number. Raises Flaw(`form`) for one that no store wrote."""
    try:
        record = orjson.loads(line)
        if len(line) > _DEEP * 2 and line.count(b"{") + line.count(b"[") > _DEEP:
            orjson.dumps(record)  # which reads deeper than it writes
    except (ValueError, TypeError):
        raise Flaw("form") from None
    if type(record) is not dict or not fits(record):
        raise Flaw("form")
    return record


def joins(record: LineRecord, before: LineRecord | None) -> bool:
    """Tell if a line may follow. `before` is the last line of an act that is not whole yet; None: there is no such."""
    number, of = record.get("part", (1, 1))
    if before is None:
        return bool(number == 1)
    return [number - 1, of] == before["part"] and record.get("rid") == before.get("rid")


def ends_act(record: LineRecord) -> bool:
    """Tell if a line is the last of its act."""
    number, of = record.get("part", (1, 1))
    return bool(number == of)


def whole(parts: Sequence[LineRecord]) -> LineRecord:
    """Return the record of an act from all of its lines. Its number is that of the last."""
    if len(parts) == 1:
        return parts[0]
    act = {**parts[-1], "put": {}}
    del act["part"]
    for part in parts:
        for table, documents in part["put"].items():
            act["put"].setdefault(table, {}).update(documents)
    return act


def is_torn_act(rest: bytes, n: int) -> bool:
    """Tell if all bytes behind line `n` may be what a crash left of one act.

    That is one line with anything in it, or several of which each shows that it is a part of this act: by how it
    begins, or by zeros, where a power cut kept its bytes from the disk.
    """
    lines = rest.removesuffix(b"\n").split(b"\n")
    if max(map(len, lines)) > MAX_LINE:
        return False
    if len(lines) == 1:
        return True
    begun = [_PART.match(line) for line in lines]
    told = {int(found[3]) for found in begun if found}
    if len(told) > 1 or len(lines) > MAX_PARTS:
        return False
    of = max(told, default=0)
    beginnings = {k: b'{"n":%d,"part":[%d,%d],' % (n + k, k, of) for k in range(1, of + 1)}
    *before, last = lines
    if not rest.endswith(b"\n") and any(beginning.startswith(last) for beginning in beginnings.values()):
        lines = before
    return all(b"\0" in line or line.startswith(tuple(beginnings.values())) for line in lines)


def fits(record: LineRecord) -> bool:
    """Tell if each key that a store knows holds what a store writes there. Documents are not looked into."""
    number = record.get("n")
    if type(number) is not int or not 0 < number < _MOST:
        return False
    if type(record.get("t")) is not str or type(record.get("w")) is not str or type(record.get("rid", "")) is not str:
        return False
    if "put" in record and not _are_documents(record["put"]):
        return False
    if _COMMON.issuperset(record):
        return True
    if "part" in record:
        known = _PART_KEYS.issuperset(record) and _is_number(record.get("container", CONTAINER))
        return known and "put" in record and _is_part(record["part"])
    if not all(shape(record[key]) for key, shape in _SHAPES.items() if key in record):
        return False
    return "seal" not in record or bool(record["seal"] == number + 1)


def _is_text(value: Any) -> bool:
    return type(value) is str


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value < _MOST


def _is_object(value: Any) -> bool:
    return type(value) is dict


def _are_texts(value: Any) -> bool:
    return type(value) is list and all(type(each) is str for each in value)


def _are_numbers(value: Any) -> bool:
    return type(value) is dict and all(map(_is_number, value.values()))


def _are_documents(value: Any) -> bool:
    """Tell if a value is {table: {id: object}}."""
    if type(value) is not dict or META in value:
        return False
    for documents in value.values():
        if type(documents) is not dict:
            return False
        for doc_id, document in documents.items():
            if type(document) is not dict or (len(doc_id) > _DIGITS and doc_id.isdecimal()):
                return False
    return True


def _are_ids(value: Any) -> bool:
    """Tell if a value is {table: [id]}."""
    if type(value) is not dict or not all(map(_are_texts, value.values())):
        return False
    return not any(len(doc_id) > _DIGITS and doc_id.isdecimal() for ids in value.values() for doc_id in ids)


def _holds(**shapes: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return a check of an object that has all these keys, each in its shape. Other keys are let through."""

    def check(value: Any) -> bool:
        return type(value) is dict and all(key in value and shape(value[key]) for key, shape in shapes.items())

    return check


def _is_salvage(value: Any) -> bool:
    if type(value) is not dict or type(value.get("lost")) is not list:
        return False
    return all(type(each) is dict and _is_number(each.get("n")) for each in value["lost"])


def _is_part(value: Any) -> bool:
    """Tell if a value is [k, n]."""
    if type(value) is not list or not all(type(each) is int for each in value):
        return False
    return len(value) == 2 and 1 <= value[0] <= value[1] and 2 <= value[1] <= MAX_PARTS


_COMMON: Final = frozenset({"n", "t", "w", "rid", "put", "h"})
_PART_KEYS: Final = _COMMON | {"part", "container"}
_SHAPES: Final[dict[str, Callable[[Any], bool]]] = {
    "del": _are_ids,
    "drop": _are_texts,
    "fmt": _is_number,
    "container": _is_number,
    "next": _are_numbers,
    "ckpt": _holds(n=_is_number, sha256=_is_text),
    "kept": _is_number,
    "arch": _holds(file=_is_text, sha256=_is_text, counts=_are_numbers),
    "cut": _is_object,
    "aside": _is_object,
    "recover": _is_object,
    "restored": _holds(n=_is_number, head=_is_text),
    "rolled": _is_object,
    "seal": _is_number,
    "lost": _holds(**{"from": _is_number}),
    "salvaged": _is_salvage,
    "view": _is_object,
    "views": _holds(n=_is_number, head=_is_text),
}


def lines(journal: Folder, first: int) -> Iterator[bytes]:
    """Yield the lines of a segment with their newlines, packed or not. Raises Corrupt, FileNotFoundError, Unsafe."""
    with reader(journal, first) as file:
        while line := file.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE:
                raise Corrupt(journal.place(standing_name(journal, first)), 0, "form")
            yield line


@frozen(kw_only=False)
class Position:
    """The point behind a line: its number `n` and its hash `head`.

    `first` and `start`: number of the first line of its segment, and offset of that segment. Offsets count the bytes of
    all segments.
    """

    n: int
    head: str
    first: int
    start: int
    offset: int


class Journal:
    """A position in the chain, with the segment open there. Reads forward; appends at the end."""

    def __init__(self, folder: Folder, *, writable: bool) -> None:
        """Stand before the first line. `folder` holds the segments."""
        self.folder = folder
        self.n = 0
        self.head = ZERO
        self.first = 1  # of the open segment
        self.start = 0  # offset of its first byte
        self._in_segment = 0  # bytes
        self._writable = writable
        self._fd = -1

    @property
    def offset(self) -> int:
        return self.start + self._in_segment

    @property
    def file(self) -> str:
        """Name of the open segment, relative to the desk's folder."""
        return self.folder.place(standing_name(self.folder, self.first))

    def seek(self, position: Position) -> None:
        """Go to where a checkpoint was made. Raises Corrupt if that segment is missing."""
        self.n, self.head = position.n, position.head
        self._enter(self._open(position.first), position.first, position.start)
        self._in_segment = position.offset - position.start

    @property
    def position(self) -> Position:
        return Position(self.n, self.head, self.first, self.start, self.offset)

    def open_first(self, *, create: bool) -> bool:
        """Open the first segment. Return False if there is none and it may not be made."""
        self.n, self.head = 0, ZERO
        if not is_there(self.folder, 1):
            there = segments(self.folder)
            if 1 not in there:  # else another has made it since
                if not create or there:
                    return False
                self._create(1)
        self._enter(self._open(1), 1, 0)
        return True

    def end(self) -> int:
        """The offset after the last byte of the open segment."""
        return self.start + (os.fstat(self._fd).st_size if self._fd >= 0 else 0)

    def is_last(self) -> bool:
        """True while no later segment exists."""
        return segments(self.folder)[-1:] == [self.first]

    def goes_on(self) -> bool:
        """True if a later segment holds lines."""
        later = [standing_name(self.folder, first) for first in segments(self.folder) if first > self.first]
        return any(found.st_size for found in map(self.folder.status, later) if found is not None)

    def remaining(self) -> bytes:
        """The bytes from the position to the end of the open segment."""
        return os.pread(self._fd, self.end() - self.offset, self._in_segment)

    def sync(self) -> None:
        """Make the open segment durable. Raises OSError, after which its page cache proves nothing."""
        disk.fdatasync(self._fd)

    def records(self, upto: int | None) -> Iterator[LineRecord]:
        """Yield whole acts from the position on, verified, up to the mark (None: to the end; only under the lock).

        The position stands after a record when it is yielded, and before an act that is not whole. Raises Corrupt at a
        line that does not follow, and, if `upto` is given, where bytes are missing before it.
        """
        size = _BLOCK
        parts: list[LineRecord] = []  # of an act that is not whole yet
        ahead, head = 0, self.head  # the bytes of these parts, and the hash of the last
        while upto is None or self.offset + ahead < upto:
            limit = self.end() if upto is None else min(upto, self.end())
            left = limit - self.offset - ahead
            try:
                block = os.pread(self._fd, min(left, size), self._in_segment + ahead) if self._fd >= 0 else b""
            except OSError:
                raise self.corrupt("unreadable", ahead) from None
            lines = block.split(b"\n")
            lines.pop()
            if not lines:
                if len(block) > MAX_LINE:
                    raise self.corrupt("form", ahead)  # no store wrote that, and no crash left it
                if len(block) == size:
                    size = min(size * 2, MAX_LINE + 1)
                    continue
                if upto is not None:
                    raise self.corrupt("missing_bytes", ahead)
                return
            for line in lines:
                try:
                    record, head = decode(line, self.n + len(parts) + 1, head)
                    if not joins(record, parts[-1] if parts else None):
                        raise Flaw("part")
                except Flaw as flaw:
                    raise self.corrupt(flaw.what, ahead) from None
                parts.append(record)
                ahead += len(line) + 1
                if not ends_act(record):
                    continue
                act = whole(parts)
                self.advance(act, head, ahead, published=upto is not None)
                parts, ahead = [], 0
                yield act
                if "seal" in act:
                    break  # the next line is in another file
        if parts:
            raise self.corrupt("missing_bytes", ahead)  # what was acknowledged ends in the middle of an act

    def advance(self, record: LineRecord, head: str, size: int, *, published: bool = False) -> None:
        """Move behind the next act: its record, the hash of its last line, the length of its lines.

        Whatever can fail comes before the position moves: a seal is passed together with its successor. Raises Corrupt,
        OSError.
        """
        following = self._reach(record["seal"], published=published) if "seal" in record else -1
        self.n, self.head = record["n"], head
        self._in_segment += size
        if following >= 0:
            self._enter(following, record["seal"], self.offset)

    def append(self, lines: bytes, *, durable: bool = True) -> None:
        """Write the lines of one act and make them durable, holding the lock, at the end of the last segment.

        The position stays before it until `advance`. `durable` False: for a mirror, whose lines are durable on its
        engine. Raises SaveFailed (`write` or `sync`; what was written is taken back), and Unsure if an act that could
        not be synced could not be taken back either: who heals the desk adopts it.
        """
        try:
            write_all(self._fd, lines)
        except OSError as error:
            self._take_back()  # or else whoever locks next finds a torn act and sets it aside
            raise SaveFailed(error.errno or 0, "write") from error
        if not durable:
            return
        try:
            disk.fdatasync(self._fd)
        except OSError as error:
            failed = SaveFailed if self._take_back() else Unsure
            raise failed(error.errno or 0, "sync") from error

    def cut(self) -> None:
        """Cut the open segment at the position. Raises OSError."""
        disk.ftruncate(self._fd, self._in_segment)
        disk.fsync(self._fd)

    def corrupt(self, what: str, ahead: int = 0) -> Corrupt:
        """Return the damage so many bytes behind the position."""
        return Corrupt(self.file, self._in_segment + ahead, what)

    def forget(self) -> None:
        """Drop the open segment from the page cache, so that the next read comes from the disk."""
        os.posix_fadvise(self._fd, 0, 0, os.POSIX_FADV_DONTNEED)

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _take_back(self) -> bool:
        try:
            disk.ftruncate(self._fd, self._in_segment)
        except OSError:
            return False
        return True

    def _reach(self, first: int, *, published: bool) -> int:
        """Open the segment that a seal names, making it if a crash just behind the seal left it missing.

        -1 if it is missing and this process may only read: the journal ends here for now. Raises Corrupt, OSError.
        """
        if not is_there(self.folder, first) and not published:
            if not self._writable:
                return -1
            self._create(first)
        return self._open(first)

    def _create(self, first: int) -> None:
        try:
            fd = self.folder.create(segment_name(first))
        except FileExistsError:
            return  # two who open a new desk at the same time
        try:
            disk.fsync(fd)
        finally:
            os.close(fd)
        self.folder.sync()

    def _open(self, first: int) -> int:
        """Open a segment. Raises Corrupt: a packed one must have another behind it, since nobody writes there."""
        name = standing_name(self.folder, first)
        if name != segment_name(first) and segments(self.folder)[-1] == first:
            raise Corrupt(self.folder.place(name), 0, "missing_seal")
        try:
            return open_segment(self.folder, first, os.O_RDWR | os.O_APPEND if self._writable else os.O_RDONLY)
        except FileNotFoundError:
            raise Corrupt(self.folder.place(name), 0, "missing_segment") from None

    def _enter(self, fd: int, first: int, start: int) -> None:
        self.close()
        self._fd, self.first, self.start, self._in_segment = fd, first, start, 0
