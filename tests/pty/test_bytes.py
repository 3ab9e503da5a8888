"""Bytes that every screen sends at 80x24: a move, a page, a typed character, a colleague's entry, the whole screen."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pty.desks import board_of, practice_desk, printed, run
from tests.pty.terminal import KEYS, Terminal

CURSOR_MOVE_BYTES = 1200
TYPED_BYTES = 1100
PAGE_BYTES = 6_000
REMOTE_CHANGE_BYTES = 600
LOG_CHANGE_BYTES = 1000
"""Of a new line on top of the log, which moves all that are shown."""
WHOLE_SCREEN_BYTES = 26_000
SCREENS = {
    "f3": "隔离点",
    "f4": "已等",
    "f5": "专人",
    "f6": "登记人",
    "f7": "报告",
    "f8": "交接说明",
    "f9": "设置",
}
"""A word by which each screen is known."""
PAGE_DOWN = "\x1b[6~"


def worst_but_one(costs: list[int]) -> int:
    """The second largest: one may hold the tick of the minute."""
    return sorted(costs)[-2]


@pytest.fixture(scope="module")
def folder(home: Path) -> Path:
    return practice_desk(home / "desk")


def shown(terminal: Terminal, key: str) -> int:
    """Show a screen; the bytes that it takes."""
    spent = terminal.cost(KEYS[key])
    terminal.wait_for(SCREENS[key])
    terminal.settle()
    return spent


def test_a_screen_a_move_and_a_page_stay_within_the_budget_on_every_screen(folder: Path) -> None:
    with board_of(folder) as terminal:
        terminal.settle()
        for key in SCREENS:
            assert shown(terminal, key) <= WHOLE_SCREEN_BYTES, key
            terminal.cost(KEYS["down"])
            moves = [terminal.cost(KEYS[way]) for way in ("down", "up")]
            assert min(moves) <= CURSOR_MOVE_BYTES, (key, moves)  # the other may hold the tick of the minute
            if key in ("f4", "f5", "f6"):
                assert min(moves) > 0
                assert terminal.cost(PAGE_DOWN) <= PAGE_BYTES, key


def test_a_typed_character_stays_within_the_budget(folder: Path) -> None:
    with board_of(folder) as terminal:
        terminal.settle()
        for opened in ("n", "c", "+", "/"):
            assert terminal.cost(opened) <= WHOLE_SCREEN_BYTES
            typed = [terminal.cost(sign) for sign in ("王", "芳", "a")]
            assert typed[0] > 0
            assert worst_but_one(typed) <= TYPED_BYTES, (opened, typed)
            terminal.cost(KEYS["f10"])


def test_a_colleagues_entry_stays_within_the_budget(folder: Path) -> None:
    with board_of(folder) as terminal:
        terminal.settle()
        for key, most in (("f4", REMOTE_CHANGE_BYTES), ("f5", REMOTE_CHANGE_BYTES), ("f6", LOG_CHANGE_BYTES)):
            shown(terminal, key)
            costs = [remote(terminal, lambda n=number: run(folder, "log", f"电话{n}")) for number in range(2)]
            assert min(costs) <= most, (key, costs)
            if key == "f6":
                assert "电话1" in terminal.text()


def remote(terminal: Terminal, change: Callable[[], object]) -> int:
    """The bytes that follow a change which the terminal did not cause."""
    before = terminal.written
    change()
    terminal.settle()
    return terminal.written - before


def test_a_form_says_a_colleagues_alarm_within_the_budget(folder: Path) -> None:
    rows = printed(folder, "board", "--json")["obligations"]
    about = next(each["subject_id"] for each in rows if each["kind"] == "test")
    with board_of(folder) as terminal:
        terminal.settle()
        terminal.cost("c")
        heading = terminal.lines()[0]
        before = terminal.written
        assert run(folder, "reading", about, "38.4").returncode == 0
        terminal.wait_until(lambda _: terminal.lines()[0][:60] != heading[:60], "the alarm")
        terminal.settle()
        assert terminal.written - before <= REMOTE_CHANGE_BYTES
