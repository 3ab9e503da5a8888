"""Screening report of a unit or the city, counted from the desk's records, today and in all.

What the records cannot tell is None, never zero.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from dutyboard.rules.duties.pairs import ORIGINS, PAIRED
from dutyboard.rules.duties.post.screening.as_of import changed_since
from dutyboard.rules.law.daily import Screening, ScreeningFigure
from dutyboard.rules.law.facts import NAMED, Stay
from dutyboard.rules.people.areas import AreaList
from dutyboard.rules.people.course import course_of, fresh_course, judged, tests_now
from dutyboard.rules.people.stage import at_home, in_hospital, in_room, on_desk, stands
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.codes import FoundBy
from dutyboard.rules.records.effects import unnoted
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Earlier, Entry, Person
from dutyboard.rules.records.snapshot import Snapshot

ScreeningCounts = dict[ScreeningFigure, int | None]
_ABROAD: Final = frozenset({"foreign", "hongkong", "taiwan", "macau"})
_RISK: Final = frozenset({"high", "medium", "risk_county_other"})
_MEASURES: Final[Mapping[ScreeningFigure, Callable[[Person], bool]]] = {
    "at_site": in_room,
    "at_home": at_home,
    "in_hospital": in_hospital,
    "free": lambda person: not on_desk(person),
    "pending": lambda _: True,
}
"""Measures; the first that holds is where a person stands. In none of the others he waits, or is on the way."""
_FOUND: Final[Mapping[FoundBy, ScreeningFigure]] = {
    "himself": "found_himself",
    "grid": "found_grid",
    "hospital": "found_hospital",
    "police": "found_police",
    "other_county": "found_other_county",
    "other": "found_other",
    "": "found_not_said",
}
"""Ways of being found (3.8: 要求其主动报告社区), each a line; not said is one of its own."""


_OF_COMING: Final = ("registered_at", "stays_before")
"""Fields of a person that say since when he is on the desk, now and before."""


class _Seen(NamedTuple):
    """One person at the end of the day, and at its start.

    `before` None: he was not on the desk by then. `known` and `before_known` False: the log does not tell how he stood.
    """

    person: Person
    known: bool
    before: Person | None
    before_known: bool


class _Tests(NamedTuple):
    due: int
    done: int
    waiting: int


def screening_counts(snapshot: Snapshot, unit_id: int | None, day: date, now: datetime) -> ScreeningCounts:
    """Count the people of a unit (None: the whole city) by origin, measure and way of being found.

    Each person stands in one origin, by the areas listed on that day. Who came to a measure on the day counts in its
    figure of today. A past day is counted as it stood at its end. Lost are those whom a check has not found and nobody
    has met since; whom nobody has looked for cannot be counted here.
    """
    starts, ends = bounds(day, snapshot.zone)
    screening = snapshot.daily_at(starts).screening
    seen = list(_seen(snapshot, unit_id, day, now))
    people = [each.person for each in seen]
    new = [each.person for each in seen if _came_on(each.person, snapshot, day)]
    areas = AreaList(snapshot.areas.values())
    origins = [_origin(replace(each, facts=judged(each.facts, areas, day)), screening) for each in people]
    counts: ScreeningCounts = {**_tally(origins, ORIGINS)}
    came = {each.id for each in new}
    of_new = [name for name, each in zip(origins, people) if each.id in came]
    counts |= {PAIRED[name]: number for name, number in _tally(of_new, ORIGINS).items()}
    counts |= _by_measure(seen)
    counts |= _tally((_FOUND[person.found_by] for person in people), _FOUND.values())
    unassigned = sum(p.officer_id is None and not p.officer_name for p in people if on_desk(p))
    counts["unassigned"] = unassigned if all(each.known for each in seen) else None
    tests = _tests(seen, snapshot, day, now)
    counts |= dict(zip(("tests_due", "tests_done", "tests_waiting"), tests or (None, None, None)))
    counts["lost"] = _lost(snapshot, {each.id for each in people}, min(now, ends))
    counts["new"], counts["total"] = len(new), len(people)
    return counts


def people_come(snapshot: Snapshot, day: date, now: datetime, acts: Iterable[Entry]) -> int:
    """Count who came onto the desk on a day, as the report counts those new on it.

    `acts` are those since that day or an earlier one (`acts_since`), at least those of `acts_of_coming`.
    """
    ends = bounds(day, snapshot.zone)[1]
    ended = changed_since(snapshot, ends, acts) if ends <= now else {}
    stood = (_stood(ended.get(each.id, each), each, ends)[0] for each in snapshot.persons.values() if stands(each))
    return sum(person is not None and _came_on(person, snapshot, day) for person in stood)


def acts_of_coming(acts: Iterable[Entry]) -> list[Entry]:
    """Return the acts that may have changed since when somebody is on the desk."""
    return [each for each in acts if unnoted(each) or any(_changes_coming(before) for before in each.before)]


def _changes_coming(before: Earlier) -> bool:
    return any(name in before.values or name in before.gone or name in before.come for name in _OF_COMING)


def _came_on(person: Person, snapshot: Snapshot, day: date) -> bool:
    return snapshot.day_of(person.registered_at) == day


def _seen(snapshot: Snapshot, unit_id: int | None, day: date, now: datetime) -> Iterator[_Seen]:
    """Yield the people of a unit (None: of all) who were on the desk by the end of a day."""
    starts, ends = bounds(day, snapshot.zone)
    ended = changed_since(snapshot, ends) if ends <= now else {}
    started = changed_since(snapshot, starts)
    for held in snapshot.persons.values():
        if not stands(held):
            continue
        person, known = _stood(ended.get(held.id, held), held, ends)
        if person is not None and (unit_id is None or person.unit_id == unit_id):
            yield _Seen(person, known, *_stood(started.get(held.id, held), held, starts))


def _stood(then: Person | None, held: Person, instant: datetime) -> tuple[Person | None, bool]:
    """Return somebody as he stood just before an instant, and if the log tells it.

    None: he was not on the desk yet. `then` is what the log tells of him, `held` his record of now. A sheet may have
    brought him back since: then his record holds the stay before, and tells of it only how it ended.
    """
    person = then or held
    if person.registered_at < instant:
        return person, then is not None
    stay = next((each for each in reversed(person.stays_before) if each.registered_at < instant), None)
    if stay is None:
        return None, True
    former = replace(person, registered_at=stay.registered_at, found_by=stay.found_by, stage="closed")
    return former, stay.closed_at is not None and stay.closed_at < instant


def _tally(names: Iterable[ScreeningFigure], lines: Iterable[ScreeningFigure]) -> dict[ScreeningFigure, int]:
    counts = dict.fromkeys(lines, 0)
    for name in names:
        counts[name] += 1
    return counts


def _measure(person: Person) -> ScreeningFigure:
    return next(name for name, holds in _MEASURES.items() if holds(person))


def _by_measure(seen: Iterable[_Seen]) -> ScreeningCounts:
    """Count where everybody stands, and who came there on the day."""
    seen = list(seen)
    counts: ScreeningCounts = dict.fromkeys((*_MEASURES, *(PAIRED[name] for name in _MEASURES if name in PAIRED)))
    if not all(each.known for each in seen):
        return counts
    counts |= _tally((_measure(each.person) for each in seen), _MEASURES)
    if all(each.before_known for each in seen):
        moved = [
            name
            for each in seen
            if (name := _measure(each.person)) in PAIRED and (each.before is None or _measure(each.before) != name)
        ]
        paired = [name for name in _MEASURES if name in PAIRED]
        counts |= {PAIRED[name]: number for name, number in _tally(moved, paired).items()}
    return counts


def _tests(seen: Iterable[_Seen], snapshot: Snapshot, day: date, now: datetime) -> _Tests | None:
    """Count the tests due on a day, those of them sampled on it, and the samples without a result.

    None: the log does not tell how somebody stood, or the plan of somebody cannot be computed.
    """
    _, ends = bounds(day, snapshot.zone)
    at = min(now, ends - timedelta.resolution)
    due = done = waiting = 0
    for each in seen:
        if not each.known:
            return None
        if not on_desk(each.person):
            continue
        try:
            as_now = snapshot.persons.get(each.person.id) is each.person and at == now
            course = (course_of if as_now else fresh_course)(each.person, snapshot, at)
        except Exception:  # the board names whose plan it is: a report must not stop at him
            return None
        for test in tests_now(each.person, course):
            sampled_today = test.sampled_on == day
            done += sampled_today
            due += sampled_today or (test.sampled_on is None and test.day <= day and not test.missed_by(day))
        waiting += len(course.results_out)
    return _Tests(due, done, waiting)


def _lost(snapshot: Snapshot, people: set[int], at: datetime) -> int:
    """Count the people whom a check had not found by an instant, and whom nobody had met by then."""
    missing = set()
    for matter in snapshot.matters.values():
        struck = matter.closed_at is not None and not matter.outcome
        if matter.cause == "absent" and not struck and matter.opened_at <= at:
            subject = Subject.parse(matter.subject)
            if subject is not None and (matter.closed_at is None or matter.closed_at > at):
                missing.add(subject.number if subject.kind == "person" else 0)
    return len(missing & people)


def _origin(person: Person, screening: Screening) -> ScreeningFigure:
    return next((name for name, holds in _ORIGINS.items() if holds(person, screening)), "other")


def _is_named(stay: Stay, screening: Screening) -> bool:
    counties = [each.name for each in screening.named]
    return (
        stay.basis == NAMED
        or stay.code in [each.code for each in screening.named]
        or any(stay.place.startswith((county, county.removesuffix("区"))) for county in counties)
    )


def _stays(person: Person) -> tuple[Stay, ...]:
    return person.facts.stays or ()


_ORIGINS: Final[Mapping[ScreeningFigure, Callable[[Person, Screening], bool]]] = {
    "abroad": lambda p, _: p.facts.border in _ABROAD,
    "sanfei": lambda p, _: p.facts.sanfei == "yes",
    "province_named": lambda p, s: any(_is_named(stay, s) for stay in _stays(p)),
    "province_risk": lambda p, s: any(s.covers(stay.place, stay.code) and stay.category in _RISK for stay in _stays(p)),
    "province_other": lambda p, s: any(s.covers(stay.place, stay.code) for stay in _stays(p)),
    "risk_elsewhere": lambda p, _: any(stay.category in _RISK for stay in _stays(p)),
}
"""Origins in the order of the report's lines; the first that holds is where a person stands."""
