"""What two records of one person tell unlike: owed side by side until an officer decides it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from dutyboard.rules.closing import closed
from dutyboard.rules.law.facts import ArrivalPcr, Facts, facts_json, read_facts
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import Confirm, Correct, Merge, PersonData, Settle, Void
from dutyboard.rules.records.commands.sheets import ImportArrivals
from dutyboard.rules.records.model import Contradiction, Person
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import SampleRecorded
from dutyboard.rules.records.unlike import contradictions_of, sample_key
from tests.rules.desks import act, owed, refused, t
from tests.rules.duties.test_care import LEADER, sample
from tests.rules.duties.test_positive import carried_out
from tests.rules.duties.test_queue import facts_of, someone, the_desk
from tests.rules.test_closed import worked

LATER, AFTER = t("20:00"), t("21:00")
MERGE = Merge(person_id=2, into_id=1, reason="同一人", agreed=True)


def coded(number: int, code: str, **fields: Any) -> Person:
    return someone(number, "none", facts=facts_of("none", health_code=code), **fields)


def pair() -> Snapshot:
    """Two records of one person, with another code and another phone."""
    return the_desk(coded(1, "green", phone="19900000001"), coded(2, "yellow", phone="19900000002"))


def merged() -> Snapshot:
    return act(pair(), MERGE, LATER)


def row(snapshot: Snapshot, now: datetime = AFTER) -> Obligation | None:
    return next((each for each in owed(snapshot, now).values() if each.kind == "contradiction"), None)


def told(snapshot: Snapshot, **changed: Any) -> Correct:
    him = snapshot.persons[1]
    data = PersonData(name=him.name, phone=him.phone, unit_id=him.unit_id, facts=him.facts)
    return Correct(person_id=1, person=replace(data, **changed), reason="已核实")


def test_unlike_facts_are_owed_side_by_side_until_somebody_decides() -> None:
    snapshot = merged()
    found = row(snapshot)
    assert found is not None and set(found.unlike) == {"name", "phone", "health_code"}
    assert (found.subject_id, found.state, found.due) == ("person-1", "open", t("08:00", 8))
    late = row(snapshot, t("08:01", 8))
    assert late is not None and late.state == "late"
    sides = {each.field: each.other for each in contradictions_of(snapshot.persons[1], snapshot)}
    assert sides == {"name": "人员2", "phone": "19900000002", "health_code": "green"}
    assert snapshot.persons[1].facts.health_code == "yellow"
    assert {each.entry for each in snapshot.contradictions.values()} == {max(snapshot.entries)}


def test_each_is_decided_by_itself_and_then_nothing_is_owed() -> None:
    snapshot = merged()
    snapshot = act(snapshot, Settle(person_id=1, field="name", reason="身份证如此"), AFTER)
    snapshot = act(snapshot, Settle(person_id=1, field="phone", reason="本人所说", other=True), AFTER)
    assert snapshot.persons[1].phone == "19900000002"
    left = row(snapshot)
    assert left is not None and left.unlike == ("health_code",)
    facts = replace(snapshot.persons[1].facts, health_code="red")
    decided = act(snapshot, told(snapshot, facts=facts), AFTER)
    assert row(decided) is None
    assert {each.kind for each in decided.entries.values()} >= {"settle", "correct"}


def test_the_other_value_is_taken_as_a_correction() -> None:
    snapshot = act(merged(), Settle(person_id=1, field="health_code", reason="查过了", other=True), AFTER)
    assert snapshot.persons[1].facts.health_code == "green"
    newest = snapshot.entries[max(snapshot.entries)]
    assert (newest.kind, newest.text) == ("correct", "查过了")


def test_a_decision_takes_a_reason_and_something_unlike() -> None:
    snapshot = merged()
    assert refused(snapshot, Settle(person_id=1, field="phone", reason=" "), AFTER).code == "reason_needed"
    assert refused(snapshot, Settle(person_id=1, field="address", reason="是"), AFTER).code == "nothing_unlike"
    assert refused(snapshot, Settle(person_id=7, field="phone", reason="是"), AFTER).code == "unknown_person"


@pytest.mark.parametrize("kind", ["settle", "correct"])
def test_a_decision_taken_back_is_owed_again(kind: str) -> None:
    snapshot = merged()
    command = Settle(person_id=1, field="health_code", reason="查过了", other=kind == "correct")
    decided = act(snapshot, command, AFTER)
    back = act(decided, Amend(entry_id=max(decided.entries), reason="未查", agreed=True), AFTER)
    again, before = row(back), row(snapshot)
    assert again is not None and before is not None and again.unlike == before.unlike


def test_it_ends_when_the_records_are_two_again() -> None:
    before = pair()
    snapshot = merged()
    back = act(snapshot, Amend(entry_id=max(snapshot.entries), reason="不是同一人", agreed=True), AFTER)
    assert back.persons == before.persons and row(back) is None
    again = act(back, replace(MERGE, reason="是同一人"), AFTER)
    found = row(again)
    assert found is not None and set(found.unlike) == {"name", "phone", "health_code"}


def test_a_merge_into_an_earlier_record_carries_what_was_unlike() -> None:
    snapshot = the_desk(coded(1, "green"), coded(2, "green"), coded(3, "red"))
    snapshot = act(snapshot, Merge(person_id=2, into_id=3, agreed=True), LATER)
    snapshot = act(snapshot, Merge(person_id=1, into_id=2, agreed=True), AFTER)
    assert {each.other for each in contradictions_of(snapshot.persons[1], snapshot) if each.field == "health_code"} == {
        "green"
    }


def test_a_record_that_ends_owes_it_no_more() -> None:
    snapshot = act(merged(), Void(person_id=1, reason="误登"), AFTER)
    assert row(snapshot) is None


@pytest.mark.parametrize(
    ("own", "other", "unlike", "stands"),
    [
        ("2021-06-07T18:00", "2021-06-07", False, "2021-06-07T18:00"),
        ("2021-06-07", "2021-06-07T18:00", False, "2021-06-07T18:00"),
        ("2021-06-07T18:00", "2021-06-07T09:00", True, None),
        ("2021-06-07T18:00", "none", True, None),
        (None, "2021-06-07", False, "2021-06-07"),
    ],
)
def test_a_day_of_arrival_says_nothing_beside_its_hour(
    own: str | None, other: str, unlike: bool, stands: str | None
) -> None:
    one, two = (read_facts({"arrival_at": each} if each else {}) for each in (own, other))
    snapshot = act(the_desk(someone(1, "none", facts=one), someone(2, "none", facts=two, name="人员1")), MERGE, LATER)
    found = contradictions_of(snapshot.persons[1], snapshot)
    assert ("arrival_at" in [each.field for each in found]) == unlike
    if stands:
        assert facts_json(snapshot.persons[1].facts)["arrival_at"] == stands


def test_what_was_decided_leaves_with_its_month_and_what_is_open_stays() -> None:
    seen = act(worked(1, frozenset(), coded(1, "green"), coded(2, "yellow", name="人员1")), MERGE, t("19:00"))
    decided = act(seen, Settle(person_id=1, field="health_code", reason="查过了"), t("19:30"))
    later = t("08:05", date(2021, 9, 8))
    for snapshot, leaves in ((decided, [1]), (seen, [])):
        after = replace(snapshot, handed_over_at=later)
        gone = closed(after, later)
        assert [number for tables in gone.values() for number in tables.get("contradictions", [])] == leaves


def test_an_empty_number_is_empty_again_when_the_records_are_two_again() -> None:
    """The number of the other record was taken over; it must not stand in both."""
    before = the_desk(someone(1, "none"), someone(2, "none", name="人员1", id_no="110101199003077715", phone="1990"))
    snapshot = act(before, MERGE, LATER)
    assert snapshot.persons[1].phone == "1990"
    back = act(snapshot, Amend(entry_id=max(snapshot.entries), reason="不是同一人", agreed=True), AFTER)
    assert back.persons == before.persons


@pytest.mark.parametrize("field", ["name", "health_code"])
@pytest.mark.parametrize("other", [True, False])
def test_two_records_are_as_they_were_though_a_decision_between_was_taken_back(field: str, *, other: bool) -> None:
    """What was taken back already does not come back with the act that stood before it."""
    before, snapshot = pair(), merged()
    merge = max(snapshot.entries)
    decided = act(snapshot, Settle(person_id=1, field=field, reason="查过了", other=other), AFTER)
    undecided = act(decided, Amend(entry_id=max(decided.entries), reason="未查", agreed=True), AFTER)
    back = act(undecided, Amend(entry_id=merge, reason="不是同一人", agreed=True), AFTER)
    assert back.persons == before.persons and row(back) is None


def a_test_on_arrival(result: str) -> Snapshot:
    """A passer-by whose one test after arrival has an entry of its own."""
    snapshot = the_desk(someone(1, "3.8b", id_no="430000199001010018"), LEADER)
    snapshot = act(snapshot, Confirm(person_id=1, clause="3.8b", officer_name="王芳"), t("19:40"))
    return act(snapshot, sample(7, result=result), t("23:00"))


def telling(snapshot: Snapshot, told: ArrivalPcr) -> tuple[Snapshot, list[str]]:
    """Send a sheet of arrivals that tells of that test; return the desk, and what it asks about."""
    person = snapshot.persons[1]
    facts = Facts(arrival_at=person.facts.arrival_at, arrival_pcr=told)
    line = PersonData(name=person.name, id_no=person.id_no, phone=person.phone, facts=facts, row=3)
    after = act(snapshot, ImportArrivals(persons=(line,)), t("23:10", 8))
    return after, [each.field for each in contradictions_of(after.persons[1], after)]


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ("positive", ArrivalPcr(sampled_on=date(2021, 6, 7), result="negative")),
        ("positive", ArrivalPcr(result="negative")),  # a part of a test says nothing of the parts that it lacks
        ("indeterminate", ArrivalPcr(sampled_on=date(2021, 6, 7), result="negative", result_on=date(2021, 6, 7))),
        ("positive", ArrivalPcr(sampled_on=date(2021, 6, 8), result="negative")),  # it was of another day
    ],
)
def test_another_telling_of_a_test_with_an_entry_of_its_own_is_taken_as_its_correction(
    result: str, told: ArrivalPcr
) -> None:
    before = a_test_on_arrival(result)
    was = max(before.entries)
    snapshot, unlike = telling(before, told)
    assert unlike == ["arrival_pcr"]
    settle = Settle(person_id=1, field="arrival_pcr", reason="标本弄混", other=True, agreed=True)
    taken = act(snapshot, settle, t("23:20", 8))
    known = taken.persons[1].facts.arrival_pcr
    assert isinstance(known, ArrivalPcr)
    assert (known.result, known.sampled_on) == ("negative", told.sampled_on or date(2021, 6, 7))
    assert taken.entries[taken.amended[was]].reason == "标本弄混"
    assert row(taken) is None
    again, unlike = telling(taken, told)
    assert (again.persons, unlike) == (taken.persons, [])
    back = act(taken, Amend(entry_id=taken.amended[was], reason="未核", agreed=True), t("23:30", 8))
    assert [each.field for each in contradictions_of(back.persons[1], back)] == ["arrival_pcr"]
    stays = act(snapshot, replace(settle, other=False), t("23:20", 8))
    assert stays.persons[1].facts.arrival_pcr == before.persons[1].facts.arrival_pcr and row(stays) is None
    again, unlike = telling(stays, told)
    assert (again.persons, unlike) == (stays.persons, [])


def test_a_correction_by_hand_ends_what_a_sheet_told_of_the_test() -> None:
    before = a_test_on_arrival("positive")
    snapshot, _ = telling(before, ArrivalPcr(sampled_on=date(2021, 6, 7), result="negative"))
    by_hand = Amend(entry_id=max(before.entries), reason="标本弄混", instead=sample(7), agreed=True)
    assert row(act(snapshot, by_hand, t("23:20", 8))) is None


def as_told(snapshot: Snapshot) -> tuple[Person, list[str], list[SampleRecorded]]:
    """What is known of the passer-by, what is asked about him, and the results that entries tell of him."""
    person = snapshot.persons[1]
    standing = (each for each in snapshot.entries.values() if each.id not in snapshot.amended)
    results = [each.told for each in standing if isinstance(each.told, SampleRecorded)]
    return person, [each.field for each in contradictions_of(person, snapshot)], sorted(results, key=repr)


def unlike_on_arrival() -> tuple[Snapshot, int]:
    """A list tells his test after arrival of another day than its entry does. Returns the number of the entry."""
    before = a_test_on_arrival("positive")
    snapshot, _ = telling(before, ArrivalPcr(sampled_on=date(2021, 6, 8), result="negative"))
    return snapshot, max(before.entries)


def unlike_sample() -> tuple[Snapshot, int]:
    """A list of results tells a sample otherwise than its entry does. Returns the number of the entry."""
    before = act(a_test_on_arrival("negative"), sample(8, result="positive"), t("15:00", 8))
    facts = before.persons[1].facts
    assert [each.sampled_on for each in facts.tests] == [date(2021, 6, 8)]
    found = Contradiction(
        id=9, person_id=1, field=sample_key("pcr", date(2021, 6, 8)), other="negative", entry=1, found_at=t("16:00", 8)
    )
    return before.applied(before.seq, [found]), max(before.entries)


@pytest.mark.parametrize("unlike", [unlike_on_arrival, unlike_sample])
@pytest.mark.parametrize("corrected", [False, True])
def test_a_decision_about_a_test_taken_back_leaves_it_as_its_entry_told_it(
    unlike: Callable[[], tuple[Snapshot, int]], corrected: bool
) -> None:
    """Also after a correction of other facts."""
    snapshot, was = unlike()
    if corrected:
        other = replace(snapshot.persons[1].facts, health_code="yellow")
        snapshot = act(snapshot, told(snapshot, facts=other), t("23:15", 8))
    (field,) = as_told(snapshot)[1]
    taken = act(snapshot, Settle(person_id=1, field=field, reason="弄混", other=True, agreed=True), t("23:20", 8))
    assert taken.persons != snapshot.persons
    decision = taken.amended[was]
    back = act(taken, Amend(entry_id=decision, reason="未核", agreed=True), t("23:30", 8))
    assert as_told(back) == as_told(snapshot)
    again = max(each.id for each in back.entries.values() if each.amends == decision)
    gone = act(back, Amend(entry_id=again, reason="无此样", agreed=True), t("23:40", 8))
    never = act(snapshot, Amend(entry_id=was, reason="无此样", agreed=True), t("23:40", 8))
    assert gone.persons == never.persons
    decided = act(back, Settle(person_id=1, field=field, reason="弄混", other=True, agreed=True), t("23:40", 8))
    assert decided.persons == taken.persons
    anew = Amend(entry_id=decision, reason="再改", instead=sample(8), agreed=True)
    assert refused(taken, anew, t("23:25", 8)).code == "amend_only_back"


def test_a_decision_that_undid_a_positive_brings_back_all_that_it_brought() -> None:
    acted, now = carried_out(), t("16:00", 8)
    was = next(each.id for each in acted.entries.values() if each.kind == "test")
    key = sample_key("pcr", date(2021, 6, 8))
    found = Contradiction(id=9, person_id=1, field=key, other="negative", entry=1, found_at=now)
    snapshot = acted.applied(acted.seq, [found])
    taken = act(snapshot, Settle(person_id=1, field=key, reason="他人样本", other=True, agreed=True), now)
    decision = taken.amended[was]
    assert taken.persons != snapshot.persons
    back = act(taken, Amend(entry_id=decision, reason="未核", agreed=True), t("16:30", 8))
    assert back.persons == snapshot.persons
    assert as_told(back) == as_told(snapshot)
    assert set(owed(back, t("17:00", 8))) == set(owed(snapshot, t("17:00", 8)))
    again = max(each.id for each in back.entries.values() if each.amends == decision)
    gone = act(back, Amend(entry_id=again, reason="无此样", agreed=True), t("17:00", 8))
    never = act(snapshot, Amend(entry_id=was, reason="无此样", agreed=True), t("17:00", 8))
    assert gone.persons == never.persons
    assert set(owed(gone, t("17:10", 8))) == set(owed(never, t("17:10", 8)))
