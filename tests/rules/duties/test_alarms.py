"""Alarms: seen is not done, shelved is not hidden, and neither outlives a handover (ISA-18.2, EEMUA 191)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.amending.amend import last_check_of
from dutyboard.rules.board import Board, board, counts_row, handover_items, row_named
from dutyboard.rules.duties.post.alarms import FLOOD, began, flood_groups, unseen_minutes
from dutyboard.rules.duties.post.handover_rows import handover_rows
from dutyboard.rules.records.commands.amending import Amend, TakeBack
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Acknowledge, ChangeSetting, Discharge, HandOver, Shelve
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import Acknowledged, HandedOver, Shelved
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import (
    LI,
    LIU,
    WANG,
    ZHANG,
    act,
    actor,
    desk,
    owed,
    person,
    refused,
    shift,
    signed,
    site,
    t,
    unit,
)
from tests.rules.duties.test_queue import someone, the_desk
from tests.rules.duties.test_referral import confirm
from tests.rules.duties.test_road import start

FEVER = "retake/person-1/2021-06-07"
OTHER_FEVER = "retake/person-2/2021-06-07"
PATROL = "patrol-3/site-1/2021-06-07"
RIDE = "arrival/person-1/2021-06-07"
EVENING = "handover-2000/post/2021-06-07"


def post(*more: Any) -> Snapshot:
    """Both seats held through the day and the night, a site with people in ten rooms, a town."""
    return desk(
        shift(1, "officer", ZHANG, t("08:00"), t("20:00")),
        shift(2, "officer", LIU, t("20:00"), t("08:00", 8)),
        shift(3, "leader", LI, t("08:00"), t("08:00", 8)),
        site(registered=t("08:00"), rooms=40),
        unit(registered=t("08:00")),
        *(person(number, stage="site", site_id=1, room=number) for number in range(1, 15)),
        *more,
        opened=t("08:00"),
    )


def fever(snapshot: Snapshot, at: str, number: int = 1) -> Snapshot:
    return act(snapshot, TakeReading(person_id=number, temp_c=38.1), t(at))


def seen(snapshot: Snapshot, at: str, *ids: str, who: int = ZHANG) -> Snapshot:
    return act(snapshot, Acknowledge(obligations=ids or (FEVER,)), t(at), actor(who))


def shelved(snapshot: Snapshot, at: str, until: str, duty: str = FEVER, who: int = ZHANG) -> Snapshot:
    return act(snapshot, Shelve(obligation=duty, until=t(until), reason="等体温枪"), t(at), actor(who))


def handed_over(snapshot: Snapshot, at: str) -> Snapshot:
    items = handover_items(snapshot, t(at))
    return act(snapshot, HandOver(obligation=EVENING, incoming_id=LIU, items=items), t(at), actor(ZHANG))


def row(snapshot: Snapshot, at: str, duty: str = FEVER) -> Obligation:
    return owed(snapshot, t(at))[duty]


# ---------------------------------------------------------------- seen


def test_an_alarm_that_was_seen_stays_owed_and_says_who_has_seen_it() -> None:
    snapshot = seen(fever(post(), "19:00"), "19:05")
    found = row(snapshot, "19:06")
    assert (found.grave, found.acknowledged, found.state) == (True, True, "due_soon")
    assert found.attention is not None
    assert (found.attention.by, found.attention.at, found.attention.until) == ("张强", t("19:05"), None)
    assert snapshot.entries[2].told == Acknowledged(alarms=(FEVER,))
    assert snapshot.entries[2].subject == "person-1"
    assert FEVER in handover_items(snapshot, t("19:06"))


def test_it_is_seen_once_and_the_second_is_told_by_whom_and_when() -> None:
    snapshot = seen(fever(post(), "19:00"), "19:05")
    again = refused(snapshot, Acknowledge(obligations=(FEVER,)), t("19:07"), actor(WANG))
    assert (again.code, again.fields["by"], again.fields["at"]) == ("seen_already", "张强", t("19:05"))


def test_what_is_no_alarm_is_not_acknowledged() -> None:
    snapshot = fever(post(), "19:00")
    assert refused(snapshot, Acknowledge(obligations=(PATROL,)), t("19:05"), actor(ZHANG)).code == "no_alarm"
    assert refused(snapshot, Acknowledge(obligations=()), t("19:05"), actor(ZHANG)).code == "figures_needed"
    for unknown in ("retake/person-9/2021-06-07", "retake", "seat-leader/post/2021-13-07"):
        again = refused(snapshot, Acknowledge(obligations=(FEVER, unknown)), t("19:05"), actor(ZHANG))
        assert again.code == "unknown_obligation", unknown


def test_done_ends_both_and_is_neither_seen_nor_shelved_any_more() -> None:
    for attended in (seen(fever(post(), "19:00"), "19:05"), shelved(fever(post(), "19:00"), "19:05", "19:30")):
        done = act(attended, TakeReading(person_id=1, temp_c=36.5), t("19:20"))
        found = row(done, "19:21")
        assert (found.state, found.attention) == ("done", None)
        assert refused(done, Acknowledge(obligations=(FEVER,)), t("19:21"), actor(ZHANG)).code == "already_done"
        shelve = Shelve(obligation=FEVER, until=t("19:30"), reason="等")
        assert refused(done, shelve, t("19:21"), actor(ZHANG)).code == "already_done"


def test_a_later_fever_of_the_same_day_is_an_alarm_that_nobody_has_seen() -> None:
    snapshot = act(seen(fever(post(), "17:00"), "17:05"), TakeReading(person_id=1, temp_c=36.5), t("17:20"))
    assert row(fever(snapshot, "19:00"), "19:01").attention is None


def test_the_row_of_one_duty_is_the_row_of_the_board() -> None:
    snapshot = shelved(seen(fever(fever(post(), "19:00"), "19:00", 2), "19:05"), "19:06", "19:30", OTHER_FEVER)
    for now in (t("19:10"), t("21:00"), t("07:30", 8)):
        for each in board(snapshot, now).obligations:
            assert row_named(snapshot, each.id, now) == each
    assert row_named(snapshot, DutyId("retake", Subject("person", 9), t("19:00").date()), t("19:10")) is None


def test_an_alarm_that_nobody_sees_is_overlooked_after_the_setting_s_minutes() -> None:
    snapshot = fever(post(), "19:00")

    def overlooked(snapshot: Snapshot, at: str) -> int:
        return unseen_minutes(row(snapshot, at), snapshot, t(at))

    assert (overlooked(snapshot, "19:09"), overlooked(snapshot, "19:10"), overlooked(snapshot, "19:25")) == (0, 10, 25)
    assert overlooked(seen(snapshot, "19:05"), "19:25") == 0
    put_aside = shelved(snapshot, "19:05", "19:20")
    assert [overlooked(put_aside, at) for at in ("19:19", "19:29", "19:30")] == [0, 0, 10]
    sooner = act(snapshot, ChangeSetting(name="alarm_again_minutes", value="3", reason="夜班"), t("19:00"))
    assert (overlooked(sooner, "19:02"), overlooked(sooner, "19:03")) == (0, 3)


# ---------------------------------------------------------------- shelved


@pytest.mark.parametrize(
    ("duty", "until", "code"),
    [
        (FEVER, "19:35", None),
        (FEVER, "19:36", "shelved_too_long"),
        (PATROL, "20:05", None),
        (PATROL, "20:06", "shelved_too_long"),
        (PATROL, "19:05", "before_now"),
        (EVENING, "19:30", "never_shelved"),
    ],
)
def test_nothing_is_shelved_for_longer_than_its_setting(duty: str, until: str, code: str | None) -> None:
    snapshot = fever(post(), "19:00")
    answer = signed(Shelve(obligation=duty, until=t(until), reason="等"), snapshot, t("19:05"), actor(ZHANG))
    assert (None if isinstance(answer, Accepted) else answer.code) == code


def test_the_most_is_a_setting_of_the_desk() -> None:
    snapshot = act(
        fever(post(), "19:00"), ChangeSetting(name="shelve_red_minutes", value="10", reason="从严"), t("19:01")
    )
    late = Shelve(obligation=FEVER, until=t("19:16"), reason="等")
    refusal = refused(snapshot, late, t("19:05"), actor(ZHANG))
    assert (refusal.code, refusal.fields) == ("shelved_too_long", {"minutes": 10})
    assert row(shelved(snapshot, "19:05", "19:15"), "19:06").shelved


def test_an_empty_seat_is_an_alarm_and_is_not_shelved() -> None:
    snapshot = desk(shift(1, "officer", ZHANG, t("08:00"), t("20:00")), opened=t("08:00"))
    empty = "seat-leader/post/2021-06-07"
    shelve = Shelve(obligation=empty, until=t("09:20"), reason="等")
    assert refused(snapshot, shelve, t("09:00"), actor(ZHANG)).code == "never_shelved"
    assert row(seen(snapshot, "09:00", empty), "09:01", empty).acknowledged


def test_a_shelved_duty_says_why_and_until_when_and_comes_back_by_itself() -> None:
    snapshot = shelved(fever(post(), "19:00"), "19:05", "19:30")
    found = row(snapshot, "19:29")
    assert found.attention is not None
    assert (found.shelved, found.attention.by, found.attention.reason) == (True, "张强", "等体温枪")
    assert snapshot.entries[2].told == Shelved(duty=DutyId.parse(FEVER) or "", until=t("19:30"), alarm=True)
    back = row(snapshot, "19:30")
    assert (back.shelved, back.acknowledged, back.attention and back.attention.over) == (False, False, True)
    counted = [board(snapshot, t(at)).counts.shelved for at in ("19:05", "19:29", "19:30")]
    assert counted == [1, 1, 0]


def test_shelving_asks_for_a_reason_and_is_not_made_longer() -> None:
    snapshot = fever(post(), "19:00")
    blank = Shelve(obligation=FEVER, until=t("19:20"), reason=" ")
    assert refused(snapshot, blank, t("19:05"), actor(ZHANG)).code == "reason_needed"
    again = Shelve(obligation=FEVER, until=t("19:45"), reason="再等")
    longer = refused(shelved(snapshot, "19:05", "19:30"), again, t("19:20"), actor(WANG))
    assert (longer.code, longer.fields["by"], longer.fields["until"]) == ("shelved_already", "张强", t("19:30"))
    assert row(shelved(shelved(snapshot, "19:05", "19:30"), "19:30", "19:45"), "19:31").shelved, "anew once it is back"


def test_who_takes_a_shelved_one_up_again_has_seen_it() -> None:
    snapshot = seen(shelved(fever(post(), "19:00"), "19:05", "19:30"), "19:10")
    assert row(snapshot, "19:11").acknowledged
    plain = seen(shelved(post(), "19:05", "19:50", PATROL), "19:10", PATROL)
    assert row(plain, "19:11", PATROL).attention is None
    assert plain.entries[2].told == Acknowledged(taken_up=(DutyId.parse(PATROL) or "",))


def riding() -> Snapshot:
    """Somebody has been on the road since 20:00, which is too long after 21:00; the duty goes over at 20:45."""
    reserved = confirm(the_desk(someone(1, "3.5")), site_id=1, room=3)
    return start(reserved).applied(
        99,
        [
            shift(1, "officer", ZHANG, t("08:00"), t("20:45")),
            shift(2, "officer", LIU, t("20:45"), t("08:00", 8)),
        ],
    )


def test_what_turns_red_while_it_is_shelved_is_back_at_once_and_seen_by_nobody() -> None:
    aside = shelved(riding(), "20:40", "21:30", RIDE)
    assert row(aside, "21:00", RIDE).shelved
    red = row(aside, "21:01", RIDE)
    assert (red.grave, red.shelved, red.attention) == (True, False, None)
    taken_up = seen(aside, "20:50", RIDE)
    assert row(taken_up, "21:01", RIDE).attention is None, "it was no alarm when he took it up again"
    assert row(shelved(aside, "21:02", "21:30", RIDE), "21:29", RIDE).shelved


# ---------------------------------------------------------------- undone


def test_z_takes_back_what_was_seen_or_shelved_like_a_tick() -> None:
    for attended in (seen(fever(post(), "19:00"), "19:05"), shelved(fever(post(), "19:00"), "19:05", "19:30")):
        last = last_check_of(attended, ZHANG)
        assert last is not None
        back = act(attended, TakeBack(entry_id=last.id), t("19:06"), actor(ZHANG))
        assert row(back, "19:07").attention is None


def test_a_correction_takes_a_shelving_back_and_what_was_said_before_counts_again() -> None:
    snapshot = shelved(seen(fever(post(), "19:00"), "19:05"), "19:06", "19:30")
    assert row(snapshot, "19:07").shelved
    back = act(snapshot, Amend(entry_id=3, reason="点错"), t("19:20"), actor(WANG))
    assert row(back, "19:21").acknowledged


# ---------------------------------------------------------------- handed over


def test_a_handover_ends_every_shelving_and_names_what_was_shelved() -> None:
    snapshot = shelved(fever(post(), "19:00"), "19:40", "20:05")
    snapshot = shelved(snapshot, "19:41", "20:30", PATROL)
    named = {each.key for each in handover_rows(board(snapshot, t("19:55")).obligations) if each.by_name}
    assert {FEVER, PATROL} <= named
    after = handed_over(snapshot, "19:55")
    told = after.entries[4].told
    assert isinstance(told, HandedOver)
    assert set(told.shelved) == {FEVER, PATROL}
    assert {FEVER, PATROL} <= set(told.by_name or ())
    assert not any(each.shelved for each in board(after, t("19:56")).obligations)


def test_the_leaving_officer_s_acknowledgement_is_not_the_incoming_one_s() -> None:
    """He has seen what he took over by its name. What came later he sees himself, and so after a handover undone."""
    snapshot = handed_over(seen(fever(post(), "19:00"), "19:05"), "19:55")
    found = row(snapshot, "19:56").attention
    assert found is not None
    assert (found.by, found.at) == ("刘敏", t("19:55"))
    assert row(fever(snapshot, "20:10", 2), "20:11", OTHER_FEVER).attention is None
    undone = act(snapshot, Amend(entry_id=3, reason="没交成"), t("20:00"), actor(ZHANG))
    again = row(undone, "20:01").attention
    assert again is not None
    assert again.by == "张强"


def test_who_took_a_duty_over_before_it_was_an_alarm_has_not_seen_the_alarm() -> None:
    snapshot = riding()
    items = handover_items(snapshot, t("20:40"))
    command = HandOver(obligation="handover-2045/post/2021-06-07", incoming_id=LIU, items=items)
    over = act(snapshot, command, t("20:40"), actor(ZHANG))
    told = over.entries[max(over.entries)].told
    assert isinstance(told, HandedOver)
    assert (RIDE in (told.by_name or ()), RIDE in told.alarms) == (True, False)
    assert row(over, "21:01", RIDE).attention is None


# ---------------------------------------------------------------- floods


def fevers(many: int, apart: int = 0) -> tuple[Snapshot, datetime]:
    snapshot, at = post(), t("18:00")
    for number in range(1, many + 1):
        snapshot = act(snapshot, TakeReading(person_id=number, temp_c=38.0), at)
        at += timedelta(seconds=apart)
    return snapshot, at + timedelta(minutes=1)


@pytest.mark.parametrize(("many", "apart", "groups"), [(FLOOD, 0, 0), (FLOOD + 1, 0, 1), (11, 60, 1), (12, 61, 0)])
def test_more_than_ten_alarms_in_ten_minutes_stand_as_one_row_of_kind_and_place(
    many: int, apart: int, groups: int
) -> None:
    snapshot, now = fevers(many, apart)
    found = flood_groups(board(snapshot, now).obligations, snapshot)
    assert len(found) == groups
    for each in found:
        assert (each.id, each.place, len(each.rows)) == ("retake/site-1/0001-01-01", "site-1", many)
        assert len(each.unseen) == many


def test_what_was_shelved_is_in_no_flood_and_what_was_seen_still_is() -> None:
    snapshot, now = fevers(FLOOD + 1)
    one = Acknowledge(obligations=(FEVER,))
    (group,) = flood_groups(board(act(snapshot, one, now), now).obligations, snapshot)
    assert (len(group.rows), len(group.unseen)) == (FLOOD + 1, FLOOD)
    aside = act(snapshot, Shelve(obligation=FEVER, until=now + timedelta(minutes=5), reason="等"), now)
    assert flood_groups(board(aside, now).obligations, aside) == ()


# ---------------------------------------------------------------- whatever is said


SAID = st.lists(
    st.tuples(
        st.sampled_from(("fever", "seen", "shelve", "settle", "undo", "patrol", "wait", "hand_over")),
        st.integers(1, 3),
        st.integers(1, 40),
    ),
    max_size=16,
)


def shown(now: Board) -> tuple[set[str], set[str]]:
    """What the board lists as red, and what the door of the shelved ones lists."""
    lane = {each.id for each in now.obligations if each.grave and not each.shelved}
    return lane, {each.id for each in now.obligations if counts_row("shelved", each, now.day)}


@settings(max_examples=60, deadline=None)
@given(SAID)
def test_no_red_duty_is_ever_missing_and_no_shelving_outlives_its_bound(said: list[tuple[str, int, int]]) -> None:
    snapshot, now, ends = post(), t("18:00"), dict[str, datetime]()
    for what, number, span in said:
        duty, who = f"retake/person-{number}/2021-06-07", actor(ZHANG)
        now += timedelta(minutes=span if what == "wait" else 1)
        before = {each.id for each in board(snapshot, now).obligations if each.grave}
        command: Any = {
            "fever": TakeReading(person_id=number, temp_c=38.0),
            "settle": TakeReading(person_id=number, temp_c=36.5),
            "seen": Acknowledge(obligations=(duty,)),
            "shelve": Shelve(obligation=duty, until=now + timedelta(minutes=span), reason="等"),
            "patrol": Discharge(obligation=PATROL),
            "undo": TakeBack(entry_id=max(snapshot.entries, default=0)),
            "hand_over": HandOver(obligation=EVENING, incoming_id=LIU, items=handover_items(snapshot, now)),
        }.get(what)
        answer = signed(command, snapshot, now, who) if command is not None else None
        if isinstance(answer, Accepted):
            snapshot = answer.on(snapshot)
            if what == "shelve":
                assert span <= 30
                ends[duty] = now + timedelta(minutes=span)
            if what == "hand_over":
                ends = dict.fromkeys(ends, now)
        standing = board(snapshot, now)
        lane, aside = shown(standing)
        red = {each.id for each in standing.obligations if each.grave}
        assert red == lane | (aside & red)
        assert standing.counts.shelved == len(aside)
        if what in ("seen", "shelve", "wait", "hand_over"):
            assert before <= red, "only what does a thing ends its alarm"
        for each in standing.obligations:
            assert not each.shelved or (each.state in ("open", "due_soon", "late") and now < ends[each.id])
            assert not (each.shelved and each.acknowledged)
            assert not each.grave or began(each, snapshot) <= now
