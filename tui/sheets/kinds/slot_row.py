"""A row of a site's register of rounds: its site, day, hour and maker, and the notes on its cells."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from dutyboard.rules.law.impossible import EARLIEST
from dutyboard.rules.people.identity import NUMBERS
from dutyboard.rules.records.codes import MatterCause
from dutyboard.rules.records.commands.sheets import SlotTold, UntakenRow
from dutyboard.rules.records.outcome import Level
from dutyboard.rules.records.signs import cleaned
from dutyboard.rules.records.texts import LONGEST
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.dates import Moment, Reckoning, day_told, read_date
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.names import read_name, says_letters
from dutyboard.tui.sheets.notes import Intake, NoteCode, Progress, RowNote
from dutyboard.tui.sheets.reader.files import SheetFile
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.slots import kinds_in, month_told, read_clock
from dutyboard.tui.sheets.tables import SheetRow, SheetTable, field_of, read_tables
from dutyboard.tui.sheets.titles import nearest
from dutyboard.tui.sheets.word_lists import is_blank

T = TypeVar("T")


def read_register(
    path: SheetFile,
    headings: Headings,
    year: int | None,
    progress: Progress | None,
    reckoning: Reckoning | None,
    records_of: Callable[["RegisterRow"], Iterable[T]],
) -> Intake[T]:
    """Read each row of the registers of a file with `records_of`. Raises IntakeError."""
    tables = read_tables(path, headings)
    by = reckoning or Reckoning()
    notes: list[RowNote] = [note for table in tables for note in table.notes]
    records: list[T] = []
    untaken: list[UntakenRow] = []
    total, done = sum(len(table.lines) for table in tables), 0
    for table in tables:
        register = RoundRegister(table, path.name, replace(by, from_1904=table.from_1904), year)
        for line in table.lines:
            row = RegisterRow(register, line)
            records += records_of(row)
            notes += row.notes
            untaken += row.untaken
            done += 1
            if progress is not None:
                progress(done, total)
    unread = tuple(cell for table in tables for cell in table.unread)
    return Intake(tuple(records), tuple(notes), tables[0].headings, unread, tuple(untaken))


class RoundRegister:
    """A table of a register, with what its file, its sheet and its title tell of every row."""

    def __init__(self, table: SheetTable, file: str, by: Reckoning, year: int | None = None) -> None:
        self.table = table
        self.by = by
        self.year = year
        beside = (table.sheet, Path(file).stem)
        titles = [(*level, *beside) for level in table.titles]
        self.titles = tuple(tuple(cleaned(each)[:LONGEST] for each in level if each) for level in titles)
        self.day = day_told(titles)
        self.month = month_told(titles)
        self.kind = nearest(titles, kinds_in) or ""
        self.source = " ".join(filter(None, (cleaned(file), table.sheet)))[:LONGEST]
        """The name of the file and of its sheet: the reason of a round told late by it."""


class RegisterRow:
    """One row of a register while it is read. Its notes name each cell that was not understood."""

    def __init__(self, register: RoundRegister, line: SheetRow) -> None:
        self.register = register
        self.line = line
        self.notes: list[RowNote] = []
        self.untaken: list[UntakenRow] = []

    def leave(self, cause: MatterCause, temp_c: float | None = None) -> None:
        """Keep bad news of a row that is not taken, with the words of its cells. Numbers of people stay out of them."""
        words = " ".join(self.text(each) for each in self.line.read if field_of(each) not in NUMBERS)
        self.untaken.append(
            UntakenRow(
                cause=cause,
                text=" ".join(words.split())[:LONGEST],
                temp_c=temp_c,
                site=self.text("site"),
                titles=self.register.titles,
                row=self.line.number,
                sheet=self.register.table.sheet,
            )
        )

    def note(self, column: str, code: NoteCode, level: Level = "warning") -> None:
        """Note what is doubtful in a cell, with its text."""
        line, table = self.line, self.register.table
        text = line.written(column)
        note = RowNote(
            line.number, table.heading(column), code, level, table.sheet, place=line.place(column), text=text
        )
        if note not in self.notes:
            self.notes.append(note)

    def blank(self, column: str) -> bool:
        """Return True if a cell says nothing."""
        return is_blank(folded(self.line.cells.get(column)))

    def lost(self, column: str) -> bool:
        """Return True for a cell in which something stood that nobody can read any more."""
        return self.line.lost(column)

    def text(self, column: str) -> str:
        """Return the text of a cell, of the desk's length; "" where it says nothing."""
        return "" if self.blank(column) else self.line.text(column)[:LONGEST]

    def value(self, column: str) -> Value:
        """Return what a cell holds."""
        return self.line.cells.get(column)

    def number(self, column: str, reader: Callable[[Value], T | None]) -> T | None:
        """Return a number that a cell tells; None: it says nothing, or is not understood, which is noted."""
        if self.blank(column):
            return None
        read = reader(self.value(column))
        if read is None:
            self.note(column, "value_unread")
        return read

    def moment(self, slot: str) -> tuple[date | None, int | None]:
        """Return the day of the row and its hour in minutes, each None where nothing tells it.

        A cell of the day may hold the hour too, and one of the hour the day. An hour in words alone, 上午, may
        stand for the slot, whose column is `slot`.
        """
        day, minute = self.dated("day")
        told = self.value("time")
        if self.blank("time"):
            return day or self.register.day, minute
        if isinstance(told, str) and not re.search(r"\d", folded(told)):
            if not self.blank(slot):
                self.note("time", "value_unread")
            return day or self.register.day, minute
        with_day = isinstance(told, datetime) and told.year >= EARLIEST.year
        own = None if day is None and with_day else read_clock(told)
        if own is None:
            timed, own = self.dated("time")
            day = day or timed
        return day or self.register.day, own if own is not None else minute

    def dated(self, column: str) -> tuple[date | None, int | None]:
        """Return the day in a cell, and its hour in minutes; what cannot be read is noted."""
        if self.blank(column):
            return None, None
        read = read_date(self.value(column), self.register.by)
        for code in read.notes:
            self.note(column, code, "error" if code == "date_unread" and column == "day" else "warning")
        if read.value is None:
            if not read.notes:
                self.note(column, "value_unread")
            return None, None
        day = self.whole(read.value, column)
        moment = read.value
        return day, None if moment.hour is None else moment.hour * 60 + moment.minute

    def whole(self, moment: Moment, column: str) -> date | None:
        """Return the day of a moment. The year and month that it lacks are those of the title; None: it has none."""
        register, known = self.register, self.register.month
        month = moment.month or (known[1] if known else 0)
        year = moment.year or (known[0] if known else None) or (register.day.year if register.day else register.year)
        if moment.year is None and year is None and register.by.today is not None and month:
            year = register.by.today.year
            self.note(column, "year_assumed")
        if not month or year is None:
            self.note(column, "year_unknown", "error")
            return None
        at = Moment(year, month, moment.day).at(year)
        if at is None:
            self.note(column, "date_unread", "error")
            return None
        if moment.of_another_weekday(at):
            self.note(column, "weekday_differs")
        return at.date()

    def told(self, slot: str, day: date, minute: int | None) -> SlotTold:
        """Return a slot that the row tells. What it says of the site, of who did it and why it is late goes with it."""
        if not self.blank("done_by") and not says_letters(self.text("done_by")):
            self.note("done_by", "name_unusual")
        return SlotTold(
            site=self.text("site"),
            titles=self.register.titles,
            day=day,
            slot=slot,
            minute=minute,
            done_by=read_name(self.text("done_by")),
            reason=self.text("reason") or self.register.source,
            row=self.line.number,
            sheet=self.register.table.sheet,
        )
