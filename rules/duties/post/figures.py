"""The lines of a report as the desk's own records give them: a proposal for its form, never the report itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from dutyboard.rules.law.daily import Screening
from dutyboard.rules.law.facts import NAMED, Stay
from dutyboard.rules.people.areas import AreaList
from dutyboard.rules.people.course import judged
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot

_ABROAD: Final = frozenset({"foreign", "hongkong", "taiwan", "macau"})
_RISK: Final = frozenset({"high", "medium", "risk_county_other"})
_MEASURES: Final[dict[str, frozenset[Stage]]] = {
    "pending": frozenset({"pending", "referred", "waiting", "transfer"}),
    "at_site": frozenset({"site"}),
    "at_home": frozenset({"home"}),
    "in_hospital": frozenset({"hospital"}),
    "free": frozenset({"closed"}),
}


def roster_figures(snapshot: Snapshot, unit_id: int) -> dict[str, int]:
    """How many members, directors and telephone numbers a unit's roster on this desk has."""
    members = [o for o in snapshot.officers.values() if o.unit_id == unit_id]
    return {
        "members": len(members),
        "directors": sum(o.director for o in members),
        "phones": sum(bool(o.phone) for o in members),
    }


def screening_figures(snapshot: Snapshot, unit_id: int | None, day: date) -> dict[str, int]:
    """The screening report's lines of a unit (None: the whole city) for a day: by origin, by measure, new and total.

    Each person stands in one origin, by the areas listed on that day. Measures are as they are now, not as they were
    on a past day. Whom nobody has asked cannot be counted here, so that a line on people lost to control is for a
    person to state.
    """
    screening = snapshot.daily_at(midnight(day, snapshot.zone)).screening
    people = [
        p
        for p in snapshot.persons.values()
        if (unit_id is None or p.unit_id == unit_id) and snapshot.day_of(p.registered_at) <= day
    ]
    areas = AreaList(snapshot.areas.values())
    figures = dict.fromkeys((*_ORIGINS, "other"), 0)
    for person in (replace(each, facts=judged(each.facts, areas, day)) for each in people):
        figures[next((name for name, holds in _ORIGINS.items() if holds(person, screening)), "other")] += 1
    for measure, stages in _MEASURES.items():
        figures[measure] = sum(p.stage in stages for p in people)
    figures["unassigned"] = sum(p.officer_id is None and not p.officer_name for p in people if p.stage != "closed")
    figures["new"] = sum(snapshot.day_of(p.registered_at) == day for p in people)
    figures["total"] = len(people)
    return figures


def _in_province(stay: Stay, screening: Screening) -> bool:
    return bool(stay.code and stay.code.startswith(screening.code_prefix)) or stay.place.startswith(
        screening.place_prefixes
    )


def _is_named(stay: Stay, screening: Screening) -> bool:
    counties = [each.name for each in screening.named]
    return (
        stay.basis == NAMED
        or stay.code in [each.code for each in screening.named]
        or any(stay.place.startswith((county, county.removesuffix("区"))) for county in counties)
    )


def _stays(person: Person) -> tuple[Stay, ...]:
    return person.facts.stays or ()


_ORIGINS: Final[dict[str, Callable[[Person, Screening], bool]]] = {
    "abroad": lambda p, _: p.facts.border in _ABROAD,
    "sanfei": lambda p, _: p.facts.sanfei == "yes",
    "province_named": lambda p, s: any(_is_named(stay, s) for stay in _stays(p)),
    "province_risk": lambda p, s: any(_in_province(stay, s) and stay.category in _RISK for stay in _stays(p)),
    "province_other": lambda p, s: any(_in_province(stay, s) for stay in _stays(p)),
    "risk_elsewhere": lambda p, _: any(stay.category in _RISK for stay in _stays(p)),
}
"""Reading of the notice, end of section 6, in the order of its lines: the first that holds is where a person stands."""
