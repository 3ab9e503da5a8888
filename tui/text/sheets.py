"""Words of an import: statements about a row, and reasons why a file cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.records.outcome import RowCode
    from dutyboard.tui.sheets.notes import NoteCode
    from dutyboard.tui.sheets.reader.intake_error import ErrorCode


@frozen
class SheetWords:
    """Sentences by code: `rows` about a row or a whole file, `files` about a file that cannot be read.

    `with_text` joins a sentence about a row with what stands in the cell. `changed` and `unlike` tell both values of a
    field: changed by a row, and told unlike the record. `left_to_see` tells what of a rejected row is a finding.
    """

    rows: Mapping[NoteCode | RowCode, str]
    row_marks: Mapping[str, str]
    numbers_hidden: str
    reports: Mapping[str, str]
    """Sentences of a report sheet that is not written."""
    with_text: str
    changed: str
    unlike: str
    left_to_see: str
    files: Mapping[ErrorCode, str]
    rows_on_screen: Mapping[str, str]
    files_on_screen: Mapping[str, str]
    """Sentences of rows and files whose remedy on the screen is another than on the command line."""
    guide_sheet: str
    guide_columns: tuple[str, ...]
    """Headings of the guide in an empty sheet: heading, field, needed, meaning, example, words."""
    guide_needed: str


@frozen
class IntakeWords:
    """Sentences of the steps of an import, and of the headings that imports remember."""

    known: str
    known_title: str
    known_hint: str
    none_known: str
    forget_asked: str
    forgotten: str
    look: str
    form_keys: str
    how_to_paste: str
    at_door: str
    paste_here: str
    pasted: str
    pasted_name: str
    pasted_hint: str
    no_such_path: str
    pick_file: str
    pick_file_hint: str
    reading: str
    reading_rows: str
    deciding: str
    reading_left: str
    columns: str
    columns_asked: str
    columns_risky: str
    columns_keys: str
    heading: str
    place: str
    samples: str
    tells: str
    must_say: str
    stays: str
    left_out: str
    leave_out: str
    column_title: str
    column_hint: str
    must_answer: str
    preview: str
    preview_keys: str
    counts: str
    row: str
    row_says: str
    part_left_to_see: str
    part_rejected: str
    part_unlike: str
    part_changes: str
    part_headings: str
    part_doubts: str
    known_used: str
    unread: str
    result: str
    done: str
    nothing_new: str
    other_counts: str
    positive: str
    kept: str
    how_to_undo: str
    result_keys: str
    report_title: str
    report_file: str
    report_stem: str
    report_hidden: str
    report_name: str
    report_exists: str
    report_writing: str
    report_written: str
    report_at_door: str
    result_only: str
