"""People as they stood at an instant of the past, by what the log notes of each act since then."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from dutyboard.rules.records.effects import acts_since, put_back, unnoted
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Person
from dutyboard.rules.records.snapshot import Snapshot


def changed_since(
    snapshot: Snapshot, instant: datetime, acts: Iterable[Entry] | None = None
) -> Mapping[int, Person | None]:
    """Return everybody whose record an act of that instant or later changed, as he stood before it.

    None: an older program changed it and noted nothing. `acts` are those since that instant or an earlier one
    (`acts_since`), for who asks about many days.
    """
    found: dict[int, Person | None] = {}
    for entry in acts_since(snapshot, instant) if acts is None else acts:
        if entry.happened_at < instant or entry.part_of is not None:  # what a part changed stands in the act's entry
            continue
        if unnoted(entry):
            subject = Subject.parse(entry.subject)
            if subject is not None and subject.kind == "person":
                found[subject.number] = None
        for before in entry.before:
            if before.table != "persons" or before.made:
                continue
            held = found[before.id] if before.id in found else snapshot.persons.get(before.id)
            if held is not None:
                then = put_back(held, before)
                assert isinstance(then, Person)
                found[before.id] = then
    return found
