"""The board: everything owed in the current 24 hours and everything still open from before, in order of urgency."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dutyboard.rules.belonging import belongs, record_named
from dutyboard.rules.duties import DUTIES
from dutyboard.rules.duties.duty import Duty, EachDay, UntilDone
from dutyboard.rules.duties.post import seats
from dutyboard.rules.duties.post.handover import goes_over
from dutyboard.rules.duties.post.seats import Gap, Sitting
from dutyboard.rules.duties.post.settings import StandingSetting, emergency
from dutyboard.rules.people.contacts import positives
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.fever import all_unsettled
from dutyboard.rules.people.rooms import room_count
from dutyboard.rules.people.stage import at_home, awaits_answer, in_room, on_road, to_be_assessed
from dutyboard.rules.records.clock import at
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.ids import POST, DutyId, Subject
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.obligation import OWED, Kind, Obligation, State
from dutyboard.rules.records.snapshot import Snapshot, desk_of

_URGENCY: dict[State, int] = {"late": 0, "due_soon": 1, "open": 2, "missed": 3, "upcoming": 4}
_EMPTY_SEAT = -2
_RED = -1
_SETTLED = 5
_DONE: frozenset[State] = frozenset({"done", "done_late", "waived"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The numbers of the status line. `rooms` are those of the active sites; `unreported` the
    units whose screening report of the day is not in yet, before its hour as well as after. `positives` are people with
    a positive PCR whose record is open, `fevers` those of whom a reading or symptom is not settled. `referrals` are the
    people about whom an office has still to answer, `on_road` those who have left and not arrived."""

    late: int
    due_soon: int
    pending_screening: int
    in_quarantine: int
    rooms: int
    home: int
    referrals: int
    on_road: int
    unreported: int
    positives: int
    fevers: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Board:
    """The board at an instant.

    `own` is the town or site to which its rows and counts are limited (None: they are the whole desk's). `day` is its
    calendar day in the desk's zone, `notice` the id of the one in force. `gaps` are its empty stretches
    by seat. `emergency` is the switch between
    the state of emergency and the normal one.
    """

    now: datetime
    day: date
    notice: str
    emergency: StandingSetting
    seats: tuple[Sitting, ...]
    gaps: Mapping[Seat, tuple[Gap, ...]]
    counts: Counts
    obligations: tuple[Obligation, ...]
    own: tuple[Subject, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BrokenPart:
    """A part of the board that could not be computed: the rows of one person, or of some kinds."""

    error: Exception
    person_id: int | None = None
    kinds: tuple[Kind, ...] = ()


def board(snapshot: Snapshot, now: datetime, duties: Sequence[Duty] = DUTIES) -> Board:
    """Return the board of an instant. Raises LookupError where there is no desk."""
    day = snapshot.day_of(now)
    standing = (each for each in _standing_now(snapshot, day, now, duties) if _is_shown(each, snapshot))
    owed = sorted((_missed(snapshot, each) for each in standing), key=_urgency)
    return Board(
        now=now,
        day=day,
        notice=snapshot.notice_at(now).id,
        emergency=emergency(snapshot, now),
        seats=tuple(seats.seats(snapshot, now)),
        gaps={seat: seats.gaps_of_day(snapshot, seat, day) for seat in SEATS},
        counts=_counts(snapshot, owed, day),
        obligations=tuple(owed),
        own=snapshot.own,
    )


def _is_shown(owed: Obligation, snapshot: Snapshot) -> bool:
    """Return True unless the picture is limited to a town or site, and the duty is about another one."""
    if snapshot.own is None:
        return True
    about = record_named(owed.subject_id, snapshot)
    return about is not None and belongs(about, snapshot.own, snapshot)


def handover_items(snapshot: Snapshot, now: datetime) -> tuple[DutyId, ...]:
    """Return the ids of what a handover signed at this instant passes on, in the board's order."""
    return goes_over(board(snapshot, now).obligations)


def board_despite_faults(snapshot: Snapshot, now: datetime) -> tuple[Board, tuple[BrokenPart, ...]]:
    """Return the board for a screen, and the parts of it that raise. All other rows stand.

    A person whose course raises is left out first, then a duty that still raises. Raises what is left after that.
    """
    try:
        return board(snapshot, now), ()
    except Exception as error:
        failures = [*unreadable(snapshot, now)]
        readable = without(snapshot, failures)
        standing = []
        for duty in DUTIES:
            try:
                board(readable, now, (duty,))
            except Exception as own:
                failures.append(BrokenPart(error=own, kinds=duty.kinds))
            else:
                standing.append(duty)
        if not failures:
            raise error
        return board(readable, now, standing), tuple(failures)


def unreadable(snapshot: Snapshot, now: datetime) -> Iterator[BrokenPart]:
    """Yield a part for each person whose course cannot be computed."""
    for person in snapshot.persons.values():
        try:
            course_of(person, snapshot, now)
        except Exception as error:
            yield BrokenPart(error=error, person_id=person.id)


def without(snapshot: Snapshot, failures: Iterable[BrokenPart]) -> Snapshot:
    """Return the picture without the people of some failures."""
    removed = [("persons", each.person_id) for each in failures if each.person_id is not None]
    return snapshot.applied(snapshot.seq, (), removed) if removed else snapshot


def _standing_now(snapshot: Snapshot, today: date, now: datetime, duties: Sequence[Duty]) -> Iterator[Obligation]:
    """Today's whole day, until the morning's change of shift yesterday's as well, and what is open from before.

    What is older was missed or is late: it stays until a handover has accepted it, so that nothing is looked for
    before the day of the last handover, or before the desk was opened.
    """
    first = snapshot.day_of(desk_of(snapshot).opened_at)
    morning = at(today, snapshot.daily_at(now).duty.shift_ends[0], snapshot.zone)
    shown = max(first, today - timedelta(days=1)) if now < morning else today
    handed_over = snapshot.handed_over_at
    day = max(first, snapshot.day_of(handed_over)) if handed_over else first
    while day < shown:
        for owed in _of_day(snapshot, day, now, duties):
            if owed.state in OWED or (owed.state == "missed" and not _accepts(snapshot, owed)):
                yield owed
        day += timedelta(days=1)
    for day in {shown, today}:
        yield from _of_day(snapshot, day, now, duties)
    tomorrow = today + timedelta(days=1)
    for duty in duties:
        match duty.owed:
            case EachDay(owed=of_day, eve=True):
                yield from (each for each in of_day(snapshot, tomorrow, now) if each.state == "due_soon")
            case UntilDone(owed=at_once, leaves=leaves):
                for owed in at_once(snapshot, now):
                    if not leaves or owed.state not in _DONE or snapshot.day_of(owed.due) >= shown:
                        yield owed


def _of_day(snapshot: Snapshot, day: date, now: datetime, duties: Sequence[Duty]) -> Iterator[Obligation]:
    for duty in duties:
        if isinstance(duty.owed, EachDay):
            yield from duty.owed.owed(snapshot, day, now)


def _accepts(snapshot: Snapshot, owed: Obligation) -> bool:
    """Return True if the last handover came after this window had closed, and so passed it on as missed.

    A missed test no handover settles: only a leader does, by name, when he releases (O11).
    """
    if owed.kind == "test":
        return False
    handed_over = snapshot.handed_over_at
    return handed_over is not None and owed.closes is not None and owed.closes <= handed_over


def _missed(snapshot: Snapshot, owed: Obligation) -> Obligation:
    """Mark a missed duty that a handover has accepted, and name the entry that tells of it afterwards.

    An accepted one stays on the strip, but is nothing to do.
    """
    if owed.state != "missed":
        return owed
    told, accepted = snapshot.beside.get(owed.id), _accepts(snapshot, owed)
    return replace(owed, accepted=accepted, beside=told.id if told else None) if told or accepted else owed


def _urgency(owed: Obligation) -> tuple[int, datetime, str]:
    """An empty seat comes before all: while nobody sits there, nobody does the rest. Then comes what is red."""
    rank = _SETTLED if owed.accepted else _URGENCY.get(owed.state, _SETTLED)
    if owed.priority == "red" and owed.state in OWED:
        rank = _RED
    if owed.kind == "seat" and owed.state == "late":
        rank = _EMPTY_SEAT
    return rank, owed.opens if owed.state == "upcoming" else owed.due, owed.id


def _counts(snapshot: Snapshot, owed: list[Obligation], day: date) -> Counts:
    return Counts(
        late=sum(o.state == "late" for o in owed),
        due_soon=sum(o.state == "due_soon" for o in owed),
        rooms=sum(room_count(s) for s in snapshot.sites.values() if s.state == "active"),
        unreported=sum(
            o.kind == "screening_report" and o.subject_id != POST and o.id.day == day and o.state not in _DONE
            for o in owed
        ),
        positives=len(positives(snapshot)),
        fevers=len(all_unsettled(snapshot)),
        **snapshot.memo.made(_heads, snapshot.persons),
    )


def _heads(persons: Mapping[int, Person]) -> dict[str, int]:
    """Return the numbers of people that hang on their records alone."""
    people = persons.values()
    return {
        "pending_screening": sum(to_be_assessed(p) for p in people),
        "in_quarantine": sum(in_room(p) for p in people),
        "home": sum(at_home(p) for p in people),
        "referrals": sum(awaits_answer(p) for p in people),
        "on_road": sum(on_road(p) for p in people),
    }
