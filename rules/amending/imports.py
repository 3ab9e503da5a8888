"""Imports taken back: each record that one made or changed goes back, wherever nobody has worked on it since.

It thinks in entries and records alone, so that a further kind of sheet is taken back like the others.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from dutyboard.rules.amending.amend import amended_already, log_taken_back
from dutyboard.rules.amending.references import references
from dutyboard.rules.amending.undoing import Key, entries_of
from dutyboard.rules.duties.person.void import left_the_desk
from dutyboard.rules.people.rooms import room_refusal, rooms_held
from dutyboard.rules.people.stage import stands
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.sheets import UndoImport
from dutyboard.rules.records.ids import TABLES_OF_KINDS, Subject
from dutyboard.rules.records.model import DeskSettings, Ending, Entry, Person, Record, Report
from dutyboard.rules.records.refusals import AsTyped, NameOf, Refusal
from dutyboard.rules.records.secrets import Secret
from dutyboard.rules.records.snapshot import Snapshot, table_of
from dutyboard.rules.records.told.post import Imported, ImportUndone
from dutyboard.rules.records.transaction import Accepted, Transaction

Layer = Mapping[Key, Record]
_KINDS: Final = {table: kind for kind, table in TABLES_OF_KINDS.items()}
_OWNED: Final = frozenset({"entries", "matters", "contradictions"})
"""Tables of records that tell of another one, and go or stay with it."""


def decide_undo_import(command: UndoImport, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Take an import back, once. What somebody has worked on since is left and named.

    A person whom it made is ended as a registration by mistake is; any other record that it made is taken away.
    """
    entry = snapshot.entries.get(command.entry_id)
    if entry is None:
        return Refusal("unknown_entry", {"entry": command.entry_id})
    if not isinstance(entry.told, Imported):
        return Refusal("not_an_import", {"entry": entry.id})
    refused = amended_already(entry, snapshot)
    if refused is not None:
        return refused
    if command.layer is None:
        return Refusal("import_lost", {"entry": entry.id})
    above = _by_key(command.layer.above)
    above.pop(("entries", entry.id), None)
    below = _by_key(command.layer.below)
    left = _left(entry, above, below, snapshot)
    goes = [key for key in above if key not in left]
    if not goes and left:
        return Refusal("import_worked_on", {"entry": entry.id, "names": [_name_of(key, snapshot) for key in left]})
    transaction = Transaction(snapshot, now, actor)
    records = [key for key in goes if key[0] != "entries"]
    counted = [key for key in records if key[0] not in _OWNED]
    back = [key for key in counted if key in below]
    told = ImportUndone(
        sheet=entry.told.sheet,
        put_back=len(back),
        taken_away=len(counted) - len(back),
        left=tuple(_subject(key) for key in left),
    )
    reason = command.reason.strip()
    own = transaction.log(told, amends=entry.id, reason=reason)
    for part in entries_of(entry, snapshot):
        if part.id != entry.id and ("entries", part.id) not in left:
            log_taken_back(transaction, part, reason)
    for key in records:
        if key in below:
            transaction.put(below[key])
        else:
            _take_away(transaction, above[key], own)
    return transaction.accepted()


def _take_away(transaction: Transaction, made: Record, undone: Entry) -> None:
    if isinstance(made, Person):
        end = Ending(how="voided", at=transaction.now, reason=undone.reason, entry=undone.id)
        transaction.put(left_the_desk(made, end))
    elif isinstance(made, Report):
        transaction.put(replace(made, struck=True))
    else:
        transaction.remove(made)


def _subject(key: Key) -> Subject:
    return Subject(_KINDS[key[0]], key[1])


def _name_of(key: Key, snapshot: Snapshot) -> NameOf | AsTyped:
    held = getattr(snapshot, key[0]).get(key[1])
    return NameOf(held) if isinstance(held, Person) else AsTyped(_subject(key))


def _by_key(records: Iterable[Record]) -> dict[Key, Record]:
    return {(table_of(each), each.id): each for each in records if not isinstance(each, DeskSettings | Secret)}


# ---------------------------------------------------------------- what stays


def _left(entry: Entry, above: Layer, below: Layer, snapshot: Snapshot) -> list[Key]:
    """Return the records and entries of an import that stay: worked on since, or named by what stays."""
    later = list(_later(entry, above, snapshot))
    told_of = {key for each in later for key in references(each) if key[0] == "persons"}
    left = {key for key, wrote in above.items() if _worked_on(key, wrote, below, snapshot) or key in told_of}
    owners = {key: _owner(key, record, above) for key, record in above.items()}
    named = _named_from_outside(above, below, later, snapshot)
    while True:
        apart = {owners[key] for key in left}
        for key in left:
            named |= set(references(_current(key, snapshot) or above[key]))
        more = {key for key in above if owners[key] in apart or (key in named and _is_made(key, below))}
        if more <= left:
            return [key for key in above if key in left]
        left |= more


def _later(entry: Entry, above: Layer, snapshot: Snapshot) -> Iterator[Entry]:
    """Yield the later entries that stand. One that only takes a later entry back changes nothing together with it."""
    last = max([entry.id, *(number for table, number in above if table == "entries")])
    for each in snapshot.entries.values():
        only_back = (each.kind == "retract" or isinstance(each.told, ImportUndone)) and (each.amends or 0) > last
        if each.id > last and each.id not in snapshot.amended and not only_back:
            yield each


def _worked_on(key: Key, wrote: Record, below: Layer, snapshot: Snapshot) -> bool:
    """Return True if a record is no more as the import left it, or an entry was corrected."""
    if key[0] == "entries":
        return key[1] in snapshot.amended
    current = _current(key, snapshot)
    return current != wrote or _room_taken(below.get(key), current, snapshot)


def _room_taken(was: Record | None, current: Record | None, snapshot: Snapshot) -> bool:
    """Return True if a person as he was holds a room that he cannot be given again."""
    if not isinstance(was, Person) or not isinstance(current, Person):
        return False
    return any(
        room_refusal(snapshot, place.site_id or 0, place.room, was.id) is not None
        for place in rooms_held(was)
        if place not in rooms_held(current)
    )


def _owner(key: Key, record: Record, above: Layer) -> Key:
    """Return the record of the import that another one tells of, such as the person of a finding; else itself."""
    if key[0] in _OWNED:
        for named in references(record):
            if named in above and named[0] not in _OWNED:
                return named
    return key


def _is_made(key: Key, below: Layer) -> bool:
    return key not in below and key[0] != "entries"


def _named_from_outside(above: Layer, below: Layer, later: Iterable[Entry], snapshot: Snapshot) -> set[Key]:
    """Return the records that the import made and the rest of the desk names. Who does not stand names nobody."""
    made = {key for key in above if _is_made(key, below)}
    outside = _outside(above, snapshot) if made else ()
    return {key for each in (*outside, *later) for key in references(each) if key in made}


def _outside(above: Layer, snapshot: Snapshot) -> Iterator[Record]:
    for table in TABLES_OF_KINDS.values():
        if table in ("entries", "settings"):
            continue
        for number, record in getattr(snapshot, table).items():
            if (table, number) not in above and not (isinstance(record, Person) and not stands(record)):
                yield record


def _current(key: Key, snapshot: Snapshot) -> Record | None:
    held: Mapping[int, Record] = getattr(snapshot, key[0])
    return held.get(key[1])
