"""Cells as text: cleaned, folded, and folded as headings are."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from dutyboard.rules.records.signs import cleaned, unfit
from dutyboard.tui.sheets.reader.grids import Value

CellKey = TypeVar("CellKey")


def text(value: Value) -> str:
    """Return a cell as text, without blanks around it. A whole number loses the ".0" that Excel gives it."""
    if type(value) is str:
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def folded(value: Value) -> str:
    """Return a cell as text with narrow letters, digits and signs, and no blanks in it at all."""
    return _folded(text(value))


@lru_cache(65_536)
def _folded(written: str) -> str:
    """Return a text folded. A sheet is gone through several times, and its words come again and again."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", written))


def fold_heading(value: Value) -> str:
    """Return a heading without blanks, line breaks, brackets and their content (`姓 名`, `现住址（村组）`)."""
    return re.sub(r"\(.*?\)|[*:/、]", "", folded(value))


def cleaned_cells(cells: Mapping[CellKey, Value]) -> tuple[dict[CellKey, Value], list[CellKey]]:
    """Return the cells without the characters that a text may not hold, and the keys of those that had some.

    A line end inside a cell is a blank: forms are written so.
    """
    clean = dict(cells)
    unclean: list[CellKey] = []
    for key, cell in cells.items():
        if isinstance(cell, str) and unfit(cell):
            clean[key] = cleaned(cell)
            if unfit(re.sub(r"\s", " ", cell)):
                unclean.append(key)
    return clean, unclean
