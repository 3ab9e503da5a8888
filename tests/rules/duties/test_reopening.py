"""A closed record is no dead end: who comes again, or of whom something is learned, is owed again (O50)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.duties.person.arrivals import decide_import_arrivals
from dutyboard.rules.law.facts import Facts, Stay
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import Correct, PersonData, RecordTest, Register, Reopen
from dutyboard.rules.records.commands.sheets import ImportArrivals
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Ending, PastStay, Person
from dutyboard.rules.records.obligation import OWED
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Reopened
from dutyboard.tui.terminal.cells import plain
from dutyboard.tui.text import words
from dutyboard.tui.views.person.page import page_lines
from tests.rules.desks import ADMIN, act, refused, t
from tests.rules.duties.test_queue import someone, the_desk

NOW = t("19:00", 20)
CLOSED = t("12:00", 15)
LETTER = Ending(how="handed_over", at=CLOSED, letter="函1号", to="邻县", entry=1)
NEW_ARRIVAL = Facts(
    arrival_at=datetime.fromisoformat("2021-06-20T18:00"),
    border="none",
    stays=(Stay(place="某市", category="high", left_on=date(2021, 6, 20)),),
    health_code="green",
    travel_card="green",
    symptoms="none",
)


def closed() -> Snapshot:
    """A desk whose person-1 was handed over by letter on 06-15."""
    who = someone(1, "3.6", id_no="110105194912313424", phone="19900000001")
    return the_desk(replace(who, stage="closed", closed_at=CLOSED, end=LETTER))


def owed_now(snapshot: Snapshot) -> set[str]:
    rows = board(snapshot, NOW).obligations
    return {row.kind for row in rows if row.state in OWED and row.names(Subject("person", 1))}


def told(person: Person, facts: Facts) -> PersonData:
    return PersonData(name=person.name, id_no=person.id_no, phone=person.phone, facts=facts)


def test_who_phones_in_again_begins_a_new_stay_and_the_old_one_is_kept() -> None:
    desk = closed()
    back = act(desk, Register(person=told(desk.persons[1], NEW_ARRIVAL)), NOW)
    person = back.persons[1]
    assert (person.stage, person.registered_at, person.closed_at, person.end) == ("pending", NOW, None, None)
    assert person.facts == NEW_ARRIVAL
    assert person.stays_before == (
        PastStay(
            registered_at=desk.persons[1].registered_at,
            closed_at=CLOSED,
            arrived_on=desk.persons[1].facts.arrival_on,
            end=LETTER,
        ),
    )
    assert owed_now(back) == {"assess"}
    assert back.entries[max(back.entries)].told == Reopened(stays=1, came=True)


def test_who_is_on_the_desk_is_still_a_duplicate() -> None:
    desk = the_desk(someone(1, "3.6", id_no="110105194912313424", phone="19900000001"))
    assert refused(desk, Register(person=told(desk.persons[1], NEW_ARRIVAL)), NOW).code == "duplicate_person"


def test_a_record_is_opened_by_hand_with_a_reason_and_only_once() -> None:
    desk = closed()
    assert refused(desk, Reopen(person_id=1, reason=" "), NOW).code == "reason_needed"
    back = act(desk, Reopen(person_id=1, reason="密接名单迟到"), NOW)
    assert owed_now(back) == {"assess"}
    assert back.persons[1].facts.stays == desk.persons[1].facts.stays
    assert refused(back, Reopen(person_id=1, reason="再"), NOW).code == "record_open"
    assert refused(back, Reopen(person_id=9, reason="再"), NOW).code == "unknown_person"


@pytest.mark.parametrize("how", ["died", "voided", "merged"])
def test_neither_the_dead_nor_a_voided_record_is_opened(how: Any) -> None:
    desk = closed()
    gone = replace(desk.persons[1], end=replace(LETTER, how=how))
    assert refused(desk.applied(9, [gone]), Reopen(person_id=1, reason="x"), NOW).code == "never_reopened"


def test_the_facts_of_an_ended_stay_are_not_corrected_into_a_new_one() -> None:
    """It was the only way on, and nothing was owed by it."""
    desk = closed()
    command = Correct(person_id=1, person=told(desk.persons[1], NEW_ARRIVAL), reason="又来")
    assert refused(desk, command, NOW).code == "record_closed"
    known = told(desk.persons[1], desk.persons[1].facts)
    phone = Correct(person_id=1, person=replace(known, phone="19900000002"), reason="号码有误")
    assert act(desk, phone, NOW).persons[1].stage == "closed"


def test_a_late_positive_opens_the_record_and_a_late_negative_does_not() -> None:
    desk = closed()
    known: dict[str, Any] = {"person_id": 1, "type": "pcr", "sampled_on": date(2021, 6, 14), "reason": "补报"}
    positive = act(desk, RecordTest(**known, result="positive"), NOW)
    assert positive.persons[1].stage == "pending"
    assert "assess" in owed_now(positive)
    negative = act(desk, RecordTest(**known, result="negative"), NOW)
    assert (negative.persons[1].stage, owed_now(negative)) == ("closed", set())
    assert refused(desk, RecordTest(**known, result="pending"), NOW).code == "wrong_stage"


@pytest.mark.parametrize(
    ("facts", "code", "stage"),
    [
        (NEW_ARRIVAL, "came_again", "pending"),
        (Facts(contact="close"), "reopened", "pending"),
        (Facts(health_code="red"), "reopened", "pending"),
        (Facts(case_status="confirmed"), "reopened", "pending"),
        (Facts(health_code="green"), None, "closed"),
        (replace(NEW_ARRIVAL, arrival_at=datetime.fromisoformat("2021-06-07T10:30"), stays=None), None, "closed"),
    ],
)
def test_a_sheet_answers_duplicate_only_where_nothing_is_owed(facts: Facts, code: str | None, stage: str) -> None:
    desk = closed()
    sheet = ImportArrivals(persons=(told(desk.persons[1], facts),))
    answer = decide_import_arrivals(sheet, desk, NOW, ADMIN)
    after = desk.applied(9, answer.changes)
    assert after.persons[1].stage == stage
    assert isinstance(answer.outcome, ImportTally)
    said = {note.code for note in answer.outcome.rows}
    assert code is None or code in said
    assert (owed_now(after) == {"assess"}) == (stage == "pending")
    twice = decide_import_arrivals(sheet, after, NOW, ADMIN)
    assert after.applied(10, twice.changes).persons[1].stays_before == after.persons[1].stays_before


def test_the_page_tells_of_the_stay_that_ended() -> None:
    back = act(closed(), Reopen(person_id=1, reason="密接名单迟到"), NOW)
    lines = page_lines(back.persons[1], [], back, NOW, words("zh"), 100)
    shown = [plain(line) for line in lines if "此前一段" in plain(line)]
    assert len(shown) == 1
    assert "至 2021-06-15" in shown[0]
    assert "已移交" in shown[0]
    assert "函1号" in shown[0]


def test_a_record_opened_by_mistake_is_closed_again_as_it_was() -> None:
    desk = closed()
    back = act(desk, Reopen(person_id=1, reason="认错人"), NOW)
    undone = act(back, Amend(entry_id=max(back.entries), reason="认错人"), NOW)
    assert undone.persons[1] == desk.persons[1]
