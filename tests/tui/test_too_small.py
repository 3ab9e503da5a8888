"""A terminal below 60x20: one clear line, no key acts unseen, and what was typed is there when it grows again."""

import pytest

from dutyboard.tui.screens.session_screen import LEAST_SIZE, too_small
from tests.tui.night import desk_at_night
from tests.tui.on_board import PATROL, opened, select
from tests.tui.screen_text import app_of, shown, text, until, until_shown


@pytest.mark.parametrize(("cells", "rows", "small"), [(60, 20, False), (59, 20, True), (60, 19, True), (2, 1, True)])
def test_it_is_too_small_below_the_least_size(cells: int, rows: int, *, small: bool) -> None:
    assert LEAST_SIZE == (60, 20)
    assert too_small(cells, rows) == small


@pytest.mark.parametrize("size", [(50, 15), (59, 40), (200, 19), (10, 3)])
async def test_nothing_but_the_line_is_shown_and_no_key_acts(size: tuple[int, int]) -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=(80, 24)) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        await pilot.resize_terminal(*size)
        await until(pilot, lambda: "窗口太小" in "".join(shown(pilot.app)), "the line")  # type: ignore[arg-type]
        assert not {"待排查", "F1帮助", ">!"} & set(text(pilot.app).split())  # type: ignore[arg-type]
        await pilot.press("enter", "n", "f4", "z")
        await pilot.resize_terminal(80, 24)
        await until_shown(pilot, "现在要做的事")
        assert "窗口太小" not in text(pilot.app)  # type: ignore[arg-type]
        assert desk.commands == [] and board.table.selected == PATROL and pilot.app.screen is board


async def test_a_form_keeps_what_was_typed_and_the_cursor() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await until_shown(pilot, "记事")
        await pilot.press(*"abc")
        await pilot.resize_terminal(40, 10)
        await until_shown(pilot, "窗口太小")
        await pilot.press(*"xyz")
        await pilot.resize_terminal(80, 24)
        await until_shown(pilot, "abc")
        await pilot.press("d")
        await until_shown(pilot, "abcd")
        assert "xyz" not in text(pilot.app)  # type: ignore[arg-type]


async def test_a_screen_that_is_opened_small_is_covered_and_f10_still_leaves() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=(50, 15)) as pilot:
        await until_shown(pilot, "窗口太小")
        await until(pilot, lambda: pilot.app.session.loaded, "the desk")  # type: ignore[attr-defined]
        await until_shown(pilot, "窗口太小")
        await pilot.press("f10", "f10")
    assert desk.closed
