"""Periods in which a site or a unit owes anything. Nobody is late before he existed, and no miss is forgotten."""

from collections.abc import Iterable
from datetime import date, datetime

from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.model import DutyPeriod, Site, Unit
from dutyboard.rules.records.obligation import Beginning, Waiver, Window
from dutyboard.rules.records.snapshot import Snapshot, desk_of


def periods_of(site: Site) -> tuple[DutyPeriod, ...]:
    """Return the periods in which a site is on duty, in order.

    A site that was registered as active and never closed has one; a standby site that was never opened has none.
    """
    if site.periods:
        return site.periods
    if site.state != "active" and site.closed_at is None:
        return ()
    return (DutyPeriod(starts=site.opened_at or site.registered_at, ends=site.closed_at),)


def held_to(snapshot: Snapshot, site: Site, day: date, windows: Iterable[Window]) -> list[Window | None]:
    """Return each window of a local day as a site is held to it (O51). None: it is not owed.

    A window that closes in a period on duty is owed. One still open when the period ends is not. On the day on which a
    period begins, what had closed by then is waived; so is what closed on an earlier day of the desk, before the site
    was registered.
    """
    opened = desk_of(snapshot).opened_at
    periods = [(max(each.starts, opened), each) for each in periods_of(site)]
    if len(periods) == 1 and periods[0][1].ends is None and periods[0][0] < midnight(day, snapshot.zone):
        return [*windows]  # on duty the whole day, as nearly all are
    begun = [
        Beginning(starts, _waiver(site, each))
        for starts, each in periods
        if snapshot.day_of(starts) == day or (each.starts == site.registered_at and snapshot.day_of(starts) > day)
    ]
    first = midnight(snapshot.day_of(opened), snapshot.zone)
    return [_held(window, periods, begun, site, first) for window in windows]


def _held(
    window: Window, periods: list[tuple[datetime, DutyPeriod]], begun: list[Beginning], site: Site, first: datetime
) -> Window | None:
    closes = window.closes or window.due
    for starts, period in periods:
        if starts < closes and (period.ends is None or closes <= period.ends):
            in_time = any(frm < window.due and (each.ends is None or window.due <= each.ends) for frm, each in periods)
            return window if in_time else window._replace(since=Beginning(starts, _waiver(site, period)))
    since = next((each for each in begun if first < closes <= each.at), None)
    return window._replace(since=since) if since else None


def _waiver(site: Site, period: DutyPeriod) -> Waiver:
    return "before_registration" if period.starts == site.registered_at else "before_opening"


def known_since(snapshot: Snapshot, unit: Unit) -> Beginning:
    """Return since when a unit can owe anything: its registration, but no instant before the desk was opened."""
    return Beginning(max(unit.registered_at, desk_of(snapshot).opened_at), "before_registration")
