"""Odd readings of a person: the retake that they ask for, to the minute, and the releases that they stop."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.board import board
from dutyboard.rules.people.fever import doubts, open_doubt
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.person import Release, TakeReading
from dutyboard.rules.records.commands.post import ChangeSetting, Discharge
from dutyboard.rules.records.obligation import OWED
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.desks import LI, act, actor, desk, owed, person, refused, shift, site, t

RETAKE = "retake/person-1/2021-06-07"
PEOPLE = [
    person(1, stage="site", site_id=1, room=1),
    person(2, stage="site", site_id=1, room=1),
    person(3, stage="site", site_id=1, room=2),
]


def read(snapshot: Snapshot, temp_c: float | None, at: str, number: int = 1, **more: Any) -> Snapshot:
    return act(snapshot, TakeReading(person_id=number, temp_c=temp_c, **more), t(at))


def blockers(snapshot: Snapshot, number: int, now: str) -> set[str]:
    found = gate_of(snapshot.persons[number], snapshot, t(now))
    assert found is not None
    return {each.code for each in found.blockers}


def fresh() -> Snapshot:
    return desk(site(), *PEOPLE, shift(1, "leader", LI, t("00:00"), t("24:00")))


@pytest.mark.parametrize(
    ("temp_c", "odd"),
    [(34.0, True), (34.9, True), (35.0, False), (36.5, False), (37.2, False), (37.3, True), (42.5, True)],
)
def test_a_reading_is_odd_from_the_thresholds_on(temp_c: float, odd: bool) -> None:
    snapshot = read(fresh(), temp_c, "19:00")
    assert (RETAKE in owed(snapshot, t("19:00"))) is odd
    assert snapshot.entries[1].abnormal is odd


@pytest.mark.parametrize(("second", "odd"), [(35.2, False), (35.1, True), (37.2, False)])
def test_a_jump_of_more_than_two_degrees_is_taken_again(second: float, odd: bool) -> None:
    snapshot = read(read(fresh(), 37.2, "08:00"), second, "19:00")
    assert (RETAKE in owed(snapshot, t("19:00"))) is odd


@pytest.mark.parametrize(
    ("now", "state", "late"),
    [
        ("19:00", "due_soon", 0),
        ("19:15", "due_soon", 0),
        ("19:30", "due_soon", 0),
        ("19:30:01", "late", 0),
        ("19:42", "late", 12),
        ("23:00", "late", 210),
    ],
)
def test_the_retake_is_owed_at_once_and_late_after_half_an_hour(now: str, state: str, late: int) -> None:
    found = owed(read(fresh(), 38.0, "19:00"), t(now))[RETAKE]
    assert (found.state, found.late_minutes, found.priority, found.clause) == (state, late, "red", "4.1b")
    assert (found.opens, found.due, found.closes) == (t("19:00"), t("19:30"), None)


@pytest.mark.parametrize(
    ("at", "temp_c", "state"),
    [
        ("19:00", 36.5, "due_soon"),
        ("19:14:59", 36.5, "due_soon"),
        ("19:15", 36.5, "done"),
        ("19:30", 37.2, "done"),
        ("19:31", 36.5, "done_late"),
        ("23:00", 36.5, "done_late"),
        ("19:15", 34.9, "due_soon"),
    ],
)
def test_only_a_normal_reading_a_quarter_of_an_hour_later_closes_it(at: str, temp_c: float, state: str) -> None:
    snapshot = read(read(fresh(), 38.0, "19:00"), temp_c, at)
    closed = state.startswith("done")
    assert owed(snapshot, t(at) if closed else t("19:15"))[RETAKE].state == state
    assert (open_doubt(snapshot.persons[1], snapshot) is None) is closed
    assert [each.temp_c for each in snapshot.readings[1]] == [38.0, temp_c]
    assert [each.retake_of for each in snapshot.readings[1]] == [None, 1]


def test_a_settled_retake_leaves_the_board_with_its_day_and_a_new_fever_opens_another() -> None:
    snapshot = read(read(fresh(), 38.0, "19:00"), 36.5, "19:20")
    assert RETAKE not in owed(snapshot, t("08:30", 8))
    again = act(snapshot, TakeReading(person_id=1, temp_c=38.5), t("08:30", 8))
    assert owed(again, t("08:31", 8))["retake/person-1/2021-06-08"].state == "due_soon"


def test_a_second_high_reading_or_a_symptom_is_closed_by_no_normal_one() -> None:
    second = read(read(fresh(), 38.0, "19:00"), 37.9, "19:20")
    told = read(fresh(), 36.5, "19:00", symptom="咳嗽")
    for snapshot in (second, told):
        later = read(snapshot, 36.4, "20:30")
        assert open_doubt(later.persons[1], later) is not None
        assert "reading_open" in blockers(later, 1, "21:00")


def test_a_symptom_alone_is_a_reading_too() -> None:
    snapshot = read(fresh(), None, "19:00", symptom="腹泻")
    (reading,) = snapshot.readings[1]
    assert (reading.temp_c, reading.symptom, reading.by) == (None, "腹泻", "负责人1")
    assert open_doubt(snapshot.persons[1], snapshot) is not None


def test_no_release_of_him_or_of_a_room_mate_until_the_reading_is_settled() -> None:
    snapshot = read(fresh(), 39.0, "19:00")
    assert "reading_open" in blockers(snapshot, 1, "19:05")
    assert "mate_reading_open" in blockers(snapshot, 2, "19:05")
    assert not {"reading_open", "mate_reading_open"} & blockers(snapshot, 3, "19:05")
    for number in (1, 2):
        release = Release(person_id=number, leader_id=LI, cadres=("镇干部", "村干部"), vehicle="湘K1", override="有事")
        assert refused(snapshot, release, t("19:05")).code == "gate_closed"
    settled = read(snapshot, 36.5, "19:20")
    assert not {"reading_open", "mate_reading_open"} & (blockers(settled, 1, "19:30") | blockers(settled, 2, "19:30"))


def test_a_reading_taken_back_with_its_round_asks_for_nothing() -> None:
    figures = {"measured": 3, "of": 3, "highest": 38.0}
    round_ = Discharge(
        obligation="temperature-pm/site-1/2021-06-07",
        figures=figures,
        readings={"person-1": 38.0, "person-2": 36.5, "person-3": 36.5},
        text="1 室发热",
    )
    snapshot = act(fresh(), round_, t("19:00"))
    assert owed(snapshot, t("19:01"))[RETAKE].state == "due_soon"
    undone = act(snapshot, TakeBack(entry_id=1), t("19:01"))
    assert RETAKE not in owed(undone, t("19:01"))
    assert undone.readings[1] == ()


@pytest.mark.parametrize(
    ("temp_c", "code"),
    [
        (33.9, "bad_figure"),
        (42.6, "bad_figure"),
        (36.55, "bad_figure"),
        (float("nan"), "bad_figure"),
        (None, "figures_needed"),
    ],
)
def test_an_impossible_temperature_is_refused(temp_c: Any, code: str) -> None:
    refusal = refused(fresh(), TakeReading(person_id=1, temp_c=temp_c), t("19:00"))
    assert refusal.code == code


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (TakeReading(person_id=9, temp_c=36.5), "unknown_person"),
        (TakeReading(person_id=1, temp_c=36.5, happened_at=t("19:01")), "in_future"),
        (TakeReading(person_id=4, temp_c=36.5), "wrong_stage"),
    ],
)
def test_a_reading_is_of_somebody_in_our_charge_and_not_to_come(command: TakeReading, code: str) -> None:
    closed = person(4, stage="closed", closed_at=t("12:00"))
    assert refused(desk(site(), *PEOPLE, closed), command, t("19:00")).code == code


def test_the_minutes_of_a_retake_are_settings() -> None:
    snapshot = fresh()
    for name, value in (("retake_due_minutes", "60"), ("retake_after_minutes", "5")):
        snapshot = act(snapshot, ChangeSetting(name=name, value=value, reason="两支体温计"), t("18:00"), actor(LI))
    snapshot = read(snapshot, 38.0, "19:00")
    assert owed(snapshot, t("19:00"))[RETAKE].due == t("20:00")
    assert owed(read(snapshot, 36.5, "19:05"), t("19:05"))[RETAKE].state == "done"


def test_a_red_duty_stands_above_all_but_an_empty_seat() -> None:
    order = list(owed(read(fresh(), 38.0, "19:40"), t("19:42")))
    rest = [key for key in order if not key.startswith("seat-")]
    assert rest[0] == RETAKE


def test_the_board_counts_people_with_an_open_reading() -> None:
    snapshot = read(read(fresh(), 38.0, "19:00"), 36.5, "19:00", number=2)
    assert board(snapshot, t("19:05")).counts.fevers == 1


READINGS = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.sampled_from([34.5, 35.0, 36.5, 37.2, 37.3, 39.0, None]),
        st.sampled_from(["", "", "", "头晕"]),
    ),
    max_size=6,
)


@given(READINGS, st.integers(0, 300))
def test_whoever_has_an_open_reading_is_named_in_red_and_cannot_be_released(
    told: list[tuple[int, float | None, str]], minutes: int
) -> None:
    base: datetime = t("12:00")
    snapshot, now = fresh(), base
    for after, temp_c, symptom in sorted(told, key=lambda each: each[0]):
        if temp_c is None and not symptom:
            continue
        now = base + timedelta(minutes=after)
        snapshot = act(snapshot, TakeReading(person_id=1, temp_c=temp_c, symptom=symptom), now)
    now += timedelta(minutes=minutes)
    him = snapshot.persons[1]
    open_ = open_doubt(him, snapshot) is not None
    red = [
        each
        for each in owed(snapshot, now).values()
        if each.subject_id == "person-1" and each.priority == "red" and each.state in OWED
    ]
    assert bool(red) is open_
    gates = [gate_of(snapshot.persons[number], snapshot, now) for number in (1, 2)]
    assert [gate is not None and gate.never_overridden for gate in gates] == [open_, open_]
    assert all(each.closed is not None for each in list(doubts(him, snapshot))[:-1])
