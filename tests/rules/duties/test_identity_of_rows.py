"""Rule 2 of the door as a property: rows become one person by evidence, and never against it."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.people.identity import is_sound, name_key
from dutyboard.rules.records.codes import IdWarning
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.duties.test_arrivals import EMPTY, importing
from tests.rules.duties.test_arrivals import rows_of as found_in
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
    # Rows of the record's number give it their names and phones: each of them supports a row without a number.
    names = {name_key(each.name) for each in (person, *(row for row in rows if is_sound(row)))}
    strange = {row.name for row in rows if name_key(row.name) not in names}
    sexes = {row.sex for row in rows if row.sex}
    known = [replace(row, name=person.name) if name_key(row.name) in names else row for row in rows]
    alone = [row for row in known if not any(linked(row, each) for each in known if each is not row)]
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


DAY = datetime.fromisoformat("2021-06-01T10:30")
BORN_1949, BORN_1949_TOO, BORN_1955 = "11010519491231002X", "110105194912310038", "110105195501010029"
NUMBERS: list[tuple[str, tuple[IdWarning, ...]]] = [
    *((number, ()) for number in (BORN_1949, BORN_1949_TOO, BORN_1955)),
    ("110105194912310000", ("id_cut",)),
    ("11010519491231", ("id_length",)),
    ("110105195501010020", ("id_check_digit",)),
    *[("", ("id_missing",))] * 3,
]


@st.composite
def namesakes(draw: st.DrawFn) -> PersonData:
    """Draw a row of one name, with any part of what tells people apart."""
    id_no, warnings = draw(st.sampled_from(NUMBERS))
    at = draw(st.sampled_from([None, None, DAY, DAY + timedelta(hours=3), DAY + timedelta(days=1)]))
    return PersonData(
        name=draw(st.sampled_from(["买买提·阿卜杜拉", "买买提阿卜杜拉"])),
        id_no=id_no,
        warnings=warnings,
        phone=draw(st.sampled_from(["", "", "19900000001", "19900000002"])),
        sex=draw(st.sampled_from(["", "", "男", "女"])),
        address=draw(st.sampled_from(["", "金石镇", "新塘村3组"])),
        facts=Facts(arrival_at=at, temp_c=draw(st.sampled_from([None, 36.5]))),
        row=3,
    )


def differ(one: PersonData, other: PersonData, *asked: str) -> bool:
    """Return True if both rows say something of a field, and not the same."""
    said = [(getattr(one, name), getattr(other, name)) for name in asked]
    return any(first and second and first != second for first, second in said)


def evidence(one: PersonData, other: PersonData, *, two_sheets: bool) -> bool:
    """Return rule 2 in its own words: True if two rows of one name are one person."""
    sound = [is_sound(each) for each in (one, other)]
    if all(sound):
        return one.id_no == other.id_no
    if one.id_no and one.id_no == other.id_no and "id_cut" not in one.warnings:
        return True
    arrivals = [each.facts.arrival_at for each in (one, other)]
    if differ(one, other, "sex") or one.phone != other.phone or arrivals[0] != arrivals[1]:
        return False
    if one.phone:
        return True
    if not two_sheets or one.address != other.address or differ(one, other, "id_no"):
        return False
    more_said = (other.sex and not one.sex) or (other.facts.temp_c and not one.facts.temp_c)
    return bool(arrivals[0] and one.address) or (one.id_no == other.id_no and not more_said)


def nothing_sound_tells_apart(one: PersonData, other: PersonData) -> bool:
    """Return True if no number, birth, sex, phone or day of arrival of two rows differs."""
    days = [each.facts.arrival_on for each in (one, other)]
    births = [each.id_no[6:14] if len(each.id_no) == 18 else "" for each in (one, other)]
    numbers = is_sound(one) and is_sound(other) and one.id_no != other.id_no
    others = differ(one, other, "sex", "phone")
    return not (numbers or others or any(all(pair) and pair[0] != pair[1] for pair in (days, births)))


@settings(max_examples=EXAMPLES * 4, deadline=None)
@given(namesakes(), namesakes(), st.booleans())
def test_two_namesakes_are_one_by_evidence_and_two_with_a_note_without_any(
    one: PersonData, other: PersonData, two_sheets: bool
) -> None:
    other = replace(other, row=4)
    sheets = [[one], [other]] if two_sheets else [[one, other]]
    desk, codes = EMPTY, []
    for sheet in sheets:
        accepted, desk = importing(desk, *sheet)
        codes += [row.code for row in found_in(accepted)]
    same = evidence(one, other, two_sheets=two_sheets)
    assert len(desk.persons) == (1 if same else 2)
    if same:
        assert "same_by_traits" in codes or (is_sound(one) and is_sound(other))
    elif nothing_sound_tells_apart(one, other):
        assert "namesake" in codes
    for sheet in sheets:
        assert importing(desk, *sheet)[0].changes == ()
