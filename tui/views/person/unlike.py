"""Fields of a person that two sources tell unlike: what stands, what does not, and the entry that brought them."""

from dutyboard.rules.records.model import Contradiction, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.unlike import ToldOf, contradictions_of, standing_value
from dutyboard.tui.text import Words
from dutyboard.tui.views.fact_text import fact_label, side_text


def unlike_text(found: Contradiction, record: ToldOf, words: Words) -> str:
    """Return both values of a field side by side, and where the other one was told."""
    own, other = (side_text(found.field, value, words) for value in (standing_value(record, found.field), found.other))
    label = fact_label(found.field, words)
    return words.page.unlike.format(field=label, own=own, other=other, entry=found.entry, place=_place(found, words))


def _place(found: Contradiction, words: Words) -> str:
    """Return the sheet and row that told a value; "": no sheet did."""
    if not found.row:
        return ""
    said = words.page.unlike_sheet if found.sheet else words.page.unlike_row
    return said.format(sheet=found.sheet, row=found.row)


def unlike_texts(person: Person, snapshot: Snapshot, words: Words) -> list[str]:
    """Return a line for each field of a person that is told unlike and not decided."""
    return [unlike_text(each, person, words) for each in contradictions_of(person, snapshot)]
