"""Fields of a record that two sources tell unlike, until an officer decides them."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, Final

from dutyboard.rules.law.facts import OF_ARRIVAL, Facts, facts_json
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Area, Contradiction, Entry, FieldJson, Officer, Person, Site, Unit
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Transaction

_NUMBERS: Final = ("id_no", "phone")
_FACTS: Final = frozenset(each.name for each in fields(Facts))


def field_key(name: str) -> str:
    """Return the key of a field of the record or of the facts: the three of an arrival have one."""
    return "arrival_at" if name in OF_ARRIVAL else name


def standing_value(person: Person, key: str) -> Any:
    """Return what stands in a field of a person, as JSON; None: nothing does."""
    return told_value(person.facts, key) if key in _FACTS else getattr(person, key)


def record_value(record: Unit | Officer | Site | Area, key: str) -> Any:
    """Return what stands in a field of a record as JSON: a day as written, a unit as `unit-3`."""
    value = getattr(record, key)
    if isinstance(value, date):
        return value.isoformat()
    return str(Subject("unit", value)) if key == "unit_id" and value is not None else value


def told_value(facts: Facts, key: str) -> Any:
    """Return a fact as JSON (`facts_json`), several things as a tuple; None: it is not known."""
    value = facts_json(facts).get(key)
    return tuple(value) if isinstance(value, list) else value


def contradictions_of(person: Person, snapshot: Snapshot) -> tuple[Contradiction, ...]:
    """Return what nobody has decided yet, oldest first. Two sources that tell the same by now contradict no more."""
    found = (
        each
        for each in snapshot.contradictions.values()
        if each.person_id == person.id and each.settled_at is None and each.other != standing_value(person, each.field)
    )
    return tuple(sorted(found, key=lambda each: each.id))


def contradict(transaction: Transaction, person_id: int, others: Iterable[tuple[str, FieldJson]], entry: int) -> None:
    """Keep each value that another source tells of a field, until somebody decides. `entry` brought it.

    `others` are the keys of the fields with those values. What is open already is not kept twice.
    """
    known = [
        (each.person_id, each.field, each.other)
        for each in transaction.snapshot.contradictions.values()
        if each.settled_at is None
    ]
    for key, other in others:
        if (person_id, key, other) not in known:
            transaction.put(
                Contradiction(
                    id=transaction.new_id("contradictions"),
                    person_id=person_id,
                    field=key,
                    other=other,
                    entry=entry,
                    found_at=transaction.now,
                )
            )


def settle(transaction: Transaction, person: Person, keys: Iterable[str], snapshot: Snapshot, at: datetime) -> None:
    """Mark what is told unlike of these fields as decided."""
    decided = set(keys)
    for each in contradictions_of(person, snapshot):
        if each.field in decided:
            transaction.put(replace(each, settled_at=at))


def keep_numbers(transaction: Transaction, old: Person, changed: Iterable[str], entry: Entry) -> None:
    """Keep the ID number and phone that a correction changed, settled as they are found.

    No entry holds them, and a sheet from before tells them again, or tells none ("").
    """
    for key in changed:
        if key in _NUMBERS:
            transaction.put(
                Contradiction(
                    id=transaction.new_id("contradictions"),
                    person_id=old.id,
                    field=key,
                    other=getattr(old, key),
                    entry=entry.id,
                    found_at=transaction.now,
                    settled_at=transaction.now,
                )
            )
