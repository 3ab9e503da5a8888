"""End of a person's record, as the record keeps it or as the entries of an older one tell it."""

from collections.abc import Iterable, Mapping

from dutyboard.rules.records.codes import EndKind
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Ending, Entry, Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Assessed, HandedOff, Released

_NEVER_RELEASED: frozenset[EndKind] = frozenset({"died", "handed_over", "voided", "merged"})


def never_reopened(person: Person) -> bool:
    """Return True of a record that cannot be opened again: he died, or it was no stay that ended."""
    return person.end is not None and person.end.how in ("died", "voided", "merged")


def end_told(entry: Entry) -> Ending | None:
    """Return the end that an entry tells of; None: it ends no record."""
    how: EndKind
    match entry.told:
        case HandedOff(leader_id=leader, died=died, letter=letter, to=to):
            how = "died" if died else "handed_over"
            return Ending(how=how, at=entry.happened_at, leader=leader, letter=letter, to=to, entry=entry.id)
        case Released(to="closed", leader_id=leader, overridden=overridden):
            how = "overridden" if overridden else "released"
            return Ending(how=how, at=entry.happened_at, leader=leader, reason=entry.text, entry=entry.id)
        case Assessed(stage="closed"):
            return Ending(how="free", at=entry.happened_at, entry=entry.id)
        case _:
            return None


def ends_told(entries: Iterable[Entry]) -> dict[str, Ending]:
    """Return the end that the newest entry of each subject tells of. One that was amended counts no more."""
    amended: set[int] = set()
    ends: dict[str, Ending] = {}
    for entry in sorted(entries, key=lambda each: -each.id):
        if entry.amends is not None:
            amended.add(entry.amends)
        if entry.id not in amended and entry.subject not in ends and (end := end_told(entry)) is not None:
            ends[entry.subject] = end
    return ends


def _ends_in(entries: Mapping[int, Entry]) -> dict[str, Ending]:
    return ends_told(entries.values())


def end_of(person: Person, snapshot: Snapshot) -> Ending | None:
    """Return the end of a record; None: it is open, or no live entry tells of its end."""
    if person.stage != "closed" or person.end is not None:
        return person.end
    return snapshot.memo.made(_ends_in, snapshot.entries).get(subject_id(person))


def overridden(person: Person, end: Ending | None) -> bool:
    """Return True if a leader let somebody out early, and neither his death nor a letter ended his record.

    `end` is that of `end_of`.
    """
    return person.released_early and (end is None or end.how not in _NEVER_RELEASED)


def made_one_with(person: Person, snapshot: Snapshot) -> tuple[int, ...]:
    """Return the numbers of the records that were made one with a person's, which stays."""
    return merged_records(snapshot).get(person.id, ())


def merged_records(snapshot: Snapshot) -> Mapping[int, tuple[int, ...]]:
    """Return the numbers of the records that were made one with another, by the number that stays."""
    return snapshot.memo.made(_made_one, snapshot.persons)


def _made_one(persons: Mapping[int, Person]) -> Mapping[int, tuple[int, ...]]:
    into: dict[int, int] = {}
    for person in persons.values():
        kept = Subject.parse(person.end.to) if person.end is not None and person.end.how == "merged" else None
        if kept is not None:
            into[person.id] = kept.number
    found: dict[int, tuple[int, ...]] = {}
    for number, kept_number in into.items():
        while kept_number in into:
            kept_number = into[kept_number]
        found[kept_number] = (*found.get(kept_number, ()), number)
    return found
