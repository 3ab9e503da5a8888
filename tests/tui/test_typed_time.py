"""What an officer types for a time on the phone, read to the minute or not at all."""
# ruff: noqa: DTZ001 - facts are wall-clock times

from datetime import datetime

import pytest

from dutyboard.tui.views.typed_time import Typed, read_typed

NOW = datetime(2021, 6, 7, 19, 40)


def at(month: int, day: int, hour: int | None = None, minute: int = 0, year: int = 2021) -> Typed:
    return Typed(datetime(year, month, day, hour or 0, minute), hour_known=hour is not None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("6-7 14:30", at(6, 7, 14, 30)),
        ("0607 1430", at(6, 7, 14, 30)),
        ("06071430", at(6, 7, 14, 30)),
        ("6-7 1430", at(6, 7, 14, 30)),
        ("６－７　１４：３０", at(6, 7, 14, 30)),
        ("6月7日14时30分", at(6, 7, 14, 30)),
        ("2021-06-07 14:30", at(6, 7, 14, 30)),
        ("今天", at(6, 7)),
        ("今1430", at(6, 7, 14, 30)),
        ("昨 9:05", at(6, 6, 9, 5)),
        ("前天8点", at(6, 5, 8)),
        ("y 0905", at(6, 6, 9, 5)),
        ("1430", at(6, 7, 14, 30)),
        ("9:05", at(6, 7, 9, 5)),
        ("现在", at(6, 7, 19, 40)),
        ("6-5", at(6, 5)),
        ("2021-06-05", at(6, 5)),
    ],
)
def test_a_time_is_read_as_it_was_meant(written: str, meant: Typed) -> None:
    assert read_typed(written, NOW) == meant


@pytest.mark.parametrize("written", ["", "abc", "6-31", "2530", "1461", "14", "6-7 25:00"])
def test_what_is_no_time_is_not_guessed_at(written: str) -> None:
    assert read_typed(written, NOW) is None


def test_four_digits_that_could_be_a_day_or_an_hour_are_not_read_as_a_time() -> None:
    assert read_typed("0607", NOW) is None
    assert read_typed("今0607", NOW) == at(6, 7, 6, 7)
    assert read_typed("0607", NOW, day_only=True) == at(6, 7)


@pytest.mark.parametrize("written", ["6-5", "0605", "6月5日", "6-5 14:30", "前天"])
def test_a_field_of_days_takes_the_day_alone(written: str) -> None:
    assert read_typed(written, NOW, day_only=True) == at(6, 5)


def test_the_hour_alone_is_no_day() -> None:
    assert read_typed("14:30", NOW, day_only=True) is None


def test_a_date_without_its_year_is_the_nearest_one() -> None:
    assert read_typed("12-30", datetime(2022, 1, 5, 8, 0)) == at(12, 30)
    assert read_typed("1-2", datetime(2021, 12, 30, 8, 0)) == at(1, 2, year=2022)


def test_tomorrow_stays_tomorrow_so_that_the_rules_can_refuse_it() -> None:
    assert read_typed("6-8", NOW) == at(6, 8)
