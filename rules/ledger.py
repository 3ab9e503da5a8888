"""Ledger of a day: how the things stand that were owed on it, by the four duties (五)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.duties.duty import AtSite, EachDay, OfPerson, UntilDone
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.law.four_duties import SIDES, Side
from dutyboard.rules.records.clock import bounds, midnight
from dutyboard.rules.records.ids import DutyId, slot_of
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.obligation import Kind, Obligation, State
from dutyboard.rules.records.snapshot import Snapshot, desk_of

Column = Literal["done", "done_late", "late", "missed", "open"]
COLUMNS: Final[tuple[Column, ...]] = ("done", "done_late", "late", "missed", "open")
_COLUMN_OF: Final[Mapping[State, Column]] = {
    "done": "done",
    "done_late": "done_late",
    "late": "late",
    "missed": "missed",
    "gap": "missed",
    "open": "open",
    "due_soon": "open",
    "upcoming": "open",
}
"""Columns by state. What was waived is in no count (O51)."""
_SETTLED: Final[frozenset[State]] = frozenset({"done", "done_late", "missed"})
_KIND_OF_SLOT: Final[Mapping[str, Kind]] = {
    "reassess": "assess",
    "ask": "history",
    "hospital": "history",
    "arrival": "transfer",
    "letter": "transfer",
    "test-pcr": "test",
    "test-serum": "test",
    "suspected-pcr": "suspected",
}
"""Kinds of what is owed under another name than its kind."""


@frozen
class LedgerRow:
    """One kind of duty on a day: its side, and the number of things in each column.

    `entered_late` are those done in their windows and told only after these had closed.
    """

    side: Side
    kind: Kind
    counts: Mapping[Column, int]
    entered_late: int = 0


def ledger(snapshot: Snapshot, day: date, now: datetime) -> tuple[LedgerRow, ...]:
    """Return the rows of a day in the order of the four duties, as they stand at `now`.

    A round or a report is held to its window. What is owed until it is done counts on the day on which it was done
    (late: after its own day), and is late on every day at whose end it is open past its hour. Raises LookupError.
    """
    desk_of(snapshot)
    counted: dict[Kind, Counter[Column]] = {}
    late: Counter[Kind] = Counter()
    for kind, column, entered_late in _things(snapshot, day, now):
        counted.setdefault(kind, Counter())[column] += 1
        late[kind] += entered_late
    sides = snapshot.daily_at(midnight(day, snapshot.zone)).four_duties.sides
    rows = [
        LedgerRow(side=sides[kind], kind=kind, counts={each: counts[each] for each in COLUMNS}, entered_late=late[kind])
        for duty in DUTIES
        for kind in duty.kinds
        if (counts := counted.get(kind)) is not None
    ]
    return tuple(sorted(rows, key=lambda row: SIDES.index(row.side)))


def _things(snapshot: Snapshot, day: date, now: datetime) -> Iterator[tuple[Kind, Column, bool]]:
    """Yield kind and column of everything that the ledger of a day counts, each thing once; True: entered late."""
    standing: set[str] = set()
    for duty in DUTIES:
        match duty.owed:
            case EachDay() | AtSite():
                rows = list(duty.owed.owed(snapshot, day, now))
            case UntilDone() | OfPerson():
                whole = list(duty.owed.owed(snapshot, now))
                standing.update(each.id for each in whole)
                rows = [each for each in whole if _of_day(each, day, snapshot, now)]
        yield from ((each.kind, _COLUMN_OF[each.state], each.entered_late) for each in rows if each.state in _COLUMN_OF)
    for named, entry in snapshot.done.items():
        if named in standing or snapshot.day_of(entry.happened_at) != day:
            continue
        kind = _kind_of(named, snapshot)
        if kind is not None:
            yield kind, _done(named, entry, snapshot), False


def _of_day(owed: Obligation, day: date, snapshot: Snapshot, now: datetime) -> bool:
    """Return True if a thing owed until it is done belongs to a day. It was done on it, or open at its end."""
    done = snapshot.entries.get(owed.entry or 0)
    if done is not None:
        return snapshot.day_of(done.happened_at) == day
    if owed.state in _SETTLED:
        return snapshot.day_of((owed.closes or owed.due) - timedelta.resolution) == day
    if day == snapshot.day_of(now):
        return snapshot.day_of(owed.opens) <= day
    return owed.due <= bounds(day, snapshot.zone)[1]


def _kind_of(named: str, snapshot: Snapshot) -> Kind | None:
    """Return the kind of a thing done that was owed until it was done; None: it was no such thing."""
    duty = DutyId.parse(named)
    if duty is not None and duty.subject.kind == "matter":
        matter = snapshot.matters.get(duty.subject.number)
        return matter.kind if matter is not None else None
    return kind_of_slot(slot_of(named))


def kind_of_slot(slot: str) -> Kind | None:
    """Return the kind of what is owed until it is done, by its slot. None: it is no such slot."""
    if slot in _KIND_OF_SLOT:
        return _KIND_OF_SLOT[slot]
    known = slot.replace("-", "_")
    kinds = (kind for duty in DUTIES if isinstance(duty.owed, UntilDone | OfPerson) for kind in duty.kinds)
    return next((kind for kind in kinds if kind == known), None)


def _done(named: str, entry: Entry, snapshot: Snapshot) -> Column:
    duty = DutyId.parse(named)
    return "done_late" if duty is not None and duty.day < snapshot.day_of(entry.happened_at) else "done"
