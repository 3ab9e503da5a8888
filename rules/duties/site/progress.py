"""Progress of a site's round: who was seen or measured so far, who is left, and whether it is whole.

A round is told in one entry or in several. A part is not the whole: it stays open until everybody there is named, or
until the totals of all of them are told.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from dutyboard.frozen import frozen
from dutyboard.rules.duties.site.slots import SiteSlot
from dutyboard.rules.people.rooms import residents_by_site
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Person, subject_id
from dutyboard.rules.records.obligation import Kind
from dutyboard.rules.records.readings import Reading
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import RoundDone, TemperatureTaken

BY_PERSON: Final[frozenset[Kind]] = frozenset({"patrol", "temperature"})
"""Kinds of rounds that somebody makes for each person."""


@frozen
class RoundProgress:
    """Progress of a round. `done` is the entry that made it whole (None: it is not).

    `people` are all for whom it is made, `left` those of them who still have to be seen. `count` of `total` were
    measured, named or not.
    """

    done: Entry | None = None
    people: tuple[Subject, ...] = ()
    left: tuple[Subject, ...] = ()
    count: int = 0
    total: int = 0


def here(snapshot: Snapshot, site_id: int) -> tuple[Subject, ...]:
    """Return the people who are at a site now, by room."""
    return snapshot.memo.made(_named, residents_by_site(snapshot)).get(site_id, ())


def _named(inside: Mapping[int | None, Sequence[Person]]) -> dict[int | None, tuple[Subject, ...]]:
    return {site_id: tuple(subject_id(person) for person in people) for site_id, people in inside.items()}


def progress(snapshot: Snapshot, each: SiteSlot, people: Sequence[Subject], now: datetime) -> RoundProgress:
    """Return how far a round has come; `people` are those who are at the site now."""
    if each.kind not in BY_PERSON:
        return RoundProgress(done=snapshot.done.get(each.duty))
    parts = snapshot.parts.get(each.duty, ())
    closing = _closing(parts)
    if closing is not None:
        return _of_whole(parts[closing], parts, people)
    over = each.window.closes is not None and now >= each.window.closes
    expected = _left_last(snapshot, each, people, parts) if over else tuple(people)
    settled = covered(snapshot, each, expected, parts)
    left = tuple(person for person in expected if person not in settled) if settled else expected
    if each.kind == "patrol":
        done = parts[-1] if parts and not left else None
        seen, total = (len(expected) - len(left), len(expected)) if parts else (0, 0)
        return RoundProgress(done=done, people=expected, left=left, count=seen, total=total)
    tally = counted(expected, parts, settled)
    if parts and is_whole(snapshot, each, expected, parts, settled):
        done = _last(snapshot, each, expected, parts)
        return RoundProgress(done=done, people=expected, count=tally.count, total=tally.total)
    return RoundProgress(people=expected, left=left, count=tally.count, total=tally.total)


def is_whole(
    snapshot: Snapshot, each: SiteSlot, people: Sequence[Subject], entries: Sequence[Entry], settled: Collection[str]
) -> bool:
    """Return True if these entries make a temperature round whole: everybody named, or all told as totals.

    `settled` are the people covered. A fever that nobody has a name for leaves it open.
    """
    if high_unnamed(snapshot, each, entries):
        return False
    tally = counted(people, entries, settled)
    return tally.total == 0 or tally.count >= tally.total or (bool(people) and all(one in settled for one in people))


def _closing(entries: Sequence[Entry]) -> int | None:
    """Return the place of the entry that made a round whole; None: none did, or a part is gone."""
    for at, entry in enumerate(entries):
        told = entry.told
        if not isinstance(told, RoundDone | TemperatureTaken) or (not told.part and at >= told.after):
            return at
    return None


def _of_whole(whole: Entry, entries: Sequence[Entry], people: Sequence[Subject]) -> RoundProgress:
    named = {person for entry in entries for person in told_of(entry)}
    stood_for = tuple(filter(named.__contains__, people)) or tuple(people)
    if not isinstance(whole.told, TemperatureTaken):
        return RoundProgress(done=whole, people=stood_for)
    told = whole.told
    if len(entries) == 1:
        return RoundProgress(done=whole, people=stood_for, count=told.measured, total=told.of)
    total = max(len(named), *(each.told.of for each in entries if isinstance(each.told, TemperatureTaken)))
    return RoundProgress(done=whole, people=stood_for, count=total, total=total)


def _left_last(
    snapshot: Snapshot, each: SiteSlot, people: Sequence[Subject], parts: Sequence[Entry]
) -> tuple[Subject, ...]:
    """Return whom a closed round still lacked when it was told last: who came later is not held against it."""
    if not parts or not isinstance(parts[-1].told, RoundDone | TemperatureTaken):
        day, came = each.duty.day, snapshot.memo.made(_admitted, snapshot.persons)
        if came.last is None or came.last <= day:
            return tuple(people)
        return tuple(one for one in people if came.days.get(one, day) <= day)
    named = (Subject.parse(each) for each in (*told_of(parts[-1]), *parts[-1].told.left))
    return tuple(each for each in named if each is not None)


class _Admissions(NamedTuple):
    """Days of admission by the person, and the last of them; None: nobody was admitted."""

    days: Mapping[Subject, date]
    last: date | None


def _admitted(persons: Mapping[int, Person]) -> _Admissions:
    """Return the day of admission of each person who has one."""
    days = {subject_id(each): each.admitted_on for each in persons.values() if each.admitted_on is not None}
    return _Admissions(days, max(days.values(), default=None))


def told_of(entry: Entry) -> frozenset[str]:
    """Return the people of whom an entry settles the round."""
    match entry.told:
        case RoundDone(people=people, absent=absent):
            return frozenset((*people, *absent))
        case TemperatureTaken(people=people, named=named):
            return named | frozenset(people)
        case _:
            return frozenset()


def covered(snapshot: Snapshot, each: SiteSlot, people: Iterable[Subject], entries: Sequence[Entry]) -> set[str]:
    """Return the people who need no more in a round: named in its entries, or measured singly in its window."""
    settled = {person for entry in entries for person in told_of(entry)}
    if each.kind == "temperature":
        settled |= _measured_singly(snapshot, each, people, entries).keys()
    return settled


def _measured_singly(
    snapshot: Snapshot, each: SiteSlot, people: Iterable[Subject], entries: Sequence[Entry]
) -> dict[Subject, Reading]:
    """Return by the person the single reading of the round's window, not too near to one before.

    A reading that an entry of the round tells is no single one.
    """
    window, told_here = each.window, {entry.id for entry in entries}
    readings = snapshot.memo.made(_by_subject, snapshot.readings)
    found: dict[Subject, Reading] = {}
    last = snapshot.memo.made(_last_reading, snapshot.readings)
    if window.closes is None or last is None or last < window.opens:
        return found
    apart = snapshot.daily_at(window.opens).duty.temperature_rounds_apart
    for person in people:
        told = readings.get(person)
        if not told or told[-1].at < window.opens:
            continue
        known = [one for one in told if one.temp_c is not None]
        for one in known:
            inside = window.opens <= one.at < window.closes and one.entry not in told_here
            if inside and not any(old.at < window.opens and one.at - old.at < apart for old in known):
                found[person] = one
                break
    return found


def _last_reading(readings: Mapping[int, tuple[Reading, ...]]) -> datetime | None:
    """Return the instant of the newest reading of anybody; None: nobody has one."""
    return max((told[-1].at for told in readings.values() if told), default=None)


def _by_subject(readings: Mapping[int, tuple[Reading, ...]]) -> dict[str, tuple[Reading, ...]]:
    return {Subject("person", number): told for number, told in readings.items()}


def _last(snapshot: Snapshot, each: SiteSlot, people: Sequence[Subject], parts: Sequence[Entry]) -> Entry:
    """Return the entry that made the round whole: the last of its parts or of its single readings."""
    named = {person for entry in parts for person in told_of(entry)}
    needed = _measured_singly(snapshot, each, (person for person in people if person not in named), parts)
    singly = [snapshot.entries[one.entry] for one in needed.values() if one.entry in snapshot.entries]
    return max((*parts, *singly), key=lambda entry: (entry.happened_at, entry.id))


@frozen
class Heads:
    """People measured, of those there, by name or as totals."""

    count: int
    total: int


def counted(people: Sequence[Subject], entries: Sequence[Entry], settled: Collection[str]) -> Heads:
    """Return how many were measured; without totals, those covered (`settled`).

    The last totals stand for those before them; who is named later adds to them.
    """
    taken = [(entry, entry.told) for entry in entries if isinstance(entry.told, TemperatureTaken)]
    last = max((at for at, (_, told) in enumerate(taken) if told.by_totals), default=None)
    if last is None:
        return Heads(count=len(settled), total=max(len(people), len(settled)))
    totals = taken[last][1]
    later = {person for entry, _ in taken[last + 1 :] for person in told_of(entry)}
    here_now = max(len(people), totals.of)
    return Heads(count=min(totals.measured + len(totals.absent) + len(later), here_now), total=here_now)


def high_unnamed(snapshot: Snapshot, each: SiteSlot, entries: Iterable[Entry]) -> bool:
    """Return True if totals told of a fever and nobody has said whose it is."""
    highs = False
    for entry in entries:
        told = entry.told
        fever = snapshot.daily_at(entry.happened_at).thresholds.fever_c
        if isinstance(told, TemperatureTaken):
            highs = highs or (told.highest or 0) >= fever
            if max((*told.readings.values(), *told.first.values()), default=0) >= fever:
                return False
    return highs and not _somebody_is_high(snapshot, each)


def _somebody_is_high(snapshot: Snapshot, each: SiteSlot) -> bool:
    """Return True if a reading of somebody at the site, taken in the window of the round, is a fever."""
    window = each.window
    fever = snapshot.daily_at(window.opens).thresholds.fever_c
    return any(
        one.temp_c is not None and one.temp_c >= fever and window.opens <= one.at < (window.closes or one.at)
        for person in here(snapshot, each.site.id)
        for one in snapshot.readings.get(person.number, ())
    )
