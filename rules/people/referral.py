"""Referral of a person: the record that a question opens, the places it sends to, and what it already covers."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.law.result import Result
from dutyboard.rules.people.rulings import answer_of, basis_of
from dutyboard.rules.people.stage import FEVER_PLACES, awaits_answer, in_hospital
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.referral import SUSPECTED, Referral, ReferralAnswer


def opened(person: Person, result: Result, at: datetime) -> Person:
    """Return the person with the questions of a result put to the office that answers the gravest of them.

    Questions that are put already keep the hour since which they are owed.
    """
    codes = tuple(reason.code for reason in result.reasons)
    old = person.referral
    since = at
    if old is not None and awaits_answer(person):
        since = old.since
        codes = (*(code for code in old.reasons if code == SUSPECTED), *codes)
    made = Referral(
        since=since,
        reasons=codes,
        owed_to=result.reasons[0].office,
        provisional=result.provisional or "ask",
        former=answer_of(person),
    )
    return replace(person, referral=made)


def covers(person: Person, result: Result) -> bool:
    """Return True if every question of a result is put to an office already, and waits for its answer."""
    referral = person.referral
    return (
        referral is not None
        and awaits_answer(person)
        and all(reason.code in referral.reasons for reason in result.reasons)
    )


def settled_by_facts(person: Person, by: int, at: datetime) -> Person:
    """Return the person with his open referral closed because the facts decide by now; else as he is.

    A suspected case is answered by an office alone: no facts settle it.
    """
    if person.referral is None or not awaits_answer(person) or SUSPECTED in person.referral.reasons:
        return person
    answer = ReferralAnswer(authority="", by=by, at=at, decision="", basis=basis_of(person.facts))
    return replace(person, referral=replace(person.referral, answer=answer))


def owes_closed_loop(person: Person) -> bool:
    """Return True if an open referral sends him to the fever clinic or the hospital, and nobody has taken him."""
    referral = person.referral
    if referral is None or not awaits_answer(person) or referral.provisional not in FEVER_PLACES:
        return False
    return not in_hospital(person) and person.stage not in ("transfer", "away")
