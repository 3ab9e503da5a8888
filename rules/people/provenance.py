"""The entry that stated a fact of a person last: an explanation names it beside every fact it used."""

from collections.abc import Collection, Iterable

from dutyboard.rules.people.stage import stands
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told import Told
from dutyboard.rules.records.told.person import (
    Assessed,
    Corrected,
    HomeChecked,
    PositiveActed,
    ReferralAnswered,
    Referred,
    SampleRecorded,
    Transferred,
)


def history_of(person: Person, snapshot: Snapshot) -> tuple[Entry, ...]:
    """The live entries about a person, and the home checks that name him, oldest first."""
    subjects = subjects_of(person, snapshot)
    mine = (
        entry
        for entry in snapshot.entries.values()
        if entry.subject in subjects or any(_names(entry.told, subject) for subject in subjects)
    )
    return tuple(sorted(mine, key=lambda entry: entry.id))


def subjects_of(person: Person, snapshot: Snapshot) -> tuple[Subject, ...]:
    """Return the names of a person in the log: his own, and those of records made one with his."""
    own = subject_id(person)
    gone = (each for each in snapshot.persons.values() if each.end is not None and each.end.to == own)
    return (own, *(name for each in gone if not stands(each) for name in subjects_of(each, snapshot)))


def _names(told: Told, subject: str) -> bool:
    return isinstance(told, HomeChecked) and told.names(subject)


def told_in(key: str, entries: Iterable[Entry]) -> Entry | None:
    """The last entry that stated a fact, by its key; None: it stands as it was registered."""
    last = None
    for entry in entries:
        if key in _facts_stated(entry.told):
            last = entry
    return last


def _facts_stated(told: Told) -> Collection[str]:
    """Return the keys of the facts that an entry states."""
    match told:
        case Corrected(changed=changed) | ReferralAnswered(changed=changed):
            return changed
        case SampleRecorded():
            return ("tests", "arrival_pcr")
        case PositiveActed():
            return ("linked",)
        case Transferred():
            return ("admitted_on",)
        case Assessed() | Referred():
            return ("assessed_on",)
        case _:
            return ()
