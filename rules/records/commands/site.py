"""Acts on a quarantine site itself and on its staff."""

from datetime import date, datetime

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import TestResult
from dutyboard.rules.records.codes import SiteState


@frozen
class SetSiteState:
    """Open a standby site, or close one (四（二）)."""

    site_id: int
    state: SiteState
    reason: str


@frozen
class ChangeSite:
    """Change what is known of a site, with the reason; None leaves a field as it is.

    `rooms` are a count or the names on the doors, all of them; of `areas` none leaves them.
    """

    site_id: int
    reason: str
    rooms: int | tuple[str, ...] | None = None
    keeper: str | None = None
    phone: str | None = None
    areas: tuple[str, ...] = ()


@frozen
class AddStaff:
    """Write somebody into the register of a site's staff. `from_on` None: he is there from now on."""

    site_id: int
    name: str
    post: str = ""
    phone: str = ""
    from_on: date | None = None


@frozen
class ChangeStaff:
    """Correct somebody's row of the register, with the reason; None leaves a field as it is."""

    staff_id: int
    reason: str
    name: str | None = None
    post: str | None = None
    phone: str | None = None


@frozen
class EndStaff:
    """Take somebody off the register from a day on (None: today), with the reason."""

    staff_id: int
    reason: str
    until: date | None = None


@frozen
class SendOffDuty:
    """Send somebody on a site's staff off duty, with the reason."""

    staff_id: int
    reason: str
    happened_at: datetime | None = None


@frozen
class ReturnToDuty:
    """Let somebody on a site's staff work again, with the reason."""

    staff_id: int
    reason: str
    happened_at: datetime | None = None


@frozen
class RecordStaffTest:
    """Write down a PCR sample of some of a site's staff, or its result.

    `sampled_on` None: the day of the sample that is out, of a new one the day on which it is told. `reason`: why a
    result is changed, or told late.
    """

    staff_ids: tuple[int, ...]
    result: TestResult
    sampled_on: date | None = None
    happened_at: datetime | None = None
    reason: str = ""
