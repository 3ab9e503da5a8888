"""The list of quarantine sites (集中隔离医学观察场所一览表)."""

import re
from collections.abc import Mapping

from dutyboard.rules.duties.site.sites import MOST_ROOMS
from dutyboard.rules.records.codes import SiteState
from dutyboard.rules.records.commands.sheets import SiteData
from dutyboard.rules.records.outcome import Level
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.identity import read_phone, read_phones
from dutyboard.tui.sheets.names import read_name, read_names, says_letters
from dutyboard.tui.sheets.notes import Intake, NoteCode, Progress, RowNote
from dutyboard.tui.sheets.reader.files import SheetFile
from dutyboard.tui.sheets.tables import SheetRow, SheetTable, read_tables
from dutyboard.tui.sheets.towns import town_of
from dutyboard.tui.sheets.word_lists import is_blank

STATES: Mapping[str, SiteState] = {
    "启用": "active",
    "在用": "active",
    "备用": "standby",
    "关闭": "closed",
    "停用": "closed",
}

_RUN = re.compile(r"(.*?)(\d{1,9})[-~至](?:\1)?(\d{1,9})室?")
_ROOM = re.compile(r"(?!.*(?:约|余|共|含|左右|多|备用|\d间$))\w[\w#-]*")
"""The name on a door. 约60, 62+8, 1,20间 and 62(含备用8) are counts that nobody can be sure of."""
_LONGEST_RUN = 999
"""Rooms of one run. A longer one is a typing mistake."""


def read_sites(
    path: SheetFile, progress: Progress | None = None, mapping: Mapping[str, str] | None = None
) -> Intake[SiteData]:
    """Read each site of the list. A row without a name, unit, number or names of rooms, or known state is rejected.

    Raises IntakeError.
    """
    tables = read_tables(path, Headings("sites", mapping))
    notes: list[RowNote] = [note for table in tables for note in table.notes]
    lines = [(table, line) for table in tables for line in table.lines]
    records: list[SiteData] = []
    for done, (table, line) in enumerate(lines, start=1):
        record = _site(table, line, notes)
        if record is not None:
            records.append(record)
        if progress is not None:
            progress(done, len(lines))
    unread = tuple(cell for table in tables for cell in table.unread)
    return Intake(tuple(records), tuple(notes), tables[0].headings, unread)


def _site(table: SheetTable, line: SheetRow, notes: list[RowNote]) -> SiteData | None:
    rooms = read_rooms(folded(line.cells.get("rooms")))
    state = STATES.get(folded(line.cells.get("state")))
    unreadable: list[tuple[str, NoteCode]] = []
    if not line.text("name"):
        unreadable.append(("name", "name_missing"))
    if not says_letters(line.text("unit")):
        unreadable.append(("unit", "unit_missing"))
    if not rooms:
        unreadable.append(("rooms", "rooms_unread"))
    if state is None:
        unreadable.append(("state", "state_unread"))

    def note(field: str, code: NoteCode, level: Level) -> None:
        where, written = line.place(field), line.written(field)
        notes.append(RowNote(line.number, table.heading(field), code, level, table.sheet, place=where, text=written))

    for field, code in unreadable:
        note(field, code, "error")
    if unreadable or not rooms or state is None:
        return None
    if not says_letters(line.text("name")):
        note("name", "name_unusual", "warning")
    phone, warning = read_phone(line.cells.get("phone"))
    if "phone_is_id" in read_phones(line.cells.get("phone")).notes:
        note("phone", "phone_is_id", "warning")
    if warning:
        note("phone", warning, "warning")
    keeper = read_name(line.text("keeper"))
    if keeper and not is_blank(folded(keeper)) and not says_letters(keeper):
        note("keeper", "value_unread", "warning")
        keeper = ""
    for each in read_names(line.text("keeper")).notes:
        note("keeper", each, "warning")
    areas = tuple(area for area in re.split(r"[、,;/\s]+", folded(line.cells.get("areas"))) if area)
    if not areas and line.written("areas"):
        note("areas", "value_unread", "warning")
    return SiteData(
        name=line.text("name"),
        unit=town_of(folded(line.cells.get("unit"))) or folded(line.cells.get("unit")),
        rooms=rooms,
        state=state,
        areas=areas,
        keeper=keeper,
        phone=phone,
        row=line.number,
        sheet=table.sheet,
    )


def read_rooms(text: str) -> int | tuple[str, ...]:
    """Return the rooms of a site as written: a count, `62间`, or the names on the doors, `8201-8220、A栋301`.

    0: they are not to be read; a count of more than seven digits is none, nor the name of one room. A run counts on
    from a number to a higher one; each name stands once.
    """
    counted = re.fullmatch(r"(\d+|\d{1,2}(?:,\d{3})+)间?", text)
    if counted:
        digits = counted[1].replace(",", "")
        return int(digits) if len(digits) <= 7 else 0
    names: list[str] = []
    for part in (each for each in re.split(r"[、,;/\s]+", text) if each):
        run = _RUN.fullmatch(part)
        if run is None:
            names.append(part.removesuffix("室"))
            continue
        if len(names) > MOST_ROOMS:
            return 0
        before, first, last = run.groups()
        if not int(first) <= int(last) <= int(first) + _LONGEST_RUN:
            return 0
        names += [f"{before}{number:0{len(first)}}" for number in range(int(first), int(last) + 1)]
    numbered = any(any(map(str.isdigit, name)) for name in names)
    return tuple(dict.fromkeys(names)) if numbered and all(map(_ROOM.fullmatch, names)) else 0
