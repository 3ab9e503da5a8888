"""The dated list of risk areas, and of the counties that section two names."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from dutyboard.rules.records.codes import AreaLevel
from dutyboard.rules.records.commands.sheets import AreaData
from dutyboard.tui.sheets.columns import AREA, SheetRow, SheetTable, folded, read_tables, text
from dutyboard.tui.sheets.dates import read_moment
from dutyboard.tui.sheets.notes import Intake, NoteCode, Progress, RowNote

LEVELS: Mapping[str, AreaLevel] = {
    "高风险": "high",
    "高": "high",
    "中风险": "medium",
    "中": "medium",
    "通知点名": "named",
    "点名": "named",
}


def read_areas(path: Path, year: int | None = None, progress: Progress | None = None) -> Intake[AreaData]:
    """Read each area of the list. A row without a county code, name, known level or first day is rejected.

    Raises IntakeError.
    """
    tables = read_tables(path, AREA, ("code", "name", "level", "starts"))
    notes: list[RowNote] = [note for table in tables for note in table.notes]
    lines = [(table, line) for table in tables for line in table.lines]
    records: list[AreaData] = []
    for done, (table, line) in enumerate(lines, start=1):
        record = _area(table, line, year, notes)
        if record is not None:
            records.append(record)
        if progress is not None:
            progress(done, len(lines))
    return Intake(tuple(records), tuple(notes), tables[0].headings)


def _area(table: SheetTable, line: SheetRow, year: int | None, notes: list[RowNote]) -> AreaData | None:
    code = folded(line.cells.get("code"))
    level = LEVELS.get(folded(line.cells.get("level")))
    starts, starts_wrong = _day(line, "starts", year)
    ends, ends_wrong = _day(line, "ends", year)
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
    notes += [RowNote(line.number, table.heading(field), code_, "error", table.sheet) for field, code_ in wrong]
    if wrong or level is None or starts is None:
        return None
    return AreaData(
        code=code,
        name=line.text("name"),
        level=level,
        starts=starts,
        ends=ends,
        source=line.text("source"),
        row=line.number,
        sheet=table.sheet,
    )


def _day(line: SheetRow, field: str, year: int | None) -> tuple[date | None, NoteCode | None]:
    """Return (day, None), (None, None) where the cell is blank, or (None, code of what is wrong)."""
    cell = line.dated(field)
    if not text(cell):
        return None, None
    moment = read_moment(cell)
    if moment is None:
        return None, "date_unread"
    if moment.year is None and year is None:
        return None, "year_unknown"
    at = moment.at(year or 0)
    return (at.date(), None) if at else (None, "date_unread")
