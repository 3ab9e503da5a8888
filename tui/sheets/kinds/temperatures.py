"""A register of temperatures: a row for each reading, or a column for each day or half of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.records.commands.sheets import ReadingRow, SlotTold
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.dates import Reckoning
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.identity import read_ids
from dutyboard.tui.sheets.kinds.slot_row import RegisterRow, RoundRegister, read_register
from dutyboard.tui.sheets.names import read_name, read_names
from dutyboard.tui.sheets.notes import Intake, Progress
from dutyboard.tui.sheets.reader.files import SheetFile
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.slots import SlotHeading, not_measured, read_slot, slot_heading
from dutyboard.tui.sheets.symptoms import read_symptoms
from dutyboard.tui.sheets.values import lacks_point, read_degrees
from dutyboard.tui.sheets.word_lists import is_blank

_DEGREES: Final = re.compile(r"(?<![\d.])(?:3[4-9]|4[0-3])(?:\.\d)?(?![\d.])")
_AROUND: Final = re.compile(r"体温|复测|初测|测得|度|°C|℃|[:,;()/~、。→>-]")


def read_temperatures(
    path: SheetFile,
    year: int | None = None,
    progress: Progress | None = None,
    reckoning: Reckoning | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Intake[ReadingRow]:
    """Read each reading of a register. The desk decides whose it is, and in which round. Raises IntakeError.

    `year` is taken for days without one where the title tells none.
    """
    return read_register(path, Headings("temperatures", mapping), year, progress, reckoning, _readings)


def _readings(row: RegisterRow) -> list[ReadingRow]:
    table = row.register.table
    headings = {column: slot_heading(table.heading(column)) or SlotHeading() for column in table.of("temp")}
    return _ReadingsOfRow(row.register, headings, row).readings()


@frozen(kw_only=False)
class CellReading:
    """Content of a cell of temperatures: °C, the reading before it, a symptom, or words for not being there."""

    temp_c: float | None = None
    first: float | None = None
    symptom: str = ""
    absent: str = ""
    unmeasured: bool = False


def read_reading(value: Value) -> CellReading | None:
    """Read a cell of temperatures: `36.5`, `365`, `37.5/36.8`, `38.2 咳嗽`, 外出, 未测. None: it is not understood."""
    word = folded(value)
    if is_blank(word):
        return CellReading()
    without = not_measured(word)
    if without:
        return CellReading(absent=str(value).strip()) if without == "absent" else CellReading(unmeasured=True)
    degrees = read_degrees(value)
    if degrees is not None:
        return CellReading(degrees)
    if re.match(r"[-−]\d", word):
        return None  # a minus is no sign between readings
    found = [float(each) for each in _DEGREES.findall(word)]
    rest = _AROUND.sub("", _DEGREES.sub("", word))
    if not found or len(found) > 2 or re.search(r"\d", rest):
        return None
    said = read_symptoms(rest).value[0] if rest else "none"
    symptom = "" if said == "none" else rest
    return CellReading(found[-1], found[0] if len(found) == 2 else None, symptom)


def _as_far(value: Value) -> CellReading:
    """Return what a cell tells that is not understood: its highest reading, and a symptom."""
    word = folded(value)
    found = [float(each) for each in _DEGREES.findall(word)]
    said = read_symptoms(_AROUND.sub("", _DEGREES.sub("", word))).value[0]
    return CellReading(max(found, default=None), symptom=word if said == "present" else "")


class _ReadingsOfRow:
    def __init__(self, register: RoundRegister, headings: Mapping[str, SlotHeading], row: RegisterRow) -> None:
        self.register = register
        self.headings = headings
        self.row = row

    def readings(self) -> list[ReadingRow]:
        """Return the readings of the row: one of each column that says something."""
        row, columns = self.row, list(self.headings)
        day, minute = row.moment("half")
        found: dict[str, ReadingRow] = {}
        for column in columns:
            cell = read_reading(row.value(column))
            if cell is None:
                row.note(column, "value_unread", "error")
                self._leave(_as_far(row.value(column)))
                continue
            if cell.temp_c is not None and lacks_point(row.value(column)):
                row.note(column, "point_assumed")
            if cell.unmeasured:
                row.note(column, "value_unread")
                cell = CellReading()
            told = cell != CellReading()
            if not told and (len(columns) > 1 or not self._listed()):
                continue
            slot = self._slot(column, day, minute)
            if slot is not None:
                found[column] = replace(self._of_cell(cell, row.told(*slot)), column=column)
            else:
                self._leave(cell)
        self._words(found)
        if not found and self._listed():
            for _, kind, _ in self._told_beside():
                self.row.leave("sheet_fever" if kind == "symptom" else "sheet_absent")
        if not found and not self._listed():
            for column in row.line.read:
                if not row.blank(column) and all(note.place != row.line.place(column) for note in row.notes):
                    row.note(column, "value_unread")  # a row of nobody's: a signature, a remark
        halves = [column for column in found if self.headings[column].half]
        if halves and not row.blank("half"):
            row.note("half", "field_twice")
        if halves and minute is not None and len(columns) > 1:
            row.note("time", "value_unread")  # nobody says of which reading the hour is
        return list(found.values())

    def _leave(self, cell: CellReading) -> None:
        """Leave the reading, the symptom or the absence of a cell that tells no round to an officer."""
        readings = [each for each in (cell.first, cell.temp_c) if each is not None]
        if cell.symptom or readings:
            self.row.leave("sheet_fever", None if cell.symptom else max(readings))
        elif cell.absent:
            self.row.leave("sheet_absent")

    def _listed(self) -> bool:
        """Return True if the row names somebody, or did so in a cell that nobody can read any more."""
        return any(not self.row.blank(each) or self.row.lost(each) for each in ("name", "room", "id_no"))

    def _slot(self, column: str, day: date | None, minute: int | None) -> tuple[str, date, int | None] | None:
        """Return the slot, day and hour of a reading; None: nothing tells its day, or its half is not understood."""
        row, heading = self.row, self.headings[column]
        of_heading = row.whole(heading.day, column) if heading.day is not None else None
        if heading.day is not None and of_heading is None:
            return None
        on = of_heading or day
        if on is None:
            if not any(note.level == "error" for note in row.notes):
                row.note("day", "day_missing", "error")
            return None
        if heading.half:
            return f"temperature-{heading.half}", on, minute if len(self.headings) == 1 else None
        told = row.text("half") or ("" if minute is not None else row.text("time"))
        slot = read_slot(told, "temperature") if told else "temperature"
        if not slot.startswith("temperature") or (slot == "temperature" and minute is None):
            row.note("half", "slot_unread", "error")
            return None
        return slot, on, minute

    def _of_cell(self, cell: CellReading, slot: SlotTold) -> ReadingRow:
        row = self.row
        identity = row.number("id_no", lambda value: read_ids(value).value[0])
        sound = identity is not None and identity.warning is None
        if identity is not None and not sound:
            row.note("id_no", "value_unread")
        room = re.sub(r"(室|房间|号房|房|号)$", "", folded(row.value("room")))
        if "several_people" in read_names(row.text("name")).notes:
            row.note("name", "several_people")
        return ReadingRow(
            slot=slot,
            room="" if row.blank("room") else room,
            name=read_name(row.text("name")),
            id_no=identity.number if identity is not None and sound else "",
            temp_c=cell.temp_c,
            first=cell.first,
            symptom=cell.symptom,
            absent=cell.absent,
        )

    def _words(self, found: dict[str, ReadingRow]) -> None:
        """Put the symptoms and absences that stand in columns of their own to the reading that they are of."""
        for column, kind, text in self._told_beside():
            own = slot_heading(re.sub("症状|不适", "", self.register.table.heading(column))) or SlotHeading()
            fits = [each for each in found if _fits(own, self.headings[each])]
            if len(fits) != 1:
                self.row.note(column, "slot_unread" if text else "value_unread")
                continue
            reading = found[fits[0]]
            if kind == "symptom":
                words = "、".join(dict.fromkeys(filter(None, (reading.symptom, text))))
                found[fits[0]] = replace(reading, symptom=words)
            elif reading.temp_c is None:
                found[fits[0]] = replace(reading, absent=reading.absent or text)
            else:
                self.row.note(column, "value_unread")

    def _told_beside(self) -> Iterator[tuple[str, str, str]]:
        """Yield column, what it tells and the words, of each cell beside the readings that tells of the person."""
        row, table = self.row, self.register.table
        for column in (*table.of("symptoms"), "absent", "note"):
            word = folded(row.value(column))
            if is_blank(word):
                continue
            if not_measured(word) == "absent":
                yield column, "absent", row.text(column)
                continue
            said, degrees = read_symptoms(row.value(column)).value
            if column == "absent":
                if said != "none":
                    yield column, "absent", row.text(column)
            elif said == "present" or (said is None and column != "note"):
                if said is None:
                    row.note(column, "symptom_assumed")
                yield column, "symptom", row.text(column)
            elif said is None or degrees is not None:
                row.note(column, "value_unread")


def _fits(own: SlotHeading, of_reading: SlotHeading) -> bool:
    """Return True if a column beside the readings tells of one of them, by its day and half."""
    return own.day in (None, of_reading.day) and own.half in ("", of_reading.half)
