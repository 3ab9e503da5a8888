"""The contacts of somebody positive, to be traced and handed on: owed, and written down (三（二）, O19)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dutyboard.rules.law.section_three import CLOSE_CONTACT
from dutyboard.rules.people.contacts import is_positive, positive_since
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.officers import officer_of
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.commands import Actor, TraceContacts
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.timely import untimely
from dutyboard.rules.records.told import Traced
from dutyboard.rules.records.transaction import Accepted, Transaction

TRACE = "trace"
_MOST_CONTACTS = 9999


def trace_id(person: Person, day: date) -> DutyId:
    """`trace/person-12/2021-06-11`."""
    return DutyId(TRACE, subject_id(person), day)


def obligations(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """The contacts of everybody who turned positive are to be traced and handed on (O9, O19): owed from the day of the
    sample, within the hours of the setting, counted from his registration where that came later; it never closes."""
    daily = snapshot.daily_at(now)
    for person in snapshot.persons.values():
        if person.stage == "closed" or not is_positive(person.facts):
            continue
        day = positive_since(person.facts) or snapshot.day_of(person.registered_at)
        opens = bounds(day, snapshot.zone)[0]
        known = max(opens, person.registered_at)
        due = known + snapshot.daily_at(known).duty.trace
        done = snapshot.done.get(trace_id(person, day))
        state, late, entered_late = standing(opens, due, None, done, now, daily.duty.due_soon)
        yield Obligation(
            id=trace_id(person, day),
            kind="trace",
            slot=TRACE,
            subject=person.name,
            subject_id=subject_id(person),
            clause=_close_contacts_clause(snapshot, person, now),
            owed_by=officer_of(snapshot, person),
            opens=opens,
            due=due,
            closes=None,
            state=state,
            entry=done.id if done else None,
            late_minutes=late,
            entered_late=entered_late,
        )


def _close_contacts_clause(snapshot: Snapshot, person: Person, now: datetime) -> str:
    section = course_of(person, snapshot, now).result.notice.section_three
    return section.clause_of(CLOSE_CONTACT)


def decide_trace_contacts(
    command: TraceContacts, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Write down that the contacts of a positive person were traced, how many, and who was told: a stated 0 too."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    owed = next((each for each in obligations(snapshot, now) if each.subject_id == subject_id(person)), None)
    if owed is None:
        return Refusal("nothing_follows", {"person": person.name})
    happened_at = command.happened_at or now
    refused = untimely(snapshot, owed, happened_at, now)
    if refused:
        return refused
    if not command.told.strip():
        return Refusal("figures_needed", {"names": ["told"]})
    if not 0 <= command.contacts <= _MOST_CONTACTS:
        return Refusal("bad_figure", {"name": "contacts", "value": command.contacts, "low": 0, "high": _MOST_CONTACTS})
    transaction = Transaction(snapshot, now, actor)
    entry = transaction.log(
        Traced(contacts=command.contacts, told=command.told.strip()),
        happened_at=happened_at,
        subject=subject_id(person),
        obligation=owed.id,
        text=command.text.strip(),
    )
    state, _, _ = standing(owed.opens, owed.due, owed.closes, entry, now, timedelta())
    return transaction.accepted(state)
