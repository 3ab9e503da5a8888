"""The board over a day and a night: what it lists, in which order, and that nothing falls between two days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.board import Board, board, board_despite_faults, handover_items
from dutyboard.rules.duties.duty import EachDay
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.duties.post.handover import goes_over
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.commands.post import Discharge, HandOver
from dutyboard.rules.records.model import DeskSettings, Shift
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.referral import Referral
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.desks import LI, WANG, ZHANG, act, actor, desk, owed, person, shift, site, t, unit

DINNER = "patrol-3/site-1/2021-06-07"
BREAKFAST = "patrol-1/site-1/2021-06-07"
EVENING_HANDOVER = "handover-2000/post/2021-06-07"
MORNING_HANDOVER = "handover-0800/post/2021-06-08"


def shifts_around_the_clock() -> list[Shift]:
    held = []
    for number in range(8):
        starts = t("20:00", 6) + number * timedelta(hours=12)
        for seat, pair in (("leader", (LI, ZHANG)), ("officer", (WANG, ZHANG))):
            held.append(shift(len(held) + 1, seat, pair[number % 2], starts, starts + timedelta(hours=12)))
    return held


def running(*records: object) -> Snapshot:
    """A desk opened on 06-07 at 00:00 with both seats held, and one site and one town."""
    return desk(*shifts_around_the_clock(), site(), unit(), *records)


def handed_over(snapshot: Snapshot, obligation: str, now: object) -> Snapshot:
    command = HandOver(obligation=obligation, incoming_id=LI, items=handover_items(snapshot, now), reason="张强请假")
    return act(snapshot, command, now, actor(WANG))


def test_the_board_says_whose_day_it_is() -> None:
    shown = board(running(), t("00:00", 8))
    assert (shown.now, str(shown.day), shown.notice) == (t("00:00", 8), "2021-06-08", "lianyuan-2021-07")
    assert [(s.seat, s.officer, s.state) for s in shown.seats] == [
        ("leader", "李建国", "now"),
        ("leader", "张强", "next"),
        ("officer", "王芳", "now"),
        ("officer", "张强", "next"),
    ]


def test_counts_are_of_people_and_rooms_as_they_stand() -> None:
    people = [
        *(person(n, stage="pending") for n in (1, 2)),
        *(person(n, stage="site", site_id=1) for n in (3, 4, 5)),
        person(6, stage="home"),
        person(7, stage="closed"),
        person(8, stage="referred", referral=Referral(since=t("17:00"), reasons=("history_unknown",))),
    ]
    counts = board(running(*people, site(2, state="standby"), site(3)), t("18:00")).counts
    assert (counts.pending_screening, counts.in_quarantine, counts.rooms, counts.home) == (2, 3, 20, 1)


def test_late_and_due_soon_count_rows_of_those_states() -> None:
    shown = board(running(), t("19:42"))
    assert shown.counts.late == sum(o.state == "late" for o in shown.obligations) > 0
    shown = board(running(), t("20:00"))
    assert shown.counts.due_soon == sum(o.state == "due_soon" for o in shown.obligations) > 0


def test_the_order_is_urgency() -> None:
    snapshot = act(running(site(2)), Discharge(obligation="disinfection-pm/site-1/2021-06-07"), t("18:30"))
    shown = board(snapshot, t("19:42")).obligations
    order = ["late", "due_soon", "open", "missed", "upcoming", "done"]
    ranks = [order.index(o.state) for o in shown]
    assert ranks == sorted(ranks)
    late = [o for o in shown if o.state == "late"]
    assert [o.late_minutes for o in late] == sorted((o.late_minutes for o in late), reverse=True)
    assert shown[-1].id == "disinfection-pm/site-1/2021-06-07"
    morning = [o.opens for o in board(snapshot, t("01:00", 8)).obligations if o.state == "upcoming"]
    assert morning == sorted(morning)


def test_an_empty_seat_stands_above_what_is_late_for_longer() -> None:
    """Reports of 17:00 are later than a seat that fell empty at 20:00; but nobody is there to ask for them."""
    shown = board(desk(*shifts_around_the_clock()[:4], site(), unit()), t("20:20")).obligations
    assert [(o.kind, o.state, o.due) for o in shown[:2]] == [("seat", "late", t("20:00"))] * 2
    assert (shown[2].state, shown[2].due) == ("late", t("17:00"))


def test_no_task_vanishes_at_midnight() -> None:
    before = {o.id for o in board(running(), t("23:59:59")).obligations}
    after = owed(running(), t("00:00", 8))
    assert before - set(after) == set()
    assert (after[DINNER].state, after["patrol-3/site-1/2021-06-08"].state) == ("missed", "upcoming")


def test_no_task_vanishes_at_a_shift_end_or_at_the_morning_change() -> None:
    for before, after, day in (("19:59:59", "20:00", 7), ("07:59:59", "08:00", 8)):
        open_before = {o.id for o in board(running(), t(before, day)).obligations if o.state in {*OWED, "missed"}}
        assert open_before - set(owed(running(), t(after, day))) == set()


def test_yesterday_shows_whole_until_the_morning_change_and_then_only_what_was_missed() -> None:
    snapshot = act(running(), Discharge(obligation=DINNER), t("18:00"))
    assert owed(snapshot, t("07:59", 8))[DINNER].state == "done"
    at_eight = owed(snapshot, t("08:00", 8))
    assert DINNER not in at_eight
    assert at_eight[BREAKFAST].state == "missed"


def test_what_was_missed_stays_for_days_until_a_handover_accepts_it() -> None:
    assert owed(running(), t("12:00", 10))[BREAKFAST].state == "missed"
    snapshot = handed_over(running(), MORNING_HANDOVER, t("08:05", 8))
    found = owed(snapshot, t("08:06", 8))
    assert BREAKFAST not in found
    assert DINNER not in found
    assert found["patrol-1/site-1/2021-06-08"].state == "open"
    assert owed(snapshot, t("12:00", 9))["patrol-1/site-1/2021-06-08"].state == "missed"


def test_todays_missed_round_stays_on_the_strip_after_a_handover_but_goes_to_the_end() -> None:
    snapshot = handed_over(running(), EVENING_HANDOVER, t("20:05"))
    shown = board(snapshot, t("20:06")).obligations
    found = next(o for o in shown if o.id == BREAKFAST)
    assert (found.state, found.accepted) == ("missed", True)
    assert shown.index(found) > max(i for i, o in enumerate(shown) if o.state in OWED or o.state == "upcoming")
    assert BREAKFAST not in handover_items(snapshot, t("20:06"))


def test_what_is_still_open_goes_over_and_stays() -> None:
    snapshot = handed_over(running(), EVENING_HANDOVER, t("20:05"))
    assert owed(snapshot, t("20:06"))[DINNER].state == "late"
    assert DINNER in handover_items(snapshot, t("20:06"))
    assert owed(snapshot, t("09:00", 8))[DINNER].state == "missed"


def test_those_at_home_and_those_to_be_assessed_stand_on_the_board() -> None:
    at_home = person(1, unit_id=1, stage="home", home_from=t("00:00").date())
    waiting = person(2, unit_id=1, registered_at=t("16:00"))
    found = owed(running(at_home, waiting), t("18:30"))
    check = found["home-check/unit-1/2021-06-07"]
    assert (check.state, check.count, check.total) == ("open", 0, 1)
    assert [(o.state, o.late_minutes) for o in found.values() if o.kind == "assess"] == [("late", 30)]


def test_a_home_check_is_discharged_with_one_key_and_missed_for_days_like_a_round() -> None:
    check = "home-check/unit-1/2021-06-07"
    snapshot = running(person(1, unit_id=1, stage="home", home_from=t("00:00").date()))
    assert owed(snapshot, t("12:00", 9))[check].state == "missed"
    snapshot = act(snapshot, Discharge(obligation=check, seen=(1,)), t("18:30"))
    assert owed(snapshot, t("18:31"))[check].state == "done"


def test_there_is_no_board_without_a_desk() -> None:
    with pytest.raises(LookupError):
        board(Snapshot(notices_known={}), t("09:00"))


def test_another_time_zone_has_its_own_day() -> None:
    snapshot = running().applied(2, [DeskSettings(opened_at=t("00:00"), timezone="UTC")])
    assert str(board(snapshot, t("07:00", 8)).day) == "2021-06-07"


minute = st.integers(0, 3 * 24 * 60)


def shown_at(snapshot: Snapshot, minutes: int) -> Board:
    return board(snapshot, t("00:00") + timedelta(minutes=minutes))


@settings(max_examples=60)
@given(minute, st.integers(0, 12 * 60))
def test_no_id_stands_twice_and_nothing_is_lost_between_two_looks(minutes: int, later: int) -> None:
    """What could be done or was missed at one look is at any later one still there, while nobody acts."""
    first, second = shown_at(running(), minutes), shown_at(running(), minutes + later)
    for shown in (first, second):
        assert len({o.id for o in shown.obligations}) == len(shown.obligations)
        assert all(o.due <= shown.now for o in shown.obligations if o.state == "late")
        assert all(o.late_minutes == 0 for o in shown.obligations if o.state in ("open", "due_soon", "upcoming"))
    ids = {o.id for o in second.obligations}
    pressing = {o.id for o in first.obligations if o.state in {*OWED, "missed"} and not held_seat(o.id, o.state)}
    assert pressing - ids == set()


def held_seat(obligation: str, state: str) -> bool:
    """A seat that is held is "open" until its day is over, and then it is done and over."""
    return obligation.startswith("seat-") and state == "open"


@settings(max_examples=40)
@given(st.lists(st.tuples(minute, st.sampled_from(["patrol-1", "patrol-2", "patrol-3"])), max_size=12), minute)
def test_every_patrol_of_every_day_is_counted_once_and_in_exactly_one_state(
    acts: list[tuple[int, str]], now: int
) -> None:
    snapshot = running()
    for minutes, slot in sorted(acts):
        at = t("00:00") + timedelta(minutes=minutes)
        known = owed(snapshot, at).get(f"{slot}/site-1/{snapshot.day_of(at)}")
        if known is not None and known.state in OWED:
            snapshot = act(snapshot, Discharge(obligation=known.id), at)
    instant = t("00:00") + timedelta(minutes=now)
    today = [o for o in board(snapshot, instant).obligations if o.id.endswith(f"site-1/{snapshot.day_of(instant)}")]
    assert sorted(o.slot for o in today if o.kind == "patrol") == ["patrol-1", "patrol-2", "patrol-3"]
    for each in today:
        entry = snapshot.done.get(each.id)
        assert (each.entry is None) == (entry is None)
        assert (each.state in ("done", "done_late")) == (entry is not None)


def broken(snapshot: Snapshot) -> Snapshot:
    """A picture in which nothing that reads the facts of person 2 can be computed."""
    return snapshot.applied(snapshot.seq, [replace(snapshot.persons[2], facts=cast(Facts, None))])


def test_a_record_that_cannot_be_computed_costs_the_board_what_is_owed_for_it_alone() -> None:
    people = [person(number, stage="pending") for number in (1, 2, 3)]
    snapshot, now = running(*people), t("19:40")
    with pytest.raises(AttributeError):
        board(broken(snapshot), now)
    shown, failures = board_despite_faults(broken(snapshot), now)
    assert [(each.person_id, each.kinds) for each in failures] == [(2, ())]
    assert isinstance(failures[0].error, AttributeError)
    whole = board(snapshot, now)
    assert [o for o in whole.obligations if o.subject_id != "person-2"] == list(shown.obligations)
    assert shown.counts.pending_screening == whole.counts.pending_screening - 1


def test_a_duty_that_cannot_be_computed_costs_the_board_its_own_rows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Iterator[Obligation]:
        raise ValueError

    duties = [replace(each, owed=EachDay(fails)) if "home_check" in each.kinds else each for each in DUTIES]
    snapshot, now = running(person(1, stage="pending")), t("19:40")
    whole = board(snapshot, now)
    monkeypatch.setattr("dutyboard.rules.board.DUTIES", duties)
    shown, failures = board_despite_faults(snapshot, now)
    assert [(each.person_id, each.kinds) for each in failures] == [(None, ("home_check",))]
    assert [o for o in whole.obligations if o.kind != "home_check"] == list(shown.obligations)


def test_a_board_without_faults_is_the_board() -> None:
    snapshot, now = running(person(1, stage="pending")), t("19:40")
    shown, failures = board_despite_faults(snapshot, now)
    assert failures == ()
    assert shown.obligations == board(snapshot, now).obligations


def test_a_desk_that_was_never_opened_has_no_board_at_all() -> None:
    with pytest.raises(LookupError):
        board_despite_faults(Snapshot(notices_known={}), t("19:40"))


def test_a_broken_record_holds_up_no_handover() -> None:
    snapshot, now = broken(running(*(person(number, stage="pending") for number in (1, 2, 3)))), t("20:05")
    items = goes_over(board_despite_faults(snapshot, now)[0].obligations)
    signed = act(
        snapshot,
        HandOver(obligation=EVENING_HANDOVER, incoming_id=LI, items=items, reason="张强请假"),
        now,
        actor(WANG),
    )
    assert signed.handed_over_at == now
