"""A CDC's list of contacts: close contacts and their secondary contacts, each linked to whom he met (三（二）).

A link rests on evidence, and nobody is guessed behind a name. Whom the desk does not know stays by name, and the person
is asked about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from dutyboard.rules.duties.sheets.named import ByEvidence, RowNamed
from dutyboard.rules.duties.sheets.people_rows import PeopleRows
from dutyboard.rules.duties.worse import MILDEST_FIRST
from dutyboard.rules.law.facts import Linked, PcrCert
from dutyboard.rules.people.contacts import SICK, is_positive, linked_people
from dutyboard.rules.people.identity import Recognised, is_sound, name_key, tells_little, with_written
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.sheets import ContactData, ImportContacts, RowPerson
from dutyboard.rules.records.ids import number_typed
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.outcome import FoundPositive, RowCode
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted

LONGEST_NAME: Final = 60
"""Characters of a name by which somebody unknown is kept."""


def decide_import_contacts(command: ImportContacts, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """People from a CDC's list, with their grade, the day of last contact and whose contacts they are.

    Each row goes the way of a row of arrivals: it adds and worsens. Cases come before those who met them, close
    contacts before their secondaries, wherever they stand in the sheet.
    """
    return _Contacts(snapshot, now, actor).taken(command.contacts)


class _Whose(NamedTuple):
    """Somebody whose contact a row's person is: his record, or None with the name under which he is kept.

    `code` is what is to be said of it, `numbered`: the row told a number of his.
    """

    person: Person | None
    name: str
    code: RowCode | None
    numbered: bool = False


class _Contacts:
    """One list. Whose contact somebody is, is found among the people as they are once the whole list is taken in.

    So the order of the rows decides nothing, and the list sent again finds what it found the first time.
    """

    def __init__(self, snapshot: Snapshot, now: datetime, actor: Actor) -> None:
        self.people = PeopleRows(snapshot, now, actor)
        self.foreseen = PeopleRows(snapshot, now, actor)
        self.snapshot = snapshot
        self.of_sheet: set[int] = set()
        """Those of whom this list tells that they are cases or close contacts."""
        self.evidence = ByEvidence(snapshot)

    def taken(self, rows: Iterable[ContactData]) -> Accepted:
        people, tally = self.people, self.people.tally
        tally.linked = tally.unlinked = 0
        order = sorted(rows, key=_order)
        persons = [self.foresee(each) for each in order]
        self.evidence = ByEvidence(replace(self.snapshot, persons={**self.snapshot.persons, **self.foreseen.current}))
        for each, number in zip(order, persons):
            row = people.possible(each.person)
            if row is not None and number is not None:
                self.take(each, row, number)
        people.write()
        return tally.accepted(people.transaction, "contacts")

    def foresee(self, each: ContactData) -> int | None:
        """Take a row in for a look, without its links; return the number of its person. None: it is rejected."""
        row = self.foreseen.possible(each.person)
        if row is None:
            return None
        person = self.foreseen.take(row, self.found(row, self.foreseen))
        if _rank(each) <= _CLOSE:
            self.of_sheet.add(person.id)
        return person.id

    def take(self, each: ContactData, row: PersonData, number: int) -> None:
        """Take one row in: its person, whom he is linked to, and what a positive of it brings."""
        people = self.people
        found = self.found(row, people)
        old = people.record(found.id) if found is not None else None
        row, before = self.linked(each, row, old, number)
        person = people.take(row, found, before)
        if is_positive(row.facts) and not (old is not None and is_positive(old.facts)):
            held = row.facts.pcr
            at = held.sampled_at if isinstance(held, PcrCert) else None
            people.tally.say(row, "pcr", "result_positive")
            people.tally.positives.append(
                FoundPositive(
                    row=row.row, sheet=row.sheet, person_id=person.id, sampled_on=at.date() if at is not None else None
                )
            )

    def found(self, row: PersonData, people: PeopleRows) -> Recognised | None:
        """Return whom a row is of, as far as its sheet is taken in."""
        return people.recognised(row) or self.of_name_and_phone(row, people)

    def of_name_and_phone(self, row: PersonData, people: PeopleRows) -> Recognised | None:
        """Return the one person of the name and phone of a row that tells no arrival. Two of them are nobody."""
        if row.facts.arrival_on is not None or not row.phone:
            return None
        alike = people.known.of_name_and_phone(row)
        return Recognised(alike[0], "weak") if len(alike) == 1 else None

    # ------------------------------------------------------------ whose contact he is

    def linked(
        self, each: ContactData, row: PersonData, old: Person | None, number: int
    ) -> tuple[PersonData, Person | None]:
        """Return a row with the links that it tells, and the record on which a name has become a person."""
        if not each.of:
            return row, old
        known = linked_people(old, {**self.snapshot.persons, **self.people.current}) if old is not None else ()
        links: dict[str, Linked] = {}
        found = [self.whose(whom, row, number, known) for whom in each.of]
        if self.record(number).facts.contact != row.facts.contact:
            self.say(row, each.column, "link_left", "")
            return replace(row, as_written=with_written(row.as_written, each.cells)), old
        here = {name_key(one.name) for one in (*known, *(other.person for other in found)) if one is not None}
        for one in found:
            if one.code is not None:
                self.say(row, each.column, one.code, one.name)
            if one.person is not None:
                links[subject_id(one.person)] = Linked(id=subject_id(one.person))
            elif one.name and name_key(one.name) not in here:
                links.setdefault(one.name, Linked(id=one.name))
        self.count(found, row)
        if any(one.code not in (None, "link_by_traits") or (one.person is None and one.numbered) for one in found):
            row = replace(row, as_written=with_written(row.as_written, each.cells))
        row = replace(row, facts=replace(row.facts, linked=tuple(links.values()) or None))
        return row, self.with_names_found(old, [one.person for one in found if one.person is not None])

    def count(self, found: Sequence[_Whose], row: PersonData) -> None:
        """Count whom the row is linked to, and who is to be asked for. A case need not be on the desk."""
        tally, linked = self.people.tally, sum(one.person is not None for one in found)
        tally.linked = (tally.linked or 0) + linked
        if row.facts.contact == "secondary":
            tally.unlinked = (tally.unlinked or 0) + len(found) - linked

    def with_names_found(self, old: Person | None, found: list[Person]) -> Person | None:
        """Return a record in which a link by name alone is one to the person who was found."""
        if old is None or not old.facts.linked or "linked" in self.people.before.corrected(old):
            return old
        names = {name_key(each.name): subject_id(each) for each in found}
        there = {each.id for each in old.facts.linked}
        links = []
        for each in old.facts.linked:
            own = names.get(name_key(each.id)) if number_typed("person", each.id) is None else None
            if own is None:
                links.append(each)
            elif own not in there:
                there.add(own)
                links.append(replace(each, id=own))
        return replace(old, facts=replace(old.facts, linked=tuple(links)))

    def whose(self, whom: RowPerson, row: PersonData, number: int, known: Iterable[Person]) -> _Whose:
        """Return whom a row names as the one whose contact its person is. A name that tells nobody is kept."""
        name = _kept_by(whom)
        if _case(row):
            # Cases stand beside each other on a list, and none of them is judged by whom he met.
            return _Whose(None, name, None, bool(whom.id_no or whom.phone))
        if name_key(whom.name) == name_key(row.name) and not _told_apart(whom, row):
            return _Whose(None, "", "link_himself")
        found = self.evidence.find(whom)
        if isinstance(found, RowNamed):
            person = self.record(found.person_id)
            if person.id == number:
                return _Whose(None, "", "link_himself")
            if not _fits(person, row):
                return _Whose(None, name, "link_other_grade")
            return _Whose(person, name, "link_by_traits" if ("name", "same_by_traits") in found.doubts else None)
        named = self.evidence.bearers(whom) if whom.name else ()
        bearers = [self.record(one.id) for one in named if one.id != number]
        fitting = [one for one in bearers if _fits(one, row) and (one.id in self.of_sheet or _is_of(one, row))]
        here = [one for one in fitting if one.id in self.of_sheet]
        if found.code == "contradicts" and not here:
            return _Whose(None, name, "link_contradicts")
        if len(here) == 1 and len(fitting) == 1:
            return _Whose(here[0], name, "link_by_traits")
        linked = [one for one in fitting if any(one.id == other.id for other in known)]
        if len(linked) == 1:
            return _Whose(linked[0], name, None)
        if len(fitting) > 1 or found.code == "several_fit":
            return _Whose(None, name, "link_several")
        # A close contact of a name that no case bears has met a case of another county, whoever else is called so.
        if fitting or (bearers and row.facts.contact == "secondary"):
            return _Whose(None, name, "link_name_alone")
        unknown = row.facts.contact == "secondary" or not name  # else a case of another county
        return _Whose(None, name, "link_unknown" if unknown else None, bool(whom.id_no or whom.phone))

    def record(self, number: int) -> Person:
        """Return somebody's record as it is once the list is taken in, but for his links."""
        return self.foreseen.record(number)

    def say(self, row: PersonData, column: str, code: RowCode, name: str) -> None:
        self.people.tally.say(row, column, code, text=name)


_CASE: Final = 0
_CLOSE: Final = 1
_OTHER: Final = 2
_SECONDARY: Final = 3


def _order(each: ContactData) -> tuple[int, int, int]:
    """Return the place of a row: of one person the strictest grade comes first, the first time as the second."""
    grades = MILDEST_FIRST["contact"]
    return _rank(each), -grades.index(each.person.facts.contact), tells_little(each.person)


def _rank(each: ContactData) -> int:
    """Return the place of a row: nobody is linked to whom a later row tells of."""
    if _case(each.person):
        return _CASE
    return {"close": _CLOSE, "secondary": _SECONDARY}.get(each.person.facts.contact, _OTHER)


def _case(known: Person | PersonData) -> bool:
    facts = known.facts
    return facts.case_status in SICK or facts.case_status == "suspected" or is_positive(facts)


def _fits(person: Person, row: PersonData) -> bool:
    """Return True if the row's person may be a contact of somebody. Only a case makes close contacts."""
    return _case(person) or (row.facts.contact == "secondary" and person.facts.contact != "secondary")


def _is_of(person: Person, row: PersonData) -> bool:
    """Return True if the desk has somebody as one who makes such contacts."""
    return _fits(person, row) and (row.facts.contact == "close" or person.facts.contact == "close")


def _told_apart(whom: RowPerson, row: PersonData) -> bool:
    """Return True if two numbers of a row tell its person from the one whom it names."""
    told = PersonData(name=whom.name, id_no=whom.id_no, warnings=whom.warnings)
    if is_sound(told) and is_sound(row):
        return told.id_no != row.id_no
    return bool(whom.phone and row.phone and whom.phone != row.phone)


def _kept_by(whom: RowPerson) -> str:
    """Return the name by which somebody unknown is kept. What reads as the number of a record names nobody."""
    name = whom.name.strip()
    return "" if number_typed("person", name) is not None or len(name) > LONGEST_NAME else name
