"""Comments beside the cells of an .ods, as its content is streamed."""

from collections.abc import Mapping
from typing import Final

from dutyboard.tui.sheets.reader.grids import Comment, text_cell
from dutyboard.tui.sheets.reader.xml_parts import Parts, attribute

CONTENT: Final = "content.xml"
_BLANKS: Final[Mapping[str, str]] = {"s": " ", "tab": " ", "line-break": "\n"}
"""Elements of a text that stand for a blank."""


def annotations(parts: Parts) -> dict[str, tuple[Comment, ...]]:
    """Return the comments by the name of their sheet, of repeated cells at the first.

    Raises IntakeError, DamagedError, expat.ExpatError.
    """
    reading = _Reading()
    parts.read(CONTENT, reading.start, reading.end, reading.said)
    return {name: tuple(each) for name, each in reading.found.items()}


class _Reading:
    """The place in the content, and what was found so far."""

    def __init__(self) -> None:
        self.found: dict[str, list[Comment]] = {}
        self.sheet: list[str] = []
        self.line = self.column = 0
        self.after_line = self.after_column = 0
        self.text: list[str] | None = None
        self.shown = 0

    def start(self, kind: str, attributes: Mapping[str, str]) -> None:
        if kind == "table":
            self.sheet.append(attribute(attributes, "name"))
            if len(self.sheet) == 1:
                self.after_line = 0
        elif len(self.sheet) != 1:
            return  # a table inside a cell, or changes that are tracked
        elif self.text is not None:
            self.shown += kind == "p"
            self.text.append(_BLANKS.get(kind, ""))
        elif kind == "table-row":
            self.line, self.after_line = (
                self.after_line + 1,
                self.after_line + _many(attributes, "number-rows-repeated"),
            )
            self.after_column = 0
        elif kind in ("table-cell", "covered-table-cell"):
            many = _many(attributes, "number-columns-repeated")
            self.column, self.after_column = self.after_column + 1, self.after_column + many
        elif kind == "annotation":
            self.text, self.shown = [], 0

    def end(self, kind: str) -> None:
        if kind == "table":
            self.sheet.pop()
        elif self.text is not None and len(self.sheet) == 1:
            if kind == "p":
                self.shown -= 1
                self.text.append("\n")
            elif kind == "annotation":
                if cell := text_cell(self.column, "".join(self.text)):
                    self.found.setdefault(self.sheet[0], []).append(Comment(self.line, self.column, cell.written))
                self.text = None

    def said(self, piece: str) -> None:
        if self.text is not None and self.shown:
            self.text.append(piece)


def _many(attributes: Mapping[str, str], name: str) -> int:
    """Return how many times a row or a cell stands there."""
    told = attribute(attributes, name)
    return max(int(told), 1) if told.isdecimal() and len(told) < 9 else 1
