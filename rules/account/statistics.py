"""Statistics of a period: lateness by place, how long things took, and the alarms of each hour.

What nobody told is in no number: of no case at all a median is blank, never 0.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.account.ledger import COLUMNS, AccountRow, Column, PeriodLedger
from dutyboard.rules.duties.post.alarms import FLOOD, FLOOD_WITHIN
from dutyboard.rules.duties.post.seats import gaps
from dutyboard.rules.people.stage import on_desk, on_road, to_be_assessed, to_be_moved
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.codes import SEATS
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Person
from dutyboard.rules.records.obligation import minutes
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.person import Arrived, Assessed, Referred, SampleRecorded, Traced, Transferred
from dutyboard.rules.records.told.post import Acknowledged, HandedOver

SpanCode = Literal["registered_assessed", "arrived_assessed", "arrived_room", "positive_traced"]
SPANS: Final[tuple[SpanCode, ...]] = ("registered_assessed", "arrived_assessed", "arrived_room", "positive_traced")
_BY_LATENESS: Final = frozenset({"transfer", "referral"})
"""Kinds that are alarms once they are late, and not before."""
_OF_LATE: Final[tuple[Column, ...]] = ("done_late", "late", "missed")


@frozen
class Spread:
    """Spread of some minutes: how many, their median, the value that nine in ten do not exceed, the longest.

    Of none each value is None.
    """

    n: int
    median: float | None = None
    ninety: int | None = None
    longest: int | None = None


@frozen
class Lateness:
    """Lateness of a place in a period: its things by column, those told afterwards, and the late ones' minutes.

    `fell_due` are those that were to be done by now. `percent` of them were late or missed (None: none fell due).
    """

    place: Subject
    counts: Mapping[Column, int]
    told_after: int
    fell_due: int
    percent: float | None
    late: Spread


@frozen
class SpanTaken:
    """Minutes from one thing to another: of all that ended in the period, and of who still waits."""

    code: SpanCode
    took: Spread
    waiting: Spread


@frozen
class AlarmLoad:
    """Load of alarms in a period: how many in how many hours, and the most in ten minutes.

    `flooded` is the per cent of its ten-minute stretches with more than ten. None: the period has not begun.
    """

    alarms: int
    hours: float
    per_hour: float | None
    worst: int
    flooded: float | None


def spread(values: Iterable[int]) -> Spread:
    """Return the spread of some whole minutes."""
    ordered = sorted(values)
    if not ordered:
        return Spread(n=0)
    rank = -(-9 * len(ordered) // 10)  # the nearest rank: the least value that nine in ten do not exceed
    return Spread(n=len(ordered), median=float(median(ordered)), ninety=ordered[rank - 1], longest=ordered[-1])


# ------------------------------------------------------------ lateness


def lateness(found: PeriodLedger) -> tuple[Lateness, ...]:
    """Return the lateness of each place that owed anything in a period, in the order of their names."""
    places: dict[Subject, list[AccountRow]] = {}
    for row in found.rows:
        places.setdefault(row.place, []).append(row)
    return tuple(_lateness(place, rows) for place, rows in sorted(places.items(), key=lambda each: _order(each[0])))


def _order(place: Subject) -> tuple[str, int]:
    return place.kind, place.number


def _lateness(place: Subject, rows: list[AccountRow]) -> Lateness:
    counts = {column: sum(row.column == column for row in rows) for column in COLUMNS}
    behind = sum(counts[column] for column in _OF_LATE)
    fell_due = counts["done"] + behind
    return Lateness(
        place=place,
        counts=counts,
        told_after=sum(row.told_after for row in rows),
        fell_due=fell_due,
        percent=round(100 * behind / fell_due, 1) if fell_due else None,
        late=spread(row.late_minutes for row in rows if row.column in ("done_late", "late")),
    )


# ------------------------------------------------------------ how long things took


def spans_taken(snapshot: Snapshot, first: date, last: date, now: datetime) -> tuple[SpanTaken, ...]:
    """Return how long things took that ended in a period, and how long the others wait by its end."""
    begins, ends = bounds(first, snapshot.zone)[0], min(bounds(last, snapshot.zone)[1], now)
    took: dict[SpanCode, list[int]] = {code: [] for code in SPANS}
    waiting: dict[SpanCode, list[int]] = {code: [] for code in SPANS}
    told = _entries_of(snapshot)
    for person in snapshot.persons.values():
        for code, start, end in _spans(person, told.get(person.id, ()), snapshot):
            if end is not None and begins <= end < ends:
                took[code].append(minutes(end - start))
            elif start < ends and (end is None or end >= ends):
                waiting[code].append(minutes(ends - start))
    return tuple(SpanTaken(code=code, took=spread(took[code]), waiting=spread(waiting[code])) for code in SPANS)


def _entries_of(snapshot: Snapshot) -> dict[int, tuple[Entry, ...]]:
    """Return the entries that stand about each person, oldest first."""
    found: dict[int, list[Entry]] = {}
    for entry in snapshot.entries.values():
        about = Subject.parse(entry.subject)
        if about is not None and about.kind == "person" and entry.id not in snapshot.amended:
            found.setdefault(about.number, []).append(entry)
    return {
        number: tuple(sorted(entries, key=lambda each: (each.happened_at, each.id)))
        for number, entries in found.items()
    }


def _spans(
    person: Person, told: tuple[Entry, ...], snapshot: Snapshot
) -> Iterator[tuple[SpanCode, datetime, datetime | None]]:
    """Yield each span of a person's present stay with its start and its end; None: it has not ended."""
    since = person.registered_at
    assessed = _first(told, since, Assessed, Referred)
    waits = to_be_assessed(person)
    if assessed is not None or waits:
        yield "registered_assessed", since, assessed
    arrived = _arrival(person, snapshot)
    if arrived is not None:
        if (assessed is not None and assessed >= arrived) or (assessed is None and waits):
            yield "arrived_assessed", arrived, assessed
        room = _room(told, since)
        if room is not None and room >= arrived:
            yield "arrived_room", arrived, room
        elif room is None and (to_be_moved(person) or on_road(person)) and person.site_id is not None:
            yield "arrived_room", arrived, None
    positive = _positive(told)
    if positive is not None:
        traced = _first(told, positive, Traced)
        if traced is not None or on_desk(person):
            yield "positive_traced", positive, traced


def _positive(told: Iterable[Entry]) -> datetime | None:
    """Return when somebody's first positive result was told; None: there is none."""
    found = (each for each in told if isinstance(each.told, SampleRecorded) and each.told.result == "positive")
    return next((each.happened_at for each in found), None)


def _first(told: Iterable[Entry], since: datetime, *kinds: type[object]) -> datetime | None:
    """Return when the first entry of some classes was, from an instant on; None: there is none."""
    return next((each.happened_at for each in told if isinstance(each.told, kinds) and each.happened_at >= since), None)


def _room(told: Iterable[Entry], since: datetime) -> datetime | None:
    """Return when somebody came into a room of a site first; None: he has not."""
    return next(
        (
            each.told.arrived_at if isinstance(each.told, Transferred) else each.happened_at
            for each in told
            if isinstance(each.told, Arrived | Transferred) and each.told.site_id is not None
            if each.happened_at >= since
        ),
        None,
    )


def _arrival(person: Person, snapshot: Snapshot) -> datetime | None:
    """Return when a person came into the county, where its hour was told; None: nobody has said."""
    at = person.facts.arrival_at
    if at is None or person.facts.arrival_hour_unknown:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=snapshot.zone)


# ------------------------------------------------------------ alarms


def alarm_load(found: PeriodLedger, snapshot: Snapshot, first: date, last: date, now: datetime) -> AlarmLoad:
    """Return the alarms that came in a period, as the records still tell them."""
    begins = max(bounds(first, snapshot.zone)[0], desk_of(snapshot).opened_at)
    ends = min(bounds(last, snapshot.zone)[1], now)
    came = sorted(each for each in _alarms(found, snapshot, begins, ends) if begins <= each < ends)
    stretches = max(-(-(ends - begins) // FLOOD_WITHIN), 0)
    hours = max(ends - begins, timedelta()) / timedelta(hours=1)
    each = [0] * stretches
    for instant in came:
        each[(instant - begins) // FLOOD_WITHIN] += 1
    return AlarmLoad(
        alarms=len(came),
        hours=round(hours, 1),
        per_hour=round(len(came) / hours, 2) if hours else None,
        worst=_most_within(came),
        flooded=round(100 * sum(n > FLOOD for n in each) / stretches, 1) if stretches else None,
    )


def _most_within(instants: list[datetime]) -> int:
    """Return the most instants in any stretch of ten minutes."""
    most = start = 0
    for end, instant in enumerate(instants):
        while instant - instants[start] >= FLOOD_WITHIN:
            start += 1
        most = max(most, end - start + 1)
    return most


def _alarms(found: PeriodLedger, snapshot: Snapshot, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """Yield the instants at which alarms began: red rows, what was acknowledged as one, and empty seats."""
    seen, told = _seen_as_alarms(snapshot), _entries_of(snapshot)
    for row in (*found.rows, *found.carried):
        began = _began(row, told, seen=row.id in seen) if row.kind != "seat" else None
        if began is not None:
            yield began
    for seat in SEATS:
        yield from (frm for frm, _ in gaps(snapshot, seat, begins, ends)) if begins < ends else ()


def _seen_as_alarms(snapshot: Snapshot) -> set[str]:
    """Return the ids of the duties that somebody acknowledged or took over as alarms."""
    return {
        duty
        for entries in snapshot.attended.values()
        for each in entries
        if isinstance(each.told, Acknowledged | HandedOver)
        for duty in each.told.alarms
    }


def _began(row: AccountRow, told: Mapping[int, tuple[Entry, ...]], *, seen: bool) -> datetime | None:
    """Return when a thing became an alarm; None: it was none. A ride or a question is one once it is late."""
    if row.kind in _BY_LATENESS and row.column in _OF_LATE and row.slot in ("arrival", "referral"):
        return row.due
    if not (row.red or seen):
        return None
    if row.kind != "trace":
        return row.opens
    return _positive(told.get(row.about.number, ())) or row.opens
