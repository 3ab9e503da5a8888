"""A site's staff day by day, as the register and the checks tell: temperatures, symptoms, samples, stretches off."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.duties.lists.halves import Half, half_of
from dutyboard.rules.people.staff import by_site, is_there
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.model import Entry, Site, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import OffDuty, StaffMember
from dutyboard.rules.records.told.site import StaffChecked

StaffFound = Literal["well", "unwell", "absent"]
"""Words of a check about somebody on the staff."""


@frozen
class StaffHalf:
    """Words of the checks of one half of a day about somebody, with his temperature in °C."""

    found: StaffFound
    temp_c: float | None = None
    remark: str = ""


@frozen
class StaffDay:
    """Somebody on a site's register on a day. No half: nobody looked at him then. `off`: he was off duty at its end."""

    member: StaffMember
    day: date
    am: StaffHalf | None
    pm: StaffHalf | None
    off: OffDuty | None


def staff_days(snapshot: Snapshot, site: Site, first: date, last: date, now: datetime) -> Iterator[StaffDay]:
    """Yield each member of a site's staff on each day, day by day, in the order of the register."""
    told = _checks(snapshot, site, first, last)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        starts, ends = bounds(day, snapshot.zone)
        at = min(now, ends)
        for member in by_site(snapshot).get(site.id, ()):
            begins = member.from_on or snapshot.day_of(member.registered_at)
            if starts <= now and begins <= day and is_there(member, day):
                halves = {half: _half(member, told.get((day, half), ())) for half in ("am", "pm")}
                off = next((each for each in reversed(member.off) if _lasts(each, at)), None)
                yield StaffDay(member=member, day=day, am=halves["am"], pm=halves["pm"], off=off)


def _checks(snapshot: Snapshot, site: Site, first: date, last: date) -> dict[tuple[date, Half], Sequence[Entry]]:
    """Return the checks of a site's staff by the half of the day, oldest first."""
    found: dict[tuple[date, Half], list[Entry]] = {}
    for entry in snapshot.entries.values():
        if (
            not isinstance(entry.told, StaffChecked)
            or entry.subject != subject_id(site)
            or entry.id in snapshot.amended
        ):
            continue
        day = snapshot.day_of(entry.happened_at)
        if first <= day <= last:
            found.setdefault((day, half_of(entry.happened_at, snapshot)), []).append(entry)
    return {key: sorted(each, key=lambda one: (one.happened_at, one.id)) for key, each in found.items()}


def _half(member: StaffMember, checks: Sequence[Entry]) -> StaffHalf | None:
    """Return what checks say of somebody, the last word on each. One that only counted heads names nobody."""
    name, half = subject_id(member), None
    for entry in checks:
        told = entry.told
        if not isinstance(told, StaffChecked) or name not in told.named:
            continue
        found: StaffFound = "unwell" if name in told.unwell else "absent" if name in told.absent else "well"
        before = half.temp_c if half is not None else None
        remark = told.remarks.get(name, "" if found == "well" else entry.text)
        half = StaffHalf(found=found, temp_c=told.readings.get(name, before), remark=remark)
    return half


def _lasts(stretch: OffDuty, at: datetime) -> bool:
    return stretch.since <= at and (stretch.back is None or stretch.back > at)
