"""Rulings: the result that an office's answer to a referral gives, as long as the facts stay as they were."""

import json
from dataclasses import replace

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.facts import Facts, facts_json
from dutyboard.rules.law.result import Result
from dutyboard.rules.law.ruling import Ruling
from dutyboard.rules.people.stage import is_classed
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.referral import ReferralAnswer


def basis_of(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return the lasting facts that an answer rests on, as key and value in JSON.

    Samples, results and the desk's own days are left out: they come in while the answer stands.
    """
    lasting = replace(facts, tests=(), arrival_pcr=None, admitted_on=None, assessed_on=None)
    told = facts_json(lasting)
    return tuple((key, json.dumps(told[key], ensure_ascii=False, sort_keys=True)) for key in sorted(told))


def answer_of(person: Person) -> ReferralAnswer | None:
    """Return the office's last answer about a person, also while another question is put; None: there is none."""
    referral = person.referral
    if referral is None:
        return None
    return referral.answer if referral.answer is not None and referral.answer.authority else referral.former


def ruling_of(person: Person, asked: Result) -> Ruling | None:
    """Return the ruling in force on the questions of a result; None: nobody has answered them, or facts have changed.

    `asked` is what the facts give by themselves. Where they decide, no ruling is needed.
    """
    answer = answer_of(person)
    if answer is None or asked.decision != "refer" or not answer.settles:
        return None
    if any(reason.code not in answer.settles for reason in asked.reasons) or answer.basis != basis_of(person.facts):
        return None
    return Ruling(frozenset(answer.settles), answer.clause)


def ruled(person: Person, asked: Result) -> Result:
    """Return the result of a person: as an office has answered it, else as the facts gave it."""
    ruling = ruling_of(person, asked)
    if ruling is None:
        return asked
    try:
        return assess(asked.facts, asked.notice, ruling)
    except LookupError:  # another notice is in force, and it has no such clause: the question is open again
        return asked


def going_on(person: Person, result: Result) -> Result:
    """Return the result whose stages and tests go on: of somebody placed, the one that stood before his referral.

    A referral stands beside the stage (O49): room, days and tests run on until it is answered.
    """
    if result.decision != "refer" or not is_classed(person):
        return result
    before = assess(result.facts, result.notice, Ruling(frozenset(reason.code for reason in result.reasons)))
    return before if before.decision != "refer" else result
