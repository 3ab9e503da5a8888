"""F3 worked from the keyboard: the matrix of the rounds, one key a cell."""

import pytest

from dutyboard.rules.records.commands.post import Discharge
from dutyboard.tui.screens.rounds import RoundsScreen
from tests.tui.night import desk_at_night
from tests.tui.on_board import HERE, NEXT, PATROL, SIZE, THERE, opened
from tests.tui.screen_text import app_of, text, until_shown


async def test_the_matrix_of_rounds_is_one_key_a_cell() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f3")
        await until_shown(pilot, "[v08:15]")
        await pilot.press("right", "right", "enter")
        await until_shown(pilot, "V19:42")
        assert desk.commands == [Discharge(obligation=PATROL, seen=HERE)]
        assert "[!19:30]" in text(pilot.app)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["down", "right", "up", "left"])
async def test_the_cursor_of_the_matrix_stays_inside_at_every_edge(key: str) -> None:
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f3")
        await until_shown(pilot, "[v08:15]")
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
        await until_shown(pilot, "[v08:15]")
        await pilot.press("right", "right", *["down"] * 5, "enter")
        await until_shown(pilot, "[V19:42]")
        assert desk.commands == [Discharge(obligation=NEXT, seen=THERE)]
