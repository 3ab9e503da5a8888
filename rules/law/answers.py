"""Answers that each fact might get: what a result might turn into, tried one by one.

To add a fact: its field in `facts.py`, and here its answers, or the reason why nobody is asked for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from dutyboard.rules.law.facts import ArrivalPcr, Facts, Linked, LinkState, PcrCert, Stay, StayCategory, words_of
from dutyboard.rules.law.notice import Notice

FactChange = dict[str, Any]
"""Facts with their new values, as `replace` takes them."""


def _now(facts: Facts, notice: Notice) -> datetime:
    if facts.arrival_at is None and facts.admission is not None:
        return datetime.combine(facts.admission, time())
    return facts.arrival_at or notice.effective_from


def _to_words(key: str) -> Callable[[Facts, Notice], list[FactChange]]:
    """Return the answers to a fact of words: all of them, where it is not known."""
    words = [{key: word} for word in words_of(key) if word != "unknown"]

    def answers(facts: Facts, _notice: Notice) -> list[FactChange]:
        return words if getattr(facts, key) in (None, "unknown") else []

    return answers


def _to_contact(facts: Facts, _notice: Notice) -> list[FactChange]:
    if facts.contact in ("unknown", "unspecified"):
        return [{"contact": word} for word in words_of("contact") if word not in ("unknown", "unspecified")]
    return []


def _to_days_done(facts: Facts, notice: Notice) -> list[FactChange]:
    """Return the numbers that a condition compares with, and 0: the answers at which something turns."""
    if facts.isolation_days_done is not None:
        return []
    ways = (each for branch in notice.section_three.branches for way in branch.when for each in way)
    limits = {each.limit for each in ways if each.subject == "days_done" and each.limit is not None}
    return [{"isolation_days_done": days} for days in sorted({0, *limits})]


def _to_arrival(facts: Facts, notice: Notice) -> list[FactChange]:
    now = _now(facts, notice)
    if facts.no_arrival:
        return []
    if facts.arrival_at is None:
        return [{"arrival_at": now}, {"arrival_at": now - timedelta(days=400)}]
    if facts.arrival_hour_unknown:
        return [{"arrival_hour_unknown": False}, {"arrival_at": now + timedelta(hours=23, minutes=59)}]
    return []


def _to_discharge(facts: Facts, notice: Notice) -> list[FactChange]:
    return [{"discharged_on": _now(facts, notice).date()}] if facts.discharged_on is None else []


def _to_certificate(facts: Facts, notice: Notice) -> list[FactChange]:
    fresh = _now(facts, notice) - timedelta(hours=1)
    if facts.pcr is None:
        return [{"pcr": "none"}, {"pcr": PcrCert(result="negative", sampled_at=fresh)}]
    if isinstance(facts.pcr, PcrCert) and facts.pcr.sampled_at is None:
        return [{"pcr": replace(facts.pcr, sampled_at=fresh)}, {"pcr": "none"}]
    return []


def _to_stays(facts: Facts, notice: Notice) -> list[FactChange]:
    today = _now(facts, notice).date()
    if facts.stays is None:
        return [{"stays": ()}, {"stays": (Stay(category="high", left_on=today),)}]
    if not any(stay.category in (None, "unknown") or stay.left_on is None for stay in facts.stays):
        return []
    levels: tuple[StayCategory, ...] = ("high", "low")
    return [{"stays": tuple(_known(stay, level, today) for stay in facts.stays)} for level in levels]


def _known(stay: Stay, level: StayCategory, today: date) -> Stay:
    category = level if stay.category in (None, "unknown") else stay.category
    return replace(stay, category=category, left_on=stay.left_on or today)


def _to_investigation(facts: Facts, _notice: Notice) -> list[FactChange]:
    """Return the outcomes of a check of history that is under way: none is made of somebody's own accord."""
    return [{"investigation": "found_high"}, {"investigation": "clean"}] if facts.investigation == "pending" else []


def _to_linked(facts: Facts, _notice: Notice) -> list[FactChange]:
    states: tuple[LinkState, ...] = ("positive", "quarantined_negative")
    asked = facts.contact == "secondary" and links_open(facts)
    return [{"linked": (Linked(id="", state=state),)} for state in states] if asked else []


def links_open(facts: Facts) -> bool:
    """Return whether a secondary contact's close contacts are not all known, or one left early.

    Who is at a site since a day that nobody knows leaves an end open, and who was released on such a day.
    """
    return not facts.linked or any(
        each.state == "released_early" or (each.state != "positive" and each.ends_from is None) for each in facts.linked
    )


def _to_exposure(facts: Facts, _notice: Notice) -> list[FactChange]:
    if facts.contact in ("close", "secondary") and facts.last_exposure_on is None and facts.admission:
        return [{"last_exposure_on": facts.admission + timedelta(days=1)}]
    return []


def _to_arrival_pcr(facts: Facts, notice: Notice) -> list[FactChange]:
    today = _now(facts, notice).date()
    tested = isinstance(facts.arrival_pcr, ArrivalPcr)
    return [] if tested else [{"arrival_pcr": ArrivalPcr(sampled_on=today, result="negative", result_on=today)}]


_OF_WORDS = (
    *("border", "health_code", "travel_card", "symptoms", "release_cert", "foreign_14d", "isolation_proof"),
    "sanfei",
)
ANSWERS: Mapping[str, Callable[[Facts, Notice], list[FactChange]]] = {
    **{key: _to_words(key) for key in _OF_WORDS},
    "contact": _to_contact,
    "case_status": _to_words("case_status"),
    "isolation_days_done": _to_days_done,
    "arrival_at": _to_arrival,
    "discharged_on": _to_discharge,
    "pcr": _to_certificate,
    "stays": _to_stays,
    "investigation": _to_investigation,
    "linked": _to_linked,
    "last_exposure_on": _to_exposure,
    "arrival_pcr": _to_arrival_pcr,
}
"""The answers that each fact might get, () where it is known. In the order in which they are asked."""
NEVER_ASKED: Mapping[str, str] = {
    "admitted_on": "the desk's own record of the move",
    "assessed_on": "the desk's own day of assessing",
    "home7_done_elsewhere": "told with the papers of isolation, which are asked for",
    "macau_rebound": "the command post's switch",
    "temp_c": "a temperature is told as a symptom",
    "vaccinated": "the command post asks it with a positive serum; no condition reads it",
    "tests": "the plan owes them",
}
"""The facts that nobody is asked for, and why."""
