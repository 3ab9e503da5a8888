"""F3 worked from the keyboard: the matrix of the rounds, one key a cell."""

from datetime import timedelta

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.slots_on_day import slots_on_day
from dutyboard.tui.screens.rounds import RoundsScreen
from dutyboard.tui.terminal.cells import line_width, plain
from dutyboard.tui.text import words
from dutyboard.tui.views.rounds.aside import cell_aside
from dutyboard.tui.views.rounds.matrix import first_owed, matrix
from tests.tui.goldens import assert_golden
from tests.tui.night import MIDNIGHT, NIGHT, at, desk_at_night
from tests.tui.on_board import HERE, NEXT, PATROL, SIZE, THERE, opened
from tests.tui.screen_text import app_of, shown, text, until, until_shown


async def test_the_matrix_of_rounds_is_one_key_a_cell() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f3")
        await until_shown(pilot, "[!19:30]")
        await pilot.press("enter")
        await until_shown(pilot, "V19:42")
        assert desk.commands == [Discharge(obligation=PATROL, seen=HERE)]
        assert "[!19:30]" in text(pilot.app)  # type: ignore[arg-type]


async def test_the_cursor_begins_on_what_is_late_and_again_once_another_screen_was_worked_in() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f3")
        await until_shown(pilot, "涟源宾馆 v08:15  v12:15 [!19:30]")
        await pilot.press("enter", "up", "e")
        await until_shown(pilot, "晚餐巡查")
        await pilot.press("f10")
        await until_shown(pilot, "涟源宾馆 v08:15  v12:15 [V19:42]")  # a page above leaves it where it was
        await pilot.press("f2")
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f3")
        await until_shown(pilot, "桥头河集 v08:15  v12:15 [!19:30]")
        assert "涟源宾馆" in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("right", "right", "f2")
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f3")
        await until_shown(pilot, "[o20:30]")  # what is owed under the cursor keeps it


@pytest.mark.parametrize(
    ("left_out", "state"),
    [((), "late"), (("late",), "due_soon"), (("late", "due_soon"), "open"), (("late", "due_soon", "open"), "")],
)
def test_the_first_cell_is_the_most_urgent_that_is_owed(left_out: tuple[str, ...], state: str) -> None:
    snapshot = desk_at_night().snapshot
    owed = [each for each in board(snapshot, NIGHT + timedelta(minutes=30)).obligations if each.state not in left_out]
    grid = matrix(snapshot, owed, MIDNIGHT.date())
    row, column = first_owed(grid)
    cell = grid.cells[row][column]
    assert (cell.state if cell is not None and state else "") == state
    assert state or (row, column) == (0, 0)


@pytest.mark.parametrize("key", ["down", "right", "up", "left"])
async def test_the_cursor_of_the_matrix_stays_inside_at_every_edge(key: str) -> None:
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f3")
        await until_shown(pilot, "[!19:30]")
        await pilot.press(*[key] * 12)
        rounds = pilot.app.screen
        assert isinstance(rounds, RoundsScreen)
        assert rounds.selected() is not None
        at = text(pilot.app)  # type: ignore[arg-type]
        assert at.count("[") == 1
        await pilot.press(key)
        assert text(pilot.app) == at  # type: ignore[arg-type]


async def test_enter_on_the_last_site_of_the_matrix_stays_there() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f3")
        await until_shown(pilot, "[!19:30]")
        await pilot.press(*["down"] * 5, "enter")
        await until_shown(pilot, "[V19:42]")
        assert desk.commands == [Discharge(obligation=NEXT, seen=THERE)]


async def test_a_missed_slot_of_yesterday_is_told_late_from_its_cell_and_what_is_done_is_only_read() -> None:
    desk = desk_at_night()
    desk.clock = at(33)  # the windows of 06-07 have closed
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f3")
        await until_shown(pilot, "今日时段")
        await pilot.press("b")
        await until_shown(pilot, "06-07 时段")
        await pilot.press(*["left"] * 8, *["up"] * 8)
        await until_shown(pilot, "[v08:15]")
        await pilot.press("enter")
        await until_shown(pilot, "已由周涛完成")
        await pilot.press("right", "right")
        await until_shown(pilot, "[X19:30]")
        await pilot.press("enter")
        await until_shown(pilot, "补录")
        await pilot.press("enter", *"1850", "f9")
        await until_shown(pilot, "补录须写明原因")
        await pilot.press(*"本子记的", "f9")
        await until(pilot, lambda: bool(desk.commands), "the entry")
        (command,) = desk.commands
        assert isinstance(command, Discharge)
        assert (command.obligation, command.happened_at) == (PATROL, at(18, 50))
        await until_shown(pilot, "[+18:50]")
        await pilot.press("f")
        await until_shown(pilot, "今日时段")
        await pilot.press("ctrl+y")
        await until_shown(pilot, "今天之后还没有时段")
        await pilot.press("ctrl+r", "ctrl+r")
        await until_shown(pilot, "没有更早的日子了")


def test_what_was_told_after_its_window_stays_missed_and_names_the_entry_that_tells_of_it() -> None:
    desk = desk_at_night()
    desk.clock = at(33)
    told = Discharge(obligation=PATROL, seen=HERE, happened_at=at(32), reason="早上才去", done_by="周涛")
    assert isinstance(desk.submit(told), Accepted)
    (slot,) = [each for each in slots_on_day(desk.snapshot, MIDNIGHT.date(), desk.clock) if each.id == PATROL]
    assert (slot.state, slot.beside) == ("missed", max(desk.snapshot.entries))
    states = {each.slot: each.state for each in slots_on_day(desk.snapshot, MIDNIGHT.date(), desk.clock)}
    assert states["patrol-1"] == "done" and states["report"] != "done" and len(states) == 9


async def test_a_round_that_found_something_wrong_ends_with_its_own_sign_and_keeps_how_it_stands() -> None:
    desk = desk_at_night()
    desk.submit(Discharge(obligation=PATROL, abnormal=True, text="门锁坏了", seen=HERE))
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f3")
        await until_shown(pilot, " V19:42#")
        await pilot.press("up")
        await until_shown(pilot, "[V19:42#")
        assert "*" not in text(pilot.app)  # type: ignore[arg-type]


async def test_beside_the_matrix_stand_the_duty_of_the_cell_what_was_told_of_it_and_its_site() -> None:
    desk = desk_at_night()
    desk.submit(Discharge(obligation=PATROL, abnormal=True, text="门锁坏了", seen=HERE))
    async with app_of(desk).run_test(size=(120, 24)) as pilot:
        await opened(pilot)
        await pilot.press("f3", "up")
        await until_shown(pilot, "| 06-07 19:42 完成 晚餐巡查 [异常]")
        assert_golden("rounds_zh_120", shown(pilot.app))  # type: ignore[arg-type]
        await pilot.press("r", "down")
        await until_shown(pilot, "|  旅客2")
        await until_shown(pilot, "解除条件")


@pytest.mark.parametrize(("language", "cells"), [("zh", 38), ("en", 38)])
def test_the_lines_beside_the_matrix_fit_and_name_the_free_rooms(language: str, cells: int) -> None:
    desk, spoken = desk_at_night(), words(language)
    (owed,) = [each for each in board(desk.snapshot, NIGHT).obligations if each.id == PATROL]
    lines = cell_aside(owed, desk.snapshot, NIGHT, spoken, cells)
    assert all(line_width(line) <= cells for line in lines)
    assert "5-9、10-30" in "".join(plain(line) for line in lines)
