"""The annex form of the notice (新冠肺炎疫情防控工作专班花名册). Each unit has its sheet, named above the table."""

import re
from collections.abc import Sequence
from pathlib import Path

from dutyboard.rules.records.commands.sheets import RosterSheet
from dutyboard.rules.records.model import Officer
from dutyboard.tui.sheets.columns import OFFICER, SheetRow, SheetTable, folded, read_tables
from dutyboard.tui.sheets.identity import read_phone
from dutyboard.tui.sheets.names import read_name
from dutyboard.tui.sheets.notes import Intake, Progress, RowNote

DIRECTOR = "办公室主任"
PART_TIME = ("兼职", "不专职")
"""Words of the note 备注 by which a row is not full-time; every other row is (O52)."""
_UNIT = re.compile(r"填报单位(?:\(盖章\))?:?(.+?)(?:第一责任人.*)?")
_FIRST_RESPONSIBLE = re.compile(r".*?第一责任人(?:\(签字\))?(?!:?(?:未定|待定|无)$):?([^:].*)")


def read_roster(path: Path, progress: Progress | None = None) -> Intake[RosterSheet]:
    """Read each sheet's unit, and its members with their lines. A row without a name is rejected. Raises
    IntakeError."""
    tables = read_tables(path, OFFICER, ("name", "title", "duty"))
    notes: list[RowNote] = [note for table in tables for note in table.notes]
    sheets: list[RosterSheet] = []
    for done, table in enumerate(tables, start=1):
        members = tuple(member for line in table.lines if (member := _member(table, line, notes)) is not None)
        unit = _above(table.above, _UNIT) or table.sheet.strip()
        principal = _above(table.above, _FIRST_RESPONSIBLE)
        sheets.append(RosterSheet(unit=unit, members=members, first_responsible=principal))
        if progress is not None:
            progress(done, len(tables))
    return Intake(tuple(sheets), tuple(notes), tables[0].headings)


def _above(above: Sequence[str], wanted: re.Pattern[str]) -> str:
    """Return what a line above the table says behind a heading; "": no line has it."""
    named = (wanted.fullmatch(folded(line)) for line in above)
    return next((match[1] for match in named if match), "")


def _member(table: SheetTable, line: SheetRow, notes: list[RowNote]) -> tuple[int, Officer] | None:
    name = read_name(line.text("name"))
    if not name:
        notes.append(RowNote(line.number, table.heading("name"), "name_missing", "error", table.sheet))
        return None
    phone, warning = read_phone(line.cells.get("phone"))
    if warning:
        notes.append(RowNote(line.number, table.heading("phone"), warning, "warning", table.sheet))
    duty = line.text("duty")
    note = line.text("note")
    officer = Officer(
        id=0,
        name=name,
        title=line.text("title"),
        phone=phone,
        duty=duty,
        note=note,
        director=DIRECTOR in duty,
        full_time=not any(word in note for word in PART_TIME),
    )
    return line.number, officer
