"""Unit that a table is of, by the titles above it, else by the name of its sheet."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from dutyboard.rules.records.model import Unit
from dutyboard.tui.sheets.blocks import shape_of
from dutyboard.tui.sheets.columns import folded
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.reader.grids import Grid
from dutyboard.tui.sheets.titles import Titles
from dutyboard.tui.sheets.towns import town_of
from dutyboard.tui.sheets.word_lists import meanings, word_list

BEHIND_UNIT: Final = (
    r"(?:(?:填报|填表|上报|报送|制表)?(?:日期|时间)|(?:填报|填表|制表|联系)人|第一责任人|负责人|联系|电话|\d{4}年"
    r"|Firstresponsibleperson:|制表:|madeby)"
)
"""The beginnings of what may stand behind a unit in one line."""
_UNIT: Final = re.compile(
    rf".*?(?:(?:填报|填表|上报|报送|所属|所在)单位|单位名称|^单位|^Unit(?=:))(?:\(.*?\))*:?"
    rf"(?!{BEHIND_UNIT})([^:]+?)(?:{BEHIND_UNIT}.*)?"
)
_NO_UNIT: Final = re.compile(r"(?:sheet|table|工作表|表)\s*\d*|.*(?:X{2,}|×+|某+|\*+).*", re.IGNORECASE)
"""Names of sheets as programs give them, and blanks of forms: 某镇, XX镇."""


def unit_of_table(titles: Titles, sheet: str) -> str:
    """Return the unit that a table's nearest titles tell, else its sheet's name; "": none, or several."""
    told = next((unit for unit in map(unit_above, titles) if unit is not None), None)
    if told is not None:
        return told
    name = folded(sheet)
    of_sheet = re.fullmatch(word_list("headings")["sheets"]["unit"], name)
    return town_of(name) or (name if of_sheet else "")


def unit_above(above: Sequence[str]) -> str | None:
    """Return the unit that lines above a table tell, by a word before it, else as a title; "": several.

    None: they tell none.
    """
    for line in map(folded, above):
        found = _UNIT.fullmatch(line)
        said = re.sub(r"\(.*?\)", "", found[1]) if found else ""
        if re.search(r"[^\W\d_]", said):
            return "" if re.search("[、,;/]", said) or _is_no_unit(said) else town_of(said) or said
        if town_of(line) and re.fullmatch(word_list("headings")["rows"]["unit"], line):
            return town_of(line)
    towns = (town_of(folded(line)) for line in above)
    return next((town for town in towns if town), None)


def _is_no_unit(said: str) -> bool:
    """Return True for words that stand where a unit should, and name none."""
    nothing = {**meanings("answers", "nobody"), **meanings("answers", "unasked")}
    return said in nothing or _NO_UNIT.fullmatch(said) is not None


def unit_of_sheet(grids: Iterable[Grid], headings: Headings, units: Iterable[Unit]) -> int | None:
    """Return the one known unit that the tables of a file are of; None: they tell none, or several."""
    told = {unit_of_table(block.titles, grid.name) for grid in grids for block in shape_of(grid, headings).blocks}
    numbers = {folded(unit.name): unit.id for unit in units}
    return numbers.get(folded(told.pop())) if len(told) == 1 else None
