"""A record's trail in lines: login, time and changed fields. Only names of fields are shown, never their values."""

from collections.abc import Iterable

from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.link.trail import RecordChange
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.text.trail import TrailWords

RecordKey = tuple[str, int]
"""Table and id."""


def records_behind(owed: Obligation) -> list[RecordKey]:
    """Return the records behind a row of the board: the entry that discharged it, and its subject.

    The subject of the command post's own rows is the desk's settings.
    """
    subject = owed.subject_id.record
    return [subject] if owed.entry is None else [("entries", owed.entry), subject]


def change_line(change: RecordChange, first: bool, snapshot: Snapshot, words: TrailWords) -> str:
    """Return one change as text. The `first` one made the record."""
    name = next((o.name for o in snapshot.officers.values() if o.login == change.login), "")
    fields = ", ".join(words.fields.get(field, field) for field in change.fields)
    if change.archived or change.removed:
        what = words.archived if change.archived else words.removed
    else:
        what = words.made if first else words.changed.format(fields=fields)
    return words.change.format(at=change.at, name=name, login=change.login, seq=change.seq, what=what)


def trail_lines(
    told: Iterable[tuple[RecordKey, Iterable[RecordChange]]], snapshot: Snapshot, words: Words, cells: int
) -> list[Line]:
    """Return the page: each record with its changes, oldest first, in rows of at most `cells` cells."""
    own, lines = words.trail, list[Line]()
    for (table, number), changes in told:
        named = getattr(snapshot, table).get(number)
        heading = f"{own.tables[table]} {number} {getattr(named, 'name', '')}".rstrip()
        lines.append(((heading, "mark"),))
        rows = [change_line(change, not at, snapshot, own) for at, change in enumerate(changes)]
        for text in rows or [own.nothing]:
            lines += [((f"  {row}", "plain"),) for row in wrap(text, cells - 4)]
        lines.append(())
    return lines
