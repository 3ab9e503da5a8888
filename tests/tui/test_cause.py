"""A red row about a person says where he is and what was found; and his temperatures are drawn as a line of signs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.board import board
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.readings import Reading
from dutyboard.tui.terminal.cells import plain, width
from dutyboard.tui.text import words
from dutyboard.tui.views.board import listed
from dutyboard.tui.views.person.beside import beside_lines
from dutyboard.tui.views.person.cause import cause_text
from dutyboard.tui.views.person.readings import LEVELS, trend_text
from dutyboard.tui.views.plain import board_lines
from tests.tui.monkey import NOW, sample
from tests.tui.night import NIGHT, FakeGateway, desk_at_night

ZH = words("zh")


def test_every_red_row_of_the_sample_about_a_person_says_why_and_no_other_row_does() -> None:

    snapshot = FakeGateway(list(sample()), NOW).snapshot
    rows = listed(board(snapshot, NOW).obligations)
    causes = {each.id: cause_text(each, snapshot, NOW, ZH) for each in rows}
    red = [each for each in rows if each.grave and each.subject_id.kind == "person"]
    assert len(red) >= 3
    assert all(causes[each.id] for each in red)
    assert {each.id for each in rows if causes[each.id]} == {each.id for each in red}
    page = "\n".join(board_lines(snapshot, board(snapshot, NOW), "王芳", ZH, 80))
    assert all(causes[each.id] in page for each in red), "who has seen it gives way at 80 cells, not why it is red"
    found = " ".join(causes.values())
    assert "涟源宾馆" in found and "阳性" in found and "有症状" in found


def test_the_board_and_what_stands_beside_a_row_name_the_reading_that_is_not_settled() -> None:
    desk = desk_at_night()
    desk.submit(TakeReading(person_id=2, temp_c=38.4, device="额温枪", done_by="周涛"))
    shown = board(desk.snapshot, NIGHT)
    row = next(line for line in board_lines(desk.snapshot, shown, "王芳", ZH, 80) if "复测体温" in line)
    assert row.startswith(" !! 旅客2 复测体温  涟宾 2室 38.4"), row
    owed = next(each for each in shown.obligations if each.kind == "retake")
    beside = "\n".join(plain(line) for line in beside_lines(owed, shown.obligations, desk.snapshot, NIGHT, ZH, 38))
    assert "旅客2 隔离点 涟宾 2室" in beside and "复测体温" in beside and "依据" in beside


@given(st.lists(st.one_of(st.none(), st.integers(340, 430)), max_size=90), st.integers(24, 90))
def test_a_trend_has_a_sign_for_each_of_the_newest_temperatures(tenths: list[int | None], cells: int) -> None:
    temps = [None if each is None else each / 10 for each in tenths]
    told = tuple(Reading(at=NIGHT + timedelta(minutes=n), temp_c=temp, by="周涛") for n, temp in enumerate(temps))
    taken = [each for each in temps if each is not None]
    text = trend_text(told, ZH, cells)
    if len(taken) < 2:
        assert text == ""
        return
    signs, highest = text.split("  ")
    assert highest == f"最高 {max(taken):.1f}"
    assert width(text) <= cells and set(signs) <= set(LEVELS)
    assert len(signs) == min(len(taken), cells - width(highest) - 2)
    shown = taken[-len(signs) :]
    for before, after in zip(zip(shown, signs), zip(shown[1:], signs[1:])):
        lower, higher = sorted((before, after))
        assert lower[0] == higher[0] or LEVELS.index(lower[1]) <= LEVELS.index(higher[1])


@pytest.mark.parametrize(
    ("temps", "signs"), [((36.5, 36.6, 36.5), "___"), ((36.0, 37.0, 38.0), "_-'"), ((36, 39), "_'")]
)
def test_the_usual_ups_and_downs_draw_no_mountain(temps: tuple[float, ...], signs: str) -> None:
    first = Reading(at=NIGHT, temp_c=36.5, by="周涛")
    assert trend_text(tuple(replace(first, temp_c=each) for each in temps), ZH, 60).split("  ")[0] == signs
