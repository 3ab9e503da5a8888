"""List of a temperature round as a site hands it in: room or person, °C, symptom or absent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from dutyboard.rules.people.rooms import residents
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.sheets.columns import cleaned_cells, fold_heading, folded, text
from dutyboard.tui.sheets.notes import RowNote
from dutyboard.tui.sheets.reader.grids import Grid, Value
from dutyboard.tui.sheets.values import read_degrees

RowProblem = Literal["nobody", "several", "not_degrees"]
_ROOM: Final = frozenset({"room", "房号", "房间", "房间号", "室", "室号"})
_PERSON: Final = frozenset({"person", "name", "人员", "姓名", "被隔离人员"})
_DEGREES: Final = frozenset({"temp", "temp_c", "temperature", "°c", "c", "体温", "温度", "度"})
_SYMPTOM: Final = frozenset({"symptom", "symptoms", "absent", "note", "症状", "备注", "情况", "不在", "症状或不在"})
_USUAL: Final = frozenset({"", "-", "无", "没有", "正常", "none", "no", "normal"})
_AWAY: Final = ("absent", "away", "不在", "缺席", "外出", "未在")
_PLACES: Final = {"room": 1, "person": 1, "temp": 2, "symptom": 3}
"""Columns of a list without headings, from 1. What stands first is a room if it is one, else a person."""


class RoundRowError(ValueError):
    """A row that cannot be read. `row` is its line, `cell` its text, which names no more than the file does."""

    def __init__(self, row: int, problem: RowProblem, cell: str) -> None:
        super().__init__(f"{row} {problem}")
        self.row = row
        self.problem = problem
        self.cell = cell


@dataclass(slots=True)
class RoundList:
    """Temperatures, symptoms and absent people of a list, by `person-12`; the words stand beside the last two."""

    readings: dict[str, float] = field(default_factory=dict)
    first: dict[str, float] = field(default_factory=dict)
    symptoms: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    notes: list[RowNote] = field(default_factory=list)
    """The cells that held characters which are not kept, `signs_removed`."""


def read_round(grids: Sequence[Grid], snapshot: Snapshot, site_id: int) -> RoundList:
    """Return what the first sheet tells of the people at a site. Of two readings of one, the first is kept beside.

    A row without a temperature, a symptom or a word for absent is a person not measured. Raises RoundRowError.
    """
    found = RoundList()
    places: dict[str, int] | None = None
    headings: Mapping[int, Value] = {}
    shown = next((grid for grid in grids if not grid.hidden), None)
    for row in shown.rows if shown is not None else ():
        number = row.line
        cells, unclean = cleaned_cells({cell.column: cell.value for cell in row.cells})
        if places is None:
            places = _headings(cells)
            if places is not None:
                headings = cells
                continue
            places = dict(_PLACES)
        read = [at for at in unclean if at in places.values()]
        names = (text(headings.get(at)) if headings else str(at) for at in read)
        found.notes += [RowNote(number, each, "signs_removed") for each in names]
        person = _person(cells, places, number, snapshot, site_id)
        if person is not None:
            _read_row(found, person, _cell(cells, places, "temp"), _cell(cells, places, "symptom"), number)
    return found


def _headings(cells: Mapping[int, Value]) -> dict[str, int] | None:
    """Return the columns that a row of headings names; None: the row is none."""
    words = [(at, fold_heading(cell).casefold()) for at, cell in cells.items()]
    known = {"room": _ROOM, "person": _PERSON, "temp": _DEGREES, "symptom": _SYMPTOM}
    places = {key: at for at, word in reversed(words) for key, those in known.items() if word in those}
    return places if "temp" in places and places.keys() & {"room", "person"} else None


def _cell(cells: Mapping[int, Value], places: dict[str, int], key: str) -> Value:
    at = places.get(key)
    return cells.get(at) if at is not None else None


def _person(
    cells: Mapping[int, Value], places: dict[str, int], row: int, snapshot: Snapshot, site_id: int
) -> Subject | None:
    named = text(_cell(cells, places, "person")) if "person" in places else ""
    room = folded(_cell(cells, places, "room")).removesuffix("室") if "room" in places else ""
    if room and places.get("room") != places.get("person"):
        inside = residents(snapshot, site_id)
        found = [each for each in inside if str(each.room) == room and named in ("", each.name)]
        return _one(found, row, f"{room} {named}".strip())
    if not named and not room:
        return None
    return _one(who(named or room, snapshot, site_id), row, named or room)


def who(typed: str, snapshot: Snapshot, site_id: int) -> list[Person]:
    """Return those whom a room of a site, a name or `person-12` names; a name may be of somebody elsewhere."""
    inside = residents(snapshot, site_id)
    room = folded(typed).removesuffix("室")
    in_room = [each for each in inside if str(each.room) == room]
    if in_room:
        return in_room
    subject = Subject.parse(typed)
    if subject is not None and subject.kind == "person":
        return [snapshot.persons[subject.number]] if subject.number in snapshot.persons else []
    return [each for each in inside if each.name == typed] or [
        each for each in snapshot.persons.values() if each.name == typed
    ]


def _one(found: Sequence[Person], row: int, cell: str) -> Subject:
    if len(found) != 1:
        raise RoundRowError(row, "several" if found else "nobody", cell)
    return subject_id(found[0])


def _read_row(found: RoundList, person: Subject, degrees: Value, told: Value, row: int) -> None:
    typed, words = folded(degrees), text(told)
    away = next((each for each in (text(degrees), words) if folded(each).casefold().startswith(_AWAY)), None)
    if away is not None:
        found.absent[person] = away
        return
    if words.casefold() not in _USUAL:
        found.symptoms[person] = words
    if typed in _USUAL:
        return
    value = read_degrees(degrees)
    if value is None:
        raise RoundRowError(row, "not_degrees", typed)
    if person in found.readings:
        found.first.setdefault(person, found.readings[person])
    found.readings[person] = value
