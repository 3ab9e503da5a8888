"""The files of a journal, each numbered by its first line: plain while lines are appended, packed (gzip) once sealed.

A packed file holds the very bytes of the plain one. While both stand, the plain one counts: the packing was not
finished. Nothing is known here of what a line says.
"""

import os
import re
import zlib
from collections.abc import Iterator
from fcntl import F_ADD_SEALS, F_SEAL_GROW, F_SEAL_SHRINK, F_SEAL_WRITE, fcntl
from hashlib import file_digest
from io import BufferedReader, RawIOBase
from typing import Final

from dutyboard.store.errors import Corrupt
from dutyboard.store.files.folder import Folder, write_all

PACKED_MOST: Final = 64 << 20
"""Bytes of a segment that is packed. A longer one stays plain, and a file that unpacks to more is refused."""
_NAME: Final = re.compile(r"([0-9]{12})\.jsonl(\.gz)?")
_BLOCK: Final = 1 << 18
_LEVEL: Final = 6
_GZIP: Final = 31  # window bits of zlib that stand for a gzip header and checksum
_HEADER: Final = bytes.fromhex("1f8b0800000000000003")  # no name, no time: the same bytes give the same file


def segment_name(first: int) -> str:
    return f"{first:012d}.jsonl"


def packed_name(first: int) -> str:
    return f"{first:012d}.jsonl.gz"


def segments(journal: Folder) -> list[int]:
    """First sequence numbers of the segments in the folder `journal`, ascending."""
    return sorted({int(match[1]) for name in journal.names() if (match := _NAME.fullmatch(name))})


def standing_name(journal: Folder, first: int) -> str:
    """Return the name under which a segment stands; the plain one where there is neither."""
    name = segment_name(first)
    return packed_name(first) if not journal.has(name) and journal.has(packed_name(first)) else name


def is_there(journal: Folder, first: int) -> bool:
    return journal.has(standing_name(journal, first))


def open_segment(journal: Folder, first: int, flags: int) -> int:
    """Open a segment. A packed one is unpacked into memory that nobody can write.

    Raises FileNotFoundError, Corrupt, Unsafe, OSError.
    """
    try:
        return journal.open(segment_name(first), flags)
    except FileNotFoundError:
        with reader(journal, first) as packed:
            fd = os.memfd_create(packed_name(first), os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
            try:
                for block in blocks(packed):
                    write_all(fd, block)
                fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK)
            except BaseException:
                os.close(fd)
                raise
            return fd


def reader(journal: Folder, first: int, skip: int = 0) -> BufferedReader:
    """Open a segment to be read from its byte `skip` on, packed or not.

    Raises FileNotFoundError, Unsafe, OSError. Reading raises Corrupt: `packed` for what is no whole gzip file of ours,
    `too_large` for one that unpacks to more than a segment may hold.
    """
    try:
        file = journal.reader(segment_name(first))
    except FileNotFoundError:
        unpacked = _unpacked(journal, first)
        while skip and (passed := len(unpacked.read(min(skip, _BLOCK)))):
            skip -= passed
        return unpacked
    file.seek(skip)
    return file


def blocks(file: BufferedReader, most: int | None = None) -> Iterator[bytes]:
    """Yield the next `most` bytes of a file (None: all) in blocks."""
    while block := file.read(_BLOCK if most is None else min(most, _BLOCK)):
        yield block
        most = None if most is None else most - len(block)


def unpacked_size(journal: Folder, first: int) -> int:
    """Return the bytes of a segment as it is when it is plain. Raises as `reader`."""
    if (plain := journal.status(segment_name(first))) is not None:
        return plain.st_size
    with reader(journal, first) as file:
        return sum(map(len, blocks(file)))


def pack(journal: Folder, first: int, expected: bytes) -> bool:
    """Write a segment's packed file, and read it back. Return False, without a file, if it is longer than allowed.

    The plain one still stands. `expected` is its sha256. Raises Corrupt(`packed`) if that is not what the packed file
    holds, Unsafe, OSError.
    """
    name = packed_name(first)
    if unpacked_size(journal, first) > PACKED_MOST:
        return False
    with journal.reader(segment_name(first)) as file:
        journal.replace(name, _packed(file))
    with _unpacked(journal, first) as packed:
        if file_digest(packed, "sha256").digest() != expected:
            raise Corrupt(journal.place(name), 0, "packed")
    return True


def _packed(file: BufferedReader) -> Iterator[bytes]:
    packing = zlib.compressobj(_LEVEL, wbits=_GZIP)
    for block in blocks(file):
        yield packing.compress(block)
    yield packing.flush()


def _unpacked(journal: Folder, first: int) -> BufferedReader:
    name = packed_name(first)
    return BufferedReader(_Unpacked(journal.reader(name), journal.place(name)), _BLOCK)


class _Unpacked(RawIOBase):
    """The bytes that a packed file holds, as they are asked for. No more than a block of them is in memory."""

    def __init__(self, file: BufferedReader, place: str) -> None:
        self._file = file
        self._place = place
        self._packed = file.read(len(_HEADER))
        self._strange = self._packed != _HEADER
        self._stream = zlib.decompressobj(_GZIP)
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # BufferedReader gives a memoryview
        """Fill the buffer; 0 at the end of the file. Raises Corrupt, OSError."""
        if self._strange:
            raise Corrupt(self._place, 0, "packed")
        unpacked = b""
        while not unpacked and not self._stream.eof:
            given = self._packed or self._file.read(_BLOCK)
            try:
                unpacked = self._stream.decompress(given, len(buffer))
            except zlib.error:
                raise self._broken("packed") from None
            if not given and not unpacked and not self._stream.eof:  # what zlib still held is given by now
                raise self._broken("packed")
            self._packed = self._stream.unconsumed_tail
        if not unpacked and (self._stream.unused_data or self._file.read(1)):
            raise self._broken("packed")
        self._given += len(unpacked)
        if self._given > PACKED_MOST:
            raise self._broken("too_large")
        buffer[: len(unpacked)] = unpacked
        return len(unpacked)

    def _broken(self, what: str) -> Corrupt:
        return Corrupt(self._place, self._file.tell(), what)

    def close(self) -> None:
        self._file.close()
        super().close()
