"""Staff of quarantine sites: those on a register, those off duty, and those whom a check has to name."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import OffDutyCause
from dutyboard.rules.records.obligation import Window
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import OffDuty, StaffMember


def is_there(member: StaffMember, day: date) -> bool:
    """Return True if somebody has not left the register by a day."""
    return member.until is None or day < member.until


def staff_of(snapshot: Snapshot, site_id: int, now: datetime) -> list[StaffMember]:
    """Return the staff on a site's register, by number, on duty or not."""
    day = snapshot.day_of(now)
    return [each for _, each in sorted(snapshot.staff.items()) if each.site_id == site_id and is_there(each, day)]


def by_site(snapshot: Snapshot) -> Mapping[int, list[StaffMember]]:
    """Return everybody who ever stood on a register, by the number of the site."""
    return snapshot.memo.made(_by_site, snapshot.staff)


def _by_site(staff: Mapping[int, StaffMember]) -> dict[int, list[StaffMember]]:
    found: dict[int, list[StaffMember]] = {}
    for _, member in sorted(staff.items()):
        found.setdefault(member.site_id, []).append(member)
    return found


def off_duty(member: StaffMember) -> OffDuty | None:
    """Return the stretch off duty that has not ended; None: he is on duty."""
    return next((each for each in reversed(member.off) if each.back is None), None)


def began(member: StaffMember, snapshot: Snapshot) -> datetime:
    """Return the instant from which on somebody can be owed a check: never before the desk knew of him."""
    if member.from_on is None:
        return member.registered_at
    return max(member.registered_at, midnight(member.from_on, snapshot.zone))


def to_be_seen(
    snapshot: Snapshot, members: Iterable[StaffMember], window: Window, now: datetime
) -> tuple[StaffMember, ...]:
    """Return whom a check has to name: the staff on duty now, or at its hour once that has passed.

    Who began, or came back, after that hour is seen from the next day on. Who was sent off after it stays late.
    """
    day, at = snapshot.day_of(window.opens), min(now, window.due)
    return tuple(
        each
        for each in members
        if is_there(each, day)
        and began(each, snapshot) <= window.due
        and not any(stretch.since <= at and (stretch.back is None or stretch.back > at) for stretch in each.off)
    )


def sent_off(member: StaffMember, since: datetime, cause: OffDutyCause, why: str) -> StaffMember:
    """Return somebody off duty from an instant on; unchanged where he is so already."""
    if off_duty(member) is not None:
        return member
    return replace(member, off=(*member.off, OffDuty(since=since, cause=cause, why=why)))
