"""The register of a site's staff: written in, corrected, taken off, sent off duty and back (四（一）)."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.law.sampling.samples import FINAL
from dutyboard.rules.people.staff import is_there, off_duty, sent_off, staff_of
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.site import AddStaff, ChangeStaff, EndStaff, ReturnToDuty, SendOffDuty
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import OffDuty, StaffMember
from dutyboard.rules.records.told.site import OffDutySet, StaffSet
from dutyboard.rules.records.transaction import Accepted, Transaction

_TEXTS = ("name", "post", "phone")


def decide_add_staff(command: AddStaff, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write somebody into a site's register. Refused for a name that is on it: forms and sheets know him by it."""
    if command.site_id not in snapshot.sites:
        return Refusal("unknown_site", {"site": command.site_id})
    name = command.name.strip()
    refused = _unfit_name(name, command.site_id, snapshot, now)
    if refused is not None:
        return refused
    transaction = Transaction(snapshot, now, actor)
    member = StaffMember(
        id=transaction.new_id("staff"),
        site_id=command.site_id,
        name=name,
        post=command.post.strip(),
        phone=command.phone.strip(),
        registered_at=now,
        from_on=command.from_on,
    )
    transaction.put(member)
    transaction.log(StaffSet(site_id=member.site_id), subject=subject_id(member))
    return transaction.accepted()


def decide_change_staff(command: ChangeStaff, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Correct somebody's row. What the act leaves out stays; nothing new is refused, as is an empty name."""
    member = _member(command.staff_id, command.reason, snapshot, now)
    if isinstance(member, Refusal):
        return member
    given = {name: text.strip() for name in _TEXTS if (text := getattr(command, name)) is not None}
    new = replace(member, **given)
    changed = tuple(name for name in _TEXTS if getattr(new, name) != getattr(member, name))
    if not changed:
        return Refusal("nothing_changed")
    refused = _unfit_name(new.name, new.site_id, snapshot, now) if "name" in changed else None
    if refused is not None:
        return refused
    transaction = Transaction(snapshot, now, actor)
    transaction.put(new)
    told = StaffSet(site_id=member.site_id, changed=changed)
    transaction.log(told, subject=subject_id(member), text=command.reason.strip())
    return transaction.accepted()


def decide_end_staff(command: EndStaff, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Take somebody off the register, from today on at the earliest: what he was owed before stays."""
    member = _member(command.staff_id, command.reason, snapshot, now)
    if isinstance(member, Refusal):
        return member
    until = command.until or snapshot.day_of(now)
    if until < snapshot.day_of(now):
        return Refusal("before_now", {"at": midnight(until, snapshot.zone)})
    transaction = Transaction(snapshot, now, actor)
    transaction.put(replace(member, until=until))
    told = StaffSet(site_id=member.site_id, until=until)
    transaction.log(told, subject=subject_id(member), text=command.reason.strip())
    return transaction.accepted()


def decide_send_off_duty(command: SendOffDuty, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Send somebody off duty, for a reason that no check has found."""
    member = _member(command.staff_id, command.reason, snapshot, now)
    if isinstance(member, Refusal):
        return member
    stretch = off_duty(member)
    if stretch is not None:
        return Refusal("off_duty_already", {"staff": NameOf(member), "at": stretch.since})
    happened_at, reason = command.happened_at or now, command.reason.strip()
    transaction = Transaction(snapshot, now, actor)
    transaction.put(sent_off(member, happened_at, "told", reason))
    transaction.log(OffDutySet(off=True), happened_at=happened_at, subject=subject_id(member), text=reason)
    return transaction.accepted()


def decide_return_to_duty(command: ReturnToDuty, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Let somebody work again, with the reason.

    Where the desk has a PCR plan, and after a positive sample, it takes a negative one taken since he was sent off.
    """
    member = _member(command.staff_id, command.reason, snapshot, now)
    if isinstance(member, Refusal):
        return member
    stretch, happened_at = off_duty(member), command.happened_at or now
    if stretch is None:
        return Refusal("not_off_duty", {"staff": NameOf(member)})
    if happened_at < stretch.since:
        return Refusal("ends_before_start")
    if _lacks_negative(member, stretch, snapshot, now):
        return Refusal("staff_pcr_needed", {"staff": NameOf(member), "at": stretch.since})
    transaction = Transaction(snapshot, now, actor)
    off = tuple(replace(each, back=happened_at) if each is stretch else each for each in member.off)
    transaction.put(replace(member, off=off))
    told, reason = OffDutySet(off=False), command.reason.strip()
    transaction.log(told, happened_at=happened_at, subject=subject_id(member), text=reason)
    return transaction.accepted()


def _lacks_negative(member: StaffMember, stretch: OffDuty, snapshot: Snapshot, now: datetime) -> bool:
    """Return True if somebody off duty has to be negative first and the last sample that says so does not."""
    results = [each.result for each in member.samples if each.result in FINAL]
    asked = bool(snapshot.daily_at(now).duty.staff_pcr) or "positive" in (stretch.cause, *results[-1:])
    since = snapshot.day_of(stretch.since)
    taken = [each.result for each in member.samples if each.result in FINAL and each.on >= since]
    return asked and taken[-1:] != ["negative"]


def _unfit_name(name: str, site_id: int, snapshot: Snapshot, now: datetime) -> Refusal | None:
    """Return why nobody can stand on a site's register under a name: it is empty, or somebody's there."""
    if not name:
        return Refusal("name_needed")
    there = next((each for each in staff_of(snapshot, site_id, now) if each.name == name), None)
    if there is None:
        return None
    return Refusal("staff_there", {"staff": NameOf(there), "site": snapshot.sites[site_id].name, "id": there.id})


def _member(staff_id: int, reason: str, snapshot: Snapshot, now: datetime) -> StaffMember | Refusal:
    """Return the one an act is about, or why it may not be done. Each needs a reason."""
    member = snapshot.staff.get(staff_id)
    if member is None:
        return Refusal("unknown_staff", {"staff": staff_id})
    if not is_there(member, snapshot.day_of(now)):
        return Refusal("staff_left", {"staff": NameOf(member), "day": f"{member.until}"})
    return member if reason.strip() else Refusal("reason_needed")
