"""Age and date of birth as a sheet tells them, held against those of the ID number."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.headings import heading_key
from dutyboard.tui.sheets.notes import NoteCode
from dutyboard.tui.sheets.reader.grids import Cell, Value
from dutyboard.tui.sheets.word_lists import word_list

YEARS_APART: Final = 2
"""People count a year or two more than have passed (虚岁)."""
_AGE: Final = re.compile(r"(\d{1,3})(?:\.0+)?(?:周?岁)?")
_BORN: Final = re.compile(r"((?:19|20)\d\d)[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})[日号]?)?月?")


def against_id(
    rest: Iterable[tuple[str, Cell]], born: date, today: date | None
) -> Iterable[tuple[str, Cell, NoteCode]]:
    """Yield each cell of an age or a birth, with its heading, that is not that of an ID number.

    `born` is the day in the number, `rest` are cells under headings that tell no field. A cell that is neither says
    nothing against it.
    """
    told = word_list("headings")["against_id"]
    for heading, cell in rest:
        key = heading_key(heading)
        if key in told["age"] and today is not None and _other_age(cell.value, born, today):
            yield heading, cell, "age_against_id"
        if key in told["born"] and _other_birth(cell.value, born):
            yield heading, cell, "birth_against_id"


def _other_age(value: Value, born: date, today: date) -> bool:
    found = _AGE.fullmatch(folded(value))
    lived = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return found is not None and not lived <= int(found[1]) <= lived + YEARS_APART


def _other_birth(value: Value, born: date) -> bool:
    if isinstance(value, datetime):
        return value.date() != born
    if isinstance(value, date):
        return value != born
    found = _BORN.fullmatch(folded(value))
    if found is None:
        return False
    year, month, day = (int(each) if each else None for each in found.groups())
    return (year, month) != (born.year, born.month) or day not in (None, born.day)
