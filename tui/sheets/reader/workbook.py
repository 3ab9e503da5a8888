"""An .xlsx workbook read as a stream: the cells that hold something, as they were written, and what is hidden.

Styles, properties, validations and pictures are not looked at, but for the number formats: they tell a date from a
number. Measured against openpyxl and python-calamine in tests/bench/sheet_readers.py.
"""

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final
from xml.parsers import expat

from dutyboard.tui.sheets.reader.grids import (
    DAY_ZERO,
    DAY_ZERO_1904,
    Cell,
    Comment,
    FileFact,
    Grid,
    GridRow,
    Rectangle,
    text_cell,
)
from dutyboard.tui.sheets.reader.number_formats import BUILT_IN, FormatKind, format_kind, moment_cell, number_cell
from dutyboard.tui.sheets.reader.xml_parts import CELLS, DamagedError, Parts, attribute, beside, too_many

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
FORMULA_SHOWN: Final = 200
"""Characters of a formula that are told."""
_TRUE: Final = ("1", "true", "on")
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_workbook(parts: Parts) -> tuple[Grid, ...]:
    """Return the sheets of a workbook in their order, the hidden ones by name. Raises IntakeError, DamagedError."""
    book = _Book(parts)
    return tuple(book.grids())


class _Book:
    """The parts of a workbook that its sheets share."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.day_zero = DAY_ZERO
        self.held = 0
        """Cells of all sheets that hold something."""
        self.told: tuple[FileFact, ...] = ()
        self.name = self._office_document()
        self.sheets: list[tuple[str, str, bool]] = []
        parts.read(self.name, self._of_book)
        related = self._related(self.name)
        self.strings = self._strings(next((to for to, kind in related.values() if kind == "sharedStrings"), ""))
        self.formats = self._formats(next((to for to, kind in related.values() if kind == "styles"), ""))
        self.related = related

    def grids(self) -> list[Grid]:
        found = []
        for number, (name, key, hidden) in enumerate(self.sheets, start=1):
            where, kind = self.related.get(key, (beside(self.name, f"worksheets/sheet{number}.xml"), "worksheet"))
            if kind != "worksheet":
                continue  # a diagram
            if hidden:
                found.append(Grid(name, hidden=True))
            else:
                found.append(_Sheet(self, name).read(where))
        return found

    def _office_document(self) -> str:
        roots = self._related("")
        return next((to for to, kind in roots.values() if kind == "officeDocument"), "xl/workbook.xml")

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the part and kind behind each relation of a part."""
        found: dict[str, tuple[str, str]] = {}
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", name + ".rels")

        def start(kind: str, attributes: Mapping[str, str]) -> None:
            if kind == "Relationship":
                target = beside(part, attributes.get("Target", ""))
                found[attributes.get("Id", "")] = target, posixpath.basename(attributes.get("Type", ""))

        if relations in self.parts:
            self.parts.read(relations, start)
        return found

    def comments(self, sheet: str) -> tuple[Comment, ...]:
        """Return the comments beside the cells of a sheet, by its part."""
        part = next((to for to, kind in self._related(sheet).values() if kind == "comments"), "")
        found: list[Comment] = []
        if part not in self.parts:
            return ()
        text: list[str] = []
        place = ""
        shown = False

        def start(kind: str, attributes: Mapping[str, str]) -> None:
            nonlocal place, shown
            if kind == "comment":
                place = attributes.get("ref", "")
            shown = kind == "t"

        def end(kind: str) -> None:
            nonlocal shown
            shown = False
            if kind == "comment":
                column, line = _place(place)
                if cell := text_cell(column, _decoded("".join(text))):
                    found.append(Comment(line, column, cell.written))
                text.clear()

        def said(piece: str) -> None:
            if shown:
                text.append(piece)

        try:
            self.parts.read(part, start, end, said)
        except (DamagedError, expat.ExpatError):
            self.told = tuple(dict.fromkeys((*self.told, "comments_unread")))
        return tuple(found)

    def _of_book(self, kind: str, attributes: Mapping[str, str]) -> None:
        if kind == "workbookPr" and attributes.get("date1904", "").lower() in _TRUE:
            self.day_zero = DAY_ZERO_1904
        elif kind == "sheet":
            hidden = attributes.get("state", "") in ("hidden", "veryHidden")
            self.sheets.append((_decoded(attributes.get("name", "")), attribute(attributes, "id"), hidden))

    def _strings(self, part: str) -> list[str]:
        """Return the texts that cells name by number."""
        found: list[str] = []
        if part not in self.parts:
            return found
        text: list[str] = []
        phonetic = shown = False

        def start(kind: str, _: Mapping[str, str]) -> None:
            nonlocal phonetic, shown
            if kind == "sst":
                found.clear()
            elif kind == "rPh":
                phonetic = True
            shown = kind == "t" and not phonetic

        def end(kind: str) -> None:
            nonlocal phonetic, shown
            shown = False
            if kind == "rPh":
                phonetic = False
            elif kind == "si":
                found.append(_decoded("".join(text)))
                text.clear()

        def said(piece: str) -> None:
            if shown:
                text.append(piece)

        self.parts.read(part, start, end, said)
        return found

    def _formats(self, part: str) -> list[FormatKind]:
        """Return what the format of each style shows. Styles that cannot be read leave numbers, which is told."""
        own: dict[str, FormatKind] = {}
        found: list[FormatKind] = []
        within = False

        def start(kind: str, attributes: Mapping[str, str]) -> None:
            nonlocal within
            if kind == "numFmt":
                own[attributes.get("numFmtId", "")] = format_kind(attributes.get("formatCode", ""))
            elif kind == "cellXfs":
                within = True
                found.clear()
            elif kind == "xf" and within:
                number = attributes.get("numFmtId", "0")
                found.append(own.get(number) or BUILT_IN.get(int(number) if number.isdecimal() else 0, ""))

        def end(kind: str) -> None:
            nonlocal within
            if kind == "cellXfs":
                within = False

        if part in self.parts:
            try:
                self.parts.read(part, start, end)
            except (DamagedError, expat.ExpatError):
                self.told = ("styles_unread",)
                return []
        return found


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, book: _Book, name: str) -> None:
        self.book = book
        self.name = name
        self.rows: dict[int, dict[int, Cell]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[Rectangle] = []
        self.row = self.column = 0
        self.in_data = self.all_hidden = False
        self.kind = self.style = ""
        self.text: list[str] | None = None
        self.phonetic = False
        self.raw = self.formula = ""
        self.inline: list[str] = []

    def read(self, part: str) -> Grid:
        """Return the sheet. Raises IntakeError, DamagedError, expat.ExpatError."""
        self.book.parts.read(part, self._start, self._end, self._said)
        numbers = sorted(self.rows)
        self._spread(numbers)
        rows = tuple(
            GridRow(number, tuple(cells[column] for column in sorted(cells)), number in self.hidden_rows)
            for number, cells in ((number, self.rows[number]) for number in numbers)
        )
        merges, hidden = tuple(self.merges), tuple(sorted(self.hidden_columns))
        comments = self.book.comments(part)
        return Grid(self.name, rows, False, self.book.day_zero, merges, hidden, self.book.told, comments)

    def _start(self, kind: str, attributes: Mapping[str, str]) -> None:
        if self.in_data:
            if kind == "c":
                self._cell(attributes)
            elif kind == "v" or (kind == "t" and not self.phonetic) or kind == "f":
                self.text = []
            elif kind == "row":
                self._row(attributes)
            elif kind == "rPh":
                self.phonetic = True
        elif kind == "sheetData":
            self.in_data = True
            self.rows.clear()
        elif kind == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            (left, top), (right, bottom) = _place(first), _place(last or first)
            self.merges.append((top, left, bottom, right))
        elif kind == "col" and (attributes.get("hidden", "").lower() in _TRUE or attributes.get("width") == "0"):
            first_column, last_column = (int(attributes.get(each, "1")[:6]) for each in ("min", "max"))
            self.hidden_columns.update(range(first_column, min(last_column, LAST_COLUMN) + 1))
        elif kind == "sheetFormatPr":
            self.all_hidden = attributes.get("zeroHeight", "").lower() in _TRUE

    def _row(self, attributes: Mapping[str, str]) -> None:
        self.row, self.column = int(attributes.get("r", str(self.row + 1))[:8]), 0
        hidden = attributes.get("hidden", "").lower()
        if (
            hidden in _TRUE
            or attributes.get("ht") == "0"
            or (self.all_hidden and not hidden and "ht" not in attributes)
        ):
            self.hidden_rows.add(self.row)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r", "")
        if place:
            self.column, self.row = _place(place)
        else:
            self.column += 1
        if not 0 < self.row <= LAST_ROW or self.column > LAST_COLUMN:
            raise DamagedError
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.raw = self.formula = ""
        self.inline.clear()

    def _said(self, piece: str) -> None:
        if self.text is not None:
            self.text.append(piece)

    def _end(self, kind: str) -> None:
        if not self.in_data:
            return
        if kind == "c":
            cell = self._read()
            if cell is not None:
                self._hold(cell)
        elif kind == "rPh":
            self.phonetic = False
        elif kind == "sheetData":
            self.in_data = False
        elif self.text is not None and kind in ("v", "t", "f"):
            text, self.text = "".join(self.text), None
            if kind == "v":
                self.raw = text
            elif kind == "f":
                self.formula = text or "="
            else:
                self.inline.append(text)

    def _hold(self, cell: Cell) -> None:
        self.rows.setdefault(self.row, {})[cell.column] = cell
        self.book.held += 1
        if self.book.held > CELLS:
            raise too_many(f"{self.name}!{self.row}" if self.name else str(self.row))

    def _read(self) -> Cell | None:
        """Return the cell that has just ended; None if it holds nothing."""
        column, raw = self.column, self.raw
        match self.kind:
            case "s":
                if not raw.strip():
                    return None
                return text_cell(column, self.book.strings[int(raw)])
            case "inlineStr":
                return text_cell(column, _decoded("".join(self.inline) or raw))
            case "str":
                return text_cell(column, _decoded(raw or "".join(self.inline)))
            case "b" if raw.strip():
                return text_cell(column, "TRUE" if raw.strip().lower() in _TRUE else "FALSE")
            case "e" if raw.strip():
                return Cell(column, "text", raw.strip()[:FORMULA_SHOWN], "error")
            case "d" if raw.strip():
                return _iso(column, raw.strip())
        if not raw.strip():
            if self.formula:
                return Cell(column, "text", f"={self.formula.lstrip('=')}"[:FORMULA_SHOWN], "formula")
            return text_cell(column, _decoded("".join(self.inline)))
        return number_cell(column, raw.strip(), self._format(), self.book.day_zero)

    def _format(self) -> FormatKind:
        style = int(self.style) if self.style.isdecimal() and len(self.style) < 8 else 0
        return self.book.formats[style] if style < len(self.book.formats) else ""

    def _spread(self, numbers: list[int]) -> None:
        """Give what a merge within one column shows to each of its rows: one address for a family."""
        given = 0
        for top, left, bottom, right in self.merges:
            shown = self.rows.get(top, {}).get(left)
            if left != right or shown is None:
                continue
            below = numbers[bisect_right(numbers, top) : bisect_left(numbers, bottom + 1)]
            given += len(below)
            if given > CELLS:
                raise too_many(f"{self.name}!{top}")
            for number in below:
                self.rows[number][left] = shown


def _iso(column: int, written: str) -> Cell | None:
    """Return the cell of a date that is written as text."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return text_cell(column, written)
    if at.tzinfo is not None and not written.endswith("Z"):
        return text_cell(column, written)
    return moment_cell(column, at.replace(tzinfo=None), hours="T" in written)


def _decoded(text: str) -> str:
    """Return a text with its characters written by number (`_x000D_`), and its line ends as one kind."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two halves are one character
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(text: str) -> tuple[int, int]:
    """Return column and row of `XFD1048576`. Raises DamagedError."""
    match = _PLACE.fullmatch(text) or _PLACE.fullmatch(text.replace("$", "").upper())
    if match is None:
        raise DamagedError
    return _column(match[1]), int(match[2])


@lru_cache(1024)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
