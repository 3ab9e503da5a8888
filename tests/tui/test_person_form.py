"""A form of a person, read into its data and back: nothing untouched is rewritten, nothing unreadable is a fact."""
# ruff: noqa: DTZ001 - facts are wall-clock times

from datetime import UTC, date, datetime

import pytest

from dutyboard.rules.law.facts import ArrivalPcr, Facts, Linked, PcrCert, Stay
from dutyboard.rules.records.model import Person
from dutyboard.tui.person_fields import FIELDS, FieldId
from dutyboard.tui.views.person.form import follow, id_tells, typing, values_of

NOW = datetime(2021, 6, 7, 19, 40)
REGISTERED = datetime(2021, 6, 7, 11, 0, tzinfo=UTC)

FULL = Person(
    id=7,
    name="郑小满",
    sex="女",
    id_no="11010519491231002X",
    phone="13800000001",
    address="蓝田街道某村3组",
    origin="广东省广州市荔湾区白鹤洞街道",
    travel="自驾",
    note="独居",
    officer_name="李倩",
    found_by="grid",
    registered_at=REGISTERED,
    facts=Facts(
        arrival_at=datetime(2021, 6, 7, 10, 30),
        contact="secondary",
        last_exposure_on=date(2021, 6, 3),
        linked=(Linked(id="person-3", state="quarantined_negative", admitted_on=date(2021, 6, 6)),),
        border="none",
        isolation_days_done=7,
        isolation_proof="no",
        foreign_14d="unknown",
        home7_done_elsewhere=True,
        stays=(
            Stay(place="广东省广州市荔湾区白鹤洞街道", category="high", left_on=date(2021, 6, 5), code="440103"),
            Stay(place="广东省佛山市禅城区", left_on=date(2021, 6, 1), code="440604", basis="named_in_section_two"),
        ),
        release_cert="no",
        pcr=PcrCert(result="negative", sampled_at=datetime(2021, 6, 5, 9, 0)),
        arrival_pcr=ArrivalPcr(sampled_on=date(2021, 6, 7), result="pending"),
        investigation="pending",
        health_code="yellow",
        travel_card="green",
        symptoms="none",
        temp_c=36.5,
        vaccinated="yes",
        assessed_on=date(2021, 6, 7),
        macau_rebound=True,
    ),
)


def filled(**typed: str) -> dict[FieldId, str]:
    values: dict[FieldId, str] = {field.id: "" for field in FIELDS}
    return values | typed  # type: ignore[return-value,operator]


def test_a_form_that_nobody_touched_changes_no_fact() -> None:
    read = typing(values_of(FULL), FULL, NOW)
    assert read.problems == {}
    assert read.data.facts == FULL.facts
    assert (read.data.name, read.data.origin, read.data.note) == (FULL.name, FULL.origin, FULL.note)
    assert read.data.found_by == FULL.found_by


def test_how_he_was_found_is_one_of_the_answers_or_not_said() -> None:
    assert typing(filled(name="甲"), None, NOW).data.found_by == ""
    assert typing(filled(name="甲", found_by="himself"), None, NOW).data.found_by == "himself"
    read = typing(filled(name="甲", found_by="听说"), None, NOW)
    assert (read.data.found_by, read.problems) == ("", {"found_by": "unread_choice"})


def test_one_answer_changes_one_fact() -> None:
    read = typing({**values_of(FULL), "health_code": "red"}, FULL, NOW)
    assert read.data.facts.health_code == "red"
    assert read.data.facts.stays == FULL.facts.stays
    assert read.data.facts.macau_rebound is True


def test_an_empty_form_says_nothing_of_anybody() -> None:
    read = typing(filled(name="甲"), None, NOW)
    assert read.data.facts == Facts()


def test_a_phoned_in_arrival_becomes_a_stay_and_a_time() -> None:
    read = typing(
        filled(name="李 四", phone="１３８００００１１１１", origin="广州荔湾区", left_on="6-5", arrival_at="6-7 1430"),
        None,
        NOW,
    )
    assert read.data.name == "李四"
    assert read.data.phone == "13800001111"
    facts = read.data.facts
    assert facts.stays == (Stay(place="广州荔湾区", code="440103", left_on=date(2021, 6, 5)),)
    assert (facts.arrival_at, facts.arrival_hour_unknown) == (datetime(2021, 6, 7, 14, 30), False)


@pytest.mark.parametrize("said", ["无", "本地居民", "本地", "none"])
def test_a_local_resident_has_no_arrival(said: str) -> None:
    read = typing(filled(name="甲", arrival_at=said), None, NOW)
    assert (read.problems, read.data.facts.no_arrival, read.data.facts.arrival_at) == ({}, True, None)
    person = Person(id=1, name="甲", registered_at=REGISTERED, facts=read.data.facts)
    shown = values_of(person)
    assert shown["arrival_at"] == "无"
    again = typing({**shown, "arrival_at": "6-7 1030"}, person, NOW).data.facts
    assert (again.no_arrival, again.arrival_at) == (False, datetime(2021, 6, 7, 10, 30))


def test_an_arrival_by_its_date_alone_has_no_hour() -> None:
    facts = typing(filled(name="甲", arrival_at="6-7"), None, NOW).data.facts
    assert (facts.arrival_at, facts.arrival_hour_unknown) == (datetime(2021, 6, 7), True)


def test_nowhere_else_is_an_answer_and_blank_is_none() -> None:
    assert typing(filled(name="甲", origin="无"), None, NOW).data.facts.stays == ()
    assert typing(filled(name="甲"), None, NOW).data.facts.stays is None


def test_from_abroad_is_a_border_and_no_stay() -> None:
    values = filled(name="甲", origin="香港九龙")
    values |= follow(values, "origin")
    facts = typing(values, None, NOW).data.facts
    assert facts.border == "hongkong"
    assert facts.stays is None


def test_a_stay_after_an_entry_from_abroad_survives_its_form() -> None:
    values = filled(name="甲", origin="香港九龙", border="hongkong", other_stays="深圳市南山区 6-3")
    facts = typing(values, None, NOW).data.facts
    record = Person(id=1, name="甲", origin="香港九龙", facts=facts, registered_at=REGISTERED)
    assert facts.stays == (Stay(place="深圳市南山区", code="440305", left_on=date(2021, 6, 3)),)
    assert values_of(record)["other_stays"] == "深圳市南山区 2021-06-03"
    assert typing({**values_of(record), "note": "x"}, record, NOW).data.facts == facts


def test_an_id_tells_sex_birth_and_county_and_warns_of_a_wrong_digit() -> None:
    assert follow(filled(id_no="11010519491231002X"), "id_no") == {"sex": "女"}
    born, county, warning = id_tells("11010519491231002X")
    assert (born, warning) == (date(1949, 12, 31), None)
    assert county.startswith("北京市")
    assert id_tells("110105194912310020")[2] == "id_check_digit"
    assert typing(filled(name="甲", id_no="110105194912310020"), None, NOW).data.warnings == (
        "id_check_digit",
        "phone_missing",
    )


def test_what_cannot_be_read_is_a_problem_of_its_field_and_no_fact() -> None:
    read = typing(
        filled(name="甲", arrival_at="下周", left_on="6-31", temp_c="热", isolation_days_done="两周", health_code="蓝"),
        None,
        NOW,
    )
    assert read.problems == {
        "arrival_at": "unread_time",
        "temp_c": "unread_number",
        "isolation_days_done": "unread_number",
        "health_code": "unread_choice",
        "left_on": "unread_day",
    }
    assert read.data.facts == Facts(stays=None)


def test_who_came_from_abroad_can_say_that_he_stayed_nowhere_else() -> None:
    silent = typing(filled(name="甲", origin="澳门"), None, NOW).data
    assert silent.facts.stays is None  # nobody asked
    asked = typing(filled(name="甲", origin="澳门", other_stays="无"), None, NOW).data
    assert asked.facts.stays == ()
    person = Person(id=9, name="甲", origin="澳门", facts=asked.facts, registered_at=REGISTERED)
    assert values_of(person)["other_stays"] == "无"
    assert typing(values_of(person), person, NOW).data.facts == asked.facts


def test_a_temperature_may_lose_its_point() -> None:
    assert typing(filled(name="甲", temp_c="375"), None, NOW).data.facts.temp_c == 37.5
    assert typing(filled(name="甲", temp_c="37.5"), None, NOW).data.facts.temp_c == 37.5


def test_no_certificate_said_aloud_is_not_the_same_as_not_asked() -> None:
    assert typing(filled(name="甲", pcr="none"), None, NOW).data.facts.pcr == "none"
    assert typing(filled(name="甲"), None, NOW).data.facts.pcr is None


def test_every_digit_of_a_choice_stands_for_one_answer() -> None:
    for field in FIELDS:
        assert len(field.keys) == len(field.choices)
        assert field.keys.get("0", "unknown") == "unknown"
