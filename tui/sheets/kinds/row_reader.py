"""Reading of one row of a sheet: cells by field, doubts, and what stays as it was written."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Final, TypeVar

from dutyboard.rules.records.model import AsWritten
from dutyboard.rules.records.outcome import Level
from dutyboard.tui.sheets.columns import folded, text
from dutyboard.tui.sheets.notes import NoteCode, RowNote
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.reading import Read
from dutyboard.tui.sheets.tables import SheetRow, SheetTable, as_written, field_of
from dutyboard.tui.sheets.word_lists import is_blank

_KEPT_WHOLE: Final = frozenset({"year_assumed", "signs_removed", "several_places", "place_renamed", "range_end"})
"""Notes on a cell whose text the record holds all the same."""

V = TypeVar("V")


class RowReader:
    """One row while it is read, with its notes and what its person keeps as it was written."""

    def __init__(self, table: SheetTable, line: SheetRow) -> None:
        self.table = table
        self.line = line
        self.notes: list[RowNote] = []
        self._written: dict[str, AsWritten] = {}
        self._filled = {column for column, cell in line.cells.items() if not is_blank(folded(cell))}
        for column, cell in line.read.items():
            if cell.mark:
                self.keep(column)
        for heading, cell in line.rest:
            where = f"?{cell.column} {heading}"
            self._written[where] = AsWritten(sheet=table.sheet, row=line.number, heading=heading, text=as_written(cell))

    @property
    def written(self) -> tuple[AsWritten, ...]:
        """The cells that the person keeps as they were written."""
        return tuple(self._written.values())

    def note(self, column: str, code: NoteCode, level: Level = "warning") -> None:
        """Note what is doubtful in a cell. Its text goes with the note, and with the person where he lacks it."""
        line = self.line
        cell, heading = line.written(column), self.table.heading(column)
        self.notes.append(
            RowNote(line.number, heading, code, level, self.table.sheet, place=line.place(column), text=cell)
        )
        if code not in _KEPT_WHOLE:
            self.keep(column)

    def keep(self, column: str) -> None:
        """Keep a cell with the person as it is written, once."""
        cell = self.line.written(column)
        if cell and column not in self._written:
            self._written[column] = AsWritten(
                sheet=self.table.sheet,
                row=self.line.number,
                field=field_of(column),
                heading=self.table.heading(column),
                text=cell,
            )

    def filled(self, field: str) -> list[str]:
        """Return the columns of a field that say something in this row, the one that tells it best first."""
        columns = self.table.columns.get(field)
        return [column for column in columns if column in self._filled] if columns else []

    def column(self, field: str) -> str:
        """Return the column that speaks for a field in this row; what others say beside it is noted and kept."""
        filled = self.filled(field)
        if not filled:
            return field
        first, *others = filled
        said = folded(self.line.cells.get(first))
        for other in others:
            if folded(self.line.cells.get(other)) not in said:
                self.note(other, "field_twice")
        return first

    def read(self, column: str, reader: Callable[[Value], Read[V]]) -> V:
        """Return the value of a cell, its doubts noted."""
        read: Read[V] = _reading(reader, self.line.cells.get(column))
        return self._noted(column, read)

    def read_text(self, column: str, reader: Callable[[str], Read[V]]) -> V:
        """Return the value of a cell that is read as text, its doubts noted."""
        read: Read[V] = _reading(reader, text(self.line.cells.get(column)))
        return self._noted(column, read)

    def _noted(self, column: str, read: Read[V]) -> V:
        for code in read.notes:
            self.note(column, code)
        return read.value

    def lost(self, column: str) -> bool:
        """Return True for a cell in which something stood that nobody can read any more."""
        return self.line.lost(column)

    def read_each(self, field: str, reader: Callable[[Value], Read[V]]) -> list[V]:
        """Return what each column of a field says, blank ones left out; of none, what a blank says."""
        return [self.read(column, reader) for column in self.filled(field) or [field]]


@lru_cache(8192, typed=True)
def _reading(reader: Callable[[Any], Read[Any]], cell: Hashable) -> Read[Any]:
    """Return what a reader makes of a cell. The words of a sheet come again and again, and so do its blanks."""
    return reader(cell)
