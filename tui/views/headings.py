"""Headings of sheets in words: the field that each tells in the sheets of a unit."""

from collections.abc import Mapping

from dutyboard.rules.records.codes import SheetKind
from dutyboard.tui.sheets.headings import LEFT_OUT, own_headings
from dutyboard.tui.text import Words


def heading_text(sheet: SheetKind, heading: str, field: str, words: Words) -> str:
    """Return what a heading tells, in words; a field of "" says that it is forgotten."""
    log = words.log
    form = {LEFT_OUT: log.heading_left, "": log.heading_forgotten}.get(field, log.heading_as)
    return form.format(heading=heading, field=own_headings(sheet).get(field, field))


def headings_told(sheet: SheetKind, headings: Mapping[str, str], words: Words) -> str:
    """Return what headings tell from now on, in one line."""
    said = (heading_text(sheet, heading, field, words) for heading, field in headings.items())
    return f"{words.log.sheets[sheet]} {words.marks.comma.join(said)}"
