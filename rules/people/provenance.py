"""Who said a fact of a person last, and when: what an explanation names beside every fact it used."""

from collections.abc import Iterable
from typing import Final

from dutyboard.rules.records.codes import EntryKind
from dutyboard.rules.records.model import Entry, Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot

_TELLS: Final[dict[EntryKind, frozenset[str]]] = {
    "test": frozenset({"tests", "arrival_pcr"}),
    "positive": frozenset({"linked"}),
    "transfer": frozenset({"admitted_on"}),
    "assess": frozenset({"assessed_on"}),
}
"""Facts that an act itself states."""


def history_of(person: Person, snapshot: Snapshot) -> tuple[Entry, ...]:
    """The live entries about a person, oldest first."""
    subject = subject_id(person)
    mine = (entry for entry in snapshot.entries.values() if entry.subject == subject)
    return tuple(sorted(mine, key=lambda entry: entry.id))


def told_in(key: str, entries: Iterable[Entry]) -> Entry | None:
    """The last entry that stated a fact, by its key; None: it stands as it was registered."""
    last = None
    for entry in entries:
        if key in entry.data.get("changed", ()) or key in _TELLS.get(entry.kind, ()):
            last = entry
    return last
