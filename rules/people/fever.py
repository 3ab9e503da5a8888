"""Odd readings of a person: a fever, a low one, a jump or a symptom. A normal retake or an answer settles them.

docs/reading.md, rounds at the site: (a), (b) and (d).
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from dutyboard.frozen import frozen
from dutyboard.rules.people.contacts import is_positive
from dutyboard.rules.people.ending import made_one_with
from dutyboard.rules.people.rooms import room_mates
from dutyboard.rules.people.stage import awaits_answer, in_hospital, on_desk
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.readings import Reading
from dutyboard.rules.records.referral import SUSPECTED
from dutyboard.rules.records.snapshot import Snapshot


@frozen
class Doubt:
    """A stretch of readings that began with an odd one.

    `first` is the odd one. `suspected` is the reading that made him a suspected case: a second high one, or a symptom
    (None: none did). `closed` is the normal retake that ended it (None: it is open). `highs` counts the high readings.
    """

    first: Reading
    highs: int = 0
    suspected: Reading | None = None
    closed: Reading | None = None

    @property
    def open(self) -> bool:
        """True until a normal retake has ended it."""
        return self.closed is None


def readings_of(person: Person, snapshot: Snapshot) -> tuple[Reading, ...]:
    """Return the standing readings of a person, oldest first, with those of records made one with his."""
    own = snapshot.readings.get(person.id, ())
    others = [each for number in made_one_with(person, snapshot) for each in snapshot.readings.get(number, ())]
    return tuple(sorted((*own, *others), key=lambda each: (each.at, each.entry))) if others else own


def doubts(person: Person, snapshot: Snapshot) -> Iterator[Doubt]:
    """Yield each stretch of odd readings of a person, the oldest first. Only the last one may be open.

    A normal reading ends one only if it was taken long enough after the first. A suspected case ends by an answer: no
    reading of before it counts any more.
    """
    current: Doubt | None = None
    usual: float | None = None
    settled = snapshot.settled.get(person.id)
    for reading in readings_of(person, snapshot):
        if settled is not None and reading.at <= settled:
            continue
        limits = snapshot.daily_at(reading.at).thresholds
        temp_c = reading.temp_c
        high = temp_c is not None and temp_c >= limits.fever_c
        low = temp_c is not None and temp_c < limits.low_c
        jumped = temp_c is not None and usual is not None and round(abs(temp_c - usual), 1) > limits.jump_c
        if current is None:
            if high or low or jumped or reading.symptom:
                current = Doubt(first=reading, highs=int(high), suspected=reading if reading.symptom else None)
            else:
                usual = temp_c if temp_c is not None else usual
            continue
        highs = current.highs + high
        suspicious = current.suspected is None and (bool(reading.symptom) or (high and highs > 1))
        current = replace(current, highs=highs, suspected=reading if suspicious else current.suspected)
        normal = temp_c is not None and not high and not low
        if normal and current.suspected is None and reading.at - current.first.at >= limits.retake_after:
            yield replace(current, closed=reading)
            current, usual = None, temp_c
    if current is not None:
        yield current


def open_doubt(person: Person, snapshot: Snapshot) -> Doubt | None:
    """Return what is not settled of a person's readings; None: nothing, or he is out of our charge."""
    if person.id not in snapshot.readings or not in_our_care(person):
        return None
    last = last_doubt(person, snapshot)
    return last if last is not None and last.open else None


def in_our_care(person: Person) -> bool:
    """Return True if somebody of ours looks after a person's readings: until he is in the hospital's, or gone."""
    return on_desk(person) and not in_hospital(person)


def last_doubt(person: Person, snapshot: Snapshot) -> Doubt | None:
    """Return the last stretch of odd readings of a person, open or closed; None: there was none."""
    return snapshot.memo.of(_LastDoubts).of(person, snapshot)


class _LastDoubts:
    """Memo of each person's last doubt. Another reading, answer, setting or notice makes it anew."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[tuple[object, ...], Doubt | None]] = {}

    def of(self, person: Person, snapshot: Snapshot) -> Doubt | None:
        """Return the last doubt of a person."""
        rests = (
            readings_of(person, snapshot),
            snapshot.settled.get(person.id),
            snapshot.setting_changes,
            snapshot.notices,
        )
        seen = self._seen.get(person.id)
        if seen is not None and all(held is now for held, now in zip(seen[0], rests)):
            return seen[1]
        last = next(iter(deque(doubts(person, snapshot), maxlen=1)), None)
        self._seen[person.id] = (rests, last)
        return last


def is_suspected(person: Person) -> bool:
    """Return True while a person is referred as a suspected case, and nobody has answered."""
    return person.referral is not None and SUSPECTED in person.referral.reasons and awaits_answer(person)


def is_grave(person: Person, snapshot: Snapshot, now: datetime) -> bool:
    """Return True for a positive PCR, a suspected case, a symptom or a fever."""
    facts = person.facts
    fever = facts.temp_c is not None and facts.temp_c >= snapshot.daily_at(now).thresholds.fever_c
    return is_positive(facts) or facts.case_status == "suspected" or facts.symptoms == "present" or fever


def unsettled(person: Person, snapshot: Snapshot) -> bool:
    """Return True if a reading or symptom of a person is not settled, or he is a suspected case."""
    return is_suspected(person) or open_doubt(person, snapshot) is not None


def all_unsettled(snapshot: Snapshot) -> set[int]:
    """Return the numbers of the people of whom a reading or symptom is not settled, suspected cases among them."""
    found = set(snapshot.memo.made(_suspected, snapshot.persons))
    for number in snapshot.readings:
        person = snapshot.persons.get(number)
        if person is not None and open_doubt(person, snapshot) is not None:
            found.add(number)
    return found


def _suspected(persons: Mapping[int, Person]) -> frozenset[int]:
    return frozenset(number for number, person in persons.items() if is_suspected(person))


def doubtful_since(person: Person, snapshot: Snapshot) -> datetime | None:
    """Return the instant of his last reading before the odd one; None: there was none, or none is odd."""
    doubt = open_doubt(person, snapshot)
    before = [each.at for each in readings_of(person, snapshot) if doubt is not None and each.at < doubt.first.at]
    return max(before, default=None)


def stopper(person: Person, snapshot: Snapshot) -> Person | None:
    """Return the room-mate because of whom nobody may release this person; None: none does any more.

    A suspected one stops no longer once he has been answered, unless he turned positive.
    """
    named = Subject.parse(person.stopped_by)
    mate = snapshot.persons.get(named.number) if named is not None else None
    if mate is None:
        return None
    return mate if is_positive(mate.facts) or is_suspected(mate) else None


def doubtful_mates(person: Person, snapshot: Snapshot) -> tuple[Person, ...]:
    """Return those who share his room and of whom a reading is not settled."""
    return tuple(mate for mate in room_mates(person, snapshot) if unsettled(mate, snapshot))


def on_time(doubt: Doubt, snapshot: Snapshot) -> datetime:
    """Return the instant after which the retake of a first odd reading is late."""
    return doubt.first.at + snapshot.daily_at(doubt.first.at).thresholds.retake_due
