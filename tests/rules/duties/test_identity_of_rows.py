"""Rule 2 of the door as a property: rows become one person by evidence, and never against it."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.people.identity import is_sound, name_key
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.duties.test_arrivals import EMPTY, importing
from tests.rules.duties.test_worsening import ROWS
from tests.shares import SHARES

EXAMPLES = SHARES["rules"]["importing"]["examples"] // 10


def marked(rows: list[PersonData]) -> list[PersonData]:
    """Return rows that a record can be known by: each says something that no other does."""
    return [replace(row, note=f"行{at:02}", row=at) for at, row in enumerate(rows, start=3)]


def rows_of(desk: Snapshot, rows: list[PersonData]) -> dict[int, list[PersonData]]:
    """Return the rows that each record has taken."""
    found = defaultdict(list)
    for row in rows:
        own = [number for number, each in desk.persons.items() if row.note in each.note]
        assert len(own) == 1, (row, own)
        found[own[0]].append(row)
    return found


def linked(one: PersonData, other: PersonData) -> bool:
    """Return True if something in two rows says that they are of one person."""
    if is_sound(one) and is_sound(other):
        return one.id_no == other.id_no
    if name_key(one.name) != name_key(other.name):
        return False
    same_phone = bool(one.phone) and one.phone == other.phone
    return same_phone or (bool(one.id_no) and one.id_no == other.id_no)


def against(person: Person, rows: list[PersonData], shown: set[str]) -> list[Any]:
    """Return what speaks against the rows of one record being of one person. `shown` is owed side by side."""
    numbers = {row.id_no for row in rows if is_sound(row)}
    strange = {row.name for row in rows if name_key(row.name) != name_key(person.name) and not is_sound(row)}
    sexes = {row.sex for row in rows if row.sex}
    alone = [row for row in rows if not any(linked(row, each) for each in rows if each is not row)]
    return [
        *(numbers if len(numbers) > 1 else ()),
        *strange,
        *(sexes if len(sexes) > 1 and "sex" not in shown else ()),
        *(alone if len(rows) > 1 else ()),
    ]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=6), st.booleans())
def test_rows_are_one_person_by_evidence_and_never_against_it(drawn: list[PersonData], two: bool) -> None:
    rows = marked(drawn)
    cut = len(rows) // 2 if two else 0
    _, desk = importing(EMPTY, *rows[:cut])
    _, desk = importing(desk, *rows[cut:])
    for number, own in rows_of(desk, rows).items():
        shown = {each.field for each in desk.contradictions.values() if each.person_id == number}
        assert against(desk.persons[number], own, shown) == [], (desk.persons[number], own)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=6))
def test_rows_of_one_sound_number_are_one_person(drawn: list[PersonData]) -> None:
    rows = marked(drawn)
    _, desk = importing(EMPTY, *rows)
    for number in {row.id_no for row in rows if is_sound(row)}:
        assert sum(each.id_no == number for each in desk.persons.values()) == 1
