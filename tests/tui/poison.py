"""Desks as an older program could leave them: facts that no calendar can count with, records of nobody and nothing."""

import random
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from dutyboard.rules.law.facts import ArrivalPcr, Facts, Linked, PcrCert, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.records.model import Person, Record
from dutyboard.rules.records.snapshot import Snapshot
from tests.tui.every_page import FREE_TEXTS
from tests.tui.monkey import sample

FAR = (date.min, date.max)
NOBODY: Final = (0, 999, 10**9)
ABOUT: Final = ("person-999", "site-999", "unit-999", "officer-999", "matter-999", "post", "nonsense", "")
DUTIES: Final = ("patrol-1/site-999/2026-11-24", "screening-report/unit-999/0001-01-01", "assess/person-999", "x", "")
SPOILED: Final = ("units", "officers", "shifts", "sites", "areas", "persons", "entries", "reports", "matters", "staff")


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


def spoiled(desk: Snapshot, seed: int, share: float) -> Snapshot:
    """The same desk with a share of all fields told wrongly, and with every seventh record gone."""
    draw = random.Random(seed)
    changed = [_spoiled(each, draw, share) for table in SPOILED for each in getattr(desk, table).values()]
    bad = desk.applied(desk.seq, changed)
    gone = [(table, key) for table in SPOILED for key in getattr(bad, table) if draw.random() < 1 / 7]
    return bad.applied(bad.seq, (), gone)


def _spoiled(record: Any, draw: random.Random, share: float) -> Any:
    """The same record, with all that it holds, and its own number."""
    changed: dict[str, Any] = {}
    for each in fields(record):
        now = getattr(record, each.name)
        if is_dataclass(now):
            changed[each.name] = _spoiled(now, draw, share)
        elif isinstance(now, tuple) and all(map(is_dataclass, now)):
            changed[each.name] = tuple(_spoiled(inner, draw, share) for inner in now)
        elif each.name != "id" and draw.random() < share:
            changed[each.name] = _wrong(each, now, draw)
    return replace(record, **changed)


def _wrong(field: "Field[Any]", now: Any, draw: random.Random) -> Any:
    """A value of the field's type that no act of today would write; the same where there is none."""
    if "None" in str(field.type) and now is not None and draw.random() < 0.4:
        return None
    if isinstance(now, datetime):
        day = draw.choice((date(1, 1, 3), date(1970, 1, 1), date(9999, 12, 29)))
        return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)
    if isinstance(now, date):
        return draw.choice(FAR)
    if isinstance(now, int) and not isinstance(now, bool):
        return draw.choice(NOBODY)
    if field.name in ("subject", "about", "stopped_by"):
        return draw.choice(ABOUT)
    if field.name in ("obligation", "beside", "urges") and now is not None:
        return draw.choice(DUTIES)
    if field.name in FREE_TEXTS and isinstance(now, str):
        return draw.choice(("", "  ", "-", "999"))
    if field.name == "figures" and isinstance(now, Mapping):
        return {"nobody": 7, **dict(list(now.items())[:2])}
    return draw.choice(((), ("",), 0)) if field.name == "rooms" else now
