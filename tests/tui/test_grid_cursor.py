"""The cursor of a grid: whatever is done to it, it points to a cell that is there."""

from hypothesis import given
from hypothesis import strategies as st

from dutyboard.tui.widgets.grid_cursor import GridCursor

SIDES = st.integers(0, 5)
STEPS = st.lists(st.one_of(st.tuples(SIDES, SIDES), st.tuples(st.integers(-9, 9), st.integers(-9, 9), st.just("step"))))


@given(SIDES, SIDES, STEPS)
def test_it_never_points_outside(rows: int, columns: int, does: list[tuple[int, ...]]) -> None:
    cursor = GridCursor()
    cursor.fit(rows, columns)
    for each in does:
        if len(each) == 2:
            rows, columns = each
            cursor.fit(rows, columns)
        else:
            cursor.step(each[0], each[1])
        assert cursor.row in (range(rows) or [0])
        assert cursor.column in (range(columns) or [0])


def test_a_step_past_the_edge_stops_there() -> None:
    cursor = GridCursor()
    cursor.fit(2, 3)
    cursor.step(1, 1)
    assert (cursor.row, cursor.column) == (1, 1)
    cursor.step(5, 5)
    assert (cursor.row, cursor.column) == (1, 2)
    cursor.fit(1, 2)
    assert (cursor.row, cursor.column) == (0, 1)
    cursor.step(-5, -5)
    assert (cursor.row, cursor.column) == (0, 0)


@given(st.integers(1, 9), st.lists(st.tuples(st.integers(-9, 9), st.integers(1, 9)), max_size=6))
def test_its_row_is_among_those_shown_and_no_room_is_left_empty_while_there_are_rows(
    rows: int, does: list[tuple[int, int]]
) -> None:
    cursor = GridCursor()
    cursor.fit(rows, 1)
    for step, room in does:
        cursor.step(step, 0)
        shown = cursor.rows_shown(room)
        assert cursor.row in shown
        assert len(shown) == min(room, rows)
