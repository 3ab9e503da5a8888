"""The bytes of a segment as they are when it is plain, whichever way it stands."""

import zlib
from pathlib import Path

from dutyboard.store.files.segments import packed_name, segment_name


def standing(desk: Path, first: int = 1) -> Path:
    """The file in which a segment stands."""
    plain = desk / "journal" / segment_name(first)
    return plain if plain.exists() else desk / "journal" / packed_name(first)


def packed(plain: bytes) -> bytes:
    packing = zlib.compressobj(6, wbits=31)
    return packing.compress(plain) + packing.flush()


def bytes_of(path: Path) -> bytes:
    raw = path.read_bytes()
    return zlib.decompress(raw, 31) if path.suffix == ".gz" else raw


def rewrite(path: Path, plain: bytes) -> None:
    """Let a segment hold other bytes."""
    path.write_bytes(packed(plain) if path.suffix == ".gz" else plain)
