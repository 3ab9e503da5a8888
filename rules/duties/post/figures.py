"""Figures of a report as the desk's own records give them: a proposal for its form, never the report itself.

The notice of the day names the figures that each report states, and their order.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Final, Literal

from dutyboard.rules.law.daily import RosterFigure, Screening, ScreeningFigure
from dutyboard.rules.law.facts import NAMED, Stay
from dutyboard.rules.people.areas import AreaList
from dutyboard.rules.people.course import judged
from dutyboard.rules.people.officers import of_unit
from dutyboard.rules.people.stage import at_home, in_hospital, in_room, on_desk, stands
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import FoundBy
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot

OfPost = Literal["screening", "roster"]
"""Reports that are counted from the people and the rosters of units."""
_ABROAD: Final = frozenset({"foreign", "hongkong", "taiwan", "macau"})
_RISK: Final = frozenset({"high", "medium", "risk_county_other"})
_MEASURES: Final[dict[ScreeningFigure, Callable[[Person], bool]]] = {
    "at_site": in_room,
    "at_home": at_home,
    "in_hospital": in_hospital,
    "free": lambda person: not on_desk(person),
    "pending": lambda _: True,
}
"""Measures; the first that holds is where a person stands. In none of the others he waits, or is on the way."""
_FOUND: Final[dict[FoundBy, ScreeningFigure]] = {
    "himself": "found_himself",
    "grid": "found_grid",
    "hospital": "found_hospital",
    "police": "found_police",
    "other_county": "found_other_county",
    "other": "found_other",
    "": "found_not_said",
}
"""Ways of being found (3.8: 要求其主动报告社区), each a line; not said is one of its own."""


def figures(snapshot: Snapshot, kind: OfPost, subject: Subject, day: date, now: datetime) -> dict[str, int | None]:
    """Return the figures that a report of a day states, in the notice's order. A roster is counted as it is now.

    None: the records do not tell it.

    `subject` is a unit, or the post for the whole city's screening.
    """
    daily = snapshot.daily_at(midnight(day, snapshot.zone))
    number = subject.number or None
    if kind == "screening":
        counted = screening_counts(snapshot, number, day)
        return {name: counted[name] for name in daily.screening_report.figures}
    assert number is not None
    of_roster = roster_counts(snapshot, number, now)
    return {name: of_roster[name] for name in daily.roster_report.figures}


def roster_counts(snapshot: Snapshot, unit_id: int, now: datetime) -> dict[RosterFigure, int]:
    """Return how many full-time members, directors and telephone numbers a unit's roster has at an instant.

    `without_director` is the other count of O52, shown beside the one that the setting chooses.
    """
    rows = of_unit(snapshot, unit_id, now)
    members = [o for o in rows if o.full_time]
    beside = sum(not o.director for o in members)
    counts = snapshot.daily_at(now).roster_report.director_counts
    return {
        "members": beside + sum(o.director for o in rows) if counts else beside,
        "without_director": beside,
        "directors": sum(o.director for o in rows),
        "phones": sum(bool(o.phone) for o in rows),
    }


def screening_counts(snapshot: Snapshot, unit_id: int | None, day: date) -> dict[ScreeningFigure, int]:
    """Count the people of a unit (None: the whole city) by origin, by measure, by how found, new and total.

    Each person stands in one origin, by the areas listed on that day. Measures are as they are now, not as they were
    on a past day. Whom nobody has asked cannot be counted here, so that a line on people lost to control is for a
    person to state.
    """
    screening = snapshot.daily_at(midnight(day, snapshot.zone)).screening
    people = [
        p
        for p in snapshot.persons.values()
        if stands(p) and (unit_id is None or p.unit_id == unit_id) and snapshot.day_of(p.registered_at) <= day
    ]
    areas = AreaList(snapshot.areas.values())
    counts: dict[ScreeningFigure, int] = dict.fromkeys((*_ORIGINS, "other"), 0)
    for person in (replace(each, facts=judged(each.facts, areas, day)) for each in people):
        counts[next((name for name, holds in _ORIGINS.items() if holds(person, screening)), "other")] += 1
    counts |= dict.fromkeys(_MEASURES, 0)
    for person in people:
        counts[next(name for name, holds in _MEASURES.items() if holds(person))] += 1
    counts |= dict.fromkeys(_FOUND.values(), 0)
    for person in people:
        counts[_FOUND[person.found_by]] += 1
    counts["unassigned"] = sum(p.officer_id is None and not p.officer_name for p in people if on_desk(p))
    counts["new"] = sum(snapshot.day_of(p.registered_at) == day for p in people)
    counts["total"] = len(people)
    return counts


def _is_named(stay: Stay, screening: Screening) -> bool:
    counties = [each.name for each in screening.named]
    return (
        stay.basis == NAMED
        or stay.code in [each.code for each in screening.named]
        or any(stay.place.startswith((county, county.removesuffix("区"))) for county in counties)
    )


def _stays(person: Person) -> tuple[Stay, ...]:
    return person.facts.stays or ()


_ORIGINS: Final[dict[ScreeningFigure, Callable[[Person, Screening], bool]]] = {
    "abroad": lambda p, _: p.facts.border in _ABROAD,
    "sanfei": lambda p, _: p.facts.sanfei == "yes",
    "province_named": lambda p, s: any(_is_named(stay, s) for stay in _stays(p)),
    "province_risk": lambda p, s: any(s.covers(stay.place, stay.code) and stay.category in _RISK for stay in _stays(p)),
    "province_other": lambda p, s: any(s.covers(stay.place, stay.code) for stay in _stays(p)),
    "risk_elsewhere": lambda p, _: any(stay.category in _RISK for stay in _stays(p)),
}
"""Origins in the order of the report's lines; the first that holds is where a person stands."""
