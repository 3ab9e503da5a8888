"""Explanation of a result: sentences relied on, facts used, facts that could change it, clauses not taken."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from dutyboard.frozen import frozen
from dutyboard.rules.law.answers import ANSWERS, links_open
from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.conditions import Answers, Truth
from dutyboard.rules.law.facts import (
    ArrivalPcr,
    Facts,
    PcrCert,
    facts_json,
)
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.law.result import Hold, Result


@frozen
class Sentence:
    """A sentence of the notice that the result rests on."""

    clause: str
    text: Phrase


@frozen
class Considered:
    """A branch that was not taken: `failing` are its conditions that do not hold, or that nobody knows."""

    branch: str
    clause: str
    unknown: bool
    failing: tuple[str, ...]


def sentences(result: Result) -> tuple[Sentence, ...]:
    """The sentences of every branch that applies or is held to, the home rule where a home stage follows."""
    section = result.notice.section_three
    branches = dict.fromkeys((*result.matched, *result.branches))
    found = [Sentence(clause=branch.clause, text=branch.sentence) for branch in map(section.branch, branches)]
    if result.home_days:
        found.append(Sentence(clause=section.home_clause, text=section.home_sentence))
    return tuple(dict.fromkeys(found))


def facts_used(result: Result) -> dict[str, Any]:
    """The known facts that the result was found from, as they stand in the facts object."""
    known = facts_json(result.facts)
    return {key: known[key] for key in result.facts_used if key in known}


def considered(result: Result) -> tuple[Considered, ...]:
    """The branches that do not apply, each with the conditions of its nearest way that fail."""
    section, facts = result.notice.section_three, result.facts
    answers, out = Answers(facts, section.settings), []
    for branch in section.branches:
        if branch.name in result.matched:
            continue
        ways: list[tuple[str, ...]] = [
            tuple(each.text for each in way if answers.all_of((each,)) is not True) for way in branch.when
        ]
        truth: Truth = answers.any_of_all(branch.when)
        nearest = sorted(ways, key=len)[0]
        out.append(Considered(branch=branch.name, clause=branch.clause, unknown=truth is None, failing=nearest))
    return tuple(out)


def would_change(result: Result) -> tuple[str, ...]:
    """Return the unknown facts of which some answer would give another result, by trying each answer."""
    said, facts, notice = _says(result), result.facts, result.notice
    return tuple(
        key
        for key, answers in ANSWERS.items()
        if any(_says(assess(replace(facts, **answer), notice)) != said for answer in answers(facts, notice))
    )


def deciding_facts(result: Result) -> tuple[str, ...]:
    """The facts that a referral, or an open end, waits for and nobody knows, the gravest question's first. () where all
    are known and an office has to answer; the day of assessing is nobody's to tell."""
    facts = result.facts
    keys = (key for reason in (*result.reasons, *result.asks) for key in reason.facts if key != "assessed_on")
    return tuple(dict.fromkeys(key for key in keys if _is_open(key, facts)))


def _is_open(key: str, facts: Facts) -> bool:
    """Return whether an answer to this is missing, in whole or in part."""
    value = getattr(facts, key)
    if key == "temp_c":
        return value is None and facts.symptoms in (None, "unknown")
    if key == "stays" and value:
        return any(stay.category in (None, "unknown") or stay.left_on is None for stay in value)
    if key == "linked":
        return links_open(facts)
    if key == "arrival_at":
        return value is None or facts.arrival_hour_unknown
    if isinstance(value, PcrCert | ArrivalPcr):
        return value.result in (None, "pending")
    return value in (None, "unknown", "unspecified", "pending")


def papers_to_ask(facts: Facts, id_no: str, asked: Collection[str]) -> tuple[str, ...]:
    """Stays abroad where a yellow card makes them matter (O39), 三非 where there are no papers (O37). `asked` are the
    facts whose default was an answer."""
    keys = []
    if facts.travel_card == "yellow" and facts.border in (None, "unknown", "none") and facts.foreign_14d is None:
        keys.append("foreign_14d")
    if not id_no and facts.sanfei == "no" and "sanfei" not in asked:
        keys.append("sanfei")
    return tuple(keys)


_HELD_BY: Mapping[Hold, tuple[str, ...]] = {
    "history_not_checked": ("investigation",),
    "negative_missing": ("arrival_pcr", "investigation"),
    "discharge_unknown": ("discharged_on",),
    "contact_unknown": ("linked",),
}
"""The facts that alone keep an end open, by the reason."""


def open_facts(result: Result, id_no: str, asked: Collection[str]) -> tuple[str, ...]:
    """Return the facts to ask next, by key.

    First what alone keeps his end open, then the facts that would decide it, then those that could change
    it, then those that his papers call for.
    """
    alone = _HELD_BY.get(result.hold, ()) if result.hold else ()
    held = tuple(key for key in alone if _is_open(key, result.facts))
    papers = papers_to_ask(result.facts, id_no, asked)
    return tuple(dict.fromkeys((*held, *deciding_facts(result), *would_change(result), *papers)))


def _says(result: Result) -> tuple[Any, ...]:
    return (
        result.decision,
        result.clause,
        result.also,
        result.provisional,
        result.dates,
        tuple(reason.code for reason in result.reasons),
    )
