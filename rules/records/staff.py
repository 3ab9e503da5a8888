"""Records of the staff who work at a quarantine site (四（一）), each by name, with his stretches off duty."""

from dataclasses import dataclass
from datetime import date, datetime

from dutyboard.rules.records.codes import OffDutyCause


@dataclass(frozen=True, slots=True, kw_only=True)
class OffDuty:
    """A stretch in which somebody on the staff is off duty, from an instant on, and why. `back` None: he still is."""

    since: datetime
    cause: OffDutyCause
    why: str = ""
    back: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Somebody on a site's register. His name is unique there.

    `from_on`: his first day (None: that of `registered_at`). `until`: the day from which on he is no longer there
    (None: he is); the record stays. `off` are his stretches off duty, oldest first.
    """

    id: int
    site_id: int
    name: str
    post: str = ""
    phone: str = ""
    registered_at: datetime
    from_on: date | None = None
    until: date | None = None
    off: tuple[OffDuty, ...] = ()
