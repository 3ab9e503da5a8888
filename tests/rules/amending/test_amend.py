"""Entries told again and taken back: what is owed and held afterwards, and what another act rests on."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, way_of
from dutyboard.rules.duties.person.positive import consequences
from dutyboard.rules.records.commands.amending import Amend, TakeBack
from dutyboard.rules.records.commands.person import (
    HandOff,
)
from dutyboard.rules.records.commands.post import Discharge, SendReport, WriteLog
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import PositiveActed, Transferred
from dutyboard.rules.records.told.post import Called
from dutyboard.rules.records.told.site import TemperatureTaken
from tests.rules.desks import LI, WANG, act, actor, desk, owed, refused, site, t
from tests.rules.duties.test_care import HOME, at_site, done_with_tests, moved, sample
from tests.rules.duties.test_positive import carried_out, with_positive
from tests.rules.duties.test_queue import someone

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
    corrected = act(home, again(home, last(home, "transfer"), received_by="负责人2"), t("10:00", 22))
    entry = last(corrected, "transfer")
    assert isinstance(entry.told, Transferred) and entry.told.received_by == "负责人2"
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
    answer = refused(taken, back(last(taken, "release")), t("10:00", 22))
    assert (answer.code, answer.fields["person"]) == ("room_taken", "人员7")


def test_a_wrong_hand_off_and_a_wrong_placing_are_undone() -> None:
    inside = at_site()
    gone = act(inside, HandOff(person_id=1, leader_id=LI, letter="函1", to="娄底市"), t("10:00", 8))
    assert act(gone, back(last(gone, "hand_off")), t("11:00", 8)).persons[1] == inside.persons[1]
    asked = refused(inside, back(last(inside, "assess")), t("11:00", 8))
    assert asked.fields["entries"] == [last(inside, "transfer").id]
    queued = act(inside, back(last(inside, "assess"), agreed=True), t("11:00", 8))
    assert (queued.persons[1].stage, queued.persons[1].room) == ("pending", None)


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
        command = again(positive, entry, result="negative")
        asked = refused(positive, command, now)
        assert (asked.code, asked.fields["entries"]) == ("asks_first", [last(positive, "positive").id])
        undone = act(positive, replace(command, agreed=True), now)
    else:
        assert refused(positive, clean, now).code == "reason_needed"
        undone = act(positive, replace(clean, reason="他人样本"), now)
    assert undone.persons[1].facts.tests[0].result == "negative"
    for number in (1, 2, 3, 4):
        assert replace(undone.persons[number], facts=before.persons[number].facts) == before.persons[number]
    assert not [each for each in owed(undone, now) if each.startswith(("transfer/", "trace/"))]
    assert all(each.id in undone.amended for each in undone.entries.values() if isinstance(each.told, PositiveActed))
    assert consequences(undone, undone.persons[1], now) == ()


def test_it_is_undone_from_the_hospital_as_well_while_his_room_is_free() -> None:
    positive = act(carried_out(), moved(1, left_at=t("16:00", 8), arrived_at=t("17:00", 8)), t("17:10", 8))
    assert positive.persons[1].stage == "hospital"
    clean = replace(sample(8, result="negative"), reason="他人样本")
    undone = act(positive, clean, t("18:00", 8))
    assert (undone.persons[1].stage, undone.persons[1].room) == ("site", 1)
