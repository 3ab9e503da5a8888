"""A record survives the journal unchanged, and a document that is none is refused with the field's name."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, get_args

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutyboard.rules.law.facts import Facts, Linked, PcrCert, Stay
from dutyboard.rules.records.codes import Room
from dutyboard.rules.records.effects import HIDDEN, earlier, put_back
from dutyboard.rules.records.model import (
    TABLES,
    AsWritten,
    Earlier,
    Ending,
    Entry,
    FieldJson,
    LastDay,
    PastStay,
    Person,
    Record,
    Shift,
    Site,
)
from dutyboard.rules.records.referral import Referral, ReferralAnswer
from dutyboard.rules.records.secrets import Hashed
from dutyboard.rules.records.stays import Lodging, Road
from dutyboard.rules.records.told import Telling, Unreadable
from dutyboard.rules.records.told.person import Transferred
from dutyboard.rules.records.told.post import Noted
from dutyboard.tui.link.records import RecordError, document, record
from tests.rules.desks import desk

CHINA = timezone(timedelta(hours=8))
INSTANT = datetime(2021, 6, 7, 19, 40, tzinfo=CHINA)

texts = st.text(max_size=4)
instants = st.datetimes(
    datetime.fromisoformat("2021-01-01"), datetime.fromisoformat("2030-01-01"), timezones=st.just(CHINA)
)
wall_times = st.datetimes(datetime.fromisoformat("2021-01-01"), datetime.fromisoformat("2022-01-01")).map(
    lambda t: t.replace(microsecond=0)
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
known_facts = st.builds(
    Facts,
    arrival_at=st.none() | wall_times,
    contact=st.sampled_from(["none", "close", "secondary"]),
    linked=st.none() | st.tuples(st.builds(Linked, id=st.text(), admitted_on=st.none() | st.dates())),
    stays=st.none() | st.just(()) | st.tuples(st.builds(Stay, place=st.text(), left_on=st.none() | st.dates())),
    pcr=st.none() | st.just("none") | st.builds(PcrCert, result=st.just("negative"), sampled_at=wall_times),
    arrival_pcr=st.none() | st.just("none"),
    temp_c=st.none() | st.floats(34, 43),
)


degrees = st.integers(34, 42) | st.floats(34, 42)
plain_by_type: dict[Any, st.SearchStrategy[Any]] = {
    datetime: instants,
    Mapping[str, Any]: st.dictionaries(st.text(max_size=5), json_values, max_size=3),
    Mapping[str, int | float]: st.dictionaries(st.text(max_size=5), degrees, max_size=3),
    int | float | None: st.none() | degrees,
    int: st.integers(0, 2**53),
    int | None: st.none() | st.integers(0, 2**53),
    Room | None: st.none() | st.integers(0, 2**53) | st.text(),
}


def told_of(kind: Any) -> st.SearchStrategy[Any]:
    held = {
        each.name: plain_by_type[each.type] if each.type in plain_by_type else st.from_type(each.type)
        for each in fields(kind)
    }
    return st.builds(kind, **held)


entries_told = st.one_of(*(told_of(kind) for kind in get_args(Telling)))


def befores() -> st.SearchStrategy[Any]:
    """What an act changed in a person or a site: any two records of it."""
    pairs = st.one_of(*(st.tuples(records_of(kind), records_of(kind)) for kind in (Person, Site)))
    return st.lists(pairs.map(lambda pair: change(*pair)), max_size=2).map(tuple)


def change(old: Person | Site, new: Person | Site) -> Earlier:
    (made,) = earlier(desk(old), [replace(new, id=old.id)])
    return made


def records_of(kind: type[Record]) -> st.SearchStrategy[Any]:
    ids = st.integers(0, 2**53)
    given_by_type: dict[Any, st.SearchStrategy[Any]] = {
        int: ids,
        int | None: st.none() | ids,
        tuple[int, ...]: st.lists(ids, max_size=2).map(tuple),
        datetime: instants,
        datetime | None: st.none() | instants,
        Facts: known_facts,
        Room: ids | texts,
        Room | None: st.none() | ids | texts,
        FieldJson: st.none() | st.booleans() | ids | degrees | texts | st.dictionaries(texts, texts, max_size=2),
    }
    held = {}
    for part in (AsWritten, LastDay, Ending, PastStay, Lodging, Road, ReferralAnswer, Referral, Hashed):
        made = {each.name: given_by_type.get(each.type, st.from_type(each.type)) for each in fields(part)}
        given_by_type |= {part: st.builds(part, **made), part | None: st.none() | st.builds(part, **made)}
        given_by_type[tuple[part, ...]] = st.lists(st.builds(part, **made), max_size=2).map(tuple)  # type: ignore[valid-type]
    for each in fields(kind):
        if each.name == "figures":
            held[each.name] = st.dictionaries(st.text(max_size=8), st.integers(0, 999), max_size=4)
        elif each.name == "more":  # no key that a class of `rules.records.told` has
            held[each.name] = st.dictionaries(st.integers(0, 99).map("new_{}".format), json_values, max_size=4)
        elif each.name == "told" and kind is Entry:
            held[each.name] = entries_told
        elif each.name == "rooms":
            held[each.name] = ids | st.lists(st.text(max_size=4), max_size=3).map(tuple)
        elif each.name == "fields":
            held[each.name] = st.dictionaries(texts, texts, max_size=3)
        elif each.name == "before":
            held[each.name] = befores()
        elif each.name == "assessment":
            held[each.name] = st.none()
        else:
            known = given_by_type.get(each.type)
            held[each.name] = st.from_type(each.type) if known is None else known
    return st.builds(kind, **held)


@pytest.mark.parametrize("table", TABLES)
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_record_survives_the_journal(table: str, data: st.DataObject) -> None:
    made = data.draw(records_of(TABLES[table]))
    line = orjson.dumps(document(made))
    assert record(table, made.id, orjson.loads(line)) == made


@given(old=records_of(Person), new=records_of(Person))
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_changed_record_is_put_back(old: Person, new: Person) -> None:
    """All but ID number and phone, of which an entry holds no more than that one was empty."""
    new = replace(new, id=old.id)
    (before,) = earlier(desk(old), [new])
    hidden = {name: getattr(old, name) for name in HIDDEN if getattr(old, name)}
    kept = replace(put_back(new, before), **hidden)
    for each in fields(Person):
        was, now = getattr(old, each.name), getattr(kept, each.name)
        assert set(was) == set(now) if isinstance(was, tuple) and isinstance(now, tuple) else was == now, each.name
    assert not ({"id_no", "phone"} & {*before.gone, *before.come})
    assert {before.values.get(each, "") for each in ("id_no", "phone")} == {""}


def test_a_document_holds_only_what_was_stated() -> None:
    person = Person(
        id=12, name="甲", registered_at=INSTANT, facts=Facts(arrival_at=datetime.fromisoformat("2021-06-06T12:00"))
    )
    assert document(person) == {
        "name": "甲",
        "registered_at": "2021-06-07T19:40:00+08:00",
        "facts": {
            "arrival_at": "2021-06-06T12:00",
            "case_status": "none",
            "contact": "none",
            "home7_done_elsewhere": False,
            "macau_rebound": False,
            "sanfei": "no",
            "tests": [],
        },
    }


@pytest.mark.parametrize(
    ("table", "held", "path"),
    [
        ("persons", {"name": 7, "registered_at": "2021-06-07T19:40:00+08:00"}, "name"),
        ("persons", {"name": "甲", "registered_at": "2021-06-07T19:40:00"}, "registered_at"),
        ("persons", {"name": "甲"}, "persons"),
        ("persons", {"name": "甲", "registered_at": "2021-06-07T19:40:00+08:00", "phon": "1"}, "phon"),
        ("persons", {"name": "甲", "registered_at": "2021-06-07T19:40:00+08:00", "stage": "lost"}, "stage"),
        (
            "persons",
            {"name": "甲", "registered_at": "2021-06-07T19:40:00+08:00", "facts": {"contact": "no"}},
            "facts.contact",
        ),
        ("people", {"name": "甲"}, "people"),
    ],
)
def test_a_document_that_is_no_record_is_refused_by_field(table: str, held: dict[str, Any], path: str) -> None:
    with pytest.raises(RecordError) as error:
        record(table, 3, held)
    assert (error.value.table, error.value.record_id, error.value.path) == (table, 3, path)


def test_an_error_never_repeats_the_value() -> None:
    held = {"name": "甲", "registered_at": "2021-06-07T19:40:00+08:00", "stage": "432503198112212943"}
    with pytest.raises(RecordError) as error:
        record("persons", 3, held)
    assert "432503198112212943" not in str(error.value)


def test_an_instant_without_offset_is_not_written() -> None:
    entry = Entry(
        id=1,
        told=Noted(),
        happened_at=datetime.fromisoformat("2021-06-07"),
        entered_at=INSTANT,
        entered_by=1,
        login="zhang",
    )
    with pytest.raises(RecordError, match="happened_at"):
        document(entry)


def test_days_and_instants_keep_their_kind() -> None:
    shift = Shift(id=1, seat="officer", officer_id=2, starts=INSTANT, ends=INSTANT + timedelta(hours=12))
    person = Person(id=1, name="甲", registered_at=INSTANT, admitted_on=date(2021, 6, 7))
    assert document(shift)["ends"] == "2021-06-08T07:40:00+08:00"
    assert document(person)["admitted_on"] == "2021-06-07"


TOLD_ALL: dict[str, Any] = {
    "vehicle": "湘K12345",
    "driver": "赵师傅",
    "received_by": "周涛",
    "left_at": "2021-06-07T19:00:00+08:00",
    "arrived_at": "2021-06-07T19:40:00+08:00",
    "site_id": None,
    "room": None,
}


@pytest.mark.parametrize(
    ("data", "read", "more"),
    [
        (TOLD_ALL, Transferred, {}),
        ({**TOLD_ALL, "seals": ["A1", "A2"]}, Transferred, {"seals": ["A1", "A2"]}),
        ({**TOLD_ALL, "room": ["A栋301"]}, Unreadable, {**TOLD_ALL, "room": ["A栋301"]}),
        ({"vehicle": "湘K12345"}, Unreadable, {"vehicle": "湘K12345"}),
        ({}, Unreadable, {}),
    ],
)
def test_what_another_version_told_is_read_as_far_as_it_goes_and_never_lost(
    data: dict[str, Any], read: type, more: dict[str, Any]
) -> None:
    held = {
        "kind": "transfer",
        "happened_at": "2021-06-07T19:40:00+08:00",
        "entered_at": "2021-06-07T19:40:00+08:00",
        "entered_by": 1,
        "login": "zhang",
        **({"data": data} if data else {}),
    }
    made = record("entries", 3, held)
    assert isinstance(made, Entry)
    assert (type(made.told), made.kind, dict(made.more)) == (read, "transfer", more)
    assert orjson.dumps(document(made)) == orjson.dumps(held)
