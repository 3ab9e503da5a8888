"""Ledger of a period: each thing that was owed in it, once, how it stands, and what proves it (五).

A thing belongs to the day in its name: that of its slot, or on which it fell due. What was open when the period began
stands beside its rows, so that nothing that is late is ever out of sight.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.account.windows import tests_never_taken, window_done
from dutyboard.rules.belonging import in_sight
from dutyboard.rules.board_rows import looked_at
from dutyboard.rules.duties.duty import AtSite, EachDay, OfPerson, UntilDone
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.duties.post.alarms import place_of
from dutyboard.rules.duties.post.matters import RED_CAUSES, about_name, about_whom
from dutyboard.rules.law.four_duties import SIDES, Side
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.people.officers import held, officer_name, officer_of
from dutyboard.rules.records.clock import bounds, midnight
from dutyboard.rules.records.codes import Seat
from dutyboard.rules.records.ids import DutyId, Subject, about_of, slot_of
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.obligation import OWED, Kind, Obligation, State, Window, minutes
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.person import SampleRecorded
from dutyboard.rules.records.told.post import HandedOver, Noted

Column = Literal["done", "done_late", "late", "missed", "open", "waived"]
COLUMNS: Final[tuple[Column, ...]] = ("done", "done_late", "late", "missed", "open", "waived")
COLUMN_OF: Final[Mapping[State, Column]] = {
    "done": "done",
    "done_late": "done_late",
    "late": "late",
    "missed": "missed",
    "gap": "missed",
    "open": "open",
    "due_soon": "open",
    "upcoming": "open",
    "waived": "waived",
}
"""Columns by state."""
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
_OFFICERS_KINDS: Final[frozenset[Kind]] = frozenset({"assess", "history", "referral", "transfer", "trace", "advice"})
"""Things about a person that the officer named for him owes, wherever he lives."""
_ALWAYS_RED: Final[frozenset[Kind]] = frozenset({"retake", "suspected", "trace"})
_DAY: Final = timedelta(days=1)


@frozen(eq=False)
class AccountRow:
    """One thing owed, as it stands. None or "": the records do not tell it.

    `day` is the day to which it belongs, `place` the site or town whose ledger it is in (or the post), `people` are
    those whom it names. `owed_by` are the names of who owed it. `done` is the entry that discharged it, or a part of
    it. `beside` tells
    of it after it was missed, or confirms that it was. `accepted` is the handover that passed it on as missed.
    `notes` are those of the log that name it by its id. `count` of `total` were done where it stands for several.
    """

    id: str
    kind: Kind
    slot: str
    name: Phrase | None
    day: date
    clause: str
    side: Side
    about: Subject
    subject: str
    place: Subject
    people: frozenset[Subject]
    owed_by: tuple[str, ...]
    opens: datetime | None
    due: datetime | None
    state: State
    late_minutes: int
    entered_late: bool
    red: bool
    done: Entry | None
    beside: Entry | None = None
    accepted: Entry | None = None
    notes: tuple[Entry, ...] = ()
    count: int = 0
    total: int = 0

    @property
    def column(self) -> Column:
        """The column in which it is counted."""
        return COLUMN_OF[self.state]

    @property
    def told_after(self) -> bool:
        """True if it was told only after its window had closed, done in it or not."""
        return self.entered_late or self.beside is not None

    @property
    def explanation(self) -> str:
        """Words of who owed it or did it: why it was told late, what he noted; "" where nobody said anything."""
        told = (self.done, self.beside, *self.notes)
        said = (
            part.strip() for each in told if each is not None for part in (each.late_reason, each.text, each.reason)
        )
        return " ".join(dict.fromkeys(part for part in said if part))

    def of(self, whose: Subject, snapshot: Snapshot) -> bool:
        """Return True if it stands in the ledger of a unit, a site, the post, a person or an officer.

        An officer's holds what he owed, by his name, and what he did or wrote down.
        """
        if whose.kind == "person":
            return whose in self.people
        if whose.kind != "officer":
            return whose == self.place
        name = officer_name(snapshot, whose.number)
        entries = [each for each in (self.done, self.beside) if each is not None]
        by_name = bool(name) and (name in self.owed_by or any(each.done_by == name for each in entries))
        return by_name or any(each.entered_by == whose.number for each in entries)


@frozen(eq=False)
class PeriodLedger:
    """Ledger of a period. `carried` are the things of days before it that were still owed when it began."""

    rows: tuple[AccountRow, ...]
    carried: tuple[AccountRow, ...]

    def of(self, whose: Subject, snapshot: Snapshot) -> "PeriodLedger":
        """Return the ledger of a unit, a site, the post, a person or an officer."""
        rows, carried = (tuple(each for each in some if each.of(whose, snapshot)) for some in (self.rows, self.carried))
        return PeriodLedger(rows=rows, carried=carried)


@frozen
class LedgerRow:
    """One kind of duty in a period: its side, and the number of things in each column.

    `told_after` are those of them that were told only after their windows had closed; `carried` are those of days
    before, and `carried_open` those of them that are still owed.
    """

    side: Side
    kind: Kind
    counts: Mapping[Column, int]
    told_after: int = 0
    carried: int = 0
    carried_open: int = 0


def ledger(account: PeriodLedger) -> tuple[LedgerRow, ...]:
    """Return the counts of an account, in the order of the four duties."""
    counted: dict[tuple[Side, Kind], Counter[str]] = {}
    for row in account.rows:
        counts = counted.setdefault((row.side, row.kind), Counter())
        counts[row.column] += 1
        counts["told_after"] += row.told_after
    for row in account.carried:
        counts = counted.setdefault((row.side, row.kind), Counter())
        counts["carried"] += 1
        counts["carried_open"] += row.state in OWED
    order = [kind for duty in DUTIES for kind in duty.kinds]
    return tuple(
        LedgerRow(
            side=side,
            kind=kind,
            counts={each: counts[each] for each in COLUMNS},
            told_after=counts["told_after"],
            carried=counts["carried"],
            carried_open=counts["carried_open"],
        )
        for (side, kind), counts in sorted(
            counted.items(), key=lambda each: (SIDES.index(each[0][0]), order.index(each[0][1]))
        )
    )


def account(snapshot: Snapshot, first: date, last: date, now: datetime) -> PeriodLedger:
    """Return the ledger of the days from `first` to `last`, as they stand at `now`. Raises LookupError.

    A round or a report belongs to its day; what is owed until it is done to the day on which it fell due.
    """
    desk_of(snapshot)
    making = _Making(snapshot, now)
    days = [first + n * _DAY for n in range((last - first).days + 1)]
    rows = [row for row in making.rows_of(days) if first <= row.day <= last]
    begins = midnight(first, snapshot.zone)
    earlier = making.rows_of(_days_before(snapshot, first, now))
    carried = [row for row in earlier if row.day < first and _open_at(row, begins)]
    return PeriodLedger(rows=_in_order(rows), carried=_in_order(carried))


def _in_order(rows: Iterable[AccountRow]) -> tuple[AccountRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.day, SIDES.index(row.side), row.kind, row.id)))


def _open_at(row: AccountRow, instant: datetime) -> bool:
    """Return True if a thing of before was still owed at an instant."""
    return row.state in OWED or (row.done is not None and row.done.happened_at >= instant)


def _days_before(snapshot: Snapshot, first: date, now: datetime) -> list[date]:
    """Return the days before a period of which something may still have been owed when it began."""
    begins, since = midnight(first, snapshot.zone), looked_at(snapshot, now).since
    days = {since + n * _DAY for n in range(max((first - since).days, 0))}
    for named, entry in snapshot.done.items():
        duty = DutyId.parse(named) if entry.happened_at >= begins else None
        if duty is not None and duty.day < first:
            days.add(duty.day)
    return sorted(days)


class _Making:
    """Maker of the rows of one picture at one instant. What is owed whatever the day is asked for once."""

    def __init__(self, snapshot: Snapshot, now: datetime) -> None:
        self.snapshot = snapshot
        self.now = now
        self.standing = [
            each
            for duty in DUTIES
            if isinstance(duty.owed, UntilDone | OfPerson)
            for each in duty.owed.owed(snapshot, now)
            if in_sight(each, snapshot)
        ]
        self.handovers = _handovers(snapshot)
        self.notes = _notes(snapshot)

    def rows_of(self, days: Sequence[date]) -> Iterator[AccountRow]:
        """Yield what each of these days owed, and everything that is owed until it is done, whatever its day."""
        for duty in DUTIES:
            if isinstance(duty.owed, EachDay | AtSite):
                for day in days:
                    for owed in duty.owed.owed(self.snapshot, day, self.now):
                        if in_sight(owed, self.snapshot):
                            yield self._row(owed)
        yield from map(self._row, self.standing)
        known = {str(each.id) for each in self.standing}
        for named, entry in self.snapshot.done.items():
            kind = self._kind_of(named)
            if named not in known and kind is not None:
                yield self._done(named, kind, entry)
        known.update(self.snapshot.done)
        for entry in self.snapshot.entries.values():
            for duty_id in tests_never_taken(entry) if entry.id not in self.snapshot.amended else ():
                if duty_id not in known:
                    known.add(duty_id)
                    yield self._never_taken(duty_id, entry)

    def _row(self, owed: Obligation) -> AccountRow:
        snapshot = self.snapshot
        done, told = snapshot.entries.get(owed.entry or 0), snapshot.beside.get(owed.id)
        missed = owed.state == "missed"
        return AccountRow(
            id=owed.id,
            kind=owed.kind,
            slot=owed.slot,
            name=owed.name,
            day=owed.id.day,
            clause=owed.clause,
            side=self._side(owed.kind, owed.id.day),
            about=about_whom(owed.subject_id, snapshot),
            subject=owed.subject,
            place=place_of(owed.subject_id, snapshot),
            people=frozenset({about_whom(owed.subject_id, snapshot), *owed.people}),
            owed_by=self._owers(owed),
            opens=owed.opens,
            due=owed.due,
            state=owed.state,
            late_minutes=owed.late_minutes,
            entered_late=owed.entered_late,
            red=owed.priority == "red",
            done=done,
            beside=told if missed else None,
            accepted=self._accepted(owed.closes) if missed else None,
            notes=self.notes.get(owed.id, ()),
            count=owed.count,
            total=owed.total,
        )

    def _owers(self, owed: Obligation) -> tuple[str, ...]:
        """Return who owed a thing. A seat was held by those who sat on it; of an empty one nobody is named."""
        if owed.kind != "seat":
            return (owed.owed_by,) if owed.owed_by else ()
        if owed.state in ("missed", "late"):
            return ()
        seat: Seat = "leader" if owed.slot == "seat-leader" else "officer"
        starts, ends = bounds(owed.id.day, self.snapshot.zone)
        sat = (each for each in held(self.snapshot, seat) if each.starts < ends and starts < each.until)
        return tuple(dict.fromkeys(officer_name(self.snapshot, each.officer_id) for each in sat))

    def _done(self, named: str, kind: Kind, entry: Entry) -> AccountRow:
        """Return the row of a thing that was done and stands on the board no more."""
        snapshot, duty = self.snapshot, DutyId.parse(named)
        window = window_done(named, entry, snapshot)
        about = about_whom(duty.subject if duty is not None else about_of(named), snapshot)
        day = duty.day if duty is not None else snapshot.day_of(window.due if window is not None else entry.happened_at)
        late = _late_by(duty, entry, window, snapshot)
        owner = self._owner(named, kind, about)
        return AccountRow(
            id=named,
            kind=kind,
            slot=slot_of(named),
            name=None,
            day=day,
            clause="",
            side=self._side(kind, day),
            about=about,
            subject=about_name(about, snapshot),
            place=place_of(about, snapshot),
            people=frozenset({about}),
            owed_by=(owner,) if owner else (),
            opens=window.opens if window is not None else None,
            due=window.due if window is not None else None,
            state="done" if late is None else "done_late",
            late_minutes=late or 0,
            entered_late=False,
            red=kind in _ALWAYS_RED or self._is_red_matter(duty),
            done=entry,
            notes=self.notes.get(named, ()),
        )

    def _never_taken(self, duty: DutyId, released: Entry) -> AccountRow:
        """Return the row of a planned test that nobody took, of somebody who has been released."""
        about = duty.subject
        return AccountRow(
            id=duty,
            kind="test",
            slot=duty.slot,
            name=None,
            day=duty.day,
            clause="",
            side=self._side("test", duty.day),
            about=about,
            subject=about_name(about, self.snapshot),
            place=place_of(about, self.snapshot),
            people=frozenset({about}),
            owed_by=(),
            opens=None,
            due=bounds(duty.day, self.snapshot.zone)[1],
            state="missed",
            late_minutes=0,
            entered_late=False,
            red=False,
            done=None,
            beside=released,
            notes=self.notes.get(duty, ()),
        )

    def _owner(self, named: str, kind: Kind, about: Subject) -> str:
        """Return who owed a thing that is done: the owner of a matter, or the officer named for a person."""
        duty = DutyId.parse(named)
        if duty is not None and duty.subject.kind == "matter":
            matter = self.snapshot.matters.get(duty.subject.number)
            return matter.owner if matter is not None else ""
        person = self.snapshot.persons.get(about.number) if about.kind == "person" else None
        return officer_of(self.snapshot, person) if person is not None and kind in _OFFICERS_KINDS else ""

    def _is_red_matter(self, duty: DutyId | None) -> bool:
        about = duty.subject if duty is not None else None
        matter = self.snapshot.matters.get(about.number) if about is not None and about.kind == "matter" else None
        return matter is not None and matter.cause in RED_CAUSES

    def _side(self, kind: Kind, day: date) -> Side:
        return self.snapshot.daily_at(midnight(day, self.snapshot.zone)).four_duties.sides[kind]

    def _accepted(self, closes: datetime | None) -> Entry | None:
        """Return the first handover that passed a thing on as missed; None: none has, or it never closed."""
        if closes is None:
            return None
        return next((each for each in self.handovers if each.happened_at >= closes), None)

    def _kind_of(self, named: str) -> Kind | None:
        """Return the kind of a thing done that was owed until it was done; None: it was no such thing."""
        duty = DutyId.parse(named)
        if duty is not None and duty.subject.kind == "matter":
            matter = self.snapshot.matters.get(duty.subject.number)
            return matter.kind if matter is not None else None
        return kind_of_slot(slot_of(named))


def _late_by(duty: DutyId | None, entry: Entry, window: Window | None, snapshot: Snapshot) -> int | None:
    """Return by how many minutes a thing was done late; None: it was in time. A sample counts by its day.

    Of one whose window is not known any more only a later day tells.
    """
    if isinstance(entry.told, SampleRecorded) and duty is not None and duty.slot.startswith("test-"):
        taken = bounds(entry.told.sampled_on, snapshot.zone)[0]
        return minutes(taken - bounds(duty.day, snapshot.zone)[1]) if entry.told.sampled_on > duty.day else None
    if window is not None:
        return minutes(entry.happened_at - window.due) if window.past_due(entry.happened_at) else None
    if duty is None or snapshot.day_of(entry.happened_at) <= duty.day:
        return None
    return minutes(entry.happened_at - bounds(duty.day, snapshot.zone)[1])


def _handovers(snapshot: Snapshot) -> list[Entry]:
    """Return the handovers that stand, in order."""
    signed = (
        each
        for each in snapshot.entries.values()
        if isinstance(each.told, HandedOver) and each.id not in snapshot.amended
    )
    return sorted(signed, key=lambda each: (each.happened_at, each.id))


def _notes(snapshot: Snapshot) -> dict[str, tuple[Entry, ...]]:
    """Return the notes that name a thing owed by its id, by that id: so anybody explains what was missed."""
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in snapshot.entries.values():
        if isinstance(entry.told, Noted) and "/" in entry.text and entry.id not in snapshot.amended:
            for word in dict.fromkeys(entry.text.replace("：", " ").replace("，", " ").replace(":", " ").split()):
                if DutyId.parse(word) is not None:
                    found[word] = (*found.get(word, ()), entry)
    return found


def kind_of_slot(slot: str) -> Kind | None:
    """Return the kind of what is owed until it is done, by its slot. None: it is no such slot."""
    if slot in _KIND_OF_SLOT:
        return _KIND_OF_SLOT[slot]
    known = slot.replace("-", "_")
    kinds = (kind for duty in DUTIES if isinstance(duty.owed, UntilDone | OfPerson) for kind in duty.kinds)
    return next((kind for kind in kinds if kind == known), None)
