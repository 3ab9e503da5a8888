"""The rota of both seats: turns of each day, who holds them, gaps, and patterns to plan by.

A turn lasts from one change of shift to the next, by the hours that the desk has set for those instants.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.duties.post.seats import Gap, gaps, shift_changes
from dutyboard.rules.people.officers import held, holder
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.model import Shift
from dutyboard.rules.records.snapshot import Snapshot, desk_of

InTurn = Literal["shift", "day", "week"]
"""Stretches after which the next officer of a pattern follows."""
PartOfDay = Literal["all", "day", "night"]
"""Turns of a day that a pattern plans."""


@frozen
class DutyTurn:
    """A stretch between two changes of shift, of the local day on which it begins. `number` counts them from 0."""

    day: date
    number: int
    starts: datetime
    ends: datetime

    @property
    def night(self) -> bool:
        """True if a midnight lies in it."""
        return self.ends > self.starts.replace(hour=0, minute=0) + timedelta(days=1)


@frozen
class RotaCell:
    """One turn of one seat: the shifts that cover some of it, by their start, and where nobody sits."""

    seat: Seat
    turn: DutyTurn
    shifts: tuple[Shift, ...]
    gaps: tuple[Gap, ...]

    def short(self, now: datetime) -> bool:
        """Return True if nobody is planned for a part of it that is still to come."""
        return any(to > now for _, to in self.gaps)


@frozen
class RotaPattern:
    """Officers who follow one another on a seat, from a day on for so many days.

    Each sits one shift, all of a day, or the days until the next Monday. `weekdays` are those that are planned, as
    `date.weekday` counts them.
    """

    seat: Seat
    officers: tuple[int, ...]
    first: date
    days: int
    weekdays: frozenset[int]
    in_turn: InTurn = "shift"
    part: PartOfDay = "all"


def turns(snapshot: Snapshot, first: date, days: int) -> list[DutyTurn]:
    """Return the turns that begin on so many days, in order."""
    starts = midnight(first, snapshot.zone)
    ends = midnight(first + timedelta(days=days), snapshot.zone)
    changes = shift_changes(snapshot, starts)
    found: list[DutyTurn] = []
    begins = next(changes)
    while begins < ends:
        until = next(changes)
        number = found[-1].number + 1 if found and found[-1].day == begins.date() else 0
        found.append(DutyTurn(day=begins.date(), number=number, starts=begins, ends=until))
        begins = until
    return found


def turn_of(snapshot: Snapshot, now: datetime) -> DutyTurn:
    """Return the turn in which an instant lies. Between midnight and the first change it is one of the day before."""
    today = snapshot.day_of(now)
    back = 1
    while True:
        begun = [each for each in turns(snapshot, today - timedelta(days=back), back + 1) if each.starts <= now]
        if begun:
            return begun[-1]
        back += 1


def rota(snapshot: Snapshot, first: date, days: int) -> list[RotaCell]:
    """Return both seats in all turns that begin on so many days, in order of time."""
    opened = desk_of(snapshot).opened_at
    return [_cell(snapshot, seat, turn, opened) for turn in turns(snapshot, first, days) for seat in SEATS]


def _cell(snapshot: Snapshot, seat: Seat, turn: DutyTurn, opened: datetime) -> RotaCell:
    shifts = tuple(each for each in held(snapshot, seat) if each.starts < turn.ends and turn.starts < each.until)
    frm = max(turn.starts, opened)
    empty = tuple(gaps(snapshot, seat, frm, turn.ends)) if frm < turn.ends else ()
    return RotaCell(seat=seat, turn=turn, shifts=shifts, gaps=empty)


def short_turns(snapshot: Snapshot, now: datetime, nights: int) -> list[RotaCell]:
    """Return the turns until the end of so many nights that are not planned whole."""
    first = turn_of(snapshot, now)
    ahead = [each for each in rota(snapshot, first.day, nights + 1) if each.turn.ends > now]
    last = [each.turn.ends for each in ahead if each.turn.night and each.seat == SEATS[0]][:nights]
    return [each for each in ahead if each.short(now) and (not last or each.turn.ends <= last[-1])]


def sits_now(snapshot: Snapshot, cell: RotaCell, now: datetime) -> bool:
    """Return True if the turn is the present one and somebody holds the seat."""
    return cell.turn.starts <= now < cell.turn.ends and holder(snapshot, cell.seat, now) is not None


def pattern_turns(pattern: RotaPattern, snapshot: Snapshot) -> Iterator[tuple[DutyTurn, int]]:
    """Yield the turns that a pattern plans, each with the number of its officer.

    A seat that changes once a day has neither a day's nor a night's shift: every part of the day is that one.
    """
    chosen = [each for each in turns(snapshot, pattern.first, pattern.days) if each.day.weekday() in pattern.weekdays]
    planned = list(_of_part(chosen, pattern.part))
    place = -1
    before: tuple[int, ...] | None = None
    for turn in planned:
        stretch = _stretch(turn, pattern.in_turn)
        if stretch != before:
            place, before = place + 1, stretch
        yield turn, pattern.officers[place % len(pattern.officers)]


def _of_part(chosen: Iterable[DutyTurn], part: PartOfDay) -> Iterator[DutyTurn]:
    for turn in chosen:
        whole = turn.ends - turn.starts >= timedelta(days=1)
        if whole or part == "all" or turn.night == (part == "night"):
            yield turn


def _stretch(turn: DutyTurn, in_turn: InTurn) -> tuple[int, ...]:
    """Return what two turns of one officer have in common."""
    if in_turn == "week":
        year, week, _ = turn.day.isocalendar()
        return year, week
    return (turn.day.toordinal(),) if in_turn == "day" else (turn.day.toordinal(), turn.number)
