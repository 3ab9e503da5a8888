"""Villages of a unit as its people's addresses and its reports name them: where somebody was found, where nobody was.

二: 全面排查. No list of villages is given, and none is made here: a village that nobody has named is not seen.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.people.stage import stands
from dutyboard.rules.records.model import Report, Unit, subject_id
from dutyboard.rules.records.snapshot import Snapshot

_VILLAGE: Final = re.compile(r"\s*(.+?(?:村|社区|居委会))")
_ABOVE: Final = re.compile(r".*(?:省|市|县|区|镇|乡|街道|管理处|管理区)(?=.)")
"""Names above a village in an address that does not name the unit."""


@frozen
class Village:
    """One village. `name` "": of these people no address names one.

    `people` were found there, the last one on `found_on`. `zero_on` is the last day for which a report states that
    nobody was found there.
    """

    name: str
    people: int = 0
    found_on: date | None = None
    zero_on: date | None = None


@frozen
class Villages:
    """Villages of a unit, those first of which nobody has told for longest. `zero_on`: the unit's own last zero."""

    rows: tuple[Village, ...]
    zero_on: date | None


def villages(snapshot: Snapshot, unit: Unit) -> Villages:
    """Return the villages that a unit's people or its screening reports name, and the unit's own last zero."""
    found: dict[str, list[date]] = {}
    for person in snapshot.persons.values():
        if person.unit_id == unit.id and stands(person):
            place = village_of(person.address, unit.name)
            found.setdefault(place, []).append(snapshot.day_of(person.registered_at))
    reports = list(_sent(snapshot, unit))
    zeros = {name: report.day for report in reports for name in report.zero_villages}
    rows = [
        Village(
            name=name,
            people=len(found.get(name, ())),
            found_on=max(found.get(name, ()), default=None),
            zero_on=zeros.get(name),
        )
        for name in dict.fromkeys((*found, *zeros))
    ]
    rows.sort(key=lambda row: (not row.name, max(filter(None, (row.found_on, row.zero_on))), row.name))
    return Villages(rows=tuple(rows), zero_on=max((each.day for each in reports if _is_zero(each)), default=None))


def village_of(address: str, unit: str) -> str:
    """Return the village in an address of a unit, up to 村, 社区 or 居委会; "": it names none."""
    before, named, rest = address.partition(unit) if unit else (address, "", "")
    found = _VILLAGE.match(rest if named else _ABOVE.sub("", before))
    return found[1].strip() if found else ""


def _sent(snapshot: Snapshot, unit: Unit) -> Iterator[Report]:
    """Yield the screening reports of a unit as they stand, one a day, the oldest first."""
    mine = [
        report
        for (kind, subject, _), report in snapshot.last_reports.items()
        if kind == "screening" and subject == subject_id(unit)
    ]
    yield from sorted(mine, key=lambda each: each.day)


def _is_zero(report: Report) -> bool:
    """Return True if a report states that nobody was found on its day: 零报告, or 0 new."""
    return report.zero or report.figures.get("new") == 0
