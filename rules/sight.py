"""The picture of a desk as its reader may see it: whole, or limited to his own town or site.

Whoever is not his own is not in it, so that no screen, command or report can show him.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, TypeVar

from dutyboard.rules.belonging import Own, belongs, own_of, record_named
from dutyboard.rules.people.contacts import followed
from dutyboard.rules.permissions import OFFICE
from dutyboard.rules.records.codes import Role
from dutyboard.rules.records.ids import POST, Subject, about_of
from dutyboard.rules.records.layers import Layers
from dutyboard.rules.records.model import Entry, Officer, Person
from dutyboard.rules.records.pins import shares_pin
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Memo, Snapshot

Keeps = Callable[[Any, Any], bool]
Heard = TypeVar("Heard")
OF_LOGINS: Final = frozenset({"sign_on", "key", "pin", "wrong_pin"})
"""Kinds of entries about logins, keys and PINs. Everybody reads them: the bearer of a name sees who is let in by it."""
_BY_PERSON: Final = ("readings", "settled", "restated")
_BY_DUTY: Final = ("done", "beside", "parts", "attended")


def _names(values: Iterable[object]) -> Iterator[NameOf]:
    """Yield every name of a person or of somebody on a staff in a refusal's values, in lists too."""
    for each in values:
        if isinstance(each, NameOf):
            yield each
        elif isinstance(each, Sequence) and not isinstance(each, str):
            yield from _names(each)


def _seen(name: Subject, seen: Snapshot) -> bool:
    table, number = name.record
    return number in getattr(seen, table)


class Sight:
    """Sight of one reader, kept current: the base of a large table is gone through once.

    `owner`: he owns the folder, to which nobody else has rights, and is its administrator.
    """

    def __init__(self, *, owner: bool) -> None:
        self._owner = owner
        self._memo = Memo()
        self._rests: tuple[Any, ...] = ()
        self._known: dict[str, bool] = {}
        self._bases: dict[str, tuple[Mapping[Any, Any], Mapping[Any, Any]]] = {}
        self._linked: dict[int, Person] = {}
        self._last: tuple[Snapshot | None, Snapshot] = None, Snapshot(notices_known={})

    def role(self, whole: Snapshot, officer: Officer | None) -> Role | None:
        """Return the role in which he reads; None: nobody has signed on.

        Whoever looks at invented people or at practice before he signs on, looks as an administrator.
        """
        if self._owner or whole.desk is None or (officer is None and shares_pin(whole)):
            return "admin"
        return officer.role if officer is not None else None

    def of(self, whole: Snapshot, officer: Officer | None) -> Snapshot:
        """Return the picture for an officer of the desk: what is his own, and his own lines about the desk.

        None: nobody has signed on. It is the same picture for whoever sees all of it.
        """
        if self.role(whole, officer) in OFFICE:
            return whole
        if self._last[0] is not whole:
            own = own_of(officer) if officer is not None else ()
            self._last = whole, self._limited_to(whole, own, officer.id if officer is not None else None)
        return self._last[1]

    def told(self, answer: Heard, whole: Snapshot, officer: Officer | None) -> Heard | Refusal:
        """Return an answer as its reader may hear it: a refusal that names somebody else, in general words.

        What is decided is decided on all records, so that a number is known wherever its bearer lives.
        """
        if not isinstance(answer, Refusal) or (seen := self.of(whole, officer)).own is None:
            return answer
        unseen = [name for name in _names(answer.fields.values()) if not _seen(name.of, seen)]
        return Refusal("of_another_unit") if unseen else answer

    def once(self, whole: Snapshot, officer: Officer | None) -> Snapshot:
        """Return a picture that is looked at once, such as one with archived records."""
        return Sight(owner=self._owner).of(whole, officer)

    def _limited_to(self, whole: Snapshot, own: Own, officer_id: int | None) -> Snapshot:
        def is_own(_: Any, record: Any) -> bool:
            return belongs(record, own, whole)

        if self._rests[:1] != (own,):
            self._bases = {}
        persons = self._limited("persons", whole.persons, is_own)
        rests = (own, officer_id, frozenset(persons), whole.officers, whole.staff, whole.matters)
        if len(self._rests) != len(rests) or any(
            held != now if number < 3 else held is not now for number, (held, now) in enumerate(zip(self._rests, rests))
        ):
            self._known, self._rests = {}, rests
            self._bases = {"persons": self._bases["persons"]} if "persons" in self._bases else {}

        def about(text: str) -> bool:
            if text not in self._known:
                found = record_named(Subject.parse(text), whole)
                self._known[text] = found is not None and belongs(found, own, whole)
            return self._known[text]

        def told(_: int, entry: Entry) -> bool:
            his = entry.subject == POST and entry.entered_by == officer_id
            return about(entry.subject) or (officer_id is not None and (his or entry.kind in OF_LOGINS))

        keeps: dict[str, Keeps] = {
            "entries": told,
            "reports": is_own,
            "matters": is_own,
            "staff": is_own,
            "contradictions": lambda _, each: each.person_id in persons or about(each.about),
            "last_reports": lambda key, _: about(key[1]),
            **dict.fromkeys(_BY_PERSON, lambda number, _: number in persons),
            **dict.fromkeys(_BY_DUTY, lambda duty, _: about(about_of(duty))),
        }
        tables: dict[str, Any] = {name: self._limited(name, getattr(whole, name), keep) for name, keep in keeps.items()}
        return replace(whole, own=own, memo=self._memo, persons=self._followed(persons, whole), **tables)

    def _limited(self, name: str, table: Mapping[Any, Any], keeps: Keeps) -> Mapping[Any, Any]:
        """Return the part of a table that is kept. The base of a large one is gone through once."""
        if not isinstance(table, Layers):
            return MappingProxyType({key: held for key, held in table.items() if keeps(key, held)})
        before = self._bases.get(name)
        if before is None or before[0] is not table.base:
            before = table.base, {key: held for key, held in table.base.items() if keeps(key, held)}
            self._bases[name] = before
        base = before[1]
        above = {key: held for key, held in table.above.items() if keeps(key, held)}
        if any(key in base and key not in above for key in table.above):
            base = {key: held for key, held in base.items() if key not in table.above}
        return Layers(base, above)

    def _followed(self, persons: Mapping[int, Person], whole: Snapshot) -> Mapping[int, Person]:
        """Return the people with the state of contacts outside of the picture, so that each is judged as ever."""
        told: dict[int, Person] = {}
        for number, person in persons.items():
            linked = person.facts.linked
            if linked and (now := followed(linked, whole.persons, whole.zone)) != linked:
                changed = replace(person, facts=replace(person.facts, linked=now))
                before = self._linked.get(number)
                told[number] = before if before == changed else changed
        self._linked = told
        return MappingProxyType({**persons, **told}) if told else persons
