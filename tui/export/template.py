"""An empty sheet of a kind, to fill in: headings, words to choose from, an example, a hidden guide."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO, Final, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import SheetKind
from dutyboard.tui.sheets.headings import own_headings
from dutyboard.tui.sheets.word_lists import word_list
from dutyboard.tui.terminal.cells import width
from dutyboard.tui.text import Words

CellForm = Literal["text", "day", "time", "number"]
LAST_ROW: Final = 10_000
"""The last row that offers words to choose from."""
_FORMATS: Final[Mapping[CellForm, str]] = {
    "text": "@",  # 18 digits stay 18 digits, 3-5 becomes no day
    "day": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm",
    "number": "General",
}


@frozen(kw_only=False)
class TemplateField:
    """One column of an empty sheet: its field, its heading, and what is told of it."""

    name: str
    heading: str
    about: str
    example: str
    needed: bool
    choices: tuple[str, ...]
    form: CellForm

    @property
    def cell(self) -> str | datetime:
        """The example as its cell holds it."""
        timed = self.form in ("day", "time") and self.example
        return datetime.fromisoformat(self.example) if timed else self.example


def template_fields(kind: SheetKind, language: str) -> list[TemplateField]:
    """Return the columns of an empty sheet, in the order of the desk's own headings."""
    told: Mapping[str, Mapping[str, Any]] = word_list("templates").get(kind, {})
    fields = []
    for name, heading in own_headings(kind).items():
        said = told.get(name, {})
        fields.append(
            TemplateField(
                name,
                heading,
                said.get(language, ""),
                said.get("example", ""),
                said.get("needed", False),
                tuple(said.get("choices", ())),
                said.get("cell", "text"),
            )
        )
    return fields


def write_template(kind: SheetKind, words: Words, file: BinaryIO) -> None:
    """Write the workbook of an empty sheet. Raises OSError."""
    book, fields = Workbook(write_only=True), template_fields(kind, words.language)
    sheet = book.create_sheet(words.desk_acts.sheet_kinds[kind])
    above = word_list("templates")["above"].get(kind, [])
    heading_row = len(above) + 1
    for number, each in enumerate(fields, start=1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.number_format = _FORMATS[each.form]
        column.width = max(width(each.heading), width(each.example), 6) + 4
    sheet.freeze_panes = f"A{heading_row + 1}"
    for line in above:
        sheet.append([line])
    sheet.append([_cell(sheet, each.heading, bold=True) for each in fields])
    sheet.append(_example(sheet, fields))
    for number, each in enumerate(fields, start=1):
        letter = get_column_letter(number)
        sheet.data_validations.append(_hint(each, f"{letter}{heading_row + 1}:{letter}{LAST_ROW}"))
    _write_guide(book, fields, words)
    made = BytesIO()  # a workbook is written here and there; a pipe takes it in one go
    book.save(made)
    file.write(made.getvalue())
    file.flush()


def _example(sheet: Any, fields: Sequence[TemplateField]) -> list[Any]:
    """Return the row of the example, whose name says that it is one."""
    marked = next((each for each in fields if each.name == "name"), fields[0])
    mark = word_list("templates")["mark"]["name"]
    row = []
    for each in fields:
        cell = _cell(sheet, f"{mark}{each.example}" if each is marked else each.cell, italic=True)
        cell.number_format = _FORMATS[each.form]
        row.append(cell)
    return row


def _hint(field: TemplateField, cells: str) -> DataValidation:
    """Return the rule of a column: its words to choose from, and what to write. It forbids no other word."""
    rule = DataValidation(type="list", formula1=f'"{",".join(field.choices)}"') if field.choices else DataValidation()
    rule.allow_blank, rule.showErrorMessage = True, False
    if field.about:
        rule.promptTitle, rule.prompt, rule.showInputMessage = field.heading, field.about, True
    rule.add(cells)
    return rule


def _write_guide(book: Any, fields: Sequence[TemplateField], words: Words) -> None:
    """Write the hidden sheet that tells of each field."""
    said = words.sheets
    guide = book.create_sheet(said.guide_sheet)
    guide.sheet_state = "hidden"
    for letter, cells in zip("ABCDEF", (16, 16, 8, 60, 40, 50)):
        guide.column_dimensions[letter].width = cells
    guide.append([_cell(guide, each, bold=True) for each in said.guide_columns])
    for each in fields:
        needed = said.guide_needed if each.needed else ""
        row = (each.heading, each.name, needed, each.about, each.example, "、".join(each.choices))
        guide.append([_cell(guide, told) for told in row])


def _cell(sheet: Any, value: str | datetime, *, bold: bool = False, italic: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value or None)
    cell.font = Font(bold=bold, italic=italic, color="FF808080" if italic else None)
    if bold:
        cell.alignment = Alignment(horizontal="center", vertical="center")
    return cell
