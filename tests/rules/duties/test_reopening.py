"""A closed record is no dead end: who comes again, or of whom something is learned, is owed again (O50)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.duties.sheets.arrivals import decide_import_arrivals
from dutyboard.rules.law.facts import ArrivalPcr, Facts, PcrCert, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.returning import concerns
from dutyboard.rules.people.rulings import basis_of
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import Correct, PersonData, RecordTest, Register, Reopen
from dutyboard.rules.records.commands.sheets import ImportArrivals
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Ending, Entry, PastStay, Person
from dutyboard.rules.records.obligation import OWED
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.referral import Referral, ReferralAnswer
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told import Told
from dutyboard.rules.records.told.person import Corrected, ReferralAnswered, Reopened, RoomChanged, Transferred
from dutyboard.rules.records.told.post import TakenBack
from dutyboard.rules.records.unlike import contradictions_of
from dutyboard.tui.terminal.cells import plain
from dutyboard.tui.text import words
from dutyboard.tui.views.person.page import page_lines
from tests.rules.desks import ADMIN, LI, act, desk, person, refused, t
from tests.rules.duties.test_queue import confirming, someone, the_desk

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


def closed(clause: str = "3.6") -> Snapshot:
    """A desk whose person-1, by facts of that clause, was handed over by letter on 06-15."""
    who = someone(1, clause, id_no="110105194912313424", phone="19900000001")
    return the_desk(replace(who, stage="closed", closed_at=CLOSED, end=LETTER))


def owed_now(snapshot: Snapshot) -> set[str]:
    rows = board(snapshot, NOW).obligations
    return {row.kind for row in rows if row.state in OWED and row.names(Subject("person", 1))}


def told(person: Person, facts: Facts) -> PersonData:
    return PersonData(name=person.name, id_no=person.id_no, phone=person.phone, facts=facts)


def test_how_he_was_found_is_told_of_each_stay_anew() -> None:
    who = replace(closed().persons[1], found_by="police")
    desk = closed().applied(2, [who])
    back = act(desk, Register(person=told(who, NEW_ARRIVAL)), NOW).persons[1]
    assert (back.found_by, back.stays_before[0].found_by) == ("", "police")
    himself = act(desk, Register(person=replace(told(who, NEW_ARRIVAL), found_by="himself")), NOW).persons[1]
    assert (himself.found_by, himself.stays_before[0].found_by) == ("himself", "police")
    page = page_lines(himself, (), replace(desk, persons={1: himself}), NOW, words("zh"), 80)
    assert any("发现方式 公安" in plain(line) for line in page)


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


def on_the_desk(*, assessed: bool = True) -> Snapshot:
    """A desk with person-1, a record as `closed` has it, still open, in room 3."""
    desk = the_desk(someone(1, "3.6", id_no="110105194912313424", phone="19900000001"))
    return confirming(desk, t("19:00"), clause="3.6", site_id=1, room=3)[1] if assessed else desk


@pytest.mark.parametrize("assessed", [True, False])
def test_who_is_on_the_desk_is_a_duplicate_where_nothing_more_is_told_of_him(*, assessed: bool) -> None:
    desk = on_the_desk(assessed=assessed)
    same = Register(person=told(desk.persons[1], desk.persons[1].facts))
    assert refused(desk, same, NOW).code == "duplicate_person"
    assert refused(desk, Register(person=told(desk.persons[1], Facts(health_code="green"))), NOW).code == (
        "duplicate_person"
    )


@pytest.mark.parametrize("assessed", [True, False])
def test_a_call_about_somebody_on_the_desk_is_taken_where_it_asks_more(*, assessed: bool) -> None:
    """He left and came again, or is worse: an answer that he is known already would lose it."""
    desk = on_the_desk(assessed=assessed)
    after = act(desk, Register(person=told(desk.persons[1], NEW_ARRIVAL)), NOW)
    assert after.persons[1].facts.stays == (*(desk.persons[1].facts.stays or ()), *(NEW_ARRIVAL.stays or ()))
    assert after.persons[1].facts.arrival_at == NEW_ARRIVAL.arrival_at
    told_anew = after.entries[max(after.entries)].told
    assert isinstance(told_anew, Corrected) and told_anew.changed == ("arrival_at", "stays")
    assert "assess" in owed_now(after)
    assert refused(after, Register(person=told(desk.persons[1], NEW_ARRIVAL)), NOW).code == "duplicate_person"


def told_by_sheet(desk: Snapshot) -> list[Told]:
    """What entries of a sheet tell of person-1."""
    own = Subject("person", 1)
    return [each.told for each in desk.entries.values() if each.subject == own and each.part_of]


@pytest.mark.parametrize(
    "news",
    [
        {"health_code": "red"},
        {"contact": "close"},
        {"symptoms": "present"},
        {"pcr": PcrCert(result="positive", sampled_at=datetime.fromisoformat("2021-06-06T08:00"))},
        {"stays": (Stay(place="广东省广州市荔湾区白鹤洞街道", code="440103", left_on=date(2021, 6, 6)),)},
    ],
)
def test_a_row_about_somebody_assessed_is_taken_where_it_asks_more(news: dict[str, Any]) -> None:
    desk = on_the_desk()
    sheet = ImportArrivals(persons=(told(desk.persons[1], Facts(**news)),))
    answer = decide_import_arrivals(sheet, desk, NOW, ADMIN)
    after = desk.applied(9, answer.changes)
    assert isinstance(answer.outcome, ImportTally)
    assert (answer.outcome.updated, answer.outcome.duplicates) == (1, 0)
    assert "concerns_assessed" in {note.code for note in answer.outcome.rows}
    assert "assess" in owed_now(after)
    (own,) = told_by_sheet(after)
    assert isinstance(own, Corrected) and own.changed == tuple(news)
    assert decide_import_arrivals(sheet, after, NOW, ADMIN).changes == ()


def test_a_row_about_somebody_assessed_lowers_nothing_even_beside_what_asks_more() -> None:
    desk = on_the_desk()
    yellow = replace(desk.persons[1], facts=replace(desk.persons[1].facts, health_code="yellow"))
    before = datetime.fromisoformat("2021-05-30T09:00")
    row = Facts(health_code="green", contact="close", arrival_at=before)
    facts = by_sheet(desk.applied(9, [yellow]), row)[0].facts
    assert (facts.contact, facts.health_code, facts.arrival_at) == ("close", "yellow", yellow.facts.arrival_at)


def test_what_an_office_answered_is_not_undone_by_the_sheet_of_before() -> None:
    desk = on_the_desk()
    answered = ReferralAnswered(
        decision="普通感冒",
        authority="市人民医院",
        reasons=("symptoms",),
        referred_at=NOW,
        changed=("symptoms",),
        before={"symptoms": "present"},
        after={"symptoms": "none"},
    )
    entry = Entry(
        id=90, told=answered, happened_at=NOW, entered_at=NOW, entered_by=1, login="admin", subject="person-1"
    )
    facts, said = by_sheet(desk.applied(8, [entry]), Facts(symptoms="present"))
    assert (facts.facts.symptoms, said) == ("none", {"already_assessed", "unit_unknown"})


def corrected(at: datetime, **fields: Any) -> Entry:
    """An officer's correction of facts of person-1, as a line of the log."""
    told = Corrected(changed=tuple(fields), before={}, after=fields)
    return Entry(id=90, told=told, happened_at=at, entered_at=at, entered_by=1, login="admin", subject="person-1")


def test_what_an_officer_corrected_opens_no_closed_record_by_the_sheet_of_before() -> None:
    """It was held against whoever is on the desk alone."""
    desk = closed().applied(8, [corrected(t("10:00", 10), health_code="green")])
    red = replace(desk.persons[1].facts, health_code="red")
    assert by_sheet(closed(), red)[0].stage == "pending"
    person, said = by_sheet(desk, red)
    assert (person, said) == (desk.persons[1], {"already_assessed", "unit_unknown"})
    person, said = by_sheet(desk, replace(red, contact="close"))
    assert (person.stage, person.facts.contact, person.facts.health_code) == ("pending", "close", "green")
    assert {"reopened", "corrected_by_officer"} <= said


def test_a_correction_that_was_taken_back_or_is_of_a_stay_before_holds_no_sheet_up() -> None:
    desk = on_the_desk()
    red = replace(desk.persons[1].facts, health_code="red")
    known = desk.applied(8, [corrected(t("19:01"), health_code="green")])
    assert by_sheet(known, red)[0].facts.health_code == "green"
    back = Entry(
        id=91,
        told=TakenBack(),
        happened_at=NOW,
        entered_at=NOW,
        entered_by=1,
        login="admin",
        subject="person-1",
        amends=90,
    )
    assert by_sheet(known.applied(9, [back]), red)[0].facts.health_code == "red"
    old = closed().applied(8, [corrected(t("10:00", 10), health_code="green")])
    again = act(old, Register(person=told(old.persons[1], NEW_ARRIVAL)), NOW)
    assert by_sheet(again, replace(NEW_ARRIVAL, health_code="red"))[0].facts.health_code == "red"


def test_a_sheet_says_in_his_log_whether_he_came_again_or_is_known_better() -> None:
    """Of a record closed before its assessment it said nothing, and another day of that arrival was a new one."""
    desk = closed()
    assert desk.persons[1].assessment is None
    again = ImportArrivals(persons=(told(desk.persons[1], NEW_ARRIVAL),))
    came = desk.applied(9, decide_import_arrivals(again, desk, NOW, ADMIN).changes)
    assert told_by_sheet(came) == [Reopened(stays=1, came=True)]
    other_day = Facts(arrival_at=datetime.fromisoformat("2021-06-09T18:00"), contact="close")
    known = ImportArrivals(persons=(told(desk.persons[1], other_day),))
    after = desk.applied(9, decide_import_arrivals(known, desk, NOW, ADMIN).changes)
    opened, better = told_by_sheet(after)
    assert opened == Reopened(stays=1, came=False)
    assert isinstance(better, Corrected) and better.changed == ("contact",)
    assert [each.field for each in contradictions_of(after.persons[1], after)] == ["arrival_at"]


def test_the_sheet_of_an_ended_stay_says_nothing_of_the_one_after_it() -> None:
    desk = closed()
    old = replace(desk.persons[1].facts, health_code="red")
    back = act(desk, Register(person=told(desk.persons[1], NEW_ARRIVAL)), NOW)
    again = by_sheet(back, old)[0]
    assert again == back.persons[1]
    contact = by_sheet(back, replace(old, contact="close", last_exposure_on=date(2021, 6, 6)))[0].facts
    assert (contact.contact, contact.last_exposure_on, contact.health_code) == ("close", date(2021, 6, 6), "green")
    late = replace(old, pcr=PcrCert(result="positive", sampled_at=datetime.fromisoformat("2021-06-07T08:00")))
    positive = by_sheet(back, late)[0].facts
    assert (positive.pcr, positive.arrival_at) == (late.pcr, NEW_ARRIVAL.arrival_at)


def nameless(person: Person, facts: Facts, **fields: Any) -> PersonData:
    """What is told of somebody without his ID number."""
    return replace(told(person, facts), id_no="", **fields)


def test_who_comes_again_without_an_id_is_known_by_name_and_phone() -> None:
    desk = closed()
    by_phone = act(desk, Register(person=nameless(desk.persons[1], NEW_ARRIVAL)), NOW)
    assert (list(by_phone.persons), len(by_phone.persons[1].stays_before)) == ([1], 1)
    assert by_phone.persons[1].id_no == desk.persons[1].id_no
    answer = decide_import_arrivals(ImportArrivals(persons=(nameless(desk.persons[1], NEW_ARRIVAL),)), desk, NOW, ADMIN)
    sheet = desk.applied(9, answer.changes)
    assert (list(sheet.persons), len(sheet.persons[1].stays_before)) == ([1], 1)
    assert isinstance(answer.outcome, ImportTally) and "came_again" in {each.code for each in answer.outcome.rows}


@pytest.mark.parametrize("arrival_at", [datetime.fromisoformat("2021-06-07T10:30"), None])
def test_the_sheet_of_an_ended_stay_makes_nobody_new_of_who_phoned_in_since(arrival_at: datetime | None) -> None:
    """His arrival is another one by now, and the row has no number: it is known by that of the stay before."""
    who = closed().persons[1]
    desk = closed().applied(9, [replace(who, id_no="", facts=replace(who.facts, arrival_at=arrival_at))])
    sheet = ImportArrivals(persons=(nameless(who, desk.persons[1].facts),))
    assert decide_import_arrivals(sheet, desk, NOW, ADMIN).changes == ()
    back = act(desk, Register(person=nameless(who, NEW_ARRIVAL)), NOW)
    assert (list(back.persons), len(back.persons[1].stays_before)) == ([1], 1)
    assert list(back.applied(11, decide_import_arrivals(sheet, back, NOW, ADMIN).changes).persons) == [1]


@pytest.mark.parametrize(
    "other",
    [
        {"phone": "19900000009"},
        {"phone": ""},
        {"name": "人员甲"},
        {"sex": "女"},
        {"id_no": "11010519491231002X"},
    ],
)
def test_who_differs_from_an_ended_record_in_what_tells_people_apart_is_another(other: dict[str, str]) -> None:
    who = replace(closed().persons[1], sex="男")
    desk = closed().applied(9, [who])
    after = act(desk, Register(person=replace(nameless(who, NEW_ARRIVAL), **other)), NOW)
    assert (sorted(after.persons), after.persons[1].stage) == ([1, 2], "closed")


def test_two_ended_records_of_one_name_and_phone_are_asked_of_nobody() -> None:
    """Nothing says which of them he is: he is a new one, and is merged by hand."""
    who = closed().persons[1]
    desk = closed().applied(9, [replace(who, id=2, id_no="")])
    assert sorted(act(desk, Register(person=nameless(who, NEW_ARRIVAL)), NOW).persons) == [1, 2, 3]


def in_room(number: int, room: str, at: datetime, **fields: Any) -> Entry:
    """A move of person-1 into a room of site 1, as a line of the log."""
    told = Transferred(
        vehicle="1号车", driver="刘洋", received_by="负责人1", left_at=at, arrived_at=at, site_id=1, room=room
    )
    given = {"happened_at": at, "entered_at": at, "entered_by": 1, "login": "admin", "subject": "person-1"}
    return Entry(**({"id": number, "told": told} | given | fields))


def test_the_room_of_an_ended_stay_is_that_in_which_he_lived_last() -> None:
    """He was bound for site 2 and went back to another room of site 1, which was no room of his stay."""
    moved = in_room(51, "", t("10:00", 9))
    bound = RoomChanged(was_site=1, was_room=3, site_id=2, room=7, stage="transfer")
    back = RoomChanged(was_site=2, was_room=7, site_id=1, room=5, stage="site")
    went = (in_room(50, "3", t("10:00", 8)), replace(moved, told=bound), replace(moved, id=52, told=back))
    opened = act(closed().applied(8, went), Reopen(person_id=1, reason="密接名单迟到"), NOW)
    (stay,) = opened.persons[1].stays_before
    assert (stay.site_id, stay.room) == (1, 5)
    short = act(closed().applied(8, went[:2]), Reopen(person_id=1, reason="密接名单迟到"), NOW).persons[1]
    assert (short.stays_before[0].site_id, short.stays_before[0].room) == (1, "3")


def test_a_move_of_the_stay_before_that_is_told_again_is_none_of_the_next_one() -> None:
    opened = act(closed().applied(8, [in_room(50, "3", t("10:00", 8))]), Reopen(person_id=1, reason="名单迟到"), NOW)
    later = NOW + timedelta(hours=1)
    again = in_room(60, "4", t("10:00", 8), entered_at=later, amends=50, first_entered_at=t("10:00", 8))
    ended = replace(opened.persons[1], stage="closed", closed_at=later, end=LETTER)
    both = act(opened.applied(9, [again, ended]), Reopen(person_id=1, reason="名单又迟到"), later).persons[1]
    assert [(each.site_id, each.room) for each in both.stays_before] == [(1, "3"), (None, None)]


def test_a_record_is_opened_by_hand_with_a_reason_and_only_once() -> None:
    desk = closed()
    assert refused(desk, Reopen(person_id=1, reason=" "), NOW).code == "reason_needed"
    back = act(desk, Reopen(person_id=1, reason="密接名单迟到"), NOW)
    assert owed_now(back) == {"assess"}
    assert back.persons[1].facts.stays == desk.persons[1].facts.stays
    assert refused(back, Reopen(person_id=1, reason="再"), NOW).code == "record_open"
    assert refused(back, Reopen(person_id=9, reason="再"), NOW).code == "unknown_person"


def test_a_dead_man_who_phones_in_is_no_new_stay() -> None:
    """One of the two entries is wrong, and the refusal says which can be corrected."""
    dead = replace(closed().persons[1], end=replace(LETTER, how="died"))
    again = Register(person=told(dead, NEW_ARRIVAL))
    desk = closed().applied(9, [dead])
    assert refused(desk, again, NOW).code == "never_reopened"
    sheet = decide_import_arrivals(ImportArrivals(persons=(told(dead, NEW_ARRIVAL),)), desk, NOW, ADMIN)
    assert sheet.changes == ()
    assert isinstance(sheet.outcome, ImportTally)
    assert "already_assessed" in {each.code for each in sheet.outcome.rows}


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
    assert act(desk, RecordTest(**known, result="indeterminate"), NOW).persons[1].stage == "pending"


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


def by_sheet(desk: Snapshot, facts: Facts) -> tuple[Person, set[str]]:
    """Return person-1 after a row that says so much of him, and what the sheet says of the row."""
    answer = decide_import_arrivals(ImportArrivals(persons=(told(desk.persons[1], facts),)), desk, NOW, ADMIN)
    assert isinstance(answer.outcome, ImportTally)
    return desk.applied(9, answer.changes).persons[1], {note.code for note in answer.outcome.rows}


LATE_SAMPLE = ArrivalPcr(sampled_on=date(2021, 6, 14), result="positive", result_on=date(2021, 6, 15))


@pytest.mark.parametrize(
    "news",
    [
        {"health_code": "yellow"},
        {"health_code": "red"},
        {"travel_card": "orange"},
        {"travel_card": "yellow"},
        {"symptoms": "present"},
        {"temp_c": 38.2},
        {"pcr": PcrCert(result="positive", sampled_at=datetime.fromisoformat("2021-06-14T08:00"))},
        {"arrival_pcr": LATE_SAMPLE},
        {"tests": (Sample(type="pcr", result="positive", sampled_on=date(2021, 6, 14)),)},
        {"case_status": "suspected"},
        {"contact": "secondary"},
        {"contact": "unspecified"},
        {"sanfei": "yes"},
        {"border": "foreign"},
        {"stays": (Stay(place="广东省广州市荔湾区白鹤洞街道", code="440103", left_on=date(2021, 6, 6)),)},
    ],
)
def test_what_would_be_assessed_as_more_than_before_opens_the_record(news: dict[str, Any]) -> None:
    """No list of values: whatever the notice in force asks more for."""
    person, said = by_sheet(closed("3.8b"), Facts(**news))
    assert (person.stage, said & {"reopened"}) == ("pending", {"reopened"})


def test_an_exposure_after_the_one_that_was_known_opens_the_record() -> None:
    contact = replace(closed().persons[1].facts, contact="close", last_exposure_on=date(2021, 6, 1))
    who = replace(closed().persons[1], facts=contact, admitted_on=date(2021, 6, 2))
    desk = closed().applied(9, [who])
    later = Facts(contact="close", last_exposure_on=date(2021, 6, 14))
    assert by_sheet(desk, later)[0].stage == "pending"
    assert by_sheet(desk, Facts(contact="close", last_exposure_on=date(2021, 6, 1)))[0].stage == "closed"


@pytest.mark.parametrize(
    "news",
    [
        {"vaccinated": "yes"},
        {"health_code": "green"},
        {"temp_c": 36.6},
        {"release_cert": "yes"},
        {"investigation": "clean"},
        {"pcr": PcrCert(result="negative", sampled_at=datetime.fromisoformat("2021-06-06T10:30"))},
        {"arrival_pcr": replace(LATE_SAMPLE, result="negative")},
        {"stays": (Stay(place="湖北省武汉市武昌区", code="420106", left_on=date(2021, 6, 6)),)},
    ],
)
def test_what_asks_no_more_than_before_leaves_the_record_closed(news: dict[str, Any]) -> None:
    assert by_sheet(closed(), Facts(**news))[0].stage == "closed"


def test_the_page_tells_of_the_stay_that_ended() -> None:
    back = act(closed(), Reopen(person_id=1, reason="密接名单迟到"), NOW)
    lines = page_lines(back.persons[1], [], back, NOW, words("zh"), 100)
    shown = [plain(line) for line in lines if "此前一段" in plain(line)]
    assert len(shown) == 1
    assert "至 2021-06-15" in shown[0]
    assert "已移交" in shown[0]
    assert "函1号" in shown[0]


def test_a_sample_of_somebody_whose_class_an_office_gave_counts_after_his_end_too() -> None:
    """Without the answer he has no days at all, so that no sample made them longer: taken back, his last one was."""
    facts = Facts(
        arrival_at=datetime.fromisoformat("2021-06-05T01:00"),
        border="none",
        stays=(Stay(place="某地", category="unknown", left_on=date(2021, 5, 31)),),
        health_code="green",
        travel_card="green",
        symptoms="none",
        assessed_on=date(2021, 6, 8),
    )
    answer = ReferralAnswer(
        authority="指挥部",
        by=LI,
        at=t("05:39", 8),
        decision="按此办理",
        clause="3.10",
        settles=("stay_of_unknown_level", "arrived_long_ago"),
        basis=basis_of(facts),
    )
    unclear = Sample(type="pcr", result="indeterminate", sampled_on=date(2021, 6, 14), stage="single")
    last = Sample(
        type="pcr", day=7, stage="site", result="negative", sampled_on=date(2021, 6, 18), result_on=date(2021, 6, 18)
    )
    who = person(
        1,
        facts=replace(facts, tests=(unclear, last)),
        stage="closed",
        admitted_on=date(2021, 6, 11),
        home_from=date(2021, 6, 20),
        referral=Referral(since=t("01:39", 8), reasons=("stay_of_unknown_level",), answer=answer),
        closed_at=t("19:36", 27),
        end=Ending(how="released", at=t("19:36", 27)),
    )
    assert concerns(who, replace(who.facts, tests=(unclear,)), desk(who), t("19:36", 28))
    again = replace(last, sampled_on=date(2021, 6, 21), result_on=date(2021, 6, 21))
    assert not concerns(who, replace(who.facts, tests=(unclear, last, again)), desk(who), t("19:36", 28))


def test_a_record_opened_by_mistake_is_closed_again_as_it_was() -> None:
    desk = closed()
    back = act(desk, Reopen(person_id=1, reason="认错人"), NOW)
    undone = act(back, Amend(entry_id=max(back.entries), reason="认错人"), NOW)
    assert undone.persons[1] == desk.persons[1]


def test_by_what_and_with_whom_he_came_is_of_one_way_here() -> None:
    """The new stay said that he had come by the train of the last one."""
    way = {"travel": "高铁", "vehicle": "G6078", "seat_no": "05车12F", "companions": "赵六"}
    who = replace(closed().persons[1], **way, illness="高血压", emergency_name="王五")
    news = replace(told(who, NEW_ARRIVAL), vehicle="湘K12345")
    for command in (Register(person=news), ImportArrivals(persons=(news,))):
        after = act(closed().applied(2, [who]), command, NOW)
        back = after.persons[1]
        (stay,) = back.stays_before
        assert {name: getattr(stay, name) for name in way} == way
        page = "\n".join(plain(line) for line in page_lines(back, [], after, NOW, words("zh"), 200))
        assert "车次航班 G6078  座位号 05车12F  同行人 赵六" in page
        assert (back.vehicle, back.seat_no, back.travel, back.companions) == ("湘K12345", "", "", "")
        assert (back.illness, back.emergency_name) == ("高血压", "王五")
