"""Shifts of the two seats: planned, told afterwards, changed, swapped and called off (section one).

Only what is to come is planned. What has passed may be told with a reason, and the gap stays a gap.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from dutyboard.rules.duties.post.seats import seat_taken, twice_at_once
from dutyboard.rules.people.officers import at_once, held, left_before
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import CancelShift, ChangeShift, PlanShift, SwapShifts
from dutyboard.rules.records.model import Shift
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.post import (
    SeatPlanned,
    ShiftCancelled,
    ShiftChanged,
    ShiftsSwapped,
    ShiftToldAfterwards,
)
from dutyboard.rules.records.transaction import Accepted, Transaction

LONGEST_PLAN_DAYS: Final = 366
LONGEST_SHIFT: Final = timedelta(hours=24)


def decide_plan_shift(command: PlanShift, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Plan a seat for one or more days in a row at the same local hours; all or none.

    One that has begun is planned from now on. What lies behind is told afterwards where a reason is given.
    """
    if command.officer_id not in snapshot.officers:
        return Refusal("unknown_officer", {"officer": command.officer_id})
    if command.ends <= command.starts:
        return Refusal("ends_before_start")
    if not 1 <= command.days <= LONGEST_PLAN_DAYS:
        return Refusal("bad_figure", {"name": "days", "value": command.days, "low": 1, "high": LONGEST_PLAN_DAYS})
    starts, ends = command.starts.astimezone(snapshot.zone), command.ends.astimezone(snapshot.zone)
    transaction = Transaction(snapshot, now, actor)
    shifts = [
        Shift(
            id=transaction.new_id("shifts"),
            seat=command.seat,
            officer_id=command.officer_id,
            starts=starts + timedelta(days=days),
            ends=ends + timedelta(days=days),
            reason=command.reason.strip(),
        )
        for days in range(command.days)
    ]
    left = left_before(snapshot, command.officer_id, shifts[-1].ends)
    if left is not None:
        return left
    behind = [each for each in shifts if each.ends <= now]
    planned = [_from_now(each, now) for each in shifts if each.ends > now]
    taken = _taken(snapshot, planned)
    if taken is not None:
        return seat_taken(snapshot, taken)
    if not command.reason.strip():
        asked = _asked_again(snapshot, shifts[0], now) or (Refusal("shift_past", {"at": ends}) if behind else None)
        twice = next((each for shift in planned if (each := at_once(snapshot, shift))), None)
        if asked is not None:
            return asked
        if twice is not None:
            return twice_at_once(snapshot, twice)
        officer = snapshot.officers[command.officer_id]
        if command.seat == "leader" and officer.role != "leader":
            return Refusal("led_by_no_leader", {"officer": officer.name})
    elif planned and planned[0].starts > shifts[len(behind)].starts:
        begun = shifts[len(behind)]
        behind.append(replace(begun, id=transaction.new_id("shifts"), ends=planned[0].starts))
    for shift in (*planned, *(replace(each, told_at=now) for each in behind)):
        transaction.put(shift)
    _log_plan(transaction, command, planned, behind)
    return transaction.accepted()


def _from_now(shift: Shift, now: datetime) -> Shift:
    """Return a shift without its part that lies behind; one that begins in this very minute is whole."""
    return shift if shift.starts >= _minute(now) else replace(shift, starts=now)


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)


def _asked_again(snapshot: Snapshot, shift: Shift, now: datetime) -> Refusal | None:
    """Return why a shift is so odd that a reason must be given. It is long, or a day was mistyped."""
    if shift.ends - shift.starts > LONGEST_SHIFT:
        return Refusal("shift_too_long", {"hours": LONGEST_SHIFT // timedelta(hours=1)})
    first = midnight(snapshot.day_of(desk_of(snapshot).opened_at), snapshot.zone)
    if shift.ends <= first:
        return Refusal("shift_before_desk", {"at": first})
    if shift.starts > now + timedelta(days=LONGEST_PLAN_DAYS):
        return Refusal("shift_far_ahead", {"at": shift.starts})
    return None


def _taken(snapshot: Snapshot, planned: list[Shift]) -> Shift | None:
    """Return a shift that holds the seat of one of these at the same time. None: there is room.

    They may stand on the desk already, with other hours.
    """
    own = {each.id for each in planned}
    for number, shift in enumerate(planned):
        others = [*(each for each in held(snapshot, shift.seat) if each.id not in own), *planned[:number]]
        taken = next((other for other in others if other.overlaps(shift)), None)
        if taken is not None:
            return taken
    return None


def _log_plan(transaction: Transaction, command: PlanShift, planned: list[Shift], behind: list[Shift]) -> None:
    """Write one entry for what is planned, and one for what is told afterwards."""
    reason = command.reason.strip()
    if planned:
        told = SeatPlanned(
            seat=command.seat,
            officer_id=command.officer_id,
            from_=planned[0].starts,
            to=planned[0].ends,
            days=len(planned),
        )
        transaction.log(told, text=reason)
    if behind:
        afterwards = ShiftToldAfterwards(
            seat=command.seat,
            officer_id=command.officer_id,
            from_=behind[0].starts,
            to=behind[0].ends,
            days=len(behind),
        )
        transaction.log(afterwards, late_reason=reason)


def decide_change_shift(command: ChangeShift, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Give a shift to another officer or other hours, with the reason. Of one that has begun only the end moves."""
    shift = _to_come(command.shift_id, command.reason, snapshot, now)
    if isinstance(shift, Refusal):
        return shift
    officer_id = command.officer_id or shift.officer_id
    if officer_id not in snapshot.officers:
        return Refusal("unknown_officer", {"officer": officer_id})
    changed = replace(
        shift, officer_id=officer_id, starts=command.starts or shift.starts, ends=command.ends or shift.ends
    )
    if changed == shift:
        return Refusal("shift_unchanged")
    if shift.starts <= now and (changed.officer_id, changed.starts) != (shift.officer_id, shift.starts):
        return _begun(snapshot, shift)
    earliest = changed.ends if shift.starts <= now else changed.starts
    if earliest < _minute(now):
        return Refusal("before_now", {"at": earliest})
    if changed.ends <= changed.starts:
        return Refusal("ends_before_start")
    if changed.ends - changed.starts > max(LONGEST_SHIFT, shift.ends - shift.starts):
        return Refusal("shift_made_too_long", {"hours": LONGEST_SHIFT // timedelta(hours=1)})
    left = left_before(snapshot, officer_id, changed.ends)
    if left is not None:
        return left
    taken = _taken(snapshot, [changed])
    if taken is not None:
        return seat_taken(snapshot, taken)
    transaction = Transaction(snapshot, now, actor)
    transaction.put(changed)
    told = ShiftChanged(
        shift=shift.id,
        seat=shift.seat,
        officer_id=changed.officer_id,
        from_=changed.starts,
        to=changed.ends,
        was_officer=shift.officer_id,
        was_from=shift.starts,
        was_to=shift.ends,
    )
    transaction.log(told, text=command.reason.strip())
    return transaction.accepted()


def decide_swap_shifts(command: SwapShifts, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Let the officers of two coming shifts sit in each other's place, with the reason."""
    both: list[Shift] = []
    for shift_id in (command.shift_id, command.other_id):
        shift = _to_come(shift_id, command.reason, snapshot, now)
        if isinstance(shift, Refusal):
            return shift
        if shift.starts <= now:
            return _begun(snapshot, shift)
        both.append(shift)
    first, second = both
    if first.officer_id == second.officer_id:
        return Refusal("shift_unchanged")
    one = replace(first, officer_id=second.officer_id)
    other = replace(second, officer_id=first.officer_id)
    for each in (one, other):
        left = left_before(snapshot, each.officer_id, each.ends)
        if left is not None:
            return left
    transaction = Transaction(snapshot, now, actor)
    transaction.put(one)
    transaction.put(other)
    told = ShiftsSwapped(
        shift=one.id,
        seat=one.seat,
        officer_id=one.officer_id,
        from_=one.starts,
        to=one.ends,
        other=other.id,
        other_seat=other.seat,
        other_officer=other.officer_id,
        other_from=other.starts,
        other_to=other.ends,
    )
    transaction.log(told, text=command.reason.strip())
    return transaction.accepted()


def decide_cancel_shift(command: CancelShift, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Call off a coming shift, with the reason. Its seat shows as empty until somebody else is planned."""
    shift = _to_come(command.shift_id, command.reason, snapshot, now)
    if isinstance(shift, Refusal):
        return shift
    if shift.starts <= now:
        return _begun(snapshot, shift)
    transaction = Transaction(snapshot, now, actor)
    transaction.put(replace(shift, cancelled_at=now))
    told = ShiftCancelled(
        shift=shift.id, seat=shift.seat, officer_id=shift.officer_id, from_=shift.starts, to=shift.ends
    )
    transaction.log(told, text=command.reason.strip())
    return transaction.accepted()


def _to_come(shift_id: int, reason: str, snapshot: Snapshot, now: datetime) -> Shift | Refusal:
    """Return a shift that is not over, or why nothing of it can be changed."""
    shift = snapshot.shifts.get(shift_id)
    if shift is None:
        return Refusal("unknown_shift", {"shift": shift_id})
    if shift.cancelled_at is not None:
        entry = next(
            (
                each
                for each in snapshot.entries.values()
                if isinstance(each.told, ShiftCancelled) and each.told.shift == shift_id
            ),
            None,
        )
        by = entry.done_by if entry else ""
        return Refusal("already_done", {"subject": str(shift_id), "by": by, "at": shift.cancelled_at})
    if shift.until <= now or shift.told_at is not None:
        return Refusal("shift_over", {"at": shift.until})
    return shift if reason.strip() else Refusal("reason_needed")


def _begun(snapshot: Snapshot, shift: Shift) -> Refusal:
    name = snapshot.officers[shift.officer_id].name if shift.officer_id in snapshot.officers else shift.officer_id
    return Refusal("shift_begun", {"officer": name, "at": shift.starts})
