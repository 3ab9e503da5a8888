"""Identity by evidence: a sound number decides, a doubtful one supports, and without any two rows are two people."""

from dataclasses import replace
from datetime import datetime

import pytest

from dutyboard.rules.law.facts import Facts, PcrCert
from dutyboard.rules.records.codes import IdWarning
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import AsWritten
from tests.rules.duties.test_arrivals import ARRIVED, DRAFT, EMPTY, codes, counts, importing, rows_of, with_facts

NOBODY = replace(DRAFT, id_no="", warnings=("id_missing", "phone_missing"), phone="")


@pytest.mark.parametrize("warning", ["id_cut", "id_length", "id_check_digit", "id_passport", "id_old"])
def test_a_doubtful_number_makes_no_one_of_two_names(warning: IdWarning) -> None:
    one = replace(DRAFT, id_no="431302197903120000", warnings=(warning,))
    _, desk = importing(EMPTY, one, replace(one, name="李四", phone="13800001543", row=4))
    assert [each.name for each in desk.persons.values()] == ["张三", "李四"]


def test_a_number_that_was_cut_does_not_even_support() -> None:
    one = replace(DRAFT, id_no="431302197903120000", warnings=("id_cut",))
    _, desk = importing(EMPTY, one, replace(one, phone="13800001543", row=4))
    assert len(desk.persons) == 2


def test_a_doubtful_number_with_the_name_is_weak_evidence_and_says_so() -> None:
    one = replace(DRAFT, id_no="E12345678", warnings=("id_passport",))
    _, desk = importing(EMPTY, one)
    accepted, desk = importing(desk, replace(one, phone="13800001543"))
    assert len(desk.persons) == 1
    assert (3, "name", "same_by_traits", "warning") in codes(accepted)


def test_name_phone_and_arrival_are_weak_evidence_and_say_so() -> None:
    _, desk = importing(EMPTY, DRAFT)
    accepted, desk = importing(desk, replace(DRAFT, id_no="", warnings=("id_missing",)))
    assert len(desk.persons) == 1
    assert (3, "name", "same_by_traits", "warning") in codes(accepted)


@pytest.mark.parametrize("name", ["买买提•阿卜杜拉", "买买提.阿卜杜拉", "买买提 · 阿卜杜拉", "买买提阿卜杜拉"])
def test_dots_and_blanks_make_no_other_name(name: str) -> None:
    one = replace(DRAFT, name="买买提·阿卜杜拉", id_no="", warnings=("id_missing",))
    _, desk = importing(EMPTY, one, replace(one, name=name, row=4))
    assert [each.name for each in desk.persons.values()] == ["买买提·阿卜杜拉"]


def test_another_sex_is_another_person_where_no_number_decides() -> None:
    one = replace(DRAFT, id_no="", warnings=("id_missing",), sex="男")
    accepted, desk = importing(EMPTY, one, replace(one, sex="女", row=4))
    assert len(desk.persons) == 2
    assert (4, "name", "namesake", "warning") in codes(accepted)


def test_another_sex_under_one_sound_number_is_said_and_not_taken() -> None:
    _, desk = importing(EMPTY, replace(DRAFT, sex="女"))
    accepted, desk = importing(desk, replace(DRAFT, sex="男"))
    assert desk.persons[1].sex == "女"
    assert [(row.code, row.text) for row in rows_of(accepted)] == [("unit_unknown", ""), ("sex_differs", "女 / 男")]


def test_two_rows_without_any_evidence_are_two_people_and_the_same_sheet_adds_nobody() -> None:
    rows = (replace(NOBODY, note="45岁"), replace(NOBODY, note="12岁", row=4))
    accepted, desk = importing(EMPTY, *rows)
    assert sorted(each.note for each in desk.persons.values()) == ["12岁", "45岁"]
    assert (4, "name", "namesake", "warning") in codes(accepted)
    again, _ = importing(desk, *rows)
    assert again.changes == () and counts(again)["duplicates"] == 2
    _, desk = importing(EMPTY, NOBODY, replace(NOBODY, row=4))
    assert len(desk.persons) == 2
    assert importing(desk, NOBODY, replace(NOBODY, row=4))[0].changes == ()


def test_a_doubtful_number_takes_no_sound_ones_place() -> None:
    _, desk = importing(EMPTY, DRAFT)
    _, desk = importing(desk, replace(DRAFT, id_no="11010519491231", warnings=("id_length",)))
    assert [each.id_no for each in desk.persons.values()] == [DRAFT.id_no]
    assert desk.persons[1].warnings == ()


def test_a_word_that_nobody_understood_opens_what_nobody_had_answered() -> None:
    unread = with_facts(DRAFT, contact="unknown", case_status="unknown", sanfei="unknown")
    _, desk = importing(EMPTY, DRAFT)
    _, opened = importing(desk, unread)
    assert opened.persons[1].facts.contact == "unknown"
    _, later = importing(opened, DRAFT)
    assert later.persons[1].facts.contact == "unknown"
    _, known = importing(EMPTY, with_facts(DRAFT, contact="close"))
    assert importing(known, unread)[1].persons[1].facts.contact == "close"


def test_cells_as_written_stay_and_the_same_words_are_kept_once() -> None:
    cell = AsWritten(row=3, field="kind", heading="人员类别", text="外星人")
    _, desk = importing(EMPTY, replace(DRAFT, as_written=(cell,)))
    assert desk.persons[1].as_written == (cell,)
    again, _ = importing(desk, replace(DRAFT, row=9, as_written=(replace(cell, row=9),)))
    assert again.changes == ()
    _, more = importing(desk, replace(DRAFT, as_written=(replace(cell, text="火星人"),)))
    assert [each.text for each in more.persons[1].as_written] == ["外星人", "火星人"]


def test_an_arrival_and_a_sample_of_long_ago_are_noted_and_taken() -> None:
    facts = Facts(
        arrival_at=ARRIVED.replace(year=2020), pcr=PcrCert(sampled_at=datetime.fromisoformat("2020-06-01T08:00"))
    )
    accepted, desk = importing(EMPTY, PersonData(name="甲", id_no="11010519491231002X", facts=facts, row=3))
    assert desk.persons[1].facts.arrival_at == ARRIVED.replace(year=2020)
    far = [(row.column, row.text) for row in rows_of(accepted) if row.code == "date_far"]
    assert far == [("arrival_at", "2020-06-01"), ("sampled_at", "2020-06-01")]
