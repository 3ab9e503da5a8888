"""Contacts of a person: his close contacts by their own records (密接解除，次密接自动解除), and named companions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Facts, Linked, LinkState
from dutyboard.rules.law.subjects import positive_days
from dutyboard.rules.people.identity import NONE_OF_IT, name_key, things
from dutyboard.rules.people.stage import dwelling, in_room, on_desk, stands
from dutyboard.rules.records.ids import Subject, number_typed
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot

SICK = frozenset({"confirmed", "asymptomatic"})
_BESIDE: Final = re.compile(r"[(（].*?[)）]|[:：]|\+?\d[\d\- ]*")
"""Words beside a name: a relation in brackets, a number."""


def linked_people(person: Person, persons: Mapping[int, Person]) -> tuple[Person, ...]:
    """The close contacts of a person that the desk knows (`person-12`)."""
    known = (_known(each, persons) for each in person.facts.linked or ())
    return tuple(contact for contact in known if contact is not None)


def _known(linked: Linked, persons: Mapping[int, Person]) -> Person | None:
    return persons.get(number_typed("person", linked.id) or 0)


def followed(
    linked: tuple[Linked, ...] | None, persons: Mapping[int, Person], zone: ZoneInfo
) -> tuple[Linked, ...] | None:
    """Return the links with the state of each close contact as his record has it.

    One whom the desk does not know stays as he was told.
    """
    if linked is None:
        return None
    return tuple(
        _stands(each, contact, zone) if (contact := _known(each, persons)) is not None else each for each in linked
    )


def _stands(linked: Linked, contact: Person, zone: ZoneInfo) -> Linked:
    if not stands(contact):
        return replace(linked, state="unknown")  # registered by mistake: whose contact he is has to be asked
    named = replace(linked, id=subject_id(contact), admitted_on=contact.admitted_on or linked.admitted_on)
    if is_positive(contact.facts) or contact.facts.case_status in SICK or dwelling(contact) == "hospital":
        return replace(named, state="positive", positive_on=positive_since(contact.facts) or linked.positive_on)
    if in_room(contact) or contact.stage == "transfer":
        return replace(named, state="quarantined_negative")
    left_on = contact.home_from or (contact.closed_at.astimezone(zone).date() if contact.closed_at else None)
    if contact.stage in ("home", "closed") and contact.admitted_on is not None and left_on is not None:
        # 解除 is the end of the site stage (O14); before its time it is another question (O17).
        state: LinkState = "released_early" if contact.released_early else "released"
        return replace(named, state=state, released_on=left_on)
    return named


def is_positive(facts: Facts) -> bool:
    """Return True if any PCR was positive, the certificate carried included (O9)."""
    return bool(positive_days(facts))


def positives(snapshot: Snapshot) -> tuple[Person, ...]:
    """Return the people on the desk of whom a PCR was positive."""
    return snapshot.memo.made(_positives, snapshot.persons)


def _positives(persons: Mapping[int, Person]) -> tuple[Person, ...]:
    return tuple(person for person in persons.values() if on_desk(person) and is_positive(person.facts))


def positive_since(facts: Facts) -> date | None:
    """The day of the first sample whose PCR was positive; None: none was, or none is dated."""
    return min((day for day in positive_days(facts) if day is not None), default=None)


@frozen(kw_only=False)
class Companion:
    """A companion as he was told. `known` are the desk's people who bear that name: none, one, or namesakes."""

    name: str
    known: tuple[Person, ...] = ()


class Bearers:
    """The desk's people by name and by number. Records ended by mistake or made one with another are nobody's."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self.by_name: dict[str, list[Person]] = {}
        self.by_number: dict[str, Person] = {}
        for person in persons:
            if stands(person):
                self.by_name.setdefault(name_key(person.name), []).append(person)
                self.by_number[subject_id(person)] = person


def companions_told(text: str, among: Bearers, himself: int | None = None) -> tuple[Companion, ...]:
    """Return the companions that a text names. `himself` is the id of the person whose text it is; None: he is new."""
    found: dict[str, Companion] = {}
    for told in _names(text, among.by_name):
        own = among.by_number.get(told.casefold())
        known = (own,) if own is not None else tuple(among.by_name.get(name_key(told), ()))
        found.setdefault(name_key(told), Companion(told, tuple(each for each in known if each.id != himself)))
    return tuple(found.values())


def named_by(person: Person, persons: Iterable[Person]) -> tuple[Person, ...]:
    """Return those who name somebody as their companion, by his number or by a name that he alone bears."""
    everybody = tuple(each for each in persons if stands(each))
    key, number = name_key(person.name), subject_id(person)
    alone = sum(name_key(each.name) == key for each in everybody) == 1
    return tuple(
        each
        for each in everybody
        if each.id != person.id and each.companions and _is_named(each.companions, key if alone else "", number)
    )


def _is_named(text: str, key: str, number: Subject) -> bool:
    return any(name_key(name) == key or name.casefold() == number for name in _names(text, (key,)))


def _names(text: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the names of a text. Names of Chinese that blanks part are several, unless the whole is one known."""
    for part in things(text):
        if part in NONE_OF_IT:
            continue
        if Subject.parse(part.casefold()) is not None:
            yield part
            continue
        told = _BESIDE.sub(" ", part).strip()
        if name_key(told) in known or told.isascii():
            yield from filter(None, (told,))
        else:
            yield from told.split()
