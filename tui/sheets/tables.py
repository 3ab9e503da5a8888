"""The tables of a file: records with their cells by field, and notes on whatever was read into none."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import islice
from typing import Final, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.signs import cleaned
from dutyboard.tui.sheets.blocks import ANCHORS, NEEDED, Block, LeftRow, Shape, TableColumn, row_text, shape_of
from dutyboard.tui.sheets.columns import cleaned_cells, folded, text
from dutyboard.tui.sheets.headings import Headings, Meaning, heading_key
from dutyboard.tui.sheets.notes import MOST_TEXT, CellCode, RowNote, UnreadCell
from dutyboard.tui.sheets.reader.files import SheetFile, read_grids
from dutyboard.tui.sheets.reader.grids import (
    DAY_ZERO_1904,
    Cell,
    Comment,
    Grid,
    GridRow,
    Mark,
    RowDoubt,
    Value,
    place_of,
)
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.titles import Titles
from dutyboard.tui.sheets.values import word_of
from dutyboard.tui.sheets.word_lists import is_blank, meanings, word_list

COMMENT: Final = "批注"
"""The heading of what somebody wrote beside a cell."""
_NAMED_UNREAD: Final = 8
"""Headings that a refusal names; the rest is a count."""


@frozen(kw_only=False)
class SheetRow:
    """One record of a table: its line in the sheet, and its cells by column.

    A column is named by its field; of several columns of one field the further ones are `field+2`, `field+3`. `read`
    are the same cells as their reader left them: with their place, the text as written, and what is in doubt. `rest`
    are the cells of columns that tell no field, by the headings.
    """

    number: int
    cells: Mapping[str, Value]
    read: Mapping[str, Cell] = field(default_factory=dict)
    hidden: bool = False
    rest: tuple[tuple[str, Cell], ...] = ()

    def written(self, column: str) -> str:
        """Return a cell as it stands in the sheet, cleaned and bounded; "" where it is blank."""
        cell = self.read.get(column)
        return as_written(cell) if cell is not None else ""

    def lost(self, column: str) -> bool:
        """Return True for a cell in which something stood that nobody can read any more: an error, a long text."""
        cell = self.read.get(column)
        return cell is not None and bool(cell.mark) and cell.value is None

    def place(self, column: str) -> str:
        """Return where a cell stands, as sheets write it (`C7`); "" where it is blank."""
        cell = self.read.get(column)
        return place_of(cell.column, self.number) if cell is not None else ""

    def text(self, column: str) -> str:
        """Return a cell as text; a column that the sheet lacks is blank."""
        return text(self.cells.get(column))


@frozen(kw_only=False)
class SheetTable:
    """A table found in a sheet: its titles, its headings by column, its records.

    `from_1904`: its bare numbers count days from there.
    """

    sheet: str
    titles: Titles
    headings: Mapping[str, str]
    lines: tuple[SheetRow, ...]
    notes: tuple[RowNote, ...] = ()
    """Notes on the file, on hidden rows and columns, on what was left out, and on single cells."""
    unread: tuple[UnreadCell, ...] = ()
    from_1904: bool = False
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The columns of each field, the one that tells it best first."""

    def heading(self, column: str) -> str:
        """Return the heading of a column as the sheet writes it; without such a column, the usual one."""
        return self.headings[column]

    def of(self, field_: str) -> tuple[str, ...]:
        """Return the columns of a field."""
        return self.columns.get(field_, ())


def as_written(cell: Cell) -> str:
    """Return the text of a cell as it stands in the sheet, cleaned and bounded."""
    return cleaned(cell.written)[:MOST_TEXT]


def field_of(column: str) -> str:
    """Return the field that a column tells."""
    return column.partition("+")[0]


def read_tables(path: SheetFile, headings: Headings) -> tuple[SheetTable, ...]:
    """Read every table of a file: of each sheet those under headings of the kind that is asked for.

    Raises IntakeError: the file cannot be read, holds no such table, or nobody has said what a column means that looks
    like a result, a contact or a symptom.
    """
    grids = read_grids(path)
    first = _first_text(grids)
    own, printed = word_list("headings")["own_lists"], word_list("headings")["own_reports"]
    if first not in (*own["titles"], *printed["roster"]) and _made_here(grids, re.compile(printed["made"])):
        # A table in it may well look like one of a list: the items of a handover have the headings of rounds.
        raise IntakeError("own_report", file=path.name, title=first)
    if first in own["titles"]:
        if headings.kind != "arrivals":
            raise IntakeError("other_kind", file=path.name, kinds="import arrivals")
        headings = headings.without(own["left_out"])
    shapes = [(grid, _shape(grid, headings)) for grid in grids]
    tables = [_table(grid, block, headings) for grid, shape in shapes for block in shape.blocks]
    if not tables:
        raise _no_table(path.name, shapes, headings)
    _ask(path.name, tables, headings)
    tables[0] = _with_file(tables[0], shapes, headings)
    return tuple(tables)


@frozen(kw_only=False)
class AskedColumn:
    """A filled column whose heading tells no field: its heading, its place, and the first different texts in it.

    `risky`: it looks like a result, a contact or a symptom.
    """

    heading: str
    place: str
    samples: tuple[str, ...]
    risky: bool


SAMPLES: Final = 3
"""Texts of an unknown column that are shown to whoever says what it is."""


def columns_asked(grids: Sequence[Grid], headings: Headings) -> tuple[AskedColumn, ...]:
    """Return the columns of a file whose meaning is to be asked, the risky ones first; each heading once."""
    found: dict[str, AskedColumn] = {}
    for grid in grids:
        for block in _shape(grid, headings).blocks:
            for column in block.columns:
                told = column.meaning is not None or headings.left_out(column.heading)
                if not column.heading or told or heading_key(column.heading) in found:
                    continue
                cells = (cell for row in block.rows for cell in row.cells if cell.column == column.at and _says(cell))
                samples = tuple(islice(dict.fromkeys(as_written(cell) for cell in cells), SAMPLES))
                if samples:
                    place = place_of(column.at, column.line)
                    asked = AskedColumn(column.heading, place, samples, headings.risky(column.heading))
                    found[heading_key(column.heading)] = asked
    return tuple(sorted(found.values(), key=lambda each: not each.risky))


def _shape(grid: Grid, headings: Headings) -> Shape:
    """Return the tables of a sheet. On one whose name says that it is a sample nobody is registered."""
    if re.fullmatch(word_list("headings")["sheets"]["sample"], folded(grid.name)):
        return Shape((), ())
    return shape_of(grid, headings)


def _no_table(file: str, shapes: Sequence[tuple[Grid, Shape]], headings: Headings) -> IntakeError:
    """Return why a file has no table of a kind: another kind, a report of our own, or no headings."""
    kinds = [kind for kind in get_args(SheetKind) if kind != headings.kind and _holds(kind, shapes)]
    if kinds:
        return IntakeError("other_kind", file=file, kinds=" / ".join(f"import {kind}" for kind in kinds))
    first = _first_text([grid for grid, _ in shapes])
    if first in word_list("headings")["own_reports"]["roster"]:
        return IntakeError("own_roster", file=file)
    return IntakeError("no_header", file=file, wanted=_wanted(headings), seen=_seen(shapes))


def _made_here(grids: Sequence[Grid], made: re.Pattern[str]) -> bool:
    """Return True if the desk itself has made a file, by the line in it that says so. Commas may have cut that."""
    return any(made.match(" ".join(map(as_written, row.cells))) for grid in grids for row in grid.rows)


def _first_text(grids: Sequence[Grid]) -> str:
    return next((as_written(cell) for grid in grids for row in grid.rows for cell in row.cells), "")


def _holds(kind: SheetKind, shapes: Sequence[tuple[Grid, Shape]]) -> bool:
    other = Headings(kind)
    return any(_shape(grid, other).blocks for grid, _ in shapes)


def _wanted(headings: Headings) -> str:
    groups = (ANCHORS[headings.kind], *NEEDED[headings.kind])
    return "、".join("/".join(headings.own[each] for each in group[:3] if each in headings.own) for group in groups)


def _seen(shapes: Sequence[tuple[Grid, Shape]]) -> str:
    """Return the headings of the row that comes nearest, or the first texts of the file."""
    near = next((shape.near for _, shape in shapes if shape.near), None)
    if near is None:
        near = tuple(as_written(cell) for grid, _ in shapes for row in grid.rows[:1] for cell in row.cells)
    return "、".join(each[:20] for each in near[:_NAMED_UNREAD])


def _ask(file: str, tables: Sequence[SheetTable], headings: Headings) -> None:
    """Refuse tables with a filled column that nobody may pass over."""
    risky = {
        (table.sheet, heading): place_of(cell.column, line.number)
        for table in reversed(tables)
        for line in reversed(table.lines)
        for heading, cell in line.rest
        if headings.risky(heading) and not headings.left_out(heading) and not is_blank(folded(cell.value))
    }
    if risky:
        named = [f"{heading}（{sheet} {place}）".replace("（ ", "（") for (sheet, heading), place in risky.items()]
        more = len(named) - _NAMED_UNREAD
        listed = "、".join(named[:_NAMED_UNREAD]) + (f" +{more}" if more > 0 else "")
        raise IntakeError("headings_unread", file=file, headings=listed)


def _with_file(first: SheetTable, shapes: Sequence[tuple[Grid, Shape]], headings: Headings) -> SheetTable:
    """Return the first table with the notes on its file: how it was read, what of it was left out."""
    facts = dict.fromkeys(fact for grid, _ in shapes for fact in grid.told)
    notes = [RowNote(0, "", fact, sheet=first.sheet) for fact in facts]
    unread: list[UnreadCell] = []
    for grid, shape in shapes:
        name = cleaned(grid.name)
        if grid.hidden:
            notes.append(RowNote(0, "", "sheet_hidden", sheet=first.sheet, text=name))
        elif not shape.blocks and grid.rows:
            notes.append(RowNote(0, "", "sheet_unread", sheet=first.sheet, text=name))
            unread += [UnreadCell(name, place_of(1, row.line), "", row_text(row)) for row in grid.rows]
        unread += [UnreadCell(name, place_of(left.at, left.line), "", left.text) for left in shape.left]
        records = {row.line for block in shape.blocks for row in block.rows}
        beside = (each for each in grid.comments if each.line not in records)
        unread += [UnreadCell(name, place_of(each.column, each.line), COMMENT, cleaned(each.text)) for each in beside]
        notes += _of_left(shape.left, name)
    met = {column.heading for _, shape in shapes for block in shape.blocks for column in block.columns}
    for heading in headings.unmet(met):
        notes.append(RowNote(0, "", "map_unused", sheet=first.sheet, text=heading))
    return replace(first, notes=(*notes, *first.notes), unread=(*unread, *first.unread))


def _of_left(left: Sequence[LeftRow], sheet: str) -> Iterator[RowNote]:
    """Yield a note on each row left out; a table of another kind has one, on its headings."""
    foreign = False
    for row in left:
        if not (foreign and row.code == "block_unread"):
            yield RowNote(row.line, "", row.code, sheet=sheet, place=place_of(row.at, row.line), text=row.text)
        foreign = row.code == "block_unread"


def _table(grid: Grid, block: Block, headings: Headings) -> SheetTable:
    sheet = cleaned(grid.name)
    named = _named(block.columns, headings)
    usual = dict(headings.own)
    titles = {column: each.heading or _letters(each.at) for column, each in named.items()}
    meanings_ = {column: each.meaning for column, each in named.items() if each.meaning is not None}
    places = {column: each.at for column, each in named.items() if each.meaning is not None}
    rest = {each.at: titles[column] for column, each in named.items() if each.meaning is None}
    left_out = {each.at for each in named.values() if each.meaning is None and headings.left_out(each.heading)}
    notes = [
        RowNote(each.line, titles[column], "column_hidden", sheet=sheet)
        for column, each in named.items()
        if each.at in grid.hidden_columns
    ]
    heads = {each.at: titles[column] for column, each in named.items()}
    comments = _by_line(grid)
    lines: list[SheetRow] = []
    unread: list[UnreadCell] = []
    filled: set[int] = set()
    for row in block.rows:
        own = row.by_column()
        read = {column: own[at] for column, at in places.items() if at in own}
        values = {column: _answered(cell.value, meanings_[column]) for column, cell in read.items()}
        cells, unclean = cleaned_cells(values)
        left = tuple((rest[cell.column], cell) for cell in row.cells if cell.column in rest and _says(cell))
        number = read.get("number")
        if number is not None and _says(number) and not folded(number.value).strip(".、").isdigit():
            left = ((titles["number"], number), *left)
        for heading, cell in left:
            filled.add(cell.column)
            unread.append(UnreadCell(sheet, place_of(cell.column, row.line), heading, as_written(cell)))
        said = tuple((COMMENT, Cell(each.column, "text", each.text)) for each in comments.get(row.line, ()))
        unread += [UnreadCell(sheet, place_of(cell.column, row.line), COMMENT, as_written(cell)) for _, cell in said]
        kept = tuple((heading, cell) for heading, cell in left if cell.column not in left_out)
        lines.append(SheetRow(row.line, cells, read, row.hidden, (*kept, *said)))
        for _, cell in said:
            heading, place = heads.get(cell.column, ""), place_of(cell.column, row.line)
            notes.append(RowNote(row.line, heading, "comment_kept", sheet=sheet, place=place, text=as_written(cell)))
        notes += _of_row(row, read, titles, sheet)
        notes += [RowNote(row.line, titles[each], "signs_removed", sheet=sheet) for each in unclean]
    of_columns = [
        RowNote(
            each.line,
            titles[column],
            "heading_left" if each.at in left_out else "heading_unread",
            sheet=sheet,
            place=place_of(each.at, each.line) if each.line else _letters(each.at),
        )
        for column, each in named.items()
        if each.at in filled and each.at in rest
    ]
    return SheetTable(
        sheet,
        block.titles,
        {**usual, **titles},
        tuple(lines),
        (*of_columns, *notes),
        tuple(unread),
        grid.day_zero == DAY_ZERO_1904,
        _by_field(places),
    )


def _by_line(grid: Grid) -> dict[int, list[Comment]]:
    found: dict[int, list[Comment]] = {}
    for each in grid.comments:
        found.setdefault(each.line, []).append(each)
    return found


def _named(columns: Sequence[TableColumn], headings: Headings) -> dict[str, TableColumn]:
    """Return the columns by name. Of one field the nearest to its own heading is first; those of no field go by place.

    Only people's sheets read several columns of one field; elsewhere a further one is of no field.
    """
    known = [(each.meaning, each) for each in columns if each.meaning is not None]
    named: dict[str, TableColumn] = {}
    for meaning, each in sorted(known, key=lambda pair: (pair[0].rank, pair[1].at)):
        further = sum(field_of(one) == meaning.field for one in named)
        if further and not headings.several(meaning.field):
            named[f"?{each.at}"] = replace(each, meaning=None)
        else:
            named[f"{meaning.field}+{further + 1}" if further else meaning.field] = each
    for each in columns:
        if each.meaning is None:
            named[f"?{each.at}"] = each
    return named


def _by_field(columns: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for column in columns:
        found[field_of(column)] = (*found.get(field_of(column), ()), column)
    return found


def _answered(value: Value, meaning: Meaning) -> Value:
    """Return what a cell says of its field. Under a question `是` and `否` are what the question makes of them."""
    if meaning.yes is None and meaning.no is None:
        return value
    word = word_of(value)
    answer = meanings("answers", "answer").get(word)
    said = meaning.yes if answer == "yes" else meaning.no if answer == "no" else None
    return value if said is None else said or None


def _says(cell: Cell) -> bool:
    return bool(cell.mark) or not is_blank(folded(cell.value))


def _letters(at: int) -> str:
    return place_of(at, 0).removesuffix("0")


_MARKED: Final[Mapping[Mark, CellCode]] = {
    "error": "error_value",
    "formula": "formula_unread",
    "long": "cell_too_long",
    "cut": "number_cut",
}
_DOUBTED: Final[Mapping[RowDoubt, CellCode]] = {"quote": "quote_open", "damaged": "signs_lost"}


def _of_row(row: GridRow, read: Mapping[str, Cell], headings: Mapping[str, str], sheet: str) -> Iterator[RowNote]:
    """Yield what the reader saw of a row and its cells."""
    if row.hidden:
        yield RowNote(row.line, "", "row_hidden", sheet=sheet)
    if row.doubt:
        yield RowNote(row.line, "", _DOUBTED[row.doubt], sheet=sheet)
    for each, cell in read.items():
        if cell.mark and not (cell.mark == "cut" and field_of(each) == "id_no"):  # its own reader says that it is cut
            place = place_of(cell.column, row.line)
            code = _MARKED[cell.mark]
            yield RowNote(row.line, headings[each], code, sheet=sheet, place=place, text=cleaned(cell.written))
