"""The dated list of risk areas, and of the counties that section two names."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dutyboard.rules.records.codes import AreaLevel
from dutyboard.rules.records.commands.sheets import AreaData
from dutyboard.rules.records.outcome import Level
from dutyboard.tui.sheets.columns import folded, text
from dutyboard.tui.sheets.dates import Reckoning, day_told, read_date
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.names import says_letters
from dutyboard.tui.sheets.notes import Intake, NoteCode, Progress, RowNote
from dutyboard.tui.sheets.places import NamedPlace, read_places
from dutyboard.tui.sheets.reader.files import SheetFile
from dutyboard.tui.sheets.tables import SheetRow, SheetTable, read_tables
from dutyboard.tui.sheets.word_lists import meanings

LEVELS: Mapping[str, AreaLevel] = meanings("answers", "area_level")  # type: ignore[assignment]


def read_areas(
    path: SheetFile, year: int | None = None, progress: Progress | None = None, mapping: Mapping[str, str] | None = None
) -> Intake[AreaData]:
    """Read each area of the list. A row without a county code, name, known level or first day is rejected.

    Raises IntakeError.
    """
    tables = read_tables(path, Headings("areas", mapping))
    notes: list[RowNote] = [note for table in tables for note in table.notes]
    lines = [(table, line) for table in tables for line in table.lines]
    records: list[AreaData] = []
    for done, (table, line) in enumerate(lines, start=1):
        records += _areas(table, line, year, notes)
        if progress is not None:
            progress(done, len(lines))
    unread = tuple(cell for table in tables for cell in table.unread)
    return Intake(tuple(records), tuple(notes), tables[0].headings, unread)


def _areas(table: SheetTable, line: SheetRow, year: int | None, notes: list[RowNote]) -> list[AreaData]:
    """Return the area of a row; of several streets in one cell each is an area of its own."""
    places = read_places(line.text("name")).value
    code = folded(line.cells.get("code"))
    if not code:
        # Public lists name the county and no code.
        code = next((county for each in places if (county := _county(each))), "")
    level = LEVELS.get(folded(line.cells.get("level")))
    starts, starts_wrong = _day(table, line, "starts", year)
    of_title = day_told(table.titles) if not table.of("starts") else None
    starts = starts or of_title
    ends, ends_wrong = _day(table, line, "ends", year)
    wrong: list[tuple[str, NoteCode]] = []
    if not re.fullmatch(r"\d{6}", code):
        wrong.append(("code", "code_unread"))
    if not line.text("name"):
        wrong.append(("name", "name_missing"))
    if level is None:
        wrong.append(("level", "level_unread"))
    if starts is None:
        wrong.append(("starts", starts_wrong or "start_missing"))
    if ends_wrong:
        # An end that cannot be read is not "no end": the area would stay listed for ever.
        wrong.append(("ends", ends_wrong))
    elif starts is not None and ends is not None and ends < starts:
        wrong.append(("ends", "ends_before_starts"))
    several = len(places) > 1
    county = next((county for each in places if (county := _county(each))), code)
    if not wrong and county[:4] != code[:4]:
        notes.append(_note(table, line, "code", "code_against_name", "warning"))
    if of_title is not None and not wrong:
        notes.append(_note(table, line, "starts", "day_of_title", "warning"))
    if several and not wrong:
        notes.append(_note(table, line, "name", "several_places", "warning"))
    if not wrong and not says_letters(line.text("name")):
        notes.append(_note(table, line, "name", "name_unusual", "warning"))
    if not wrong:
        unlike = [
            field for field, day in (("starts", starts), ("ends", ends)) if day and _unlike(table, line, field, day)
        ]
        notes += [_note(table, line, field, "weekday_differs", "warning") for field in unlike]
    notes += [_note(table, line, field, code_, "error") for field, code_ in wrong]
    if wrong or level is None or starts is None:
        return []
    one = AreaData(
        code=code,
        name=line.text("name"),
        level=level,
        starts=starts,
        ends=ends,
        source=line.text("source"),
        row=line.number,
        sheet=table.sheet,
    )
    return [replace(one, name=each.text, code=_county(each) or code) for each in places] if several else [one]


def _county(place: NamedPlace) -> str | None:
    """Return the county code of a place; None: the place tells no county."""
    code = place.origin.code
    return None if code is None or code.endswith("00") else code


def _note(table: SheetTable, line: SheetRow, field: str, code: NoteCode, level: Level) -> RowNote:
    return RowNote(
        line.number,
        table.heading(field),
        code,
        level,
        table.sheet,
        place=line.place(field),
        text=line.written(field),
    )


def _unlike(table: SheetTable, line: SheetRow, field: str, day: date) -> bool:
    """Return True if the weekday in a cell is not that of its day."""
    moment = read_date(line.cells.get(field), Reckoning(from_1904=table.from_1904)).value
    return moment is not None and moment.of_another_weekday(day)


def _day(table: SheetTable, line: SheetRow, field: str, year: int | None) -> tuple[date | None, NoteCode | None]:
    """Return (day, None), (None, None) where the cell is blank, or (None, code of what is wrong)."""
    cell = line.cells.get(field)
    if line.lost(field):
        return None, "date_unread"
    if not text(cell):
        return None, None
    moment = read_date(cell, Reckoning(from_1904=table.from_1904)).value
    if moment is None:
        return None, "date_unread"
    if moment.year is None and year is None:
        return None, "year_unknown"
    at = moment.at(year or 0)
    return (at.date(), None) if at else (None, "date_unread")
