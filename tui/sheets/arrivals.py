"""The register of arrivals: each row is a person, with the facts that its cells state and nothing more.

What a cell says beyond that is noted and stays with the person as it was written.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar, get_args

from dutyboard.rules.law.facts import Border, Facts, NoneHeld, PcrCert, Stay
from dutyboard.rules.records.codes import IdWarning, PhoneWarning
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import AsWritten
from dutyboard.rules.records.outcome import Level
from dutyboard.rules.records.texts import LONGEST
from dutyboard.tui.sheets import values
from dutyboard.tui.sheets.columns import ARRIVAL, SheetRow, SheetTable, folded, read_tables, text
from dutyboard.tui.sheets.dates import Moment, Reckoning, day_told, read_date, years_by_row
from dutyboard.tui.sheets.identity import ResidentId, read_ids, read_phones
from dutyboard.tui.sheets.names import read_name, read_names
from dutyboard.tui.sheets.notes import Intake, NoteCode, Progress, RowNote
from dutyboard.tui.sheets.places import read_places
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.reading import Read
from dutyboard.tui.sheets.symptoms import read_symptoms

DATES = ("left_on", "arrival_at", "sampled_at")
ACROSS_NEW_YEAR = 180
"""Days. A date without a year that lies this far on the wrong side of the arrival belongs to the neighbouring year."""
_KEPT_WHOLE: Final = frozenset({"year_assumed", "signs_removed", "several_places", "place_renamed", "range_end"})
"""Notes on a cell whose text the record holds all the same."""
_BORDERS: Final[tuple[Border, ...]] = ("foreign", "taiwan", "hongkong", "macau")
"""Borders, the one that binds most first: of several crossed it stands."""

V = TypeVar("V")


def read_arrivals(
    path: Path, year: int | None = None, progress: Progress | None = None, reckoning: Reckoning | None = None
) -> Intake[PersonData]:
    """Read every row, rejected ones too. The desk decides who is a person and whose dates lie in the future.

    `year` is taken for dates without one where neither row nor file tells, `reckoning` is that of the desk. Raises
    IntakeError.
    """
    tables = read_tables(path, ARRIVAL, ("name", "arrival_at", "origin"))
    by = reckoning or Reckoning()
    records: list[PersonData] = []
    notes: list[RowNote] = [note for table in tables for note in table.notes]
    total, done = sum(len(table.lines) for table in tables), 0
    for table in tables:
        reckoned = replace(by, today=day_told(table.above) or by.today, from_1904=table.from_1904)
        readers = [_Row(table, line, reckoned) for line in table.lines]
        for reader, assumed in zip(readers, years_by_row([reader.moments for reader in readers], year)):
            records += reader.records(assumed)
            notes += reader.notes
            done += 1
            if progress is not None:
                progress(done, total)
    return Intake(tuple(records), tuple(notes), tables[0].headings)


def _across_new_year(known: dict[str, datetime], yearless: set[str]) -> dict[str, datetime]:
    """Move a date by a year: nobody leaves in December of the year in which he arrived in January."""
    arrival = known.get("arrival_at")
    for field in ("left_on", "sampled_at"):
        at = known.get(field)
        if arrival is None or at is None or (at - arrival).days < ACROSS_NEW_YEAR:
            continue
        if field in yearless and (at.month, at.day) != (2, 29):
            known = {**known, field: at.replace(year=at.year - 1)}
        elif "arrival_at" in yearless and (arrival.month, arrival.day) != (2, 29):
            known = {**known, "arrival_at": arrival.replace(year=arrival.year + 1)}
    return known


class _Row:
    """One row while it is read into people's data, with its notes and what they keep as it was written."""

    def __init__(self, table: SheetTable, line: SheetRow, by: Reckoning) -> None:
        self.table = table
        self.line = line
        self.notes: list[RowNote] = []
        self.written: list[AsWritten] = []
        self._dates = {field: read_date(line.cells.get(field), by) for field in DATES}
        for field, cell in line.read.items():
            if cell.mark:
                self.keep(field)

    @property
    def moments(self) -> list[Moment | None]:
        """The dates of the row as they are written."""
        return [read.value for read in self._dates.values()]

    def note(self, field: str, code: NoteCode, level: Level = "warning") -> None:
        """Note what is doubtful in a cell. Its text goes with the note, and with the person where he lacks it."""
        line = self.line
        cell, heading = line.written(field), self.table.heading(field)
        self.notes.append(
            RowNote(line.number, heading, code, level, self.table.sheet, place=line.place(field), text=cell)
        )
        if code not in _KEPT_WHOLE:
            self.keep(field)

    def keep(self, field: str) -> None:
        """Keep a cell with the person as it is written, once."""
        cell = self.line.written(field)
        if cell and not any(each.field == field for each in self.written):
            heading, sheet = self.table.heading(field), self.table.sheet
            self.written.append(AsWritten(sheet=sheet, row=self.line.number, field=field, heading=heading, text=cell))

    def read(self, field: str, reader: Callable[[Value], Read[V]]) -> V:
        """Return the value of a cell, its doubts noted."""
        read = reader(self.line.cells.get(field))
        for code in read.notes:
            self.note(field, code)
        return read.value

    def text(self, field: str) -> str:
        """Return a text of the desk's length."""
        written = self.line.text(field)
        if len(written) > LONGEST:
            self.note(field, "text_cut")
        return written[:LONGEST]

    def records(self, assumed: int | None) -> Iterator[PersonData]:
        """Yield the person of the row, or each of several in one cell.

        Each has a number of his own where there are as many. `assumed` is the year of dates without one.
        """
        facts = self.facts(self.times(assumed))
        names = self.read("name", lambda cell: read_names(text(cell)))
        numbers = self.read("id_no", read_ids)
        phones = self.read("phone", read_phones)
        told = {note.code for note in self.notes}
        unusual: list[PhoneWarning] = [code for code in get_args(PhoneWarning) if code in told]
        sex = self.read("sex", values.read_sex)
        if len(numbers) > 1 and len(names) == 1 and "several_people" not in [note.code for note in self.notes]:
            self.note("name", "several_people")
        own_number, own_phone = len(numbers) == len(names), len(phones) == len(names)
        common: dict[str, Any] = {field: self.text(field) for field in ("address", "origin", "travel", "note")}
        common["officer_name"] = read_name(self.text("officer_name"))
        found_by = self.read("found_by", values.read_found_by)
        for place, name in enumerate(names):
            identity = numbers[place] if own_number else ResidentId("", "id_several" if len(numbers) > 1 else None)
            if sex and identity.sex and sex != identity.sex and len(names) == 1:
                self.note("sex", "sex_against_id")
            doubts: tuple[IdWarning, ...] = (identity.warning,) if identity.warning else ()
            yield PersonData(
                **common,
                name=name[:LONGEST],
                sex=(sex if len(names) == 1 else "") or identity.sex,
                id_no=identity.number[:LONGEST],
                phone=(phones[place] if own_phone else phones[0] if phones else "")[:LONGEST],
                found_by=found_by,
                facts=facts,
                warnings=(*doubts, *unusual),
                as_written=tuple(self.written),
                row=self.line.number,
                sheet=self.table.sheet,
            )

    def times(self, assumed: int | None) -> dict[str, datetime]:
        """Return the dates of the row by field. One that cannot be read or lacks a year is noted and left out."""
        known: dict[str, datetime] = {}
        yearless: set[str] = set()
        for field, read in self._dates.items():
            if field == "arrival_at" and self.resident:
                continue
            for code in read.notes:
                self.note(field, code)
            moment = read.value
            if moment is None:
                continue
            if moment.year is None:
                yearless.add(field)
            if moment.year is None and assumed is None:
                self.note(field, "year_unknown")
            elif (at := moment.at(assumed or 0)) is None:
                self.note(field, "date_unread")
            else:
                known[field] = at
                if moment.year is None:
                    self.note(field, "year_assumed")
        return _across_new_year(known, yearless)

    @property
    def resident(self) -> bool:
        """True where the cell of the arrival says that there was none."""
        return folded(self.line.cells.get("arrival_at")) in values.RESIDENT

    def facts(self, times: dict[str, datetime]) -> Facts:
        category = self.read("kind", values.read_category)
        symptoms, temperature = self.read("symptoms", read_symptoms)
        arrival = self._dates["arrival_at"].value
        facts = Facts(
            arrival_at=times.get("arrival_at"),
            no_arrival=self.resident,
            arrival_hour_unknown="arrival_at" in times and arrival is not None and arrival.hour is None,
            contact=category.contact,
            case_status=category.case_status,
            sanfei=category.sanfei,
            release_cert=self.read("release_cert", values.read_release_cert),
            pcr=self.certificate(times.get("sampled_at")),
            health_code=self.read("health_code", values.read_health_code),
            travel_card=self.read("travel_card", values.read_travel_card),
            symptoms=symptoms,
            temp_c=temperature,
        )
        left = times.get("left_on")
        came = self.came_from(facts, left.date() if left else None)
        if category.entrant and came.border in (None, "none"):
            # The word says that a border was crossed, and the place of origin does not say which.
            self.note("kind", "border_unsaid")
            return replace(came, border="unknown")
        return came

    def came_from(self, facts: Facts, left_on: date | None) -> Facts:
        """Add the places of origin: stays on the mainland, and a border. Any other place is a stay of unknown level.

        Nobody says when he left the places before the last one: it was no later than he left that.
        """
        places = self.read("origin", lambda cell: read_places(text(cell)))
        if not places:
            return facts
        crossed = [each for each in _BORDERS if any(place.origin.border == each for place in places)]
        inland = [place for place in places if place.origin.border not in _BORDERS]
        stays = tuple(Stay(place=place.text[:LONGEST], left_on=left_on, code=place.origin.code) for place in inland)
        known = all(place.origin.border is not None for place in places)
        border: Border | None = crossed[0] if crossed else "none" if known else None
        return replace(facts, stays=stays or None, border=border)

    def certificate(self, sampled_at: datetime | None) -> PcrCert | NoneHeld | None:
        carried = self.read("pcr", values.read_result)
        said = carried.said if carried else None
        if said == "none" and sampled_at is None:
            return "none"
        if said == "none":
            self.note("pcr", "value_unread")  # a sample was taken, and none is carried: one of the two is wrong
        result = said if said is not None and said != "none" and said != "unknown" else None
        return PcrCert(result=result, sampled_at=sampled_at) if result or sampled_at else None
