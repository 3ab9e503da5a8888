"""Rows of a text whose cells stand between separators, whatever program wrote it."""

import codecs
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from dutyboard.tui.sheets.reader.grids import Cell, FileFact, Grid, GridRow, RowDoubt, text_cell
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.reader.xml_parts import CELLS, too_many

LONGEST_LINE: Final = 1 << 20
"""Characters of one line of text."""
SEPARATORS: Final = 10 * CELLS
"""Separators in a text, blank cells among them."""
_DELIMITERS: Final = ("\t", ",", ";", "|", "，")
"""Signs between cells; the first of those that divide lines alike wins."""
_SAMPLE: Final = 100
"""Lines from which the separator is told."""
_LINES_OF_A_CELL: Final = 100
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOST: Final = "\ufffd"
_SEPARATOR_LINE: Final = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_QUOTED: Final = {blanks: re.compile(rf'[{blanks}]*"((?:[^"]++|"")*+)"') for blanks in (" ", " \t")}
"""A quoted cell, by the blanks that may stand before its quote. A tab that divides cells is none."""


def read_delimited(raw: bytes) -> tuple[Grid, ...]:
    """Return the one sheet of a text. Raises IntakeError."""
    text, told = decoded(raw)
    return (Grid("", tuple(_rows(text)), told=told),)


def decoded(raw: bytes) -> tuple[str, tuple[FileFact, ...]]:
    """Return the text of bytes whose encoding nothing tells, by evidence. Raises IntakeError.

    GB18030 accepts nearly every byte string, so UTF-8, which accepts few, is asked first. Bytes of no character become
    U+FFFD where most of the text speaks for an encoding.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            text = raw.decode(encoding, "replace")
            return _readable(text, sure=_LOST not in text), ()
    wide = _wide(raw)
    if wide:
        return _readable(raw.decode(wide, "replace")), ()
    try:
        return _readable(raw.decode(), sure=True), ()
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
    if text.count(_LOST) * 2 <= _foreign(text) - text.count(_LOST):
        return _readable(text), ()
    text = raw.decode("gb18030", "replace")
    if text.count(_LOST) * 10 <= _foreign(text):
        return _readable(text), ("gb18030_read",)
    raise IntakeError("encoding_unread")


def _foreign(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _wide(raw: bytes) -> str:
    """Return the UTF-16 that the zero bytes of digits, separators and line ends tell of; "": no such bytes."""
    even, odd = raw[:4096:2].count(0), raw[1:4096:2].count(0)
    if odd > 10 * even and odd * 100 > min(len(raw), 4096):
        return "utf-16-le"
    if even > 10 * odd and even * 100 > min(len(raw), 4096):
        return "utf-16-be"
    return ""


def _readable(text: str, *, sure: bool = False) -> str:
    """Return the text if people wrote it. Raises IntakeError.

    `sure`: its bytes are of this encoding and hardly of any other, so that only signs of control speak against it. A
    rare character of a name may be one that Python does not know.
    """
    odd = ("Cc",) if sure else ("Cc", "Co", "Cn")
    strange = sum(
        count
        for sign, count in Counter(text[:100_000]).items()
        if sign not in "\t\r\n" and unicodedata.category(sign) in odd
    )
    if "\0" in text or strange * 20 > len(text[:100_000]):
        raise IntakeError("encoding_unread")
    return text


def _rows(text: str) -> Iterator[GridRow]:
    lines = list(_bounded_lines(text))
    first = 0
    declared = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    if declared:
        first, delimiter = 1, declared[1]
    else:
        delimiter = _delimiter(lines)
    if text.count(delimiter) + len(lines) > SEPARATORS:
        raise too_many("")
    held = record = 0
    usual = _usual(lines[first:], delimiter)
    at = first
    while at < len(lines):
        fields, taken, doubt = _record(lines, at, delimiter, usual)
        cells = _cells(fields)
        if cells:
            record += 1
            held += len(cells)
            if held > CELLS:
                raise too_many(str(at + 1))
            if any(_LOST in cell.written for cell in cells):
                doubt = doubt or "damaged"
            yield GridRow(at + 1, cells, record=record, doubt=doubt)
        at += taken


def _cells(fields: Sequence[str]) -> tuple[Cell, ...]:
    found = (text_cell(column, field) for column, field in enumerate(fields, start=1))
    return tuple(cell for cell in found if cell is not None)


def _bounded_lines(text: str) -> Iterator[str]:
    stream, number = io.StringIO(text, newline=None), 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise IntakeError("line_too_long", row=number, most=LONGEST_LINE)
        yield line


def _delimiter(lines: Sequence[str]) -> str:
    """Return the sign that divides most lines into the same number of cells."""
    sample = [re.sub(r'"[^"]*"', "", line) for line in lines[:_SAMPLE] if line.strip()]

    def agreement(sign: str) -> int:
        usual = _usual(sample, sign)
        return sum(min(line.count(sign), usual) for line in sample)

    return max(_DELIMITERS, key=agreement)


def _usual(lines: Sequence[str], delimiter: str) -> int:
    """Return the number of separators that most lines have; 0: they have none."""
    counts = Counter(count for line in lines[:_SAMPLE] if (count := line.count(delimiter)))
    return max(counts, key=lambda count: (counts[count], count)) if counts else 0


def _record(lines: Sequence[str], at: int, delimiter: str, usual: int) -> tuple[list[str], int, RowDoubt]:
    """Return the fields of the record that begins at a line, the number of its lines, and its doubt.

    A quote that nobody closes, or that only a quote of another row closes, would swallow the rows between them. Then
    the record ends with its line, and its quotes are signs like others.
    """
    whole = lines[at]
    if '"' not in whole:
        return whole.rstrip("\n").split(delimiter), 1, ""
    fields, open_quote = _split(whole, delimiter)
    if not open_quote:
        return fields, 1, ""
    for taken, line in enumerate(lines[at + 1 : at + _LINES_OF_A_CELL], start=2):
        whole += line
        if '"' not in line:
            continue
        fields, open_quote = _split(whole, delimiter)
        if open_quote:
            continue
        swallows = usual > 0 and any(
            part.count(delimiter) >= usual for field in fields if "\n" in field for part in field.split("\n")
        )
        if swallows and (usual > 2 or len(fields) != usual + 1):
            break
        return fields, taken, ""
    return [field.replace('"', "") for field in lines[at].rstrip("\n").split(delimiter)], 1, "quote"


def _split(text: str, delimiter: str) -> tuple[list[str], bool]:
    """Return the cells of a record; True where its last cell has a quote that does not close."""
    fields: list[str] = []
    at = 0
    text = text.removesuffix("\n")
    blanks = " " if delimiter == "\t" else " \t"
    while True:
        quoted = _QUOTED[blanks].match(text, at)
        if quoted is None and text[at : at + 100].lstrip(blanks).startswith('"'):
            return fields, True
        begin = quoted.end() if quoted else at
        end = text.find(delimiter, begin)
        rest = text[begin:] if end < 0 else text[begin:end]
        if quoted and "\n" in quoted[1] and rest.strip():
            return fields, True  # the quote that seems to close it opens a cell of another row
        fields.append(quoted[1].replace('""', '"') + rest if quoted else rest)
        if end < 0:
            return fields, False
        at = end + len(delimiter)
