"""A register of patrols, disinfections and rounds told as totals: a row is one round."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dutyboard.rules.records.commands.sheets import RoundRow
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.dates import Reckoning
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.kinds.slot_row import RegisterRow, RoundRegister
from dutyboard.tui.sheets.names import read_name
from dutyboard.tui.sheets.notes import Intake, Progress, RowNote
from dutyboard.tui.sheets.reader.files import SheetFile
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.slots import kind_told, read_slot, result_words
from dutyboard.tui.sheets.tables import read_tables
from dutyboard.tui.sheets.values import lacks_point, read_degrees

_DETAILS: Final = ("area", "agent", "checked_by")
_WHOLE: Final = re.compile(r"(\d{1,7})(?:\.0+)?(?:人|名|分钟|分|MG/L|PPM|毫克/升|毫克每升)?")
_ROOM: Final = re.compile(r"([A-Z\d-]+)(?:室|房|号)?")
_ABSENT: Final = re.compile(r"(?P<name>[^()]+?)(?:\((?P<words>[^()]*)\))?")


def read_rounds(
    path: SheetFile,
    year: int | None = None,
    progress: Progress | None = None,
    reckoning: Reckoning | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Intake[RoundRow]:
    """Read each round of a register. The desk decides which slot it was. Raises IntakeError.

    `year` is taken for days without one where the title tells none.
    """
    tables = read_tables(path, Headings("rounds", mapping))
    by = reckoning or Reckoning()
    notes: list[RowNote] = [note for table in tables for note in table.notes]
    records: list[RoundRow] = []
    total, done = sum(len(table.lines) for table in tables), 0
    for table in tables:
        register = RoundRegister(table, path.name, replace(by, from_1904=table.from_1904), year)
        kind = kind_told([table.heading("slot"), table.heading("time")]) if table.of("slot") else ""
        for line in table.lines:
            row = RegisterRow(register, line)
            record = _round(row, register.kind or kind or ("disinfection" if table.of("agent") else ""))
            if record is not None:
                records.append(record)
            notes += row.notes
            done += 1
            if progress is not None:
                progress(done, total)
    unread = tuple(cell for table in tables for cell in table.unread)
    return Intake(tuple(records), tuple(notes), tables[0].headings, unread)


def _round(row: RegisterRow, kind: str) -> RoundRow | None:
    """Return the round of a row; None: what it must tell is missing or not understood, which is noted."""
    day, minute = row.moment("slot")
    told = row.text("slot") or ("" if minute is not None else row.text("time"))
    slot = read_slot(told, kind) if told else kind
    if day is None:
        if not any(note.level == "error" for note in row.notes):
            row.note("day", "day_missing", "error")
        return None
    if not slot or ("-" not in slot and minute is None):
        row.note("slot", "slot_unread", "error")
        return None
    said = _result(row, "patrol" if slot.startswith("patrol") else "")
    if said is None:
        return None
    if row.lost("absent"):
        row.note("absent", "value_unread", "error")  # nobody knows who was not there
        return None
    abnormal, text = said
    figures: dict[str, int | float] = {}
    for name in ("mg_l", "minutes", "of", "measured"):
        number = row.number(name, _count)
        if number is not None:
            figures[name] = number
    highest = row.number("highest", read_degrees)
    if highest is not None and lacks_point(row.value("highest")):
        row.note("highest", "point_assumed")
    if highest is not None:
        figures["highest"] = highest
    return RoundRow(
        slot=row.told(slot, day, minute),
        abnormal=abnormal,
        text=text,
        absent=tuple(_absent(row)),
        figures=figures,
        details={name: row.text(name) for name in _DETAILS if row.text(name)},
    )


def _result(row: RegisterRow, kind: str) -> tuple[bool, str] | None:
    """Return whether a round was abnormal, and its words.

    None: the row does not say, or says that it was not made. Silence is no word that all was well: a patrol states
    its result. That a disinfection was made is all it says.
    """
    word, text = folded(row.value("result")).upper(), row.text("text")
    column = "result"
    if row.lost(column):
        row.note(column, "result_missing", "error")  # it may have said that nothing was done
        return None
    if row.blank("result"):
        word, column = folded(row.value("text")).upper(), "text"
        if row.blank("text"):
            if kind == "patrol":
                row.note("result", "result_missing", "error")
                return None
            return False, ""
    if word in result_words("undone"):
        row.note(column, "round_undone", "error")
        return None
    if word in result_words("normal"):
        return False, text if column == "result" else ""
    if word in result_words("bare"):
        return True, text if column == "result" else ""
    if column == "text" and kind != "patrol":
        return False, text
    if not word.startswith("异常"):
        row.note(column, "result_unread")
    own = row.text(column)
    return True, ";".join(dict.fromkeys(filter(None, (own, text))))


def _count(value: Value) -> int | None:
    found = _WHOLE.fullmatch(folded(value).upper())
    return int(found[1]) if found is not None else None


def _absent(row: RegisterRow) -> list[tuple[str, str]]:
    """Return who was not there, with the words about each: 张三（就医）、李四."""
    if row.blank("absent") or folded(row.value("absent")) in result_words("normal"):
        return []
    found = []
    for part in re.split(r"[、,;/]", folded(row.value("absent"))):
        match = _ABSENT.fullmatch(part)
        if match is None:
            row.note("absent", "value_unread")
            continue
        room = _ROOM.match(match["name"])
        name = match["name"].removeprefix(room[0]) if room is not None else ""
        # The room is no name: it goes with the words about him.
        words = " ".join(filter(None, (room[1] if room is not None and name else "", match["words"])))
        found.append((read_name(name or match["name"]), words))
    return found
