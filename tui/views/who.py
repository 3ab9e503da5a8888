"""The row that names a person, with ID and phone masked until they are asked for."""

from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, clip
from dutyboard.tui.text import Words
from dutyboard.tui.views.log import masked_line
from dutyboard.tui.views.masking import masked


def who_line(person: Person, snapshot: Snapshot, words: Words, cells: int, unmasked: bool = False) -> Line:
    """Return the row of a person. The phone stands first, because an officer needs it at night."""
    fields = words.person.fields
    number, phone = (person.id_no, person.phone) if unmasked else (masked(person.id_no), masked(person.phone))
    unit = snapshot.units.get(person.unit_id or 0)
    told = [
        (fields["phone"], phone),
        (fields["id_no"], number),
        (fields["officer_name"], person.officer_name),
        (fields["note"], person.note),
        ("", person.address or (unit.name if unit else "")),
    ]
    needed = (fields["phone"], fields["officer_name"])
    text = "  ".join(f"{label} {value or '-'}".strip() for label, value in told if value or label in needed)
    line: Line = ((clip(f" {person.name}  {text}", cells), "plain"),)
    return line if unmasked else masked_line(line)
