"""The day book: each act once, in its newest words, on the day that they name."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from dutyboard.rules.account.day_book import call_lines, day_end, day_lines, presence_lines, seat_lines
from dutyboard.rules.amending.ways import way_of
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.post import CheckPresence, CloseMatter, Discharge, TakeSeat, WriteLog
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import Called
from tests.rules.courses.course import worked
from tests.rules.desks import DAY, LI, WANG, ZHANG, act, actor, desk, shift, site, t, unit

ASKED = Called(caller="杨某", unit="安平镇", phone="0738-4420000", matter="是否隔离")


def told(snapshot: Snapshot, day: date = DAY) -> list[tuple[str, str, str]]:
    return [(f"{each.entry.happened_at:%H:%M}", each.entry.text, each.state) for each in day_lines(snapshot, day, day)]


def test_a_line_stands_at_its_time_and_a_corrected_one_in_its_newest_words() -> None:
    snapshot = act(desk(), WriteLog(text="停电"), t("10:00"))
    snapshot = act(snapshot, WriteLog(text="来水", happened_at=t("09:00")), t("10:05"))
    assert told(snapshot) == [("09:00", "来水", None), ("10:00", "停电", None)]
    again = replace(way_of(snapshot.entries[1], snapshot), text="停电半小时", happened_at=t("08:30"))  # type: ignore[type-var]
    snapshot = act(snapshot, Amend(entry_id=1, reason="补全", instead=again), t("11:00"))
    assert told(snapshot) == [("08:30", "停电半小时", "corrected"), ("09:00", "来水", None)]
    snapshot = act(snapshot, Amend(entry_id=2, reason="写错"), t("11:30"))
    assert told(snapshot)[1] == ("09:00", "来水", "taken_back")


def test_a_call_keeps_what_came_of_it_and_who_was_told_when() -> None:
    snapshot = act(desk(), WriteLog(text="从浏阳返乡", call=ASKED), t("10:00"), actor(WANG))
    (one,) = call_lines(snapshot, DAY, DAY)
    assert (one.open, one.outcome, one.told, one.told_at) == (True, "", "", None)
    snapshot = act(snapshot, CloseMatter(matter_id=1, outcome="须隔离", told="杨某"), t("11:00"))
    (one,) = call_lines(snapshot, DAY, DAY)
    assert (one.open, one.outcome, one.told, one.told_at) == (False, "须隔离", "杨某", t("11:00"))
    at_once = act(desk(), WriteLog(text="", call=replace(ASKED, told="李局", outcome="已派车")), t("10:00"))
    (one,) = call_lines(at_once, DAY, DAY)
    assert (one.open, one.outcome, one.told, one.told_at) == (False, "已派车", "李局", t("10:00"))


def test_a_call_that_was_told_again_or_taken_back_is_one_call() -> None:
    snapshot = act(desk(), WriteLog(text="", call=ASKED), t("10:00"))
    again = replace(way_of(snapshot.entries[1], snapshot), call=replace(ASKED, caller="扬某"))  # type: ignore[type-var]
    snapshot = act(snapshot, Amend(entry_id=1, reason="听错", instead=again), t("10:05"))
    (one,) = call_lines(snapshot, DAY, DAY)
    assert (one.call.caller, one.line.state, one.open) == ("扬某", "corrected", True)
    snapshot = act(snapshot, Amend(entry_id=2, reason="打错了"), t("10:06"))
    (one,) = call_lines(snapshot, DAY, DAY)
    assert (one.line.state, one.open) == ("taken_back", False)


def test_checks_of_presence_stand_in_the_days_that_are_asked_for() -> None:
    snapshot = desk(site(), unit())
    for day in (7, 8):
        said = CheckPresence(subject="unit-1", found="on_post", answered_by="刘勇")
        snapshot = act(snapshot, said, t("10:00", day))
    assert len(presence_lines(snapshot, DAY, DAY)) == 1
    assert len(presence_lines(snapshot, DAY, date(2021, 6, 8))) == 2


def test_the_seats_tell_who_sat_by_the_plan_who_signed_and_when_nobody_did() -> None:
    planned = (shift(1, "leader", LI, t("08:00"), t("20:00")), shift(2, "officer", ZHANG, t("08:00"), t("20:00")))
    snapshot = act(desk(*planned), TakeSeat(seat="officer"), t("21:00"), actor(WANG))
    found = [
        (
            each.seat,
            f"{each.starts:%H:%M}-{each.ends:%H:%M}",
            each.shift and each.shift.officer_id,
            each.signed is not None,
        )
        for each in seat_lines(snapshot, DAY)
    ]
    assert found == [
        ("leader", "00:00-08:00", None, False),
        ("leader", "08:00-20:00", LI, False),
        ("leader", "20:00-00:00", None, False),
        ("officer", "00:00-08:00", None, False),
        ("officer", "08:00-20:00", ZHANG, False),
        ("officer", "20:00-21:00", None, False),
        ("officer", "21:00-00:00", WANG, True),
    ]


def test_what_was_open_when_the_day_ended_stays_so_though_it_was_done_later() -> None:
    snapshot = act(desk(), WriteLog(text="", call=ASKED), t("19:00"))
    snapshot = act(snapshot, CloseMatter(matter_id=1, outcome="已答复"), t("09:00", 8))
    assert "call/matter-1/2021-06-07" in {each.id for each in day_end(snapshot, DAY, t("12:00", 8)).open}
    assert "call/matter-1/2021-06-07" not in {
        each.id for each in day_end(snapshot, date(2021, 6, 8), t("12:00", 8)).open
    }
    patrolled = act(desk(site()), Discharge(obligation="patrol-1/site-1/2021-06-07"), t("07:30"))
    found = day_end(patrolled, DAY, t("12:00"))
    assert "patrol-1/site-1/2021-06-07" not in {each.id for each in found.open}
    assert next(each for each in found.counts if each.kind == "patrol").counts["done"] == 1


@pytest.mark.parametrize("seed", range(2))
def test_each_act_of_a_worked_desk_stands_once_on_one_day(seed: int) -> None:
    night = list(worked(seed, 60))[-1]
    snapshot, random = night.snapshot, Random(seed)
    for clock in range(6):
        snapshot = act(snapshot, WriteLog(text=f"记事{clock}", call=ASKED if clock % 2 else None), night.now, actor(LI))
        number = max(snapshot.entries)
        for _ in range(random.randrange(3)):
            way = way_of(snapshot.entries[number], snapshot)
            instead = replace(way, text="另一说法") if isinstance(way, WriteLog) and random.random() < 0.5 else None
            said = Amend(entry_id=number, reason="更正", instead=instead, agreed=True)
            snapshot = act(snapshot, said, night.now, actor(LI))
            number = snapshot.amended[number]
    days = sorted({snapshot.day_of(each.happened_at) for each in snapshot.entries.values()})
    lines = [line for day in days for line in day_lines(snapshot, day, day)]
    told_in = [number for line in lines for number in line.ids]
    assert sorted(told_in) == sorted(snapshot.entries)
    assert {line.state for line in lines} == {None, "corrected", "taken_back"}
    for line in lines:
        newest = max(line.ids)
        assert newest not in snapshot.amended
        assert line.state == "taken_back" or line.entry.id == newest
    calls = call_lines(snapshot, days[0], days[-1])
    first = {each.id for each in snapshot.entries.values() if isinstance(each.told, Called) and each.amends is None}
    assert {each.line.ids[0] for each in calls} == first and len(calls) == len(first)
