"""The result of reading a sheet: records with notes (`RowNote`), or an `IntakeError` if it is no such sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import IdWarning, PhoneWarning
from dutyboard.rules.records.commands.sheets import UntakenRow
from dutyboard.rules.records.outcome import (
    FieldChange,
    FoundPositive,
    ImportRow,
    ImportTally,
    LeftToSee,
    Level,
    ToldUnlike,
)
from dutyboard.rules.records.transaction import Accepted

CellCode = Literal[
    # cells that are taken as not known, or with a doubt
    "year_assumed",
    "year_unknown",  # no other date tells the year, and none was given: the fact stays unknown
    "date_unread",
    "value_unread",
    "signs_removed",  # characters that are not kept were taken out
    "error_value",  # #N/A and its like: taken as blank
    "formula_unread",  # no result is stored with it: taken as blank
    "number_cut",  # more digits than Excel keeps: zeros stand for the last
    "cell_too_long",  # more than Excel lets a cell hold: taken as blank
    # rows and columns of which the reader tells
    "row_hidden",
    "column_hidden",
    "quote_open",  # a quote does not close: taken to end with its line
    "signs_lost",  # bytes that are no characters
    # the file as a whole
    "sheet_hidden",  # left out
    "sheet_unread",  # it holds no table of the kind, or says that it is a sample
    "block_unread",  # a table of another kind
    "row_left",  # a total, a heading of a group, a line for a signature
    "row_sample",
    "heading_unread",  # no field of the desk is known by it: its cells are kept as written
    "heading_left",  # left out by whoever sent the sheet
    "heading_known",  # read as the unit has answered before
    "map_unused",  # a heading of the mapping that no table has
    "field_twice",  # another column of the same field says something else: kept as written
    "gb18030_read",
    "old_format_read",
    "styles_unread",
    "comments_unread",
    "comments_untold",
    "comment_kept",  # somebody wrote beside the cell: kept as written
    "place_unknown",  # no county of the register, no border
    "partly_read",  # a part of the cell says more than was read
    "card_star",  # a travel card with a star beside a city: no colour, and no answer
    "phone_more",  # a second number, or a remark beside it
    "several_people",
    "name_unusual",  # signs in place of a name, a digit in it, a word that names nobody
    "phone_is_id",
    "id_is_phone",
    "age_against_id",
    "birth_against_id",
    "namesakes_unphoned",  # of one unit: nothing tells them apart
    "point_assumed",  # 365 taken as 36.5
    "time_vague",  # 左右, 凌晨: the hour is not what was written alone
    "weekday_differs",  # 周一 beside a Tuesday: one of the two is a slip
    "day_relative",  # 昨天: counted from the day of the import
    "day_of_title",  # no column tells the day
    "range_end",
    "several_places",
    "place_renamed",
    "day_beside_place",
    "sex_against_id",
    "border_unsaid",  # 入境人员, and no border in the place of origin
    "stay_missing",  # a day of leaving, and no place on the mainland that was left
    "text_cut",  # longer than a text of the desk may be
    "ends_before_starts",
    "code_against_name",  # an area's code is that of another prefecture than its name
    "taken_as_pcr",  # nothing in the table says what was examined
    "result_awaited",  # no result stands beside the sample
    "grade_of_title",  # no word of the row gives a grade of contact: that of the title, which says it plainly
    "ungraded",  # neither row nor title gives one: a contact, and which is to be asked
    "held_told",  # where and since when people are held is kept as words: nobody is admitted by a list
    # rows that cannot be what the sheet lists
    "no_result",  # the time of a test, and no result
    "not_sampled",
    "examined_otherwise",  # an antigen, an image: no test of the notice
    "name_missing",
    "unit_missing",
    "rooms_unread",
    "state_unread",
    "level_unread",
    "code_unread",
    "start_missing",
    "day_missing",
    "slot_unread",
    "result_missing",  # a patrol that does not say what it found
    "result_unread",  # words of a result that are not known: taken as abnormal
    "round_undone",
    "symptom_assumed",  # words in a column of symptoms that are not known: taken as one
]
NoteCode = IdWarning | PhoneWarning | CellCode
MOST_TEXT = 500
"""Characters of a cell that go with a note and stay with a person."""
COUNTS = ("accepted", "updated", "duplicates", "rejected", "touched", "linked", "unlinked")
Progress = Callable[[int, int], None]
"""Called with (rows done, rows in all)."""

T = TypeVar("T")


@frozen(kw_only=False)
class RowNote:
    """A note on a row that is rejected (error) or taken with a doubt (warning).

    `row` is the line in the sheet, title included, 0 for the file as a whole; `column` the heading of the cell as the
    sheet writes it, `place` its address (`C7`), `text` what stands there, where it is told.
    """

    row: int
    column: str
    code: NoteCode
    level: Level = "warning"
    sheet: str = ""
    place: str = ""
    text: str = ""


@frozen(kw_only=False)
class UnreadCell:
    """A cell, or a row (`heading` ""), that was read into no field: where it stands, and its text."""

    sheet: str
    place: str
    heading: str
    text: str


@frozen(kw_only=False)
class Intake(Generic[T]):
    """The content of a file: a record for each row in order, notes, and the headings of fields as written."""

    records: tuple[T, ...]
    notes: tuple[RowNote, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[UnreadCell, ...] = ()
    untaken: tuple[UntakenRow, ...] = ()
    """Rejected rows that tell bad news."""


@dataclass(frozen=True)
class SheetReport:
    """Counts of an import and the notes on its rows, in the order of the sheet.

    `changes` are facts that rows changed on the desk, `contradictions` what they tell unlike it.
    """

    counts: Mapping[str, int]
    rows: tuple[RowNote | ImportRow, ...]
    unread: tuple[UnreadCell, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    contradictions: tuple[ToldUnlike, ...] = ()
    positives: tuple[FoundPositive, ...] = ()
    left_to_see: tuple[LeftToSee, ...] = ()
    """Findings that rows leave which are not taken."""

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets that have notes."""
        return tuple(
            dict.fromkeys(row.sheet for row in (*self.rows, *self.changes, *self.contradictions, *self.left_to_see))
        )


def row_report(intake: Intake[Any], answer: Accepted) -> SheetReport:
    """Join the notes of reading with the outcome of the desk, whose fields get the sheet's headings."""
    tally = answer.outcome
    assert isinstance(tally, ImportTally)
    rows: list[RowNote | ImportRow] = list(intake.notes)
    rows += [replace(row, column=intake.headings.get(row.column, row.column)) for row in tally.rows]
    sheets = list(dict.fromkeys(row.sheet for row in rows))
    rows.sort(key=lambda row: (sheets.index(row.sheet), row.row))
    counts, told = row_counts(intake, answer), (tally.changes, tally.contradictions, tally.positives, tally.left_to_see)
    return SheetReport(counts, tuple(rows), _unread(intake), *told)


def row_counts(intake: Intake[Any], answer: Accepted) -> dict[str, int]:
    """Return how many rows were accepted, updated, duplicates and rejected.

    Of areas also `touched`, the people to be called; of contacts who is linked to whom he met, and who is not.
    """
    unread = {(note.sheet, note.row) for note in intake.notes if note.level == "error"}
    counts = {key: count for key in COUNTS if (count := getattr(answer.outcome, key)) is not None}
    return {**counts, "rejected": counts["rejected"] + len(unread)}


_UNREAD: frozenset[NoteCode] = frozenset(
    {
        "value_unread",
        "partly_read",
        "card_star",
        "date_unread",
        "place_unknown",
        "field_twice",
        "formula_unread",
        "cell_too_long",
        "stay_missing",
    }
)
"""Notes on cells of fields whose text, or a part of it, is in no field."""


def _unread(intake: Intake[Any]) -> tuple[UnreadCell, ...]:
    """Return every cell, column and row that was read into no field, or only in part."""
    of_fields = (
        UnreadCell(note.sheet, note.place, note.column, note.text)
        for note in intake.notes
        if note.code in _UNREAD and note.place and note.text
    )
    return (*intake.unread, *dict.fromkeys(of_fields))
