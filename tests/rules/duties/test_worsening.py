"""A sheet adds and worsens, and never quietly undoes. Whatever it tells otherwise is shown, once."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.decide import decide
from dutyboard.rules.duties.worse import (
    ALONE,
    FEWER_IS_WORSE,
    HIGHER_IS_WORSE,
    KEYS,
    LATER_IS_WORSE,
    MILDEST_FIRST,
    RESULTS,
    SAMPLES,
    SEVERAL_OF_THEM,
    said_in,
    standing,
    tells_otherwise,
    value_of,
    with_value,
)
from dutyboard.rules.law.facts import OF_ARRIVAL, Facts, PcrCert, Stay, words_of
from dutyboard.rules.people.identity import IDENTITY
from dutyboard.rules.records.commands.person import Correct, PersonData, Settle
from dutyboard.rules.records.model import Assessment, Person
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.records.unlike import contradictions_of
from tests.rules.desks import ADMIN
from tests.rules.desks import desk as new_desk
from tests.rules.desks import person as a_person
from tests.rules.duties.test_arrivals import ARRIVED, DRAFT, NOW, counts, importing, rows_of, with_facts
from tests.shares import SHARES

FEVER_C = 37.3
EMPTY = new_desk()
LATER = NOW + timedelta(minutes=5)


def changes(accepted: Accepted) -> list[tuple[str, Any, Any]]:
    assert isinstance(accepted.outcome, ImportTally)
    return [(each.field, each.old, each.new) for each in accepted.outcome.changes]


def shown(accepted: Accepted) -> list[tuple[str, Any, Any]]:
    assert isinstance(accepted.outcome, ImportTally)
    return [(each.field, each.stands, each.other) for each in accepted.outcome.contradictions]


def open_ones(desk: Snapshot) -> list[tuple[str, Any]]:
    return [(each.field, each.other) for person in desk.persons.values() for each in contradictions_of(person, desk)]


def act(desk: Snapshot, command: Any) -> Snapshot:
    answer = decide(command, desk, LATER, ADMIN)
    assert not isinstance(answer, Refusal), answer
    return desk.applied(desk.seq + 1, answer.changes)


def test_each_fact_has_its_order_of_worse() -> None:
    tables = (MILDEST_FIRST, LATER_IS_WORSE, FEWER_IS_WORSE, HIGHER_IS_WORSE, SAMPLES, SEVERAL_OF_THEM, ALONE)
    named = [key for table in tables for key in table]
    assert sorted(named) == sorted(each.name for each in fields(Facts) if each.name not in OF_ARRIVAL)


@pytest.mark.parametrize("key", MILDEST_FIRST)
def test_an_order_holds_each_word_of_its_fact(key: str) -> None:
    order = MILDEST_FIRST[key]
    if isinstance(order[0], bool):
        assert set(order) == {True, False}
    else:
        assert set(words_of(key)) - {"unknown"} == set(order) - {"unknown"}


POSITIVE = PcrCert(result="positive", sampled_at=datetime.fromisoformat("2021-06-03T08:00"))
NEGATIVE = PcrCert(result="negative", sampled_at=datetime.fromisoformat("2021-06-01T08:00"))
MILD = {"pcr": NEGATIVE, "health_code": "green", "symptoms": "none", "temp_c": 36.5, "travel_card": "green"}
BAD = {"pcr": POSITIVE, "health_code": "red", "symptoms": "present", "temp_c": 38.4, "travel_card": "red"}


def test_what_is_worse_is_taken_with_both_values() -> None:
    _, desk = importing(EMPTY, with_facts(DRAFT, **MILD))
    accepted, desk = importing(desk, with_facts(DRAFT, **BAD, contact="close", sanfei="yes", case_status="suspected"))
    told = {field: (old, new) for field, old, new in changes(accepted)}
    assert told["health_code"] == ("green", "red")
    assert told["temp_c"] == (36.5, 38.4)
    assert told["pcr"][0]["result"], told["pcr"][1]["result"] == ("negative", "positive")
    assert set(told) == {*BAD, "contact", "sanfei", "case_status"}
    assert {each.about for each in accepted.outcome.changes} == {"person-1"}  # type: ignore[union-attr]
    assert open_ones(desk) == []


def test_what_is_milder_is_left_to_an_officer_on_the_board() -> None:
    _, desk = importing(EMPTY, with_facts(DRAFT, **BAD))
    accepted, after = importing(desk, with_facts(replace(DRAFT, row=7, sheet="昨日"), **MILD))
    assert after.persons[1] == desk.persons[1]
    assert {(field, other) for field, _, other in shown(accepted) if field != "pcr"} == {
        (key, value) for key, value in MILD.items() if key != "pcr"
    }
    assert {(each.sheet, each.row) for each in contradictions_of(after.persons[1], after)} == {("昨日", 7)}
    assert counts(accepted) == {"accepted": 0, "updated": 1, "duplicates": 0, "rejected": 0}
    again, _ = importing(after, with_facts(replace(DRAFT, row=7, sheet="昨日"), **MILD))
    assert (again.changes, counts(again)["duplicates"]) == ((), 1)


def test_yesterdays_sheet_is_no_news_after_a_worse_one() -> None:
    _, desk = importing(EMPTY, with_facts(DRAFT, **MILD))
    _, desk = importing(desk, with_facts(DRAFT, **BAD))
    accepted, _ = importing(desk, with_facts(DRAFT, **MILD))
    assert accepted.changes == ()
    assert {(row.column, row.code) for row in rows_of(accepted) if row.code == "told_before"} == {
        (key, "told_before") for key in MILD
    }


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (replace(DRAFT, phone="13800009999"), "phone"),
        (replace(DRAFT, sex="女"), "sex"),
        (replace(DRAFT, name="章三"), "name"),
        (replace(DRAFT, address="湖南省涟源市金石镇2号"), "address"),
        (with_facts(DRAFT, arrival_at=ARRIVED + timedelta(days=2)), "arrival_at"),
        (with_facts(DRAFT, contact="secondary"), "contact"),
        (with_facts(DRAFT, pcr="none"), "pcr"),
    ],
)
def test_another_word_is_shown_beside_the_first_and_decided_once(told: PersonData, field: str) -> None:
    first = with_facts(replace(DRAFT, sex="男"), contact="close", pcr=NEGATIVE)
    _, desk = importing(EMPTY, first)
    accepted, desk = importing(desk, told)
    assert [each[0] for each in shown(accepted)] == [field]
    assert importing(desk, told, first)[0].changes == ()
    for other in (False, True):
        settled = act(desk, Settle(person_id=1, field=field, reason="已核实", other=other))
        assert open_ones(settled) == []
        assert importing(settled, told)[0].changes == ()
        assert importing(settled, first)[0].changes == ()


def test_texts_are_added_and_a_longer_one_stands() -> None:
    _, desk = importing(EMPTY, replace(DRAFT, note="乘大巴", address="蓝田街道1号"))
    accepted, desk = importing(desk, replace(DRAFT, note="同行两人", address="湖南省涟源市蓝田街道1号"))
    person = desk.persons[1]
    assert (person.note, person.address) == ("乘大巴;同行两人", "湖南省涟源市蓝田街道1号")
    assert {field for field, _, _ in changes(accepted)} == {"note", "address"}
    assert importing(desk, replace(DRAFT, note="乘大巴"))[0].changes == ()


def test_a_stay_keeps_its_level_and_another_day_is_one_more() -> None:
    level = (Stay(place="广州市荔湾区", left_on=date(2021, 5, 31), code="440103", category="high"),)
    _, desk = importing(EMPTY, with_facts(DRAFT, stays=level))
    _, desk = importing(desk, with_facts(DRAFT, stays=(replace(level[0], category=None),)))
    assert desk.persons[1].facts.stays == level
    _, desk = importing(desk, with_facts(DRAFT, stays=(Stay(place="广州市荔湾区", left_on=date(2021, 5, 20)),)))
    assert [each.left_on for each in desk.persons[1].facts.stays or ()] == [date(2021, 5, 31), date(2021, 5, 20)]


def test_a_sheet_that_contradicts_itself_keeps_the_worse_and_shows_the_other() -> None:
    rows = (with_facts(DRAFT, health_code="green"), with_facts(replace(DRAFT, row=4), health_code="red"))
    for order in (rows, rows[::-1]):
        accepted, desk = importing(EMPTY, *order)
        assert desk.persons[1].facts.health_code == "red"
        assert shown(accepted) == [("health_code", "red", "green")]
        assert importing(desk, *order)[0].changes == ()


# ---------------------------------------------------------------- any record, any row

MOMENTS = st.sampled_from([None, *(datetime.fromisoformat(f"2021-06-0{day}T08:00") for day in (1, 2, 5))])
CERTIFICATES = st.builds(
    PcrCert, result=st.sampled_from([None, "pending", "negative", "indeterminate", "positive"]), sampled_at=MOMENTS
)
STAYS = st.lists(
    st.builds(
        Stay,
        place=st.sampled_from(["广州", "深圳"]),
        left_on=st.sampled_from([None, date(2021, 5, 30), date(2021, 5, 31)]),
        category=st.sampled_from([None, None, "low", "high"]),
        code=st.sampled_from([None, "440100"]),
    ),
    max_size=2,
).map(tuple)
FACTS = st.builds(
    Facts,
    arrival_at=st.sampled_from([None, ARRIVED, ARRIVED + timedelta(days=1)]),
    case_status=st.sampled_from(["none", "unknown", "suspected", "confirmed"]),
    contact=st.sampled_from(["none", "unknown", "secondary", "unspecified", "close"]),
    sanfei=st.sampled_from(["no", "unknown", "yes"]),
    border=st.sampled_from([None, "none", "unknown", "hongkong", "foreign"]),
    release_cert=st.sampled_from([None, "unknown", "yes", "no"]),
    pcr=st.one_of(st.none(), st.just("none"), CERTIFICATES),
    health_code=st.sampled_from([None, "unknown", "none", "green", "yellow", "red"]),
    travel_card=st.sampled_from([None, "green", "orange", "red"]),
    symptoms=st.sampled_from([None, "unknown", "none", "present"]),
    temp_c=st.sampled_from([None, 36.4, 36.8, 37.3, 38.5]),
    stays=st.one_of(st.none(), STAYS),
)
# Namesakes with a sound number, a doubtful one and none, with a phone and without: a row of one may come to another's.
PEOPLE = {
    ("张三", "11010519491231002X", ()): ["", "13800001542", "13800009999"],
    ("章三", "11010519491231002X", ()): ["", "13800001542"],
    ("张三", "", ("id_missing",)): ["", "13800001542"],
    ("李四", "110105194912310038", ()): ["", "13800001542"],
    ("李四", "1101", ("id_length",)): ["", "13800001542"],
    ("李四", "", ("id_missing",)): ["", "13800001542"],
    ("王五", "1101", ("id_length",)): ["", "13800007777"],
    ("赵六", "", ("id_missing",)): ["13800008888"],
}


@st.composite
def rows(draw: st.DrawFn) -> PersonData:
    """Draw a row of a sheet: one of the people, with anything told of him."""
    name, id_no, warnings = who = draw(st.sampled_from(list(PEOPLE)))
    return PersonData(
        name=name,
        id_no=id_no,
        warnings=warnings,
        sex=draw(st.sampled_from(["", "男", "女"])) if id_no else "",
        phone=draw(st.sampled_from(PEOPLE[who])),
        address=draw(st.sampled_from(["", "蓝田街道1号", "涟源市蓝田街道1号", "金石镇"])),
        note=draw(st.sampled_from(["", "大巴", "两人"])),
        origin=draw(st.sampled_from(["", "广州", "深圳"])),
        facts=draw(FACTS),
        row=draw(st.integers(3, 40)),
    )


ROWS = rows()
SHEETS = st.lists(ROWS, min_size=1, max_size=4)
NUMBERED = ROWS.filter(lambda row: bool(row.id_no or row.phone))
"""Rows that more than words tell of somebody. Of two that only words tell, a renamed one is not known again."""


def rank(order: Iterable[Any], value: Any) -> int:
    return -1 if value is None else list(order).index(value)


def lowered(old: Person, new: Person) -> list[str]:
    """Return the risk facts of a record that are milder after a sheet."""
    found = []
    for key, order in MILDEST_FIRST.items():
        one, other = getattr(old.facts, key), getattr(new.facts, key)
        unknown = one == "unknown" and key not in ("case_status", "contact", "sanfei", "border")
        if one is not None and not unknown and rank(order, other) < rank(order, one):
            found.append(key)
    ranks = [RESULTS.index(each.facts.pcr.result) if isinstance(each.facts.pcr, PcrCert) else -1 for each in (old, new)]
    if ranks[1] < ranks[0]:
        found.append("pcr")
    if (old.facts.temp_c or 0) >= FEVER_C and (new.facts.temp_c or 0) < (old.facts.temp_c or 0):
        found.append("temp_c")
    for stay in old.facts.stays or ():
        same = [each for each in new.facts.stays or () if each.place == stay.place]
        if not any(stay.category in (None, each.category) for each in same):
            found.append("stays")
    blanked = [
        name for name in ("name", "sex", "phone", "address") if getattr(old, name) not in ("", getattr(new, name))
    ]
    return found + [name for name in blanked if name != "address"]


def unexplained(desk: Snapshot, rows: Iterable[PersonData], accepted: Accepted) -> list[str]:
    """Return what rows tell of a known person that is neither in his record, in `changes` nor in a contradiction."""
    assert isinstance(accepted.outcome, ImportTally)
    found = []
    for row in rows:
        mine = [each for each in desk.persons.values() if each.id_no == row.id_no and len(row.id_no) == 18]
        for person in mine[:1]:
            of_him = [each.field for each in desk.contradictions.values() if each.person_id == person.id]
            told = [each.field for each in accepted.outcome.changes if each.about == f"person-{person.id}"]
            found += [
                key
                for key in said_in(row)
                if tells_otherwise(person, row, key, FEVER_C) and key not in of_him and key not in told
            ]
    return found


EXAMPLES = SHARES["rules"]["importing"]["examples"] // 20


@settings(max_examples=EXAMPLES, deadline=None)
@given(SHEETS, SHEETS)
def test_no_sheet_lowers_a_risk_and_each_other_value_is_somewhere(one: list[PersonData], two: list[PersonData]) -> None:
    _, desk = importing(EMPTY, *one)
    accepted, after = importing(desk, *two)
    assert {number: lowered(old, after.persons[number]) for number, old in desk.persons.items()} == {
        number: [] for number in desk.persons
    }
    assert unexplained(after, two, accepted) == []
    again, _ = importing(after, *two)
    assert again.changes == ()
    yesterday, _ = importing(after, *one)
    assert yesterday.changes == ()


A = replace(DRAFT, name="李四", id_no="", phone="13800001542", warnings=("id_missing",), origin="", facts=Facts())
B = replace(A, id_no="110105194912310038", phone="", warnings=())
C = replace(A, id_no="1101", warnings=("id_length",))
DAY = Facts(arrival_at=ARRIVED)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # The second sheet gives one of two namesakes the phone of the other: each of the rows stays with whom it was.
        ([replace(A, note="两人"), B], [replace(B, phone=A.phone)]),
        ([replace(C, phone=""), replace(A, note="大巴")], [C]),
        # The second sheet changes what a row after it in the same sheet is recognised by.
        ([replace(B, phone=A.phone), with_facts(A, health_code="green")], [replace(B, facts=DAY), A]),
        # A doubtful number is known by what somebody was before, and a row with nothing else follows it.
        (
            [replace(B, facts=DAY), replace(B, phone=A.phone, facts=Facts(arrival_at=ARRIVED - timedelta(days=1)))],
            [replace(C, facts=Facts(arrival_at=ARRIVED - timedelta(days=1))), replace(C, phone="")],
        ),
    ],
)
def test_each_of_two_namesakes_keeps_his_rows_when_either_sheet_comes_again(
    one: list[PersonData], two: list[PersonData]
) -> None:
    _, desk = importing(EMPTY, *one)
    _, after = importing(desk, *two)
    assert importing(after, *two)[0].changes == ()
    assert importing(after, *one)[0].changes == ()


def test_a_row_of_no_number_is_known_again_after_somebody_got_a_phone() -> None:
    rows = [replace(A, phone="")] * 2
    _, desk = importing(EMPTY, *rows)
    assert len(desk.persons) == 2
    told = replace(A, phone="13800001542", warnings=("id_missing",))
    after = act(desk, Correct(person_id=1, person=told, reason="已核实"))
    assert importing(after, *rows)[0].changes == ()


ASSESSMENT = Assessment(
    notice="n",
    decision="decide",
    clause="3.7b",
    also=(),
    first_place="site",
    provisional=None,
    refer_reason=None,
    by=1,
    at=NOW,
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(SHEETS, SHEETS, st.booleans())
def test_of_somebody_assessed_nothing_is_lowered_and_nothing_lost(
    one: list[PersonData], two: list[PersonData], other: bool
) -> None:
    _, desk = importing(EMPTY, *one)
    desk = desk.applied(desk.seq + 1, [replace(each, assessment=ASSESSMENT) for each in desk.persons.values()])
    accepted, after = importing(desk, *two)
    assert [lowered(old, after.persons[number]) for number, old in desk.persons.items()] == [[] for _ in desk.persons]
    assert unexplained(after, two, accepted) == []
    assert importing(after, *two)[0].changes == ()
    settled = after
    for person in after.persons.values():
        for key in {each.field for each in contradictions_of(person, after)}:
            taken = other and key not in (*IDENTITY, "arrival_at")  # of those, a row may be another's afterwards
            settling = Settle(person_id=person.id, field=key, reason="已核实", other=taken)
            answer = decide(settling, settled, LATER, ADMIN)
            if isinstance(answer, Accepted):
                settled = settled.applied(settled.seq + 1, answer.changes)
    assert importing(settled, *two)[0].changes == ()


CORRECTED = ("name", "phone", "address", "origin", "note", *(name for name in KEYS if name not in IDENTITY))
"""Fields that an officer corrects in the property below."""


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(NUMBERED, min_size=1, max_size=4), ROWS, st.sets(st.sampled_from(CORRECTED), min_size=1, max_size=3))
def test_after_an_officers_correction_the_same_sheet_changes_nothing(
    rows: list[PersonData], said: PersonData, keys: set[str]
) -> None:
    _, desk = importing(EMPTY, *rows)
    person = corrected = desk.persons[min(desk.persons)]
    for key in keys:
        corrected = with_value(corrected, key, value_of(said, key))
    told = PersonData(
        **{name: getattr(corrected, name) for name in IDENTITY}, facts=corrected.facts, warnings=person.warnings
    )
    answer = decide(Correct(person_id=person.id, person=told, reason="已核实"), desk, LATER, ADMIN)
    if isinstance(answer, Refusal):
        return
    after = desk.applied(desk.seq + 1, answer.changes)
    assert importing(after, *rows)[0].changes == ()


@pytest.mark.parametrize(
    ("known", "told", "stands", "whole"),
    [
        # One sample: the laboratory has answered that it cannot be used, and nobody waits for it any longer.
        (("pending", 5), ("invalid", 5), ("invalid", 5), True),
        (("invalid", 5), ("pending", 5), ("invalid", 5), False),
        # A new swab after a failed one is what is awaited now; a failed one after it is what there is.
        (("invalid", 5), ("pending", 6), ("pending", 6), True),
        (("pending", 5), ("invalid", 6), ("invalid", 6), True),
        # Neither goes over a result that says something of him.
        (("negative", 5), ("pending", 6), ("negative", 5), False),
        (("positive", 5), ("invalid", 6), ("positive", 5), False),
    ],
)
def test_an_awaited_result_gives_way_to_one_that_failed_and_a_later_swab_to_neither(
    known: tuple[Any, int], told: tuple[Any, int], stands: tuple[Any, int], whole: bool
) -> None:
    def sample(result: Any, day: int) -> PcrCert:
        return PcrCert(result=result, sampled_at=datetime(2021, 6, day))  # noqa: DTZ001

    old = a_person(1, facts=Facts(pcr=sample(*known)))
    new = with_facts(DRAFT, pcr=sample(*told))
    assert standing(old, new, "pcr", 37.3) == (sample(*stands), whole)
