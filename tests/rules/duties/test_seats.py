"""The two seats: gaps with their minutes, nights, takeovers; every minute is covered or shown as empty."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.duties.post import handover, seats
from dutyboard.rules.people.officers import holder
from dutyboard.rules.records.commands.post import PlanShift, TakeSeat
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.desks import DAY, LI, LIU, WANG, ZHANG, act, actor, desk, owed, refused, shift, t

LEADER = "seat-leader/post/2021-06-07"
OFFICER = "seat-officer/post/2021-06-07"


def around_the_clock() -> Snapshot:
    """Both seats held from 06-06 20:00 to 06-09 08:00 in shifts of twelve hours."""
    held = []
    for number in range(5):
        starts = t("20:00", 6) + number * timedelta(hours=12)
        ends = starts + timedelta(hours=12)
        held.append(shift(2 * number + 1, "leader", LI if number % 2 else LIU, starts, ends))
        held.append(shift(2 * number + 2, "officer", ZHANG if number % 2 else WANG, starts, ends))
    return desk(*held, opened=t("00:00", 6))


def seat(snapshot: Snapshot, now: str, seat_id: str = LEADER, day: int = 7) -> Obligation:
    return owed(snapshot, t(now, day))[seat_id]


def rows(snapshot: Snapshot, now: str, day: int = 7) -> list[tuple[str, str | None, str, str | None, str]]:
    def clock(instant: object) -> str | None:
        return f"{instant:%d %H:%M}" if instant else None

    return [
        (s.seat, s.officer, clock(s.starts) or "", clock(s.ends), s.state) for s in seats.seats(snapshot, t(now, day))
    ]


def test_a_desk_with_no_shifts_shows_the_gap_and_its_minutes_since_it_was_opened() -> None:
    empty = desk(opened=t("19:40"))
    for seat_id in (LEADER, OFFICER):
        assert (seat(empty, "19:52", seat_id).state, seat(empty, "19:52", seat_id).late_minutes) == ("late", 12)
    assert rows(empty, "19:52") == [
        ("leader", None, "07 19:40", None, "gap"),
        ("officer", None, "07 19:40", None, "gap"),
    ]


def test_a_gap_that_goes_on_past_midnight_keeps_counting_and_yesterday_stays_missed() -> None:
    empty = desk(opened=t("19:40"))
    today = seat(empty, "00:10", "seat-leader/post/2021-06-08", day=8)
    yesterday = seat(empty, "00:10", LEADER, day=8)
    assert (today.state, today.late_minutes) == ("late", 270)
    assert (yesterday.state, yesterday.late_minutes) == ("missed", 260)


@pytest.mark.parametrize(
    ("now", "state", "due", "late"),
    [
        ("07:00", "upcoming", "12:00", 0),
        ("11:29", "upcoming", "12:00", 0),
        ("11:30", "due_soon", "12:00", 0),
        ("11:59", "due_soon", "12:00", 0),
        ("12:00", "late", "12:00", 0),
        ("12:45", "late", "12:00", 45),
        ("12:59", "late", "12:00", 59),
        ("13:00", "missed", "12:00", 60),
        ("23:59", "missed", "12:00", 60),
    ],
)
def test_a_gap_at_noon(now: str, state: str, due: str, late: int) -> None:
    held = [
        shift(1, "leader", LI, t("20:00", 6), t("12:00")),
        shift(2, "leader", LIU, t("13:00"), t("08:00", 8)),
    ]
    found = seat(desk(*held), now)
    assert (found.state, found.due, found.late_minutes) == (state, t(due), late)


def test_a_gap_still_to_come_is_not_hidden_by_one_that_is_past() -> None:
    held = [shift(1, "leader", LI, t("08:00"), t("20:00"))]
    snapshot = desk(*held)
    assert seat(snapshot, "12:00").state == "missed"
    assert seat(snapshot, "19:30").state == "due_soon"
    covered = snapshot.applied(2, [shift(2, "leader", LIU, t("20:00"), t("08:00", 8))])
    assert (seat(covered, "19:30").state, seat(covered, "19:30").late_minutes) == ("missed", 480)


def test_a_gap_that_begins_at_midnight_is_due_soon_before_midnight() -> None:
    held = [shift(n, name, LI, t("00:00"), t("24:00")) for n, name in enumerate(("leader", "officer"), 1)]
    tomorrow = "seat-officer/post/2021-06-08"
    assert tomorrow not in owed(desk(*held), t("23:29"))
    assert seat(desk(*held), "23:30", tomorrow).state == "due_soon"
    assert (seat(desk(*held), "00:05", tomorrow, day=8).state) == "late"


def test_a_day_held_without_a_gap_is_open_while_it_runs_and_done_when_it_is_over() -> None:
    snapshot = around_the_clock()
    for now, day, state in (("00:00", 7, "open"), ("08:00", 7, "open"), ("23:59", 7, "open"), ("00:00", 8, "done")):
        assert [seat(snapshot, now, each, day).state for each in (LEADER, OFFICER)] == [state, state]


@pytest.mark.parametrize(
    ("now", "day", "holder", "following"),
    [
        ("07:59:59", 7, ("07 08:00", "李建国"), ("07 08:00", "刘敏")),
        ("08:00", 7, ("07 20:00", "刘敏"), ("07 20:00", "李建国")),
        ("19:59", 7, ("07 20:00", "刘敏"), ("07 20:00", "李建国")),
        ("20:00", 7, ("08 08:00", "李建国"), ("08 08:00", "刘敏")),
        ("23:59", 7, ("08 08:00", "李建国"), ("08 08:00", "刘敏")),
        ("00:00", 8, ("08 08:00", "李建国"), ("08 08:00", "刘敏")),
        ("02:30", 8, ("08 08:00", "李建国"), ("08 08:00", "刘敏")),
    ],
)
def test_now_and_next_at_shift_ends_and_through_the_night(
    now: str, day: int, holder: tuple[str, str], following: tuple[str, str]
) -> None:
    held = [
        shift(1, "leader", LI, t("20:00", 6), t("08:00")),
        shift(2, "leader", LIU, t("08:00"), t("20:00")),
        shift(3, "leader", LI, t("20:00"), t("08:00", 8)),
        shift(4, "leader", LIU, t("08:00", 8), t("20:00", 8)),
    ]
    (_, who, _, until, state), (_, after, starts, _, coming) = rows(desk(*held, opened=t("20:00", 6)), now, day)[:2]
    assert ((until, who), (starts, after)) == (holder, following)
    assert (state, coming) == ("now", "next")


def test_what_follows_the_last_planned_shift_is_a_gap() -> None:
    snapshot = desk(shift(1, "leader", LI, t("08:00"), t("20:00")), shift(2, "leader", LIU, t("22:00"), t("23:00")))
    assert rows(snapshot, "09:00")[:2] == [
        ("leader", "李建国", "07 08:00", "07 20:00", "now"),
        ("leader", None, "07 20:00", "07 22:00", "gap"),
    ]
    assert rows(snapshot, "21:00")[:2] == [
        ("leader", None, "07 20:00", "07 22:00", "gap"),
        ("leader", "刘敏", "07 22:00", "07 23:00", "next"),
    ]
    assert rows(snapshot, "22:30")[1] == ("leader", None, "07 23:00", None, "gap")


minute = st.integers(0, 3 * 24 * 60)


@given(st.lists(st.tuples(minute, st.integers(0, 900), st.integers(0, 900)), max_size=8), minute, minute)
def test_gaps_are_exactly_the_minutes_that_no_shift_covers(
    planned: list[tuple[int, int, int]], frm: int, to: int
) -> None:
    base = t("00:00")

    def at(minutes: int) -> object:
        return base + timedelta(minutes=minutes)

    held = [
        shift(number, "officer", ZHANG, at(start), at(start + length), relieved_at=at(start + min(cut, length)))
        for number, (start, length, cut) in enumerate(planned, 1)
    ]
    snapshot = desk(*held)
    empty = {
        (frm_ - base) // timedelta(minutes=1) + offset
        for frm_, to_ in seats.gaps(snapshot, "officer", at(frm), at(to))
        for offset in range((to_ - frm_) // timedelta(minutes=1))
    }
    covered = {m for start, length, cut in planned for m in range(start, start + min(cut, length))}
    assert empty == set(range(frm, to)) - covered


@given(
    st.lists(st.tuples(minute, st.integers(1, 900)), max_size=6),
    st.integers(0, 24 * 60),
    minute,
)
def test_a_seat_is_late_in_exactly_the_minutes_that_nobody_holds_it(
    planned: list[tuple[int, int]], opened: int, now: int
) -> None:
    base = t("00:00")
    now_at = base + timedelta(minutes=opened + now)
    held = [
        shift(n, "leader", LI, base + timedelta(minutes=start), base + timedelta(minutes=start + length))
        for n, (start, length) in enumerate(planned, 1)
    ]
    snapshot = desk(*held, opened=base + timedelta(minutes=opened))
    found = owed(snapshot, now_at)[f"seat-leader/post/{snapshot.day_of(now_at)}"]
    assert (found.state == "late") == (holder(snapshot, "leader", now_at) is None)
    assert (found.state == "late") == (seats.seats(snapshot, now_at)[0].state == "gap")
    assert (found.state == "late") == (found.priority == "red")


def test_planning_repeats_by_the_day_and_refuses_any_overlap_on_the_seat() -> None:
    plan = PlanShift(seat="officer", officer_id=ZHANG, starts=t("20:00"), ends=t("08:00", 8), days=3)
    snapshot = act(desk(), plan, t("19:00"))
    assert [(s.starts, s.ends) for s in snapshot.shifts.values()] == [
        (t("20:00", day), t("08:00", day + 1)) for day in (7, 8, 9)
    ]
    over = PlanShift(seat="officer", officer_id=LIU, starts=t("07:59", 10), ends=t("20:00", 10))
    refusal = refused(snapshot, over, t("19:00"))
    assert (refusal.code, refusal.fields["officer"], refusal.fields["until"]) == ("seat_taken", "张强", t("08:00", 10))
    fits = PlanShift(seat="officer", officer_id=LIU, starts=t("08:00", 10), ends=t("20:00", 10))
    assert len(act(snapshot, fits, t("19:00")).shifts) == 4
    other_seat = PlanShift(seat="leader", officer_id=LI, starts=t("20:00"), ends=t("08:00", 8))
    assert len(act(snapshot, other_seat, t("19:00")).shifts) == 4


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (PlanShift(seat="officer", officer_id=99, starts=t("08:00"), ends=t("20:00")), "unknown_officer"),
        (PlanShift(seat="officer", officer_id=LI, starts=t("20:00"), ends=t("20:00")), "ends_before_start"),
        (PlanShift(seat="officer", officer_id=LI, starts=t("08:00"), ends=t("20:00"), days=0), "bad_figure"),
        (PlanShift(seat="officer", officer_id=LI, starts=t("08:00"), ends=t("09:00", 8), days=2), "seat_taken"),
    ],
)
def test_a_plan_that_cannot_be(plan: PlanShift, code: str) -> None:
    assert refused(desk(), plan, t("07:00")).code == code


@pytest.mark.parametrize(
    ("now", "until"),
    [("19:40", t("20:00")), ("20:00", t("08:00", 8)), ("23:30", t("08:00", 8)), ("07:59", t("08:00"))],
)
def test_a_vacant_seat_is_taken_until_the_next_shift_end(now: str, until: object) -> None:
    snapshot = act(desk(), TakeSeat(seat="officer"), t(now), actor(WANG))
    taken = holder(snapshot, "officer", t(now))
    assert taken is not None
    assert (taken.officer_id, taken.starts, taken.ends) == (WANG, t(now), until)


def test_a_vacant_seat_is_taken_only_until_a_planned_shift_begins() -> None:
    snapshot = desk(shift(1, "officer", ZHANG, t("22:00"), t("08:00", 8)))
    snapshot = act(snapshot, TakeSeat(seat="officer"), t("20:30"), actor(WANG))
    assert snapshot.shifts[2].ends == t("22:00")


def test_a_held_seat_is_taken_over_only_with_a_reason_and_the_plan_is_not_rewritten() -> None:
    snapshot = desk(shift(1, "officer", ZHANG, t("20:00"), t("08:00", 8)))
    refusal = refused(snapshot, TakeSeat(seat="officer"), t("02:33", 8), actor(WANG))
    assert (refusal.code, refusal.fields["officer"]) == ("seat_taken", "张强")
    assert refused(snapshot, TakeSeat(seat="officer", reason="?"), t("02:33", 8), actor(ZHANG)).code == "already_yours"
    taken = act(snapshot, TakeSeat(seat="officer", reason="急病"), t("02:33", 8), actor(WANG))
    old, new = taken.shifts[1], taken.shifts[2]
    assert (old.ends, old.relieved_at, old.relieved_by) == (t("08:00", 8), t("02:33", 8), WANG)
    assert (new.starts, new.ends, new.reason) == (t("02:33", 8), t("08:00", 8), "急病")
    assert [e.kind for e in taken.entries.values()] == ["takeover"]
    assert seats.gaps(taken, "officer", t("20:00"), t("08:00", 8)) == []


def test_cover_that_spans_two_shifts_ends_neither_early_and_moves_no_end() -> None:
    """A cover over the end of one shift and the start of the next is two takeovers, each inside its own shift."""
    snapshot = desk(
        shift(1, "officer", ZHANG, t("08:00"), t("20:00")), shift(2, "officer", LIU, t("20:00"), t("08:00", 8))
    )
    snapshot = act(snapshot, TakeSeat(seat="officer", reason="顶班"), t("18:00"), actor(WANG))
    assert snapshot.shifts[3].ends == t("20:00")
    assert holder(snapshot, "officer", t("20:00")) == snapshot.shifts[2]
    snapshot = act(snapshot, TakeSeat(seat="officer", reason="继续顶班"), t("20:00"), actor(WANG))
    assert (snapshot.shifts[4].starts, snapshot.shifts[4].ends) == (t("20:00"), t("08:00", 8))
    assert (snapshot.shifts[1].ends, snapshot.shifts[2].ends) == (t("20:00"), t("08:00", 8))
    assert seats.gaps(snapshot, "officer", t("08:00"), t("08:00", 8)) == []


def test_every_duty_officers_shift_end_owes_a_handover_on_its_local_day() -> None:
    snapshot = around_the_clock()
    found = {o.id: o for day in (6, 7, 8) for o in handover.owed(snapshot, DAY.replace(day=day), t("12:00"))}
    assert list(found) == [
        "handover-0800/post/2021-06-07",
        "handover-2000/post/2021-06-07",
        "handover-0800/post/2021-06-08",
        "handover-2000/post/2021-06-08",
    ]
    evening = found["handover-2000/post/2021-06-07"]
    assert (evening.opens, evening.due, evening.closes) == (t("19:00"), t("20:30"), t("07:00", 8))


@pytest.mark.parametrize(
    ("now", "day", "state", "late"),
    [
        ("18:59", 7, "upcoming", 0),
        ("19:00", 7, "open", 0),
        ("20:00", 7, "due_soon", 0),
        ("20:30", 7, "due_soon", 0),
        ("20:42", 7, "late", 12),
        ("02:00", 8, "late", 330),
        ("07:00", 8, "missed", 0),
    ],
)
def test_the_evening_handover_through_the_night(now: str, day: int, state: str, late: int) -> None:
    found = owed(around_the_clock(), t(now, day))["handover-2000/post/2021-06-07"]
    assert (found.state, found.late_minutes) == (state, late)


def test_the_last_planned_handover_never_closes() -> None:
    snapshot = desk(shift(1, "officer", ZHANG, t("08:00"), t("20:00")))
    found = owed(snapshot, t("12:00", 9))["handover-2000/post/2021-06-07"]
    assert (found.state, found.closes) == ("late", None)


def test_no_handover_is_owed_by_who_goes_on_or_was_relieved() -> None:
    snapshot = desk(
        shift(1, "officer", ZHANG, t("08:00"), t("20:00")), shift(2, "officer", ZHANG, t("20:00"), t("23:00"))
    )
    assert [o.id for o in handover.owed(snapshot, DAY, t("12:00"))] == ["handover-2300/post/2021-06-07"]
    taken = act(snapshot, TakeSeat(seat="officer", reason="顶班"), t("21:00"), actor(WANG))
    assert [(o.id, o.owed_by) for o in handover.owed(taken, DAY, t("21:00"))] == [
        ("handover-2300/post/2021-06-07", "王芳"),
    ]
