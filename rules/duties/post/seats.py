"""The command post's two seats around the clock: who sits, where nobody does, and who may sit down (section one)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.people.officers import at_once, held, holder, leaders_of, leaves_at, may_lead, officer_name
from dutyboard.rules.records.clock import at, bounds
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import TakeSeat
from dutyboard.rules.records.ids import POST, DutyId
from dutyboard.rules.records.model import Shift
from dutyboard.rules.records.obligation import Obligation, Standing, State, Window, minutes, obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.post import SeatTaken, SeatTakenOver
from dutyboard.rules.records.transaction import Accepted, Transaction

Gap = tuple[datetime, datetime]
"""Stretch in which nobody holds a seat: from an instant on, until before another."""


@frozen
class Sitting:
    """Stretch of one seat as the board shows it: held `now` or `next`, or a `gap` with no officer.

    `ends` None: a gap after which no shift is planned.
    """

    seat: Seat
    officer_id: int | None
    officer: str | None
    starts: datetime
    ends: datetime | None
    state: Literal["now", "next", "gap"]


def gaps(snapshot: Snapshot, seat: Seat, frm: datetime, to: datetime) -> list[Gap]:
    """Return the stretches of [frm, to) in which nobody holds the seat, in order."""
    return list(_gaps(held(snapshot, seat), frm, to))


def gaps_of_day(snapshot: Snapshot, seat: Seat, day: date) -> tuple[Gap, ...]:
    """Return the stretches of a local day, from the desk's opening on, in which nobody holds the seat."""
    starts, ends = bounds(day, snapshot.zone)
    opened = desk_of(snapshot).opened_at
    return tuple(gaps(snapshot, seat, max(starts, opened), ends)) if opened < ends else ()


def _gaps(shifts: Iterable[Shift], frm: datetime, to: datetime) -> Iterator[Gap]:
    covered = frm
    for shift in shifts:
        if shift.starts >= to:
            break
        if shift.starts > covered:
            yield covered, shift.starts
        covered = max(covered, shift.until)
    if covered < to:
        yield covered, to


def seats(snapshot: Snapshot, now: datetime) -> list[Sitting]:
    """Now and next of both seats, a gap in place of an officer where there is none."""
    return [sitting for seat in SEATS for sitting in _now_and_next(snapshot, seat, now)]


def _now_and_next(snapshot: Snapshot, seat: Seat, now: datetime) -> Iterator[Sitting]:
    shifts = held(snapshot, seat)
    current = next((s for s in shifts if s.starts <= now < s.until), None)
    coming = next((s for s in shifts if s.starts > now), None)
    if current is None:
        yield _gap(seat, _empty_since(snapshot, shifts, now), coming.starts if coming else None)
    else:
        yield _sitting(snapshot, current, "now")
        if coming is None or coming.starts > current.until:
            yield _gap(seat, current.until, coming.starts if coming else None)
            return
    if coming is not None:
        yield _sitting(snapshot, coming, "next")


def _empty_since(snapshot: Snapshot, shifts: Iterable[Shift], now: datetime) -> datetime:
    return max([desk_of(snapshot).opened_at, *(s.until for s in shifts if s.until <= now)])


def _sitting(snapshot: Snapshot, shift: Shift, state: Literal["now", "next"]) -> Sitting:
    return Sitting(
        seat=shift.seat,
        officer_id=shift.officer_id,
        officer=officer_name(snapshot, shift.officer_id),
        starts=shift.starts,
        ends=shift.until,
        state=state,
    )


def _gap(seat: Seat, starts: datetime, ends: datetime | None) -> Sitting:
    return Sitting(seat=seat, officer_id=None, officer=None, starts=starts, ends=ends, state="gap")


def owed(snapshot: Snapshot, day: date, now: datetime) -> Iterator[Obligation]:
    """Yield both seats of one day, to be covered every minute from the desk's opening on (一)."""
    starts, ends = bounds(day, snapshot.zone)
    if desk_of(snapshot).opened_at < ends:
        for seat in SEATS:
            yield _seat_of_day(snapshot, seat, day, starts, ends, now)


def _seat_of_day(
    snapshot: Snapshot, seat: Seat, day: date, starts: datetime, ends: datetime, now: datetime
) -> Obligation:
    """One seat on one day; `due` is when its worst gap begins, `late_minutes` how long the seat has stood empty.

    A gap that somebody can still act on comes before one that is past: the past one shows again, as missed, as soon as
    the other is filled, so that neither hides the other for good.
    """
    shifts = held(snapshot, seat)
    empty = gaps_of_day(snapshot, seat, day)
    past = [gap for gap in empty if gap[1] <= now]
    coming = next((gap for gap in empty if gap[0] > now), None)
    daily = snapshot.daily_at(now)
    soon = daily.duty.due_soon
    state: State = "upcoming" if now < starts else "open" if now < ends else "done"
    due, late = ends, 0
    if any(frm <= now < to for frm, to in empty):
        state, due = "late", _empty_since(snapshot, shifts, now)
        late = minutes(now - due)
    elif coming is not None and coming[0] - now <= soon:
        state, due = "due_soon", coming[0]
    elif past:
        state, due, late = "missed", past[0][0], sum(minutes(to - frm) for frm, to in past)
    elif coming is not None:
        state, due = "upcoming", coming[0]
    sitting = holder(snapshot, seat, now)
    return obligation(
        "seat",
        DutyId(f"seat-{seat}", POST, day),
        POST,
        Window(starts, due, ends),
        Standing(state, late),
        None,
        subject=desk_of(snapshot).desk,
        clause=daily.clauses.seat,
        owed_by=officer_name(snapshot, sitting.officer_id) if sitting else "",
        priority="red" if state == "late" else "normal",
    )


def decide_take_seat(command: TakeSeat, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Sit down on a vacant seat until the next shift end or planned shift, whichever is earlier.

    The leader's seat is for leaders alone. A held one needs a reason, and is taken until that shift's planned end. So
    does a second seat at the same time.
    """
    if actor.officer_id is None:
        return Refusal("not_signed_on", {"login": actor.login})
    officer = snapshot.officers.get(actor.officer_id)
    if command.seat == "leader" and (officer is None or not may_lead(officer, snapshot, now)):
        return _for_leaders(snapshot, now)
    current = holder(snapshot, command.seat, now)
    transaction = Transaction(snapshot, now, actor)
    if current is not None and current.officer_id == actor.officer_id:
        return Refusal("already_yours", {"seat": command.seat, "until": current.until})
    reason = command.reason.strip()
    if current is not None and not reason:
        return seat_taken(snapshot, current)
    shift = _sits_down(transaction, command.seat, actor.officer_id, current, now, reason)
    twice = at_once(snapshot, shift)
    if twice is not None and not reason:
        return twice_at_once(snapshot, twice)
    return transaction.accepted()


def _for_leaders(snapshot: Snapshot, now: datetime) -> Refusal:
    """Return the refusal of the leader's seat that names who may sit there; where nobody leads, the role."""
    leaders = [each.name for each in leaders_of(snapshot, now)]
    return (
        Refusal("seat_of_leaders", {"leaders": leaders}) if leaders else Refusal("not_permitted", {"roles": ["leader"]})
    )


def _sits_down(
    transaction: Transaction, seat: Seat, officer_id: int, current: Shift | None, starts: datetime, reason: str
) -> Shift:
    """Write down that an officer sits from an instant on, in the place of whoever holds the seat then.

    From the day on which he has left nobody sits there: the seat shows as empty.
    """
    snapshot = transaction.snapshot
    if current is None:
        planned = [each.starts for each in held(snapshot, seat) if each.starts > starts]
        ends = min([next_shift_end(snapshot, starts), *planned])
    else:
        ends = current.ends
        transaction.put(replace(current, relieved_at=starts, relieved_by=officer_id))
    ends = min(ends, leaves_at(snapshot, officer_id) or ends)
    number = transaction.new_id("shifts")
    shift = Shift(id=number, seat=seat, officer_id=officer_id, starts=starts, ends=ends, reason=reason)
    transaction.put(shift)
    told: SeatTaken | SeatTakenOver = SeatTaken(seat=seat, officer_id=officer_id, from_=starts, to=ends)
    if current is not None:
        told = SeatTakenOver(seat=seat, officer_id=officer_id, from_=starts, to=ends, relieved=current.officer_id)
    transaction.log(told, text=reason)
    return shift


def seat_whoever_signed(transaction: Transaction, ended: Shift, officer_id: int, reason: str) -> None:
    """Let who took over the duty sit from the end of that shift on, and not before now.

    Whom the plan names sits as planned.
    """
    starts = max(ended.ends, transaction.now)
    current = holder(transaction.snapshot, "officer", starts)
    if current is None or current.officer_id not in (officer_id, ended.officer_id):
        _sits_down(transaction, "officer", officer_id, current, starts, reason)


def seat_taken(snapshot: Snapshot, shift: Shift) -> Refusal:
    """Return the refusal that names who holds the seat, and until when."""
    return Refusal(
        "seat_taken", {"seat": shift.seat, "officer": officer_name(snapshot, shift.officer_id), "until": shift.until}
    )


def twice_at_once(snapshot: Snapshot, other: Shift) -> Refusal:
    """Return the refusal that names the other shift of the same officer at that time."""
    name = officer_name(snapshot, other.officer_id)
    return Refusal("twice_at_once", {"officer": name, "seat": other.seat, "at": other.starts, "until": other.until})


def next_shift_end(snapshot: Snapshot, now: datetime) -> datetime:
    """The next change of shift strictly after an instant."""
    return next(change for change in shift_changes(snapshot, now) if change > now)


def shift_changes(snapshot: Snapshot, frm: datetime) -> Iterator[datetime]:
    """Yield the desk's usual changes of shift from an instant on, without end.

    Each is by the hours that are set for it, whatever holds now.
    """
    day = snapshot.day_of(frm)
    while True:
        for change in sorted(_changes_of_day(snapshot, day)):
            if change >= frm:
                yield change
        day += timedelta(days=1)


def _changes_of_day(snapshot: Snapshot, day: date) -> set[datetime]:
    """Return the changes of a local day, of whose hours another set may hold from some instant of it on."""
    starts, ends = bounds(day, snapshot.zone)
    begin = [each.effective_from for each in snapshot.setting_changes.values()]
    begin += [each.effective_from for each in snapshot.notices.values()]
    sets = [starts, *(each for each in begin if starts < each < ends)]
    hours = {hour for each in sets for hour in snapshot.daily_at(each).duty.shift_ends}
    changes = {hour: at(day, hour, snapshot.zone) for hour in hours}
    return {change for hour, change in changes.items() if hour in snapshot.daily_at(change).duty.shift_ends}
