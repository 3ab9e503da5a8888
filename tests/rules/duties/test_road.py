"""A transfer is two acts and a wait: he leaves, he is on the road, he arrives; or he comes back, or is diverted."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.board import board
from dutyboard.rules.decide import decide
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.rooms import free_rooms
from dutyboard.rules.people.stage import awaits_answer, on_road, under_control
from dutyboard.rules.records.codes import Destination, Stage
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import (
    AnswerReferral,
    CancelTransfer,
    Confirm,
    Correct,
    DivertTransfer,
    EndTransfer,
    HandOff,
    PersonData,
    StartTransfer,
    Transfer,
)
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Arrived, Departed, Transferred
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.text import words
from dutyboard.tui.views.people import stage_text
from tests.rules.desks import ADMIN, LI, act, of_people, owed, refused, site, t
from tests.rules.duties.test_queue import facts_of, someone, the_desk
from tests.rules.duties.test_referral import SICK, answered, confirm, put

RIDE: Final = {"vehicle": "湘K1", "driver": "周涛"}


def start(snapshot: Snapshot, at: str = "20:00", **told: Any) -> Snapshot:
    return act(snapshot, StartTransfer(person_id=1, **RIDE, **told), t(at))


def start_refused(snapshot: Snapshot, at: str = "20:00", **told: Any) -> Refusal:
    return refused(snapshot, StartTransfer(person_id=1, **{**RIDE, **told}), t(at))


def end(snapshot: Snapshot, at: str = "20:30", **told: Any) -> Snapshot:
    return act(snapshot, EndTransfer(person_id=1, **{"received_by": "李建国", **told}), t(at))


def rides(snapshot: Snapshot, clock: str) -> list[tuple[str, str, str]]:
    """Slot, state and priority of the rides that are owed."""
    rows = [each for each in of_people(snapshot, t(clock)) if each.kind == "transfer"]
    return [(each.id.slot, each.state, each.priority) for each in rows]


def sick_in(stage: Stage) -> Snapshot:
    """A desk on which person 1, of the class 3.5, has a fever in a stage, and the hospital has been asked."""
    before = confirm(the_desk(someone(1, "3.5")), site_id=1, room=3)
    rooms = {"site_id": 1, "room": 3} if stage == "site" else {"site_id": None, "room": None}
    known: dict[str, Any] = {**rooms, "stage": stage, "admitted_on": date(2021, 6, 7)}
    if stage == "home":
        known |= {"home_from": date(2021, 6, 7), "home_cadre": "王芳"}
    person = replace(before.persons[1], **known)
    return confirm(put(before, replace(person, facts=replace(person.facts, **SICK))))


def test_from_the_room_over_the_road_to_the_next() -> None:
    """Owed to leave, on the road with its clock, owed to arrive; the old room is free once he has left it."""
    reserved = confirm(the_desk(someone(1, "3.5")), site_id=1, room=3)
    assert rides(reserved, "19:50") == [("transfer", "open", "normal")]
    gone = start(reserved, phone="19900000009")
    assert (on_road(gone.persons[1]), board(gone, t("20:01")).counts.on_road) == (True, 1)
    assert rides(gone, "20:01") == [("arrival", "open", "normal")]
    assert rides(gone, "21:01") == [("arrival", "late", "red")]
    assert owed(gone, t("20:01"))["arrival/person-1/2021-06-07"].due == t("21:00")
    assert 3 not in free_rooms(gone, gone.sites[1])
    there = end(gone)
    assert (there.persons[1].stage, there.persons[1].room, there.persons[1].admitted_on) == (
        "site",
        3,
        date(2021, 6, 7),
    )
    assert (rides(there, "20:31"), board(there, t("20:31")).counts.on_road) == ([], 0)
    moving = confirm(there, site_id=1, room=5)
    assert {3, 5}.isdisjoint(free_rooms(moving, moving.sites[1]))
    left = start(moving, "20:40")
    assert 3 in free_rooms(left, left.sites[1]) and 5 not in free_rooms(left, left.sites[1])


def test_a_new_site_stage_ends_an_earlier_move_home() -> None:
    """His later days at home count from his next move; over the fever clinic and back home they run on."""
    known: dict[str, Any] = {"stage": "home", "admitted_on": date(2021, 5, 21), "home_cadre": "王芳"}
    at_home = the_desk(someone(1, "3.5", home_from=date(2021, 6, 5), **known))
    there = end(start(confirm(at_home, site_id=1, room=3))).persons[1]
    assert (there.stage, there.admitted_on, there.home_from) == ("site", date(2021, 6, 7), None)
    assert end(start(at_home, to="fever-clinic")).persons[1].home_from == date(2021, 6, 5)


@pytest.mark.parametrize("stage", ["referred", "site", "home", "waiting"])
def test_by_closed_loop_to_the_fever_clinic_and_back(stage: Stage) -> None:
    """From wherever he is, a queue without a room too; while he is there the answer is owed, and then his way back."""
    queued = confirm(the_desk(someone(1, "3.5", facts=facts_of("3.5", **SICK))))
    asked = queued if stage == "referred" else sick_in(stage)
    assert ("transfer", "open", "red") in rides(asked, "19:50")
    gone = start(asked)
    assert gone.persons[1].road is not None and gone.persons[1].road.to == "fever-clinic"
    assert rides(gone, "20:01") == [("arrival", "open", "normal")]
    if stage == "site":
        assert 3 in free_rooms(gone, gone.sites[1])
    there = end(gone)
    assert (there.persons[1].stage, rides(there, "20:31")) == ("clinic", [])
    told = answered(there, "20:40")
    assert told.persons[1].stage == "clinic"
    (again,) = [each for each in of_people(told, t("20:41")) if each.kind == "assess"]
    assert again.subject_id == "person-1"
    clause = "3.5"
    back = act(told, Confirm(person_id=1, clause=clause, officer_name="王芳", site_id=1, room=6), t("20:45"))
    home_again = end(start(back, "20:50"), "21:10")
    assert (home_again.persons[1].stage, home_again.persons[1].room) == ("site", 6)
    assert home_again.persons[1].admitted_on == date(2021, 6, 7)


def test_to_another_county_and_its_letter() -> None:
    asked = confirm(the_desk(someone(1, "3.5")), site_id=1, room=3)
    assert start_refused(asked, to="county").fields["names"] == ["place"]
    gone = start(asked, to="county", place="娄底市娄星区")
    assert 3 in free_rooms(gone, gone.sites[1])
    away = end(gone)
    assert (away.persons[1].stage, rides(away, "20:31")) == ("away", [("letter", "open", "normal")])
    assert board(away, t("20:31")).counts.on_road == 0
    assert start_refused(away, "20:40", to="hospital").code == "wrong_stage"


def test_home_from_the_hospital_only_under_two_named_cadres() -> None:
    """Who receives him is no cadre by silence."""
    sick = someone(1, "3.7a", stage="hospital", home_cadre="村干部")
    assert start_refused(the_desk(sick), to="home").code == "supervisor_needed"
    home = end(start(the_desk(replace(sick, town_cadre="镇干部")), to="home")).persons[1]
    assert (home.stage, home.town_cadre, home.home_cadre) == ("home", "镇干部", "村干部")
    assert home.watched_since is not None


def test_home_on_the_day_of_the_release() -> None:
    snapshot = the_desk(someone(1, "3.7a", stage="home", home_from=date(2021, 6, 7), home_cadre="王芳"))
    on_it = start(snapshot, to="home")
    assert board(on_it, t("20:01")).counts.home == 0
    assert end(on_it).persons[1].stage == "home"
    assert start_refused(put(snapshot, replace(snapshot.persons[1], home_from=date(2021, 6, 6))), to="home").code == (
        "same_destination"
    )


@pytest.mark.parametrize("stage", ["referred", "site", "home"])
def test_who_turns_back_is_where_he_was_and_the_ride_is_owed_again(stage: Stage) -> None:
    queued = confirm(the_desk(someone(1, "3.5", facts=facts_of("3.5", **SICK))))
    before = queued if stage == "referred" else sick_in(stage)
    gone = start(before)
    assert refused(gone, CancelTransfer(person_id=1, reason=" "), t("20:10")).code == "reason_needed"
    back = act(gone, CancelTransfer(person_id=1, reason="车辆故障"), t("20:10"))
    was, now = before.persons[1], back.persons[1]
    assert (now.stage, now.site_id, now.room, now.road) == (was.stage, was.site_id, was.room, None)
    assert rides(back, "20:11") == rides(before, "20:11")


def test_a_planned_transfer_that_turns_back_is_owed_again() -> None:
    reserved = confirm(the_desk(someone(1, "3.5")), site_id=1, room=3)
    back = act(start(reserved), CancelTransfer(person_id=1, reason="车辆故障"), t("20:10"))
    assert (back.persons[1].stage, back.persons[1].room, rides(back, "20:11")) == (
        "transfer",
        3,
        rides(reserved, "20:11"),
    )


def test_a_room_that_was_given_away_takes_nobody_back() -> None:
    gone = start(sick_in("site"))
    other = put(gone, replace(someone(2, "3.5"), stage="site", site_id=1, room=3))
    assert refused(other, CancelTransfer(person_id=1, reason="车辆故障"), t("20:10")).code == "room_taken"


def test_a_diversion_leads_elsewhere_and_the_clock_runs_on() -> None:
    snapshot = the_desk(someone(1, "3.5"), sites=(site(1), site(2)))
    gone = start(confirm(snapshot, site_id=1, room=3))
    divert = DivertTransfer(person_id=1, to="site", site_id=2, reason="隔离点断电")
    assert refused(gone, replace(divert, reason=""), t("20:10")).code == "reason_needed"
    assert refused(gone, replace(divert, site_id=1), t("20:10")).code == "same_destination"
    elsewhere = act(gone, divert, t("20:10"))
    assert (elsewhere.persons[1].site_id, elsewhere.persons[1].room) == (2, 1)
    assert 3 in free_rooms(elsewhere, elsewhere.sites[1])
    assert rides(elsewhere, "21:01") == [("arrival", "late", "red")]
    assert end(elsewhere).persons[1].site_id == 2


@pytest.mark.parametrize("to", ["hospital", "fever-clinic", "county"])
def test_the_road_may_lead_elsewhere_than_was_planned(to: Destination) -> None:
    gone = start(confirm(the_desk(someone(1, "3.5")), site_id=1, room=3), to=to, place="娄底市")
    assert end(gone).persons[1].stage == {"hospital": "hospital", "fever-clinic": "clinic", "county": "away"}[to]


COMPANY: Final = {"escort": " 孙护士 ", "escort_phone": "19900000008", "handed_by": "王芳"}
TOLD_THERE: Final = {"announced_at": t("19:50"), "announced_by": "刘敏"}


def test_what_the_sheet_of_a_ride_asks_is_kept_and_none_of_it_is_asked() -> None:
    reserved = confirm(the_desk(someone(1, "3.5")), site_id=1, room=3)
    left = start(reserved, to="county", place="娄底市", **COMPANY, **TOLD_THERE)
    told = left.entries[max(left.entries)].told
    assert isinstance(told, Departed)
    assert (told.escort, told.escort_phone, told.handed_by) == ("孙护士", "19900000008", "王芳")
    assert (told.announced_at, told.announced_by) == (t("19:50"), "刘敏")
    bare = start(reserved)
    silent = end(bare)
    arrived = silent.entries[max(silent.entries)].told
    assert isinstance(arrived, Arrived)
    assert (arrived.temp_c, arrived.announced_at, arrived.announced_by) == (None, None, "")
    whole = Transfer(person_id=1, left_at=t("20:05"), arrived_at=t("20:10"), received_by="李建国", **RIDE)
    all_said = act(reserved, replace(whole, temp_c=36.6, **COMPANY, **TOLD_THERE), t("20:20"))
    entry = all_said.entries[max(all_said.entries)]
    assert isinstance(entry.told, Transferred)
    assert (entry.told.temp_c, entry.told.escort, entry.told.announced_by) == (36.6, "孙护士", "刘敏")
    assert (start_refused(reserved, announced_at=t("20:01")).code, entry.abnormal) == ("in_future", False)
    ahead = EndTransfer(person_id=1, received_by="李建国", announced_at=t("20:40"))
    assert refused(bare, ahead, t("20:30")).code == "in_future"
    assert refused(bare, replace(ahead, announced_at=None, temp_c=365), t("20:30")).code == "bad_figure"
    assert refused(reserved, replace(whole, temp_c=20), t("20:20")).code == "bad_figure"


def test_a_fever_at_the_hand_over_is_a_reading_like_any_other() -> None:
    """It owes a retake; taken back with its arrival, it owes none."""
    gone = start(confirm(the_desk(someone(1, "3.5")), site_id=1, room=3))
    there = end(gone, temp_c=37.9)
    entry = there.entries[max(there.entries)]
    (reading,) = there.readings[1]
    assert (entry.abnormal, reading.temp_c, reading.by, reading.entry) == (True, 37.9, "李建国", entry.id)
    assert "retake/person-1/2021-06-07" in owed(there, t("20:31"))
    again = replace(EndTransfer(person_id=1, received_by="李建国", arrived_at=t("20:30")), temp_c=36.5)
    mended = act(there, Amend(entry_id=entry.id, reason="看错", instead=again), t("20:40"))
    assert [each.temp_c for each in mended.readings[1]] == [36.5]
    assert "retake/person-1/2021-06-07" not in owed(mended, t("20:41"))


def test_what_is_no_ride_is_refused() -> None:
    pending = the_desk(someone(1, "3.5"))
    assert start_refused(pending).code == "wrong_stage"
    reserved = confirm(pending, site_id=1, room=3)
    assert start_refused(reserved, vehicle=" ").fields["names"] == ["vehicle"]
    assert start_refused(reserved, driver="").fields["names"] == ["driver"]
    assert start_refused(reserved, left_at=t("20:01")).code == "in_future"
    assert start_refused(reserved, to="home").code == "wrong_stage"
    assert start_refused(reserved, site_id=9).code == "unknown_site"
    gone = start(reserved)
    assert start_refused(gone, "20:10").code == "on_the_road"
    whole = Transfer(person_id=1, left_at=t("20:05"), arrived_at=t("20:10"), received_by="李建国", **RIDE)
    assert refused(gone, whole, t("20:20")).code == "on_the_road"
    assert refused(gone, EndTransfer(person_id=1, received_by=" "), t("20:10")).fields["names"] == ["received_by"]
    before = EndTransfer(person_id=1, received_by="李建国", arrived_at=t("19:59"))
    assert refused(gone, before, t("20:10")).code == "ends_before_start"
    assert refused(reserved, EndTransfer(person_id=1, received_by="李"), t("20:10")).code == "not_on_the_road"
    twice = refused(end(gone), EndTransfer(person_id=1, received_by="王芳"), t("20:40"))
    assert (twice.code, twice.fields["by"], twice.fields["at"]) == ("already_arrived", "李建国", t("20:30"))
    waiting = confirm(the_desk(someone(1, "3.8b")))
    assert start_refused(waiting).code == "wrong_stage"
    assert start_refused(end(start(sick_in("site"))), "20:40").code == "destination_needed"
    assert start_refused(waiting, site_id=1).code == "wrong_stage"


def test_a_record_may_close_on_the_road() -> None:
    gone = start(confirm(the_desk(someone(1, "3.5")), site_id=1, room=3))
    dead = act(gone, HandOff(person_id=1, leader_id=LI, letter="医函3号", died=True), t("20:10"))
    assert (dead.persons[1].stage, rides(dead, "20:11"), board(dead, t("20:11")).counts.on_road) == ("closed", [], 0)


def test_each_step_of_a_ride_is_taken_back_by_a_linked_entry() -> None:
    """By `amend`: the person stands as before the step, and what was owed then is owed again."""
    reserved = confirm(the_desk(someone(1, "3.5")), site_id=1, room=3)
    gone = start(reserved)
    there = end(gone)
    entry = max(there.entries)
    back = act(there, Amend(entry_id=entry, reason="记错"), t("20:40"))
    assert back.persons[1].road == gone.persons[1].road
    assert rides(back, "20:41") == rides(gone, "20:41")
    again = act(gone, Amend(entry_id=max(gone.entries), reason="记错"), t("20:41"))
    assert (again.persons[1].stage, again.persons[1].road) == ("transfer", None)
    assert rides(again, "20:42") == rides(reserved, "20:42")


ANSWERED: Final[dict[str, Command]] = {
    "by the office": AnswerReferral(person_id=1, decision="按此办理", authority="指挥部", clause="3.10"),
    "by the facts": Confirm(person_id=1, clause="3.5", officer_name="王芳"),
}


@pytest.mark.parametrize("whose", ANSWERED)
@pytest.mark.parametrize(
    "back", [CancelTransfer(person_id=1, reason="车坏"), None], ids=["turned back", "never told of as gone"]
)
def test_whose_question_was_answered_on_the_road_is_to_be_assessed_when_the_ride_is_off(
    whose: str, back: Command | None
) -> None:
    """Whatever ends the ride, no ride and no answer is owed any more, and he has no place."""
    queued = confirm(the_desk(someone(1, "3.5", facts=facts_of("3.5", **SICK))))
    gone = start(queued)
    if whose == "by the facts":
        gone = put(gone, replace(gone.persons[1], facts=facts_of("3.5")))
    settled = act(gone, ANSWERED[whose], t("20:20"))
    assert settled.persons[1].referral is not None and settled.persons[1].referral.answer is not None
    off = back or Amend(entry_id=max(gone.entries), reason="记错", agreed=True)
    after = act(settled, off, t("20:30"))
    assert [each.kind for each in of_people(after, t("20:31")) if each.subject_id == "person-1"] == ["assess"]
    assert (board(after, t("20:31")).counts.pending_screening, under_control(after.persons[1])) == (1, False)
    assert stage_text(after.persons[1], after, words("zh")) == words("zh").course.stages["pending"]


# ---------------------------------------------------------------- nobody slips


@settings(max_examples=25)
@given(st.data())
def test_who_waits_for_an_answer_or_is_on_the_road_is_always_owed(data: st.DataObject) -> None:
    """Whatever is done with him in whatever order: an open referral and a ride are named on the board at once."""
    known = st.sampled_from(["3.5", "3.7a", "3.8b", "refer", "none"])
    snapshot = the_desk(someone(1, data.draw(known)), sites=(site(1), site(2)))
    for minute in range(12):
        now = t("19:40") + timedelta(minutes=minute)
        command = data.draw(st.sampled_from(_acts(snapshot, now)))
        answer = decide(command, snapshot, now, ADMIN)
        if isinstance(answer, Accepted):
            snapshot = snapshot.applied(snapshot.seq + 1, answer.changes)
        person = snapshot.persons[1]
        rows = {
            (each.kind, each.id.slot) for each in board(snapshot, now).obligations if each.names(subject_id(person))
        }
        assert (("referral", "referral") in rows) == awaits_answer(person)
        assert (("transfer", "arrival") in rows) == on_road(person)
        if under_control(person):
            assert rows, (person.stage, person.referral)


def _acts(snapshot: Snapshot, now: datetime) -> list[Command]:
    """Acts about person 1 that somebody might do: those that do not fit are refused."""
    person = snapshot.persons[1]
    clause = course_of(person, snapshot, now).result.clause
    told = {"person_id": 1, "clause": clause, "officer_name": "王芳"}
    feverish = PersonData(name=person.name, facts=replace(person.facts, symptoms="present"))
    return [
        Confirm(**told, cadres=("甲", "乙")),
        Confirm(**told, site_id=1, room=3),
        Correct(person_id=1, person=feverish, reason="发热"),
        *(
            AnswerReferral(person_id=1, decision="定", authority="指挥部", clause=each)
            for each in (None, "3.5", "free")
        ),
        StartTransfer(person_id=1, **RIDE),
        *(
            StartTransfer(person_id=1, to=each, place="娄底市", **RIDE)
            for each in ("hospital", "fever-clinic", "county")
        ),
        StartTransfer(person_id=1, site_id=2, **RIDE),
        EndTransfer(person_id=1, received_by="李建国"),
        CancelTransfer(person_id=1, reason="车坏"),
        DivertTransfer(person_id=1, to="site", site_id=2, reason="停电"),
        *(Amend(entry_id=each, reason="记错", agreed=True) for each in sorted(snapshot.entries)[-5:]),
    ]
