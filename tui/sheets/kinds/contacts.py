"""A CDC's list of contacts: people with their grade, the day of last contact, and whose contacts they are.

What the list says of how and where they met, and where he is held, goes with the person as words. No fact is read
from it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import takewhile
from typing import Any, Final

from dutyboard.rules.law.facts import ContactGrade, Facts
from dutyboard.rules.records.commands.sheets import ContactData, RowPerson
from dutyboard.rules.records.model import AsWritten
from dutyboard.rules.records.texts import LONGEST
from dutyboard.tui.sheets import values
from dutyboard.tui.sheets.columns import folded, text
from dutyboard.tui.sheets.contact_grades import TitleGrade, grade_told
from dutyboard.tui.sheets.dates import Reckoning
from dutyboard.tui.sheets.headings import NAMES_OF_CONTACTS, OF_CONTACT, Headings
from dutyboard.tui.sheets.identity import read_ids, read_phones
from dutyboard.tui.sheets.kinds.arrivals import DATES, PersonRow, read_people
from dutyboard.tui.sheets.names import read_name
from dutyboard.tui.sheets.notes import Intake, Progress, RowNote
from dutyboard.tui.sheets.reader.files import SheetFile
from dutyboard.tui.sheets.reader.grids import Value
from dutyboard.tui.sheets.reading import Read
from dutyboard.tui.sheets.tables import SheetRow, SheetTable, read_tables
from dutyboard.tui.sheets.word_lists import meanings

NUMBERS_OF: Final[Mapping[str, tuple[str, str]]] = {
    "case_name": ("case_id", "case_phone"),
    "close_name": ("close_id", "close_phone"),
    "of_name": ("", ""),
}
BESIDE: Final = (OF_CONTACT, "relation", "way", "place", "measures", "held_at", "held_since", "asked_by", "letter")
"""Fields whose cells go with the person as they are written."""
HIMSELF: Final = {"name": "close_name", "id_no": "close_id", "phone": "close_phone"}
"""Fields of a list without a column of names: 密接姓名 is who is listed."""
_ONES: Final = re.compile(r"[、,;/\n]+|(?<=[\u3400-\u9fff])(?:和|及)(?=[\u3400-\u9fff])")
_ID: Final = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)|(?<!\d)\d{15}(?!\d)")
_PHONE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_BESIDE_NAME: Final = re.compile(r"\(.*?\)|^(?:密接|次密接|密切接触者|病例|关联病例)?(?:姓名)?[::]")
LONGEST_NAME: Final = 30


def read_contacts(
    path: SheetFile,
    year: int | None = None,
    progress: Progress | None = None,
    reckoning: Reckoning | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Intake[ContactData]:
    """Read every row of a list of contacts. Whom a row gives no grade has that of the title, if it says one plainly.

    `year` is taken for dates without one where neither row nor file tells, `reckoning` is that of the desk, `mapping`
    tells the fields of headings. Raises IntakeError.
    """
    tables = read_tables(path, Headings("contacts", mapping))
    left = [note for note in tables[0].notes if note.code == "row_left"]
    frames = {id(table): _frame(table, left, tables) for table in tables}
    reader_of: Callable[[SheetTable, SheetRow, Reckoning], ContactRow] = partial(_row_of, frames)
    intake = read_people(tables, reader_of, ContactRow.contacts, year, progress, reckoning or Reckoning())
    told = [note for table in tables for note in _of_table(table, frames[id(table)])]
    return replace(intake, notes=(*intake.notes, *told))


@dataclass(slots=True)
class _Frame:
    """The grade that stands over the rows of a table: `groups` by the line of the text. `used` are texts that decided.

    `himself`: the table has no other column of names than that of close contacts.
    """

    above: tuple[str, TitleGrade] | None
    groups: tuple[tuple[int, str, TitleGrade], ...]
    himself: bool
    used: dict[str, None]

    def over(self, line: int) -> tuple[str, TitleGrade] | None:
        """Return the nearest text over a line that tells a grade, with the grade."""
        groups = [(told, grade) for _, told, grade in takewhile(lambda each: each[0] < line, self.groups)]
        return groups[-1] if groups else self.above


def _frame(table: SheetTable, left: list[RowNote], tables: tuple[SheetTable, ...]) -> _Frame:
    first = table.lines[0].number if table.lines else 0
    before = max(
        (line.number for other in tables if other.sheet == table.sheet for line in other.lines if line.number < first),
        default=0,
    )
    groups = [
        (note.row, note.text, grade)
        for note in left
        if note.sheet == table.sheet and note.row > before and (grade := grade_told(note.text)) is not None
    ]
    above = next(filter(None, map(_grade_of, (*table.titles, (table.sheet,)))), None)
    himself = not table.of("name") and bool(table.of("close_name"))
    if above is None or above[1] == "both":
        heading = table.heading("close_name" if himself else "name")
        of_heading = "close" if himself else grade_told(heading.replace("姓名", ""))  # 次密接者信息 姓名
        above = (heading, of_heading) if of_heading is not None else above
    return _Frame(above, tuple(sorted(groups)), himself, {})


def _grade_of(texts: Iterable[str]) -> tuple[str, TitleGrade] | None:
    """Return the grade that texts of one place tell, with the first that tells one. Two that differ are both."""
    told = [(each, grade) for each in texts if (grade := grade_told(each)) is not None]
    if not told:
        return None
    return told[0][0], told[0][1] if len({grade for _, grade in told}) == 1 else "both"


def _of_table(table: SheetTable, frame: _Frame) -> Iterator[RowNote]:
    for told in frame.used:
        yield RowNote(0, table.heading("kind"), "grade_of_title", sheet=table.sheet, text=told)
    held = [field for field in ("held_at", "held_since") if table.of(field)]
    if held:
        yield RowNote(0, table.heading(held[0]), "held_told", sheet=table.sheet)


def _row_of(frames: Mapping[int, _Frame], table: SheetTable, line: SheetRow, by: Reckoning) -> "ContactRow":
    return ContactRow(table, line, by, frames[id(table)])


class ContactRow(PersonRow):
    """One row while it is read into a contact, or into those of several people in one cell."""

    dates = (*DATES, "last_exposure_on")

    def __init__(self, table: SheetTable, line: SheetRow, by: Reckoning, frame: _Frame) -> None:
        self.frame = frame
        super().__init__(table, line, by)

    def filled(self, field: str) -> list[str]:
        """Return the columns of a field that say something. Without a name of its own 密接姓名 is the person's."""
        own = super().filled(field)
        return own if own or field not in HIMSELF or not self.himself else super().filled(HIMSELF[field])

    @property
    def himself(self) -> bool:
        """True where the close contact is listed: by the table, or in a row that names no secondary one."""
        own = any(super(ContactRow, self).filled(each) for each in HIMSELF)
        return self.frame.himself or (not own and bool(super().filled("close_name")))

    def contacts(self, assumed: int | None) -> Iterator[ContactData]:
        """Yield the contact of the row, with whom he met. `assumed` is the year of dates without one."""
        self._category = self.graded()
        grade = self._category.contact
        fields = ("close_name", "of_name") if grade == "secondary" else ("case_name", "of_name")
        chosen = next((each for each in fields if self.named(each)), "") if grade in ("close", "secondary") else ""
        of = self.whom(chosen) if chosen else ()
        self._beside = self.beside(chosen)
        cells = self.cells(chosen)
        for person in self.persons(assumed):
            found_by = person.found_by or ("other_county" if self.filled("asked_by") or self.filled("letter") else "")
            yield ContactData(
                person=replace(person, found_by=found_by, as_written=self.written),
                of=of,
                column=chosen,
                cells=cells if of else (),
            )

    def text(self, field: str) -> str:
        """Return the texts of a field; the note with what else the row says of the contact."""
        own = super().text(field)
        if field != "note" or not self._beside:
            return own
        whole = "; ".join(each for each in (self._beside, own) if each)
        if len(whole) > LONGEST:
            for column in (*self.filled("note"), *(each for name in BESIDE for each in self.filled(name))):
                self.note(column, "text_cut")
        return whole[:LONGEST]

    def facts(self, times: dict[str, datetime]) -> Facts:
        """Return the facts of the row, with the day of last contact."""
        last = times.get("last_exposure_on")
        return replace(super().facts(times), last_exposure_on=last.date() if last is not None else None)

    # ------------------------------------------------------------ his grade

    def category(self) -> values.Category:
        """Return the grade of the row, read once."""
        return self._category

    def graded(self) -> values.Category:
        """Return what the row's own words say; where they give no grade, what stands over the row does."""
        said = self.read_each("kind", read_contact_category)
        lost = [values.UNREAD_CATEGORY for column in self.table.of("kind") if self.lost(column)]
        own = values.joined_category([*said, *lost])
        if own.contact != "none" or own.case_status != "none" or self.denied():
            return own
        over = self.frame.over(self.line.number)
        if self.himself and not self.frame.himself:
            over = (self.table.heading("close_name"), "close")
        if over is None or over[1] == "both":
            self.note(next(iter(self.filled("kind")), "kind"), "ungraded")
            return replace(own, contact="unspecified")
        grade: ContactGrade = over[1]
        self.frame.used[over[0]] = None
        for column in self.filled("kind"):
            self.keep(column)
        return replace(own, contact=grade)

    def denied(self) -> bool:
        """Return True where a word says that he is no contact."""
        none = {word for word, meaning in meanings("categories", "contact").items() if meaning == "none"}
        return any(values.word_of(self.line.cells.get(column)) in none for column in self.filled("kind"))

    # ------------------------------------------------------------ whose contact he is

    def named(self, field: str) -> bool:
        """Return True where a field, or a number beside it, says something. A list's own names name nobody else."""
        if self.himself and field == "close_name":
            return False
        return any(self.filled(each) for each in (field, *NUMBERS_OF[field]) if each)

    def whom(self, field: str) -> tuple[RowPerson, ...]:
        """Return those whom a field names. Numbers in columns of their own are theirs where there are as many."""
        own = self.column(field)
        named: tuple[RowPerson, ...] = self.read(own, read_ones)
        ones = list(named)
        id_field, phone_field = NUMBERS_OF[field]
        ids = self.read(self.column(id_field), read_ids) if self.filled(id_field) else ()
        phones = self.read(self.column(phone_field), read_phones) if self.filled(phone_field) else ()
        if ids and not ones:
            ones = [RowPerson() for _ in ids]
        if len(ids) == len(ones):
            ones = [
                replace(one, id_no=each.number[:LONGEST], warnings=(each.warning,) if each.warning else ())
                for one, each in zip(ones, ids)
            ]
        elif ids:
            self.note(self.column(id_field), "value_unread")
        if len(phones) == len(ones):
            ones = [replace(one, phone=each[:LONGEST]) for one, each in zip(ones, phones)]
        elif phones:
            self.note(self.column(phone_field), "value_unread")
        return tuple(one for one in ones if one.name or one.id_no)

    def cells(self, field: str) -> tuple[AsWritten, ...]:
        """Return the cells that name somebody, as they are written."""
        columns = [column for each in (field, *NUMBERS_OF.get(field, ())) if each for column in self.filled(each)]
        return tuple(
            AsWritten(
                sheet=self.table.sheet,
                row=self.line.number,
                field=column.partition("+")[0],
                heading=self.table.heading(column),
                text=self.line.written(column),
            )
            for column in columns
        )

    def beside(self, chosen: str) -> str:
        """Return what else the row says of the contact, each cell behind its heading.

        Names of people whose contact he is not by his grade are among it; their numbers stay as they are written.
        """
        names = [each for each in NAMES_OF_CONTACTS if each != chosen and self.named(each)]
        columns = [column for each in (*names, *BESIDE) for column in self.filled(each)]
        for each in names:
            for number in NUMBERS_OF[each]:
                for column in self.filled(number) if number else ():
                    self.note(column, "value_unread")
        said = [f"{self.table.heading(each)} {self.line.text(each)}" for each in columns if self.line.text(each)]
        return "; ".join(said)[:LONGEST]

    _category: values.Category = values.Category()
    _beside: str = ""


def read_contact_category(value: Value) -> Read[values.Category]:
    """Read a grade as a CDC writes it: `密接（同住）`, the word with a remark, which is kept."""
    read = values.read_category(value)
    word = values.word_of(value)
    bare = re.sub(r"\(.*?\)", "", word)
    if read.understood or bare == word:
        return read
    again = values.read_category(bare)
    if again.understood and again.value.contact in ("close", "secondary"):
        return Read(again.value, ("partly_read",))
    return read


def read_ones(value: Value) -> Read[tuple[RowPerson, ...]]:
    """Read the people whom a cell names, each with the number or the phone beside his name."""
    written = unicodedata.normalize("NFKC", text(value)).strip()
    nothing: dict[str, Any] = {**meanings("answers", "nobody"), **meanings("answers", "unasked")}
    ones: list[RowPerson] = []
    unread = False
    for part in filter(None, (each.strip() for each in _ONES.split(written))):
        if folded(part) in nothing:
            continue
        ids, phones = _ID.findall(part.upper()), _PHONE.findall(part)
        rest = part
        for number in (*ids, *phones):
            rest = re.sub(number, " ", rest, flags=re.IGNORECASE)
        name = read_name(re.sub(r"^\d{1,3}\s*[.、)]", "", _BESIDE_NAME.sub("", rest).strip()))
        one = read_ids(ids[0]).value[0] if len(ids) == 1 else None
        if len(ids) > 1 or len(phones) > 1 or len(name) > LONGEST_NAME or not (re.search(r"[^\W\d_]", name) or one):
            unread = True
            continue
        ones.append(
            RowPerson(
                name=name if re.search(r"[^\W\d_]", name) else "",
                id_no=one.number if one is not None else "",
                phone=phones[0] if phones else "",
                warnings=(one.warning,) if one is not None and one.warning else (),
            )
        )
        unread = unread or bool(re.search(r"\(.*?\)", rest))
    return Read(tuple(ones), ("partly_read",) if unread else ())
