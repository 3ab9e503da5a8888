"""Words of an import: statements about a row, and reasons why a file cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutyboard.rules.records.outcome import RowCode
    from dutyboard.tui.sheets.notes import ErrorCode, NoteCode


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """Sentences by code: `rows` about one row, `files` about a file that cannot be read."""

    rows: Mapping[NoteCode | RowCode, str]
    files: Mapping[ErrorCode, str]
