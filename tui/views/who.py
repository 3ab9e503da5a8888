"""The row that names a person, with ID and phone masked until they are asked for."""

from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, clip
from dutyboard.tui.terminal.masking import secret
from dutyboard.tui.text import Words


def who_line(person: Person, snapshot: Snapshot, words: Words, cells: int) -> Line:
    """Return the row of a person. The phone stands first, because an officer needs it at night."""
    fields = words.person.fields
    unit = snapshot.units.get(person.unit_id or 0)
    told = [
        (fields["phone"], secret(person.phone)),
        (fields["id_no"], secret(person.id_no)),
        (fields["officer_name"], person.officer_name),
        (fields["note"], person.note),
        ("", person.address or (unit.name if unit else "")),
    ]
    needed = (fields["phone"], fields["officer_name"])
    text = "  ".join(f"{label} {value or '-'}".strip() for label, value in told if value or label in needed)
    return ((clip(f" {person.name}  {text}", cells), "plain"),)
