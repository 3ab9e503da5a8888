"""Precautions of a suspected case: one row each, as the form shows them before they are carried out."""

from collections.abc import Sequence

from dutyboard.rules.duties.person.suspicion import Precaution
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.text import Words


def precaution_lines(found: Sequence[Precaution], snapshot: Snapshot, words: Words, cells: int) -> list[Line]:
    """Return the rows, each with the person and whom it is about besides."""
    lines: list[Line] = []
    for each in found:
        name = snapshot.persons[each.person_id].name
        names = words.marks.comma.join(each.names)
        text = words.people.precautions[each.measure].format(name=name, names=names)
        lines += [((f" {row}", "strong"),) for row in wrap(f"- {text}", cells - 2)]
    return lines
