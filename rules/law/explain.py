"""Why a result is what it is: sentences relied on, facts used, what could change it, clauses not taken and why."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.conditions import Truth, any_of_all
from dutyboard.rules.law.facts import ArrivalPcr, Facts, Linked, PcrCert, Stay, facts_json
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.law.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the notice that the result rests on."""

    clause: str
    text: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
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
    out = []
    for branch in section.branches:
        if branch.name in result.matched:
            continue
        ways: list[tuple[str, ...]] = [
            tuple(each.text for each in way if each.holds(facts, section.settings) is not True) for way in branch.when
        ]
        truth: Truth = any_of_all(branch.when, facts, section.settings)
        nearest = sorted(ways, key=len)[0]
        out.append(Considered(branch=branch.name, clause=branch.clause, unknown=truth is None, failing=nearest))
    return tuple(out)


def _answers(facts: Facts, notice: Notice) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """For each fact that is not known, the answers it might get."""
    now = facts.arrival_at or notice.effective_from
    plain: dict[str, list[Any]] = {
        "border": ["none", "foreign", "macau"],
        "health_code": ["green", "yellow", "red"],
        "travel_card": ["green", "yellow", "red", "orange"],
        "symptoms": ["none", "present"],
        "release_cert": ["yes", "no"],
        "foreign_14d": ["yes", "no"],
        "isolation_proof": ["yes", "no"],
        "sanfei": ["yes", "no"],
        "contact": ["none", "close"],
        "case_status": ["none", "confirmed"],
        "isolation_days_done": _compared_with("days_done", notice),
        "arrival_at": [now, now - timedelta(days=400)],
        "discharged_on": [now.date()],
        "pcr": ["none", PcrCert(result="negative", sampled_at=now - timedelta(hours=1))],
        "stays": [(), (Stay(category="high", left_on=now.date()),)],
    }
    for key, values in plain.items():
        if getattr(facts, key) in (None, "unknown"):
            yield key, [{key: value} for value in values]
    if facts.stays and any(stay.category in (None, "unknown") or stay.left_on is None for stay in facts.stays):
        yield "stays", [{"stays": _known_stays(facts, category, now)} for category in ("high", "low")]
    if facts.investigation == "pending":
        yield "investigation", [{"investigation": "found_high"}, {"investigation": "clean"}]
    if facts.contact == "unspecified":
        yield "contact", [{"contact": "close"}, {"contact": "none"}]
    if facts.contact == "secondary" and _links_open(facts):
        yield "linked", [{"linked": (Linked(id="", state=state),)} for state in ("positive", "quarantined_negative")]
    if facts.contact in ("close", "secondary") and facts.last_exposure_on is None and facts.arrival_on:
        yield "last_exposure_on", [{"last_exposure_on": facts.arrival_on + timedelta(days=1)}]
    if isinstance(facts.pcr, PcrCert) and facts.pcr.sampled_at is None:
        yield "pcr", [{"pcr": replace(facts.pcr, sampled_at=now - timedelta(hours=1))}, {"pcr": "none"}]
    if facts.arrival_hour_unknown:
        yield "arrival_at", [{"arrival_hour_unknown": False}, {"arrival_at": now + timedelta(hours=23, minutes=59)}]
    if not isinstance(facts.arrival_pcr, ArrivalPcr):
        day = now.date()
        yield "arrival_pcr", [{"arrival_pcr": ArrivalPcr(sampled_on=day, result="negative", result_on=day)}]


def _compared_with(subject: str, notice: Notice) -> list[int]:
    """The numbers that a notice's conditions compare a subject with, and 0: the answers at which something turns."""
    branches = notice.section_three.branches
    limits = {each.limit for branch in branches for way in branch.when for each in way if each.subject == subject}
    return sorted({0, *(limit for limit in limits if limit is not None)})


def _links_open(facts: Facts) -> bool:
    return not facts.linked or any(each.state in (None, "unknown", "released_early") for each in facts.linked)


def _known_stays(facts: Facts, category: Any, now: datetime) -> tuple[Stay, ...]:
    return tuple(
        replace(
            stay,
            category=category if stay.category in (None, "unknown") else stay.category,
            left_on=stay.left_on or now.date(),
        )
        for stay in facts.stays or ()
    )


def would_change(result: Result) -> tuple[str, ...]:
    """The unknown facts of which some answer would give another result: found by trying each answer."""
    said = _says(result)
    found = []
    for key, answers in _answers(result.facts, result.notice):
        if any(_says(assess(replace(result.facts, **answer), result.notice)) != said for answer in answers):
            found.append(key)
    return tuple(dict.fromkeys(found))


def deciding_facts(result: Result) -> tuple[str, ...]:
    """The facts that a referral waits for and nobody knows, the gravest question's first. () where all are known and a
    office has to answer; the day of assessing is nobody's to tell."""
    facts = result.facts
    keys = (key for reason in result.reasons for key in reason.facts if key != "assessed_on")
    return tuple(dict.fromkeys(key for key in keys if _is_open(key, facts)))


def _is_open(key: str, facts: Facts) -> bool:
    """Whether an answer to this is missing, in whole or in part."""
    value = getattr(facts, key)
    if key == "temp_c":
        return value is None and facts.symptoms in (None, "unknown")
    if key == "stays" and value:
        return any(stay.category in (None, "unknown") or stay.left_on is None for stay in value)
    if key == "linked":
        return _links_open(facts)
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


def open_facts(result: Result, id_no: str, asked: Collection[str]) -> tuple[str, ...]:
    """What to ask next: the check that alone keeps him at a site, the facts that would decide it, those that could
    change it, those that the papers call for."""
    held = ("investigation",) if result.hold == "history_not_checked" else ()
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
