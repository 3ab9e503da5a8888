"""The PCR plan of a site's staff, a setting of the desk.

四（一） asks 核酸 of them and writes no frequency. A site has one row: it names whose sample is due, and whose result
nobody has told by the day after the sample.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.duties.duty import ToSee
from dutyboard.rules.duties.post.matters import open_found
from dutyboard.rules.law.sampling.samples import FINAL
from dutyboard.rules.people.periods import periods_of
from dutyboard.rules.people.staff import began, by_site, is_there, off_duty, sent_off
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.site import RecordStaffTest
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.model import Entry, Site, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation, Standing, day_window, obligation, standing
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.staff import StaffMember, StaffSample
from dutyboard.rules.records.told.site import StaffTested
from dutyboard.rules.records.transaction import Accepted, Transaction

KINDS: Final[tuple[Kind, ...]] = ("staff_test",)
SLOT: Final = "staff-test"
_DAY: Final = timedelta(days=1)


def owed(snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
    """Yield one row for each site whose staff owe a sample or a result, or did today.

    A site that is not active owes results only, and so does who has left it.
    """
    planned_since, members = _planned_since(snapshot, now), by_site(snapshot)
    for site in snapshot.sites.values():
        since = planned_since if site.state == "active" else None
        row = _row(snapshot, site, members.get(site.id, ()), since, now)
        if row is not None:
            yield row


def _planned_since(snapshot: Snapshot, now: datetime) -> datetime | None:
    """Return since when a plan has been set without a break, however often it changed; None: none is set."""
    starts = {desk_of(snapshot).opened_at}
    starts |= {each.effective_from for each in snapshot.setting_changes.values()}
    starts |= {each.effective_from for each in snapshot.notices.values()}
    since = None
    for start in sorted((each for each in starts if each <= now), reverse=True):
        if not snapshot.daily_at(start).duty.staff_pcr:
            break
        since = start
    return since


@frozen
class _Turn:
    """One whose sample or result is owed from a day on. `left`: it is not there yet."""

    member: StaffMember
    day: date
    left: bool


def _row(
    snapshot: Snapshot, site: Site, members: Sequence[StaffMember], planned_since: datetime | None, now: datetime
) -> Obligation | None:
    today = snapshot.day_of(now)
    turns = [turn for member in members if (turn := _turn(snapshot, site, member, planned_since, now)) is not None]
    if not turns:
        return None
    left = [turn for turn in turns if turn.left]
    window = day_window(min((turn.day for turn in left), default=today), snapshot.zone)
    duty = DutyId(SLOT, subject_id(site), today)
    done = snapshot.done.get(duty) if not left else None
    daily = snapshot.daily_at(now)
    stands = standing(window, done, now, daily.duty.due_soon) if left or done else Standing("done")
    return obligation(
        "staff_test",
        duty,
        subject_id(site),
        window,
        stands,
        done,
        subject=site.name,
        clause=daily.clauses.staff_test,
        owed_by=site.keeper,
        count=len(turns) - len(left),
        total=len(turns),
        people=tuple(subject_id(turn.member) for turn in turns),
        left=tuple(subject_id(turn.member) for turn in left),
    )


def _turn(
    snapshot: Snapshot, site: Site, member: StaffMember, planned_since: datetime | None, now: datetime
) -> _Turn | None:
    """Return since when somebody owes a sample or its result; None: neither. Who is off duty owes no sample."""
    today = snapshot.day_of(now)
    out = [each.on for each in member.samples if each.result == "pending" and each.on < today]
    if out:
        return _Turn(member=member, day=min(out) + _DAY, left=True)
    if planned_since is None or off_duty(member) is not None or not is_there(member, today):
        return None
    begun = [planned_since, began(member, snapshot), periods_of(site)[-1].starts, desk_of(snapshot).opened_at]
    first = snapshot.day_of(max(*begun, *(each.back for each in member.off if each.back)))
    before = [each.on for each in member.samples if each.counts and each.on < today]
    due = max(first, max(before) + snapshot.daily_at(now).duty.staff_pcr) if before else first
    if due > today:
        return None
    return _Turn(member=member, day=due, left=not any(each.counts and each.on == today for each in member.samples))


def decide_record_staff_test(
    command: RecordStaffTest, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Write down a sample of some of a site's staff, or its result. Whoever is positive is off duty at once.

    It may be late, never in the future, and a result never before its sample.
    """
    members = _members(command, snapshot, now)
    if isinstance(members, Refusal):
        return members
    site, happened_at = snapshot.sites[members[0].site_id], command.happened_at or now
    on = _sampled_on(command, members, snapshot.day_of(happened_at))
    if on is None:
        return Refusal("figures_needed", {"names": ["sampled_on"]})
    if on > snapshot.day_of(now):
        return Refusal("in_future", {"at": bounds(on, snapshot.zone)[0]})
    if snapshot.day_of(happened_at) < on:
        return Refusal("result_before_sample", {"name": "sampled_on", "day": snapshot.day_of(happened_at).isoformat()})
    transaction = Transaction(snapshot, now, actor)
    for member in members:
        samples = _with_sample(member, StaffSample(on=on, result=command.result), command.reason, snapshot)
        if isinstance(samples, Refusal):
            return samples
        told = replace(member, samples=samples)
        positive = command.result == "positive"
        transaction.put(sent_off(told, happened_at, "positive", command.reason.strip()) if positive else told)
    people = tuple(subject_id(each) for each in members)
    row = next((each for each in owed(snapshot, now) if each.subject_id == subject_id(site)), None)
    entry = transaction.log(
        StaffTested(people=people, sampled_on=on, result=command.result),
        happened_at=happened_at,
        subject=subject_id(site),
        obligation=row.id if row is not None and {*people} & {*row.people} else None,
        abnormal=command.result == "positive",
        text=command.reason.strip(),
    )
    if command.result == "positive":
        within = snapshot.daily_at(happened_at).thresholds.suspected
        for each in people:
            found = ToSee(subject=each, what="", owner=site.keeper, cause="staff_positive", within=within)
            open_found(transaction, found, entry)
    return transaction.accepted("done" if command.result in FINAL else "open")


def _members(command: RecordStaffTest, snapshot: Snapshot, now: datetime) -> list[StaffMember] | Refusal:
    """Return those named, all of one site's register. Of who has left only a result is still told."""
    members = []
    for number in dict.fromkeys(command.staff_ids):
        member = snapshot.staff.get(number)
        if member is None:
            return Refusal("unknown_staff", {"staff": number})
        if command.result == "pending" and not is_there(member, snapshot.day_of(now)):
            return Refusal("staff_left", {"staff": NameOf(member), "day": f"{member.until}"})
        members.append(member)
    if not members:
        return Refusal("people_needed")
    other = next((each for each in members if each.site_id != members[0].site_id), None)
    if other is not None:
        return Refusal("not_on_row", {"person": NameOf(other), "subject": snapshot.sites[members[0].site_id].name})
    return members


def _sampled_on(command: RecordStaffTest, members: Sequence[StaffMember], told_on: date) -> date | None:
    """Return the day of the sample that is meant. A result without a day belongs to the one sample that is out."""
    if command.sampled_on is not None:
        return command.sampled_on
    if command.result == "pending":
        return told_on
    out = {tuple(each.on for each in member.samples if each.result == "pending") for member in members}
    return next(iter(out))[0] if len(out) == 1 and all(len(days) == 1 for days in out) else None


def _with_sample(
    member: StaffMember, sample: StaffSample, reason: str, snapshot: Snapshot
) -> tuple[StaffSample, ...] | Refusal:
    """Return somebody's samples with one more, or with the result of one of that day."""
    known = next((each for each in reversed(member.samples) if each.on == sample.on), None)
    again = known is not None and sample.result == "pending" and not known.counts
    if known is not None and not again:
        if sample.result in (known.result, "pending"):
            entry = _told_in(member, sample.on, snapshot)
            by, at = (entry.done_by, entry.happened_at) if entry is not None else ("", None)
            return Refusal("already_done", {"subject": NameOf(member), "by": by, "at": at})
        if known.result in FINAL and not reason.strip():
            return Refusal("reason_needed")
    others = [each for each in member.samples if each is not known or again]
    return tuple(sorted((*others, sample), key=lambda each: each.on))


def _told_in(member: StaffMember, on: date, snapshot: Snapshot) -> Entry | None:
    """Return the newest entry that tells of somebody's sample of a day."""
    found = [
        entry
        for entry in snapshot.entries.values()
        if isinstance(entry.told, StaffTested)
        and entry.id not in snapshot.amended
        and entry.told.sampled_on == on
        and subject_id(member) in entry.told.people
    ]
    return max(found, key=lambda entry: entry.id, default=None)
