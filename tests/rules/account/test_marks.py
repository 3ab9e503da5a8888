"""Marks on entries that somebody should ask about: each on both sides of its limit, and none on a usual night."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, get_args

import pytest

from dutyboard.rules.account.marks import ENTRY_MARK_CODES, EntriesMarked, EntryMarkCode, marks
from dutyboard.rules.board import board
from dutyboard.rules.records.commands.post import Discharge, WriteLog
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.told import Told
from dutyboard.rules.records.told.person import FollowedUp
from dutyboard.rules.records.told.post import Imported
from dutyboard.rules.records.told.site import RoundDone, TemperatureTaken
from tests.rules.desks import DAY, LIU, ZHANG, act, actor, desk, shift, site, t

NOON = t("12:00")


def entry(number: int, told: Told, at: datetime, **fields: Any) -> Entry:
    given = {"happened_at": at, "entered_at": at, "entered_by": LIU, "login": "login-3", "done_by": "刘敏"}
    return Entry(**(given | {"id": number, "told": told} | fields))  # type: ignore[arg-type]


def asked_of(entries: Iterable[Entry], *records: Any, day: date = DAY, now: datetime | None = None) -> EntriesMarked:
    snapshot = desk(site(), *records).applied(2, list(entries))
    return marks(snapshot, day, day, now or t("23:00"))


def codes(found: EntriesMarked) -> dict[int, list[EntryMarkCode]]:
    return {number: [each.code for each in of_entry] for number, of_entry in sorted(found.items())}


# ------------------------------------------------------------ one by one


def calls(people: int, apart: timedelta, **fields: Any) -> list[Entry]:
    told, numbers = FollowedUp(answer="well"), range(1, people + 1)
    duties = {n: f"follow-up/person-{n}/{DAY}" for n in numbers}
    return [
        entry(n, told, NOON + (n - 1) * apart, subject=f"person-{n}", obligation=duties[n], **fields) for n in numbers
    ]


def test_ten_people_one_by_one_in_half_a_minute_are_asked_about_and_nine_are_not() -> None:
    found = asked_of(calls(10, timedelta(seconds=3)))
    assert codes(found) == {n: ["one_by_one"] for n in range(1, 11)}
    assert found[1][0].figures == {"people": 10, "seconds": 27}
    assert asked_of(calls(9, timedelta(seconds=3))) == {}


def test_ten_people_in_more_than_half_a_minute_are_not_asked_about() -> None:
    assert asked_of(calls(10, timedelta(seconds=30 / 9))) != {}
    assert asked_of(calls(10, timedelta(seconds=3.5))) == {}


def test_ten_words_about_one_person_are_no_ten_people() -> None:
    same = [replace(each, subject="person-1") for each in calls(12, timedelta(seconds=1))]
    assert asked_of(same) == {}


def test_two_officers_at_work_at_once_are_two() -> None:
    found = [replace(each, login=f"login-{each.id % 2}") for each in calls(16, timedelta(seconds=1))]
    assert asked_of(found) == {}


def test_one_act_about_many_is_one_act() -> None:
    assert asked_of(calls(20, timedelta(), together=1)) == {}


def test_a_part_of_a_round_that_names_one_room_counts_and_a_whole_round_does_not() -> None:
    rooms = [
        entry(n, RoundDone(people=(f"person-{n}",), left=("person-99",)), NOON, obligation=f"patrol-1/site-1/{DAY}")
        for n in range(1, 13)
    ]
    assert len(asked_of(rooms)) == 12
    whole = RoundDone(people=tuple(f"person-{n}" for n in range(1, 30)))
    rounds = [entry(n, whole, NOON, obligation=f"patrol-1/site-{n}/{DAY}") for n in range(1, 13)]
    assert asked_of(rounds) == {}


# ------------------------------------------------------------ one temperature for all


def a_round(values: Mapping[int, float], number: int = 1, **fields: Any) -> Entry:
    readings = {f"person-{n}": value for n, value in values.items()}
    told = TemperatureTaken(of=len(readings), measured=len(readings), readings=readings)
    return entry(number, told, NOON, obligation=f"temperature-am/site-1/{DAY}", subject="site-1", **fields)


@pytest.mark.parametrize(
    ("same", "others", "asked"), [(8, 2, True), (7, 0, False), (8, 3, False), (9, 3, True), (30, 0, True)]
)
def test_eight_people_and_three_of_four_with_one_temperature_are_asked_about(
    same: int, others: int, asked: bool
) -> None:
    values = dict.fromkeys(range(same), 36.5) | {100 + n: 36.2 + n / 10 for n in range(others) if n != 3}
    found = asked_of([a_round({n + 1: value for n, value in values.items()})])
    assert bool(found) == asked
    if asked:
        assert found[1][0].figures == {"temp_c": 36.5, "people": same, "of": same + others}


def test_parts_of_a_round_are_looked_at_together_and_a_corrected_one_counts_no_more() -> None:
    first, second = a_round(dict.fromkeys(range(1, 6), 36.5)), a_round(dict.fromkeys(range(6, 11), 36.5), 2)
    assert codes(asked_of([first, second])) == {1: ["same_temperature"], 2: ["same_temperature"]}
    corrected = replace(second, id=3, amends=2, told=a_round({6: 36.4}).told)
    assert asked_of([first, second, corrected]) == {}


# ------------------------------------------------------------ outside of presence


@pytest.mark.parametrize(("minute", "asked"), [("12:30", False), ("12:31", True), ("07:30", False), ("07:29", True)])
def test_what_an_officer_writes_half_an_hour_beyond_his_shift_is_asked_about(minute: str, asked: bool) -> None:
    told = entry(1, RoundDone(), t(minute), obligation=f"patrol-1/site-1/{DAY}")
    found = asked_of([told], shift(1, "officer", LIU, t("08:00"), t("12:00")))
    assert codes(found) == ({1: ["outside_presence"]} if asked else {})
    assert not asked or found[1][0].figures == {"minutes": 31}


def test_whom_no_shift_names_has_no_hours_and_a_cancelled_shift_is_none() -> None:
    told = entry(1, RoundDone(), t("15:00"), obligation=f"patrol-1/site-1/{DAY}")
    assert asked_of([told], shift(1, "officer", ZHANG, t("08:00"), t("12:00"))) == {}
    assert asked_of([told], shift(1, "officer", LIU, t("08:00"), t("12:00"), cancelled_at=t("07:00"))) == {}
    towns = [each for each in desk().officers.values() if each.id == LIU]
    assert asked_of([told], replace(towns[0], role="town"), shift(1, "officer", LIU, t("08:00"), t("12:00"))) == {}


def test_a_note_discharges_nothing_and_is_not_asked_about() -> None:
    snapshot = desk(site(), shift(1, "officer", LIU, t("08:00"), t("12:00")))
    noted = act(snapshot, WriteLog(text="路过"), t("20:00"), actor(LIU))
    assert marks(noted, DAY, DAY, t("21:00")) == {}
    ticked = act(noted, Discharge(obligation=f"patrol-3/site-1/{DAY}"), t("19:00"), actor(LIU))
    assert codes(marks(ticked, DAY, DAY, t("21:00"))) == {2: ["outside_presence"]}


# ------------------------------------------------------------ told long after, all at once


def told_after(many: int, late: timedelta, apart: timedelta = timedelta(seconds=10), **fields: Any) -> list[Entry]:
    return [
        entry(
            n,
            RoundDone(),
            NOON + n * apart,
            happened_at=NOON + n * apart - late,
            obligation=f"patrol-1/site-{n}/{DAY}",
            **fields,
        )
        for n in range(1, many + 1)
    ]


@pytest.mark.parametrize(("many", "late", "asked"), [(5, 120, True), (4, 240, False), (5, 119, False), (6, 300, True)])
def test_five_acts_told_within_a_minute_two_hours_after_are_asked_about(many: int, late: int, asked: bool) -> None:
    found = asked_of(told_after(many, timedelta(minutes=late)))
    assert codes(found) == ({n: ["back_dated"] for n in range(1, many + 1)} if asked else {})
    assert not asked or found[1][0].figures == {"entries": many, "seconds": 10 * (many - 1), "hours": late // 60}


def test_acts_told_after_over_more_than_a_minute_are_not_asked_about() -> None:
    assert asked_of(told_after(5, timedelta(hours=3), timedelta(seconds=15))) != {}
    assert asked_of(told_after(5, timedelta(hours=3), timedelta(seconds=16))) == {}


def test_a_sheet_of_paper_is_its_own_proof() -> None:
    head = entry(90, Imported(sheet="rounds", accepted=9, updated=0, duplicates=0, rejected=0), NOON)
    assert asked_of([head, *told_after(9, timedelta(hours=5), part_of=90)]) == {}


# ------------------------------------------------------------ the same minute each day


def each_day(days: int, at: str = "08:00") -> list[Entry]:
    told_of = [DAY - timedelta(days=days - 1 - n) for n in range(days)]
    return [
        entry(n, RoundDone(), t(at, day), obligation=f"patrol-1/site-1/{day}") for n, day in enumerate(told_of, start=1)
    ]


def test_five_days_in_a_row_at_the_same_minute_are_asked_about_and_four_are_not() -> None:
    found = asked_of(each_day(5))
    assert codes(found) == {5: ["same_minute"]}, "only what was written down in the period"
    assert found[5][0].figures == {"days": 5, "at": "08:00"}
    assert asked_of(each_day(4)) == {}


def test_a_day_between_or_another_minute_ends_the_row() -> None:
    days = each_day(7)
    assert asked_of(days[:3] + days[4:]) == {}
    moved = replace(days[3], happened_at=days[3].happened_at + timedelta(minutes=1))
    assert asked_of([*days[:3], moved, *days[4:]]) == {}


# ------------------------------------------------------------ all of them


def test_every_code_is_listed_and_stands_on_figures() -> None:
    assert set(ENTRY_MARK_CODES) == set(get_args(EntryMarkCode))
    assert all(each.figures for of_entry in asked_of(told_after(9, timedelta(hours=5))).values() for each in of_entry)


def test_a_mark_changes_nothing_that_is_owed() -> None:
    snapshot = desk(site()).applied(2, calls(12, timedelta(seconds=1)))
    before = board(snapshot, NOON).obligations
    assert marks(snapshot, DAY, DAY, NOON)
    assert board(snapshot, NOON).obligations == before
