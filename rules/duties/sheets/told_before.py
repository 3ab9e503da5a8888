"""Words that sheets and officers told of people before and that do not stand in their records any more.

Yesterday's file sent again tells them again: they are no news, and nobody is asked about them a second time.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time
from itertools import islice, product
from typing import Any, Final

from dutyboard.rules.duties.worse import FACT_KEYS_SAID, said_in, tells_otherwise, value_of, with_value
from dutyboard.rules.law.facts import Facts, FactsError, read_facts
from dutyboard.rules.people.ending import made_one_with
from dutyboard.rules.people.identity import IDENTITY, Known
from dutyboard.rules.people.stage import stands
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import PastStay, Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Corrected, ReferralAnswered, Reopened
from dutyboard.rules.records.told.post import Imported

TRAITS: Final = ("name", "id_no", "phone", "arrival_at", "address", "origin", "note")
"""Fields by which a row without a known number is found to be somebody's."""
_MOST: Final = 64
"""Records as they once were that are looked at of one person."""
_HELD_NONE: Final = ("pcr", "arrival_pcr")
"""Facts of which None says that he holds none."""


class ToldBefore:
    """Values told of each person before, by field, with the instant from which on they did not stand."""

    def __init__(self, snapshot: Snapshot, fever_c: float) -> None:
        self._fever_c = fever_c
        self._came: dict[str, datetime] = {}
        self._values: dict[tuple[int, str], list[tuple[Any, datetime, bool]]] = {}
        self._corrected: dict[int, frozenset[str]] = {}
        self._read_entries(snapshot)
        for each in snapshot.contradictions.values():
            if each.entry not in snapshot.amended:
                gave_way = each.settled_at == each.found_at
                self._keep(each.person_id, each.field, each.other, each.found_at, gave_way=gave_way)

    def corrected(self, person: Person) -> frozenset[str]:
        """Return the fields that an officer has corrected or an office answered, in the person's present stay."""
        return self._corrected.get(person.id, frozenset())

    def knows(self, person: Person, told: PersonData, key: str, *, of_any_stay: bool = False) -> bool:
        """Return True if what a row says of a field was told before, of this stay or of any.

        Whatever stands in the record is no question of this.
        """
        came = None if of_any_stay or key in IDENTITY else self._came.get(subject_id(person))
        return any(
            not tells_otherwise(with_value(person, key, value), told, key, self._fever_c)
            for value, at, gave_way in self._values.get((person.id, key), ())
            if came is None or at > came or (at == came and not gave_way)
        )

    def known_people(self, snapshot: Snapshot) -> Known:
        """Return the people of the desk by what tells them apart now, and told them apart before.

        Who was made one with another is known as that one.
        """
        known = Known(snapshot.persons.values(), self._says_nothing_new)
        for person in snapshot.persons.values():
            for stay in person.stays_before if stands(person) else ():
                known.once_was(_as_arrived(person, stay))
            for number in made_one_with(person, snapshot) if stands(person) else ():
                known.once_was(snapshot.persons[number], stays=person.id)
        for number in {number for number, key in self._values if key in TRAITS}:
            told = snapshot.persons.get(number)
            if told is not None and stands(told):
                for former in islice(self._former(told), _MOST):
                    known.once_was(former)
        return known

    def _says_nothing_new(self, person: Person, told: PersonData) -> bool:
        """Return True if all that a row says of somebody stands in his record, or was told of him before."""
        return all(
            self.knows(person, told, key) for key in said_in(told) if tells_otherwise(person, told, key, self._fever_c)
        )

    def _former(self, person: Person) -> Iterator[Person]:
        """Yield the records of a person with what once stood in the traits, in any combination."""
        told = {key: [value for value, _, _ in self._values.get((person.id, key), ())] for key in TRAITS}
        for values in product(*([value_of(person, key), *told[key]] for key in TRAITS)):
            former = person
            for key, value in zip(TRAITS, values):
                former = with_value(former, key, value)
            yield former

    def _read_entries(self, snapshot: Snapshot) -> None:
        """Read what officers corrected. A correction that was taken back counts no more."""
        standing = [each for each in snapshot.entries.values() if each.id not in snapshot.amended]
        for entry in standing:
            if isinstance(entry.told, Reopened) and entry.told.came:
                self._came[entry.subject] = max(self._came.get(entry.subject, entry.entered_at), entry.entered_at)
        for entry in standing:
            person = Subject.parse(entry.subject)
            if not isinstance(entry.told, Corrected | ReferralAnswered) or person is None:
                continue
            told_at = entry.first_entered_at or entry.entered_at
            for key, value in entry.told.before.items():
                self._keep(person.number, key, value, told_at)
            own = snapshot.entries.get(entry.part_of or 0)
            if own is not None and isinstance(own.told, Imported):
                continue  # an older sheet said so
            since = self._came.get(entry.subject)
            if since is None or told_at >= since:  # else said of a stay that has ended
                corrected = self._corrected.get(person.number, frozenset())
                self._corrected[person.number] = corrected | frozenset(entry.told.changed)

    def _keep(self, number: int, key: str, value: Any, at: datetime, *, gave_way: bool = False) -> None:
        if (key in IDENTITY and isinstance(value, str)) or key in FACT_KEYS_SAID:
            self._values.setdefault((number, key), []).append((read_value(key, value), at, gave_way))


def _as_arrived(person: Person, stay: PastStay) -> Person:
    """Return a record with the arrival of an earlier stay. Of that the day alone is kept."""
    day = stay.arrived_on
    at = datetime.combine(day, time()) if day is not None else None
    return replace(person, facts=replace(person.facts, arrival_at=at, arrival_hour_unknown=at is not None))


def read_value(key: str, value: Any) -> Any:
    """Return a field's value as a record holds it, from its JSON. One that cannot be read tells nothing: None."""
    if key in IDENTITY:
        return value
    facts = Facts()
    if value is not None or key in _HELD_NONE:
        told = list(value) if isinstance(value, tuple) else value
        known: Mapping[str, Any] = {key: told}
        with suppress(FactsError):
            facts = read_facts(dict(known))
    return value_of(PersonData(name="", facts=facts), key)
