"""The tables of a sheet: where their headings stand, which rows are theirs, and which rows are no records."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.signs import cleaned
from dutyboard.tui.sheets.columns import folded, text
from dutyboard.tui.sheets.contact_grades import grade_told
from dutyboard.tui.sheets.headings import Headings, Meaning, heading_key, known_anywhere
from dutyboard.tui.sheets.notes import MOST_TEXT
from dutyboard.tui.sheets.reader.grids import Cell, Grid, GridRow
from dutyboard.tui.sheets.slots import slot_heading
from dutyboard.tui.sheets.titles import Titles
from dutyboard.tui.sheets.word_lists import is_blank, row_words, word_list

LeftCode = Literal["row_left", "row_sample", "block_unread"]

ANCHORS: Final[dict[SheetKind, tuple[str, ...]]] = {
    "arrivals": ("name",),
    "roster": ("name",),
    "sites": ("name",),
    "areas": ("name",),
    "temperatures": ("name", "room", "id_no"),
    "rounds": ("slot", "day", "time"),
    "results": ("name", "id_no", "sample_code", "room"),
    "contacts": ("name", "close_name"),
}
"""The fields without any of whose headings no row is a row of headings."""
NEEDED: Final[dict[SheetKind, tuple[tuple[str, ...], ...]]] = {
    # Of each group one. A list of names and phones alone may be anything.
    "arrivals": (
        ("origin", "arrival_at", "left_on", "sampled_at", "pcr", "health_code", "travel_card", "symptoms", "kind"),
    ),
    "roster": (("title", "duty"),),
    "sites": (("unit",), ("rooms",)),
    "areas": (("level",),),
    "temperatures": (("temp",),),
    "rounds": (("slot", "result", "at_slot"), ("day", "time", "done_by", "result")),
    "results": (("pcr", "serum", "sampled_at", "result_at"),),
    "contacts": (
        (
            *("kind", "last_exposure_on", "case_name", "case_id", "close_name", "close_id", "of_name"),
            *("relation", "way", "place"),
        ),
    ),
}
UNDER_TITLE: Final = ("id_no", "phone", "address", "address_part", "sex")
"""Fields of which one is enough where a title says that contacts are listed."""
_NO_HEADING: Final = re.compile(r"\d{5}|\d{4}[-/.年]\d|\d:\d\d")
"""Signs of a record in a cell: a number, a date, an hour."""
_WIDEST_REPEAT: Final = 4
"""Tables side by side."""
FEW_CELLS: Final = 4
"""A row with more cells, a number among them, is a record."""


@frozen(kw_only=False)
class TableColumn:
    """One column of a table. `line` is that of its heading, 0: it has none; `meaning` None: it is not known."""

    at: int
    heading: str
    line: int
    meaning: Meaning | None = None


@frozen(kw_only=False)
class Block:
    """One table: its titles, its columns, and the rows that are its records."""

    titles: Titles
    columns: tuple[TableColumn, ...]
    rows: tuple[GridRow, ...]


@frozen(kw_only=False)
class LeftRow:
    """A row that is no record, with its text. It is a total, a line for a signature, a sample, or of another table."""

    line: int
    at: int
    code: LeftCode
    text: str


@frozen(kw_only=False)
class Shape:
    """The tables of one sheet and the rows left out. `near`: the headings of a row that is nearly one of headings."""

    blocks: tuple[Block, ...]
    left: tuple[LeftRow, ...]
    near: tuple[str, ...] = ()


def shape_of(grid: Grid, headings: Headings) -> Shape:
    """Return the tables that a sheet holds, of the kind whose headings are given."""
    return _Shaping(grid, headings).shape()


@dataclass(slots=True)
class _Header:
    columns: list[TableColumn]
    first: int
    """Index of its first row."""
    after: int
    """Index of the row below it."""
    fields: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = {each.at: each.meaning.field for each in self.columns if each.meaning is not None}

    @property
    def key(self) -> list[tuple[int, str]]:
        return [(column.at, heading_key(column.heading)) for column in self.columns]

    def repeated(self, columns: list[TableColumn]) -> bool:
        """Return True if columns tell the same fields again, as a page break writes them."""
        return _fields_at(columns) == _fields_at(self.columns)


@dataclass(slots=True)
class _Open:
    """A table while its rows are read."""

    header: _Header
    titles: Titles
    rows: list[GridRow] = field(default_factory=list)


class _Shaping:
    def __init__(self, grid: Grid, headings: Headings) -> None:
        self.grid = grid
        self.rows = grid.rows
        self.headings = headings
        self.anchors = ANCHORS[headings.kind]
        self.left: list[LeftRow] = []
        self.near: tuple[str, ...] = ()

    def shape(self) -> Shape:
        blocks: list[Block] = []
        now: _Open | None = None
        above: list[GridRow] = []
        foreign = False
        at = 0
        while at < len(self.rows):
            header = self.header(at, now.header if now is not None else None)
            if header is not None:
                above = self.over_headings(now, above, self.rows[header.first].line)
                if now is None or above or header.key != now.header.key:
                    blocks += _closed(now)
                    texts = tuple(cleaned(text(cell.value)) for row in reversed(above) for cell in row.cells)
                    now = _Open(header, (texts, *(now.titles if now else ())))
                self.left += [_left(row, "row_left") for row in above if now.rows or len(_texts(row)) > 2]
                above, foreign, at = [], False, header.after
                continue
            row = self.rows[at]
            at += 1
            if now is None:
                above.append(row)
            elif (code := self.aside(row, now.header)) in ("group", "left") and self.opens_unit(row):
                if self.over_further(at, now.header):
                    above.append(row)
                    continue
                self.left.append(_left(row, "row_left"))
                blocks += _closed(now)
                now = _Open(now.header, ((cleaned(text(row.cells[0].value)),), *now.titles))
            elif code == "group":
                self.left.append(_left(row, "row_left"))
                above.append(row)
            elif code == "heading" or foreign:
                foreign = True
                self.left.append(_left(row, "block_unread"))
            elif code != "":
                self.left.append(_left(row, "row_sample" if code == "sample" else "row_left"))
            elif not _only(row, now.header, "number"):
                now.rows.append(row)
        blocks += _closed(now)
        return Shape(tuple(blocks), tuple(dict.fromkeys(self.left)), self.near)

    def opens_unit(self, row: GridRow) -> bool:
        """Return True for a row that names the unit of the officers below it."""
        texts = _texts(row)
        return self.headings.kind == "roster" and len(texts) == 1 and bool(row_words()["unit"].fullmatch(texts[0]))

    def over_further(self, at: int, of_records: _Header) -> bool:
        """Return True if headings follow from a row on, with nothing but rows of one text before them."""
        for place in range(at, len(self.rows)):
            if self.header(place, of_records) is not None:
                return True
            if len(_texts(self.rows[place])) > 1:  # or it is the upper of two rows of headings
                two = self.header(place + 1, of_records) if place + 1 < len(self.rows) else None
                return two is not None and two.first == place
        return False

    def over_headings(self, now: _Open | None, above: list[GridRow], line: int) -> list[GridRow]:
        """Return the rows over headings that begin at a line, and take them out of the table before.

        A row of one text straight over headings is their title, in whatever column it stands.
        """
        titles: list[GridRow] = []
        while now is not None and now.rows and (now.rows[-1].line >= line or len(now.rows[-1].cells) == 1):
            titles.insert(0, now.rows.pop())
        if self.left and self.left[-1].line >= line:
            self.left.pop()  # the upper of two rows of headings
        self.left += [_left(row, "row_left") for row in titles if row.line < line]
        return sorted((row for row in (*above, *titles) if row.line < line), key=lambda row: row.line)

    # ------------------------------------------------------------ rows of headings

    def header(self, at: int, of_records: _Header | None) -> _Header | None:
        """Return the headings that begin at a row; None: none do. `of_records` are those of the rows before it."""
        row = self.rows[at]
        if not self.heading_like(row):
            return None
        single = self.of_people([self.column(cell.column, row.line, "", _heading(cell)) for cell in row.cells])
        if not any(column.meaning is not None and column.meaning.field in self.anchors for column in single):
            self.checked(single, at, at + 1)
            return None
        below = self.rows[at + 1] if at + 1 < len(self.rows) else None
        if below is not None and self.under(row, below):
            two = self.checked(self.two_rows(row, below), at, at + 2)
            if two is not None:
                return two
        over = self.rows[at - 1] if at else None
        if over is not None and over.line == row.line - 1 and self.heading_like(over) and self.spans(over):
            two = self.checked(self.two_rows(over, row), at - 1, at + 1)
            if two is not None and (
                of_records is None
                or two.key == of_records.key
                or not self.may_be_record(over, row, repeated=of_records.repeated(single))
            ):
                return two
        return self.checked(single, at, at + 1)

    def heading_like(self, row: GridRow, fewest: int = 2) -> bool:
        """Return True for a row that may hold headings. Days are such, where a table has one for each."""
        if _heading_like(row, fewest) or self.headings.kind != "temperatures":
            return _heading_like(row, fewest)
        days = [cell for cell in row.cells if not cell.mark and slot_heading(_heading(cell)) is not None]
        rest = tuple(cell for cell in row.cells if cell not in days)
        named = any(self.means(_heading(cell)) in self.anchors for cell in rest)
        return not rest or (named and _heading_like(GridRow(row.line, rest), fewest=1))

    def checked(self, columns: list[TableColumn], first: int, after: int) -> _Header | None:
        """Return columns as a row of headings if they name the fields that this kind of sheet must have."""
        columns = [column for column in columns if column.heading]
        fields = {column.meaning.field for column in columns if column.meaning is not None}
        groups = NEEDED[self.headings.kind]
        if self.headings.kind == "contacts" and not fields.intersection(*groups) and self.titled(first):
            groups = (UNDER_TITLE,)
        if fields.intersection(self.anchors) and all(fields.intersection(group) for group in groups):
            return _Header(columns, first, after)
        if len(fields) > 1 and not self.near:
            self.near = tuple(column.heading for column in columns)
        return None

    def titled(self, first: int) -> bool:
        """Return True if the sheet's name, or a row over headings, says that contacts are listed."""
        texts = (self.grid.name, *(_heading(cell) for row in self.rows[:first] for cell in row.cells))
        return any(grade_told(each) is not None for each in texts)

    def column(self, at: int, line: int, over: str, own: str) -> TableColumn:
        """Return a column from its heading and the heading above it, `over`, which may stand over several."""
        if not over or heading_key(over) == heading_key(own):
            return TableColumn(at, own, line, self.headings.meaning(own))
        written = f"{over} {own}".strip()
        meaning = self.headings.meaning(written)
        if meaning is None and own and not self.headings.left_out(written) and not self.headings.of_others(over):
            meaning = self.headings.meaning(own)
        return TableColumn(at, written, line, meaning)

    def under(self, row: GridRow, below: GridRow) -> bool:
        """Return True if the row below parts headings of this one: it names no record, and headings stand over it."""
        if below.line != row.line + 1 or not self.heading_like(below, fewest=1):
            return False
        own, over = below.by_column(), row.by_column()
        anchors = [cell.column for cell in row.cells if self.means(_heading(cell)) in self.anchors]
        if not anchors or any(at in own and folded(own[at].value) != folded(over[at].value) for at in anchors):
            return False
        if len(_texts(below)) == 1 and is_group(folded(below.cells[0].value)):
            return False
        parted = [cell for cell in below.cells if cell.column not in over or cell.written != over[cell.column].written]
        known = {self.over(row, cell.column, below) for cell in parted if self.known(row, below, cell)}
        return bool(parted) and all(self.parted(row, below, cell, known) for cell in parted)

    def parted(self, row: GridRow, below: GridRow, cell: Cell, known: set[str]) -> bool:
        """Return True for a cell of a second row of headings.

        A heading stands over it: one that it shares with a cell that has a meaning (`known`), or one of a merge.
        """
        over = self.over(row, cell.column, below)
        return bool(over) and (over in known or _spanned(self.grid, row, cell.column))

    def spans(self, over: GridRow) -> bool:
        """Return True if a row of several short texts stands over a row of headings."""
        texts = _texts(over)
        return len(texts) > 1 and not any(":" in each or len(each) > 16 for each in texts)

    def may_be_record(self, over: GridRow, row: GridRow, *, repeated: bool) -> bool:
        """Return True for a row over headings that neither merges nor words show to be one of headings.

        `repeated`: the row below it has all headings of the records before, and one word of a record is enough. A
        record may hold a day, a number or a half of a day: as headings they stand over those of readings. Its merges
        may be those of its table: only one over several headings is of a heading.
        """
        under, group = row.by_column(), row_words()["over"]
        spans = [(left, right) for top, left, _, right in self.grid.merges if top == over.line and right > left]
        heads = {left for left, right in spans if sum(left <= at <= right for at in under) > 1}
        if heads and not repeated:
            return False
        words: dict[str, bool] = {}
        for cell in over.cells:
            own = self.means(_heading(cell))
            of_slots = own in ("temp", "at_slot") and cell.column in under
            known = bool(own) and (not of_slots or self.means(_heading(under[cell.column])) == own)
            told = folded(cell.value)
            below = under.get(cell.column)
            both = below is not None and folded(below.value) == told  # a merge of two rows gave its words to each
            head = known or both or cell.column in heads or bool(group.fullmatch(told))
            words[told] = words.get(told, False) or head
        texts = [told for each, told in words.items() if not is_blank(each)]
        return not all(texts) if repeated else 2 * sum(texts) < len(texts)

    def means(self, heading: str) -> str:
        meaning = self.headings.meaning(heading)
        return meaning.field if meaning is not None else ""

    def known(self, over: GridRow, row: GridRow, cell: Cell) -> bool:
        parent, own = self.over(over, cell.column, row), _heading(cell)
        return any(self.means(each) or self.headings.risky(each) for each in (f"{parent} {own}", own))

    def over(self, row: GridRow, at: int, below: GridRow) -> str:
        """Return the heading of the upper row that stands over a column; "": none does."""
        cells, under = row.by_column(), below.by_column()
        if at in cells:
            return _heading(cells[at])
        merged = [merge for merge in self.grid.merges if merge[0] <= row.line <= merge[2]]
        for _, left, _, right in merged:
            if left <= at <= right:
                return _heading(cells[left]) if left in cells else ""
        if merged:
            return ""
        # A text has no merges: the heading stands over its first column.
        before = max((column for column in cells if column < at), default=0)
        return _heading(cells[before]) if before in under else ""

    def two_rows(self, upper: GridRow, lower: GridRow) -> list[TableColumn]:
        cells, own = upper.by_column(), lower.by_column()
        columns = []
        for at in sorted({*cells, *own}):
            line = lower.line if at in own else upper.line
            over, below = self.over(upper, at, lower), _heading(own[at]) if at in own else ""
            columns.append((over, below, self.column(at, line, over, below)))
        fields = {column.meaning.field for _, _, column in columns if column.meaning is not None}
        listed = "name" if "name" in fields else "close_name"
        told = (self.headings.of_another(over, below, each.meaning, listed) for over, below, each in columns)
        return self.of_people([replace(each, meaning=meaning) for (_, _, each), meaning in zip(columns, told)])

    def of_people(self, columns: list[TableColumn]) -> list[TableColumn]:
        """Return columns with what each tells beside the others."""
        told = self.headings.of_people([(each.heading, each.meaning) for each in columns])
        return [replace(each, meaning=meaning) for each, meaning in zip(columns, told)]

    # ------------------------------------------------------------ rows that are no records

    def aside(self, row: GridRow, header: _Header) -> Literal["", "group", "left", "sample", "heading"]:
        """Return what a row below headings is; "": a record."""
        fields = header.fields
        names = [folded(cell.value) for cell in row.cells if fields.get(cell.column) in self.anchors]
        name = names[0] if names else ""
        lead = folded(row.cells[0].value)
        words = row_words()
        if any(words["total"].fullmatch(each) for each in (lead, *names)):
            return "left"
        if words["sample"].fullmatch(lead) or any(words["sample_name"].fullmatch(each) for each in names):
            return "sample"
        if any(isinstance(said := cell.value, str) and _is_sample(said) for cell in row.cells):
            return "sample"
        if ":" not in lead and words["foot"].fullmatch(lead):
            return "left"
        like_headings = _heading_like(row)
        if len(row.cells) > FEW_CELLS and not like_headings:
            return ""
        texts = _texts(row)
        if not texts:
            return ""
        first = texts[0]
        if len(texts) == 1:
            named = bool(name) and len(row.cells) == 1
            if named and not is_group(name):
                return "left" if any(words[each].fullmatch(name) for each in ("foot", "remark")) else ""
            return "left" if any(words[each].fullmatch(first) for each in ("foot", "remark")) else "group"
        bare = len(texts) <= 2 or all(":" in each for each in texts)
        if bare and any(words[each].fullmatch(first) for each in ("foot", "remark")):
            return "left"
        if like_headings and known_anywhere(name):
            return "heading"
        return "" if any(cell.column in fields for cell in row.cells) else "left"


def is_group(text: str) -> bool:
    """Return True for a text over records, of a group or a title: 组长, 附件1."""
    words = row_words()
    over = any(words[each].fullmatch(text) for each in ("group", "title"))
    return over or text in word_list("headings")["rows"]["groups"]


def _fields_at(columns: Iterable[TableColumn]) -> set[tuple[int, str]]:
    return {(each.at, each.meaning.field if each.meaning is not None else "") for each in columns}


def _closed(now: _Open | None) -> Iterator[Block]:
    """Yield a table, or each of the equal tables that stand side by side."""
    if now is None:
        return
    columns = now.header.columns
    keys = [heading_key(column.heading) for column in columns]
    for many in range(_WIDEST_REPEAT, 1, -1):
        wide = len(keys) // many
        if wide > 1 and len(keys) == wide * many and keys == keys[:wide] * many:
            for part in range(many):
                own = columns[part * wide : (part + 1) * wide]
                yield Block(now.titles, tuple(own), tuple(_cut(now.rows, own, last=part == many - 1)))
            return
    seen = {column.at for column in columns}
    bare = sorted({cell.column for row in now.rows for cell in row.cells} - seen)
    yield Block(now.titles, (*columns, *(TableColumn(at, "", 0) for at in bare)), tuple(now.rows))


def _cut(rows: Sequence[GridRow], columns: Sequence[TableColumn], last: bool) -> Iterator[GridRow]:
    """Yield the part of each row that stands under some columns; the last table has what stands right of it."""
    low, high = columns[0].at, columns[-1].at if not last else 1 << 20
    for row in rows:
        cells = tuple(cell for cell in row.cells if low <= cell.column <= high)
        if cells:
            yield GridRow(row.line, cells, row.hidden, row.record, row.doubt)


def _only(row: GridRow, header: _Header, field_: str) -> bool:
    """Return True for a row of a form numbered in advance: it holds its number and nothing else."""
    fields = header.fields
    return all(fields.get(cell.column) == field_ or (cell.value is None and not cell.mark) for cell in row.cells)


def _heading(cell: Cell) -> str:
    return " ".join(cleaned(text(cell.value)).split())[:MOST_TEXT]


def _texts(row: GridRow) -> list[str]:
    """Return the different texts of a row, folded, in order."""
    return [each for each in dict.fromkeys(folded(cell.value) for cell in row.cells) if not is_blank(each)]


def _heading_like(row: GridRow, fewest: int = 2) -> bool:
    """Return True for a row that may hold headings: some texts, and hardly a number, date or hour."""
    texts = [cell.written for cell in row.cells if cell.kind == "text" and not cell.mark]
    return (
        len(texts) >= fewest
        and len(row.cells) - len(texts) <= len(texts) // 4
        and not any(_NO_HEADING.search(each) for each in texts)
    )


def _spanned(grid: Grid, row: GridRow, at: int) -> bool:
    """Return True if a merge of several columns in this row stands over a column."""
    return any(
        top <= row.line <= bottom and left <= at <= right and right > left for top, left, bottom, right in grid.merges
    )


def _left(row: GridRow, code: LeftCode) -> LeftRow:
    return LeftRow(row.line, row.cells[0].column if row.cells else 1, code, row_text(row))


def row_text(row: GridRow) -> str:
    """Return what stands in a row, bounded."""
    return " ".join(cleaned(cell.written) for cell in row.cells)[:MOST_TEXT]


@lru_cache(65_536)
def _is_sample(written: str) -> bool:
    """Return True for a word beside a record that says that it is an example."""
    return row_words()["sample_cell"].fullmatch(folded(written)) is not None
