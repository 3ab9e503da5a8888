"""Marks on entries that somebody should ask about: they say what is unusual and on which figures, and accuse nobody.

Each has its limits among the settings of the desk. What a sheet brought is left out: its paper is its proof.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.law.limits.entry_marks import MarkLimits
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.ids import DutyId, Subject, slot_of
from dutyboard.rules.records.model import Entry, Shift
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Advised, FollowedUp, HomeChecked, ReadingTaken
from dutyboard.rules.records.told.site import RoundDone, TemperatureTaken

EntryMarkCode = Literal["one_by_one", "same_temperature", "outside_presence", "back_dated", "same_minute"]
ENTRY_MARK_CODES: Final[tuple[EntryMarkCode, ...]] = (
    "one_by_one",
    "same_temperature",
    "outside_presence",
    "back_dated",
    "same_minute",
)
BURST: Final = timedelta(minutes=1)
"""Stretch in which acts told long after they happened are one burst."""
_DAY: Final = timedelta(days=1)
_SEATED: Final = frozenset({"officer", "leader"})
"""Roles of those who sit on the post's seats by the rota."""
EntriesMarked = Mapping[int, tuple["EntryMark", ...]]
"""Marks by the id of the entry that they stand on."""


@frozen
class EntryMark:
    """One thing to ask about: its code, the figures on which it rests, and the entries that it is about."""

    code: EntryMarkCode
    figures: Mapping[str, int | float | str]
    entries: tuple[int, ...]


def marks(snapshot: Snapshot, first: date, last: date, now: datetime) -> EntriesMarked:
    """Return the marks on what was written down from one day to another, by the limits of now."""
    limits = snapshot.daily_at(now).marks
    told = sorted(_told(snapshot), key=lambda each: (each.entered_at, each.id))
    found = [
        *_one_by_one(told, limits),
        *_same_temperature(told, limits),
        *_outside_presence(told, snapshot, limits),
        *_back_dated(told, limits),
        *_same_minute(told, snapshot, limits),
    ]
    begins, ends = bounds(first, snapshot.zone)[0], bounds(last, snapshot.zone)[1]
    within = {each.id for each in told if begins <= each.entered_at < ends}
    marked: dict[int, tuple[EntryMark, ...]] = {}
    for mark in found:
        for number in mark.entries:
            if number in within:
                marked[number] = (*marked.get(number, ()), mark)
    return marked


def _told(snapshot: Snapshot) -> Iterator[Entry]:
    """Yield the entries that stand and tell that something owed was done, but for those of a sheet."""
    for entry in snapshot.entries.values():
        head = snapshot.entries.get(entry.part_of or 0)
        of_sheet = head is not None and head.kind == "import"
        duty = entry.obligation or entry.beside or entry.kind == "reading"
        if duty and not of_sheet and entry.id not in snapshot.amended and entry.amends is None:
            yield entry


def _by_login(told: Sequence[Entry], keeps: Callable[[Entry], bool]) -> Iterator[list[Entry]]:
    """Yield the entries of each login that are kept, in the order in which they were written down."""
    logins: dict[str, list[Entry]] = {}
    for entry in told:
        if keeps(entry):
            logins.setdefault(entry.login, []).append(entry)
    yield from logins.values()


def _runs(
    entries: Sequence[Entry], within: timedelta, fits: Callable[[Sequence[Entry]], bool]
) -> Iterator[list[Entry]]:
    """Yield each unbroken run of entries of which every one lies in a stretch so long that fits."""
    flagged: set[int] = set()
    start = 0
    for end, entry in enumerate(entries):
        while entry.entered_at - entries[start].entered_at > within:
            start += 1
        if fits(entries[start : end + 1]):
            flagged.update(range(start, end + 1))
    for _, run in groupby(enumerate(sorted(flagged)), key=lambda each: each[1] - each[0]):
        yield [entries[place] for _, place in run]


def _seconds(entries: Sequence[Entry]) -> int:
    return round((entries[-1].entered_at - entries[0].entered_at).total_seconds())


# ------------------------------------------------------------ many rooms within seconds


def _one_by_one(told: Sequence[Entry], limits: MarkLimits) -> Iterator[EntryMark]:
    """Yield a mark for people who were told of one by one, more of them within seconds than anybody visits."""

    def many(run: Sequence[Entry]) -> bool:
        return len({_told_alone(each) for each in run}) >= limits.alone_people

    for entries in _by_login(told, lambda each: each.together is None and _told_alone(each) is not None):
        for run in _runs(entries, limits.alone_within, many):
            people = len({_told_alone(each) for each in run})
            yield EntryMark(
                code="one_by_one",
                figures={"people": people, "seconds": _seconds(run)},
                entries=tuple(each.id for each in run),
            )


def _told_alone(entry: Entry) -> str | None:
    """Return the one person whom an entry says was seen, measured or called; None: it tells of several, or nobody."""
    match entry.told:
        case ReadingTaken() | Advised() | FollowedUp():
            return entry.subject
        case RoundDone() | TemperatureTaken() | HomeChecked() as told if len(told.met) == 1:
            return next(iter(told.met))
        case _:
            return None


# ------------------------------------------------------------ one temperature for all


def _same_temperature(told: Sequence[Entry], limits: MarkLimits) -> Iterator[EntryMark]:
    """Yield a mark for a round in which the same temperature was told of nearly everybody."""
    rounds: dict[str, list[Entry]] = {}
    for entry in told:
        if isinstance(entry.told, TemperatureTaken) and entry.told.readings:
            rounds.setdefault(entry.obligation or entry.beside or "", []).append(entry)
    for parts in rounds.values():
        readings = {
            person: float(value)
            for part in parts
            if isinstance(part.told, TemperatureTaken)
            for person, value in part.told.readings.items()
        }
        value, people = Counter(readings.values()).most_common(1)[0]
        if people >= limits.same_people and 100 * people >= limits.same_percent * len(readings):
            yield EntryMark(
                code="same_temperature",
                figures={"temp_c": value, "people": people, "of": len(readings)},
                entries=tuple(each.id for each in parts),
            )


# ------------------------------------------------------------ outside of somebody's presence


def _outside_presence(told: Sequence[Entry], snapshot: Snapshot, limits: MarkLimits) -> Iterator[EntryMark]:
    """Yield a mark for what an officer of the rota wrote down outside of the time about his shifts.

    Whom the rota never names has no hours to be outside of; towns and sites have none either.
    """
    shifts: dict[int, list[Shift]] = {}
    for shift in snapshot.shifts.values():
        if shift.cancelled_at is None:
            shifts.setdefault(shift.officer_id, []).append(shift)
    for entry in told:
        officer = snapshot.officers.get(entry.entered_by or 0)
        own = shifts.get(officer.id, []) if officer is not None and officer.role in _SEATED else []
        if own and (away := _away(own, entry.entered_at)) > limits.presence:
            yield EntryMark(
                code="outside_presence",
                figures={"minutes": int(away / timedelta(minutes=1))},
                entries=(entry.id,),
            )


def _away(shifts: Iterable[Shift], instant: datetime) -> timedelta:
    """Return how far an instant lies from the nearest of some shifts; 0: in one of them."""
    return min(max(each.starts - instant, instant - each.until, timedelta()) for each in shifts)


# ------------------------------------------------------------ told long after, all at once


def _back_dated(told: Sequence[Entry], limits: MarkLimits) -> Iterator[EntryMark]:
    """Yield a mark for acts told within a minute, each of them long after it happened."""
    least, after = limits.late_entries, limits.late_after
    for entries in _by_login(told, lambda each: each.entered_at - each.happened_at >= after):
        for run in _runs(entries, BURST, lambda run: len(run) >= least):
            longest = max(each.entered_at - each.happened_at for each in run)
            yield EntryMark(
                code="back_dated",
                figures={
                    "entries": len(run),
                    "seconds": _seconds(run),
                    "hours": int(longest / timedelta(hours=1)),
                },
                entries=tuple(each.id for each in run),
            )


# ------------------------------------------------------------ the same minute each day


def _same_minute(told: Sequence[Entry], snapshot: Snapshot, limits: MarkLimits) -> Iterator[EntryMark]:
    """Yield a mark for a round of a place done at the same minute on many days in a row."""
    slots = {slot.id for slot in snapshot.daily_at(told[-1].entered_at).slots} if told else set()
    rounds: dict[tuple[str, Subject], dict[date, Entry]] = {}
    for entry in told:
        duty = DutyId.parse(entry.obligation or "")
        if duty is not None and slot_of(duty) in slots:
            rounds.setdefault((duty.slot, duty.subject), {}).setdefault(duty.day, entry)
    for days in rounds.values():
        for run in _days_in_a_row(days, snapshot):
            if len(run) >= limits.same_minute_days:
                at = run[0].happened_at.astimezone(snapshot.zone)
                yield EntryMark(
                    code="same_minute",
                    figures={"days": len(run), "at": f"{at:%H:%M}"},
                    entries=tuple(each.id for each in run),
                )


def _days_in_a_row(days: Mapping[date, Entry], snapshot: Snapshot) -> Iterator[list[Entry]]:
    """Yield the stretches of days in a row on which a round was done at the same minute."""
    run: list[Entry] = []
    before: tuple[date, str] | None = None
    for day, entry in sorted(days.items()):
        minute = f"{entry.happened_at.astimezone(snapshot.zone):%H:%M}"
        if before is not None and (before[0] + _DAY, before[1]) != (day, minute):
            yield run
            run = []
        run.append(entry)
        before = day, minute
    if run:
        yield run
