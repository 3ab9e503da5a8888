"""The register of arrivals: each row is a person, with the facts that its cells state and nothing more."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from dutyboard.rules.law.facts import ContactGrade, Facts, NoneHeld, PcrCert, Stay, YesNo
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.outcome import Level
from dutyboard.tui.sheets import values
from dutyboard.tui.sheets.columns import ARRIVAL, SheetRow, SheetTable, folded, read_tables, text
from dutyboard.tui.sheets.counties import read_place
from dutyboard.tui.sheets.dates import Moment, read_moment, years_by_row
from dutyboard.tui.sheets.identity import read_id, read_phone
from dutyboard.tui.sheets.notes import Intake, NoteCode, Progress, RowNote

DATES = ("left_on", "arrival_at", "sampled_at")
ACROSS_NEW_YEAR = 180
"""Days. A date without a year that lies this far on the wrong side of the arrival belongs to the neighbouring year."""

V = TypeVar("V")


def read_arrivals(path: Path, year: int | None = None, progress: Progress | None = None) -> Intake[PersonData]:
    """Read every row, rejected ones too. The desk decides who is a person and whose dates lie in the future.

    `year` is taken for dates without one where neither row nor file tells. Raises IntakeError.
    """
    tables = read_tables(path, ARRIVAL, ("name", "arrival_at", "origin"))
    records: list[PersonData] = []
    notes: list[RowNote] = [note for table in tables for note in table.notes]
    total = sum(len(table.lines) for table in tables)
    for table in tables:
        moments = [[read_moment(cell) for cell in _dated(line)] for line in table.lines]
        for line, row, assumed in zip(table.lines, moments, years_by_row(moments, year)):
            reader = _Row(table, line)
            records.append(reader.record(_placed_in_time(reader, row, assumed)))
            notes += reader.notes
            if progress is not None:
                progress(len(records), total)
    return Intake(tuple(records), tuple(notes), tables[0].headings)


def _dated(line: SheetRow) -> list[Any]:
    return [line.dated(field) for field in DATES]


def _placed_in_time(reader: "_Row", row: list[Moment | None], assumed: int | None) -> dict[str, datetime]:
    """Return the dates of a row by field. A date that cannot be read or lacks a year is noted and left out."""
    known: dict[str, datetime] = {}
    for field, cell, moment in zip(DATES, _dated(reader.line), row):
        if not text(cell):
            continue
        if field == "arrival_at" and folded(cell) in values.RESIDENT:
            continue
        if moment is None:
            reader.note(field, "date_unread")
        elif moment.year is None and assumed is None:
            reader.note(field, "year_unknown")
        elif (at := moment.at(assumed or 0)) is None:
            reader.note(field, "date_unread")
        else:
            known[field] = at
            if moment.year is None:
                reader.note(field, "year_assumed")
    yearless = {field for field, moment in zip(DATES, row) if moment is not None and moment.year is None}
    return _across_new_year(known, yearless)


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
    """One row while it is read into a person's data, with its notes."""

    def __init__(self, table: SheetTable, line: SheetRow) -> None:
        self.table = table
        self.line = line
        self.notes: list[RowNote] = []

    def note(self, field: str, code: NoteCode, level: Level = "warning") -> None:
        self.notes.append(RowNote(self.line.number, self.table.heading(field), code, level, self.table.sheet))

    def word(self, field: str, known: Mapping[str, V]) -> V | None:
        """Return the meaning of a word. Blank is None; an unknown word is None too, with a note."""
        written = folded(self.line.cells.get(field))
        if written and written not in known:
            self.note(field, "value_unread")
        return known.get(written)

    def record(self, times: Mapping[str, datetime]) -> PersonData:
        line = self.line
        identity = read_id(line.cells.get("id_no"))
        phone, phone_warning = read_phone(line.cells.get("phone"))
        if identity.warning:
            self.note("id_no", identity.warning)
        if phone_warning:
            self.note("phone", phone_warning)
        return PersonData(
            name=read_name(line.text("name")),
            sex=line.text("sex") or identity.sex,
            id_no=identity.number,
            phone=phone,
            address=line.text("address"),
            origin=line.text("origin"),
            travel=line.text("travel"),
            note=line.text("note"),
            officer_name=read_name(line.text("officer_name")),
            found_by=self.word("found_by", values.FOUND_BY) or "",
            facts=self.facts(times),
            warnings=tuple(code for code in (identity.warning, phone_warning) if code),
            row=line.number,
            sheet=self.table.sheet,
        )

    def facts(self, times: Mapping[str, datetime]) -> Facts:
        contact, sanfei = self.kind()
        symptoms, temperature = values.read_symptoms(self.line.cells.get("symptoms"))
        arrival = read_moment(self.line.dated("arrival_at"))
        facts = Facts(
            arrival_at=times.get("arrival_at"),
            no_arrival=folded(self.line.cells.get("arrival_at")) in values.RESIDENT,
            arrival_hour_unknown="arrival_at" in times and arrival is not None and arrival.hour is None,
            contact=contact,
            sanfei=sanfei,
            release_cert=self.word("release_cert", values.RELEASE_CERT),
            pcr=self.certificate(times.get("sampled_at")),
            health_code=self.word("health_code", values.HEALTH_CODE),
            travel_card=self.word("travel_card", values.TRAVEL_CARD),
            symptoms=symptoms,
            temp_c=temperature,
        )
        left = times.get("left_on")
        return self.came_from(facts, left.date() if left else None)

    def came_from(self, facts: Facts, left_on: date | None) -> Facts:
        """Add the place of origin: a stay on the mainland, or a border. Any other place is a stay of unknown level."""
        written = self.line.text("origin")
        if not written:
            return facts
        place = read_place(written)
        if place.border is None:
            self.note("origin", "place_unknown")
        if place.border not in (None, "none"):
            return replace(facts, border=place.border)
        stay = Stay(place=written, left_on=left_on, code=place.code)
        return replace(facts, stays=(stay,), border=place.border)

    def certificate(self, sampled_at: datetime | None) -> PcrCert | NoneHeld | None:
        word = folded(self.line.cells.get("pcr"))
        if word in values.NO_PCR and sampled_at is None:
            return "none"
        result = self.word("pcr", values.PCR)
        return PcrCert(result=result, sampled_at=sampled_at) if result or sampled_at else None

    def kind(self) -> tuple[ContactGrade, YesNo]:
        word = folded(self.line.cells.get("kind"))
        if word in values.SANFEI:
            return "none", "yes"
        return self.word("kind", values.CONTACT) or "none", "no"


def read_name(written: str) -> str:
    """Return a name without the blanks that pad it: 李 四 is 李四, and John Smith keeps one."""
    parts = written.split()
    return (" " if any(part.isascii() for part in parts) else "").join(parts)
