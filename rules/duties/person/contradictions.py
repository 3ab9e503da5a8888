"""Facts and particulars that two sources tell unlike: the stricter stands until an officer decides (二)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from dutyboard.rules.duties.person.correction import decide_correct
from dutyboard.rules.duties.post.seats import next_shift_end
from dutyboard.rules.duties.worse import with_value
from dutyboard.rules.law.facts import ArrivalPcr, TestType, facts_json, read_facts
from dutyboard.rules.people.identity import CLOSED_WORLD, IDENTITY
from dutyboard.rules.people.officers import directors, officer_of
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Correct, PersonData, Settle
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Area, Contradiction, Officer, Person, Site, Unit, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation, Window, obligation, standing
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import ContradictionSettled
from dutyboard.rules.records.transaction import Accepted, Transaction
from dutyboard.rules.records.unlike import ToldOf, contradictions_of, record_about, sample_of, settle, subject_of

KINDS: Final[tuple[Kind, ...]] = ("contradiction",)


def owed(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield one row for each record of which something is told unlike. It is late once the next shift has come."""
    unsettled = {subject_of(each) for each in snapshot.contradictions.values() if each.settled_at is None}
    for about in sorted((each for each in unsettled if each is not None), key=lambda each: (each.kind, each.number)):
        record = record_about(snapshot, about)
        if record is None or (isinstance(record, Person) and not on_desk(record)):
            continue
        if found := contradictions_of(record, snapshot):
            yield _owed(record, found, snapshot, now)


def _owed(record: ToldOf, found: tuple[Contradiction, ...], snapshot: Snapshot, now: datetime) -> Obligation:
    soon, since, about = snapshot.daily_at(now).duty.due_soon, found[0].found_at, subject_id(record)
    window = Window(since, next_shift_end(snapshot, since))
    return replace(
        obligation(
            "contradiction",
            DutyId("contradiction", about, snapshot.day_of(since)),
            about,
            window,
            standing(window, None, now, soon),
            None,
            subject=record.name,
            clause=_clause(record, snapshot, now),
            owed_by=_owner(record, snapshot, now),
        ),
        unlike=tuple(dict.fromkeys(each.field for each in found)),
    )


def _clause(record: ToldOf, snapshot: Snapshot, now: datetime) -> str:
    clauses = snapshot.daily_at(now).clauses
    match record:
        case Person():
            return clauses.assess
        case Officer() | Unit():
            return clauses.matter
        case Site():
            return clauses.rooms
        case Area():
            return clauses.rescreen


def _owner(record: ToldOf, snapshot: Snapshot, now: datetime) -> str:
    """Return by name who knows best: the officer (专人), the unit's director, the keeper. "": the desk itself."""
    match record:
        case Person():
            return officer_of(snapshot, record)
        case Officer():
            return directors(snapshot, now).get(record.unit_id, "")
        case Unit():
            return directors(snapshot, now).get(record.id, "")
        case Site():
            return record.keeper
        case Area():
            return ""


def decide_settle(command: Settle, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Say which of two values is right, with the reason. Another value than both is told by a correction."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    found = contradictions_of(person, snapshot)
    mine = next((each for each in found if each.field == command.field), None)
    if mine is None:
        return Refusal("nothing_unlike", {"person": NameOf(person), "name": command.field})
    reason = command.reason.strip()
    if not reason:
        return Refusal("reason_needed")
    if command.other:
        told = _with_other(person, mine)
        return decide_correct(Correct(person_id=person.id, person=told, reason=reason), snapshot, now, actor)
    transaction = Transaction(snapshot, now, actor)
    transaction.log(ContradictionSettled(settled=mine.field), subject=subject_id(person), text=reason)
    settle(transaction, person, (mine.field,), snapshot, now)
    return transaction.accepted()


def _with_other(person: Person, found: Contradiction) -> PersonData:
    """Return what is known of a person with the other value in the field that is told unlike."""
    if (named := sample_of(found.field)) is not None:
        taken = with_result(person, named, found.other)
    elif found.field in IDENTITY:
        taken = with_value(person, found.field, found.other)
    else:
        other = list(found.other) if isinstance(found.other, tuple) else found.other
        taken = replace(person, facts=read_facts({**facts_json(person.facts), found.field: other}))
    denied = found.field in CLOSED_WORLD and found.other == CLOSED_WORLD[found.field]
    return PersonData(
        **{name: getattr(taken, name) for name in IDENTITY},
        unit_id=taken.unit_id,
        facts=taken.facts,
        warnings=taken.warnings,
        asked=tuple(dict.fromkeys((*taken.asked, *([found.field] if denied else [])))),
    )


def with_result(person: Person, named: tuple[TestType, date], result: Any) -> Person:
    """Return a person with another result of a sample that no entry tells: a sheet of arrivals brought it."""
    facts, (kind, on) = person.facts, named
    tests = tuple(
        replace(each, result=result) if (each.type, each.sampled_on) == (kind, on) else each for each in facts.tests
    )
    carried = facts.arrival_pcr
    if isinstance(carried, ArrivalPcr) and kind == "pcr" and carried.sampled_on == on:
        carried = replace(carried, result=result)
    return replace(person, facts=replace(facts, tests=tests, arrival_pcr=carried))
