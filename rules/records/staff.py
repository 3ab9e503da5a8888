"""Records of the staff who work at a quarantine site (四（一）), each by name, with his stretches off duty."""

from datetime import date, datetime

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import TestResult
from dutyboard.rules.records.codes import OffDutyCause


@frozen
class StaffSample:
    """One PCR sample of somebody on the staff: the day it was taken, and its result."""

    on: date
    result: TestResult = "pending"

    @property
    def counts(self) -> bool:
        """False for one that has to be taken again (O10)."""
        return self.result not in ("indeterminate", "invalid")


@frozen
class OffDuty:
    """A stretch in which somebody on the staff is off duty, from an instant on, and why. `back` None: he still is."""

    since: datetime
    cause: OffDutyCause
    why: str = ""
    back: datetime | None = None


@frozen
class StaffMember:
    """Somebody on a site's register. His name is unique there.

    `from_on`: his first day (None: that of `registered_at`). `until`: the day from which on he is no longer there
    (None: he is); the record stays. `off` are his stretches off duty, `samples` his PCR samples, oldest first.
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
    samples: tuple[StaffSample, ...] = ()
