"""The contacts of somebody positive, to be traced and handed on: owed, and written down (三（二）, O19)."""

from datetime import datetime

from dutyboard.rules.law.section_three import CLOSE_CONTACT
from dutyboard.rules.people.contacts import is_positive, positive_since
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.officers import officer_of
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import TraceContacts
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation, Window, obligation, standing
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.timely import untimely
from dutyboard.rules.records.told.person import Traced
from dutyboard.rules.records.transaction import Accepted, Transaction

TRACE = "trace"
_MOST_CONTACTS = 9999


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Obligation | None:
    """Return the tracing of one person's contacts; None: he is not positive, or gone.

    It is owed from the day of the sample, within the hours of the setting, counted from his registration where that
    came later.
    """
    if not on_desk(person) or not is_positive(person.facts):
        return None
    day = positive_since(person.facts) or snapshot.day_of(person.registered_at)
    opens = bounds(day, snapshot.zone)[0]
    known = max(opens, person.registered_at)
    window = Window(opens, known + snapshot.daily_at(known).duty.trace)
    duty = DutyId(TRACE, subject_id(person), day)
    done = snapshot.done.get(duty)
    return obligation(
        "trace",
        duty,
        subject_id(person),
        window,
        standing(window, done, now, snapshot.daily_at(now).duty.due_soon),
        done,
        subject=person.name,
        clause=_close_contacts_clause(snapshot, person, now),
        owed_by=officer_of(snapshot, person),
        priority="red",
    )


def _close_contacts_clause(snapshot: Snapshot, person: Person, now: datetime) -> str:
    section = course_of(person, snapshot, now).result.notice.section_three
    return section.clause_of(CLOSE_CONTACT)


def decide_trace_contacts(
    command: TraceContacts, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Write down that a positive person's contacts were traced: how many, and who was told. 0 is stated too."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    trace = owed_for(person, snapshot, now)
    if trace is None:
        return Refusal("nothing_follows", {"person": NameOf(person)})
    happened_at = command.happened_at or now
    refused = untimely(snapshot, trace, happened_at, now, command.text)
    if refused:
        return refused
    if not command.told.strip():
        return Refusal("figures_needed", {"names": ["told"]})
    if not 0 <= command.contacts <= _MOST_CONTACTS:
        return Refusal("bad_figure", {"name": "contacts", "value": command.contacts, "low": 0, "high": _MOST_CONTACTS})
    told = Traced(contacts=command.contacts, told=command.told.strip())
    return Transaction(snapshot, now, actor).discharge(trace, told, happened_at, text=command.text.strip())
