"""Keys that come in a burst (a slow line, a fast hand, a script) land where they would if they came one by one."""

import threading
from collections.abc import Mapping
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot

from dutyboard.rules.records.commands.post import Discharge, WriteLog
from dutyboard.rules.records.told.post import Called
from dutyboard.tui.screens.form import FormScreen
from tests.tui.night import Broken, FakeGateway, desk_at_night, night
from tests.tui.on_board import HERE, NEXT, PATROL, THERE
from tests.tui.screen_text import app_of, text, until, until_shown


async def burst(pilot: Pilot[None], *keys: str) -> None:
    """Post all keys at once, once the board is there."""
    await until_shown(pilot, "现在要做的事")
    for key in keys:
        pilot.app.post_message(Key(key, key if len(key) == 1 else None))


async def test_each_field_of_a_form_gets_its_own_keys() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await burst(pilot, "c", *"张三", "enter", *"停电", "enter", *"县办", *["enter"] * 11)
        await until(pilot, lambda: len(desk.commands) == 1, "the call")
        assert desk.commands == [WriteLog(text="", call=Called(caller="张三", matter="停电", told="县办"))]


async def test_what_follows_a_saved_form_goes_to_the_screen_below() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await burst(pilot, "n", *"下雨", "f9", "n", *"雨停", "f9", "3")
        await until_shown(pilot, "今日时段")
        assert [command.text for command in desk.commands if isinstance(command, WriteLog)] == ["下雨", "雨停"]


async def test_what_follows_a_form_that_is_refused_stays_in_the_form() -> None:
    desk = desk_at_night()
    desk.trouble = Broken("disk_full")
    async with app_of(desk).run_test() as pilot:
        await burst(pilot, "n", *"下雨", "f9", "!", "3")
        await until_shown(pilot, "未保存：磁盘已满")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        await until(pilot, lambda: form.typed["text"] == "下雨!3", "the keys behind the save")


async def test_a_form_is_left_once_and_what_follows_goes_to_the_screen_below() -> None:
    saved = threading.Event()

    class SlowDesk(FakeGateway):
        def save_draft(self, key: str, values: Mapping[str, Any]) -> None:
            saved.wait()
            super().save_draft(key, values)

    desk = SlowDesk(night())
    async with app_of(desk).run_test() as pilot:
        await burst(pilot, "6", "n", *"下雨", "f10", "f10", "3")
        await until_shown(pilot, "下雨")
        await pilot.pause()
        saved.set()
        await until_shown(pilot, "今日时段")
        assert [draft["text"] for draft in desk.drafts.values()] == ["下雨"]


async def test_a_filter_then_the_row_it_finds() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await burst(pilot, "slash", *"晚餐", "enter", "enter")
        await until(pilot, lambda: len(desk.commands) == 1, "the patrol")
        assert desk.commands == [Discharge(obligation=PATROL, seen=HERE)]


async def test_initials_then_the_row_they_find() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await burst(pilot, "slash", *"wcxc", "enter", "enter")
        await until(pilot, lambda: len(desk.commands) == 1, "the patrol")
        assert desk.commands == [Discharge(obligation=PATROL, seen=HERE)]


@pytest.mark.parametrize("keys", [("6", "slash", *"巡查", "enter"), ("f6", "slash", *"巡查", "f2", "6")])
async def test_a_screen_opened_for_the_first_time_gets_the_keys_behind(keys: tuple[str, ...]) -> None:
    async with app_of(desk_at_night()).run_test() as pilot:
        await burst(pilot, *keys)
        await until_shown(pilot, "午餐巡查")
        assert "登记人" in text(pilot.app)  # type: ignore[arg-type]


async def test_enter_down_enter_is_two_presses_and_no_held_key() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await burst(pilot, "slash", *"晚餐巡查", "enter", "enter", "up", "down", "enter")
        await until(pilot, lambda: len(desk.commands) == 2, "both")
        assert desk.commands == [Discharge(obligation=PATROL, seen=HERE), Discharge(obligation=NEXT, seen=THERE)]


@pytest.mark.parametrize("colon", [":", "："])
async def test_a_phone_call_takes_two_keys_beside_its_text(colon: str) -> None:
    desk = desk_at_night()
    told = f"茅塘镇{colon}要车，12:30到"
    keys = ["c", *told, "f9"]
    assert len(keys) == len(told) + 2
    async with app_of(desk).run_test() as pilot:
        await burst(pilot, *keys)
        await until(pilot, lambda: len(desk.commands) == 1, "the call")
        assert desk.commands == [WriteLog(text="", call=Called(caller="茅塘镇", matter="要车，12:30到", told=None))]


async def test_a_colon_alone_is_no_caller() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test() as pilot:
        await burst(pilot, "c", "：", "f9")
        await until_shown(pilot, "「事由」必须填写")
        assert desk.commands == []
