"""Shifts planned, told afterwards, changed, swapped and called off: what is missed stays missed, nobody sits twice."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.decide import decide
from dutyboard.rules.duties.post import seats
from dutyboard.rules.people.officers import at_once, holder
from dutyboard.rules.records.commands.post import CancelShift, ChangeShift, PlanShift, SwapShifts, TakeSeat
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import ShiftCancelled, ShiftChanged, ShiftsSwapped, ShiftToldAfterwards
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import ADMIN, LI, LIU, WANG, ZHANG, act, actor, desk, owed, refused, shift, t

NIGHT = {"starts": t("20:00"), "ends": t("08:00", 8)}
LEADER = "seat-leader/post/2021-06-07"


def plan(**fields: Any) -> PlanShift:
    return PlanShift(**({"seat": "leader", "officer_id": LI} | NIGHT | fields))


def coming() -> Snapshot:
    """Two shifts to come, in both seats: 1 leader LI on the night of 06-07, 2 officer ZHANG, 3 leader LIU by day."""
    return desk(
        shift(1, "leader", LI, **NIGHT),
        shift(2, "officer", ZHANG, **NIGHT),
        shift(3, "leader", LIU, t("08:00", 8), t("20:00", 8)),
    )


def gap(snapshot: Snapshot, now: Any, seat_id: str = LEADER) -> Obligation:
    return owed(snapshot, now)[seat_id]


# ---------------------------------------------------------------- what has passed


def test_a_shift_that_has_ended_is_told_with_a_reason_and_fills_no_gap() -> None:
    snapshot, now = desk(shift(1, "leader", LIU, t("00:00"), t("20:00"))), t("08:30", 8)
    before = gap(snapshot, now)
    assert (before.state, before.late_minutes) == ("missed", 240)
    refusal = refused(snapshot, plan(), now)
    assert (refusal.code, refusal.fields["at"]) == ("shift_past", t("08:00", 8))
    told = act(snapshot, plan(reason="李建国在岗，未录"), now)
    assert gap(told, now) == before
    assert (told.shifts[2].told_at, told.shifts[2].covers, told.shifts[2].reason) == (now, False, "李建国在岗，未录")
    entry = told.entries[1]
    assert (entry.kind, entry.late_reason) == ("shift", "李建国在岗，未录")
    assert entry.told == ShiftToldAfterwards(seat="leader", officer_id=LI, from_=t("20:00"), to=t("08:00", 8), days=1)


def test_a_shift_that_has_begun_is_planned_from_now_on() -> None:
    snapshot, now = desk(opened=t("20:00")), t("21:15")
    planned = act(snapshot, plan(), now)
    assert [(each.starts, each.ends) for each in planned.shifts.values()] == [(now, t("08:00", 8))]
    assert seats.gaps_of_day(planned, "leader", date(2021, 6, 7)) == ((t("20:00"), now),)
    both = act(snapshot, plan(reason="20 点起在岗"), now)
    assert [(each.starts, each.ends, each.covers) for each in both.shifts.values()] == [
        (now, t("08:00", 8), True),
        (t("20:00"), now, False),
    ]
    assert seats.gaps_of_day(both, "leader", date(2021, 6, 7)) == ((t("20:00"), now),)


def test_one_that_begins_in_this_very_minute_is_whole() -> None:
    snapshot = act(desk(opened=t("20:00")), plan(), t("20:00:40"))
    assert snapshot.shifts[1].starts == t("20:00")


@given(starts=st.integers(-60, 60), hours=st.integers(1, 40), reasoned=st.booleans())
def test_no_plan_ever_fills_a_gap_that_lies_behind(starts: int, hours: int, reasoned: bool) -> None:
    now = t("12:00", 9)
    snapshot = desk(opened=t("12:00"))
    command = plan(
        starts=now + timedelta(hours=starts),
        ends=now + timedelta(hours=starts + hours),
        reason="补" if reasoned else "",
    )
    answer = decide(command, snapshot, now, ADMIN)
    if isinstance(answer, Accepted):
        after = snapshot.applied(2, answer.changes)
        assert seats.gaps(after, "leader", t("12:00"), now) == [(t("12:00"), now)]
    else:
        assert not reasoned and (starts + hours <= 0 or hours > 24)


# ---------------------------------------------------------------- asked again


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ends": t("20:01", 8)}, "shift_too_long"),
        ({"starts": t("20:00").replace(year=2023), "ends": t("08:00", 8).replace(year=2023)}, "shift_far_ahead"),
        ({"officer_id": ZHANG}, "led_by_no_leader"),
        ({"starts": t("20:00").replace(month=5), "ends": t("22:00").replace(month=5)}, "shift_before_desk"),
    ],
)
def test_an_odd_shift_is_asked_again(fields: dict[str, Any], code: str) -> None:
    assert refused(desk(), plan(**fields), t("19:00")).code == code
    assert act(desk(), plan(**fields, reason="确实如此"), t("19:00")).shifts


def test_a_shift_of_a_whole_day_and_one_after_another_are_not_odd() -> None:
    snapshot = act(desk(), plan(ends=t("20:00", 8)), t("19:00"))
    assert len(act(snapshot, plan(starts=t("20:00", 8), ends=t("08:00", 9)), t("19:00")).shifts) == 2


def test_the_same_officer_sits_twice_at_once_only_with_a_reason_and_marked() -> None:
    snapshot = desk(shift(1, "leader", LI, **NIGHT))
    refusal = refused(snapshot, plan(seat="officer"), t("19:00"))
    assert (refusal.code, refusal.fields["officer"], refusal.fields["seat"]) == ("twice_at_once", "李建国", "leader")
    back_to_back = act(snapshot, plan(seat="officer", starts=t("08:00", 8), ends=t("20:00", 8)), t("19:00"))
    assert at_once(back_to_back, back_to_back.shifts[1]) is None
    twice = act(snapshot, plan(seat="officer", reason="人手不足"), t("19:00"))
    assert at_once(twice, twice.shifts[1]) == twice.shifts[2]
    assert len(act(snapshot, plan(seat="officer", officer_id=WANG), t("19:00")).shifts) == 2


def test_a_second_seat_is_taken_only_with_a_reason() -> None:
    snapshot = desk(shift(1, "leader", LI, **NIGHT))
    assert refused(snapshot, TakeSeat(seat="officer"), t("21:00"), actor(LI)).code == "twice_at_once"
    taken = act(snapshot, TakeSeat(seat="officer", reason="王芳就医"), t("21:00"), actor(LI))
    assert holder(taken, "officer", t("21:00")) == taken.shifts[2]
    assert act(snapshot, TakeSeat(seat="officer"), t("21:00"), actor(WANG)).shifts[2].officer_id == WANG


# ---------------------------------------------------------------- what is to come


def test_a_coming_shift_is_given_to_another_with_a_reason() -> None:
    snapshot, now = coming(), t("19:00")
    assert refused(snapshot, ChangeShift(shift_id=1, reason=" ", officer_id=WANG), now).code == "reason_needed"
    changed = act(snapshot, ChangeShift(shift_id=1, reason="病假", officer_id=WANG), now)
    assert holder(changed, "leader", t("21:00")) == changed.shifts[1]
    assert changed.shifts[1].officer_id == WANG
    entry = changed.entries[1]
    assert entry.text == "病假"
    assert entry.told == ShiftChanged(
        shift=1,
        seat="leader",
        officer_id=WANG,
        from_=t("20:00"),
        to=t("08:00", 8),
        was_officer=LI,
        was_from=t("20:00"),
        was_to=t("08:00", 8),
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ChangeShift(shift_id=9, reason="x", officer_id=WANG), "unknown_shift"),
        (ChangeShift(shift_id=1, reason="x", officer_id=99), "unknown_officer"),
        (ChangeShift(shift_id=1, reason="x"), "shift_unchanged"),
        (ChangeShift(shift_id=1, reason="x", starts=t("08:00", 8)), "ends_before_start"),
        (ChangeShift(shift_id=1, reason="x", starts=t("18:00")), "before_now"),
        (ChangeShift(shift_id=1, reason="x", ends=t("08:01", 8)), "seat_taken"),
        (SwapShifts(shift_id=1, other_id=9, reason="x"), "unknown_shift"),
        (SwapShifts(shift_id=1, other_id=1, reason="x"), "shift_unchanged"),
        (SwapShifts(shift_id=1, other_id=2, reason=""), "reason_needed"),
        (CancelShift(shift_id=9, reason="x"), "unknown_shift"),
        (CancelShift(shift_id=1, reason=""), "reason_needed"),
    ],
)
def test_a_change_that_cannot_be(command: Any, code: str) -> None:
    assert refused(coming(), command, t("19:00")).code == code


@pytest.mark.parametrize(
    ("command", "refused_from"),
    [
        (plan(starts=t("20:00", 9), ends=t("08:00", 10)), 10),
        (plan(starts=t("20:00", 8), ends=t("20:00", 9), days=2), 10),
        (plan(seat="officer", starts=t("20:00", 9), ends=t("08:00", 10), reason="代班"), 10),
        (ChangeShift(shift_id=3, officer_id=LI, reason="代班"), 8),
        (ChangeShift(shift_id=1, ends=t("08:00", 8), starts=t("21:00"), reason="晚到"), 8),
        (SwapShifts(shift_id=1, other_id=3, reason="家中有事"), 8),
    ],
)
def test_who_has_left_sits_on_no_shift(command: Any, refused_from: int) -> None:
    """Taken off with a day to come, he was planned for nights after it, and no row said that nobody would sit there."""
    snapshot = coming()
    for until, code in ((refused_from, "officer_left"), (refused_from + 1, "")):
        leaving = snapshot.applied(2, [replace(snapshot.officers[LI], until=date(2021, 6, until))])
        answer = decide(command, leaving, t("19:00"), ADMIN)
        assert (answer.code if isinstance(answer, Refusal) else "") == code


def test_a_shift_is_changed_to_a_whole_day_and_not_to_more() -> None:
    """A mistyped day of its end passed with the reason of the change, and the seat looked held for days."""
    whole = ChangeShift(shift_id=2, reason="接班人未到", ends=t("20:00", 8))
    assert act(coming(), whole, t("19:00")).shifts[2].ends == t("20:00", 8)
    for now in (t("19:00"), t("21:00")):
        assert refused(coming(), replace(whole, ends=t("20:01", 8)), now).code == "shift_made_too_long"


def test_of_a_shift_that_has_begun_only_the_end_moves() -> None:
    snapshot, now = coming(), t("21:00")
    for command in (
        ChangeShift(shift_id=1, reason="x", officer_id=WANG),
        ChangeShift(shift_id=1, reason="x", starts=t("21:30")),
        SwapShifts(shift_id=1, other_id=3, reason="x"),
        CancelShift(shift_id=1, reason="x"),
    ):
        refusal = refused(snapshot, command, now)
        assert (refusal.code, refusal.fields["officer"]) == ("shift_begun", "李建国")
    assert refused(snapshot, ChangeShift(shift_id=1, reason="x", ends=t("20:30")), now).code == "before_now"
    shorter = act(snapshot, ChangeShift(shift_id=1, reason="突发疾病", ends=now), now)
    assert (holder(shorter, "leader", now), gap(shorter, now).state) == (None, "late")
    assert (
        refused(snapshot, ChangeShift(shift_id=1, reason="x", ends=t("09:00", 8)), t("08:00", 8)).code == "shift_over"
    )


def test_two_coming_shifts_swap_their_officers() -> None:
    swapped = act(coming(), SwapShifts(shift_id=1, other_id=3, reason="家中有事"), t("19:00"))
    assert [swapped.shifts[number].officer_id for number in (1, 2, 3)] == [LIU, ZHANG, LI]
    told = swapped.entries[1].told
    assert isinstance(told, ShiftsSwapped) and (told.officer_id, told.other_officer) == (LIU, LI)


def test_a_coming_shift_is_called_off_once_and_its_seat_shows_empty() -> None:
    snapshot = act(coming(), CancelShift(shift_id=1, reason="培训"), t("19:00"), actor(WANG))
    assert isinstance(snapshot.entries[1].told, ShiftCancelled)
    assert seats.gaps(snapshot, "leader", t("20:00"), t("08:00", 8)) == [(t("20:00"), t("08:00", 8))]
    again = refused(snapshot, CancelShift(shift_id=1, reason="培训"), t("19:01"))
    assert (again.code, again.fields["by"], again.fields["at"]) == ("already_done", "王芳", t("19:00"))
    assert act(snapshot, plan(officer_id=WANG, reason="代班"), t("19:01")).shifts[4].covers
