"""Statistics of a period: lateness by place, how long things took, and the alarms of each hour."""

from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.account.ledger import COLUMNS, account
from dutyboard.rules.account.statistics import (
    SPANS,
    AlarmLoad,
    SpanCode,
    SpanTaken,
    Spread,
    alarm_load,
    lateness,
    spans_taken,
    spread,
)
from dutyboard.rules.records.commands.person import (
    Confirm,
    EndTransfer,
    RecordTest,
    StartTransfer,
    TakeReading,
    TraceContacts,
)
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import POST, Subject
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.courses.course import worked
from tests.rules.desks import DAY, LI, LIU, act, desk, shift, site, t
from tests.rules.duties.test_queue import someone, the_desk

NEXT = DAY + timedelta(days=1)


# ------------------------------------------------------------ the spread of some minutes


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ([], Spread(n=0, median=None, ninety=None, longest=None)),
        ([7], Spread(n=1, median=7, ninety=7, longest=7)),
        ([0, 0], Spread(n=2, median=0, ninety=0, longest=0)),
        ([1, 2], Spread(n=2, median=1.5, ninety=2, longest=2)),
        ([3, 1, 2], Spread(n=3, median=2, ninety=3, longest=3)),
        ([*range(1, 11)], Spread(n=10, median=5.5, ninety=9, longest=10)),
        ([*range(1, 12)], Spread(n=11, median=6, ninety=10, longest=11)),
        ([5] * 9 + [500], Spread(n=10, median=5, ninety=5, longest=500)),
    ],
)
def test_a_spread_of_none_is_blank_and_nine_in_ten_are_counted_by_the_nearest_rank(
    minutes: list[int], expected: Spread
) -> None:
    assert spread(minutes) == expected


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=60))
def test_a_spread_is_of_its_values_in_whatever_order_they_come(minutes: list[int]) -> None:
    found = spread(minutes)
    assert found == spread(sorted(minutes, reverse=True))
    assert (found.n, found.median, found.longest) == (len(minutes), median(minutes), max(minutes))
    assert found.ninety in minutes
    assert found.ninety is not None
    assert sum(each <= found.ninety for each in minutes) >= 0.9 * len(minutes)
    assert sum(each < found.ninety for each in minutes) < 0.9 * len(minutes)


# ------------------------------------------------------------ how long things took


def took(snapshot: Snapshot, now: datetime, day: object = DAY) -> dict[SpanCode, SpanTaken]:
    return {each.code: each for each in spans_taken(snapshot, day, day, now)}  # type: ignore[arg-type]


def test_the_hours_of_one_person_from_his_arrival_to_the_tracing_of_his_contacts() -> None:
    snapshot = the_desk(someone(1, "3.5"))  # in the county at 10:30, registered at 18:00
    waiting = took(snapshot, t("19:00"))
    assert waiting["registered_assessed"].waiting == spread([60])
    assert waiting["arrived_assessed"].waiting == spread([510])
    assert waiting["registered_assessed"].took == spread([])
    confirm = Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=1)
    snapshot = act(snapshot, confirm, t("19:30"))
    assert took(snapshot, t("19:40"))["arrived_room"].waiting == spread([550])
    snapshot = act(snapshot, StartTransfer(person_id=1, vehicle="湘K1", driver="周涛"), t("20:00"))
    snapshot = act(snapshot, EndTransfer(person_id=1, received_by="负责人1"), t("20:45"))
    found = took(snapshot, t("21:00"))
    assert found["registered_assessed"].took == spread([90])
    assert found["arrived_assessed"].took == spread([540])
    assert found["arrived_room"].took == spread([615])
    assert found["positive_traced"] == SpanTaken(code="positive_traced", took=spread([]), waiting=spread([]))
    told = RecordTest(person_id=1, type="pcr", result="positive", sampled_on=DAY)
    positive = act(snapshot, told, t("21:00"))
    assert took(positive, t("22:30"))["positive_traced"].waiting == spread([90])
    traced = act(positive, TraceContacts(person_id=1, contacts=3, told="市疾控"), t("02:00", 8))
    assert took(traced, t("03:00", 8))["positive_traced"].waiting == spread([180]), "by the end of the day it was open"
    assert took(traced, t("03:00", 8), NEXT)["positive_traced"].took == spread([300])
    assert took(traced, t("03:00", 8), NEXT)["registered_assessed"] == SpanTaken(
        code="registered_assessed", took=spread([]), waiting=spread([])
    )


def test_an_arrival_whose_hour_nobody_told_is_in_no_span_that_begins_with_it() -> None:
    person = someone(1, "3.5")
    unknown = replace(person, facts=replace(person.facts, arrival_hour_unknown=True))
    found = took(the_desk(unknown), t("19:00"))
    assert found["registered_assessed"].waiting.n == 1
    assert found["arrived_assessed"].waiting.n == 0
    assert get_args(SpanCode) == SPANS


def test_each_span_that_ended_is_counted_on_one_day() -> None:
    *_, night = worked(seed=5, steps=80)
    last = night.today
    days = [last - timedelta(days=n) for n in range(6)]
    whole = {each.code: each for each in spans_taken(night.snapshot, days[-1], last, night.now)}
    for code in SPANS:
        single = [took(night.snapshot, night.now, day)[code].took.n for day in days]
        assert sum(single) == whole[code].took.n
    assert whole["registered_assessed"].took.n > 0


# ------------------------------------------------------------ lateness


def test_the_lateness_of_places_names_what_fell_due_and_of_how_much_it_was_late() -> None:
    snapshot = act(desk(site(), site(2)), Discharge(obligation=f"patrol-1/site-1/{DAY}"), t("09:25"))
    snapshot = act(snapshot, Discharge(obligation=f"temperature-am/site-1/{DAY}", figures=NOBODY), t("08:00"))
    found = {each.place: each for each in lateness(account(snapshot, DAY, DAY, t("09:30")))}
    first = found[Subject("site", 1)]
    assert (first.counts["done"], first.counts["done_late"], first.late) == (1, 1, spread([25]))
    assert first.fell_due == 2 + first.counts["late"] + first.counts["missed"]
    assert first.percent == round(100 * (first.fell_due - 1) / first.fell_due, 1)
    assert set(found) == {POST, Subject("site", 1), Subject("site", 2)}


NOBODY = {"measured": 0, "of": 0}


def test_of_a_place_where_nothing_fell_due_no_share_is_told() -> None:
    [first] = [each for each in lateness(account(desk(site()), DAY, DAY, t("00:30"))) if each.place.kind == "site"]
    assert (first.fell_due, first.percent, first.late.median) == (0, None, None)


def test_the_places_together_hold_each_thing_once() -> None:
    *_, night = worked(seed=6, steps=60)
    whole = account(night.snapshot, night.today - timedelta(days=2), night.today, night.now)
    found = lateness(whole)
    for column in COLUMNS:
        assert sum(each.counts[column] for each in found) == sum(row.column == column for row in whole.rows)
    known = {POST, *map(subject_id, night.snapshot.units.values()), *map(subject_id, night.snapshot.sites.values())}
    assert {each.place for each in found} <= known


# ------------------------------------------------------------ alarms


def load(snapshot: Snapshot, now: datetime, day: object = DAY) -> AlarmLoad:
    found = account(snapshot, day, day, now)  # type: ignore[arg-type]
    return alarm_load(found, snapshot, day, day, now)  # type: ignore[arg-type]


def seated() -> tuple[object, ...]:
    return shift(1, "officer", LIU, t("00:00"), t("24:00", 8)), shift(2, "leader", LI, t("00:00"), t("24:00", 8))


def test_a_quiet_desk_has_no_alarms_and_a_day_to_come_no_rate() -> None:
    assert load(desk(*seated()), t("10:00")) == AlarmLoad(alarms=0, hours=10, per_hour=0, worst=0, flooded=0)  # type: ignore[arg-type]
    ahead = load(desk(*seated(), opened=t("12:00")), t("11:00"))  # type: ignore[arg-type]
    assert (ahead.alarms, ahead.per_hour, ahead.flooded) == (0, None, None)


def test_an_empty_seat_and_a_fever_are_alarms_and_a_fever_that_went_is_still_counted() -> None:
    assert load(desk(shift(1, "officer", LIU, t("00:00"), t("24:00"))), t("10:00")).alarms == 1
    people = [
        replace(someone(n, "3.5"), stage="site", site_id=1, room=n, admitted_on=DAY, officer_name="王芳")
        for n in range(1, 13)
    ]
    snapshot = desk(site(rooms=30), *people, *seated())  # type: ignore[arg-type]
    for each in people:
        snapshot = act(
            snapshot, TakeReading(person_id=each.id, temp_c=38.0), t("09:00") + timedelta(seconds=40 * each.id)
        )
    found = load(snapshot, t("10:00"))
    assert (found.alarms, found.per_hour, found.worst) == (12, 1.2, 12)
    assert found.flooded == round(100 / 60, 1)
    for each in people[:6]:
        snapshot = act(snapshot, TakeReading(person_id=each.id, temp_c=36.6), t("09:40"))
    assert load(snapshot, t("10:00")).alarms == 12
