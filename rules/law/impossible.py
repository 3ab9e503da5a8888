"""Facts that cannot be true: dates of tomorrow, days in the wrong order, a temperature that nobody has.

Every door asks here before it takes a fact in: `assess`, the registration, a correction, a sheet of arrivals.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.law.daily import Thresholds
from dutyboard.rules.law.facts import ArrivalPcr, Facts, PcrCert

ImpossibleCode = Literal[
    "out_of_years", "in_future", "left_after_arrival", "result_before_sample", "out_of_range", "too_many_days"
]
EARLIEST: Final = date(2019, 1, 1)
"""The first day of which anything can be told: before it there was no epidemic. Days are counted on from it."""
MOST_DAYS: Final = 999
"""The most days that a fact can count: nobody is held for three years."""


@frozen
class Impossible:
    """A fact that cannot be true. `path` names it as JSON does (`stays[0].left_on`), `value` is what was said."""

    path: str
    code: ImpossibleCode
    value: date | float

    @property
    def field(self) -> str:
        """The field of a form that says it: `left_on` of a stay, `arrival_pcr_result_on`, `linked` of a contact."""
        listed, _, inside = self.path.partition("[")
        if listed == "stays":
            return inside.rpartition(".")[2]
        return listed.replace(".", "_")


def impossible(facts: Facts, wall: datetime, thresholds: Thresholds) -> tuple[Impossible, ...]:
    """Return the facts that cannot be true at `wall`, a naive wall-clock time of the desk's zone."""
    dated = tuple(_dated(facts))
    out = [Impossible(path=path, code="in_future", value=value) for path, value in dated if _after(value, wall)]
    out += [Impossible(path=path, code="out_of_years", value=value) for path, value in dated if _early(value)]
    arrived = facts.arrival_on
    for number, stay in enumerate(facts.stays or ()):
        if arrived is not None and stay.left_on is not None and stay.left_on > arrived:
            out.append(Impossible(path=f"stays[{number}].left_on", code="left_after_arrival", value=stay.left_on))
    for path, sampled, told in _results(facts):
        if sampled is not None and told is not None and told < sampled:
            out.append(Impossible(path=f"{path}.result_on", code="result_before_sample", value=told))
    if facts.temp_c is not None and not thresholds.least_c <= facts.temp_c <= thresholds.most_c:
        out.append(Impossible(path="temp_c", code="out_of_range", value=facts.temp_c))
    if facts.isolation_days_done is not None and facts.isolation_days_done > MOST_DAYS:
        out.append(Impossible(path="isolation_days_done", code="too_many_days", value=facts.isolation_days_done))
    return tuple(out)


def _after(value: date | None, wall: datetime) -> bool:
    if isinstance(value, datetime):
        return value > wall
    return value is not None and value > wall.date()


def _early(value: date) -> bool:
    return (value.date() if isinstance(value, datetime) else value) < EARLIEST


def _dated(facts: Facts) -> Iterator[tuple[str, date]]:
    """Yield what has happened by now if it is true, by its path. A datetime is also a date."""
    known: list[tuple[str, date | None]] = [
        ("arrival_at", facts.arrival_at),
        ("admitted_on", facts.admitted_on),
        ("assessed_on", facts.assessed_on),
        ("discharged_on", facts.discharged_on),
        ("last_exposure_on", facts.last_exposure_on),
        ("pcr.sampled_at", facts.pcr.sampled_at if isinstance(facts.pcr, PcrCert) else None),
    ]
    known += [(f"stays[{number}].left_on", stay.left_on) for number, stay in enumerate(facts.stays or ())]
    for path, sampled, told in _results(facts):
        known += [(f"{path}.sampled_on", sampled), (f"{path}.result_on", told)]
    for number, link in enumerate(facts.linked or ()):
        days = ("admitted_on", "positive_on", "released_on")
        known += [(f"linked[{number}].{name}", getattr(link, name)) for name in days]
    yield from ((path, value) for path, value in known if value is not None)


def _results(facts: Facts) -> Iterator[tuple[str, date | None, date | None]]:
    """Yield path, day of the sample and day of the result of each sample taken here."""
    if isinstance(facts.arrival_pcr, ArrivalPcr):
        yield "arrival_pcr", facts.arrival_pcr.sampled_on, facts.arrival_pcr.result_on
    for number, test in enumerate(facts.tests):
        yield f"tests[{number}]", test.sampled_on, test.result_on
