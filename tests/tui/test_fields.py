"""What was typed into a form, read strictly."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from dutyboard.tui.views.fields import Field, Problem, read, read_all
from tests.tui.night import ZONE

DAY = date(2021, 6, 7)
SCREENS = Path(__file__).parents[2] / "tui" / "screens"


def value(kind: Any, typed: str, **more: Any) -> Any:
    return read(Field(id="x", label="x", kind=kind, **more), typed, DAY, ZONE)


@pytest.mark.parametrize("typed", ["365", "36.5", "３６５", " 36.5 "])
def test_three_digits_are_a_temperature(typed: str) -> None:
    assert value("temperature", typed, low=34.0, high=42.5) == 36.5


def test_a_temperature_out_of_range_is_a_problem() -> None:
    found = value("temperature", "465", low=34.0, high=42.5)
    assert isinstance(found, Problem)
    assert (found.code, found.value) == ("out_of_range", "46.5")


@pytest.mark.parametrize("typed", ["1930", "19:30", "１９：３０"])
def test_times_of_the_day(typed: str) -> None:
    assert value("time", typed) == datetime(2021, 6, 7, 19, 30, tzinfo=ZONE)


def test_a_time_of_another_day() -> None:
    assert value("time", "06-06 23:50") == datetime(2021, 6, 6, 23, 50, tzinfo=ZONE)


@pytest.mark.parametrize("typed", ["25:00", "7", "13-40 10:00", "now"])
def test_what_is_no_time(typed: str) -> None:
    found = value("time", typed)
    assert isinstance(found, Problem)
    assert found.code == "not_a_time"


@pytest.mark.parametrize("typed", ["06-06", "6/6", "0606", "2021-06-06", "０６－０６", "昨", "昨天", "6月6日"])
def test_days(typed: str) -> None:
    assert value("day", typed) == date(2021, 6, 6)


@pytest.mark.parametrize("typed", ["13-45", "2021-02-30", "19:30", "x", "6"])
def test_what_is_no_day(typed: str) -> None:
    found = value("day", typed)
    assert isinstance(found, Problem)
    assert (found.code, found.value) == ("not_a_day", typed)


def test_no_form_reads_a_day_by_itself() -> None:
    """Nine forms did, in three ways, and four sentences answered what was no day."""
    read_here = re.compile(r"\b(read_typed|nearest_day|strptime)\(|fromisoformat\(values")
    forms = [each for each in SCREENS.rglob("*.py") if read_here.search(each.read_text(encoding="utf-8"))]
    assert forms == []


@pytest.mark.parametrize(("typed", "wanted"), [("是", True), ("Ｙ", True), ("no", False), ("", None)])
def test_yes_and_no(typed: str, wanted: bool | None) -> None:
    assert value("yes_no", typed) is wanted


def test_nothing_typed_is_unknown_not_zero() -> None:
    assert value("number", "") is None
    found = value("number", "", needed=True)
    assert isinstance(found, Problem)
    assert found.code == "needed"


def test_the_first_problem_from_the_top_is_named() -> None:
    fields = [Field(id="a", label="a", needed=True), Field(id="b", label="b", kind="number")]
    found = read_all(fields, {"a": "", "b": "x"}, DAY, ZONE)
    assert isinstance(found, Problem)
    assert found.field.id == "a"
    assert read_all(fields, {"a": "好", "b": "２"}, DAY, ZONE) == {"a": "好", "b": 2}


@pytest.mark.parametrize(
    ("today", "typed", "wanted"),
    [
        (date(2021, 12, 28), "01-03 08:00", datetime(2022, 1, 3, 8, tzinfo=ZONE)),
        (date(2022, 1, 2), "12-31 23:50", datetime(2021, 12, 31, 23, 50, tzinfo=ZONE)),
        (date(2021, 12, 31), "24:00", datetime(2022, 1, 1, tzinfo=ZONE)),
        (date(2023, 12, 30), "02-29 08:00", datetime(2024, 2, 29, 8, tzinfo=ZONE)),
    ],
)
def test_a_day_without_a_year_lies_in_the_nearest_one(today: date, typed: str, wanted: datetime) -> None:
    assert read(Field(id="x", label="x", kind="time"), typed, today, ZONE) == wanted


def test_a_day_that_no_year_has_is_no_time() -> None:
    assert isinstance(value("time", "02-30 08:00"), Problem)
