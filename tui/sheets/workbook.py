"""The size of an .xlsx workbook, counted as a stream before its reader makes an object of every cell.

Ten kilobytes can hold a merge of a million rows, or text of a gigabyte. Nothing that the file says of itself is
trusted: each part is unpacked in blocks and counted, then packed again without compression for the reader.
"""

import io
import re
import zipfile
from typing import Any, Final
from xml.parsers import expat

from dutyboard.tui.sheets.notes import IntakeError

CELLS: Final = 200_000
"""Cells of a file: those that are there, and those of the smallest rectangle round all of a sheet."""
UNPACKED: Final = 100 << 20
"""Bytes of all parts together."""
RATIO: Final = 200
"""Bytes that one byte of a part may become, once it is more than `SMALL`. Sheets become about 10, blank ones 60."""
SMALL: Final = 10 << 20
ELEMENTS: Final = 2_000_000
"""XML elements of all sheets and their texts: a cell is three."""
STYLES: Final = 200_000
"""XML elements of all other parts together. A workbook edited for years has 130,000."""
DEEPEST: Final = 100
"""Levels of XML elements."""
_BLOCK: Final = 1 << 18
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class _Damaged(Exception):
    """The file is no workbook that any program of sheets writes."""


def counted(raw: bytes, name: str) -> io.BytesIO:
    """Return a workbook with its parts unpacked, once it is known to be of a bearable size.

    Raises IntakeError: it is too large, or damaged.
    """
    try:
        return _unpacked(raw, name)
    except IntakeError:
        raise
    except Exception:  # zlib, zipfile, expat and their like: whatever a flipped byte brings out
        raise IntakeError("not_a_workbook", file=name) from None


def _unpacked(raw: bytes, name: str) -> io.BytesIO:
    whole, total, counts = io.BytesIO(), 0, {ELEMENTS: 0, STYLES: 0}
    with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(whole, "w") as plain:
        if sum(part.file_size for part in packed.infolist()) > UNPACKED:
            raise IntakeError("unpacks_too_large", file=name, most=UNPACKED >> 20)
        for part in packed.infolist():
            blocks, size = [], 0
            with packed.open(part) as stream:
                while block := stream.read(_BLOCK):
                    size += len(block)
                    total += len(block)
                    if total > UNPACKED or size > max(SMALL, RATIO * part.compress_size):
                        raise IntakeError("unpacks_too_large", file=name, most=UNPACKED >> 20)
                    blocks.append(block)
            if part.filename.endswith((".xml", ".rels")):
                grid = part.filename.startswith("xl/worksheets/")
                most = ELEMENTS if grid or part.filename == "xl/sharedStrings.xml" else STYLES
                counts[most] += _Part(name, most - counts[most], grid=grid).read(blocks)
            plain.writestr(part.filename, b"".join(blocks))
    whole.seek(0)
    return whole


class _Part:
    """A count of the elements of one part; of a sheet also of its cells, and how far they reach."""

    def __init__(self, file: str, most: int, *, grid: bool) -> None:
        self.file = file
        self.most = most
        self.grid = grid
        self.elements = self.depth = self.cells = self.row = self.column = 0
        self.reach = (0, 0)

    def read(self, blocks: list[bytes]) -> int:
        """Return the number of elements. Raises IntakeError, _Damaged, expat.ExpatError."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
        return self.elements

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Damaged
        if self.elements > self.most:
            raise self._too_many("")
        if not self.grid:
            return
        kind = name.rpartition("}")[2]
        if kind == "row":
            self.row, self.column = int(attributes.get("r", str(self.row + 1))[:8]), 0
        elif kind == "c":
            place = attributes.get("r", "")
            if place:
                self.column, self.row = _place(place)
            else:
                self.column += 1
            self._reach(self.column, self.row, place, 1)
        elif kind == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            (left, top), (right, bottom) = _place(first), _place(last or first)
            self._reach(right, bottom, attributes["ref"], (right - left + 1) * (bottom - top + 1))

    def _reach(self, column: int, row: int, place: str, cells: int) -> None:
        """Count cells, and the rectangle from A1 that now holds all. Raises IntakeError."""
        self.cells += cells
        self.reach = (max(self.reach[0], column), max(self.reach[1], row))
        if self.cells > CELLS or self.reach[0] * self.reach[1] > CELLS:
            raise self._too_many(place)

    def _too_many(self, place: str) -> IntakeError:
        return IntakeError("too_many_cells", file=self.file, place=place or "?", most=CELLS)

    def _end(self, _: str) -> None:
        self.depth -= 1

    def _doctype(self, *_: Any) -> None:
        raise _Damaged  # entities of its own: no workbook has any


def _place(text: str) -> tuple[int, int]:
    """Return column and row of `XFD1048576`. Raises _Damaged."""
    match = _PLACE.fullmatch(text.replace("$", ""))
    if match is None:
        raise _Damaged
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(match[2])
