"""The day book: everything told in a stretch of days, each act once, as it stands after every correction (一).

An act that was told again stands in its newest words on the day that they name. One that was taken back stands in the
last words that it had.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.account.ledger import AccountRow, LedgerRow, account, ledger
from dutyboard.rules.duties.post.seats import Gap, gaps_of_day
from dutyboard.rules.people.officers import held
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.model import Entry, Matter, Shift
from dutyboard.rules.records.obligation import OWED
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import (
    Called,
    HandedOver,
    MatterClosed,
    PresenceFound,
    SeatTaken,
    SeatTakenOver,
    TakenBack,
)

LineState = Literal["corrected", "taken_back"]


@frozen(eq=False)
class DayLine:
    """One act in the day book: its newest words, and what became of them. `ids` are all entries that told it."""

    entry: Entry
    state: LineState | None
    ids: tuple[int, ...]


@frozen(eq=False)
class CallLine:
    """One phone call: its line, what stays open of it (None: nothing ever did), and the entry that closed that."""

    line: DayLine
    call: Called
    matter: Matter | None
    closed: Entry | None

    @property
    def outcome(self) -> str:
        """Its outcome, said at once or later; "" where nobody has said."""
        return self.call.outcome or (self.matter.outcome if self.matter is not None else "")

    @property
    def told(self) -> str:
        """The person who was told at the call, else when it was closed."""
        later = self.closed.told if self.closed is not None else None
        return self.call.told or (later.told if isinstance(later, MatterClosed) else "")

    @property
    def told_at(self) -> datetime | None:
        """The instant at which that person was told; None: nobody was."""
        if self.call.told:
            return self.line.entry.happened_at
        return self.closed.happened_at if self.closed is not None and self.told else None

    @property
    def open(self) -> bool:
        """True if the caller still waits for an answer."""
        return self.line.state != "taken_back" and self.matter is not None and self.matter.closed_at is None


@frozen(eq=False)
class SeatLine:
    """One stretch of a seat in a day, with its shift and the entry by which its officer sat down.

    `shift` None: nobody held it. `signed` None: he sat by the plan alone. `starts` and `ends` lie in the day.
    """

    seat: Seat
    starts: datetime
    ends: datetime
    shift: Shift | None
    signed: Entry | None


@frozen(eq=False)
class DayEnd:
    """The end of a day, or its present state: counts by kind of duty, and what was still owed then."""

    counts: tuple[LedgerRow, ...]
    open: tuple[AccountRow, ...]


def day_lines(snapshot: Snapshot, first: date, last: date) -> tuple[DayLine, ...]:
    """Return every act of the days from `first` to `last`, by the time at which it happened."""
    frm, to = bounds(first, snapshot.zone)[0], bounds(last, snapshot.zone)[1]
    lines = (_line(entry, snapshot) for entry in snapshot.entries.values() if _begins(entry, snapshot))
    found = (each for each in lines if frm <= each.entry.happened_at < to)
    return tuple(sorted(found, key=lambda each: (each.entry.happened_at, each.entry.id)))


def _begins(entry: Entry, snapshot: Snapshot) -> bool:
    """Return True for an entry that corrects none that is known."""
    return entry.amends is None or entry.amends not in snapshot.entries


def _line(first: Entry, snapshot: Snapshot) -> DayLine:
    told, last, ids = first, first, [first.id]
    while (number := snapshot.amended.get(last.id)) is not None and number in snapshot.entries and number not in ids:
        last = snapshot.entries[number]
        ids.append(number)
        told = told if isinstance(last.told, TakenBack) else last
    state: LineState | None = "taken_back" if last is not told else "corrected" if len(ids) > 1 else None
    return DayLine(entry=told, state=state, ids=tuple(ids))


def call_lines(snapshot: Snapshot, first: date, last: date) -> tuple[CallLine, ...]:
    """Return the phone calls of these days, each once."""
    opened = {each.entry: each for each in snapshot.matters.values() if each.kind == "call" and each.entry is not None}
    closed = {
        each.told.matter: each
        for each in snapshot.entries.values()
        if isinstance(each.told, MatterClosed) and each.id not in snapshot.amended
    }
    found = []
    for line in day_lines(snapshot, first, last):
        if isinstance(line.entry.told, Called):
            matter = next((opened[number] for number in line.ids if number in opened), None)
            by = closed.get(matter.id) if matter is not None else None
            found.append(CallLine(line=line, call=line.entry.told, matter=matter, closed=by))
    return tuple(found)


def presence_lines(snapshot: Snapshot, first: date, last: date) -> tuple[tuple[DayLine, PresenceFound], ...]:
    """Return the checks of presence of these days, each once."""
    lines = day_lines(snapshot, first, last)
    return tuple((each, each.entry.told) for each in lines if isinstance(each.entry.told, PresenceFound))


def seat_lines(snapshot: Snapshot, day: date) -> tuple[SeatLine, ...]:
    """Return who held each seat in a day, and when nobody did, by time."""
    starts, ends = bounds(day, snapshot.zone)
    found: list[SeatLine] = []
    for seat in SEATS:
        lines = [
            SeatLine(seat=seat, starts=frm, ends=to, shift=shift, signed=_signed(shift, snapshot))
            for shift in held(snapshot, seat)
            if shift.starts < ends and starts < shift.until
            for frm, to in [_within((shift.starts, shift.until), starts, ends)]
        ]
        empty = [
            SeatLine(seat=seat, starts=frm, ends=to, shift=None, signed=None)
            for frm, to in gaps_of_day(snapshot, seat, day)
        ]
        found += sorted([*lines, *empty], key=lambda each: each.starts)
    return tuple(found)


def _within(stretch: Gap, starts: datetime, ends: datetime) -> Gap:
    return max(stretch[0], starts), min(stretch[1], ends)


def _signed(shift: Shift, snapshot: Snapshot) -> Entry | None:
    """Return the entry by which the officer of a shift sat down, a handover or a seat taken."""
    return next((each for each in _sitting_down(snapshot, shift)), None)


def _sitting_down(snapshot: Snapshot, shift: Shift) -> Iterator[Entry]:
    soon = shift.starts - snapshot.daily_at(shift.starts).duty.handover_opens_before
    for entry in sorted(snapshot.entries.values(), key=lambda each: (each.happened_at, each.id)):
        if entry.id in snapshot.amended:
            continue
        match entry.told:
            case HandedOver(incoming=officer) if officer == shift.officer_id and shift.seat == "officer":
                if soon <= entry.happened_at < shift.until:
                    yield entry
            case (
                SeatTaken(seat=seat, officer_id=officer, from_=frm)
                | SeatTakenOver(seat=seat, officer_id=officer, from_=frm)
            ):
                if (seat, officer, frm) == (shift.seat, shift.officer_id, shift.starts):
                    yield entry
            case _:
                continue


def day_end(snapshot: Snapshot, day: date, now: datetime) -> DayEnd:
    """Return the counts of a day, and what was owed when it ended; of today what is owed now. Raises LookupError.

    What was missed stands with it. Seats do not: `seat_lines` has their gaps.
    """
    end = min(bounds(day, snapshot.zone)[1], now + timedelta.resolution)
    told = account(snapshot, day, day, now)
    rows = (*told.carried, *told.rows)
    return DayEnd(counts=ledger(told), open=tuple(each for each in rows if each.kind != "seat" and _owed_at(each, end)))


def _owed_at(row: AccountRow, end: datetime) -> bool:
    """Return True if a thing had begun to be owed before an instant, and was not done by then."""
    if row.opens is not None and row.opens >= end:
        return False
    done_later = row.done is not None and row.done.happened_at >= end
    return row.state in OWED or row.state == "missed" or done_later
