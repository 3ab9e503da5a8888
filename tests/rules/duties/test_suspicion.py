"""A suspected case: what asks for it, what it brings in one act, and what ends it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.duties.person.suspicion import precautions
from dutyboard.rules.law.facts import ArrivalPcr, Facts
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.fever import is_suspected, open_doubt, stopper
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import (
    ActOnSuspicion,
    AnswerReferral,
    EndTransfer,
    RecordTest,
    Release,
    StartTransfer,
    TakeReading,
)
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.obligation import OWED
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import SuspicionActed
from tests.rules.desks import DAY, LI, act, actor, desk, owed, person, refused, shift, site, t
from tests.rules.duties.test_referral import placed

SUSPECTED = "suspected/person-1/2021-06-07"
PCR = "suspected-pcr/person-1/2021-06-07"
HIM, MATE, NEIGHBOUR = (
    person(number, stage="site", site_id=1, room=room, admitted_on=t("00:00").date())
    for number, room in ((1, 1), (2, 1), (3, 2))
)
RIDE = StartTransfer(person_id=1, to="fever-clinic", vehicle="120", driver="钱")


def fresh() -> Snapshot:
    return desk(site(), HIM, MATE, NEIGHBOUR, shift(1, "leader", LI, t("00:00"), t("24:00")))


def read(snapshot: Snapshot, temp_c: float | None, at: str, **more: Any) -> Snapshot:
    return act(snapshot, TakeReading(person_id=1, temp_c=temp_c, **more), t(at))


def twice() -> Snapshot:
    return read(read(fresh(), 38.0, "19:00"), 37.9, "19:20")


def command(snapshot: Snapshot, at: str, **more: Any) -> ActOnSuspicion:
    shown = tuple(each.id for each in precautions(snapshot, snapshot.persons[1], t(at)))
    return ActOnSuspicion(**{"person_id": 1, "shown": shown, "told": "办公室刘", **more})


def answered(snapshot: Snapshot, at: str) -> Snapshot:
    answer = AnswerReferral(person_id=1, decision="排除", authority="发热门诊")
    return act(snapshot, answer, t(at))


def codes(snapshot: Snapshot, number: int, at: str) -> set[str]:
    found = gate_of(snapshot.persons[number], snapshot, t(at))
    assert found is not None
    return {each.about if each.about == "suspected" else each.code for each in found.blockers}


@pytest.mark.parametrize(
    ("readings", "asked"),
    [
        ([(38.0, "19:00", "")], False),
        ([(38.0, "19:00", ""), (36.5, "19:20", "")], False),
        ([(38.0, "19:00", ""), (37.9, "19:05", "")], True),
        ([(34.5, "19:00", ""), (34.6, "19:20", "")], False),
        ([(38.0, "19:00", "咳嗽")], True),
        ([(None, "19:00", "头晕")], True),
    ],
)
def test_a_second_high_reading_or_a_symptom_asks_for_the_act(
    readings: list[tuple[float | None, str, str]], asked: bool
) -> None:
    snapshot = fresh()
    for temp_c, at, symptom in readings:
        snapshot = read(snapshot, temp_c, at, symptom=symptom)
    found = owed(snapshot, t("19:25"))
    assert (SUSPECTED in found) is asked
    if asked:
        assert found[SUSPECTED].priority == "red" and found[SUSPECTED].state in OWED
        assert "retake/person-1/2021-06-07" not in found


def test_a_symptom_told_on_a_round_asks_for_it_too() -> None:
    told = Discharge(obligation="patrol-3/site-1/2021-06-07", unwell=(1,), remarks={"person-1": "头晕"})
    assert SUSPECTED in owed(act(fresh(), told, t("18:00")), t("18:01"))


def test_what_it_brings_is_listed_before_it_is_done() -> None:
    snapshot = act(twice(), Discharge(obligation="patrol-3/site-1/2021-06-07", done_by="王芳"), t("19:22"))
    found = precautions(snapshot, snapshot.persons[1], t("19:25"))
    assert [each.id for each in found] == [
        "stay_in_room/person-1",
        "see_doctor/person-1",
        "tell_office/person-1",
        "fever_clinic/person-1",
        "extra_pcr/person-1",
        "stop_release/person-1",
        "stop_release/person-2",
        "list_entered/person-1",
    ]
    assert found[-1].names == ("负责人1", "王芳")


def test_one_act_refers_him_stops_the_room_and_owes_the_ride_and_the_extra_pcr() -> None:
    snapshot = act(twice(), command(twice(), "19:25"), t("19:25"))
    him, mate, neighbour = (snapshot.persons[number] for number in (1, 2, 3))
    assert him.stage == "site" and him.referral is not None
    assert (him.referral.reasons, him.referral.provisional) == (("suspected",), "fever clinic")
    assert (mate.stopped_by, neighbour.stopped_by) == ("person-1", "")
    entry = max(snapshot.entries.values(), key=lambda each: each.id)
    assert isinstance(entry.told, SuspicionActed) and entry.told.told == "办公室刘"
    found = {key: each for key, each in owed(snapshot, t("19:26")).items() if each.subject_id == "person-1"}
    red = {each.id.slot for each in found.values() if each.priority == "red" and each.state in OWED}
    assert red >= {"suspected-pcr", "referral", "transfer"}
    assert SUSPECTED not in found
    assert board(snapshot, t("19:26")).counts.fevers == 1
    assert refused(snapshot, command(snapshot, "19:30"), t("19:30")).code == "nothing_follows"


def test_at_the_fever_clinic_the_answer_is_owed_and_only_then_the_way_back() -> None:
    """Nobody assesses him again before the clinic has answered; from its answer on, the hours of it count."""
    high = read(read(placed("site"), 38.0, "19:45"), 37.9, "20:05")
    gone = act(act(high, command(high, "20:10"), t("20:10")), RIDE, t("20:20"))
    there = act(gone, EndTransfer(person_id=1, received_by="孙护士"), t("20:40"))
    assert there.persons[1].stage == "clinic"
    found = {each.id.slot for each in owed(there, t("20:41")).values() if each.subject_id == "person-1"}
    assert "referral" in found and "reassess" not in found
    again = owed(answered(there, "21:50"), t("21:51"))["reassess/person-1/2021-06-07"]
    assert (again.state, again.due) == ("open", t("23:50"))


@pytest.mark.parametrize(
    ("more", "code"),
    [({"told": " "}, "figures_needed"), ({"shown": ()}, "items_changed"), ({"person_id": 9}, "unknown_person")],
)
def test_the_act_is_refused_without_its_parts(more: dict[str, Any], code: str) -> None:
    assert refused(twice(), command(twice(), "19:25", **more), t("19:25")).code == code


def test_without_an_odd_reading_the_officer_says_why() -> None:
    assert refused(fresh(), command(fresh(), "19:25"), t("19:25")).code == "reason_needed"
    snapshot = act(fresh(), command(fresh(), "19:25", text="医生判断"), t("19:25"))
    assert is_suspected(snapshot.persons[1])


def test_nobody_of_the_room_is_released_before_the_answer() -> None:
    snapshot = act(twice(), command(twice(), "19:25"), t("19:25"))
    later = read(snapshot, 36.4, "21:00")
    assert {"reading_open", "suspected"} <= codes(later, 1, "21:30")
    assert {"mate_reading_open", "room_stopped"} <= codes(later, 2, "21:30")
    release = Release(person_id=2, leader_id=LI, cadres=("镇干部", "村干部"), vehicle="湘K1", override="有事")
    assert refused(later, release, t("21:30"), actor(LI)).code == "gate_closed"
    free = answered(later, "22:00")
    assert not {"reading_open", "suspected"} & codes(free, 1, "22:10")
    assert not {"mate_reading_open", "room_stopped"} & codes(free, 2, "22:10")
    assert open_doubt(free.persons[1], free) is None
    assert stopper(free.persons[2], free) is None


def test_what_was_answered_is_settled_and_a_new_fever_begins_anew() -> None:
    free = answered(act(twice(), command(twice(), "19:25"), t("19:25")), "22:00")
    again = read(free, 38.2, "22:30")
    assert "retake/person-1/2021-06-07" in owed(again, t("22:31"))
    assert SUSPECTED not in owed(again, t("22:31"))


def test_the_extra_pcr_is_done_by_its_result() -> None:
    snapshot = act(twice(), command(twice(), "19:25"), t("19:25"))
    assert owed(snapshot, t("19:26"))[PCR].state in OWED
    sample = RecordTest(person_id=1, type="pcr", sampled_on=t("00:00").date(), result="pending")
    snapshot = act(snapshot, sample, t("20:00"))
    assert owed(snapshot, t("20:01"))[PCR].state in OWED
    result = RecordTest(person_id=1, type="pcr", sampled_on=t("00:00").date(), result="negative")
    snapshot = act(snapshot, result, t("21:00"))
    assert owed(snapshot, t("21:01"))[PCR].state == "done"


@pytest.mark.parametrize(
    ("facts", "done"),
    [
        (Facts(), False),
        (Facts(arrival_pcr=ArrivalPcr(sampled_on=DAY, result="negative", result_on=DAY)), True),
        (Facts(tests=(Sample(result="negative", sampled_on=DAY),)), True),
        (Facts(tests=(Sample(result="pending", sampled_on=DAY),)), False),
        (Facts(tests=(Sample(result="negative", sampled_on=DAY - timedelta(days=1)),)), False),
        (Facts(tests=(Sample(result="negative"),)), False),  # nobody knows when it was taken
        (Facts(tests=(Sample(type="serum", result="negative", sampled_on=DAY),)), False),
    ],
)
def test_the_extra_pcr_is_a_sample_of_since_then_whichever_test_it_also_is(facts: Facts, done: bool) -> None:
    snapshot = act(twice(), command(twice(), "19:25"), t("19:25"))
    sampled = snapshot.applied(9, [replace(snapshot.persons[1], facts=facts)])
    assert (owed(sampled, t("21:00"))[PCR].state == "done") is done


def test_an_answer_taken_back_leaves_the_answer_before_it() -> None:
    """The first one still settles what it settled: a fever of before it is asked about no more."""
    once = answered(act(twice(), command(twice(), "19:25"), t("19:25")), "20:00")
    twice_asked = act(once, command(once, "20:10", text="又咳嗽"), t("20:10"))
    again = answered(twice_asked, "21:00")
    assert again.settled[1] == t("21:00")
    last = max(again.entries)
    back = act(again, Amend(entry_id=last, reason="写错人", agreed=True), t("21:10"))
    assert back.settled[1] == t("20:00")
    assert open_doubt(back.persons[1], back) is None
