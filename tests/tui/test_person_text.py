"""People read straight from their JSON are those read by way of a document, or are left to that way."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutyboard.rules.law.facts import ArrivalPcr, Facts, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.records.model import Assessment, Person
from dutyboard.tui.link.person_text import person_read
from dutyboard.tui.link.records import RecordError, document, record
from tests.bench.rules_obligations import crowd
from tests.tui.test_records import INSTANT, instants, known_facts, records_of

MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
days = st.none() | st.dates()
whole_facts = st.builds(
    lambda facts, **more: Facts(**{each.name: getattr(facts, each.name) for each in fields(Facts)} | more),
    known_facts,
    isolation_days_done=st.none() | st.integers(0, 30),
    no_arrival=st.just(False),
    vaccinated=st.sampled_from([None, "yes", "unknown"]),
    tests=st.lists(st.builds(Sample, day=st.none() | st.integers(0, 21), sampled_on=days, late=st.booleans())).map(
        tuple
    ),
    arrival_pcr=st.none() | st.just("none") | st.builds(ArrivalPcr, sampled_on=days, result_on=days),
)
assessments = st.builds(Assessment, decision=st.sampled_from(["decide", "refer"]), by=st.integers(0, 9), at=instants)
people = st.builds(
    lambda person, facts, assessment: Person(
        **{each.name: getattr(person, each.name) for each in fields(Person)}
        | {"facts": facts, "assessment": assessment}
    ),
    records_of(Person),
    whole_facts,
    st.none() | assessments,
)
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 1.0, 37, 37.5, 1e300, "", "none", "unknown", "refer", [], {}, [[]], [{}], {"a": 1}),
    *("2021-06-07", "2021-6-7", "２０２１-06-07", "2021-06-07T10:30", "2021-06-07T10:30:00", "2021-06-07 10:30"),
    *("2021-06-07T10:30:00Z", "2021-06-07T10:30:00+08:00", "2021-06-07T24:00", "2021-06-07T10:30:00.5", "2021-02-30"),
    *("2021-06-07T10:30\n", "2021-06-07\n", 2**60, "lost", {"result": None}, {"result": "negative", "day": 1}),
)

TOLD: dict[str, Any] = {
    "name": "甲",
    "registered_at": "2021-06-07T19:40:00+08:00",
    "room": 3,
    "warnings": [],
    "assessment": {
        **dict.fromkeys(("clause", "first_place", "provisional", "refer_reason")),
        "notice": "a",
        "decision": "decide",
        "also": [],
        "by": 1,
        "at": "2021-06-07T19:40:00+08:00",
    },
    "facts": {
        "arrival_at": "2021-06-07T10:30",
        "admitted_on": "2021-06-07",
        "isolation_days_done": 3,
        "contact": "close",
        "temp_c": 36.5,
        "macau_rebound": False,
        "stays": [{"place": "乙", "left_on": "2021-06-06", "category": "low"}],
        "linked": [{"id": "person-3", "state": "unknown"}],
        "pcr": {"result": "negative", "sampled_at": "2021-06-06T10:30"},
        "arrival_pcr": None,
        "tests": [{"type": "pcr", "day": 1, "late": False}],
    },
}


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place of a document: what holds it, and its key there."""
    pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    for key, inner in pairs:
        yield value, key
        if isinstance(inner, dict | list):
            yield from places(inner)


def by_document(text: bytes) -> Person | None:
    """Return the person of a text as the document has it; None: it is none."""
    try:
        read = record("persons", 7, orjson.loads(text))
    except RecordError:
        return None
    assert isinstance(read, Person)
    return read


@given(people)
@MANY
def test_everybody_who_is_read_at_once_is_the_same(person: Person) -> None:
    text = orjson.dumps(document(person))
    read = person_read(7, text)
    assert read is None or (read, repr(read)) == (by_document(text), repr(by_document(text)))


def odd() -> Iterator[dict[str, Any]]:
    """Yield the document of somebody of whom much is told, each time with something else in one place of it."""
    names = {each.name for kind in (Person, Facts, Sample, Stay) for each in fields(kind)} | {"unheard"}
    for number, (inside, key) in enumerate(places(TOLD)):
        for value in ODD:
            yield put(TOLD, number, key, value)
        if isinstance(inside, dict):
            yield put(TOLD, number, key)
            if key == next(iter(inside)):
                yield from (put(TOLD, number, name, value) for name in names - set(inside) for value in ODD)


def put(held: dict[str, Any], number: int, key: Any, *value: Any) -> dict[str, Any]:
    """Return a copy of a document with a value under a key of what holds its place of this number; else without it."""
    copied: dict[str, Any] = orjson.loads(orjson.dumps(held))
    inside, _ = list(places(copied))[number]
    if value:
        inside[key] = value[0]
    else:
        del inside[key]
    return copied


def test_whatever_stands_in_a_text_is_read_alike_or_left() -> None:
    for held in odd():
        text = orjson.dumps(held)
        read = person_read(7, text)
        assert read is None or repr(read) == repr(by_document(text)), held


def test_a_whole_desk_is_read_at_once() -> None:
    persons = crowd(60).persons
    texts = {number: orjson.dumps(document(person)) for number, person in persons.items()}
    assert {number: person_read(number, text) for number, text in texts.items()} == persons


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b'{"name":"A"}', b'{"name":"\xff","registered_at":1}'])
def test_what_is_no_person_is_left(text: bytes) -> None:
    assert person_read(7, text) is None


def test_who_was_referred_in_the_former_way_is_left_to_the_document() -> None:
    held = {
        "name": "A",
        "registered_at": INSTANT.isoformat(),
        "stage": "referred",
        "assessment": {
            **dict.fromkeys(("clause", "first_place", "provisional", "refer_reason")),
            "notice": "a",
            "decision": "refer",
            "also": [],
            "by": 1,
            "at": INSTANT.isoformat(),
        },
    }
    text = orjson.dumps(held)
    assert person_read(7, text) is None
    person = by_document(text)
    assert person is not None and person.referral is not None
