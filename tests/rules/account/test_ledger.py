"""The ledger of a period: each thing that was owed in it once, how it stands, and what proves it (五)."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import get_args

import pytest

from dutyboard.rules.account.ledger import COLUMNS, AccountRow, PeriodLedger, account, kind_of_slot, ledger
from dutyboard.rules.board import board, handover_items
from dutyboard.rules.duties.duty import OfPerson, UntilDone
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.law.four_duties import SIDES
from dutyboard.rules.records.codes import MatterCause
from dutyboard.rules.records.commands.person import Confirm, EndTransfer, RecordTest, StartTransfer
from dutyboard.rules.records.commands.post import CloseMatter, Discharge, HandOver, OpenMatter, WriteLog
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import Entry, subject_id
from dutyboard.rules.records.obligation import Kind
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import ConfirmedTest, Released
from dutyboard.tui.text import words
from tests.rules.courses.course import worked
from tests.rules.desks import DAY, LIU, WANG, ZHANG, act, actor, desk, person, shift, site, t
from tests.rules.duties.test_queue import someone, the_desk

NEXT = DAY.replace(day=8)


def of_day(snapshot: Snapshot, day: date = DAY, now: datetime | None = None) -> PeriodLedger:
    return account(snapshot, day, day, now or t("12:00"))


def counts(snapshot: Snapshot, day: date = DAY, now: datetime | None = None) -> dict[Kind, dict[str, int]]:
    found = {row.kind: {name: n for name, n in row.counts.items() if n} for row in ledger(of_day(snapshot, day, now))}
    return {kind: counted for kind, counted in found.items() if counted}


def carried(snapshot: Snapshot, day: date, now: datetime) -> dict[str, str]:
    return {row.id: row.state for row in of_day(snapshot, day, now).carried}


def the_row(snapshot: Snapshot, slot: str, now: datetime, day: date = DAY) -> AccountRow:
    [row] = [each for each in of_day(snapshot, day, now).rows if each.slot == slot]
    return row


# ------------------------------------------------------------ where a thing is counted


def test_rounds_are_held_to_their_windows_and_grouped_by_the_notices_words() -> None:
    snapshot = act(desk(site()), Discharge(obligation=f"patrol-1/site-1/{DAY}"), t("08:00"))
    snapshot = act(snapshot, Discharge(obligation=f"disinfection-am/site-1/{DAY}"), t("11:30"))
    found = counts(snapshot, now=t("17:45"))
    assert found["patrol"] == {"done": 1, "missed": 1, "open": 1}
    assert found["disinfection"] == {"done_late": 1, "open": 1}
    whole = ledger(of_day(snapshot, now=t("17:45")))
    assert [row.side for row in whole] == sorted((row.side for row in whole), key=SIDES.index)
    assert {row.side for row in whole if row.kind in ("patrol", "site_report")} == {"employer"}
    assert all(tuple(row.counts) == COLUMNS for row in whole)


def test_what_is_owed_until_done_is_of_the_day_it_fell_due_and_carried_over_while_it_is_owed() -> None:
    snapshot = act(the_desk(someone(1, "3.8b")), Confirm(person_id=1, clause="3.8b", officer_name="王芳"), t("19:40"))
    assert counts(snapshot, now=t("19:45"))["assess"] == {"done": 1}
    snapshot = act(snapshot, RecordTest(person_id=1, type="pcr", result="pending"), t("20:00"))
    assert counts(snapshot, now=t("20:05"))["test"] == {"open": 1}
    test = f"test-pcr/person-1/{DAY}"
    assert counts(snapshot, DAY, t("09:00", 8))["test"] == {"late": 1}
    assert carried(snapshot, NEXT, t("09:00", 8))[test] == "late"
    snapshot = act(snapshot, RecordTest(person_id=1, result="negative"), t("10:00", 8))
    assert counts(snapshot, DAY, t("10:05", 8))["test"] == {"done": 1}, "its sample was taken on its day"
    assert carried(snapshot, NEXT, t("10:05", 9))[test] == "done"
    assert test not in carried(snapshot, NEXT.replace(day=9), t("10:05", 9))


def test_a_matter_is_carried_into_each_day_until_it_is_closed() -> None:
    snapshot = act(desk(site()), OpenMatter(subject="site-1", text="门坏", due=t("10:00")), t("09:00"))
    finding, ninth = f"finding/matter-1/{DAY}", NEXT.replace(day=9)
    assert counts(snapshot)["finding"] == {"late": 1}
    assert carried(snapshot, NEXT, t("08:00", 9))[finding] == "late"
    closed = act(snapshot, CloseMatter(matter_id=1, outcome="已修"), t("08:00", 9))
    assert counts(closed, now=t("12:00", 9))["finding"] == {"done_late": 1}
    assert carried(closed, ninth, t("12:00", 9))[finding] == "done_late"
    assert finding not in carried(closed, NEXT.replace(day=10), t("12:00", 10))
    [row] = [each for each in ledger(of_day(closed, ninth, t("12:00", 9))) if each.kind == "finding"]
    assert (row.carried, row.carried_open, sum(row.counts.values())) == (1, 0, 0)


def test_a_handover_that_nobody_signed_is_carried_into_the_days_after() -> None:
    snapshot = desk(shift(1, "officer", ZHANG, t("00:00"), t("20:00")))
    assert carried(snapshot, NEXT, t("12:00", 9))[f"handover-2000/post/{DAY}"] == "late"


# ------------------------------------------------------------ lateness of what is off the board


def test_an_assessment_is_late_after_its_two_hours_though_it_is_still_its_day() -> None:
    waits = the_desk(someone(1, "3.8b"))
    confirm = Confirm(person_id=1, clause="3.8b", officer_name="王芳")
    row = the_row(act(waits, confirm, t("20:00")), "assess", t("20:01"))
    assert (row.state, row.late_minutes, row.due) == ("done", 0, t("20:00"))
    row = the_row(act(waits, confirm, t("20:07")), "assess", t("20:08"))
    assert (row.state, row.late_minutes, row.owed_by) == ("done_late", 7, ("王芳",))


def test_a_ride_and_an_arrival_are_held_to_their_hours() -> None:
    waits = act(
        the_desk(someone(1, "3.5")),
        Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=1),
        t("18:00"),
    )
    left = act(waits, StartTransfer(person_id=1, vehicle="湘K1", driver="周涛"), t("22:30"))
    there = act(left, EndTransfer(person_id=1, received_by="负责人1"), t("23:30"))
    assert (the_row(there, "transfer", t("23:40")).state, the_row(there, "transfer", t("23:40")).late_minutes) == (
        "done_late",
        30,
    )
    assert the_row(there, "arrival", t("23:40")).state == "done"
    slow = act(left, EndTransfer(person_id=1, received_by="负责人1"), t("23:45"))
    assert the_row(slow, "arrival", t("23:50")).late_minutes == 15


def test_a_sample_of_a_later_day_is_late() -> None:
    snapshot = act(the_desk(someone(1, "3.8b")), Confirm(person_id=1, clause="3.8b", officer_name="王芳"), t("19:40"))
    told = RecordTest(person_id=1, type="pcr", result="negative", sampled_on=NEXT)
    assert the_row(act(snapshot, told, t("10:00", 8)), "test-pcr", t("10:05", 8)).state == "done_late"


# ------------------------------------------------------------ evidence and explanation


def test_a_row_names_who_owed_it_who_did_it_and_who_wrote_it_down() -> None:
    told = Discharge(obligation=f"patrol-1/site-1/{DAY}", happened_at=t("08:10"), done_by="王芳", reason="停电后补记")
    row = the_row(act(desk(site()), told, t("11:40"), actor(LIU)), "patrol-1", t("12:00"))
    assert row.done is not None
    assert (row.owed_by, row.done.done_by, row.done.entered_by) == (("负责人1",), "王芳", LIU)
    assert (row.state, row.entered_late, row.told_after, row.explanation) == ("done", True, True, "停电后补记")


def test_what_was_done_after_its_window_stays_missed_and_its_words_stand_beside() -> None:
    told = Discharge(obligation=f"patrol-1/site-1/{DAY}", happened_at=t("11:35"), reason="人手不够")
    row = the_row(act(desk(site()), told, t("11:40")), "patrol-1", t("12:00"))
    assert (row.state, row.done, row.told_after, row.explanation) == ("missed", None, True, "人手不够")
    assert row.beside is not None


def test_a_note_that_names_a_missed_thing_by_its_id_explains_it() -> None:
    note = WriteLog(text=f"patrol-1/site-1/{DAY}：全站转移，未巡查", subject="site-1")
    snapshot = act(act(desk(site()), note, t("11:00")), WriteLog(text="无关 1/2"), t("11:01"))
    row = the_row(snapshot, "patrol-1", t("12:00"))
    assert (row.state, [each.id for each in row.notes]) == ("missed", [1])
    assert "全站转移" in row.explanation
    assert the_row(snapshot, "patrol-2", t("12:00")).notes == ()


def test_a_missed_thing_names_the_handover_that_passed_it_on() -> None:
    shifts = (shift(1, "officer", LIU, t("00:00"), t("20:00")), shift(2, "officer", WANG, t("20:00"), t("08:00", 8)))
    snapshot = desk(site(), *shifts)
    assert the_row(snapshot, "patrol-1", t("19:30")).accepted is None
    owed = next(each for each in board(snapshot, t("20:00")).obligations if each.kind == "handover")
    items = handover_items(snapshot, t("20:00"))
    signed = act(snapshot, HandOver(obligation=owed.id, incoming_id=WANG, items=items), t("20:00"), actor(LIU))
    accepted = the_row(signed, "patrol-1", t("20:05")).accepted
    assert accepted is not None and accepted.kind == "handover"


def test_a_waived_round_is_counted_apart() -> None:
    late_comer = desk(site(registered=t("11:40")))
    assert counts(late_comer)["patrol"] == {"waived": 1, "open": 2}


def test_a_planned_test_that_nobody_took_is_in_the_ledger_after_the_release() -> None:
    confirmed = ConfirmedTest(type="pcr", stage="site", day=DAY, missed=True)
    told = Released(from_="site", to="home", leader_id=1, confirmed=(confirmed, replace(confirmed, missed=False)))
    entry = Entry(
        id=7,
        happened_at=t("10:00", 9),
        entered_at=t("10:00", 9),
        entered_by=1,
        login="x",
        subject="person-1",
        told=told,
        text="补采无意义",
    )
    snapshot = desk(person(1, stage="home")).applied(2, [entry])
    row = the_row(snapshot, "test-pcr", t("12:00", 9))
    assert (row.state, row.beside, row.explanation) == ("missed", entry, "补采无意义")


def test_a_past_day_names_who_sat_and_nobody_for_an_empty_seat() -> None:
    shifts = (shift(1, "officer", LIU, t("00:00"), t("12:00")), shift(2, "officer", WANG, t("12:00"), t("24:00")))
    rows = {row.slot: row for row in of_day(desk(*shifts), now=t("09:00", 9)).rows}
    assert (rows["seat-officer"].state, rows["seat-officer"].owed_by) == ("done", ("刘敏", "王芳"))
    assert (rows["seat-leader"].state, rows["seat-leader"].owed_by) == ("missed", ())


# ------------------------------------------------------------ whose ledger


def test_the_ledgers_of_an_officer_hold_what_he_owed_and_what_he_wrote() -> None:
    snapshot = act(
        desk(site(), site(2)), Discharge(obligation=f"patrol-1/site-1/{DAY}", done_by="王芳"), t("08:00"), actor(LIU)
    )
    snapshot = act(snapshot, OpenMatter(subject="site-2", text="门坏", owner="刘敏", due=t("20:00")), t("09:00"))
    whole = of_day(snapshot)
    his = {row.id for row in whole.of(Subject("officer", LIU), snapshot).rows}
    assert his == {f"patrol-1/site-1/{DAY}", f"finding/matter-1/{DAY}"}
    assert whole.of(Subject("officer", ZHANG), snapshot).rows == ()


# ------------------------------------------------------------ properties over desks that were worked

SEEDS = (3, 4)


def worked_desks() -> list[tuple[Snapshot, datetime]]:
    found = []
    for seed in SEEDS:
        for number, night in enumerate(worked(seed=seed, steps=90)):
            if number % 45 == 44:
                found.append((night.snapshot, night.now))
    return found


@pytest.fixture(scope="module")
def desks() -> list[tuple[Snapshot, datetime]]:
    return worked_desks()


def test_the_rows_of_today_stand_as_on_the_board(desks: list[tuple[Snapshot, datetime]]) -> None:
    for snapshot, now in desks:
        today = snapshot.day_of(now)
        mine = {row.id: row for row in of_day(snapshot, today, now).rows}
        shown = [row for row in board(snapshot, now).obligations if row.id.day == today]
        assert len(shown) > 10
        for row in shown:
            here = mine[row.id]
            assert (here.state, here.late_minutes, here.entered_late, here.due) == (
                row.state,
                row.late_minutes,
                row.entered_late,
                row.due,
            )
            assert (here.done.id if here.done else None) == row.entry


def test_what_is_late_on_the_board_is_in_the_ledger_of_its_day_or_carried(
    desks: list[tuple[Snapshot, datetime]],
) -> None:
    for snapshot, now in desks:
        today = snapshot.day_of(now)
        found = of_day(snapshot, today, now)
        mine = {row.id for row in (*found.rows, *found.carried)}
        late = {row.id for row in board(snapshot, now).obligations if row.state == "late" and row.id.day <= today}
        assert late <= mine


def test_each_thing_stands_once_over_periods_side_by_side(desks: list[tuple[Snapshot, datetime]]) -> None:
    for snapshot, now in desks:
        today = snapshot.day_of(now)
        first = today - timedelta(days=5)
        whole = account(snapshot, first, today, now)
        for cut in range(5):
            middle = first + timedelta(days=cut)
            parts = (account(snapshot, first, middle, now), account(snapshot, middle + timedelta(days=1), today, now))
            assert Counter(row.id for part in parts for row in part.rows) == Counter(row.id for row in whole.rows)
            assert not {row.id for row in parts[1].rows} & {row.id for row in parts[1].carried}
        assert max(Counter(row.id for row in whole.rows).values()) == 1


def test_the_ledgers_of_all_places_are_the_whole_and_everybody_is_in_his_own(
    desks: list[tuple[Snapshot, datetime]],
) -> None:
    for snapshot, now in desks:
        today = snapshot.day_of(now)
        whole = account(snapshot, today - timedelta(days=3), today, now)
        places = [POST, *map(subject_id, snapshot.units.values()), *map(subject_id, snapshot.sites.values())]
        parts = Counter(row.id for each in places for row in whole.of(each, snapshot).rows)
        assert parts == Counter(row.id for row in whole.rows)
        for row in whole.rows:
            if row.about.kind == "person":
                assert row in whole.of(row.about, snapshot).rows


def test_the_counts_are_those_of_the_rows(desks: list[tuple[Snapshot, datetime]]) -> None:
    for snapshot, now in desks:
        today = snapshot.day_of(now)
        whole = account(snapshot, today - timedelta(days=3), today, now)
        table = ledger(whole)
        for row in table:
            of_kind = [each for each in whole.rows if (each.side, each.kind) == (row.side, row.kind)]
            assert row.counts == {column: sum(each.column == column for each in of_kind) for column in COLUMNS}
            assert row.told_after == sum(each.told_after for each in of_kind)
        assert sum(sum(row.counts.values()) for row in table) == len(whole.rows)
        assert sum(row.carried for row in table) == len(whole.carried)


# ------------------------------------------------------------ names


@pytest.mark.parametrize("slot", [each for each in words("zh").duties.slots if not each.startswith("seat-")])
def test_every_name_of_what_is_owed_until_done_has_its_kind(slot: str) -> None:
    assert (kind_of_slot(slot) is None) == (slot in get_args(MatterCause))  # a cause stands for its matter


def test_every_kind_that_is_owed_until_done_is_found_by_its_own_name() -> None:
    kinds = [kind for duty in DUTIES if isinstance(duty.owed, OfPerson | UntilDone) for kind in duty.kinds]
    assert [kind for kind in kinds if kind_of_slot(kind) != kind and kind != "test"] == []
    assert [kind for kind in set(get_args(Kind)) - set(kinds) if kind_of_slot(kind) is not None] == []
