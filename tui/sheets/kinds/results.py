"""A laboratory's list of results. Each row is a sample of somebody on the desk, with its result or without one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.duties.sheets.bad_news import MAY_BE_POSITIVE
from dutyboard.rules.duties.worse import RESULTS
from dutyboard.rules.law.facts import TestResult, TestType
from dutyboard.rules.people.identity import NUMBERS
from dutyboard.rules.records.codes import IdWarning, MatterCause, PhoneWarning
from dutyboard.rules.records.commands.sheets import ResultData, RowPerson, UntakenRow
from dutyboard.rules.records.texts import LONGEST
from dutyboard.tui.sheets import values
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.dates import Moment, Reckoning, day_told, read_date, years_by_row
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.identity import read_ids, read_phones
from dutyboard.tui.sheets.kinds.row_reader import RowReader
from dutyboard.tui.sheets.names import read_names
from dutyboard.tui.sheets.notes import Intake, NoteCode, Progress, RowNote
from dutyboard.tui.sheets.reader.files import SheetFile
from dutyboard.tui.sheets.tables import SheetRow, SheetTable, field_of, read_tables

_SAMPLED: Final = re.compile("采样|采集|取样|采血")
_PCR: Final = re.compile("核酸|PCR|CT|拭子", re.IGNORECASE)
_BESIDE: Final = ("ct", "place", "note")
"""Fields whose cells go with the result as they are written."""


def read_results(
    path: SheetFile,
    year: int | None = None,
    progress: Progress | None = None,
    reckoning: Reckoning | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Intake[ResultData]:
    """Read each sample of the list. A row is rejected whose result, or what was examined, cannot be read.

    `year` is taken for dates without one where neither row nor file tells, `reckoning` is that of the desk, `mapping`
    tells the fields of headings. The desk decides whom a row names. Raises IntakeError.
    """
    tables = read_tables(path, Headings("results", mapping))
    by = reckoning or Reckoning()
    records: list[ResultData] = []
    untaken: list[UntakenRow] = []
    notes: list[RowNote] = [note for table in tables for note in table.notes]
    total, done = sum(len(table.lines) for table in tables), 0
    for table in tables:
        frame = _frame(table, by)
        readers = [_Row(table, line, frame) for line in table.lines]
        years = years_by_row([list(reader.moments.values()) for reader in readers], year or frame.year)
        for reader, assumed in zip(readers, years):
            records += reader.records(assumed)
            notes += reader.notes
            untaken += reader.untaken()
            done += 1
            if progress is not None:
                progress(done, total)
        if not frame.says_pcr and any(record.sheet == table.sheet and record.type == "pcr" for record in records):
            notes.append(RowNote(0, table.headings["pcr"], "taken_as_pcr", sheet=table.sheet))
    unread = tuple(cell for table in tables for cell in table.unread)
    return Intake(tuple(records), tuple(notes), tables[0].headings, unread, tuple(untaken))


@frozen(kw_only=False)
class _Frame:
    """Facts that a table says of all its rows: in its title the day of sampling, the year, the site."""

    by: Reckoning
    sampled_on: date | None
    year: int | None
    titles: tuple[str, ...]
    says_pcr: bool


def _frame(table: SheetTable, by: Reckoning) -> _Frame:
    of_title = day_told(table.titles)
    above = [line for level in table.titles for line in level]
    said = (table.sheet, *above, *(table.headings[each] for field in table.columns for each in table.of(field)))
    return _Frame(
        by=replace(by, today=of_title or by.today, from_1904=table.from_1904),
        sampled_on=day_told([filter(_SAMPLED.search, level) for level in table.titles]),
        year=of_title.year if of_title else None,
        titles=tuple(" ".join(level)[:LONGEST] for level in table.titles if level),
        says_pcr=any(_PCR.search(each) for each in said) or bool(table.of("kind")),
    )


class _Row(RowReader):
    """One row while it is read into a sample, or into two: one of each test."""

    def __init__(self, table: SheetTable, line: SheetRow, frame: _Frame) -> None:
        super().__init__(table, line)
        self.frame = frame
        self._columns = {field: self.column(field) for field in ("sampled_at", "result_at")}
        self._dates = {field: read_date(line.cells.get(at), frame.by) for field, at in self._columns.items()}
        self.rejected = False

    @property
    def moments(self) -> dict[str, Moment | None]:
        """The dates of the row as they are written, by field."""
        return {field: read.value for field, read in self._dates.items()}

    def reject(self, column: str, code: NoteCode) -> None:
        """Note why the row is no sample."""
        self.note(column, code, "error")
        self.rejected = True

    def untaken(self) -> Iterator[UntakenRow]:
        """Yield the result of a row that is rejected, if it is or may be positive, with its words."""
        columns = [column for field in ("pcr", "serum") for column in self.table.of(field)]
        told = [values.read_sample_result(self.line.cells.get(column)).value for column in columns]
        if self.rejected and any(each in MAY_BE_POSITIVE for each in told):
            words = [self.line.text(each) for each in self.line.read if field_of(each) not in NUMBERS]
            text = " ".join(filter(None, words))[:LONGEST]
            cause: MatterCause = "sheet_positive" if "positive" in told else "sheet_unclear"
            yield UntakenRow(cause=cause, text=text, row=self.line.number, sheet=self.table.sheet)

    def records(self, assumed: int | None) -> Iterator[ResultData]:
        """Yield the sample of the row, that of each test that has a result. `assumed` is the year of bare dates."""
        whom = self.whom()
        times = self.times(assumed)
        results = dict(self.results())
        if self.rejected:
            return
        sampled = times.get("sampled_at")
        told = times.get("result_at")
        on = sampled.date() if sampled is not None else None
        if on is None and self.frame.sampled_on is not None and not self.filled("sampled_at"):
            on = self.frame.sampled_on
            self.note("sampled_at", "day_of_title")
        for kind, result in results.items():
            yield ResultData(
                whom=whom,
                type=kind,
                result=result,
                sampled_on=on,
                result_at=told.replace(tzinfo=self.frame.by.zone) if told is not None else None,
                sample_code=folded(self.line.cells.get(self.column("sample_code"))).upper()[:LONGEST],
                text=self.beside(),
                as_written=self.written,
                row=self.line.number,
                sheet=self.table.sheet,
            )

    def whom(self) -> RowPerson:
        """Return the person as the row names him. Of two people in one cell nobody can say whose sample it is."""
        name_column, id_column = self.column("name"), self.column("id_no")
        names = self.read_text(name_column, read_names) if self.filled("name") else ()
        if names == ("",):
            self.note(name_column, "value_unread")
        numbers = self.read(id_column, read_ids) if self.filled("id_no") else ()
        phones = self.read(self.column("phone"), read_phones) if self.filled("phone") else ()
        if len(names) > 1:
            self.reject(name_column, "several_people")
        elif len(numbers) > 1:
            self.reject(id_column, "id_several")
        told = {note.code for note in self.notes}
        unusual: list[PhoneWarning] = [code for code in get_args(PhoneWarning) if code in told]
        number = numbers[0] if numbers else None
        doubts: tuple[IdWarning, ...] = (number.warning,) if number and number.warning else ()
        return RowPerson(
            name=(names[0] if names else "")[:LONGEST],
            sex=self.read(self.column("sex"), values.read_sex),
            id_no=(number.number if number else "")[:LONGEST],
            phone=(phones[0] if phones else "")[:LONGEST],
            warnings=(*doubts, *unusual),
            site=self.line.text(self.column("site"))[:LONGEST],
            titles=self.frame.titles,
            room=folded(self.line.cells.get(self.column("room")))[:LONGEST],
        )

    def results(self) -> Iterator[tuple[TestType, TestResult]]:
        """Yield the test and the result of each column of results; of a row without one, that it is awaited."""
        kind_column = self.column("kind")
        examined = self.read(kind_column, values.read_examined)
        if examined == "other":
            self.reject(kind_column, "examined_otherwise")
            return
        fields: dict[TestType, str] = {"pcr": "pcr", "serum": "serum"}
        found = False
        for kind, field in fields.items():
            said = [(column, self.result(column)) for column in self.table.of(field) if self.line.written(column)]
            found = found or bool(said)
            told = {each for _, each in said if each is not None}
            if not told:
                continue
            worst = max(told, key=RESULTS.index)
            for column, each in said:
                if each not in (None, worst):
                    self.note(column, "field_twice")
            yield (examined or kind if field == "pcr" else kind), worst
        if not found:
            if self.filled("result_at"):
                self.reject("pcr", "no_result")
                return
            self.note("pcr", "result_awaited")
            yield examined or ("pcr" if self.table.of("pcr") or not self.table.of("serum") else "serum"), "pending"

    def result(self, column: str) -> TestResult | None:
        """Return the result in a cell; None: the row is rejected, for a dash or a word may mean anything."""
        said = self.read(column, values.read_sample_result)
        if said == "none":
            self.reject(column, "not_sampled")
            return None
        if said is None:
            self.notes = [note for note in self.notes if note.place != self.line.place(column)]
            self.reject(column, "value_unread")
        return said

    def times(self, assumed: int | None) -> dict[str, datetime]:
        """Return the dates of the row by field. One that cannot be read rejects it."""
        known: dict[str, datetime] = {}
        for field, read in self._dates.items():
            column = self._columns[field]
            moment = read.value
            if self.lost(column):
                self.reject(column, "date_unread")
                continue
            if moment is None:
                if read.notes:
                    self.reject(column, "date_unread")
                continue
            for code in read.notes:
                self.note(column, code)
            if moment.year is None and assumed is None:
                self.reject(column, "year_unknown")
            elif (at := moment.at(assumed or 0)) is None:
                self.reject(column, "date_unread")
            else:
                known[field] = at
                if moment.year is None:
                    self.note(column, "year_assumed")
                if moment.of_another_weekday(at):
                    self.note(column, "weekday_differs")
        return known

    def beside(self) -> str:
        """Return what else the row says of the sample, each cell behind its heading."""
        columns = [column for field in _BESIDE for column in self.table.of(field)]
        said = [f"{self.table.heading(each)} {self.line.text(each)}" for each in columns if self.line.text(each)]
        whole = "; ".join(said)
        if len(whole) > LONGEST:
            self.note(columns[-1], "text_cut")
        return whole[:LONGEST]
