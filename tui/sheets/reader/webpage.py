"""Tables of a web page that some system saved with the ending .xls."""

import re
from html.parser import HTMLParser
from typing import Final

from dutyboard.tui.sheets.reader.grids import Cell, FileFact, Grid, GridRow, Rectangle, text_cell
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.reader.xml_parts import CELLS, too_many

_WIDEST: Final = 1000
"""Columns of one row, spanned ones among them."""
_DEEPEST: Final = 100
"""Tables in one another."""
_LINE_ENDS: Final = ("br", "p", "div", "li")
_UNSEEN: Final = ("style", "script", "title")


def read_webpage(text: str, told: tuple[FileFact, ...]) -> tuple[Grid, ...]:
    """Return each table that holds anything. Raises IntakeError: there is none, or too much."""
    reader = _Page()
    reader.feed(text)
    reader.close()
    grids = [
        Grid(
            "" if number == 1 else str(number),
            tuple(
                GridRow(line, tuple(cells[column] for column in sorted(cells)))
                for line, cells in enumerate(table.rows, start=1)
                if cells
            ),
            merges=tuple(table.merges),
            told=told,
        )
        for number, table in enumerate(reader.tables, start=1)
        if any(table.rows)
    ]
    if not grids:
        raise IntakeError("web_page")
    return tuple(grids)


class _Table:
    """One table while it is read. A cell that spans rows gives its text to each."""

    def __init__(self) -> None:
        self.rows: list[dict[int, Cell]] = []
        self.merges: list[Rectangle] = []
        self.taken: dict[int, tuple[int, Cell | None]] = {}
        """Columns that a cell above still spans: rows left, and what it shows."""
        self.column = 0
        self.spans = (1, 1)
        self.text: list[str] | None = None

    def begin_row(self) -> None:
        self.end_cell()
        self.rows.append({column: cell for column, (_, cell) in self.taken.items() if cell is not None})
        self.next_taken = {column: (left - 1, cell) for column, (left, cell) in self.taken.items() if left > 1}
        self.busy, self.taken, self.column = set(self.taken), self.next_taken, 0

    def begin_cell(self, across: int, down: int) -> None:
        if not self.rows:
            self.begin_row()
        self.end_cell()
        self.column += 1
        while self.column in self.busy:
            self.column += 1
        self.spans, self.text = (across, down), []

    def end_cell(self) -> None:
        """Put the cell that has ended into its row."""
        if self.text is None:
            return
        lines = (re.sub(r"[ \t\r\f\xa0]+", " ", line).strip() for line in "".join(self.text).split("\n"))
        across, down = self.spans
        if self.column + across > _WIDEST:
            raise too_many(f"{len(self.rows)}")
        cell = text_cell(self.column, "\n".join(line for line in lines if line))
        if cell is not None:
            self.rows[-1][self.column] = cell
        if (across, down) != (1, 1):
            line = len(self.rows)
            self.merges.append((line, self.column, line + down - 1, self.column + across - 1))
        if down > 1:
            self.taken.update({self.column + each: (down - 1, None if each else cell) for each in range(across)})
        self.column, self.text = self.column + across - 1, None


class _Page(HTMLParser):
    """The tables of a page, inner ones by themselves."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.unseen = 0
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag == "table":
            if len(self.open) >= _DEEPEST:
                raise too_many(str(len(self.tables)))
            self.open.append(_Table())
            self.tables.append(self.open[-1])
        elif self.open and tag == "tr":
            self.open[-1].begin_row()
        elif self.open and tag in ("td", "th"):
            spans = dict(attrs)
            self.cells += 1
            table = self.open[-1]
            table.begin_cell(_span(spans.get("colspan"), _WIDEST), _span(spans.get("rowspan"), 1 << 16))
            self.cells += len(table.taken) if table.column == 1 else 0
            if self.cells > CELLS:
                raise too_many(str(len(table.rows)))
        elif self.open and tag in _LINE_ENDS and self.open[-1].text is not None:
            self.open[-1].text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif self.open and tag in ("td", "th"):
            self.open[-1].end_cell()
        elif self.open and tag == "table":
            self.open.pop().end_cell()

    def handle_data(self, data: str) -> None:
        if self.open and not self.unseen and self.open[-1].text is not None:
            self.open[-1].text.append(re.sub(r"\s+", " ", data))


def _span(written: str | None, most: int) -> int:
    return min(max(int(written), 1), most) if written and written.isdecimal() and len(written) < 9 else 1
