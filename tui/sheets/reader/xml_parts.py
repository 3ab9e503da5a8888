"""Parts of a workbook as streams of XML, counted while they are unpacked. Nothing that a file says of itself counts.

Ten kilobytes can hold text of a gigabyte, or elements in one another a million deep.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from xml.parsers import expat

from dutyboard.tui.sheets.reader.intake_error import IntakeError

UNPACKED: Final = 100 << 20
"""Bytes of all parts together that are read. Pictures and the like are not."""
RATIO: Final = 200
"""Bytes that one byte of a part may become, once it is more than `SMALL`. Sheets become about 10, blank ones 60."""
SMALL: Final = 10 << 20
ELEMENTS: Final = 2_000_000
"""XML elements of all parts together: a cell is three."""
DEEPEST: Final = 100
"""Levels of XML elements."""
CELLS: Final = 200_000
"""Cells of a file that hold something."""
_BLOCK: Final = 1 << 16
_UNSOUND: Final = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:[0-8]|1[1-24-9]|2\d|3[01]|x0?[0-8bcef]|x1[0-9a-f]);", re.IGNORECASE
)
"""Characters that XML may not hold. Some programs write them into a cell."""
_BARE: Final = re.compile(rb"&(?!#?\w{1,8};)")

OnStart = Callable[[str, Mapping[str, str]], None]
OnEnd = Callable[[str], None]
OnText = Callable[[str], None]


class DamagedError(Exception):
    """The file is no workbook that any program of sheets writes."""


def too_many(place: str) -> IntakeError:
    """Return the error of a sheet that goes too far, with the cell, merge or part where it does."""
    return IntakeError("too_many_cells", place=place, most=CELLS)


class Parts:
    """The parts of a packed file by their names, whatever slashes and letters these are written with."""

    def __init__(self, raw: bytes) -> None:
        self._packed = zipfile.ZipFile(io.BytesIO(raw))
        self._names = {_folded(part.filename): part for part in reversed(self._packed.infolist())}
        self._bytes = self._elements = 0

    def __contains__(self, name: str) -> bool:
        return _folded(name) in self._names

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts, in small letters and with common slashes."""
        return frozenset(self._names)

    @property
    def locked(self) -> bool:
        """True: a part asks for a password."""
        return any(part.flag_bits & 1 for part in self._names.values())

    def start_of(self, name: str, most: int) -> bytes:
        """Return the first bytes of a part."""
        with self._packed.open(self._names[_folded(name)]) as stream:
            return stream.read(most)

    def read(self, name: str, start: OnStart, end: OnEnd | None = None, said: OnText | None = None) -> None:
        """Stream the elements of a part, named without their prefixes. A part that holds nothing has none.

        A part with characters that XML forbids is read again without them: `start` of its root clears what was kept.
        Raises IntakeError, DamagedError, expat.ExpatError, zipfile.BadZipFile, zlib.error.
        """
        part = self._names.get(_folded(name))
        if part is None:
            raise DamagedError
        blocks = self._blocks(part)
        first = next(blocks, b"")
        if not first:
            return
        try:
            self._parse(first, blocks, start, end, said)
        except expat.ExpatError as error:
            if error.code not in (
                expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN],
                expat.errors.codes[expat.errors.XML_ERROR_BAD_CHAR_REF],
                expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY],
            ):
                raise
            self._parse(_sound(b"".join(self._blocks(part))), iter(()), start, end, said)

    def _blocks(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        size = 0
        with self._packed.open(part) as stream:
            while block := stream.read(_BLOCK):
                size += len(block)
                self._bytes += len(block)
                if self._bytes > UNPACKED or size > max(SMALL, RATIO * part.compress_size):
                    raise IntakeError("unpacks_too_large", most=UNPACKED >> 20)
                yield block

    def _parse(
        self, first: bytes, rest: Iterator[bytes], start: OnStart, end: OnEnd | None, said: OnText | None
    ) -> None:
        depth = 0

        def started(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._elements += 1
            if depth > DEEPEST:
                raise DamagedError
            if self._elements > ELEMENTS:
                raise too_many("")
            start(name.rpartition(":")[2] if ":" in name else name, attributes)

        def ended(name: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(name.rpartition(":")[2] if ":" in name else name)

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = started
        parser.EndElementHandler = ended
        parser.CharacterDataHandler = said
        parser.StartDoctypeDeclHandler = _doctype
        parser.Parse(first, False)
        for block in rest:
            parser.Parse(block, False)
        parser.Parse(b"", True)


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute that may stand with a prefix (`r:id`); "": there is none."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def beside(part: str, target: str) -> str:
    """Return the name of the part that another one points to."""
    target = target.replace("\\", "/")
    return target if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _sound(content: bytes) -> bytes:
    """Return XML without the characters that it may not hold, of UTF-8 as nearly every workbook is."""
    content = content.decode("utf-8", "replace").encode() if content[:2] not in (b"\xff\xfe", b"\xfe\xff") else content
    return _BARE.sub(b"&amp;", _UNSOUND.sub(b"", content))


def _doctype(*_: Any) -> None:
    raise DamagedError  # entities of its own: no workbook has any
