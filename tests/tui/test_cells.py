"""Text in cells: never half a character, always the width that was asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.tui.terminal.cells import behind, clip, ends, fit, line_width, pad, pad_left, plain, width, wrap

TEXT = st.text(alphabet="ab 巡查，测温12(~", max_size=30)


def test_a_cut_is_marked_and_never_splits_a_character() -> None:
    assert clip("待复核中", 8) == "待复核中"
    assert clip("待复核中", 7) == "待复核~"
    assert clip("待复核中", 6) == "待复~"
    assert clip("待", 1) == "~"
    assert clip("待", 0) == ""


@given(TEXT, st.integers(0, 40))
def test_padding_gives_exactly_the_cells(text: str, cells: int) -> None:
    assert width(pad(text, cells)) == cells
    assert width(pad_left(text, cells)) == cells
    assert line_width(fit(((text, "plain"), (text, "late")), cells)) == cells


@given(TEXT, st.integers(2, 20))
def test_wrapping_loses_no_character_and_fits(text: str, cells: int) -> None:
    rows = wrap(text, cells)
    assert all(width(row) <= cells for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())


@pytest.mark.parametrize("cells", range(-2, 4))
@pytest.mark.parametrize("text", ["", "涟源", "a涟", "ab cd", "\x1b涟\n源"])
def test_no_width_is_too_small(text: str, cells: int) -> None:
    for cut in (clip(text, cells), pad(text, cells), pad_left(text, cells)):
        assert width(cut) <= max(cells, 0)
    rows = wrap(text, cells)
    assert all(width(row) <= max(cells, 2) for row in rows)


def test_the_left_end_gives_way() -> None:
    line = ends((("带班 陈卫东 至20:00", "plain"),), (("|逾期3", "late"),), 16)
    assert line_width(line) == 16
    assert plain(line) == "带班 陈卫~|逾期3"


@given(st.text(st.sampled_from("ab 王，3"), max_size=12), st.integers(0, 30))
def test_what_stands_behind_some_cells_is_as_wide_as_what_is_left(line: str, cells: int) -> None:
    assert width(behind(line, cells)) == max(0, width(line) - cells)
    assert line.endswith(behind(line, cells).lstrip())
