"""A desk as an older program could leave it: people whose facts no calendar can count with."""

import random
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from dutyboard.rules.law.facts import ArrivalPcr, Facts, Linked, PcrCert, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.records.model import Person, Record
from tests.tui.monkey import sample

FAR = (date.min, date.max)


def poisoned(person: Person, draw: random.Random) -> Person:
    """The same person with some of his dates at an end of the calendar."""
    day = draw.choice(FAR)
    at = datetime(day.year, day.month, day.day)  # noqa: DTZ001  wall-clock time, as facts are
    told: list[dict[str, object]] = [
        {"arrival_at": at},
        {"stays": (Stay(place="某地", category="high", left_on=day),)},
        {"tests": (Sample(sampled_on=day, result="negative", stage="site"),)},
        {"pcr": PcrCert(result="negative", sampled_at=at)},
        {"arrival_pcr": ArrivalPcr(sampled_on=day, result="negative")},
        {"contact": "close", "last_exposure_on": day},
        {"contact": "secondary", "linked": (Linked(state="quarantined_negative", admitted_on=day),)},
        {"admitted_on": day, "assessed_on": day},
        {"case_status": "discharged", "discharged_on": day},
        {"border": "foreign", "isolation_days_done": 10**9, "isolation_proof": "yes"},
    ]
    facts: Facts = person.facts
    for each in draw.sample(told, draw.randint(1, 3)):
        facts = replace(facts, **each)  # type: ignore[arg-type]
    moved = {name: day for name in ("admitted_on", "home_from") if getattr(person, name) and draw.random() < 0.5}
    return replace(person, facts=facts, **moved)


@cache
def poisoned_desk(seed: int) -> tuple[Record, ...]:
    """The sample desk with every second person poisoned."""
    draw = random.Random(seed)
    return tuple(
        poisoned(each, draw) if isinstance(each, Person) and draw.random() < 0.5 else each for each in sample()
    )
