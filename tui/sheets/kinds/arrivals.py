"""The register of arrivals: each row is a person, with the facts that its cells state and nothing more.

What a cell says beyond that is noted and stays with the person as it was written.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, TypeVar, get_args

from dutyboard.rules.law.facts import Border, Facts, NoneHeld, PcrCert, Stay
from dutyboard.rules.people.identity import BETWEEN, CLOSED_WORLD, EMERGENCY, OF_ONE_WAY, SEVERAL, name_key
from dutyboard.rules.records.codes import IdWarning, PhoneWarning
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.texts import LONGEST
from dutyboard.tui.sheets import values
from dutyboard.tui.sheets.born import against_id
from dutyboard.tui.sheets.care import NONE_OF_IT, read_cared, read_emergency
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.dates import Moment, Reckoning, day_told, read_date, years_by_row
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.identity import ResidentId, read_ids, read_phones
from dutyboard.tui.sheets.kinds.row_reader import RowReader
from dutyboard.tui.sheets.names import read_name, read_names
from dutyboard.tui.sheets.notes import Intake, Progress, RowNote
from dutyboard.tui.sheets.places import read_places
from dutyboard.tui.sheets.reader.files import SheetFile
from dutyboard.tui.sheets.reader.grids import place_of
from dutyboard.tui.sheets.symptoms import read_symptoms
from dutyboard.tui.sheets.tables import SheetRow, SheetTable, as_written, read_tables
from dutyboard.tui.sheets.word_lists import meanings

DATES = ("left_on", "arrival_at", "sampled_at")
ACROSS_NEW_YEAR = 180
"""Days. A date without a year that lies this far on the wrong side of the arrival belongs to the neighbouring year."""
_TEXTS: Final = ("origin", "travel", "note")
_PHONE_WARNINGS: Final[tuple[PhoneWarning, ...]] = get_args(PhoneWarning)
_CARED: Final = ("companions", "vehicle", "seat_no", "workplace", "illness", "medicine", "special_need", "nation")
_BORDERS: Final[tuple[Border, ...]] = ("foreign", "taiwan", "hongkong", "macau")
"""Borders, the one that binds most first: of several crossed it stands."""
_WORST_SYMPTOMS: Final = (None, "none", "unknown", "present")
_WORST_CODE: Final = (None, "unknown", "none", "green", "orange", "yellow", "red")
_WORST_RESULT: Final = (None, "unknown", "none", "pending", "negative", "indeterminate", "positive")
"""Words of one fact; of several columns the last of these stands. A result says more than that one is awaited."""

T = TypeVar("T")
R = TypeVar("R", bound="PersonRow")


def read_arrivals(
    path: SheetFile,
    year: int | None = None,
    progress: Progress | None = None,
    reckoning: Reckoning | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Intake[PersonData]:
    """Read every row, rejected ones too. The desk decides who is a person and whose dates lie in the future.

    `year` is taken for dates without one where neither row nor file tells, `reckoning` is that of the desk, `mapping`
    tells the fields of headings. Raises IntakeError.
    """
    tables = read_tables(path, Headings("arrivals", mapping))
    return read_people(tables, PersonRow, PersonRow.persons, year, progress, reckoning or Reckoning())


def read_people(
    tables: Sequence[SheetTable],
    reader_of: Callable[[SheetTable, SheetRow, Reckoning], R],
    records_of: Callable[[R, int | None], Iterable[T]],
    year: int | None,
    progress: Progress | None,
    by: Reckoning,
) -> Intake[T]:
    """Read the rows of tables of people into records, each by the year that its table or the file tells."""
    records: list[T] = []
    notes: list[RowNote] = [note for table in tables for note in table.notes]
    total, done = sum(len(table.lines) for table in tables), 0
    for table in tables:
        of_title = day_told(table.titles)
        reckoned = replace(by, today=of_title or by.today, from_1904=table.from_1904)
        readers = [reader_of(table, line, reckoned) for line in table.lines]
        for reader, assumed in zip(
            readers, years_by_row([reader.moments for reader in readers], year or (of_title.year if of_title else None))
        ):
            records += records_of(reader, assumed)
            notes += reader.notes
            done += 1
            if progress is not None:
                progress(done, total)
    unread = tuple(cell for table in tables for cell in table.unread)
    return Intake(tuple(records), tuple(notes), tables[0].headings, unread)


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


class PersonRow(RowReader):
    """One row while it is read into people's data. `dates` are its fields that tell a time."""

    dates: tuple[str, ...] = DATES

    def __init__(self, table: SheetTable, line: SheetRow, by: Reckoning) -> None:
        super().__init__(table, line)
        columns = {field: self.sample_column() if field == "sampled_at" else self.column(field) for field in self.dates}
        self._columns = columns
        self._dates = {field: read_date(line.cells.get(column), by) for field, column in columns.items()}
        self._today = by.today
        self.asked: tuple[str, ...] = ()

    @property
    def moments(self) -> list[Moment | None]:
        """The dates of the row as they are written."""
        return [read.value for read in self._dates.values()]

    def sample_column(self) -> str:
        """Return the column of the sample whose result stands: of as many samples as results, the one beside it."""
        samples, results = self.table.of("sampled_at"), self.table.of("pcr")
        if len(samples) != len(results) or len(samples) < 2:
            return self.column("sampled_at")
        said = [values.read_result(self.line.cells.get(column)).value for column in results]
        ranks = [_WORST_RESULT.index(each.said if each else None) for each in said]
        chosen = samples[ranks.index(max(ranks))]
        for other in self.filled("sampled_at"):
            if other != chosen:
                self.note(other, "field_twice")
        return chosen

    def text(self, field: str) -> str:
        """Return the texts of a field's columns one behind the other."""
        return self.joined(field, {column: self.line.text(column) for column in self.filled(field)})

    def cared(self, field: str) -> str:
        """Return what the columns of a field say for whoever looks after him. Things beside "none" are things."""
        said = {column: read_cared(self.line.cells.get(column), field) for column in self.filled(field)}
        if not said:
            return ""
        things = {column: one for column, one in said.items() if one and one != NONE_OF_IT}
        return self.joined(field, things) or (NONE_OF_IT if NONE_OF_IT in said.values() else "")

    def emergency(self) -> dict[str, str]:
        """Return name and phone of the emergency contact. Each of the two columns may hold both."""
        columns = [self.column(field) for field in EMERGENCY]
        (name, beside), (beside_phone, phone) = (self.read(column, read_emergency) for column in columns)
        if beside and phone and beside != phone:
            self.note(columns[0], "field_twice")
        if name and beside_phone and name_key(name) != name_key(beside_phone):
            self.note(columns[1], "field_twice")
        return dict(zip(EMERGENCY, ((name or beside_phone)[:LONGEST], (phone or beside)[:LONGEST])))

    def joined(self, field: str, said: Mapping[str, str]) -> str:
        """Return the texts of columns one behind the other, each once, of the desk's length."""
        columns = list(said)
        texts = dict.fromkeys(said.values())
        whole = (" " if field in OF_ONE_WAY else BETWEEN if field in SEVERAL else ";").join(texts)
        if len(whole) > LONGEST:
            for column in columns:
                self.note(column, "text_cut")
        return whole[:LONGEST]

    def address(self) -> str:
        """Return the address; a town and a village that stand in columns of their own go before it."""
        column = self.column("address")
        whole = self.line.text(column)
        parts = ""
        for part in self.filled("address_part"):
            said = self.line.text(part)
            if folded(said) in folded(whole) or folded(said) in folded(parts):
                continue
            if re.search("[省市县区]", whole):
                self.note(part, "field_twice")  # a town of which nobody can say where in the address it belongs
            else:
                parts += said
        if len(parts + whole) > LONGEST:
            self.note(column if whole else "address_part", "text_cut")
        return (parts + whole)[:LONGEST]

    def persons(self, assumed: int | None) -> Iterator[PersonData]:
        """Yield the person of the row, or each of several in one cell.

        Each has a number of his own where there are as many. `assumed` is the year of dates without one.
        """
        facts = self.facts(self.times(assumed))
        name_column = self.column("name")
        names = self.read_text(name_column, read_names)
        if names == ("",) and self.filled("name"):
            self.note(name_column, "value_unread")
        numbers = self.read(self.column("id_no"), read_ids)
        phones = self.read(self.column("phone"), read_phones)
        told = {note.code for note in self.notes}
        unusual = [code for code in _PHONE_WARNINGS if code in told]
        sex_column = self.column("sex")
        sex = self.read(sex_column, values.read_sex)
        if len(numbers) > 1 and len(names) == 1 and "several_people" not in [note.code for note in self.notes]:
            self.note(name_column, "several_people")
        own_number, own_phone = len(numbers) == len(names), len(phones) == len(names)
        table = self.table
        common: dict[str, Any] = {field: self.text(field) for field in _TEXTS}
        common |= {field: self.cared(field) for field in _CARED if table.of(field)}
        common |= self.emergency() if any(map(table.of, EMERGENCY)) else {}
        common["address"] = self.address()
        common["officer_name"] = read_name(self.line.text(self.column("officer_name")))[:LONGEST]
        found_by = self.read(self.column("found_by"), values.read_found_by)
        for place, name in enumerate(names):
            identity = numbers[place] if own_number else ResidentId("", "id_several" if len(numbers) > 1 else None)
            if sex and identity.sex and sex != identity.sex and len(names) == 1:
                self.note(sex_column, "sex_against_id")
            if identity.born is not None and len(names) == 1:
                self.note_against(identity.born)
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
                asked=self.asked if len(names) == 1 else (),
                as_written=self.written,
                row=self.line.number,
                sheet=self.table.sheet,
            )

    def note_against(self, born: date) -> None:
        """Note an age or a date of birth that is not that of the ID number."""
        for heading, cell, code in against_id(self.line.rest, born, self._today):
            place = place_of(cell.column, self.line.number)
            self.notes.append(
                RowNote(self.line.number, heading, code, sheet=self.table.sheet, place=place, text=as_written(cell))
            )

    def times(self, assumed: int | None) -> dict[str, datetime]:
        """Return the dates of the row by field. One that cannot be read or lacks a year is noted and left out."""
        known: dict[str, datetime] = {}
        yearless: set[str] = set()
        for field, read in self._dates.items():
            if field == "arrival_at" and self.resident:
                continue
            column = self._columns[field]
            for code in read.notes:
                self.note(column, code)
            moment = read.value
            if moment is None:
                continue
            if moment.year is None:
                yearless.add(field)
            if moment.year is None and assumed is None:
                self.note(column, "year_unknown")
            elif (at := moment.at(assumed or 0)) is None:
                self.note(column, "date_unread")
            else:
                known[field] = at
                if moment.year is None:
                    self.note(column, "year_assumed")
                if moment.of_another_weekday(at):
                    self.note(column, "weekday_differs")
        return _across_new_year(known, yearless)

    @property
    def resident(self) -> bool:
        """True where the cell of the arrival says that there was none."""
        columns = self.filled("arrival_at")
        return bool(columns) and folded(self.line.cells.get(columns[0])) in values.RESIDENT

    def facts(self, times: dict[str, datetime]) -> Facts:
        category = self.category()
        self.asked = tuple(
            key for key, default in CLOSED_WORLD.items() if key in category.denied and getattr(category, key) == default
        )
        told = self.read_each("symptoms", read_symptoms)
        symptoms = max((each for each, _ in told), key=_WORST_SYMPTOMS.index)
        degrees = [each for _, each in told if each is not None]
        arrival = self._dates["arrival_at"].value
        facts = Facts(
            arrival_at=times.get("arrival_at"),
            no_arrival=self.resident,
            arrival_hour_unknown="arrival_at" in times and arrival is not None and arrival.hour is None,
            contact=category.contact,
            case_status=category.case_status,
            sanfei=category.sanfei,
            release_cert=self.read(self.column("release_cert"), values.read_release_cert),
            pcr=self.certificate(times.get("sampled_at")),
            health_code=max(self.read_each("health_code", values.read_health_code), key=_WORST_CODE.index),
            travel_card=max(self.read_each("travel_card", values.read_travel_card), key=_WORST_CODE.index),
            symptoms=symptoms,
            temp_c=max(degrees, default=None),
        )
        left = times.get("left_on")
        came = self.came_from(facts, left.date() if left else None)
        if category.entrant and came.border in (None, "none"):
            # The word says that a border was crossed, and the place of origin does not say which.
            self.note(next(iter(self.filled("kind")), "kind"), "border_unsaid")
            return replace(came, border="unknown")
        return came

    def category(self) -> values.Category:
        """Return what the columns of categories say together."""
        said = self.read_each("kind", values.read_category)
        lost = [values.UNREAD_CATEGORY for column in self.table.of("kind") if self.lost(column)]
        return values.joined_category([*said, *lost])

    def came_from(self, facts: Facts, left_on: date | None) -> Facts:
        """Add the places of origin: stays on the mainland, and a border. Any other place is a stay of unknown level.

        Nobody says when he left the places before the last one: it was no later than he left that.
        """
        columns = self.filled("origin")
        none = [
            each for each in columns if meanings("answers", "nowhere").get(folded(self.line.cells.get(each))) == "none"
        ]
        # 「无」 in one column of places says nothing where another one tells a place.
        told = (self.read_text(each, read_places) for each in columns if each not in none)
        places = [place for of_column in told for place in of_column]
        for each in none if not places else ():
            self.note(each, "place_unknown")
        places = list({place.text: place for place in places}.values())
        inland = [place for place in places if place.origin.border not in _BORDERS]
        if left_on is not None and not inland:
            self.note(self._columns["left_on"], "stay_missing")
        if not places:
            return facts
        crossed = [each for each in _BORDERS if any(place.origin.border == each for place in places)]
        stays = tuple(Stay(place=place.text[:LONGEST], left_on=left_on, code=place.origin.code) for place in inland)
        known = all(place.origin.border is not None for place in places)
        border: Border | None = crossed[0] if crossed else "none" if known else None
        return replace(facts, stays=stays or None, border=border)

    def certificate(self, sampled_at: datetime | None) -> PcrCert | NoneHeld | None:
        """Return what was carried. Of several results the one that binds most stands, and every other is kept."""
        columns = self.filled("pcr")
        carried = {column: self.read(column, values.read_result) for column in columns}
        said = max((each.said if each else None for each in carried.values()), key=_WORST_RESULT.index, default=None)
        for column, each in carried.items():
            if each is not None and each.said != said and each.said not in ("pending", "unknown"):
                self.note(column, "field_twice")
        if said == "none" and sampled_at is None:
            return "none"
        if said == "none":
            # A sample was taken, and none is carried: one of the two is wrong.
            self.note(columns[0], "value_unread")
        result = said if said is not None and said != "none" and said != "unknown" else None
        return PcrCert(result=result, sampled_at=sampled_at) if result or sampled_at else None
