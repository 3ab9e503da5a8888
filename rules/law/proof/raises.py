"""Steps from a lower risk to a higher one, each as the cells before and after it."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import PcrCert, Stay, StayCategory
from dutyboard.rules.law.proof.cells import CellChoice, Cells, Dimension

RISING: Mapping[str, tuple[tuple[object, ...], ...]] = {
    "case_status": (("none", "suspected", "confirmed"), ("none", "asymptomatic"), ("discharged", "confirmed")),
    "contact": (("none", "secondary", "close"),),
    "border": (("none", "foreign"), ("none", "hongkong"), ("none", "taiwan"), ("none", "macau")),
    "foreign_14d": (("no", "yes"),),
    "macau_rebound": ((False, True),),
    "sanfei": (("no", "yes"),),
    "health_code": (("green", "yellow", "red"),),
    "travel_card": (("green", "yellow", "red"), ("green", "orange")),
    "symptoms": (("none", "present"),),
    "investigation": ((None, "found_medium", "found_high"), ("clean", "found_medium", "found_high")),
    "release_cert": (("yes", "no"),),
    "isolation_proof": (("yes", "no"),),
}
"""Words of a fact from the lower risk to the higher; a fact may have several such rows."""
CATEGORIES: tuple[StayCategory, ...] = ("low", "risk_city_province_other", "risk_county_other", "medium", "high")
"""Categories of a stay from the lowest risk to the highest."""
_DISCHARGED = ("none", "discharged")
"""A rise of the case status for whoever has no positive result: after one, it is the cure."""


@frozen(kw_only=False)
class Raise:
    """One risk more: the cells before it and after it, by the number of their dimension. `key` is the fact raised."""

    key: str
    before: Mapping[int, int]
    after: Mapping[int, int]

    def over(self, choice: CellChoice) -> CellChoice:
        """Return the choice with the risk raised."""
        raised = list(choice)
        for at, cell in self.after.items():
            raised[at] = cell
        return tuple(raised)

    def start(self, cells: Cells) -> tuple[CellChoice, frozenset[int]]:
        """Return the base person with the cells before, which must stay."""
        return tuple(self.before.get(at, cell) for at, cell in enumerate(cells.start)), frozenset(self.before)


def raises(cells: Cells) -> Iterator[Raise]:
    """Return every step of one risk that the cells know."""
    for at, dimension in enumerate(cells.dimensions):
        if dimension.member:
            if dimension.key == "tests":
                yield Raise(dimension.key, {at: 0}, {at: 1})
            continue
        numbers = {_value(cells, dimension, cell): cell for cell in range(len(dimension.cells))}
        for row in _rows(dimension):
            for low, high in combinations([numbers[value] for value in row if value in numbers], 2):
                yield Raise(dimension.key, {at: low}, {at: high})
        if dimension.key == "case_status":
            negative = {
                number: 0 for number, each in enumerate(cells.dimensions) if each.member and each.key == "tests"
            }
            none, discharged = (numbers[word] for word in _DISCHARGED)
            yield Raise(dimension.key, {at: none, **negative}, {at: discharged})
    yield from _stays(cells)


def _value(cells: Cells, dimension: Dimension, cell: int) -> object:
    return dimension.cells[cell].get(dimension.key, getattr(cells.base, dimension.key))


def _rows(dimension: Dimension) -> tuple[tuple[object, ...], ...]:
    """Return the values of a fact from the lower risk to the higher."""
    key = dimension.key
    values = [each[key] for each in dimension.cells[1:] if key in each]
    if key == "isolation_days_done":
        return (tuple(sorted(values, reverse=True)),)
    if key == "pcr":
        aged = [each for each in values if isinstance(each, PcrCert) and each.result == "negative" and each.sampled_at]
        return ((*sorted(aged, key=lambda each: str(each.sampled_at), reverse=True), "none"),)
    if key == "linked":
        followed = [each for each in values if each[0].state == "quarantined_negative" and each[0].admitted_on]
        return tuple((each, positive) for each in followed for positive in values if positive[0].state == "positive")
    return RISING.get(key, ())


def _stays(cells: Cells) -> Iterator[Raise]:
    """Return a stay added, raised by its category, or moved into the days that count."""
    known = {
        (each.category, each.left_on): at
        for at, dimension in enumerate(cells.dimensions)
        if dimension.member and isinstance(each := dimension.cells[1], Stay) and _plain(each) and each.left_on
    }
    days = sorted({left for _, left in known if left})
    for (category, _), at in known.items():
        if category in CATEGORIES[1:]:
            yield Raise("stays", {at: 0}, {at: 1})
    for left in days:
        for low, high in combinations([known[category, left] for category in CATEGORIES], 2):
            yield Raise("stays", {low: 1, high: 0}, {low: 0, high: 1})
    for category in CATEGORIES[1:]:
        for old, recent in combinations([known[category, left] for left in days], 2):
            yield Raise("stays", {old: 1, recent: 0}, {old: 0, recent: 1})


def _plain(stay: Stay) -> bool:
    return stay.basis is None and not stay.level_raised_after_leaving
