"""A record's trail in lines: login, time and changed fields, with both values where they are plain ones."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from dutyboard.rules.duties.worse import KEYS
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.link.trail import RecordChange
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.fact_text import fact_label, side_text

RecordKey = tuple[str, int]
"""Table and id."""


def records_behind(owed: Obligation) -> list[RecordKey]:
    """Return the records behind a row of the board: the entry that discharged it, and its subject.

    The subject of the command post's own rows is the desk's settings.
    """
    subject = owed.subject_id.record
    return [subject] if owed.entry is None else [("entries", owed.entry), subject]


def change_line(change: RecordChange, first: bool, snapshot: Snapshot, words: Words) -> str:
    """Return one change as text. The `first` one made the record. Numbers of people are masked."""
    said = words.trail
    name = next((o.name for o in snapshot.officers.values() if o.login == change.login), "")
    if change.archived or change.removed:
        what = said.archived if change.archived else said.removed
    else:
        what = said.made if first else said.changed.format(fields=words.marks.comma.join(_fields(change, words)))
    return said.change.format(at=change.at, name=name, login=change.login, seq=change.seq, what=what)


def _fields(change: RecordChange, words: Words) -> Iterator[str]:
    """Yield each changed field, with both values where they are told."""
    shown = [each for each in change.values if each.field in _IN_WORDS]
    told = {each.field for each in shown}
    for field in change.fields:
        if field not in told and not (field == "facts" and told - set(change.fields)):
            yield words.trail.fields.get(field, field)
    for each in shown:
        old, new = (_value(each.field, value, words) for value in (each.old, each.new))
        yield words.trail.value.format(field=fact_label(each.field, words), old=old, new=new)


def _value(field: str, value: Any, words: Words) -> str:
    """Return a value in words, bounded; `-`: there is none."""
    text = side_text(field, value, words)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_IN_WORDS: Final = frozenset({*KEYS, "title", "duty", "starts", "ends", "level", "keeper", "other"})
"""Fields whose values are words. Of codes and of numbers of other records the field's name is enough."""
_LONGEST: Final = 60
"""Characters of a value in a trail."""


def trail_lines(
    told: Iterable[tuple[RecordKey, Iterable[RecordChange]]], snapshot: Snapshot, words: Words, cells: int
) -> list[Line]:
    """Return the page: each record with its changes, oldest first, in rows of at most `cells` cells."""
    own, lines = words.trail, list[Line]()
    for (table, number), changes in told:
        named = getattr(snapshot, table).get(number)
        heading = f"{own.tables[table]} {number} {getattr(named, 'name', '')}".rstrip()
        lines.append(((heading, "mark"),))
        rows = [change_line(change, not at, snapshot, words) for at, change in enumerate(changes)]
        for text in rows or [own.nothing]:
            lines += [((f"  {row}", "plain"),) for row in wrap(text, cells - 4)]
        lines.append(())
    return lines
