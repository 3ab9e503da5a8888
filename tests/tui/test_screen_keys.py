"""The F-keys on every screen: each shows its screen, or says in one line why it does not."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.pilot import Pilot

from dutyboard.tui import screens
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.screens.session_screen import SCREEN_KEYS, SessionScreen
from dutyboard.tui.terminal.cells import plain
from tests.tui.night import desk_at_night
from tests.tui.screen_text import app_of, shown, text, until, until_shown

SIZE = (80, 24)
SHOWN = {
    "f2": "现在要做的事",
    "f3": "今日时段",
    "f4": "排序",
    "f5": "排序",
    "f6": "时间",
    "f7": "报告",
    "f8": "交接",
    "f9": "值班表：两周",
}
"""What stands on the screen of each key."""
LISTS = {
    "the menu": ("f9", "值班表：两周"),
    "officers": ("f9 离 岗 enter", "新增一人"),
    "sites": ("f9 容 量 enter", "选隔离点，回车"),
    "seats": ("s", "值班表：两周"),
    "a page": ("e", "钟点由"),
    "the rota": ("f9 enter", "值班表 06-07"),
    "settings": ("f9 设 置 ： enter", "本台设置与指挥部开关"),
}
"""The keys that open a list or a page, and what stands on it."""
FORMS = {
    "a note": ("n", "记事"),
    "a call": ("c", "来电人"),
    "a person": ("plus", "姓名"),
    "a pattern": ("f9 enter p", "轮流的人"),
    "a sheet": ("f9 导 入 ： enter", "导入表格"),
}


def kinds() -> Iterator[type[SessionScreen]]:
    """Every kind of screen."""
    for module in pkgutil.walk_packages(screens.__path__, screens.__name__ + "."):
        importlib.import_module(module.name)
    waiting = [SessionScreen]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("dutyboard."):
            yield kind


def test_every_screen_takes_every_f_key_and_one_of_four_ways_is_its_own() -> None:
    """A list and a page hand it on, a screen of the desk acts, a form says why not; F9 saves a form or goes on."""
    found = list(kinds())
    assert len(found) > 20
    for kind in found:
        bound = kind._merged_bindings
        assert bound is not None
        for key in SCREEN_KEYS:
            actions = [each.action for each in bound.key_to_bindings.get(key, ()) if isinstance(each, Binding)]
            assert actions == [f"key('{key}')"] or (key == "f9" and actions in (["save"], ["go_on"])), (kind, key)
        own = next(each for each in kind.__mro__ if "action_key" in vars(each))
        assert own in (SessionScreen, DutyScreen, PickScreen, PageScreen), kind


async def to(pilot: Pilot[None], keys: str, wanted: str) -> None:
    await until_shown(pilot, "现在要做的事")
    for key in keys.split():
        if key == "enter":
            await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
    await until_shown(pilot, wanted)


@pytest.mark.parametrize("opened", LISTS)
async def test_every_key_of_a_screen_shows_it_from_a_list_and_from_a_page(opened: str) -> None:
    keys, wanted = LISTS[opened]
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        for key, of_screen in SHOWN.items() if opened == "the menu" else ((each, SHOWN[each]) for each in ("f4", "f9")):
            await to(pilot, keys, wanted)
            await pilot.press(key)
            await until_shown(pilot, of_screen)
            assert len(pilot.app.screen_stack) <= (2 if key == "f9" else 1)
            await pilot.press(*(["f10"] if key == "f9" else []), "f2")
        await to(pilot, keys, wanted)
        before = pilot.app.screen
        await pilot.press("f1")
        await until(pilot, lambda: pilot.app.screen is not before, "the help, or the page closed")
        if opened != "a page":
            await until_shown(pilot, "按键")
            await pilot.press("f1")
            await until(pilot, lambda: pilot.app.screen is before, "back on the list")


@pytest.mark.parametrize("opened", FORMS)
async def test_a_form_says_what_is_to_be_done_first(opened: str) -> None:
    keys, wanted = FORMS[opened]
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await to(pilot, keys, wanted)
        form = pilot.app.screen
        for key in SCREEN_KEYS[:-1]:
            await pilot.press(key)
            await until_shown(pilot, f"再按 {key.upper()}")
        await pilot.press("f9")
        assert isinstance(form, SessionScreen)
        await until(pilot, lambda: bool(plain(form.status.lines[0])), "why it is not saved")
        assert pilot.app.screen is form


async def test_the_line_of_a_pin_says_so_too() -> None:
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        pilot.app.ask_pin("PIN", "-", lambda *_: None, lambda: None)  # type: ignore[attr-defined]
        await until(pilot, lambda: "PIN" in text(pilot.app), "the line")  # type: ignore[arg-type]
        await pilot.press("f5")
        await until_shown(pilot, "再按 F5")
        assert "现在要做的事" not in "".join(shown(pilot.app))  # type: ignore[arg-type]
