"""A register of patrols, disinfections and rounds told as totals: a row is one round."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from dutyboard.rules.records.codes import MatterCause
from dutyboard.rules.records.commands.sheets import RoundRow
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.dates import Reckoning
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.kinds.slot_row import RegisterRow, read_register
from dutyboard.tui.sheets.names import read_name
from dutyboard.tui.sheets.notes import Intake, Progress
from dutyboard.tui.sheets.reader.files import SheetFile
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.slots import kind_told, read_clock, read_slot, result_words
from dutyboard.tui.sheets.values import lacks_point, read_degrees
from dutyboard.tui.sheets.word_lists import meanings

_WORDS: Final = ("area", "agent", "checked_by")
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
    return read_register(path, Headings("rounds", mapping), year, progress, reckoning, _rounds)


def _rounds(row: RegisterRow) -> Iterator[RoundRow]:
    """Yield the round of a row, or those that its columns of slots (早 中 晚) tell."""
    table = row.register.table
    kind = kind_told([table.heading("slot"), table.heading("time")]) if table.of("slot") else ""
    kind = row.register.kind or kind or ("disinfection" if table.of("agent") else "")
    across = table.of("at_slot")
    records = (_at_slot(row, column, kind) for column in across) if across else (_round(row, kind),)
    taken = [record for record in records if record is not None]
    if not taken and (cause := _bad_news(row)) is not None:
        row.leave(cause)
    yield from taken


def _bad_news(row: RegisterRow) -> MatterCause | None:
    """Return what a row tells that was not as it should be, though it is no round. None: it tells nothing such."""
    if _absent(row):
        return "sheet_absent"
    columns = (*row.register.table.of("at_slot"), "result", "text")
    said = [folded(row.value(column)).upper() for column in columns if not row.blank(column)]
    return "sheet_abnormal" if any(_is_abnormal(word) for word in said) else None


def _is_abnormal(word: str) -> bool:
    return word.startswith("异常") or word in result_words("bare")


def _at_slot(row: RegisterRow, column: str, kind: str) -> RoundRow | None:
    """Return the round that a cell below a slot's heading tells; None: none, or it is noted."""
    if row.blank(column):
        return None
    day, _ = row.moment(column)
    slot = read_slot(row.register.table.heading(column), kind)
    if day is None:
        if not any(note.level == "error" for note in row.notes):
            row.note("day", "day_missing", "error")
        return None
    if "-" not in slot:
        row.note(column, "slot_unread", "error")
        return None
    minute = read_clock(row.value(column))
    if minute is not None and slot.startswith("patrol"):
        row.note(column, "result_missing", "error")  # an hour is no word that all was well
        return None
    said = (False, "") if minute is not None else _result(row, "patrol" if slot.startswith("patrol") else "", column)
    if said is None:
        return None
    return RoundRow(slot=row.told(slot, day, minute), abnormal=said[0], text=said[1], absent=tuple(_absent(row)))


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
        details=_details(row),
        started=row.number("started", read_clock),
    )


def _details(row: RegisterRow) -> dict[str, str]:
    """Return the words about a disinfection; of its method the code. One that stands in no list is noted."""
    details = {name: row.text(name) for name in _WORDS if row.text(name)}
    method = row.number("method", _method)
    return {**details, "method": method} if method is not None else details


def _method(value: Value) -> str | None:
    return meanings("slots", "method").get(folded(value).upper())


def _result(row: RegisterRow, kind: str, column: str = "result") -> tuple[bool, str] | None:
    """Return whether a round was abnormal, and its words.

    None: the row does not say, or says that it was not made. Silence is no word that all was well: a patrol states
    its result. That a disinfection was made is all it says.
    """
    word, text, stated = folded(row.value(column)).upper(), row.text("text"), column
    if row.lost(column):
        row.note(column, "result_missing", "error")  # it may have said that nothing was done
        return None
    if row.blank(column):
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
        return False, text if column == stated else ""
    if word in result_words("bare"):
        return True, text if column == stated else ""
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
