"""Rows of a handover: which items are told by name, which by their count, and what is accepted of them."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.duties.post.handover_rows import (
    FACE_TO_FACE,
    HandoverRow,
    TakenOver,
    handover_rows,
    told_by_name,
)
from dutyboard.rules.law.four_duties import DutyKind
from dutyboard.rules.records.ids import POST, DutyId
from dutyboard.rules.records.obligation import Kind, Obligation, Standing, State, Window, obligation
from tests.rules.desks import DAY, t

NAMED: dict[Kind, str] = {
    **dict.fromkeys(("seat", "suspected", "retake", "trace", "referral", "finding", "call", "handover"), "doLX"),
    **dict.fromkeys(("patrol", "temperature", "disinfection", "staff_check", "home_check", "transfer"), "LX"),
    "test": "X",
}
"""Kinds told by name while they are open (o), due soon (d), late (L) or missed (X). The others are counted in all."""
LETTERS: dict[State, str] = {"open": "o", "due_soon": "d", "late": "L", "missed": "X"}


def item(kind: Kind = "assess", state: State = "open", slot: str = "", number: int = 1) -> Obligation:
    duty = DutyId(slot or f"{kind.replace('_', '-')}-{number}", POST, DAY)
    window = Window(t("19:00"), t("20:00"))
    return obligation(kind, duty, POST, window, Standing(state), None, subject="人员", clause="2.7")


def test_every_kind_stands_in_the_table() -> None:
    assert set(FACE_TO_FACE) == set(get_args(DutyKind))


@pytest.mark.parametrize("kind", get_args(DutyKind))
def test_who_must_act_is_told_by_name_and_the_rest_by_count(kind: Kind) -> None:
    by_name = {letter for state, letter in LETTERS.items() if told_by_name(item(kind, state))}
    assert by_name == set(NAMED.get(kind, ""))


@pytest.mark.parametrize("state", LETTERS)
def test_what_is_red_abnormal_or_on_the_road_is_told_by_name_in_every_state(state: State) -> None:
    plain = item("assess", state)
    assert not told_by_name(plain)
    assert told_by_name(replace(plain, priority="red"))
    assert told_by_name(replace(item("follow_up", state), abnormal=True))
    assert told_by_name(item("transfer", state, slot="arrival"))


def test_a_seat_that_is_held_the_handover_itself_and_what_is_done_stand_in_no_row() -> None:
    settled = [item("seat"), item("handover", "late"), item("patrol", "done"), item("test", "upcoming")]
    assert handover_rows([*settled, replace(item("patrol", "missed"), accepted=True)]) == ()


def test_names_come_first_in_the_boards_order_then_one_row_a_kind() -> None:
    board = [item("test"), item("call", number=1), item("assess", number=2), item("patrol", "late"), item("assess")]
    rows = handover_rows(board)
    assert [(row.by_name, row.kind, len(row.items)) for row in rows] == [
        (True, "call", 1),
        (True, "patrol", 1),
        (False, "assess", 2),
        (False, "test", 1),
    ]
    assert [row.key for row in rows] == [board[1].id, board[3].id, "assess", "test"]


def test_what_joins_an_accepted_row_is_left_until_enter_comes_again() -> None:
    first, second = item(number=1), item(number=2)
    (before,), (after,) = handover_rows([first]), handover_rows([first, second])
    taken = TakenOver().took(before)
    assert (taken.left(before), taken.left(after)) == ((), (second,))
    assert taken.took(after).left(after) == ()


def test_who_was_counted_and_must_now_be_told_by_name_is_left() -> None:
    """He stood among 640 who wait, and now has a fever: a count that was accepted says nothing of him."""
    waiting = item()
    (counted,) = handover_rows([waiting])
    taken = TakenOver().took(counted)
    ill = handover_rows([replace(waiting, priority="red")])
    assert taken.still(ill).left(ill[0]) == ill[0].items
    well_again = handover_rows([waiting])
    assert taken.still(ill).still(well_again).left(well_again[0]) == (waiting,)


BOARDS = st.lists(
    st.builds(
        lambda number, red: replace(item(number=number), priority="red" if red else "normal"),
        st.integers(1, 4),
        st.booleans(),
    ),
    unique_by=lambda each: each.id,
)


@given(st.lists(st.tuples(BOARDS, st.integers(0, 4)), max_size=8))
def test_nothing_is_accepted_that_stood_in_no_row_that_got_enter(steps: list[tuple[list[Obligation], int]]) -> None:
    taken, entered = TakenOver(), set[tuple[str, bool]]()
    for board, at in steps:
        rows = handover_rows(board)
        there = {(each.id, row.by_name) for row in rows for each in row.items}
        taken, entered = taken.still(rows), entered & there
        assert {(each.id, row.by_name) for row in rows for each in _taken(row, taken)} == entered
        if at < len(rows):
            taken = taken.took(rows[at])
            entered |= {(each.id, rows[at].by_name) for each in rows[at].items}


def _taken(row: HandoverRow, taken: TakenOver) -> list[Obligation]:
    left = taken.left(row)
    return [each for each in row.items if each not in left]
