"""Consequences of a positive result or a release for everybody it touches, carried out as one act.

`consequences` and `after_leaving` only say; `decide_act_on_positive` carries out (O9, O16 to O19). A consequence that
needs a choice no program can make, a room above all, leaves its person in the queue, where he is owed an assessment.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from dutyboard.frozen import frozen
from dutyboard.rules.duties.person.placement import confirm_into
from dutyboard.rules.law.contacts import Proposal, ProposalKind, after_positive, after_release, with_link
from dutyboard.rules.law.facts import ArrivalPcr, Facts, PcrCert
from dutyboard.rules.law.gate import Blocker
from dutyboard.rules.law.plan import plan
from dutyboard.rules.law.result import Result
from dutyboard.rules.law.spans import day
from dutyboard.rules.people.changes import Changed, before_after
from dutyboard.rules.people.contacts import is_positive, linked_people, positive_since
from dutyboard.rules.people.course import Course, course_of
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.people.rooms import holds_room, room_mates
from dutyboard.rules.people.stage import in_room, on_desk
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import ActOnPositive, Confirm
from dutyboard.rules.records.ids import ConsequenceId, number_typed
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import PositiveActed
from dutyboard.rules.records.transaction import Accepted, Transaction


@frozen
class Consequence:
    """One consequence for one person. `changes` are what it does to his clause, dates and tests; `waits_for` the close
    contacts he still depends on (`person-3`); `blockers` what else keeps him from being released with the other.

    `at_once`: the act carries it out; else it leaves the person in the queue, or waits.
    """

    kind: ProposalKind
    person_id: int
    clause: str
    at_once: bool
    changes: tuple[Changed, ...] = ()
    waits_for: tuple[str, ...] = ()
    blockers: tuple[Blocker, ...] = ()

    @property
    def id(self) -> ConsequenceId:
        """`convert/person-2`: what a screen shows and hands back."""
        return ConsequenceId(self.kind, self.person_id)


def consequences(
    snapshot: Snapshot, person: Person, now: datetime, sampled_on: date | None = None
) -> tuple[Consequence, ...]:
    """Return what a positive PCR brings and has not been carried out yet; () where none is positive.

    It brings the hospital, his contacts to trace, his secondary contacts as close ones with their tests, and no release
    from his room. `sampled_on`: the day of a positive sample that is about to be written down, for the form that shows
    it first.
    """
    on = sampled_on or positive_since(person.facts)
    if on is None and not is_positive(person.facts):
        return ()
    on = on or snapshot.day_of(now)
    me = subject_id(person)
    people: dict[str, Facts] = {me: _without_positive(course_of(person, snapshot, now).facts)}
    for other in _secondaries(snapshot, person):
        facts = course_of(other, snapshot, now).facts
        people[subject_id(other)] = with_link(facts, me, "quarantined_negative", on)
    mates = room_mates(person, snapshot)
    room = (person.site_id or 0, person.room or 0)
    rooms: dict[str, object] = {subject_id(each): room for each in (*mates, person) if mates}
    notice = course_of(person, snapshot, now).result.notice
    found = [_positive_one(each, snapshot) for each in after_positive(me, on, people, rooms, notice)]
    return tuple(each for each in found if not _carried_out(each, person, snapshot))


def _secondaries(snapshot: Snapshot, contact: Person) -> Iterator[Person]:
    """The people of the desk who are secondary contacts because of this close contact."""
    for other in snapshot.persons.values():
        told = other.facts.linked or () if other.facts.contact == "secondary" else ()
        if on_desk(other) and any(number_typed("person", each.id) == contact.id for each in told):
            yield other


def _without_positive(facts: Facts) -> Facts:
    """The facts as they stood before the positive result."""
    arrival = facts.arrival_pcr
    carried = facts.pcr
    return replace(
        facts,
        tests=tuple(each for each in facts.tests if (each.type, each.result) != ("pcr", "positive")),
        arrival_pcr=None if isinstance(arrival, ArrivalPcr) and arrival.result == "positive" else arrival,
        pcr=None if isinstance(carried, PcrCert) and carried.result == "positive" else carried,
    )


def _positive_one(proposal: Proposal, snapshot: Snapshot) -> Consequence:
    person = _who(proposal, snapshot)
    at_once = proposal.kind != "convert" or holds_room(person)
    return _consequence(proposal, person, at_once=at_once)


def _who(proposal: Proposal, snapshot: Snapshot) -> Person:
    """The person a proposal is about: it was asked for by his name (`person-12`)."""
    return snapshot.persons[number_typed("person", proposal.person) or 0]


def _consequence(proposal: Proposal, person: Person, *, at_once: bool, **more: Any) -> Consequence:
    before, after = _course(proposal.before), _course(proposal.after)
    return Consequence(
        kind=proposal.kind,
        person_id=person.id,
        clause=proposal.clause,
        at_once=at_once,
        changes=before_after(before, after) if before and after else (),
        waits_for=proposal.waits_for,
        **more,
    )


def _course(result: Result | None) -> Course | None:
    return None if result is None else Course(facts=result.facts, result=result, plan=plan(result))


def _carried_out(each: Consequence, positive: Person, snapshot: Snapshot) -> bool:
    """Return True if this consequence is already done, or is now the queue's job.

    Once the positive person is on his way to the hospital, the queue holds those whom the act left there.
    """
    moved = positive.assessment is not None and positive.assessment.first_place == "hospital"
    person = snapshot.persons[each.person_id]
    if each.kind == "transfer_to_hospital":
        return moved
    if each.kind == "stop_releases":
        return person.stopped_by == subject_id(positive)
    if each.kind == "convert":
        converted = person.assessment is not None and person.assessment.clause == each.clause
        return converted or (moved and not each.at_once)
    return moved


def after_leaving(snapshot: Snapshot, released: Person, now: datetime) -> tuple[Consequence, ...]:
    """Return what a close contact's release means for his secondary contacts (密接解除，次密接自动解除).

    Each is released with him where nothing else blocks, waits for another close contact, or is to be asked about.
    `released` is the record as the release leaves it.
    """
    me = subject_id(released)
    later = replace(snapshot, persons={**snapshot.persons, released.id: released})
    people: dict[str, Facts] = {
        subject_id(each): course_of(each, snapshot, now).facts for each in _secondaries(snapshot, released)
    }
    notice = course_of(released, snapshot, now).result.notice
    out = []
    for proposal in after_release(me, snapshot.day_of(now), people, notice, released.released_early):
        person = _who(proposal, snapshot)
        found = gate_of(person, later, now) if proposal.kind == "release_linked" else None
        blockers = found.blockers if found is not None else ()
        at_once = proposal.kind == "release_linked" and found is not None and found.may_release
        out.append(_consequence(proposal, person, at_once=at_once, blockers=blockers))
    return tuple(out)


def earlier_release(snapshot: Snapshot, person: Person, now: datetime) -> date | None:
    """Return the day from which national practice would let a secondary contact go, whom the notice keeps (O13, b).

    His own named samples are negative, and so are the first ones of each of his close contacts. It is for the command
    post to see; nothing here releases him. None: not met, or somebody's samples are not on this desk.
    """
    course = course_of(person, snapshot, now)
    section = course.result.notice.section_three
    settings = section.settings
    follows = any(section.branch(name).site.until == "linked" for name in course.result.branches)
    start = course.facts.admission
    contacts = linked_people(person, snapshot.persons)
    if not follows or start is None or not in_room(person) or len(contacts) != len(person.facts.linked or ()):
        return None
    own = [test for test in course.plan.tests if test.type == "pcr" and test.demanded and not test.proposed]
    theirs = [
        [t for t in course_of(each, snapshot, now).plan.tests if t.type == "pcr" and t.stage == "site"]
        for each in contacts
    ]
    first = [tests[: settings.secondary_early_close_pcr] for tests in theirs]
    enough = all(len(tests) == settings.secondary_early_close_pcr for tests in first)
    if not (own and enough and all(test.result == "negative" for tests in (own, *first) for test in tests)):
        return None
    return day(start, settings.secondary_least_days, settings) + timedelta(days=1)


def decide_act_on_positive(
    command: ActOnPositive, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Carry out what was previewed, in one transaction; refused if another list has come up.

    The positive person is assessed to the hospital, each secondary contact in a room assessed as a close one, and each
    room-mate's release stopped.
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    found = consequences(snapshot, person, now)
    if not found:
        return Refusal("nothing_follows", {"person": NameOf(person)})
    ids = [each.id for each in found]
    if set(ids) != set(command.shown):
        added = [each for each in ids if each not in command.shown]
        return Refusal("items_changed", {"added": added, "gone": [each for each in command.shown if each not in ids]})
    transaction = Transaction(snapshot, now, actor)
    transaction.log(
        PositiveActed(
            carried_out=tuple(each.id for each in found if each.at_once),
            queued=tuple(each.id for each in found if not each.at_once),
        ),
        subject=subject_id(person),
        abnormal=True,
    )
    current: dict[int, Person] = {}
    for each in found:
        other = current.get(each.person_id) or snapshot.persons[each.person_id]
        if each.kind == "stop_releases":
            current[other.id] = replace(other, stopped_by=subject_id(person))
        elif each.kind in ("transfer_to_hospital", "convert") and each.at_once:
            clause = course_of(other, snapshot, now).result.clause
            named = other.officer_name or command.officer_name
            done = confirm_into(transaction, other, Confirm(person_id=other.id, clause=clause, officer_name=named))
            if isinstance(done, Refusal):
                return done
            current[other.id] = replace(done, stopped_by=other.stopped_by)
    for changed in current.values():
        transaction.put(changed)
    return transaction.accepted()
