"""A handover: the list that goes over, item by item, and who may sign it when."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from dutyboard.rules.amending.ways import way_of
from dutyboard.rules.board import board, handover_items
from dutyboard.rules.decide import decide
from dutyboard.rules.duties.post.handed_over import HandedOn, carried, handover_notes, signed_handovers
from dutyboard.rules.duties.post.handover import handover_id, nearest_handover, not_relieved
from dutyboard.rules.duties.post.handover_rows import handover_rows
from dutyboard.rules.people.officers import holder
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.post import Discharge, HandOver, SignOn, TakeSeat, WriteLog
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import Called, HandedOver
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import LI, LIU, WANG, ZHANG, act, actor, desk, owed, refused, shift, site, t, unit

EVENING = "handover-2000/post/2021-06-07"


def evening() -> Snapshot:
    """Opened at 08:00, both seats held until 08:00 of the next day, one site and one town."""
    return desk(
        shift(1, "officer", ZHANG, t("08:00"), t("20:00")),
        shift(2, "officer", LIU, t("20:00"), t("08:00", 8)),
        shift(3, "leader", LI, t("08:00"), t("08:00", 8)),
        site(registered=t("08:00")),
        unit(registered=t("08:00")),
        opened=t("08:00"),
    )


def hand_over(snapshot: Snapshot, now: Any, **fields: Any) -> HandOver:
    given = {"obligation": EVENING, "incoming_id": LIU, "items": handover_items(snapshot, now)}
    return HandOver(**(given | fields))


def test_what_goes_over_is_all_that_is_open_late_missed_or_unreported() -> None:
    assert set(handover_items(evening(), t("19:45"))) == {
        "patrol-1/site-1/2021-06-07",
        "patrol-2/site-1/2021-06-07",
        "patrol-3/site-1/2021-06-07",
        "temperature-am/site-1/2021-06-07",
        "temperature-pm/site-1/2021-06-07",
        "disinfection-am/site-1/2021-06-07",
        "disinfection-pm/site-1/2021-06-07",
        "staff-check/site-1/2021-06-07",
        "report/site-1/2021-06-07",
        "screening-report/unit-1/2021-06-07",
        "screening-report/post/2021-06-07",
        "roster/unit-1/2021-06-07",
    }


def test_the_list_stays_the_same_while_items_only_grow_late() -> None:
    assert set(handover_items(evening(), t("19:00"))) == set(handover_items(evening(), t("21:29")))


def test_a_signed_handover_says_who_gave_what_to_whom() -> None:
    now = t("19:55")
    command = hand_over(evening(), now, text="石马山镇来电未复", head="abc123")
    snapshot = act(evening(), command, now, actor(ZHANG))
    entry = snapshot.entries[1]
    assert (entry.kind, entry.obligation, entry.done_by, entry.text) == (
        "handover",
        EVENING,
        "张强",
        "石马山镇来电未复",
    )
    assert entry.told == HandedOver(
        items=command.items, outgoing=ZHANG, incoming=LIU, head="abc123", by_name=by_name(evening(), now)
    )
    assert owed(snapshot, t("20:00"))[EVENING].state == "done"
    assert snapshot.handed_over_at == now


def test_it_is_signed_once() -> None:
    snapshot = act(evening(), hand_over(evening(), t("19:55")), t("19:55"), actor(ZHANG))
    refusal = refused(snapshot, hand_over(snapshot, t("20:00")), t("20:00"), actor(LIU))
    assert (refusal.code, refusal.fields["by"], refusal.fields["at"]) == ("already_done", "张强", t("19:55"))


def test_a_late_handover_is_done_late() -> None:
    now = t("20:42")
    found = owed(act(evening(), hand_over(evening(), now), now, actor(LIU)), now)[EVENING]
    assert (found.state, found.late_minutes) == ("done_late", 12)


def test_who_has_left_takes_nothing_over() -> None:
    """Without his login nobody asked whether he is still there."""
    at = t("19:55")
    left = evening().applied(9, [replace(evening().officers[WANG], until=date(2021, 6, 7), login=None)])
    assert refused(left, hand_over(left, at, incoming_id=WANG), at, actor(ZHANG)).code == "officer_left"


def test_who_leaves_in_the_night_sits_until_then_and_the_seat_is_empty_after() -> None:
    """He sat on the board until the morning, at hours at which he had left."""
    now = t("19:55")
    leaving = replace(evening().officers[WANG], until=date(2021, 6, 8))
    desk_of_two = evening().applied(9, [leaving], [("shifts", 2)])
    signed = act(desk_of_two, hand_over(desk_of_two, now, incoming_id=WANG, reason="刘敏请假"), now, actor(ZHANG))
    assert (sits(signed, t("23:59")), sits(signed, t("00:00", 8))) == (WANG, None)
    seated = act(desk_of_two, TakeSeat(seat="officer", reason="张强病了"), now, actor(WANG))
    assert (sits(seated, t("19:56")), sits(seated, t("20:00"))) == (WANG, None)
    assert owed(signed, t("23:30"))["seat-officer/post/2021-06-08"].due == t("00:00", 8)


def test_nobody_takes_over_a_shift_that_begins_after_he_has_left() -> None:
    """At 23:30 he still serves, and the shift that he would take over begins at midnight."""
    now = t("23:30")
    late = evening().applied(9, [shift(1, "officer", ZHANG, t("08:00"), t("24:00"))], [("shifts", 2)])
    late = late.applied(10, [replace(late.officers[WANG], until=date(2021, 6, 8))])
    command = hand_over(late, now, obligation=handover_id(late, late.shifts[1]), incoming_id=WANG)
    assert refused(late, command, now, actor(ZHANG)).code == "officer_left"
    staying = late.applied(11, [replace(late.officers[WANG], until=date(2021, 6, 9))])
    assert sits(act(staying, command, now, actor(ZHANG)), t("00:00", 8)) == WANG


@pytest.mark.parametrize(
    ("now", "day", "fields", "code"),
    [
        ("18:59", 7, {}, "not_open_yet"),
        ("07:00", 8, {}, "window_closed"),
        ("19:55", 7, {"incoming_id": ZHANG}, "same_officer"),
        ("19:55", 7, {"incoming_id": 99}, "unknown_officer"),
        ("19:55", 7, {"incoming_id": LI}, "not_next_on_rota"),
        ("19:55", 7, {"obligation": "handover-2100/post/2021-06-07"}, "unknown_obligation"),
        ("19:55", 7, {"items": ()}, "items_changed"),
    ],
)
def test_what_no_handover_may_be(now: str, day: int, fields: dict[str, Any], code: str) -> None:
    at = t(now, day)
    assert refused(evening(), hand_over(evening(), at, **fields), at, actor(ZHANG)).code == code


def test_a_list_that_is_not_the_one_shown_names_what_came_and_what_went() -> None:
    shown = handover_items(evening(), t("19:50"))
    done = "patrol-3/site-1/2021-06-07"
    snapshot = act(evening(), Discharge(obligation=done), t("19:51"), actor(WANG))
    gone = refused(snapshot, hand_over(snapshot, t("19:52"), items=shown), t("19:52"), actor(ZHANG))
    assert (gone.code, gone.fields) == ("items_changed", {"added": [], "gone": [done]})
    short = tuple(each for each in shown if each != done)
    added = refused(evening(), hand_over(evening(), t("19:52"), items=short), t("19:52"), actor(ZHANG))
    assert added.fields == {"added": [done], "gone": []}


def by_name(snapshot: Snapshot, now: datetime) -> tuple[str, ...]:
    """What a handover tells by name at an instant."""
    return tuple(row.key for row in handover_rows(board(snapshot, now).obligations) if row.by_name)


def test_who_was_shown_fewer_by_name_than_must_be_told_so_now_signs_nothing() -> None:
    """A round grew late between the list that was accepted and the signature: only its count was accepted."""
    shown, now = by_name(evening(), t("19:29")), t("19:31")
    late = set(by_name(evening(), now)) - set(shown)
    assert late == {"patrol-3/site-1/2021-06-07"}
    refusal = refused(evening(), hand_over(evening(), now, by_name=shown), now, actor(ZHANG))
    assert (refusal.code, refusal.fields) == ("items_changed", {"added": [*late], "gone": []})
    signed = act(evening(), hand_over(evening(), now, by_name=by_name(evening(), now)), now, actor(ZHANG))
    assert signed.entries[1].told == act(evening(), hand_over(evening(), now), now, actor(ZHANG)).entries[1].told


def test_another_officer_than_the_rota_names_takes_over_with_a_reason() -> None:
    now = t("19:55")
    snapshot = act(evening(), hand_over(evening(), now, incoming_id=LI, reason="刘敏请假"), now, actor(ZHANG))
    told = snapshot.entries[1].told
    assert isinstance(told, HandedOver) and (told.reason, told.alone) == ("刘敏请假", False)
    refusal = refused(evening(), hand_over(evening(), now, incoming_id=LI), now, actor(ZHANG))
    assert refusal.fields == {"officer": "李建国", "planned": "刘敏"}


def sits(snapshot: Snapshot, now: datetime) -> int | None:
    held = holder(snapshot, "officer", now)
    return held.officer_id if held is not None else None


@pytest.mark.parametrize(("signed", "begins"), [("19:55", "20:00"), ("20:25", "20:25")])
def test_the_seat_is_whose_hand_signed(signed: str, begins: str) -> None:
    """D2: the plan named another one, who never came; the seat showed him all the same."""
    now, first = t(signed), t(begins)
    stood_in = act(evening(), hand_over(evening(), now, incoming_id=WANG, reason="刘敏请假"), now, actor(ZHANG))
    assert sits(stood_in, first) == sits(stood_in, t("07:59", 8)) == WANG
    assert sits(stood_in, t("19:59")) == ZHANG
    assert stood_in.shifts[2].relieved_by == WANG
    assert [each.kind for each in stood_in.entries.values()] == ["handover", "takeover"]
    back = act(stood_in, Amend(entry_id=1, reason="签错人", agreed=True), t("20:30"))
    assert (sits(back, t("20:31")), sits(back, t("07:59", 8))) == (LIU, LIU)
    as_planned = act(evening(), hand_over(evening(), now), now, actor(ZHANG))
    assert as_planned.shifts == evening().shifts


def test_who_takes_over_where_nobody_is_planned_sits_until_the_next_change() -> None:
    alone = evening().applied(1, [], [("shifts", 2)])
    now = t("19:55")
    signed = act(alone, hand_over(alone, now), now, actor(ZHANG))
    assert (sits(signed, t("20:00")), sits(signed, t("07:59", 8)), sits(signed, t("08:00", 8))) == (LIU, LIU, None)
    back = act(signed, Amend(entry_id=1, reason="签错人", agreed=True), t("19:58"))
    assert sits(back, t("20:00")) is None


def test_a_handover_told_again_with_another_officer_seats_that_one() -> None:
    now = t("19:55")
    signed = act(evening(), hand_over(evening(), now), now, actor(ZHANG))
    way = way_of(signed.entries[1], signed)
    assert isinstance(way, HandOver)
    command = Amend(entry_id=1, reason="记错", instead=replace(way, incoming_id=WANG, reason="刘敏请假"), agreed=True)
    assert sits(act(signed, command, t("19:58")), t("20:00")) == WANG


def test_who_takes_over_signs_on_his_own_login_or_by_pin_on_the_others() -> None:
    now = t("19:55")
    bound = act(evening(), SignOn(officer_id=LIU), now, Actor(login="liumin", officer_id=None))
    for who, asked in ((actor(ZHANG), ("张强", "刘敏")), (Actor(login="liumin", officer_id=LIU), ("张强", "刘敏"))):
        pins = []
        for signed in ((), (ZHANG,), (ZHANG, LIU)):
            answer = decide(hand_over(bound, now), bound, now, replace(who, signed=signed))
            pins += [answer.fields["officer"]] if isinstance(answer, Refusal) else []
        assert tuple(pins) == asked
        assert isinstance(answer, Accepted)


def test_an_empty_list_is_signed_as_empty() -> None:
    quiet = desk(
        shift(1, "officer", ZHANG, t("08:00"), t("20:00")),
        shift(2, "officer", LIU, t("20:00"), t("08:00", 8)),
        shift(3, "leader", LI, t("08:00"), t("08:00", 8)),
        opened=t("08:00"),
    )
    assert handover_items(quiet, t("19:30")) == ()
    snapshot = act(quiet, HandOver(obligation=EVENING, incoming_id=LIU, items=()), t("19:30"), actor(ZHANG))
    assert snapshot.entries[1].told == HandedOver(items=(), outgoing=ZHANG, incoming=LIU, head="", by_name=())


@pytest.mark.parametrize(
    ("now", "day", "obligation", "planned"),
    [
        ("10:00", 7, EVENING, LIU),  # to come, for the whole day before it
        ("19:30", 7, EVENING, LIU),
        ("06:59", 8, EVENING, LIU),  # late through the night, until the next one opens
        ("07:00", 8, "handover-0800/post/2021-06-08", None),
    ],
)
def test_the_nearest_handover_is_known_at_any_time(now: str, day: int, obligation: str, planned: int | None) -> None:
    found = nearest_handover(evening(), t(now, day))
    assert found is not None
    assert (found.owed.id, found.planned) == (obligation, planned)


def test_the_one_after_a_signed_handover_is_the_next_and_the_last_one_is_known() -> None:
    """D25: the screen said that the next one was at "-"."""
    now = t("19:55")
    signed = act(evening(), hand_over(evening(), now), now, actor(ZHANG))
    found = nearest_handover(signed, t("20:01"))
    assert found is not None
    assert (found.owed.id, found.owed.state) == ("handover-0800/post/2021-06-08", "upcoming")
    assert [entry.happened_at for entry in signed_handovers(signed)] == [now]
    assert nearest_handover(desk(opened=t("08:00")), now) is None


def test_what_was_handed_over_before_keeps_its_age_and_its_count() -> None:
    roster, first, second = "roster/unit-1/2021-06-07", t("19:55"), t("07:55", 8)
    assert carried(evening()) == {}
    once = act(evening(), hand_over(evening(), first), first, actor(ZHANG))
    assert carried(once)[roster] == HandedOn(times=1, since=first)
    morning = hand_over(once, second, obligation="handover-0800/post/2021-06-08", incoming_id=WANG)
    twice = act(once, morning, second, actor(LIU))
    assert carried(twice)[roster] == HandedOn(times=2, since=first)
    patrol = "patrol-1/site-1/2021-06-07"
    assert patrol not in morning.items and carried(twice)[patrol].times == 1
    back = act(twice, Amend(entry_id=2, reason="签错人", agreed=True), t("08:00", 8))
    assert carried(back)[roster] == HandedOn(times=1, since=first)


@pytest.mark.parametrize(
    ("now", "fields", "code"),
    [
        ("20:31", {"incoming_id": WANG, "reason": "刘敏未到"}, "alone_by_leader"),
        ("20:30", {"reason": "刘敏未到"}, "alone_too_early"),
        ("20:31", {"reason": " "}, "reason_needed"),
        ("20:31", {"reason": "刘敏未到"}, None),
    ],
)
def test_a_leader_takes_over_alone_once_it_is_overdue_and_says_why(
    now: str, fields: dict[str, Any], code: str | None
) -> None:
    """Neither did the next one come to his own terminal in 30 minutes, nor could he sign by PIN."""
    at = t(now)
    command = hand_over(evening(), at, **({"incoming_id": LI, "alone": True} | fields))
    answer = decide(command, evening(), at, replace(actor(LI), signed=(LI,)))
    assert (answer.code if isinstance(answer, Refusal) else None) == code


def test_who_may_take_over_alone_is_named_and_the_seat_shows_as_covered() -> None:
    at = t("20:40")
    alone = {"alone": True, "reason": "刘敏未到"}
    named = refused(evening(), hand_over(evening(), at, incoming_id=WANG, **alone), at, actor(WANG))
    assert named.fields == {"leaders": ["李建国"]}
    command = hand_over(evening(), at, incoming_id=LI, **alone)
    unsigned = decide(command, evening(), at, actor(LI))
    assert isinstance(unsigned, Refusal) and unsigned.fields["officer"] == "李建国"
    covered = act(evening(), command, at, replace(actor(LI), signed=(LI,)))
    told = covered.entries[1].told
    assert isinstance(told, HandedOver) and (told.alone, told.reason) == (True, "刘敏未到")
    assert covered.entries[1].signed == (LI,)
    assert (sits(covered, t("20:39")), sits(covered, at), sits(covered, t("07:59", 8))) == (LIU, LI, LI)
    assert owed(covered, at)["seat-officer/post/2021-06-07"].owed_by == "李建国"


def test_the_running_note_holds_what_was_written_for_this_handover() -> None:
    snapshot = act(evening(), WriteLog(text="7室发热，20:25复测", for_handover=True), t("19:10"), actor(ZHANG))
    snapshot = act(snapshot, WriteLog(text="空调维修已报"), t("19:11"), actor(ZHANG))
    snapshot = act(snapshot, WriteLog(text="桥头已催两次", for_handover=True), t("19:20"), actor(WANG))
    assert [entry.text for entry in handover_notes(snapshot)] == ["7室发热，20:25复测", "桥头已催两次"]
    way = way_of(snapshot.entries[1], snapshot)
    assert isinstance(way, WriteLog) and way.for_handover
    again = Amend(entry_id=1, reason="写错", instead=replace(way, text="8室发热"))
    snapshot = act(snapshot, again, t("19:25"), actor(ZHANG))
    assert [entry.text for entry in handover_notes(snapshot)] == ["8室发热", "桥头已催两次"]
    now = t("19:55")
    signed = act(snapshot, hand_over(snapshot, now), now, actor(ZHANG))
    assert handover_notes(signed) == ()
    later = act(signed, WriteLog(text="夜里停电", for_handover=True), t("23:00"), actor(LIU))
    assert [entry.text for entry in handover_notes(later)] == ["夜里停电"]
    late = Amend(
        entry_id=3, reason="写错", instead=WriteLog(text="催了三次", for_handover=True, happened_at=t("19:20"))
    )
    told = act(later, late, t("23:10"), actor(LIU))
    assert [entry.text for entry in handover_notes(told)] == ["夜里停电"], "of the shift before, only told again"
    refusal = refused(evening(), WriteLog(text="", call=Called(caller="甲", matter="乙"), for_handover=True), now)
    assert refusal.code == "figures_unknown"


@pytest.mark.parametrize(
    ("now", "who", "told"), [("19:59", ZHANG, False), ("20:00", ZHANG, True), ("20:40", LIU, False)]
)
def test_whose_shift_has_ended_and_who_was_not_relieved(now: str, who: int, told: bool) -> None:
    """D26: off shift since 20:00 she went on ticking, and nothing said so."""
    found = not_relieved(evening(), who, t(now))
    assert (found is not None and found.planned == LIU) is told
    signed = act(evening(), hand_over(evening(), t("19:55")), t("19:55"), actor(ZHANG))
    assert not_relieved(signed, ZHANG, t("20:01")) is None
