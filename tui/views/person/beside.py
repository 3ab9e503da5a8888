"""Lines beside a row of the board or of the handover: the person, then clause, facts and history."""

from collections.abc import Iterable
from datetime import datetime

from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import owed_about
from dutyboard.tui.views.explain import explain_lines
from dutyboard.tui.views.person.page import aside_lines


def beside_lines(
    owed: Obligation, every: Iterable[Obligation], snapshot: Snapshot, now: datetime, words: Words, cells: int
) -> list[Line]:
    """Return the lines of a row, in rows of at most `cells` cells. `every` are all obligations of the board."""
    lines = explain_lines(owed, snapshot, now, words, cells)
    about = owed.subject_id
    person = snapshot.persons.get(about.number) if about.kind == "person" else None
    if person is None:
        return lines
    return [*aside_lines(person, owed_about(every, person), snapshot, now, words, cells), (), *lines]
