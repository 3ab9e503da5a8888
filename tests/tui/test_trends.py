"""Pictures of a period on paper and on the screen: what stands in them, and that a gap is no zero."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.charts.lines import MARKS, chart_lines
from dutyboard.tui.export.charts.scale import scale_of
from dutyboard.tui.export.kinds import make_page
from dutyboard.tui.export.page import Maker, Page, PageAsked, PageChart, PageSeries
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.terminal.cells import width
from dutyboard.tui.text import words
from tests.rules.desks import DAY, act, desk, person, site, t
from tests.tui.goldens import assert_golden
from tests.tui.test_round_pages import a_day

NOW = t("20:45", 8)
MAKER = Maker("root", "ab" * 32)


def trends(snapshot: Snapshot, number: int | None = None, language: str = "zh", now: datetime = NOW) -> Page:
    """The page of the day before the desk was opened, its first day, and the next."""
    about = Subject("site", number) if number is not None else None
    asked = PageAsked(kind="trends", subject=about, first=DAY - timedelta(days=1), last=DAY + timedelta(days=1))
    return make_page(asked, snapshot, now, MAKER, words(language))


def chart(*series: tuple[int | float | None, ...], from_zero: bool = True) -> PageChart:
    days = tuple(DAY + timedelta(days=n) for n in range(len(series[0])))
    held = tuple(PageSeries(f"s{n}", f"线{n}", values) for n, values in enumerate(series))
    return PageChart(
        key="x", heading="图", unit="人", days=days, series=held, unknown="没有记录", same="重合", from_zero=from_zero
    )


# ------------------------------------------------------------ the page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_each_day_and_what_is_not_told_of_it(language: str) -> None:
    page = trends(a_day(), 1, language)
    assert_golden(f"page_trends_{language}", as_text(page, 80))


def test_the_whole_desk_has_the_figures_of_each_site_beside_it() -> None:
    page = trends(a_day())
    assert [each.key for each in page.charts] == ["intake", "rooms", "overdue", "fevers", "temperatures", "measured"]
    days, sites = page.tables
    assert [row[0] for row in days.rows] == ["2021-06-06", "2021-06-07", "2021-06-08"]
    assert set(days.rows[0][1:]) == {None}
    assert [row[:2] for row in sites.rows] == [("隔离点1", "2021-06-07"), ("隔离点1", "2021-06-08")]
    assert page.json["rows"][1]["feverish"] == 1
    [fevers] = [each for each in page.json["charts"] if each["key"] == "fevers"]
    assert fevers["series"][0]["values"] == [None, 1, None]
    assert page.json["left_out"] == []


def test_one_bad_record_is_named_and_all_else_is_counted() -> None:
    far = date.max
    bad = person(9, name="坏记录", facts=Facts(contact="close", last_exposure_on=far, admitted_on=far), admitted_on=far)
    page = trends(desk(site(), bad))
    assert page.json["left_out"] == ["person-9"]
    assert any("坏记录" in line for line in page.above)
    assert page.json["rows"][1]["rooms"] == 10


def test_numbers_of_people_stand_in_no_picture() -> None:
    someone = person(1, stage="site", site_id=1, room=1, id_no="432503199001011234", phone="13800001111")
    snapshot = act(desk(site(), someone), TakeReading(person_id=1, temp_c=38.0), t("08:00"))
    page = trends(snapshot)
    assert "432503" not in str(page.json) + "\n".join(as_text(page)) and "1380000" not in str(page.json)
    assert "号码已遮盖" in page.made


# ------------------------------------------------------------ charts in lines


def test_a_day_of_which_nothing_is_told_has_no_mark_and_zero_has_one() -> None:
    lines = chart_lines(chart((0, None, 4)))
    assert lines[0] == "图 (人)  o 线0  ? 没有记录"
    first, second, third = lines[-3:]
    assert first.startswith("06-07 |o ") and first.endswith("|  0")
    assert set(second.removeprefix("06-08 |").removesuffix("|  ?")) == {" "}
    assert third.startswith("06-09 |----") and "o|  4" in third


def test_values_in_one_place_are_said_to_be() -> None:
    lines = chart_lines(chart((2, 2), (2, 5), (9, 9)))
    assert "# 重合" in lines[0] and "?" not in lines[0]
    assert "#" in lines[-2] and "+" in lines[-2] and "#" not in lines[-1]


def test_where_nothing_is_told_at_all_there_is_no_scale() -> None:
    assert scale_of(chart((None, None))) is None
    assert len(chart_lines(chart((None, None)))) == 3


VALUES: Any = st.one_of(
    st.lists(st.one_of(st.none(), st.integers(0, 100_000)), min_size=1, max_size=9),
    st.lists(st.one_of(st.none(), st.integers(340, 420).map(lambda n: n / 10)), min_size=1, max_size=9),
)


@given(st.lists(VALUES, min_size=1, max_size=3), st.booleans(), st.sampled_from([0, 40, 60, 80, 120]))
def test_every_value_stands_on_its_scale_and_no_line_is_wider_than_the_screen(
    drawn: list[list[Any]], from_zero: bool, cells: int
) -> None:
    shortest = min(map(len, drawn))
    made = chart(*(tuple(each[:shortest]) for each in drawn), from_zero=from_zero)
    lines = chart_lines(made, cells)
    assert all(width(line) <= max(min(cells or 80, 80), 56) for line in lines)
    scale = scale_of(made)
    for at in range(shortest):
        known = [each.values[at] for each in made.series if each.values[at] is not None]
        row = lines[-shortest:][at].split("|")[1]
        assert bool(set(row) & set(MARKS + "#")) == bool(known)
        if scale is not None:
            assert all(0 <= scale.share(value) <= 1 for value in known)
            assert 2 <= len(scale.ticks) <= 8 and scale.ticks[-1] == scale.high
