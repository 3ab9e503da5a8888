"""Texts about whoever is looked after: contact, companions, illness. None is lost, mixed or named twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.duties.worse import tells_otherwise, worsened
from dutyboard.rules.people.contacts import Bearers, companions_told, named_by
from dutyboard.rules.people.identity import EMERGENCY, NONE_OF_IT, things, with_more
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.model import Assessment, Ending, Person
from dutyboard.rules.records.texts import LONGEST
from tests.rules.desks import t
from tests.rules.duties.test_arrivals import DRAFT, EMPTY, importing, rows_of

NOW = t("19:40")
FEVER_C = 37.3
ASSESSED = Assessment(
    notice="lianyuan-2021-07",
    decision="decide",
    clause="3.5",
    also=(),
    first_place="site",
    provisional=None,
    refer_reason=None,
    by=1,
    at=NOW,
)
SAID = st.lists(st.sampled_from(["高血压", "糖尿病", "哮喘", "无"]), max_size=4).map("、".join)


def known(number: int = 1, name: str = "张三", **fields: str) -> Person:
    return Person(id=number, name=name, registered_at=NOW, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "told", "after"),
    [
        ("", "高血压", "高血压"),
        ("高血压", "", "高血压"),
        ("高血压", "糖尿病", "高血压、糖尿病"),
        ("高血压，糖尿病", "糖尿病、高血压", "高血压，糖尿病"),
        ("高血压", "无", "高血压"),
        ("无", "糖尿病", "糖尿病"),
        ("无", "没有", "无"),
        ("高" * LONGEST, "糖尿病", "高" * LONGEST),
    ],
)
def test_a_newer_word_adds_things_and_takes_none_away(before: str, told: str, after: str) -> None:
    assert with_more(before, told) == after


@given(SAID, SAID)
def test_no_thing_is_lost_and_a_word_said_again_changes_nothing(before: str, told: str) -> None:
    after = with_more(before, told)
    wanted = {each for each in (*things(before), *things(told)) if each not in NONE_OF_IT}
    assert wanted <= set(things(after))
    assert with_more(after, told) == after


@pytest.mark.parametrize(
    ("before", "told", "after"),
    [
        (("王五", "13800000001"), ("赵六", "13800000002"), None),
        (("王五", "13800000001"), ("赵六", ""), None),
        (("王五", "13800000001"), ("", "13800000002"), None),
        (("王五", ""), ("", "13800000002"), ("王五", "13800000002")),
        (("", "13800000001"), ("王五", ""), ("王五", "13800000001")),
        (("王五", "13800000001"), ("王 五", ""), ("王五", "13800000001")),
        (("王五", "13800000001"), ("", ""), ("王五", "13800000001")),
    ],
)
def test_a_phone_stays_with_the_contact_whose_it_is(
    before: tuple[str, str], told: tuple[str, str], after: tuple[str, str] | None
) -> None:
    """`after` None: another contact or phone is told, which is an officer's to settle."""
    person = known(emergency_name=before[0], emergency_phone=before[1])
    data = PersonData(name="张三", emergency_name=told[0], emergency_phone=told[1])
    now = worsened(person, data, FEVER_C)
    assert (now.emergency_name, now.emergency_phone) == (after or before)
    said = [key for key in EMERGENCY if getattr(data, key)]
    assert any(tells_otherwise(now, data, key, FEVER_C) for key in said) == (after is None)
    for settled in EMERGENCY:
        assert getattr(worsened(person, data, FEVER_C, (settled,)), settled) == getattr(person, settled)


def test_the_fields_of_a_sheet_come_once_however_often_it_is_sent() -> None:
    told = replace(
        DRAFT,
        emergency_name="王五",
        emergency_phone="13800000001",
        companions="赵六",
        vehicle="G6078",
        seat_no="05车12F",
        workplace="某厂",
        illness="高血压",
        medicine="降压药",
        special_need="行动不便",
        nation="苗族",
    )
    _, desk = importing(EMPTY, told)
    _, again = importing(desk, told)
    assert again.persons == desk.persons
    (person,) = desk.persons.values()
    assert (person.emergency_phone, person.vehicle, person.nation) == ("13800000001", "G6078", "苗族")
    _, more = importing(desk, replace(told, companions="钱七、赵六", seat_no="", row=4))
    assert (more.persons[1].companions, more.persons[1].seat_no) == ("赵六、钱七", "05车12F")


PEOPLE = (
    known(1, "张三"),
    known(2, "赵六"),
    known(3, "阿卜·买买提"),
    known(4, "李四"),
    known(5, "李四"),
    known(6, "John Smith"),
    replace(known(7, "误登"), end=Ending(how="voided", at=NOW)),
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("无", []),
        ("赵六", [("赵六", [2])]),
        ("赵 六（妻子）13800000001、孙八", [("赵 六", [2]), ("孙八", [])]),
        ("赵六（妻子）13800000001、孙八", [("赵六", [2]), ("孙八", [])]),
        ("赵六 孙八", [("赵六", [2]), ("孙八", [])]),
        ("阿卜买买提;john smith", [("阿卜买买提", [3]), ("john smith", [6])]),
        ("李四", [("李四", [4, 5])]),
        ("person-5，赵六，赵六", [("person-5", [5]), ("赵六", [2])]),
        ("张三、误登、person-99", [("张三", []), ("误登", []), ("person-99", [])]),
    ],
)
def test_a_companion_is_who_the_desk_knows_by_that_name(text: str, told: list[tuple[str, list[int]]]) -> None:
    found = companions_told(text, Bearers(PEOPLE), 1)
    assert [(each.name, [one.id for one in each.known]) for each in found] == told


def test_who_names_somebody_is_found_from_the_other_side() -> None:
    one, other = replace(PEOPLE[0], companions="赵六、李四"), replace(PEOPLE[5], companions="person-4")
    people = (one, other, *PEOPLE[1:5])
    assert named_by(PEOPLE[1], people) == (one,)
    assert named_by(PEOPLE[3], people) == (other,), "by his number; two bear his name"
    assert named_by(PEOPLE[4], people) == ()


def test_a_companion_of_whom_there_is_no_record_is_said_wherever_his_row_stands() -> None:
    told = replace(DRAFT, companions="李四、赵六", row=3)
    accepted, _ = importing(EMPTY, told, replace(DRAFT, name="李四", id_no="", phone="13800001543", row=4))
    said = [(each.row, each.column, each.text) for each in rows_of(accepted) if each.code == "companion_unknown"]
    assert said == [(3, "companions", "赵六")]


def test_of_somebody_assessed_a_sheet_adds_what_care_needs_and_puts_nothing_in_place_of_it() -> None:
    told = replace(DRAFT, illness="高血压", workplace="某厂", emergency_name="王五", address="蓝田街道1号")
    _, desk = importing(EMPTY, told)
    assessed = replace(desk.persons[1], assessment=ASSESSED, stage="site")
    desk = desk.applied(desk.seq, [assessed])
    news = replace(
        told, illness="糖尿病", workplace="别厂", nation="苗族", emergency_name="赵六", emergency_phone="13800000002"
    )
    _, after = importing(desk, replace(news, address="伏口镇2号"))
    person = after.persons[1]
    assert (person.illness, person.workplace, person.nation) == ("高血压、糖尿病", "某厂", "苗族")
    assert (person.emergency_name, person.emergency_phone, person.address) == ("王五", "", "蓝田街道1号")
    assert {"workplace", "address", "emergency_name"} <= {each.field for each in after.contradictions.values()}
    _, again = importing(after, replace(news, address="伏口镇2号"))
    assert again.persons == after.persons
