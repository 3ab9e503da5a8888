"""Referral of a person to an office: owed until it is answered, and its answer (O31, O49)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from dutyboard.rules.duties.person.registration import untrue
from dutyboard.rules.law.ruling import NO_CLAUSE
from dutyboard.rules.people.changes import changed_fields, values_of
from dutyboard.rules.people.course import fresh_course
from dutyboard.rules.people.officers import officer_name, officer_of
from dutyboard.rules.people.rulings import basis_of
from dutyboard.rules.people.stage import FEVER_PLACES, awaits_answer, in_queue, on_desk
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import AnswerReferral
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation, Window, obligation, standing
from dutyboard.rules.records.referral import ReferralAnswer
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import ReferralAnswered
from dutyboard.rules.records.transaction import Accepted, Transaction

KINDS: Final[tuple[Kind, ...]] = ("referral",)
FREE: Final = ("free", NO_CLAUSE)
"""Words for the class of somebody whom no clause concerns."""


def owed_for(person: Person, snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield the answer that is owed about one person."""
    referral = person.referral
    if referral is None or not awaits_answer(person):
        return
    officer = officer_of(snapshot, person)
    office = officer if referral.owed_to == "person" else referral.owed_to  # what only he can tell, his officer asks
    window = Window(referral.since, referral.since + snapshot.daily_at(referral.since).thresholds.unassessed)
    sick = referral.provisional in FEVER_PLACES
    stands = standing(window, None, now, snapshot.daily_at(now).duty.due_soon)
    yield obligation(
        "referral",
        DutyId("referral", subject_id(person), snapshot.day_of(window.due)),
        subject_id(person),
        window,
        stands,
        None,
        subject=person.name,
        clause=snapshot.daily_at(now).clauses.assess,
        owed_by=office,
        priority="red" if sick or stands.state == "late" else "normal",
    )


def decide_answer_referral(
    command: AnswerReferral, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Close the referral of a person by the answer of an office, which may set facts or decide his class.

    A class decided so holds in place of what the facts give, under the office's name, until the facts change. Without
    a class and without facts the questions are settled, and what else the facts give stands.
    """
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    referral, refused = person.referral, _cannot_answer(person, command, snapshot, now)
    if refused is not None or referral is None:
        return refused or Refusal("no_referral", {"person": NameOf(person)})
    told = replace(person, facts=command.facts or person.facts)
    clause = _class_decided(command, told, snapshot, now)
    if isinstance(clause, Refusal):
        return clause
    settles = referral.reasons
    former = referral.former
    if former is not None and former.basis == basis_of(person.facts):  # what was settled before stays settled
        settles += former.settles
        clause = clause or former.clause
    if clause is not None:
        settles += tuple(reason.code for reason in fresh_course(told, snapshot, now).result.reasons)
    changed = changed_fields(person, told)
    answer = ReferralAnswer(
        authority=command.authority.strip(),
        by=actor.officer_id or 0,
        at=command.happened_at or now,
        decision=command.decision.strip(),
        clause=clause,
        changed=changed,
        settles=tuple(dict.fromkeys(settles)),
        basis=basis_of(told.facts),
    )
    row = next((each.id for each in owed_for(person, snapshot, now) if each.kind == "referral"), None)
    transaction = Transaction(snapshot, now, actor)
    transaction.put(
        replace(
            told,
            referral=replace(referral, answer=answer),
            stage="pending" if in_queue(person) else person.stage,  # classed or not, he is to be placed now
        )
    )
    transaction.log(
        ReferralAnswered(
            decision=answer.decision,
            authority=answer.authority,
            reasons=answer.settles,
            referred_at=referral.since,
            clause=clause,
            changed=changed,
            before=values_of(person, changed),
            after=values_of(told, changed),
        ),
        happened_at=command.happened_at,
        subject=subject_id(person),
        obligation=row,
        text=command.text.strip(),
    )
    return transaction.accepted()


def _cannot_answer(person: Person, command: AnswerReferral, snapshot: Snapshot, now: datetime) -> Refusal | None:
    """Return why an answer cannot be taken; None: it can."""
    referral = person.referral
    if referral is None or not on_desk(person):
        return Refusal("no_referral", {"person": NameOf(person)})
    if referral.answer is not None:
        answer = referral.answer
        by, said = officer_name(snapshot, answer.by), answer.authority or answer.clause or ""
        return Refusal("referral_answered", {"person": NameOf(person), "name": said, "by": by, "at": answer.at})
    told = {"decision": command.decision, "authority": command.authority}
    missing = [name for name, text in told.items() if not text.strip()]
    if missing:
        return Refusal("figures_needed", {"names": missing})
    at = command.happened_at or now
    if at > now:
        return Refusal("in_future", {"at": at})
    if at < referral.since:
        return Refusal("not_open_yet", {"subject": NameOf(person), "opens": referral.since})
    return untrue(command.facts, person.facts, snapshot, now) if command.facts else None


def _class_decided(command: AnswerReferral, told: Person, snapshot: Snapshot, now: datetime) -> str | Refusal | None:
    """Return the class that an answer decides, None where it names none; a Refusal for one that the notice lacks."""
    typed = (command.clause or "").strip()
    if not typed:
        return None
    if typed in FREE:
        return NO_CLAUSE
    section = fresh_course(told, snapshot, now).result.notice.section_three
    known = tuple(dict.fromkeys(branch.clause for branch in section.branches if not branch.hands_over))
    return typed if typed in known else Refusal("unknown_clause", {"clause": typed, "names": (*known, FREE[0])})
