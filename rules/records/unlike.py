"""Fields of a record that two sources tell unlike, until an officer decides them."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, Final, cast

from dutyboard.rules.law.facts import OF_ARRIVAL, Facts, TestType, facts_json
from dutyboard.rules.law.sampling.samples import samples_of
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Area, Contradiction, Entry, FieldJson, Officer, Person, Site, Unit, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Transaction

ToldOf = Person | Officer | Unit | Site | Area
"""Records of which two sources may tell a field unlike."""
_NUMBERS: Final = ("id_no", "phone")
_SAMPLE: Final = "sample:"
_DAYS: Final = frozenset({"until", "ends"})
_FACTS: Final = frozenset(each.name for each in fields(Facts))


def field_key(name: str) -> str:
    """Return the key of a field of the record or of the facts: the three of an arrival have one."""
    return "arrival_at" if name in OF_ARRIVAL else name


def sample_key(kind: TestType, on: date) -> str:
    """Return the key of the result of one sample of a person, `sample:pcr:2021-06-08`."""
    return f"{_SAMPLE}{kind}:{on.isoformat()}"


def sample_of(key: str) -> tuple[TestType, date] | None:
    """Return the type and the day of the sample of a key. None: it is the key of another field."""
    if not key.startswith(_SAMPLE):
        return None
    kind, _, on = key.removeprefix(_SAMPLE).partition(":")
    return cast("TestType", kind), date.fromisoformat(on)


def standing_value(record: ToldOf, key: str) -> Any:
    """Return what stands in a field of a record, as JSON; None: nothing does.

    A day is as it is written, a unit `unit-3`; of a sample it is the result. A default that he said is a value.
    """
    if isinstance(record, Person) and key in record.asked:
        return getattr(record.facts, key)
    if isinstance(record, Person) and (named := sample_of(key)) is not None:
        found = [each.result for each in samples_of(record.facts) if (each.type, each.sampled_on) == named]
        return found[-1] if found else None
    if isinstance(record, Person) and key in _FACTS:
        return told_value(record.facts, key)
    return field_json(key, getattr(record, key))


def field_json(key: str, value: Any) -> Any:
    """Return a value of a field of a record that is no person's as JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return tuple(value)
    return str(Subject("unit", value)) if key == "unit_id" and isinstance(value, int) else value


def with_standing(record: ToldOf, key: str, value: Any) -> ToldOf:
    """Return a record that is no person's with a value of a field, which is told as JSON."""
    named = Subject.parse(value) if key == "unit_id" else None
    if named is not None:
        value = named.number
    elif key in _DAYS and value is not None:
        value = date.fromisoformat(value)
    elif isinstance(value, list):
        value = tuple(value)
    told: dict[str, Any] = {key: value}
    return replace(record, **told)


def record_about(snapshot: Snapshot, about: Subject | None) -> ToldOf | None:
    """Return the record of a name, if a sheet may tell a field of it unlike. None: it is none of these."""
    if about is None or about.kind not in ("person", "officer", "unit", "site", "area"):
        return None
    table, number = about.record
    found: ToldOf | None = getattr(snapshot, table).get(number)
    return found


def told_value(facts: Facts, key: str) -> Any:
    """Return a fact as JSON (`facts_json`), several things as a tuple; None: it is not known."""
    value = facts_json(facts).get(key)
    return tuple(value) if isinstance(value, list) else value


def contradictions_of(record: ToldOf, snapshot: Snapshot) -> tuple[Contradiction, ...]:
    """Return what nobody has decided yet, oldest first. Two sources that tell the same by now contradict no more."""
    number, about = _names(subject_id(record))
    found = (
        each
        for each in snapshot.contradictions.values()
        if (each.person_id, each.about) == (number, about)
        and each.settled_at is None
        and not _tells_the_same(each.other, standing_value(record, each.field))
    )
    return tuple(sorted(found, key=lambda each: each.id))


def _tells_the_same(other: FieldJson, stands: Any) -> bool:
    """Return True for two values that tell the same. One of several parts says nothing of a part that it lacks."""
    if isinstance(other, dict) and isinstance(stands, dict):
        return {**stands, **other} == stands
    return bool(other == stands)


def subject_of(found: Contradiction) -> Subject | None:
    """Return whom or what a contradiction is about."""
    return Subject("person", found.person_id) if found.person_id else Subject.parse(found.about)


def _names(about: Subject) -> tuple[int, str]:
    """Return how a contradiction names its record: a person by his number, any other by its name."""
    return (about.number, "") if about.kind == "person" else (0, str(about))


def keep(
    transaction: Transaction,
    about: Subject,
    key: str,
    other: FieldJson,
    entry: int,
    *,
    settled: bool = False,
    sheet: str = "",
    row: int = 0,
) -> None:
    """Write what another source tells of a field. One that is settled as it is found is no news when it comes again."""
    number, name = _names(about)
    transaction.put(
        Contradiction(
            id=transaction.new_id("contradictions"),
            person_id=number,
            about=name,
            field=key,
            other=other,
            entry=entry,
            found_at=transaction.now,
            settled_at=transaction.now if settled else None,
            sheet=sheet,
            row=row,
        )
    )


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
            keep(transaction, Subject("person", person_id), key, other, entry)


def settle(transaction: Transaction, record: ToldOf, keys: Iterable[str], snapshot: Snapshot, at: datetime) -> None:
    """Mark what is told unlike of these fields as decided."""
    decided = set(keys)
    for each in contradictions_of(record, snapshot):
        if each.field in decided:
            transaction.put(replace(each, settled_at=at))


def keep_numbers(transaction: Transaction, old: ToldOf, changed: Iterable[str], entry: Entry) -> None:
    """Keep the ID number and phone that an act changed, settled as they are found.

    No entry holds them, and a sheet from before tells them again, or tells none ("").
    """
    for key in changed:
        if key in _NUMBERS:
            keep(transaction, subject_id(old), key, getattr(old, key), entry.id, settled=True)
