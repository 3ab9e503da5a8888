"""The rota: turns by the hours that are set, gaps of the nights to come, and patterns that plan nobody twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.duties.post.rota import InTurn, PartOfDay, RotaPattern, pattern_turns, rota, short_turns, turn_of
from dutyboard.rules.duties.post.seats import next_shift_end, shift_changes
from dutyboard.rules.people.officers import held
from dutyboard.rules.records.codes import SEATS
from dutyboard.rules.records.model import SettingChange, Shift
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.together import OneOfMany, foreseen_together, planned_in_turn
from tests.rules.desks import ADMIN, LI, LIU, WANG, ZHANG, desk, shift, t

EVERY_DAY = frozenset(range(7))
NOW = t("19:42")


def set_ends(number: int, value: str, frm: datetime) -> SettingChange:
    """The desk's hours of change from an instant on."""
    return SettingChange(
        id=number, name="shift_ends", value=value, effective_from=frm, reason="r", set_by=WANG, set_at=t("00:00")
    )


def pattern(officers: Sequence[int] = (ZHANG, WANG), **more: object) -> RotaPattern:
    told = {"seat": "officer", "first": date(2021, 6, 8), "days": 2, "weekdays": EVERY_DAY} | more
    return RotaPattern(officers=tuple(officers), **told)  # type: ignore[arg-type]


def foreseen(asked: RotaPattern, snapshot: Snapshot, now: datetime = NOW) -> tuple[OneOfMany, ...]:
    return foreseen_together(planned_in_turn(asked, snapshot), snapshot, now, ADMIN)


def after(found: Sequence[OneOfMany], snapshot: Snapshot) -> Snapshot:
    """The desk once all that can be done of it is written."""
    for each in found:
        if isinstance(each.answer, Accepted):
            snapshot = each.answer.on(snapshot)
    return snapshot


def told(asked: RotaPattern, snapshot: Snapshot) -> list[tuple[str, str, int]]:
    """The turns of a pattern: from, to, officer."""
    return [
        (f"{turn.starts:%m-%d %H:%M}", f"{turn.ends:%m-%d %H:%M}", officer)
        for turn, officer in pattern_turns(asked, snapshot)
    ]


# ---------------------------------------------------------------- turns


def test_between_midnight_and_the_first_change_the_turn_is_one_of_the_day_before() -> None:
    for at, day, hours in (
        (t("03:00", 8), 7, ("20:00", "08:00")),
        (t("08:00", 8), 8, ("08:00", "20:00")),
        (t("19:59", 8), 8, ("08:00", "20:00")),
    ):
        turn = turn_of(desk(), at)
        assert (turn.day.day, f"{turn.starts:%H:%M}", f"{turn.ends:%H:%M}") == (day, *hours)
        assert turn.night == (hours[0] == "20:00")


def test_an_hour_of_change_that_another_set_has_ended_changes_nothing_any_more() -> None:
    """From 06-09 00:00 on they change at 09 and 21: no turn of one hour stands between the two sets."""
    snapshot = desk(set_ends(1, "09:00 21:00", t("00:00", 9)))
    changes = shift_changes(snapshot, t("00:00", 8))
    assert [f"{next(changes):%d %H}" for _ in range(5)] == ["08 08", "08 20", "09 09", "09 21", "10 09"]
    assert next_shift_end(snapshot, t("21:00", 8)) == t("09:00", 9)
    days = {(each.turn.day.day, each.turn.number): each.turn for each in rota(snapshot, date(2021, 6, 7), 14)}
    assert len(days) == 28
    assert (days[8, 1].starts, days[8, 1].ends) == (t("20:00", 8), t("09:00", 9))


def test_hours_that_change_within_a_day_hold_from_their_instant_on() -> None:
    snapshot = desk(set_ends(1, "06:00 14:00 22:00", t("12:00", 8)), set_ends(2, "08:00", t("18:00", 8)))
    changes = shift_changes(snapshot, t("00:00", 8))
    assert [f"{next(changes):%d %H}" for _ in range(4)] == ["08 08", "08 14", "09 08", "10 08"]


# ---------------------------------------------------------------- gaps


def test_the_turns_of_the_nights_to_come_that_nobody_is_planned_for_are_counted_once_each() -> None:
    night = {"starts": t("20:00"), "ends": t("08:00", 8)}
    snapshot = desk(shift(1, "leader", LI, **night), shift(2, "officer", ZHANG, t("20:00"), t("06:00", 8)))
    short = short_turns(snapshot, NOW, 2)
    assert [(each.seat, each.turn.day.day, each.turn.number) for each in short] == [
        *(("leader", 7, 0), ("officer", 7, 0)),  # the rest of the day, on which nobody was planned
        ("officer", 7, 1),  # two hours of the morning
        *(("leader", 8, 0), ("officer", 8, 0), ("leader", 8, 1), ("officer", 8, 1)),
    ]
    assert short[2].gaps == ((t("06:00", 8), t("08:00", 8)),)


def test_a_gap_that_is_past_is_no_forecast_and_stays_in_the_table() -> None:
    snapshot = desk(shift(1, "leader", LI, t("10:00"), t("20:00")))
    first = next(each for each in rota(snapshot, date(2021, 6, 7), 1) if each.seat == "leader")
    assert first.gaps == ((t("08:00"), t("10:00")),)
    assert not first.short(NOW)


def test_a_gap_that_is_planned_away_disappears() -> None:
    snapshot, asked = desk(), pattern(first=date(2021, 6, 7), days=8)
    before = [each for each in short_turns(snapshot, NOW, 7) if each.seat == "officer"]
    by_now = after(foreseen(asked, snapshot), snapshot)
    assert before
    assert [each for each in short_turns(by_now, NOW, 7) if each.seat == "officer"] == []


# ---------------------------------------------------------------- patterns


@pytest.mark.parametrize(
    ("in_turn", "part", "officers"),
    [
        ("shift", "all", [ZHANG, WANG, ZHANG, WANG]),
        ("day", "all", [ZHANG, ZHANG, WANG, WANG]),
        ("day", "night", [ZHANG, WANG]),
        ("shift", "day", [ZHANG, WANG]),
        ("week", "all", [ZHANG, ZHANG, ZHANG, ZHANG]),
    ],
)
def test_officers_follow_one_another(in_turn: InTurn, part: PartOfDay, officers: list[int]) -> None:
    found = told(pattern(in_turn=in_turn, part=part), desk())
    assert [officer for _, _, officer in found] == officers
    assert {starts[6:] for starts, _, _ in found} == {"all": {"08:00", "20:00"}, "day": {"08:00"}, "night": {"20:00"}}[
        part
    ]


def test_a_week_ends_on_sunday_and_a_month_does_not_matter() -> None:
    """06-28 is a Monday, and so is 07-05."""
    found = told(pattern(first=date(2021, 6, 26), days=10, in_turn="week", part="night"), desk())
    assert [(starts[:5], officer) for starts, _, officer in found] == [
        *(("06-26", ZHANG), ("06-27", ZHANG)),
        *((day, WANG) for day in ("06-28", "06-29", "06-30", "07-01", "07-02", "07-03", "07-04")),
        ("07-05", ZHANG),
    ]
    assert [ends for _, ends, _ in found][4] == "07-01 08:00"


def test_only_the_days_of_the_week_that_are_named_are_planned() -> None:
    found = told(pattern(days=14, weekdays=frozenset({0, 4}), in_turn="day", part="day"), desk())
    assert [(starts[:5], officer) for starts, _, officer in found] == [
        *(("06-11", ZHANG), ("06-14", WANG), ("06-18", ZHANG), ("06-21", WANG)),
    ]


def test_the_hours_that_are_set_for_the_days_ahead_are_those_of_the_pattern() -> None:
    snapshot = desk(set_ends(1, "08:00 16:00 23:30", t("00:00", 9)))
    assert [f"{starts} {ends}" for starts, ends, _ in told(pattern(), snapshot)] == [
        "06-08 08:00 06-08 20:00",
        "06-08 20:00 06-09 08:00",
        "06-09 08:00 06-09 16:00",
        "06-09 16:00 06-09 23:30",
        "06-09 23:30 06-10 08:00",
    ]


def test_a_seat_that_changes_once_a_day_is_planned_whole_whatever_part_is_asked_for() -> None:
    snapshot = desk(set_ends(1, "08:00", t("00:00", 7)))
    for part in ("all", "day", "night"):
        assert len(told(pattern(part=part), snapshot)) == 2


def test_conflicts_are_named_and_the_rest_is_planned() -> None:
    taken = shift(1, "officer", LIU, t("20:00", 8), t("08:00", 9))
    elsewhere = shift(2, "leader", ZHANG, t("08:00", 9), t("20:00", 9))
    snapshot = desk(taken, elsewhere)
    found = foreseen(pattern(), snapshot)
    assert [each.answer.code if isinstance(each.answer, Refusal) else "" for each in found] == [
        *("", "seat_taken", "twice_at_once", ""),
    ]
    planned = [each for each in after(found, snapshot).shifts.values() if each.id > 2]
    assert [(each.officer_id, each.starts) for each in planned] == [(ZHANG, t("08:00", 8)), (WANG, t("20:00", 9))]


def test_of_a_turn_that_has_begun_what_is_to_come_is_planned_and_one_that_is_over_is_not() -> None:
    snapshot = desk()
    found = foreseen(pattern(first=date(2021, 6, 7), days=1), snapshot, t("21:15"))
    assert isinstance(found[0].answer, Refusal)
    assert found[0].answer.code == "shift_past"
    (planned,) = after(found, snapshot).shifts.values()
    assert (planned.starts, planned.ends) == (t("21:15"), t("08:00", 8))


def test_nobody_who_is_no_leader_is_planned_on_the_leaders_seat() -> None:
    found = foreseen(pattern((LI, ZHANG), seat="leader", days=1), desk())
    assert [each.can_be_done for each in found] == [True, False]


PATTERNS = st.builds(
    RotaPattern,
    seat=st.sampled_from(SEATS),
    officers=st.lists(st.sampled_from((LI, LIU, WANG, ZHANG)), min_size=1, max_size=4).map(tuple),
    first=st.dates(date(2021, 6, 5), date(2021, 6, 20)),
    days=st.integers(1, 9),
    in_turn=st.sampled_from(("shift", "day", "week")),
    part=st.sampled_from(("all", "day", "night")),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)
HOURS = st.sampled_from(("08:00 20:00", "06:00 14:00 22:00", "08:00", "00:00 12:00"))


@given(st.lists(PATTERNS, min_size=1, max_size=3), HOURS, st.integers(0, 200))
def test_no_pattern_ever_plans_an_officer_twice_at_once_or_two_officers_for_a_seat(
    patterns: list[RotaPattern], hours: str, later: int
) -> None:
    snapshot = desk(set_ends(1, hours, t("00:00", 7) + timedelta(hours=later)))
    for asked in patterns:
        snapshot = after(foreseen(asked, snapshot), snapshot)
    for seat in SEATS:
        _apart(held(snapshot, seat))
    for officer in {each.officer_id for each in snapshot.shifts.values()}:
        _apart(sorted((s for s in snapshot.shifts.values() if s.officer_id == officer), key=lambda s: s.starts))


def _apart(shifts: Sequence[Shift]) -> None:
    for one, other in pairwise(shifts):
        assert one.until <= other.starts


@given(PATTERNS, HOURS, st.integers(0, 200))
def test_the_turns_of_days_are_without_holes(asked: RotaPattern, hours: str, later: int) -> None:
    snapshot = desk(set_ends(1, hours, t("00:00", 7) + timedelta(hours=later)))
    whole = replace(asked, weekdays=EVERY_DAY, part="all")
    found = [turn for turn, _ in pattern_turns(whole, snapshot)]
    assert all(one.ends == other.starts and one.starts < one.ends for one, other in pairwise(found))
    assert {turn.day for turn in found} <= {asked.first + timedelta(days=n) for n in range(asked.days)}
