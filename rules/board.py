"""The board: everything owed in the current 24 hours and everything still open from before, in order of urgency."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final, Literal, NamedTuple

from dutyboard.frozen import frozen
from dutyboard.rules.board_rows import DONE, BoardPart, BoardRows, looked_at, made_anew, owed_in, parts_of, shown_of
from dutyboard.rules.duties.duty import Duty, OfPerson
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.duties.post import seats
from dutyboard.rules.duties.post.alarms import attended
from dutyboard.rules.duties.post.handover_rows import goes_over
from dutyboard.rules.duties.post.seats import Gap, Sitting
from dutyboard.rules.duties.post.settings import StandingSetting, emergency
from dutyboard.rules.people.contacts import positives
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.fever import all_unsettled
from dutyboard.rules.people.rooms import room_count
from dutyboard.rules.people.stage import at_home, awaits_answer, in_room, on_road, to_be_assessed
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.ids import POST, DutyId, Subject
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.obligation import Kind, Obligation, State
from dutyboard.rules.records.snapshot import Snapshot


@frozen
class Counts:
    """The numbers of the status line. `rooms` are those of the active sites; `unreported` the
    units whose screening report of the day is not in yet, before its hour as well as after. `positives` are people with
    a positive PCR whose record is open, `fevers` those of whom a reading or symptom is not settled. `referrals` are the
    people about whom an office has still to answer, `on_road` those who have left and not arrived. `shelved` are duties
    that were put aside: the other numbers count them too."""

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
    shelved: int = 0


CountCode = Literal[
    "late",
    "due_soon",
    "unreported",
    "pending_screening",
    "in_quarantine",
    "home",
    "referrals",
    "on_road",
    "positives",
    "fevers",
    "shelved",
]
"""The name of a number of the status line that counts rows of the board or people. `rooms` counts neither."""
OF_ROWS: Final[tuple[CountCode, ...]] = ("late", "due_soon", "unreported", "shelved")
_OF_PERSON: Final[Mapping[CountCode, Callable[[Person], bool]]] = {
    "pending_screening": to_be_assessed,
    "in_quarantine": in_room,
    "home": at_home,
    "referrals": awaits_answer,
    "on_road": on_road,
}
"""Numbers that hang on each person's record alone."""


@frozen(eq=False)
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


@frozen(eq=False)
class BrokenPart:
    """A part of the board that could not be computed: the rows of one person, or of some kinds."""

    error: Exception
    person_id: int | None = None
    kinds: tuple[Kind, ...] = ()


def board(
    snapshot: Snapshot, now: datetime, kept: BoardRows | None = None, duties: Sequence[Duty] | None = None
) -> Board:
    """Return the board of an instant. Raises LookupError where there is no desk.

    `kept` are the rows of the board before, of which those that still stand are taken; None: all are made anew.
    `duties` None: it shows the whole table.
    """
    day, table = snapshot.day_of(now), DUTIES if duties is None else duties
    made = kept.of(snapshot, now, table) if kept is not None else tuple(made_anew(snapshot, now, table))
    rows = attended(made, snapshot, now)
    return Board(
        now=now,
        day=day,
        notice=snapshot.notice_at(now).id,
        emergency=emergency(snapshot, now),
        seats=tuple(seats.seats(snapshot, now)),
        gaps={seat: seats.gaps_of_day(snapshot, seat, day) for seat in SEATS},
        counts=_counts(snapshot, rows, day),
        obligations=rows,
        own=snapshot.own,
    )


def row_named(snapshot: Snapshot, duty: DutyId, now: datetime) -> Obligation | None:
    """Return one row of the board as it stands; None: it shows none of that id."""
    days = looked_at(snapshot, now)
    for part in parts_of(snapshot, days, DUTIES):
        if _may_hold(part, duty.subject):
            for row in shown_of(part, owed_in(part, DUTIES, snapshot, now), snapshot, days):
                if row.id == duty:
                    return attended((row,), snapshot, now)[0]
    return None


def _may_hold(part: BoardPart, subject: Subject) -> bool:
    """Return True unless a part is about another person or another site."""
    kind = "person" if part.duty is None else "site"
    return not part.about or (subject.kind == kind and subject.number == part.about)


def handover_items(snapshot: Snapshot, now: datetime) -> tuple[DutyId, ...]:
    """Return the ids of what a handover signed at this instant passes on, in the board's order."""
    return goes_over(board(snapshot, now).obligations)


def board_despite_faults(
    snapshot: Snapshot, now: datetime, kept: BoardRows | None = None
) -> tuple[Board, tuple[BrokenPart, ...]]:
    """Return the board for a screen, and the parts of it that raise. All other rows stand.

    A person whose course raises is left out first, then a duty that still raises. Raises what is left after that.
    """
    try:
        return board(snapshot, now, kept), ()
    except Exception as error:
        failures = [*unreadable(snapshot, now)]
        readable = without(snapshot, failures)
        standing = []
        for duty in DUTIES:
            try:
                board(readable, now, duties=(duty,))
            except Exception as own:
                failures.append(BrokenPart(error=own, kinds=duty.kinds))
            else:
                standing.append(duty)
        if not failures:
            raise error
        return board(readable, now, duties=standing), tuple(failures)


def unreadable(snapshot: Snapshot, now: datetime) -> Iterator[BrokenPart]:
    """Yield a part for each person whose course, or what he is owed, cannot be computed."""
    duties = [duty.owed for duty in DUTIES if isinstance(duty.owed, OfPerson)]
    for person in snapshot.persons.values():
        try:
            course_of(person, snapshot, now)
            for each in duties:
                deque(each.to(person, snapshot, now), maxlen=0)
        except Exception as error:
            yield BrokenPart(error=error, person_id=person.id)


def without(snapshot: Snapshot, failures: Iterable[BrokenPart]) -> Snapshot:
    """Return the picture without the people of some failures."""
    removed = [("persons", each.person_id) for each in failures if each.person_id is not None]
    return snapshot.applied(snapshot.seq, (), removed) if removed else snapshot


class _OfRows(NamedTuple):
    """Numbers of rows by their state, and of reports of units still to come by their day."""

    states: Counter[State]
    unreported: Counter[date | None]
    shelved: int


def _counts(snapshot: Snapshot, owed: tuple[Obligation, ...], day: date) -> Counts:
    of_rows = snapshot.memo.made(_of_rows, owed)
    return Counts(
        late=of_rows.states["late"],
        due_soon=of_rows.states["due_soon"],
        unreported=of_rows.unreported[day],
        shelved=of_rows.shelved,
        rooms=sum(room_count(s) for s in snapshot.sites.values() if s.state == "active"),
        positives=len(positives(snapshot)),
        fevers=len(all_unsettled(snapshot)),
        **snapshot.memo.made(_heads, snapshot.persons),
    )


def _of_rows(owed: tuple[Obligation, ...]) -> _OfRows:
    """Return the numbers that hang on the rows alone."""
    reports = (each for each in owed if each.kind == "screening_report")
    return _OfRows(
        states=Counter(each.state for each in owed),
        unreported=Counter(each.id.day for each in reports if _unreported(each)),
        shelved=sum(each.shelved for each in owed),
    )


def _unreported(report: Obligation) -> bool:
    """Return True for the report of a unit that is not in."""
    return report.subject_id != POST and report.state not in DONE


def counts_row(code: CountCode, owed: Obligation, day: date) -> bool:
    """Return True if a number of the status line counts a row of the board of a day."""
    if code == "unreported":
        return owed.kind == "screening_report" and owed.id.day == day and _unreported(owed)
    if code == "shelved":
        return owed.shelved
    return owed.state == code


def counted_people(code: CountCode, snapshot: Snapshot) -> set[int]:
    """Return the numbers of the people whom a number of the status line counts."""
    if code == "positives":
        return {person.id for person in positives(snapshot)}
    if code == "fevers":
        return all_unsettled(snapshot)
    return {person.id for person in snapshot.persons.values() if _OF_PERSON[code](person)}


def _heads(persons: Mapping[int, Person]) -> dict[str, int]:
    """Return the numbers of people that hang on their records alone."""
    return {code: sum(map(counts, persons.values())) for code, counts in _OF_PERSON.items()}
