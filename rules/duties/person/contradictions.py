"""Facts and particulars that two sources tell unlike: the stricter stands until an officer decides (二)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from dutyboard.rules.duties.person.correction import decide_correct
from dutyboard.rules.duties.post.seats import next_shift_end
from dutyboard.rules.duties.worse import with_value
from dutyboard.rules.law.facts import facts_json, read_facts
from dutyboard.rules.people.identity import IDENTITY
from dutyboard.rules.people.officers import officer_of
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Correct, PersonData, Settle
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Contradiction, Person, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation, Window, obligation, standing
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import ContradictionSettled
from dutyboard.rules.records.transaction import Accepted, Transaction
from dutyboard.rules.records.unlike import contradictions_of, settle

KINDS: Final[tuple[Kind, ...]] = ("contradiction",)


def owed(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield one row for each person of whom something is told unlike. It is late once the next shift has come."""
    for number in sorted({each.person_id for each in snapshot.contradictions.values() if each.settled_at is None}):
        person = snapshot.persons.get(number)
        if person is not None and on_desk(person) and (found := contradictions_of(person, snapshot)):
            yield _owed(person, found, snapshot, now)


def _owed(person: Person, found: tuple[Contradiction, ...], snapshot: Snapshot, now: datetime) -> Obligation:
    daily, since = snapshot.daily_at(now), found[0].found_at
    window = Window(since, next_shift_end(snapshot, since))
    return replace(
        obligation(
            "contradiction",
            DutyId("contradiction", subject_id(person), snapshot.day_of(since)),
            subject_id(person),
            window,
            standing(window, None, now, daily.duty.due_soon),
            None,
            subject=person.name,
            clause=daily.clauses.assess,
            owed_by=officer_of(snapshot, person),
        ),
        unlike=tuple(dict.fromkeys(each.field for each in found)),
    )


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
    if found.field in IDENTITY:
        taken = with_value(person, found.field, found.other)
    else:
        other = list(found.other) if isinstance(found.other, tuple) else found.other
        taken = replace(person, facts=read_facts({**facts_json(person.facts), found.field: other}))
    return PersonData(
        **{name: getattr(taken, name) for name in IDENTITY},
        unit_id=taken.unit_id,
        facts=taken.facts,
        warnings=taken.warnings,
        asked=taken.asked,
    )
