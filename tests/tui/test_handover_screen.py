"""F8: the handover by rows, from the preview at noon to the two signatures, counted in keys."""

from asyncio import to_thread
from dataclasses import replace
from threading import Event

import pytest
from textual.pilot import Pilot

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.people.officers import holder
from dutyboard.rules.records.commands.person import PersonData, Register, TakeReading
from dutyboard.rules.records.commands.post import HandOver, OpenMatter, WriteLog
from dutyboard.rules.records.model import DeskSettings, Person, Site, Unit
from dutyboard.rules.records.secrets import Secret
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.pins import hashed
from dutyboard.tui.screens.handover import HandoverScreen
from tests.tui.goldens import assert_golden
from tests.tui.night import FakeGateway, at, desk_at_night, night
from tests.tui.on_board import SIZE, opened, row_opened
from tests.tui.screen_text import PATIENCE_SECONDS, app_of, shown, text, until, until_shown

EVENING = "handover-2000/post/2021-06-07"
PIN = "739154"
ROWS = 10
"""Rows of the night: four told by name, six kinds."""


async def handover(pilot: Pilot[None], wanted: str = "须当面交代") -> HandoverScreen:
    """The handover, with its rows."""
    await until_shown(pilot, "现在要做的事")
    await pilot.press("8")
    await until_shown(pilot, wanted)
    screen = pilot.app.screen
    assert isinstance(screen, HandoverScreen)
    return screen


async def accept(pilot: Pilot[None], rows: int, left: int = 0) -> int:
    """Accept so many rows, as a hand that is seen to be no held key; return the keys."""
    screen = pilot.app.screen
    assert isinstance(screen, HandoverScreen)
    for each in range(left + rows - 1, left - 1, -1):
        screen._enter.other_key()
        await pilot.press("enter")
        await until_shown(pilot, f"还有 {each} 行" if each else "全部清点完毕")
    return rows


async def sign(pilot: Pilot[None]) -> None:
    """Press Enter once all is accepted."""
    assert isinstance(pilot.app.screen, HandoverScreen)
    pilot.app.screen._enter.other_key()
    await pilot.press("enter")


async def test_it_is_accepted_row_by_row_and_signed_by_both() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await row_opened(pilot, board, EVENING, "日志校验码 0f3a 9c")
        await until_shown(pilot, "交班 王芳  接班 张强（排班）")
        await until_shown(pilot, f"还有 {ROWS} 行")
        await accept(pilot, ROWS)
        await sign(pilot)
        await until_shown(pilot, "须当面交代 4 项，按数 13 项，均已清点")
        await pilot.press(*"平稳", "f9")
        await until_shown(pilot, "交接完成：王芳 -> 张强")
        signed = desk.commands[-1]
        assert isinstance(signed, HandOver) and signed.by_name is not None
        assert (signed.incoming_id, signed.text, signed.head) == (5, "平稳", "0f3a9c")
        assert (len(signed.items), len(signed.by_name)) == (17, 4)
        await until_shown(pilot, "06-08 08:00 交班 张强")
        assert "上次 06-07 19:42 王芳 -> 张强 17 项" in text(pilot.app)  # type: ignore[arg-type]


async def test_a_held_enter_accepts_one_row() -> None:
    desk = desk_at_night()
    desk.head = "0f3a9c0012345678"
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await handover(pilot, "日志校验码 0f3a 9c")
        assert f"日志校验码 0f3a 9c00 1234 5678（第 {desk.snapshot.seq} 号）" in shown(app)[1], "no part of it is cut"
        await pilot.press(*["enter"] * 10)
        await until_shown(pilot, "连按已忽略")
        assert f"还有 {ROWS - 1} 行" in text(app) or f"还有 {ROWS - 2} 行" in text(app)


async def test_the_head_follows_each_line_that_a_colleague_writes() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot, "日志校验码 0f3a 9c")
        for head in ("1111", "2222"):
            desk.head = head
            desk.elsewhere(WriteLog(text="来电"), "liumin")
            await until_shown(pilot, f"日志校验码 {head}（第 {desk.snapshot.seq} 号）")


async def test_what_joins_a_kind_after_enter_is_left_and_nobody_signs_without_it() -> None:
    desk = waiting(2, 0)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot)
        await accept(pilot, 1)
        desk.elsewhere(Register(person=PersonData(name="石三", phone="19900000003")), "liumin")
        await until_shown(pilot, "新增1")
        assert "还有 1 行" in text(pilot.app)  # type: ignore[arg-type]
        await accept(pilot, 1)
        await sign(pilot)
        await until_shown(pilot, "按数 3 项，均已清点")


async def test_enter_takes_the_row_as_it_was_painted_and_not_as_it_has_become() -> None:
    """An Enter that is held back for a moment, in which a colleague registers somebody."""
    desk = waiting(2, 0)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await handover(pilot)
        screen._enter.press("", 100.0)  # no row: nothing is accepted
        screen._pressed = screen._painted["assess"]
        screen._enter.press("assess", 100.4)  # the gate waits: is it a repeat?
        desk.elsewhere(Register(person=PersonData(name="石三", phone="19900000003")), "liumin")
        await until_shown(pilot, "待排查研判 3")
        screen._enter.other_key()
        await until_shown(pilot, "新增1")


async def test_who_was_counted_and_gets_a_fever_is_to_be_told_by_name() -> None:
    desk = waiting(2, 0)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot, "须当面交代 0 项")
        await accept(pilot, 1)
        desk.elsewhere(TakeReading(person_id=1, temp_c=38.4), "liumin")
        await until_shown(pilot, "旅客1 复测体温")
        assert "全部清点完毕" not in text(pilot.app)  # type: ignore[arg-type]


async def test_a_kind_is_opened_to_be_read_and_one_of_it_accepted() -> None:
    desk = waiting(3, 0)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await handover(pilot)
        screen.table.select("assess")
        await pilot.press("right")
        await until_shown(pilot, "旅客3 待排查研判")
        await pilot.press("down", "enter")
        await until_shown(pilot, "新增2")
        await pilot.press("left")
        await until(pilot, lambda: "旅客3" not in text(pilot.app), "closed")  # type: ignore[arg-type]
        assert screen.table.selected == "assess"
        await pilot.press("enter")
        await until_shown(pilot, "全部清点完毕")
        await pilot.press("up", "o")
        await until_shown(pilot, "没有可展开的")


async def test_another_one_is_warned_of_chosen_again_and_accepts_anew() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot)
        await accept(pilot, 1, ROWS - 1)
        await pilot.press("backspace", *"李建国", "enter")
        await until_shown(pilot, "接班人改为 李建国：请他从头清点")
        assert f"注意：排班接班的是 张强。p 另选，或签字时写明原因。还有 {ROWS} 行" in text(pilot.app)  # type: ignore[arg-type]
        await accept(pilot, 1, ROWS - 1)
        await pilot.press("p", *"张强", "enter")
        await until_shown(pilot, f"还有 {ROWS} 行")


async def test_what_was_accepted_comes_back_after_a_dropped_line() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot)
        await accept(pilot, 5, ROWS - 5)
        await until(pilot, lambda: any("counted" in draft for draft in desk.drafts.values()), "the draft")
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot)
        await until_shown(pilot, f"还有 {ROWS - 5} 行")


async def test_what_was_accepted_while_the_worker_was_busy_is_kept_as_the_line_drops() -> None:
    desk, busy = desk_at_night(), Event()
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await handover(pilot)
        app.session.fetch(lambda _: busy.wait(PATIENCE_SECONDS), lambda _: None)
        await accept(pilot, 5, ROWS - 5)
        assert desk.drafts == {}
        await to_thread(app.keep_drafts)
        busy.set()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot)
        await until_shown(pilot, f"还有 {ROWS - 5} 行")


async def test_it_can_be_looked_at_from_noon_on_and_is_signed_in_its_window() -> None:
    """D25: the next one was at "-"; nobody saw what would be on it."""
    desk = waiting(2, 0)
    desk.clock = at(18, 30)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot)
        await until_shown(pilot, "交接班  06-07 20:00 交班 王芳  接班 张强（排班），19:00 起可签")
        assert "还没有签过交接。" in text(pilot.app)  # type: ignore[arg-type]
        assert "[ ]" not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("enter")
        await until_shown(pilot, "还没到时间：19:00 起才能登记。")
        assert desk.commands == [] and not any("handover" in key for key in desk.drafts)


async def test_the_running_note_is_written_at_any_time_and_stands_in_the_form_that_both_sign() -> None:
    desk = waiting(2, 0)
    desk.clock = at(18, 30)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot, "交接说明：还没有")
        for text_, wanted in (("7室发热", "交接说明 7室发热"), ("桥头已催两次", "交接说明 7室发热；桥头已催两次")):
            await pilot.press("n", *text_, "f9")
            await until_shown(pilot, wanted)
        await pilot.press("n")
        await until_shown(pilot, "18:30 王芳 桥头已催两次")
        await pilot.press("f10")
        desk.elsewhere(WriteLog(text="夜里停电" * 12, for_handover=True), "liumin")
        await until_shown(pilot, "交接说明 ~夜里停电")
        desk.clock = at(19, 30)
        pilot.app.session.look_at_clock()  # type: ignore[attr-defined]
        await until_shown(pilot, "[ ]")
        await accept(pilot, 1)
        await sign(pilot)
        await until_shown(pilot, "均已清点")
        await pilot.press("f9")
        await until_shown(pilot, "交接完成")
        signed = desk.commands[-1]
        assert isinstance(signed, HandOver)
        assert signed.text == "7室发热；桥头已催两次；" + "夜里停电" * 12
        await until_shown(pilot, "交接说明：还没有")


async def test_a_leader_takes_over_alone_when_nobody_came_in_time() -> None:
    desk = waiting(2, 0)
    desk.clock, desk.asks_pins = at(20, 31), True
    desk.snapshot = desk.snapshot.applied(2, [Secret(id=1, officer_id=2, use="pin", hashed=hashed(PIN), set_at=at(0))])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot, "已过时未交接：张强 不来的，p 选带班领导代接并写原因")
        await pilot.press("p", *"李建国", "enter")
        await until_shown(pilot, "接班 李建国（另选）")
        await accept(pilot, 1)
        await sign(pilot)
        await until_shown(pilot, "一人代接")
        await pilot.press("f9")
        await until_shown(pilot, "「原因」必须填写")
        await pilot.press(*"张强失联", "down", "down", *"是", "f9")
        await until_shown(pilot, "请输入李建国的 PIN")
        await pilot.press(*PIN, "enter")
        await until_shown(pilot, "交接完成：王芳 -> 李建国")
        signed = desk.commands[-1]
        assert isinstance(signed, HandOver) and (signed.reason, signed.alone) == ("张强失联", True)
        assert holder(desk.snapshot, "officer", at(21)).officer_id == 2  # type: ignore[union-attr]


async def test_whose_shift_has_ended_is_told_so_on_every_screen_until_the_next_one_has_signed() -> None:
    desk = waiting(2, 0)
    desk.clock = at(20, 5)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "王芳 已下岗，张强未签到")
        await handover(pilot)
        assert "王芳 已下岗，张强未签到" in shown(pilot.app)[0]  # type: ignore[arg-type]
        await accept(pilot, 1)
        await sign(pilot)
        await until_shown(pilot, "均已清点")
        await pilot.press("f9")
        await until_shown(pilot, "交接完成")
        await until(pilot, lambda: "未签到" not in text(pilot.app), "she was relieved")  # type: ignore[arg-type]


async def test_without_a_next_shift_it_says_so() -> None:
    desk = FakeGateway([each for each in night() if getattr(each, "seat", "") != "officer"])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot, "还没有排下一班：按 s 排班。")
        await pilot.press("enter", "p")
        await until_shown(pilot, "还没有排下一班：按 s 排班。")


def waiting(people: int, matters: int) -> FakeGateway:
    """A desk of one town on which so many people wait and so many matters stand open, and nothing else goes over."""
    base = [each for each in night() if not isinstance(each, Unit | Site | Person)]
    base = [replace(each, opened_at=at(10)) if isinstance(each, DeskSettings) else each for each in base]
    who = [
        Person(id=n, name=f"旅客{n}", facts=Facts(), registered_at=at(18), officer_name="周涛")
        for n in range(1, people + 1)
    ]
    desk = FakeGateway([*base, *who])
    for each in range(matters):
        answer = desk.submit(OpenMatter(subject="post", text=f"事项{each}", owner="张强", due=at(23)))
        assert isinstance(answer, Accepted), answer
    desk.commands.clear()
    return desk


async def test_six_open_items_and_640_who_wait_take_under_12_keys_beside_pins() -> None:
    desk = waiting(640, 6)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await handover(pilot)
        await until_shown(pilot, "待排查研判 640")
        keys = await accept(pilot, 7)
        await sign(pilot)
        await until_shown(pilot, "按数 640 项")
        await pilot.press("f9")
        await until_shown(pilot, "交接完成：王芳 -> 张强")
        assert keys + 2 == 9 < 12
        signed = desk.commands[-1]
        assert isinstance(signed, HandOver) and len(signed.items) == 646


@pytest.mark.parametrize(("language", "cells"), [("zh", 80), ("zh", 120), ("en", 80)])
async def test_golden(language: str, cells: int) -> None:
    desk = desk_at_night()
    async with app_of(desk, language).run_test(size=(cells, 24)) as pilot:
        await until_shown(pilot, "王芳")
        await pilot.press("8")
        await until(pilot, lambda: isinstance(pilot.app.screen, HandoverScreen), "the handover")
        await until_shown(pilot, "0f3a 9c")
        await pilot.press("enter")
        await until_shown(pilot, "[v]")
        beside = "| 桥头河集中隔离点"
        await until(pilot, lambda: cells < 120 or beside in text(pilot.app), "the pane")  # type: ignore[arg-type]
        assert_golden(f"handover_{language}_{cells}", shown(pilot.app)[1:])  # type: ignore[arg-type]
