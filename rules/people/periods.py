"""The periods in which a site is on duty: what closes outside of them is not held against it."""

from datetime import UTC, datetime

from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.model import Site, subject_id
from dutyboard.rules.records.obligation import Window
from dutyboard.rules.records.snapshot import Snapshot, desk_of

_NEVER_ENDS = datetime.max.replace(tzinfo=UTC)


def owes(snapshot: Snapshot, site: Site, window: Window) -> bool:
    """Return True if a site owes what is to be done in this window."""
    since, until = on_duty(snapshot, site)
    return window.closes is not None and since < window.closes <= until


def on_duty(snapshot: Snapshot, site: Site) -> tuple[datetime, datetime]:
    """Return the two bounds between which a window must close for the site to owe it.

    Equal bounds: the site owes nothing. Its duty begins when it was registered, opened or first seen in the log, and
    ends when it was closed: a window that was still open then is not held against it.
    """
    since = site.opened_at or _known_since(snapshot, site)
    if site.state == "active":
        return since, _NEVER_ENDS
    return since, site.closed_at or since


def first_moment(snapshot: Snapshot) -> datetime:
    """Return the beginning of the desk's first day."""
    return midnight(snapshot.day_of(desk_of(snapshot).opened_at), snapshot.zone)


def _known_since(snapshot: Snapshot, site: Site) -> datetime:
    """Return when a site was first known, but no instant before the desk's first day.

    A mistyped year must not owe a year of rounds.
    """
    seen = snapshot.first_seen.get(subject_id(site), site.registered_at)
    return max(min(site.registered_at, seen), first_moment(snapshot))
