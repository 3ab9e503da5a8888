"""Who said a fact last: the registration, the correction that changed it, the test that found it."""

from dataclasses import replace
from datetime import date

from dutyboard.rules.decide import decide
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.people.provenance import history_of, told_in
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Correct, PersonData, RecordTest
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from tests.tui.night import NIGHT, FakeGateway, at, night


def desk() -> FakeGateway:
    facts = Facts(
        arrival_at=at(9).replace(tzinfo=None),
        border="none",
        stays=(),
        health_code="green",
        travel_card="green",
        symptoms="none",
    )
    return FakeGateway([*night(), Person(id=91, name="甲", registered_at=at(10), facts=facts)])


def after(snapshot: Snapshot, command: Correct | RecordTest) -> Snapshot:
    answer = decide(command, snapshot, NIGHT, Actor(login="wangfang", officer_id=1))
    assert isinstance(answer, Accepted), answer
    return snapshot.applied(snapshot.seq + 1, answer.changes)


def test_what_nobody_changed_stands_as_it_was_registered() -> None:
    fake = desk()
    person = fake.snapshot.persons[91]
    assert history_of(person, fake.snapshot) == ()
    assert told_in("health_code", ()) is None


def test_a_correction_tells_only_what_it_changed_and_a_test_what_it_found() -> None:
    fake = desk()
    person = fake.snapshot.persons[91]
    red = PersonData(name="甲", facts=replace(person.facts, health_code="red"))
    snapshot = after(fake.snapshot, Correct(person_id=91, person=red))
    tested = RecordTest(person_id=91, type="pcr", sampled_on=date(2021, 6, 7), result="negative")
    snapshot = after(snapshot, tested)
    history = history_of(snapshot.persons[91], snapshot)
    corrected, sampled = history
    assert [entry.kind for entry in history] == ["correct", "test"]
    assert told_in("health_code", history) is corrected
    assert told_in("arrival_pcr", history) is sampled
    assert told_in("travel_card", history) is None
