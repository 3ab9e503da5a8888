"""Numbers of people: which tells one from another, and that its doubt goes wherever the number goes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dutyboard.rules.duties.numbers import id_warning, phone_warning
from dutyboard.rules.duties.worse import with_value
from dutyboard.rules.people.identity import is_sound
from dutyboard.rules.people.returning import returned
from dutyboard.rules.records.codes import IdWarning, PhoneWarning
from dutyboard.rules.records.commands.person import Merge, Settle
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.desks import act
from tests.rules.duties.test_arrivals import ARRIVED, DRAFT, EMPTY, NOW, importing, with_facts
from tests.rules.duties.test_queue import someone, the_desk

SOUND, DOUBTFUL = "11010519491231002X", "110105194912310021"


@pytest.mark.parametrize(
    ("number", "warning"),
    [
        (SOUND, None),
        ("110105194912310038", None),
        (DOUBTFUL, "id_check_digit"),
        ("11010519491231X02X", "id_check_digit"),
        ("11010519491331002X", "id_date"),
        ("11010518991231002X", "id_date"),
        ("110105194912310000", "id_cut"),
        ("1101051949123100", "id_length"),
        ("110105491231002", "id_old"),
        ("E12345678", "id_passport"),
        ("H12345678", "id_permit"),
        ("待查", "id_missing"),
        ("", "id_missing"),
    ],
)
def test_a_number_is_judged_by_its_signs(number: str, warning: IdWarning | None) -> None:
    assert id_warning(number) == warning


@pytest.mark.parametrize(
    ("number", "warning"),
    [
        ("13800001542", None),
        ("0738-4433221", None),
        ("010-12345678", None),
        ("", "phone_missing"),
        ("1380000154", "phone_unusual"),
        ("12800001542", "phone_unusual"),
    ],
)
def test_a_phone_is_judged_by_its_signs(number: str, warning: PhoneWarning | None) -> None:
    assert phone_warning(number) == warning


def settled(desk: Snapshot, field: str) -> Person:
    return act(desk, Settle(person_id=1, field=field, reason="已核实", other=True), NOW + timedelta(minutes=5)).persons[
        1
    ]


def merged(kept: Person, gone: Person) -> Snapshot:
    return act(the_desk(kept, gone), Merge(person_id=2, into_id=1, reason="同一人", agreed=True), NOW)


def test_a_number_that_an_officer_takes_is_judged_anew() -> None:
    one, other = someone(1, "none", id_no=SOUND), someone(2, "none", id_no=DOUBTFUL, warnings=("id_check_digit",))
    assert not is_sound(settled(merged(one, other), "id_no"))
    kept = replace(other, id=1, phone="1380000", warnings=("id_check_digit", "phone_unusual"))
    person = settled(merged(kept, replace(one, id=2)), "id_no")
    assert is_sound(person) and person.warnings == ("phone_unusual",)
    assert settled(merged(kept, replace(one, id=2, phone="13800001542")), "phone").warnings == ("id_check_digit",)


def test_of_two_records_each_number_brings_its_own_doubt() -> None:
    kept = someone(1, "none", id_no=SOUND, phone="", warnings=("phone_missing",))
    gone = someone(2, "none", id_no="", phone="1380000", warnings=("id_missing", "phone_unusual"))
    assert merged(kept, gone).persons[1].warnings == ("phone_unusual",)


def test_a_phone_of_a_later_row_takes_the_doubt_of_the_old_one_away_and_no_other() -> None:
    first = replace(DRAFT, id_no="1101", phone="", warnings=("id_length", "phone_missing"))
    told = replace(DRAFT, id_no="1101", warnings=("id_length",))
    _, desk = importing(EMPTY, first)
    _, desk = importing(desk, told)
    assert (desk.persons[1].phone, desk.persons[1].warnings) == (DRAFT.phone, ("id_length",))
    _, desk = importing(EMPTY, replace(first, id_no=SOUND, warnings=("phone_missing",)))
    _, desk = importing(desk, DRAFT)
    assert desk.persons[1].warnings == ()
    _, desk = importing(EMPTY, replace(DRAFT, id_no="", warnings=("id_missing",)))
    _, desk = importing(desk, DRAFT)
    assert desk.persons[1].warnings == ()


def test_who_comes_again_keeps_the_number_that_tells_more() -> None:
    _, desk = importing(EMPTY, DRAFT)
    closed = replace(desk.persons[1], closed_at=NOW)
    doubtful = replace(with_facts(DRAFT, arrival_at=ARRIVED + timedelta(days=30)), id_no=DOUBTFUL)
    doubtful = replace(doubtful, warnings=("id_check_digit",))
    again = returned(closed, doubtful, desk, NOW)
    assert again.id_no == SOUND and is_sound(again)
    before = replace(closed, id_no="1101", warnings=("id_length",))
    assert is_sound(returned(before, replace(doubtful, id_no=SOUND, warnings=()), desk, NOW))
    assert not is_sound(returned(before, doubtful, desk, NOW))


def test_another_number_in_a_record_has_no_warning_of_the_first() -> None:
    _, desk = importing(EMPTY, DRAFT)
    other = with_value(desk.persons[1], "id_no", DOUBTFUL)
    assert other.warnings == ("id_check_digit",)
    assert with_value(other, "phone", "1380").warnings == ("id_check_digit", "phone_unusual")
    assert with_value(other, "id_no", SOUND) == desk.persons[1]
