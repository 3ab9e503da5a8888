"""Entries told again and taken back: what is owed and held afterwards, and what another act rests on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, way_of, with_fresh_remarks
from dutyboard.rules.duties.person.positive import consequences
from dutyboard.rules.law.sampling.samples import samples_of
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.amending import Amend, TakeBack
from dutyboard.rules.records.commands.person import (
    Confirm,
    Correct,
    EndTransfer,
    HandOff,
    Move,
    PersonData,
    RecordTest,
    Register,
    Reopen,
    SetLastDay,
    StartTransfer,
)
from dutyboard.rules.records.commands.post import AssignMatter, CloseMatter, Discharge, SendReport, WriteLog
from dutyboard.rules.records.commands.sheets import ImportArrivals
from dutyboard.rules.records.model import Entry, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import PositiveActed, Transferred
from dutyboard.rules.records.told.post import Called
from dutyboard.rules.records.told.site import TemperatureTaken
from tests.rules.desks import LI, WANG, act, actor, desk, owed, person, refused, site, t, unit
from tests.rules.duties.test_care import HOME, at_site, done_with_tests, moved, sample
from tests.rules.duties.test_positive import carried_out, with_positive
from tests.rules.duties.test_queue import facts_of, someone, the_desk

WHY = "记错了"
DINNER = "patrol-3/site-1/2021-06-07"
EVENING = "temperature-pm/site-1/2021-06-07"


def last(snapshot: Snapshot, kind: str) -> Entry:
    return max((each for each in snapshot.entries.values() if each.kind == kind), key=lambda each: each.id)


def again(snapshot: Snapshot, entry: Entry, **changed: Any) -> Amend:
    way = way_of(entry, snapshot)
    assert not isinstance(way, ByOwnAct | OnlyBack)
    return Amend(entry_id=entry.id, reason=WHY, instead=replace(way, **changed))


def back(entry: Entry, *, agreed: bool = False) -> Amend:
    return Amend(entry_id=entry.id, reason=WHY, agreed=agreed)


def picture(snapshot: Snapshot, now: datetime) -> dict[str, Any]:
    """What is owed and what the records hold, without the entries' own numbers."""
    rows = {key: (each.state, each.late_minutes, each.count, each.total) for key, each in owed(snapshot, now).items()}
    people = {number: replace(each, facts=replace(each.facts, tests=())) for number, each in snapshot.persons.items()}
    tests = {number: set(each.facts.tests) for number, each in snapshot.persons.items()}
    return {"owed": rows, "people": people, "tests": tests, "reports": dict(snapshot.last_reports)}


# ---------------------------------------------------------------- any entry


def test_a_wrong_tick_is_taken_back_later_than_two_minutes_and_is_owed_again() -> None:
    """F07: seen three minutes after."""
    ticked = act(desk(site()), Discharge(obligation=DINNER), t("18:00"))
    wrong = last(ticked, "check")
    assert refused(ticked, TakeBack(entry_id=wrong.id), t("18:03")).code == "too_late_to_take_back"
    assert refused(ticked, Amend(entry_id=wrong.id, reason=" "), t("18:03")).code == "reason_needed"
    corrected = act(ticked, back(wrong), t("18:03"), actor(WANG))
    assert owed(corrected, t("18:03"))[DINNER].state == "open"
    entry = last(corrected, "retract")
    assert (entry.amends, entry.reason, entry.entered_by) == (wrong.id, WHY, WANG)
    assert corrected.entries[wrong.id] == wrong
    twice = refused(corrected, back(wrong), t("18:04"))
    assert (twice.code, twice.fields["by"], twice.fields["at"]) == ("already_amended", "王芳", t("18:03"))
    assert refused(corrected, TakeBack(entry_id=wrong.id), t("18:04")).code == "already_amended"
    assert act(corrected, Discharge(obligation=DINNER), t("18:05")).done[DINNER].happened_at == t("18:05")


def test_a_round_is_told_again_with_other_figures() -> None:
    figures = {"of": 4, "measured": 4, "highest": 36.9}
    measured = act(desk(site()), Discharge(obligation=EVENING, figures=figures), t("17:30"))
    command = again(measured, last(measured, "check"), figures={**figures, "measured": 3}, text="一人外出")
    corrected = act(measured, command, t("18:00"))
    now = owed(corrected, t("18:00"))[EVENING]
    assert now.count == 3
    entry = last(corrected, "check")
    assert isinstance(entry.told, TemperatureTaken)
    assert (entry.amends, entry.reason, entry.text, entry.told.measured) == (1, WHY, "一人外出", 3)
    assert entry.happened_at == t("17:30") and corrected.amended[1] == entry.id


INSIDE = tuple(person(n, stage="site", site_id=1, room=n) for n in range(1, 4))
MEASURED = {"person-1": 36.5, "person-2": 37.9}


@pytest.mark.parametrize(
    "check",
    [
        Discharge(obligation=EVENING, readings=MEASURED, absent=(3,), remarks={"person-3": "外出"}),
        Discharge(obligation=EVENING, readings=MEASURED, unwell=(1,), remarks={"person-1": "咳嗽"}),
        Discharge(obligation=EVENING, figures={"of": 3, "measured": 2, "highest": 36.9}),
        Discharge(obligation=DINNER, seen=(1, 2)),
        Discharge(obligation=DINNER, seen=(1, 2), absent=(3,), remarks={"person-3": "外出"}),
        Discharge(obligation=DINNER, unwell=(1,), remarks={"person-1": "咳嗽"}),
        Discharge(obligation=DINNER, abnormal=True, text="门锁坏了"),
        Discharge(obligation="disinfection-pm/site-1/2021-06-07", figures={"mg_l": 500}, details={"agent": "84"}),
        Discharge(obligation="staff-check/site-1/2021-06-07", figures={"checked": 4, "abnormal": 1}, text="发热"),
        Discharge(obligation="home-check/unit-1/2021-06-07", absent=(8,), remarks={"person-8": "敲门无人应"}),
        Discharge(obligation="home-check/unit-1/2021-06-07", seen=(8,), readings={"person-8": 36.4}),
    ],
)
def test_a_check_told_again_as_it_was_tells_the_same(check: Discharge) -> None:
    """Nothing that it said is lost on the way, so that a correction of one figure is one figure."""
    away = person(8, stage="home", unit_id=1, home_from=date(2021, 6, 7), home_cadre="村干部")
    told = act(desk(site(), unit(), *INSIDE, away), check, t("18:00"))
    same = act(told, replace(again(told, told.entries[1]), agreed=True), t("18:05"))
    amended = next(each for each in same.entries.values() if each.amends == 1)
    assert (amended.told, amended.text, amended.abnormal) == (
        told.entries[1].told,
        check.text,
        told.entries[1].abnormal,
    )
    still_open = [[each.what for each in desk_.matters.values() if each.closed_at is None] for desk_ in (told, same)]
    assert still_open[0] == still_open[1]


def test_an_abnormal_figure_corrected_is_abnormal_no_more() -> None:
    ill = Discharge(obligation="staff-check/site-1/2021-06-07", figures={"checked": 4, "abnormal": 1}, text="发热")
    told = act(desk(site()), ill, t("18:00"))
    well = act(told, again(told, told.entries[1], figures={"checked": 4, "abnormal": 0}), t("18:05"))
    assert not next(each for each in well.entries.values() if each.amends == 1).abnormal
    assert all(each.closed_at is not None for each in well.matters.values())


def test_a_correction_is_bound_by_the_rules_of_its_act() -> None:
    figures = {"of": 4, "measured": 4, "highest": 36.9}
    measured = act(desk(site()), Discharge(obligation=EVENING, figures=figures), t("17:30"))
    entry = last(measured, "check")
    assert (
        refused(measured, again(measured, entry, figures={**figures, "measured": 9}), t("18:00")).code == "bad_figure"
    )
    assert refused(measured, again(measured, entry, happened_at=t("20:00")), t("18:00")).code == "in_future"


def test_a_correction_of_a_correction_taken_back_brings_the_old_word_again() -> None:
    ticked = act(desk(site()), Discharge(obligation=DINNER), t("18:00"))
    struck = act(ticked, back(last(ticked, "check")), t("18:10"))
    restored = act(struck, back(last(struck, "retract")), t("18:20"))
    assert picture(restored, t("18:30")) == picture(ticked, t("18:30"))
    done_anew = act(struck, Discharge(obligation=DINNER), t("18:15"))
    assert refused(done_anew, back(last(done_anew, "retract")), t("18:20")).code == "already_done"


def test_a_call_and_a_note_are_told_again() -> None:
    called = act(desk(), WriteLog(text="", call=Called(caller="石马山镇", matter="返涟一人")), t("10:00"))
    told = Called(caller="石马山镇", matter="返涟二人")
    corrected = act(called, again(called, last(called, "call"), call=told), t("11:00"))
    assert (last(corrected, "call").told, last(corrected, "call").happened_at) == (told, t("10:00"))
    noted = act(desk(), WriteLog(text="空调已修"), t("10:00"))
    assert last(act(noted, again(noted, last(noted, "note"), text="空调未修"), t("11:00")), "note").text == "空调未修"


# ---------------------------------------------------------------- reports


@pytest.mark.parametrize("closed", [False, True])
def test_a_call_told_again_is_the_same_matter_open_or_closed(closed: bool) -> None:
    call = Called(caller="扬某", matter="是否隔离")
    told = act(desk(), WriteLog(text="", call=call), t("19:00"))
    told = act(told, AssignMatter(matter_id=1, owner="刘敏", reason="她值班"), t("19:02"))
    if closed:
        told = act(told, CloseMatter(matter_id=1, outcome="已答复"), t("19:05"))
    right = again(told, told.entries[1], call=replace(call, caller="杨某"))
    same = act(told, replace(right, agreed=True), t("19:10"))
    (one,) = same.matters.values()
    assert (one.caller, one.owner, one.outcome) == ("杨某", "刘敏", "已答复" if closed else "")
    gone = act(same, back(last(same, "call"), agreed=True), t("19:20"))
    assert all(each.closed_at is not None for each in gone.matters.values())


def report(**fields: Any) -> SendReport:
    given: dict[str, Any] = {
        "kind": "site",
        "subject": "site-1",
        "day": date(2021, 6, 7),
        "figures": {"in_quarantine": 3},
        "zero": False,
        "reporter": "负责人1",
    }
    return SendReport(**given | fields)


def test_a_report_told_again_is_a_new_revision_and_one_taken_back_is_owed() -> None:
    sent = act(desk(site()), report(), t("15:00"))
    key = ("site", "site-1", date(2021, 6, 7))
    corrected = act(sent, again(sent, last(sent, "report"), figures={"in_quarantine": 4}), t("15:30"))
    assert (corrected.last_reports[key].revision, corrected.last_reports[key].figures) == (2, {"in_quarantine": 4})
    assert corrected.reports[1].figures == {"in_quarantine": 3}
    struck = act(sent, back(last(sent, "report")), t("15:30"))
    assert key not in struck.last_reports and struck.reports[1].struck
    assert owed(struck, t("15:30"))["report/site-1/2021-06-07"].state != "done"
    first_again = act(corrected, back(last(corrected, "report")), t("15:40"))
    assert first_again.last_reports[key].revision == 1


# ---------------------------------------------------------------- a person


def test_a_wrong_sample_is_taken_out_of_his_facts_and_owed_again() -> None:
    taken = act(at_site(), sample(8), t("20:00", 8))
    corrected = act(taken, back(last(taken, "test")), t("21:00", 8))
    assert corrected.persons[1].facts.tests == ()
    assert owed(corrected, t("21:00", 8))["test-pcr/person-1/2021-06-08"].state == "open"


def test_another_sample_stays_where_one_is_taken_out() -> None:
    taken = act(act(at_site(), sample(8), t("20:00", 8)), sample(21), t("20:00", 21))
    wrong = next(each for each in taken.entries.values() if each.kind == "test")
    corrected = act(taken, back(wrong, agreed=True), t("21:00", 21))
    assert [each.sampled_on for each in corrected.persons[1].facts.tests] == [date(2021, 6, 21)]


def test_a_wrong_result_is_changed() -> None:
    taken = act(at_site(), sample(8), t("20:00", 8))
    corrected = act(taken, again(taken, last(taken, "test"), result="indeterminate"), t("21:00", 8))
    assert [each.result for each in corrected.persons[1].facts.tests] == ["indeterminate"]


def test_a_sample_that_has_its_result_goes_with_it_once_agreed() -> None:
    pending = act(at_site(), sample(8, result="pending"), t("09:00", 8))
    known = act(pending, sample(8), t("20:00", 8))
    wrong = next(each for each in known.entries.values() if each.kind == "test")
    asked = refused(known, back(wrong), t("21:00", 8))
    assert (asked.code, asked.fields["entries"]) == ("asks_first", [last(known, "test").id])
    corrected = act(known, back(wrong, agreed=True), t("21:00", 8))
    assert corrected.persons[1].facts.tests == ()


def test_a_wrong_receiver_is_corrected_without_undoing_what_came_after() -> None:
    home = act(done_with_tests(), HOME, t("09:00", 22))
    corrected = act(home, again(home, last(home, "transfer"), received_by="其他：负责人2"), t("10:00", 22))
    entry = last(corrected, "transfer")
    assert isinstance(entry.told, Transferred) and entry.told.received_by == "其他：负责人2"
    assert corrected.persons == home.persons


def test_a_wrong_arrival_moves_day_0_and_is_asked_first() -> None:
    """He was inside an evening later than told: every day after moves, with the tests taken since."""
    sampled = act(at_site(), sample(8), t("20:00", 8))
    command = again(sampled, last(sampled, "transfer"), left_at=t("00:10", 8), arrived_at=t("00:40", 8))
    asked = refused(sampled, command, t("21:00", 8))
    assert (asked.code, asked.fields["names"]) == ("asks_first", ["人员1"])
    corrected = act(sampled, replace(command, agreed=True), t("21:00", 8))
    assert corrected.persons[1].admitted_on == date(2021, 6, 8)
    assert corrected.persons[1].facts.tests == sampled.persons[1].facts.tests


def test_a_wrong_release_is_undone_with_his_room() -> None:
    inside = done_with_tests()
    home = act(inside, HOME, t("09:00", 22))
    undone = act(home, back(last(home, "release")), t("10:00", 22))
    assert undone.persons[1] == inside.persons[1]
    assert owed(undone, t("10:00", 22))["release/person-1/2021-06-22"].state == "open"


def test_a_release_is_not_undone_into_a_room_that_somebody_has_by_now() -> None:
    home = act(done_with_tests(), HOME, t("09:00", 22))
    taken = home.applied(home.seq, [someone(7, "3.5", stage="site", site_id=1, room=1)])
    for order in (taken.persons, dict(sorted(taken.persons.items(), reverse=True))):
        answer = refused(replace(taken, persons=order), back(last(taken, "release")), t("10:00", 22))
        assert (answer.code, answer.fields["person"]) == ("room_taken", "人员7")


def test_a_wrong_hand_off_and_a_wrong_placing_are_undone() -> None:
    inside = at_site()
    gone = act(inside, HandOff(person_id=1, leader_id=LI, letter="函1", to="娄底市"), t("10:00", 8))
    assert act(gone, back(last(gone, "hand_off")), t("11:00", 8)).persons[1] == inside.persons[1]
    asked = refused(inside, back(last(inside, "assess")), t("11:00", 8))
    assert asked.fields["entries"] == [last(inside, "transfer").id]
    queued = act(inside, back(last(inside, "assess"), agreed=True), t("11:00", 8))
    assert (queued.persons[1].stage, queued.persons[1].room) == ("pending", None)


def test_who_has_left_for_a_room_comes_back_with_the_act_that_gave_it_to_him() -> None:
    """The ride changes no field that the assessment set, and yet it cannot stand without it."""
    placed = act(
        the_desk(someone(1, "3.5")),
        Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=1),
        t("19:40"),
    )
    leave = StartTransfer(person_id=1, vehicle="湘K1", driver="赵")
    riding = act(placed, leave, t("20:00"))
    inside = act(riding, EndTransfer(person_id=1, received_by="其他：周"), t("20:40"))
    for snapshot in (riding, inside):
        wrong = last(snapshot, "assess")
        rides = sorted(each.id for each in snapshot.entries.values() if each.kind == "transfer")
        asked = refused(snapshot, back(wrong), t("21:00"))
        assert (asked.code, sorted(asked.fields["entries"])) == ("asks_first", rides)
        queued = act(snapshot, back(wrong, agreed=True), t("21:00")).persons[1]
        assert (queued.stage, queued.room, queued.road) == ("pending", None, None)


def test_a_corrected_number_is_corrected_again_and_not_half_taken_back() -> None:
    """No entry holds the old number: taken back, it would stand where it was told wrongly."""
    before = desk(site(), someone(1, "none", phone="19900000001"), someone(2, "none"))
    for number, phone, way in ((1, "19900000009", "amend_by_own_act"), (2, "19900000009", "")):
        him = before.persons[number]
        told = PersonData(name=him.name, phone=phone, facts=him.facts)
        changed = act(before, Correct(person_id=number, person=told, reason=WHY), t("10:00"))
        if way:
            assert refused(changed, back(last(changed, "correct")), t("11:00")).code == way
        else:
            assert act(changed, back(last(changed, "correct")), t("11:00")).persons[number].phone == ""


def test_what_an_older_program_wrote_is_not_guessed() -> None:
    inside = at_site()
    old = inside.applied(inside.seq, [replace(last(inside, "transfer"), before=())])
    assert refused(old, back(last(old, "transfer")), t("11:00", 8)).code == "amend_too_old"


# ---------------------------------------------------------------- a positive of somebody else


@pytest.mark.parametrize("door", ["amended", "result"])
def test_a_positive_of_somebody_else_undoes_all_that_it_brought(door: str) -> None:
    """F27: the way to the hospital is owed no more, his room is held, the others are as before."""
    before, positive = with_positive(), carried_out()
    clean = sample(8, result="negative")
    now = t("16:00", 8)
    entry = next(each for each in positive.entries.values() if each.kind == "test")
    if door == "amended":
        command: Amend | RecordTest = again(positive, entry, result="negative")
    else:
        assert refused(positive, clean, now).code == "reason_needed"
        command = replace(clean, reason="他人样本")
    asked = refused(positive, command, now)
    assert (asked.code, asked.fields["entries"]) == ("asks_first", [last(positive, "positive").id])
    undone = act(positive, replace(command, agreed=True), now)
    assert undone.persons[1].facts.tests[0].result == "negative"
    for number in (1, 2, 3, 4):
        assert replace(undone.persons[number], facts=before.persons[number].facts) == before.persons[number]
    assert not [each for each in owed(undone, now) if each.startswith(("transfer/", "trace/"))]
    assert all(each.id in undone.amended for each in undone.entries.values() if isinstance(each.told, PositiveActed))
    assert consequences(undone, undone.persons[1], now) == ()


def test_it_is_undone_from_the_hospital_as_well_while_his_room_is_free() -> None:
    positive = act(carried_out(), moved(1, left_at=t("16:00", 8), arrived_at=t("17:00", 8)), t("17:10", 8))
    assert positive.persons[1].stage == "hospital"
    clean = replace(sample(8, result="negative"), reason="他人样本", agreed=True)
    undone = act(positive, clean, t("18:00", 8))
    assert (undone.persons[1].stage, undone.persons[1].room) == ("site", 1)


def test_nobody_is_put_back_into_a_room_that_somebody_else_has_by_now() -> None:
    """Taken back, a move and a ride both lead into the room that was left."""
    moved_on = act(at_site(), Move(person_id=1, site_id=1, reason="空调坏了"), t("10:00", 8))
    way_back = back(last(moved_on, "move"), agreed=True)
    assert act(moved_on, way_back, t("10:05", 8)).persons[1].room == at_site().persons[1].room
    after = replace(moved_on.persons[1], id=2, room=at_site().persons[1].room, name="人员2")
    assert refused(moved_on.applied(99, [after]), way_back, t("10:05", 8)).code == "room_taken"
    bound = act(at_site().applied(50, [site(2)]), Move(person_id=1, site_id=2, reason="腾空"), t("10:00", 8))
    gone = act(bound, StartTransfer(person_id=1, vehicle="湘K1", driver="赵"), t("10:10", 8))
    ride = back(last(gone, "transfer"), agreed=True)
    assert act(gone, ride, t("10:15", 8)).persons[1].still_in == bound.persons[1].still_in
    assert refused(gone.applied(99, [replace(after, site_id=1)]), ride, t("10:15", 8)).code == "room_taken"


def test_facts_of_a_closed_record_are_not_taken_back_where_nobody_would_owe_them() -> None:
    """Corrected to green and so let go; taken back, the missing code would ask an office that no row names."""
    unknown = the_desk(someone(1, "none", facts=replace(facts_of("none"), health_code="none")))
    told = PersonData(name=unknown.persons[1].name, facts=replace(unknown.persons[1].facts, health_code="green"))
    green = act(unknown, Correct(person_id=1, person=told, reason="补看"), t("18:10"))
    free = act(green, Confirm(person_id=1, clause="none", officer_name="王芳"), t("18:20"))
    assert free.persons[1].stage == "closed"
    correction = back(last(free, "correct"), agreed=True)
    assert refused(free, correction, t("18:30")).code == "record_closed"
    open_again = act(free, back(last(free, "assess"), agreed=True), t("18:31"))
    assert act(open_again, correction, t("18:32")).persons[1].facts.health_code == "none"


def test_a_sample_told_again_asks_nothing_of_a_record_that_was_closed_after_it() -> None:
    """The unclear sample opened the record, which was closed once more: a positive there would be nobody's."""
    confirm = Confirm(person_id=1, clause="none", officer_name="王芳")
    free = act(the_desk(someone(1, "none", facts=facts_of("none"))), confirm, t("18:00"))
    unclear = replace(sample(7, result="indeterminate"), reason="补报")
    opened = act(free, unclear, t("18:10"))
    assert opened.persons[1].stage == "pending"
    again_free = act(opened, confirm, t("18:20"))
    positive = replace(again(again_free, last(again_free, "test"), result="positive"), agreed=True)
    assert refused(again_free, positive, t("18:30")).code == "record_closed"
    open_again = act(again_free, back(last(again_free, "assess"), agreed=True), t("18:31"))
    assert act(open_again, positive, t("18:32")).persons[1].stage == "pending"


NEWS: dict[str, Callable[[Person], Command]] = {
    "a correction": lambda each: Correct(person_id=1, person=_close(each), reason="流调来电"),
    "a call": lambda each: Register(person=_close(each)),
    "a sheet": lambda each: ImportArrivals(persons=(_close(each),)),
}


def _close(person: Person) -> PersonData:
    """What is known of a person, and that he is a close contact."""
    facts = replace(person.facts, contact="close", last_exposure_on=date(2021, 6, 7))
    return PersonData(name=person.name, phone=person.phone, facts=facts)


@pytest.mark.parametrize("news", NEWS)
@pytest.mark.parametrize("opened_by", ["an unclear sample", "an officer"])
def test_a_record_that_was_opened_is_not_closed_again_over_what_was_told_of_him_since(
    news: str, opened_by: str
) -> None:
    """Nobody would owe it. Without such news the same correction closes the record as it was."""
    who = someone(1, "none", facts=facts_of("none"), phone="19900000001")
    free = act(the_desk(who), Confirm(person_id=1, clause="none", officer_name="王芳"), t("18:00"))
    unclear = replace(sample(7, result="indeterminate"), reason="补报")
    by_hand = Reopen(person_id=1, reason="认错人")
    opened = act(free, unclear if opened_by == "an unclear sample" else by_hand, t("18:10"))
    assert opened.persons[1].stage == "pending"
    opening = opened.entries[max(opened.entries)]
    taken_back = back(opening, agreed=True)
    assert act(opened, taken_back, t("18:20")).persons[1] == free.persons[1]
    close = act(opened, NEWS[news](opened.persons[1]), t("18:20"))
    assert close.persons[1].facts.contact == "close"
    assert refused(close, taken_back, t("18:30")).code == "news_since"
    if opened_by == "an unclear sample":
        negative = replace(again(close, opening, result="negative"), agreed=True)
        assert refused(close, negative, t("18:30")).code == "news_since"


def test_a_late_negative_of_a_closed_record_is_told_again_of_another_day() -> None:
    """It asks no more of him on that day than on the first, so that the record stays closed."""
    confirm = Confirm(person_id=1, clause="none", officer_name="王芳")
    free = act(the_desk(someone(1, "none", facts=facts_of("none"))), confirm, t("18:00"))
    told = act(free, replace(sample(7), reason="补报"), t("18:10", 9))
    other = replace(again(told, last(told, "test"), sampled_on=date(2021, 6, 8)), agreed=True)
    corrected = act(told, other, t("18:20", 9)).persons[1]
    assert corrected.stage == "closed"
    assert [each.sampled_on for each in samples_of(corrected.facts)] == [date(2021, 6, 8)]


@pytest.mark.parametrize("again_told", ["brought back", "told again"])
def test_an_older_word_of_a_leader_does_not_come_after_a_newer_one(again_told: str) -> None:
    """The last word on a stage rules, also once the first was taken back and that again, or told with another day."""
    first = SetLastDay(person_id=1, last=date(2021, 6, 24), leader_id=LI, reason="同楼层阳性")
    said = act(at_site(), first, t("10:00", 8))
    both = act(said, replace(first, last=date(2021, 6, 26)), t("11:00", 8))
    if again_told == "brought back":
        away = act(both, back(last(said, "stage"), agreed=True), t("12:00", 8))
        now = act(away, back(last(away, "retract"), agreed=True), t("12:05", 8))
        assert now.persons[1] == both.persons[1]
    else:
        other = again(both, last(said, "stage"), last=date(2021, 6, 23))
        now = act(both, replace(other, agreed=True), t("12:00", 8))
    assert [each.last for each in now.persons[1].last_days][-1] == date(2021, 6, 26)
    stage = course_of(now.persons[1], now, t("12:10", 8)).plan.stage("site")
    assert stage is not None and stage.last == date(2021, 6, 26)


def test_words_of_an_absence_go_with_it_unless_they_are_other_words() -> None:
    was = Discharge(obligation=DINNER, absent=(1, 2), unwell=(3,), remarks={"person-1": "外出", "person-3": "咳嗽"})
    told = replace(was, absent=(2,), unwell=())
    assert with_fresh_remarks(was, told).remarks == {}
    came_back = {"person-1": "回来了", "person-3": "咳嗽"}
    assert with_fresh_remarks(was, replace(told, remarks=came_back)).remarks == {"person-1": "回来了"}
    assert with_fresh_remarks(was, replace(was, text="x")).remarks == was.remarks
