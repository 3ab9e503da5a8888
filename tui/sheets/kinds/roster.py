"""The annex form of the notice (新冠肺炎疫情防控工作专班花名册). Each unit has its sheet, named above the table."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from dutyboard.rules.people.identity import name_key
from dutyboard.rules.records.commands.sheets import RosterSheet
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.outcome import Level
from dutyboard.tui.sheets.blocks import is_group
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.dates import day_told
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.identity import read_phones
from dutyboard.tui.sheets.names import read_names
from dutyboard.tui.sheets.notes import Intake, NoteCode, Progress, RowNote
from dutyboard.tui.sheets.reader.files import SheetFile
from dutyboard.tui.sheets.tables import SheetRow, SheetTable, read_tables
from dutyboard.tui.sheets.unit_titles import BEHIND_UNIT, unit_above, unit_of_table
from dutyboard.tui.sheets.word_lists import word_list

PART_TIME = ("兼职", "不专职")
"""Words of the note 备注 by which a row is not full-time; every other row is (O52)."""
_DIRECTOR: Final = re.compile(
    r"(?:新冠)?(?:肺炎)?(?:疫情)?(?:联防联控|防控|防疫)?(?:工作)?(?:专班|指挥部|领导小组)?的?办公室主任|专班主任"
    r"|(?:疫情)?(?:防控|防疫)办主任"
)
"""The title or duty of a director, whole between signs: 协助办公室主任 is another one's."""
_ANOTHER: Final = re.compile(r"(?:协助|联系|配合|对接|服务|服从|受|听|向|由|经|报|原|前|曾)")
"""Words before a director who is somebody else, or who was one: 协助李四(办公室主任)."""
_PARTS: Final = re.compile(r"[、,;/+()\s]|兼任?|任(?=专班|办公室)")
_FIRST_RESPONSIBLE: Final = re.compile(
    rf".*?(?:第一责任人|Firstresponsibleperson)(?:\(签字\))?(?!:?(?:未定|待定|无|notnamed)(?:$|{BEHIND_UNIT})):?([^:]+?)(?:{BEHIND_UNIT}.*)?"
)
_ROLES: Final = r"(?:常务|第一|执行)?(?:副?组长|成员|组员|副?主任|副?指挥长|副?队长|队员|联络员|政委|顾问)"
_ROLE: Final = re.compile(rf"{_ROLES}:(?=.)|^\s*{_ROLES}(?:\s*\d*\s*[:、.]\s*|\s+)(?=\S)")
"""The word for a part of the group, before a name: 组长:张三, 副组长 张三."""
_NO_NAME: Final = re.compile(
    rf"\(?(?:{_ROLES}|联系人|负责人|牵头人|成员单位|责任单位)\)?:?(?:\((?:\D?\d+[人名]|空缺)\))?[:·.]?"
)
"""A word that opens a group, with the number of its people behind it: 组长:, (成员), 组长(1人). It names nobody."""


def read_roster(
    path: SheetFile, progress: Progress | None = None, mapping: Mapping[str, str] | None = None
) -> Intake[RosterSheet]:
    """Read each sheet's unit, and its members with their lines. A row without a name is rejected. Raises
    IntakeError."""
    tables = read_tables(path, Headings("roster", mapping))
    notes: list[RowNote] = [note for table in tables for note in table.notes]
    sheets: dict[str, RosterSheet] = {}
    of_units: dict[tuple[str, str], list[tuple[SheetTable, int, Officer]]] = {}
    for done, table in enumerate(tables, start=1):
        unit, principal = _headed(table)
        members = tuple(member for line in table.lines for member in _members(table, line, notes, known=bool(unit)))
        for number, officer in members:
            of_units.setdefault((unit, name_key(officer.name)), []).append((table, number, officer))
        if unit:
            # Tables of one unit are one form: whoever stands on none of them has left it.
            held = sheets.get(
                unit, RosterSheet(unit=unit, members=(), sheet=table.sheet, told_on=day_told(table.titles))
            )
            principal = held.first_responsible or principal
            sheets[unit] = replace(held, members=(*held.members, *members), first_responsible=principal)
        if progress is not None:
            progress(done, len(tables))
    for alike in of_units.values():
        if len(alike) > 1 and not all(officer.phone for _, _, officer in alike):
            # Nothing tells the two of one unit apart, and the next roster may take one for the other.
            notes += [
                RowNote(number, table.heading("name"), "namesakes_unphoned", sheet=table.sheet, text=officer.name)
                for table, number, officer in alike
            ]
    unread = tuple(cell for table in tables for cell in table.unread)
    return Intake(tuple(sheets.values()), tuple(notes), tables[0].headings, unread)


def _headed(table: SheetTable) -> tuple[str, str]:
    """Return the unit of a table, and who is first responsible by what stands above it.

    What stands above another unit's table tells nothing of this one.
    """
    principal = ""
    for level in table.titles:
        principal = principal or _above(level, _FIRST_RESPONSIBLE)
        if unit_above(level) is not None:
            break
    return unit_of_table(table.titles, table.sheet), principal


def _above(above: Sequence[str], wanted: re.Pattern[str]) -> str:
    """Return what a line above the table says behind a heading; "": no line has it."""
    named = (wanted.fullmatch(folded(line)) for line in above)
    return next((match[1] for match in named if match), "")


def _members(table: SheetTable, line: SheetRow, notes: list[RowNote], *, known: bool) -> Iterator[tuple[int, Officer]]:
    """Yield the officer of a row; of several names in one cell each. `known`: the sheet tells the unit."""

    def note(column: str, code: NoteCode, level: Level = "warning") -> None:
        where, written = line.place(column), line.written(column)
        notes.append(RowNote(line.number, table.heading(column), code, level, table.sheet, where, written))

    names = read_names(_ROLE.sub("", unicodedata.normalize("NFKC", line.text("name"))))
    if not any(names.value) or _is_group_word(line.text("name")):
        note("name", "name_missing", "error")
        return
    if not known:
        note("name", "unit_missing", "error")
        return
    for code in names.notes:
        note("name", code)
    phones = read_phones(line.cells.get("phone"))
    several = len(names.value) > 1
    own = len(phones.value) == len(names.value)
    for code in phones.notes:
        if not (own and several and code == "phone_more"):
            note("phone", code)
    title = line.text("title")
    duty, director = _without_mark(line.text("duty"), "director")
    remark, full_time = _without_mark(line.text("note"), "full_time")
    director = _says_director(title, duty) if director is None else director
    for place, name in enumerate(names.value):
        yield (
            line.number,
            Officer(
                id=0,
                name=name,
                title=title,
                phone=phones.value[place] if own else phones.value[0] if phones.value else "",
                duty=duty,
                note=remark,
                director=director and not several,
                full_time=_says_full_time(remark) if full_time is None else full_time,
            ),
        )


def _is_group_word(written: str) -> bool:
    """Return True for a cell of names that opens a group of officers."""
    word = folded(written)
    return _NO_NAME.fullmatch(word) is not None or is_group(word)


def with_marks(officer: Officer, language: str) -> tuple[str, str]:
    """Return duty and note of an officer as printed, with a mark where they say otherwise than his record."""
    duty, note, marks = officer.duty, officer.note, word_list("answers")["roster_marks"][language]
    if _says_director(officer.title, duty) != officer.director or _without_mark(duty, "director")[0] != duty:
        duty += marks["director"][officer.director]
    if _says_full_time(note) != officer.full_time or _without_mark(note, "full_time")[0] != note:
        note += marks["full_time"][officer.full_time]
    return duty, note


def _says_director(title: str, duty: str) -> bool:
    """Return True if a title or a duty is that of a director."""
    if folded(duty) == "主任":
        return True
    posts = (post for each in (title, duty) for post in re.split("[、,;/+]", folded(each)))
    own = (post.partition(":")[0] for post in posts if not _ANOTHER.match(post))
    return any(_DIRECTOR.fullmatch(part) for post in own for part in _PARTS.split(post))


def _says_full_time(note: str) -> bool:
    """Return True unless a note says that he is not full-time."""
    return not any(word in note for word in PART_TIME)


def _without_mark(written: str, marks: Literal["director", "full_time"]) -> tuple[str, bool | None]:
    """Return a cell without what our own report adds to it, and that as an answer; None: it adds nothing."""
    for of_language in word_list("answers")["roster_marks"].values():
        for answer, mark in enumerate(of_language[marks]):
            if written.endswith(mark):
                return written.removesuffix(mark), bool(answer)
    return written, None
