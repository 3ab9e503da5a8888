"""Rows of the board, part by part. Each part stands until its instant, or until something that it rests on changes.

A part is what one person is owed, or what one duty owes on a day. A tick, a note or a minute makes few of them anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from operator import itemgetter
from typing import Any, Final, NamedTuple

from dutyboard.frozen import frozen
from dutyboard.rules.belonging import in_sight
from dutyboard.rules.duties.duty import AtSite, Duty, EachDay, OfPerson, UntilDone
from dutyboard.rules.noting import TABLES, NotedTable, Noting, TableRead
from dutyboard.rules.people.course import Courses, Outlook, outlook_of
from dutyboard.rules.people.ending import merged_records
from dutyboard.rules.people.stage import in_queue, in_room
from dutyboard.rules.records.clock import at, midnight
from dutyboard.rules.records.obligation import OWED, Obligation, State, minutes
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.timeline import Period

DONE: Final[frozenset[State]] = frozenset({"done", "done_late", "waived"})
HANDED_OVER: Final = "handed_over_at"
FOLLOWED: Final[Mapping[str, Callable[[Snapshot], Mapping[int, Any]]]] = {"merged_records": merged_records}
"""Tables made of others on which the rows of a person rest that outlive a process, by their names."""
_URGENCY: Final[dict[State, int]] = {"late": 0, "due_soon": 1, "open": 2, "missed": 3, "upcoming": 4}
_EMPTY_SEAT, _RED, _SETTLED = -2, -1, 5
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
Urgency = tuple[int, datetime, str]


class BoardPart(NamedTuple):
    """Things that one duty owes on a day or at a site, or all that one person is owed.

    `duty` is its place in the table; None: it is a person's. `about` is the number of the person or site.
    """

    duty: int | None = None
    day: date | None = None
    about: int = 0


class PersonRows(NamedTuple):
    """Rows of one person as they stand, so that another process may take them over.

    `reads` are the names and keys of the tables (`tables_read`) on which they rest, `until` is the instant at which
    they may stand otherwise (None: as long as the day). `outlook` is that of somebody in a room or in its queue.
    """

    person_id: int
    reads: frozenset[tuple[str, int | str | None]]
    until: datetime | None
    rows: tuple[Obligation, ...]
    outlook: Outlook | None


def tables_read(snapshot: Snapshot) -> Mapping[str, Mapping[Any, Any]]:
    """Return the tables of a picture on which rows of a person may rest, by their names."""
    return {
        **{name: getattr(snapshot, name) for name in TABLES},
        **{name: table(snapshot) for name, table in FOLLOWED.items()},
        HANDED_OVER: {None: snapshot.handed_over_at},
    }


class _Placed(NamedTuple):
    """A row of a part with its place on the board: what comes first is smallest."""

    place: Urgency
    row: Obligation
    part: BoardPart


_place: Final = itemgetter(0)


def _is_of_duty(part: BoardPart) -> bool:
    return part.duty is not None


@frozen(kw_only=False)
class DaysShown:
    """The days that a board looks at: from the first that nobody has accepted on, whole from `shown` to `today`."""

    since: date
    shown: date
    today: date


class BoardRows:
    """Rows of one desk as one thread keeps them. Each board makes those parts anew that no longer stand.

    After a turn (`next_turn`) it is another board. `prepare` makes its parts before that, some at a time.
    """

    def __init__(self) -> None:
        self._kept: _Kept | None = None
        self._ahead: _Kept | None = None

    def of(self, snapshot: Snapshot, now: datetime, duties: Sequence[Duty]) -> tuple[Obligation, ...]:
        """Return what a board shows at an instant, in order of urgency.

        Raises the first fault of a part; the others are kept, and that one is tried again for the next board.
        """
        beneath = _beneath(snapshot, now, duties)
        if self._ahead is not None and self._ahead.fits(beneath, now):
            self._kept, self._ahead = self._ahead, None
        kept = self._kept = _brought(self._kept, snapshot, now, beneath)
        kept.make(now, kept.stale)
        return kept.rows

    def prepare(self, snapshot: Snapshot, instant: datetime, duties: Sequence[Duty], most: int) -> bool:
        """Make so many parts of the board of a later instant; return True if more were never made.

        Raises the first fault of a part. What changes in the meantime is for the board itself to make again.
        """
        ahead = self._ahead = _brought(self._ahead, snapshot, instant, _beneath(snapshot, instant, duties))
        unmade = ahead.unmade()
        ahead.make(instant, set(unmade[:most]))
        return len(unmade) > most

    def people(self, *, ahead: bool = False) -> Iterator[PersonRows]:
        """Yield the rows of each person as they stand in the last board, or in the one prepared.

        Those are left out that rest on more than records and tables that have a name.
        """
        kept = self._ahead if ahead else self._kept
        if kept is not None:
            yield from kept.people()

    def take_over(
        self, snapshot: Snapshot, now: datetime, duties: Sequence[Duty], people: Iterable[PersonRows]
    ) -> None:
        """Begin with rows that another process made of the same records and day, and that stand at an instant.

        The caller answers for that (`tui/link/board/kept_board.py`). All else is made anew.
        """
        self._kept, self._ahead = _Kept(_beneath(snapshot, now, duties), snapshot), None
        self._kept.take_over(people, now)


def _beneath(snapshot: Snapshot, now: datetime, duties: Sequence[Duty]) -> "_Beneath":
    return _Beneath(looked_at(snapshot, now), snapshot.period_at(now), duties)


def _brought(kept: "_Kept | None", snapshot: Snapshot, now: datetime, beneath: "_Beneath") -> "_Kept":
    """Bring kept rows to a picture and an instant: what no longer stands is stale. Else begin anew, all stale."""
    others = kept.noting.move_to(snapshot) if kept is not None and kept.fits(beneath, now) else None
    if kept is None or others is None:
        return _Kept(beneath, snapshot)
    kept.look_from(beneath)
    kept.find_stale(others, now)
    return kept


def next_turn(snapshot: Snapshot, now: datetime) -> datetime:
    """Return the next instant from which on a board rests on other days, or on another notice or setting.

    That is midnight, the change of shift in the morning, or what was announced comes into force. Raises LookupError
    where there is no desk.
    """
    today, zone = snapshot.day_of(now), snapshot.zone
    starts = [each.effective_from for each in snapshot.notices.values()]
    starts += [each.effective_from for each in snapshot.setting_changes.values()]
    turns = (*starts, _morning(snapshot, now), midnight(today + _DAY, zone))
    return min(each for each in turns if each > now)


class _Beneath(NamedTuple):
    """Things on which every part rests. Where one is another, nothing is kept."""

    days: DaysShown
    period: Period
    duties: Sequence[Duty]


class _Kept:
    """Rows as they stand, what each part rests on, and until when."""

    def __init__(self, beneath: _Beneath, snapshot: Snapshot) -> None:
        self.noting = Noting(snapshot)
        self.rows: tuple[Obligation, ...] = ()
        self._beneath = beneath
        self._now = _FIRST
        self._rests: dict[BoardPart, frozenset[TableRead]] = {}
        self._readers: dict[TableRead, list[BoardPart]] = {}
        self._ends: list[tuple[datetime, int, BoardPart]] = []
        self._number = count()
        self._placed: list[_Placed] = []
        self._told_until = _FIRST
        self.stale = set(parts_of(snapshot, beneath.days, beneath.duties))

    def fits(self, beneath: _Beneath, now: datetime) -> bool:
        """Return True if what is kept can be brought to an instant. A handover shortens the days that are looked at."""
        since = min(self._beneath.days.since, beneath.days.since)
        alike = beneath._replace(days=replace(beneath.days, since=since))
        return self._beneath == alike and self._now <= now

    def look_from(self, beneath: _Beneath) -> None:
        """Leave out the days that are not looked at any more."""
        if beneath.days != self._beneath.days:
            self._beneath = beneath
            self.stale.update(part for part in self._rests if not self._is_there(part))

    def find_stale(self, others: Iterable[TableRead], now: datetime) -> None:
        """Find the parts that no longer stand, since what they rest on is another or their instant has come.

        What was made at this very instant stands, though a row of it changes at it: the change is seen after it.
        """
        for read in others:
            for part in self._readers.pop(read, ()):
                if read in self._rests.get(part, ()):
                    self.stale.add(part)
                    self._rests[part] -= {read}
        while self._now < now and self._ends and self._ends[0][0] <= now:
            self.stale.add(heappop(self._ends)[2])
        new = {source for source, key in others if key is None and source in ("persons", "sites")}
        if new:
            days, _, duties = self._beneath
            self.stale.update(part for part in parts_of(self.noting.whole, days, duties) if part not in self._rests)

    def _followed(self) -> dict[str, NotedTable[int, Any]]:
        """Return the tables made of others that have a name. From now on their changes are seen."""
        found: dict[str, Any] = {name: table(self.noting.seen) for name, table in FOLLOWED.items()}
        self.noting.taken()
        return found

    def people(self) -> Iterator[PersonRows]:
        """Yield the rows of each person that stand (`BoardRows.people`)."""
        now = self._now
        names = {table.source: name for name, table in self._followed().items()}
        names |= {name: name for name in (*TABLES, HANDED_OVER)}
        untils: dict[BoardPart, datetime] = {}
        for until, _, part in self._ends:
            untils[part] = min(until, untils.get(part, until))
        rows: dict[BoardPart, list[Obligation]] = {}
        for each in self._placed:
            rows.setdefault(each.part, []).append(each.row)
        for part, rests in self._rests.items():
            if part.duty is not None or part in self.stale or part.about not in self.noting.whole.persons:
                continue
            person, seen = self.noting.whole.persons[part.about], self.noting.seen
            try:
                outlook = outlook_of(person, seen, now) if in_room(person) or in_queue(person) else None
            except Exception:  # whose course raises is told of by the board
                continue
            finally:
                read = self.noting.taken()
            reads = frozenset((names.get(source, ""), key) for source, key in rests | read)
            if all(name and (name == HANDED_OVER or isinstance(key, int | str)) for name, key in reads):
                yield PersonRows(part.about, reads, untils.get(part), tuple(rows.get(part, ())), outlook)  # type: ignore[arg-type]

    def take_over(self, people: Iterable[PersonRows], now: datetime) -> None:
        """Take the rows of people as made (`BoardRows.take_over`)."""
        followed, whole = self._followed(), self.noting.whole
        for each in people:
            part = BoardPart(about=each.person_id)
            self.stale.discard(part)
            self._rests[part] = frozenset(
                (followed[name].source if name in followed else name, key) for name, key in each.reads
            )
            for read in self._rests[part]:
                self._readers.setdefault(read, []).append(part)
            if each.until is not None:
                heappush(self._ends, (each.until, next(self._number), part))
            self._placed += [_Placed(_urgency(row), row, part) for row in each.rows]
            if each.outlook is not None:
                whole.memo.of(Courses).take_over(whole.persons[each.person_id], whole, now, each.outlook)
        self._placed.sort(key=_place)
        self.rows, self._now = tuple(each.row for each in self._placed), now

    def unmade(self) -> list[BoardPart]:
        """Return the parts that were never made: people first, for what asks for everybody then finds them made."""
        return sorted((part for part in self.stale if part not in self._rests), key=_is_of_duty)

    def make(self, now: datetime, stale: set[BoardPart]) -> None:
        """Make stale parts anew, and say the minutes of all that is late.

        Raises the first fault of a part; that part stays stale.
        """
        fault: Exception | None = None
        new: list[_Placed] = []
        self.stale = self.stale - stale
        for part in stale:
            if not self._is_there(part):
                self._rests.pop(part, None)
                continue
            try:
                new += self._make_one(part, now)
            except Exception as error:
                fault = fault or error
                self.stale.add(part)
        new.sort(key=_place)
        changed = new != [each for each in self._placed if each.part in stale]
        if changed:
            self._placed = sorted((*(each for each in self._placed if each.part not in stale), *new), key=_place)
        if ((changed or self._told_until <= now) and self._say_minutes(now)) or changed:
            self.rows = tuple(each.row for each in self._placed)
        self._now = now
        if fault is not None:
            raise fault

    def _is_there(self, part: BoardPart) -> bool:
        """Return True unless its person or site is on the desk no more, or its day not looked at."""
        whole = self.noting.whole
        if part.duty is None:
            return part.about in whole.persons
        looked_at_its_day = part.day is None or part.day >= self._beneath.days.since
        return looked_at_its_day and (not part.about or part.about in whole.sites)

    def _make_one(self, part: BoardPart, now: datetime) -> list[_Placed]:
        """Return the rows of a part; keep what it rests on, and until when it stands."""
        days, _, duties = self._beneath
        seen = self.noting.seen
        self.noting.taken()
        found = [*owed_in(part, duties, seen, now)]
        shown = [*shown_of(part, found, seen, days)]
        if any(row.state == "missed" for _, row in found):
            self.noting.note(HANDED_OVER)
        before, self._rests[part] = self._rests.get(part, frozenset()), self.noting.taken()
        for read in self._rests[part] - before:
            self._readers.setdefault(read, []).append(part)
        anew = part.duty is not None and isinstance(of_day := duties[part.duty].owed, EachDay) and of_day.anew
        until = now if anew else _until((row for _, row in found), seen, now)
        if until is not None:
            heappush(self._ends, (until, next(self._number), part))
        return [_Placed(_urgency(row), row, part) for row in shown]

    def _say_minutes(self, now: datetime) -> bool:
        """Count the minutes of each row that is late; return True if one has another number.

        They are the same until the next minute of one of them is over.
        """
        late = [(index, each) for index, each in enumerate(self._placed) if each.row.state == "late"]
        aged = [(*which, told) for which in late if which[1].row.late_minutes != (told := late_by(which[1].row, now))]
        for index, each, told in aged:
            self._placed[index] = each._replace(row=replace(each.row, late_minutes=told))
        over = (each.row.due + (late_by(each.row, now) + 1) * _MINUTE for _, each in late)
        self._told_until = min(over, default=_LAST)
        return bool(aged)


def late_by(owed: Obligation, now: datetime) -> int:
    """Return the whole minutes by which a thing is late."""
    return minutes(now - owed.due)


def made_anew(snapshot: Snapshot, now: datetime, duties: Sequence[Duty]) -> list[Obligation]:
    """Return the same of records alone, with nothing kept: for duties that are not the whole table, and for tests."""
    days = looked_at(snapshot, now)
    rows = (
        row
        for part in parts_of(snapshot, days, duties)
        for row in shown_of(part, owed_in(part, duties, snapshot, now), snapshot, days)
    )
    return sorted(rows, key=_urgency)


def looked_at(snapshot: Snapshot, now: datetime) -> DaysShown:
    """Return today's whole day, until the morning's change of shift yesterday's as well, and the days before.

    What is older was missed or is late: it stays until a handover has accepted it, so that nothing is looked for
    before the day of the last handover, or before the desk was opened. Raises LookupError where there is no desk.
    """
    today = snapshot.day_of(now)
    first = snapshot.day_of(desk_of(snapshot).opened_at)
    morning = _morning(snapshot, now)
    handed_over = snapshot.handed_over_at
    return DaysShown(
        since=max(first, snapshot.day_of(handed_over)) if handed_over else first,
        shown=max(first, today - _DAY) if now < morning else today,
        today=today,
    )


def _morning(snapshot: Snapshot, now: datetime) -> datetime:
    """Return the instant of a day's first change of shift."""
    return at(snapshot.day_of(now), snapshot.daily_at(now).duty.shift_ends[0], snapshot.zone)


def parts_of(snapshot: Snapshot, days: DaysShown, duties: Sequence[Duty]) -> Iterator[BoardPart]:
    """Yield every part of a board."""
    if any(isinstance(duty.owed, OfPerson) for duty in duties):
        yield from (BoardPart(about=number) for number in snapshot.persons)
    whole = [days.since + each * _DAY for each in range((days.today - days.since).days + 1)]
    for number, duty in enumerate(duties):
        match duty.owed:
            case UntilDone():
                yield BoardPart(number)
            case EachDay(eve=eve):
                yield from (BoardPart(number, day) for day in (*whole, *((days.today + _DAY,) if eve else ())))
            case AtSite():
                yield from (BoardPart(number, day, site) for day in whole for site in snapshot.sites)


def owed_in(
    part: BoardPart, duties: Sequence[Duty], snapshot: Snapshot, now: datetime
) -> Iterator[tuple[Duty, Obligation]]:
    """Yield everything that is owed in a part, shown or not, with its duty."""
    for duty in duties if part.duty is None else (duties[part.duty],):
        match duty.owed:
            case OfPerson() if part.duty is None:
                owed = duty.owed.to(snapshot.persons[part.about], snapshot, now)
            case EachDay(owed=of_day) if part.day is not None:
                owed = of_day(snapshot, part.day, now)
            case AtSite(owed_at=owed_at) if part.day is not None:
                owed = owed_at(snapshot.sites[part.about], snapshot, part.day, now)
            case UntilDone(owed=at_once) if part.duty is not None:
                owed = at_once(snapshot, now)
            case _:
                continue
        yield from ((duty, each) for each in owed)


def shown_of(
    part: BoardPart, found: Iterable[tuple[Duty, Obligation]], snapshot: Snapshot, days: DaysShown
) -> Iterator[Obligation]:
    """Yield the rows that a board shows of a part. A missed one says whether a handover has accepted it."""
    for duty, owed in found:
        if _is_on_board(owed, duty, part, snapshot, days) and in_sight(owed, snapshot):
            yield _missed(snapshot, owed)


def _is_on_board(owed: Obligation, duty: Duty, part: BoardPart, snapshot: Snapshot, days: DaysShown) -> bool:
    """Return True for whatever a day shown holds, and for what is due soon tomorrow.

    Of the days before it is what is owed, or missed and not accepted. What is owed whatever the day, and leaves when it
    is done, stays for its day.
    """
    if part.day is None:
        leaves = isinstance(duty.owed, UntilDone | OfPerson) and duty.owed.leaves
        return not leaves or owed.state not in DONE or snapshot.day_of(owed.due) >= days.shown
    if part.day > days.today:
        return owed.state == "due_soon"
    if part.day >= days.shown:
        return True
    return owed.state in OWED or (owed.state == "missed" and not _accepts(snapshot, owed))


def _until(found: Iterable[Obligation], snapshot: Snapshot, now: datetime) -> datetime | None:
    """Return the next instant at which a row may stand otherwise. None: it stands as long as its day.

    It stands otherwise at each edge of its window, but at its due instant only after that: it may be in time then.
    """
    soon = snapshot.daily_at(now).duty.due_soon
    edges = (
        edge
        for owed in found
        if owed.state not in DONE
        for edge in (owed.opens, owed.due - soon, owed.due, owed.closes)
        if edge is not None and (edge > now or (edge == now and edge == owed.due))
    )
    return min(edges, default=None)


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


def _urgency(owed: Obligation) -> Urgency:
    """An empty seat comes before all: while nobody sits there, nobody does the rest. Then comes what is red."""
    rank = _SETTLED if owed.accepted else _URGENCY.get(owed.state, _SETTLED)
    if owed.grave:
        rank = _RED
    if owed.kind == "seat" and owed.state == "late":
        rank = _EMPTY_SEAT
    return rank, owed.opens if owed.state == "upcoming" else owed.due, owed.id
