"""F1: one page for the screen one is on, with reasons for what is off, and nothing of other screens."""

from typing import Any

import pytest

from dutyboard.tui.actions import ACTIONS, Context, ScreenId
from dutyboard.tui.terminal.cells import line_width, plain
from dutyboard.tui.text import words
from dutyboard.tui.views.footer import action_words
from dutyboard.tui.views.help import help_lines
from tests.tui.night import desk_at_night
from tests.tui.on_board import SIZE, opened
from tests.tui.screen_text import app_of, text, until_shown


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("screen", ["board", "rounds", "site_desk", "screening", "people", "log", "handover", "person"])
def test_it_lists_every_action_of_the_screen_and_none_of_another(screen: ScreenId, language: Any) -> None:
    spoken = words(language)
    context = Context(screen=screen)
    lines = help_lines(context, spoken, 78, lambda reason: reason.code)
    shown = "".join(plain(line).strip() for line in lines)
    for action in ACTIONS:
        said = "".join(action_words(spoken, action.id).long.split())[:20]
        if action.screens:
            assert (said in "".join(shown.split())) == (screen in action.screens), action.id
    assert "not_here" not in shown
    assert all(line_width(line) <= 78 for line in lines)


def test_on_the_board_it_is_one_page_at_80x24() -> None:
    lines = help_lines(Context(screen="board"), words("zh"), 78, lambda reason: reason.code)
    assert len(lines) <= SIZE[1] - 2


async def test_it_says_why_an_action_is_off() -> None:
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        board.table.action_to(-1)
        await pilot.press("f1")
        await until_shown(pilot, "此刻: ")
        assert "各屏" in text(pilot.app) and "F3 巡查" in text(pilot.app)  # type: ignore[arg-type]
