"""Two records of one person made one: the earlier number stays, with all that both of them hold (二)."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final

from dutyboard.rules.duties.person.void import left_the_desk
from dutyboard.rules.law.facts import OF_ARRIVAL, Facts
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.sampling.samples import same_sample
from dutyboard.rules.law.section_three import PLACES
from dutyboard.rules.people.course import fresh_course
from dutyboard.rules.people.ending import end_of
from dutyboard.rules.people.fever import open_doubt
from dutyboard.rules.people.identity import (
    CLOSED_WORLD,
    IDENTITY,
    NUMBERS,
    SEVERAL,
    is_told,
    of_another,
    warnings_of,
    with_more,
    with_written,
)
from dutyboard.rules.people.returning import past_stay
from dutyboard.rules.people.rooms import holds_room
from dutyboard.rules.people.stage import first_place, on_desk
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Merge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Ending, FieldJson, Person, subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Merged
from dutyboard.rules.records.transaction import Accepted, Transaction
from dutyboard.rules.records.unlike import contradict, contradictions_of, told_value

_FURTHEST: Final[tuple[Stage, ...]] = (
    *("hospital", "clinic", "site", "transfer", "home", "waiting", "away", "referred", "pending", "closed"),
)
"""Stages by how strictly somebody is held in them: the stricter one of two records goes on."""
_OF_BOTH: Final = frozenset(
    (
        *IDENTITY,
        *("id", "source", "unit_id", "officer_id", "facts", "warnings", "asked", "stays_before", "registered_at"),
        "as_written",
    )
)
_HELD: Final = tuple(each.name for each in fields(Person) if each.name not in _OF_BOTH)
"""Fields that go on together from the record of the stricter stage: all but those that both records give."""
_ARRIVAL: Final = ("arrival_at", *OF_ARRIVAL)
"""Facts that tell one arrival together."""


def decide_merge(command: Merge, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Make one record of two. What differs is shown first; of two unlike facts the stricter one stands.

    An officer decides it by a correction. Refused for one and the same, for a record ended by mistake, and where both
    are in rooms.
    """
    pair = _pair(command, snapshot)
    if isinstance(pair, Refusal):
        return pair
    kept, gone = pair
    one, unlike = merged_record(kept, gone, snapshot, now)
    if unlike and not command.agreed:
        return Refusal("merge_differs", {"person": NameOf(kept), "names": list(unlike)})
    transaction = Transaction(snapshot, now, actor)
    told = Merged(gone=subject_id(gone), unlike=tuple(unlike))
    entry = transaction.log(told, subject=subject_id(kept), text=command.reason.strip())
    transaction.put(one)
    contradict(transaction, kept.id, unlike.items(), entry.id)
    for each in contradictions_of(gone, snapshot):
        transaction.put(replace(each, person_id=kept.id))
    end = Ending(how="merged", at=now, to=subject_id(kept), reason=command.reason.strip(), entry=entry.id)
    transaction.put(left_the_desk(gone, end))
    for other in _pointing_to(gone, kept, snapshot):
        transaction.put(other)
    for matter in snapshot.matters.values():
        if matter.subject == subject_id(gone):
            transaction.put(replace(matter, subject=subject_id(kept)))
    return transaction.accepted()


def _pair(command: Merge, snapshot: Snapshot) -> tuple[Person, Person] | Refusal:
    """Return the record that stays and the one that goes, or why they cannot be made one."""
    found = []
    for number in (command.person_id, command.into_id):
        person = snapshot.persons.get(number)
        if person is None:
            return Refusal("unknown_person", {"person": number})
        found.append(person)
    kept, gone = sorted(found, key=lambda each: each.id)
    if kept.id == gone.id:
        return Refusal("merge_same", {"person": NameOf(kept)})
    for each in found:
        end = end_of(each, snapshot)
        if end is not None and end.how in ("voided", "merged"):
            return Refusal("record_ended", {"person": NameOf(each), "name": end.how, "by": "", "at": end.at})
    if holds_room(kept) and holds_room(gone):
        return Refusal("merge_both_in_rooms", {"person": NameOf(kept)})
    if open_doubt(gone, snapshot) is not None:
        return Refusal("merge_reading_open", {"person": NameOf(gone)})
    return kept, gone


def merged_record(kept: Person, gone: Person, snapshot: Snapshot, now: datetime) -> tuple[Person, dict[str, FieldJson]]:
    """Return the one record that two become, and the values told unlike that do not stand in it, as JSON."""
    single = [name for name in IDENTITY if name not in SEVERAL]
    differing = [name for name in single if _both(getattr(kept, name), getattr(gone, name))]
    unlike: dict[str, FieldJson] = {name: getattr(gone, name) for name in differing}
    identity = {name: getattr(kept, name) or getattr(gone, name) for name in single}
    identity |= {name: with_more(getattr(kept, name), getattr(gone, name)) for name in SEVERAL}
    if of_another(kept, gone):
        identity["emergency_phone"] = kept.emergency_phone
        unlike |= {"emergency_phone": gone.emergency_phone} if gone.emergency_phone else {}
    further = min((kept, gone), key=lambda each: _FURTHEST.index(each.stage))
    over = [each for each in (kept, gone) if not on_desk(each)]
    ended = [past_stay(each, snapshot) for each in over] if len(over) == 1 else []
    one = replace(
        kept,
        **identity,
        unit_id=kept.unit_id or gone.unit_id,
        officer_id=kept.officer_id or gone.officer_id,
        warnings=warnings_of(*(kept if getattr(kept, name) else gone for name in NUMBERS)),
        asked=tuple(dict.fromkeys((*kept.asked, *gone.asked))),
        as_written=with_written(kept.as_written, gone.as_written),
        stays_before=tuple(
            sorted((*kept.stays_before, *gone.stays_before, *ended), key=lambda each: each.registered_at)
        ),
        registered_at=further.registered_at if ended else min(kept.registered_at, gone.registered_at),
        **{name: getattr(further, name) for name in _HELD},
    )
    mine, theirs = (_without_himself(each.facts, kept, gone) for each in (kept, gone))
    one = replace(one, facts=mine)
    for key, values in _facts(mine, theirs):
        other = replace(one, facts=replace(one.facts, **values))
        if _contradicted(mine, theirs, key):
            if _strictness(other, snapshot, now) <= _strictness(one, snapshot, now):
                unlike[key] = told_value(theirs, key)
                continue
            unlike[key] = told_value(mine, key)
        one = other
    return one, unlike


def _without_himself(facts: Facts, kept: Person, gone: Person) -> Facts:
    """Return facts without a link to one of the two: nobody is his own contact."""
    names = (subject_id(kept), subject_id(gone))
    if not facts.linked or not any(Subject.parse(each.id) in names for each in facts.linked):
        return facts
    others = tuple(each for each in facts.linked if Subject.parse(each.id) not in names)
    return replace(facts, linked=others or None)


def _both(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _contradicted(kept: Facts, gone: Facts, key: str) -> bool:
    """Return True if the first record tells a fact that the second tells otherwise, and both cannot stand."""
    if key == "arrival_at":
        return (kept.arrival_at is not None or kept.no_arrival) and not _day_alone(kept, gone)
    value = getattr(kept, key)
    return is_told(key, value) and not isinstance(value, tuple)


def _facts(kept: Facts, gone: Facts) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each key of what the second record tells otherwise, with the values; of several things those of both.

    A day of arrival alone says nothing beside its hour.
    """
    for each in fields(Facts):
        own, other = getattr(kept, each.name), getattr(gone, each.name)
        if each.name in CLOSED_WORLD and other == "unknown" and own == CLOSED_WORLD[each.name]:
            yield each.name, {each.name: other}  # a default that nobody has said is no answer
            continue
        if each.name in _ARRIVAL or own == other or not is_told(each.name, other):
            continue
        if isinstance(own, tuple) and isinstance(other, tuple):
            yield each.name, {each.name: (*own, *(thing for thing in other if not _told_by(own, thing)))}
        else:
            yield each.name, {each.name: other}
    arrival = {name: getattr(gone, name) for name in _ARRIVAL}
    told = gone.arrival_at is not None or gone.no_arrival
    if told and arrival != {name: getattr(kept, name) for name in _ARRIVAL} and not _day_alone(gone, kept):
        yield "arrival_at", arrival


def _told_by(own: tuple[object, ...], thing: object) -> bool:
    """Return True if a record tells of a thing already; of a sample, whatever stage it was put to."""
    if isinstance(thing, Sample):
        return any(isinstance(each, Sample) and same_sample(each, thing) for each in own)
    return thing in own


def _day_alone(one: Facts, other: Facts) -> bool:
    """Return True if one record tells only the day of an arrival whose hour the other tells."""
    return one.arrival_hour_unknown and one.arrival_on == other.arrival_on


def _strictness(person: Person, snapshot: Snapshot, now: datetime) -> tuple[int, int, int]:
    """Return how strictly the facts hold somebody: the place, an open question, the days."""
    result = fresh_course(person, snapshot, now).result
    return PLACES.index(first_place(result)), int(result.decision == "refer"), result.quarantine_days or 0


def _pointing_to(gone: Person, kept: Person, snapshot: Snapshot) -> Iterator[Person]:
    """Yield everybody linked to or stopped by the record that goes, with the other in its place."""
    old, new = subject_id(gone), subject_id(kept)
    for other in snapshot.persons.values():
        if other.id in (gone.id, kept.id):
            continue
        linked = other.facts.linked
        if linked is not None and any(Subject.parse(each.id) == old for each in linked):
            told = tuple(replace(each, id=new) if Subject.parse(each.id) == old else each for each in linked)
            yield replace(other, facts=replace(other.facts, linked=told))
        elif other.stopped_by == old:
            yield replace(other, stopped_by=new)
