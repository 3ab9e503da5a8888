"""The category of a stay on a day, by the desk's dated list of risk areas.

The register of counties stays outside: a stay brings the code that was found for it, or only its words.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import NAMED, Stay, StayCategory
from dutyboard.rules.records.model import Area

Touch = Literal["inside", "county"]
"""A stay inside an area, or elsewhere in its county, where its words may be too coarse to tell."""
Touched = tuple[Area, Stay, Touch]
_RANKS: Final[dict[StayCategory, int]] = {
    "unknown": 0,
    "low": 1,
    "risk_city_province_other": 2,
    "risk_county_other": 3,
    "medium": 4,
    "high": 5,
}
_LEVELS: Final[tuple[StayCategory, ...]] = ("high", "medium")
_LEAD = re.compile(r".{2,12}?(?:省|市|区|县)")
_LEADS = 3
"""Province, prefecture, county: what may be left out before the county when a place is written."""


def normalised(place: str) -> str:
    """A place without the words for its levels, so that 广州市荔湾区 and 广州荔湾 are one."""
    return re.sub(r"街道|[省市区县街镇\s]", "", place)


@frozen(kw_only=False)
class _Listed:
    """An area with the ways its own name and its county's may begin a place."""

    area: Area
    names: tuple[str, ...]
    counties: tuple[str, ...]

    def during(self, left_on: date | None, today: date) -> bool:
        """Return True if it was listed on some day from the leaving (None: not known, any day) to today."""
        ended_before = self.area.ends is not None and left_on is not None and self.area.ends < left_on
        return self.area.starts <= today and not ended_before

    def covers(self, place: str) -> bool:
        """Return True if a normalised place begins with this area."""
        return place.startswith(self.names)

    def in_county(self, stay: Stay, place: str) -> bool:
        """Return True if the stay lies in the county of this area, by its code, else by its words."""
        return stay.code == self.area.code if stay.code else place.startswith(self.counties)


class AreaList:
    """The areas of a desk, made ready for many stays."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._listed = tuple(_listed(area) for area in areas)

    def judged(self, stay: Stay, today: date) -> Stay:
        """The stay with its category from the day it ended to today.

        The place begins with a listed area: its highest level then, and whether that rose after the person had left
        (O29). Else the county of a listed area, `named_in_section_two` if section two alone lists it (O2); else its
        prefecture or province; else low for a known county, and unknown for any other. A category that an officer wrote
        down is never lowered, and stands where the list cannot tell.
        """
        found = self._found(stay, today)
        category = found.category or "unknown"
        return stay if stay.category is not None and _RANKS[stay.category] >= _RANKS[category] else found

    def touch(self, stay: Stay) -> Touch | None:
        """Return how a stay touches one of the areas, whatever the day: inside, or in its county. None: not at all."""
        place = normalised(stay.place)
        if any(place and each.covers(place) for each in self._listed):
            return "inside"
        return "county" if any(each.in_county(stay, place) for each in self._listed) else None

    def _found(self, stay: Stay, today: date) -> Stay:
        place = normalised(stay.place)
        listed = [each for each in self._listed if each.during(stay.left_on, today)]
        covering = [each for each in listed if place and each.covers(place)]
        for level in _LEVELS:
            at_level = [each.area for each in covering if each.area.level == level]
            if at_level:
                raised = stay.left_on is not None and all(area.starts > stay.left_on for area in at_level)
                return replace(stay, category=level, basis=None, level_raised_after_leaving=raised)
        county = [each.area for each in listed if each in covering or each.in_county(stay, place)]
        category: StayCategory
        if county:
            category, reached = "risk_county_other", county
        else:
            category, reached = _beyond_county(stay, [each.area for each in listed])
        named_only = bool(reached) and all(area.level == "named" for area in reached)
        return replace(stay, category=category, basis=NAMED if named_only else None, level_raised_after_leaving=False)


_TouchedBy = tuple[tuple[Stay, ...], tuple[Touched, ...]]
"""The stays of a person, and those of them that touch an area."""


class Touches:
    """Memo of the areas that each person's stays touch, shared by the snapshots of a desk.

    A person is looked up again when he has told of other stays, and everybody when the areas are others. Two threads
    may ask of two pictures: the areas are held with what was found of them, and replaced with it.
    """

    def __init__(self) -> None:
        self._held: tuple[tuple[Area, ...], tuple[AreaList, ...], dict[int, _TouchedBy]] = ((), (), {})

    def of(self, number: int, stays: tuple[Stay, ...], areas: tuple[Area, ...]) -> tuple[Touched, ...]:
        """Return the stays of a person that touch one of these areas."""
        of_areas, lists, by_person = self._held
        if of_areas is not areas and of_areas != areas:
            _, lists, by_person = self._held = areas, tuple(AreaList([area]) for area in areas), {}
        held = by_person.get(number)
        if held is None or held[0] is not stays:
            found = tuple(
                (area, stay, touch)
                for area, one in zip(areas, lists)
                for stay in stays
                if (touch := one.touch(stay)) is not None
            )
            held = by_person[number] = stays, found
        return held[1]


def _beyond_county(stay: Stay, listed: list[Area]) -> tuple[StayCategory, list[Area]]:
    """Return the category of a stay outside every listed county, by its code, and the areas that make it so.

    A code that stops at the prefecture or province (`440100`, `440000`) leaves the county open: where one in it is
    listed, the stay may have been there.
    """
    code = stay.code
    if code is None:
        return "unknown", []
    within = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    if any(area.code.startswith(within) for area in listed):
        return "unknown", []
    province = [area for area in listed if area.code[:2] == code[:2]]
    return ("risk_city_province_other", province) if province else ("low", [])


def _listed(area: Area) -> _Listed:
    leads: list[str] = []
    at = 0
    while len(leads) < _LEADS and (match := _LEAD.match(area.name, at)):
        leads.append(match[0])
        at = match.end()
    rest = area.name[at:]
    starts = range(len(leads)) if leads else range(1)
    return _Listed(
        area=area,
        names=tuple(normalised("".join(leads[start:]) + rest) for start in starts),
        counties=tuple(normalised("".join(leads[start:])) for start in starts if leads),
    )
