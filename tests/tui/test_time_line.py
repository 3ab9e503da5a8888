"""The drawn course of a person: a day is five cells or four, bars end where stages end, and today is always shown."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.plan import Plan, PlannedStage
from dutyboard.rules.law.sampling.planned_tests import PlannedTest
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.tui.terminal.cells import line_width, plain
from dutyboard.tui.text import words
from dutyboard.tui.views.person.time_line import MARGIN, NARROW, time_line
from tests.tui.night import NIGHT, desk_at_night

ZH = words("zh")
TODAY = NIGHT.date()


def plan(*stages: tuple[str, int, int], tests: tuple[PlannedTest, ...] = (), extras: tuple[Sample, ...] = ()) -> Plan:
    """A plan with stages from and to a day, counted from today."""
    found = tuple(
        PlannedStage(cast(Any, kind), TODAY + timedelta(days=first), TODAY + timedelta(days=last), None)
        for kind, first, last in stages
    )
    return cast(Plan, SimpleNamespace(stages=found, tests=tests, extras=extras))


def planned(day: int, **told: Any) -> PlannedTest:
    return PlannedTest("pcr", "site", 1, TODAY + timedelta(days=day), False, True, "3.6", **told)


def drawn(told: Plan, cells: int = 80, now: datetime = NIGHT) -> list[str]:
    return [plain(line) for line in time_line(told, (), desk_at_night().snapshot, now, ZH, cells)]


def test_days_bars_and_tests_stand_above_each_other() -> None:
    told = plan(
        ("site", -3, 3),
        ("home", 4, 7),
        tests=(planned(-3, result="negative"), planned(-1), planned(0), planned(3)),
    )
    days, bars, tests = drawn(told)
    assert days.rstrip() == "  06-  04   05   06  [07]  08   09   10   11   12   13   14"
    assert bars == "      <==============隔离===============><=======居家=======>"
    assert tests.rstrip() == " 采样 P阴       P!   P              P"


def test_a_day_is_narrower_where_that_is_the_room_for_all_of_them() -> None:
    days, bars, tests = drawn(plan(("site", -3, 3), ("home", 4, 7), tests=(planned(-1), planned(0))), 6 + 11 * 5 - 1)
    assert days.rstrip() == "  06-  04  05  06 [07] 08  09  10  11  12  13  14"
    assert bars == "      <===========隔离===========><=====居家=====>"
    assert tests.rstrip() == " 采样         P!  P"


def test_the_month_that_begins_is_named() -> None:
    days = drawn(plan(("site", 20, 26)))[0]
    assert "7.1 " in days and days.startswith("  06-")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"result": "negative"}, "P阴"),
        ({"result": "positive"}, "P阳"),
        ({"result": "pending"}, "P?"),
        ({}, "P"),
    ],
)
def test_a_test_says_how_it_stands(told: dict[str, Any], said: str) -> None:
    assert drawn(plan(("site", -1, 1), tests=(planned(0, **told),)))[2].split()[-1] == said


@pytest.mark.parametrize(
    ("pcr", "serum", "said"),
    [
        ("negative", "negative", "PS阴"),
        ("negative", None, "PS"),
        ("negative", "positive", "PS阳"),
        ("pending", "negative", "PS?"),
        (None, None, "PS"),
    ],
)
def test_two_tests_of_one_day_are_both_there_and_the_worse_is_told(pcr: Any, serum: Any, said: str) -> None:
    tests = (planned(0, result=pcr), planned(0, result=serum)._replace(type="serum"))
    assert drawn(plan(("site", -1, 1), tests=tests))[2].split()[-1] == said
    missed = tuple(each._replace(day=TODAY - timedelta(days=1), result=None) for each in tests)
    assert drawn(plan(("site", -1, 1), tests=missed))[2].split()[-1] == "PS!"


def test_a_sample_beside_the_plan_is_drawn_too_and_a_positive_one_above_all() -> None:
    extra = Sample(type="pcr", sampled_on=TODAY, result="positive")
    told = plan(("site", -1, 1), tests=(planned(0, result="negative")._replace(type="serum"),), extras=(extra,))
    assert drawn(told)[2].split()[-1] == "SP阳"


@pytest.mark.parametrize(("cells", "told"), [(6 + 4 * 5, "38.4!"), (6 + 4 * 5 - 1, "384!")])
def test_the_highest_temperature_of_a_day_stands_below_it_with_its_point_where_there_is_room(
    cells: int, told: str
) -> None:
    desk = desk_at_night()
    for temperature in (36.5, 37.0, 38.4):
        desk.submit(TakeReading(person_id=1, temp_c=temperature, device="额温枪", done_by="周涛"))
    readings = desk.snapshot.readings[1]
    lines = time_line(plan(("site", 0, 3)), readings, desk.snapshot, NIGHT, ZH, cells)
    assert plain(lines[-1]).split() == ["体温", told]
    assert {tone for text, tone in lines[-1] if told in text} == {"late"}


def test_nothing_is_drawn_where_no_days_are_known() -> None:
    unknown = PlannedStage("site", None, None, None)
    assert drawn(cast(Plan, SimpleNamespace(stages=(unknown,), tests=(), extras=()))) == []


@given(
    st.lists(
        st.tuples(st.sampled_from(["hospital", "site", "home"]), st.integers(-40, 40), st.integers(0, 30)), max_size=4
    ),
    st.integers(38, 130),
)
def test_no_row_is_wider_than_the_screen_and_today_is_shown_while_he_is_here(
    stages: list[tuple[str, int, int]], cells: int
) -> None:
    told = plan(*((kind, first, first + length) for kind, first, length in sorted(stages, key=lambda each: each[1])))
    lines = drawn(told, cells)
    assert all(line_width(((line, "plain"),)) <= cells for line in lines)
    if stages:
        first, last = min(each[1] for each in stages), max(first + length for _, first, length in stages)
        assert (f"[{TODAY:%d}]" in lines[0]) == (first <= 0 <= last)


def test_every_person_of_a_desk_has_his_line() -> None:
    snapshot = desk_at_night().snapshot
    for person in snapshot.persons.values():
        course = course_of(replace(person), snapshot, NIGHT)
        lines = time_line(course.plan, (), snapshot, NIGHT, ZH, 80)
        assert all(line_width(line) <= 80 for line in lines)
        assert not lines or len(plain(lines[0])) - MARGIN >= NARROW
