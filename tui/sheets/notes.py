"""What reading a sheet has to say: of one row (`RowNote`), or of a file that is no such sheet (`IntakeError`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

Level = Literal["error", "warning"]
NoteCode = Literal[
    # identity: warned of, never blocking
    "id_missing",
    "id_length",
    "id_date",
    "id_check_digit",
    "phone_missing",
    "phone_unusual",
    # cells
    "year_assumed",
    "year_unknown",  # no other date tells the year, and none was given: the fact stays unknown
    "date_unread",
    "value_unread",
    "place_unknown",  # no county of the register, no border
    # rows that cannot be what the sheet lists
    "name_missing",
    "unit_missing",
    "rooms_unread",
    "state_unread",
    "level_unread",
    "code_unread",
    "start_missing",
]
ErrorCode = Literal[
    "file_missing",  # {file}
    "file_unreadable",  # {file}
    "old_excel",  # {file}: .xls, which must be saved as .xlsx first
    "not_a_workbook",  # {file}
    "encoding_unread",  # {file}: neither UTF-8 nor GB18030
    "no_header",  # {file, wanted}: no row names the columns this sheet must have
]
Progress = Callable[[int, int], None]
"""Called with (rows done, rows in all)."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowNote:
    """A row that is rejected (error) or taken with a doubt (warning). `row` is the line in the sheet, title included;
    `column` its heading as the sheet writes it."""

    row: int
    column: str
    code: NoteCode
    level: Level = "warning"
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Intake(Generic[T]):
    """What a file holds: drafts in the order of its rows, notes, and each field's heading as the sheet writes it."""

    drafts: tuple[T, ...]
    notes: tuple[RowNote, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)


class IntakeError(Exception):
    """The file as a whole cannot be read; `code` says why, `fields` what the sentence names."""

    def __init__(self, code: ErrorCode, **fields: Any) -> None:
        super().__init__(code)
        self.code: ErrorCode = code
        self.fields = fields


def row_report(intake: Intake[Any], outcome: Mapping[str, Any]) -> dict[str, Any]:
    """The notes of reading and the outcome of the desk as one: `{"accepted", "updated", "duplicates", "rejected",
    "rows": [{"row", "column", "code", "level"}]}` (design.md section 7), rows in the order of the sheet.
    Areas also say `touched`: how many people already registered are to be called.

    A row of several sheets also says `sheet`. The desk names fields; here they get the sheet's own headings.
    """
    rows = [
        {"row": note.row, "column": note.column, "code": note.code, "level": note.level, "sheet": note.sheet}
        for note in intake.notes
    ]
    rows += [{**row, "column": intake.headings.get(row["column"], row["column"])} for row in outcome["rows"]]
    sheets = list(dict.fromkeys(row["sheet"] for row in rows))
    rows.sort(key=lambda row: (sheets.index(row["sheet"]), row["row"]))
    unread = {(n.sheet, n.row) for n in intake.notes if n.level == "error"}
    return {
        **{key: outcome[key] for key in ("accepted", "updated", "duplicates")},
        "rejected": outcome["rejected"] + len(unread),
        **{key: outcome[key] for key in ("touched",) if key in outcome},
        "rows": [{key: row[key] for key in row if key != "sheet" or len(sheets) > 1} for row in rows],
    }
