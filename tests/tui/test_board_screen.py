"""The board worked from the keyboard: the real rules, a frozen clock, no store."""

import threading
from dataclasses import replace
from typing import Any

import pytest

from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Discharge, TakeSeat, WriteLog
from dutyboard.rules.records.model import Unit
from dutyboard.tui.app import DutyApp
from dutyboard.tui.link.board import boards
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.terminal.cells import plain
from dutyboard.tui.views.board import group_id, listed
from tests.tui.night import Broken, FakeGateway, at, desk_at_night, night
from tests.tui.on_board import HERE, NEXT, PATROL, SIZE, THERE, opened, row_opened, select
from tests.tui.screen_text import app_of, shown, text, until, until_shown


async def test_enter_discharges_and_moves_on_and_the_row_stays_until_the_next_key() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await row_opened(pilot, board, PATROL, "已记：涟源宾馆隔离点 晚餐巡查")
        assert desk.commands == [Discharge(obligation=PATROL, seen=HERE)]
        assert board.table.selected == NEXT
        await pilot.press("down")
        await until(pilot, lambda: PATROL not in list(board.table.keys), "the row gone")


@pytest.mark.parametrize(("key", "answer"), [("e", "刘敏 完成 涟源宾馆隔离点 晚餐巡查"), ("x", "已由周涛完成")])
async def test_a_key_is_for_the_row_that_was_painted_under_the_cursor(key: str, answer: str) -> None:
    """The row is done and waits for the next key to sort it away: that key is still for it, not for the row below."""
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        desk.elsewhere(Discharge(obligation=PATROL), "liumin")
        await until(pilot, lambda: "*迟12分" in text(pilot.app), "the colleague's tick")  # type: ignore[arg-type]
        await pilot.press(key)
        await until_shown(pilot, answer)


async def test_a_held_enter_discharges_one_row() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        await pilot.press(*["enter"] * 12)
        await until(pilot, lambda: len(desk.commands) > 0, "the first press")
        await until_shown(pilot, "连按已忽略")
        assert desk.commands == [Discharge(obligation=PATROL, seen=HERE)]


async def test_a_colleague_never_slips_another_row_under_the_cursor() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        before = list(board.table.keys)
        desk.elsewhere(Discharge(obligation=PATROL), "liumin")
        await until(pilot, lambda: "*迟12分" in text(pilot.app), "the colleague's tick")  # type: ignore[arg-type]
        assert list(board.table.keys) == before
        assert board.table.selected == PATROL
        await pilot.press("enter")
        await until_shown(pilot, "已由周涛完成")
        assert desk.commands == []


async def test_what_is_to_come_is_refused_with_its_hour() -> None:
    desk = desk_at_night()
    desk.clock = at(16)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await row_opened(pilot, board, PATROL, "还没到时间：17:30 起才能登记")
        assert desk.commands == []


async def test_a_failed_save_is_one_line_and_the_row_is_still_owed() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        desk.trouble = Broken("save_failed")
        await pilot.press("enter")
        await until_shown(pilot, "未保存：磁盘写入失败（28）")
        row = next(line for line in shown(pilot.app) if "涟源宾馆隔离点 晚餐巡查" in line)
        assert "逾期12分" in row


async def test_the_clock_moves_the_board() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert "逾期12分" in text(pilot.app)  # type: ignore[arg-type]
        desk.clock = at(20, 5)
        pilot.app.session.look_at_clock()  # type: ignore[attr-defined]
        await until_shown(pilot, "逾期35分")
        assert "20:05" in shown(pilot.app)[0]  # type: ignore[arg-type]
        assert "带班 李建国" in shown(pilot.app)[1]  # type: ignore[arg-type]


async def test_keys_are_answered_while_a_board_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A board of many people takes its time. It is the worker thread's, and the screen never waits for it."""
    desk, begun, gate = desk_at_night(), threading.Event(), threading.Event()
    made = boards.board_despite_faults

    def slow(*asked: Any) -> Any:
        begun.set()
        assert gate.wait(30)
        return made(*asked)

    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        monkeypatch.setattr(boards, "board_despite_faults", slow)
        desk.elsewhere(WriteLog(text="别人的记录"), "liumin")
        await until(pilot, begun.is_set, "the board is being computed")
        first = board.table.selected
        await pilot.press("down")
        await until(pilot, lambda: board.table.selected != first, "the cursor moved")
        await pilot.press("f6")
        await until_shown(pilot, "登记人")
        assert "别人的记录" not in text(pilot.app)  # type: ignore[arg-type]
        gate.set()
        await until_shown(pilot, "别人的记录")


async def test_take_back_within_two_minutes() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await row_opened(pilot, board, PATROL, "已记")
        await pilot.press("z")
        await until_shown(pilot, "已撤回")
        assert isinstance(desk.commands[-1], TakeBack)
        desk.clock = at(19, 50)
        await pilot.press("z")
        await until_shown(pilot, "就是撤回整条")  # too late to undo: the correction asks its reason
        assert len(desk.commands) == 2


async def test_take_back_again_after_no_answer_takes_back_nothing_else() -> None:
    desk = desk_at_night()
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        desk.elsewhere(Discharge(obligation=PATROL), "wangfang")
        await row_opened(pilot, board, NEXT, "已记")
        first, last = (each.id for each in desk.snapshot.entries.values() if each.obligation in (PATROL, NEXT))
        desk.trouble = Broken("save_failed")
        await pilot.press("z")
        await until_shown(pilot, "未保存：磁盘写入失败（28）")
        desk.trouble = None
        desk.elsewhere(TakeBack(entry_id=last), "wangfang")  # it had been saved
        await until(pilot, lambda: last in app.session.snapshot.amended, "the picture with it taken back")
        await pilot.press("z")
        await until_shown(pilot, "更正")
        assert first not in desk.snapshot.amended
        await pilot.press("z")
        await until(pilot, lambda: first in desk.snapshot.amended, "the tick before it taken back")


async def test_explain_quotes_the_clause() -> None:
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        await pilot.press("ctrl+e")
        await until_shown(pilot, "四（一）")
        assert "做到每天进餐时间巡查隔离人员健康状况" in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is board, "back on the board")


@pytest.mark.parametrize(("query", "count"), [("测温", 2), ("qth", 7)])
async def test_filter_by_text_and_by_initials(query: str, count: int) -> None:
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await pilot.press("slash", *query, "enter")
        await until_shown(pilot, f"只看「{query}」：{count} 项")
        assert len(board.table.keys) == count
        await pilot.press("slash", *["backspace"] * len(query), "enter")
        await until(pilot, lambda: len(board.table.keys) == 18, "all rows")


async def test_a_vacant_seat_is_taken_and_a_held_one_asks_why() -> None:
    desk = desk_at_night()
    desk.asks_pins = True
    desk.clock = at(9)
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("s")
        await until_shown(pilot, "带班 缺岗!")
        await pilot.press("enter")
        await until_shown(pilot, "带班席只能由带班领导本人坐：李建国、陈卫东。")
        assert isinstance(app.screen, PickScreen)
        await pilot.press("down", "enter")
        await until_shown(pilot, "您已在此岗")
        assert desk.commands == []
    desk = desk_at_night()
    leader = replace(desk.snapshot.officers[2], login="chen")
    desk.snapshot = desk.snapshot.applied(desk.snapshot.seq + 1, [leader])
    desk.login = "chen"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("s", "enter")
        await until_shown(pilot, "临时顶班")
        await pilot.press(*"发烧", "enter", "enter")
        await until(pilot, lambda: len(desk.commands) == 1, "the takeover")
        assert desk.commands == [TakeSeat(seat="leader", reason="发烧")]


async def test_an_officer_without_a_login_picks_herself_once() -> None:
    desk = desk_at_night()
    desk.login = "chen"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "您是哪一位？")
        await pilot.press(*"王芳", "enter")
        await until_shown(pilot, "王芳已由另一登录名签到")
        await pilot.press("backspace", "backspace", *"陈卫东", "enter")
        await until_shown(pilot, "陈卫东首次签到要管理员发一次性代码")
        assert desk.commands == []


async def test_without_signing_on_one_may_look_and_is_told_why_not() -> None:
    desk = desk_at_night()
    desk.login = "chen"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "您是哪一位？")
        await pilot.press("f10")
        await opened(pilot)
        await pilot.press("enter")
        await until_shown(pilot, "尚未签到：按 Ctrl+G")
        assert desk.commands == []


async def test_help_is_the_registry_and_says_why_not() -> None:
    async with app_of(desk_at_night(), "en").run_test(size=(80, 80)) as pilot:
        await until_shown(pilot, "To do now")
        await pilot.press("f1")
        await until_shown(pilot, "x Ctrl+X")
        assert "Now: You are signed on." in text(pilot.app)  # type: ignore[arg-type]


async def test_a_desk_that_cannot_be_opened_ends_with_one_line() -> None:
    def opener() -> FakeGateway:
        raise Broken("no_desk")

    from dutyboard.tui.text import words

    app = DutyApp(opener, words("zh"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.trouble is not None, "the trouble")
    assert app.trouble == "这里还没有值班台：请先运行 dutyboard init。"


async def test_leaving_closes_the_desk() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("ctrl+c")
        await until_shown(pilot, "按 F10 或 Ctrl+D 退出")
        assert not desk.closed
        await pilot.press("6", "f10")
        await until_shown(pilot, "现在要做的事")
        assert not desk.closed
        await pilot.press("f10")
        await until_shown(pilot, "再按一次 F10 离开")
        await pilot.press("down", "f10")
        await until_shown(pilot, "再按一次 F10 离开")
        assert not desk.closed, "a key between the two takes the first one back"
        await pilot.press("f10")
    assert desk.closed


async def test_leaving_closes_the_line_to_find_first() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await pilot.press("slash", *"测温", "f10")
        await until(pilot, lambda: board.focused is board.table, "the table")
        assert board.filter_text == ""
        assert "再按一次 F10" not in text(pilot.app)  # type: ignore[arg-type]


async def test_a_filter_stands_in_the_heading_until_escape_and_hides_nothing_of_top_priority() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        everything = len(board.table.keys)
        await pilot.press("slash", *"巡查", "enter")
        await until_shown(pilot, f"/{everything} 只看「巡查」")
        shown = len(board.table.keys)
        assert 0 < shown < everything
        await pilot.press("f6", "f2", "down")
        await until_shown(pilot, f"{shown}/{everything} 只看「巡查」")
        desk.elsewhere(TakeReading(person_id=3, temp_c=38.4, device="额温枪", done_by="周涛"), "liumin")
        await until_shown(pilot, "旅客3 复测体温")
        await pilot.press("down")
        assert (board.table.keys[0].split("/")[1], len(board.table.keys)) == ("person-3", shown + 1)
        await pilot.press("slash", *"巡查", "enter")
        await until(pilot, lambda: board.table.cursor == 1, "the first row that was looked for")
        await pilot.press("escape")
        await until(pilot, lambda: len(board.table.keys) > everything, "every row")
        assert "只看" not in text(pilot.app)  # type: ignore[arg-type]


async def test_left_and_right_show_the_sites_that_have_no_room() -> None:
    desk = desk_at_night()
    sites = [replace(desk.snapshot.sites[1], id=number, name=f"{number:02}号宾馆") for number in range(3, 13)]
    desk.snapshot = desk.snapshot.applied(desk.snapshot.seq, sites)
    async with app_of(desk).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)

        def sites_shown() -> list[str]:
            return [plain(line)[:2] for line in screen.day.lines[3:-1]]

        assert sites_shown() == ["涟源", "桥头", "03", "04", "05", "06"]
        await pilot.press(*["right"] * 40)
        await until(pilot, lambda: sites_shown() == ["07", "08", "09", "10", "11", "12"], "the last sites")
        await pilot.press("left")
        await until(pilot, lambda: sites_shown()[0] == "06", "one site back")


async def test_every_width_shows_the_board() -> None:
    for width in (60, 80, 99, 100, 140):
        async with app_of(desk_at_night()).run_test(size=(width, 24)) as pilot:
            await until_shown(pilot, "现在要做的事")
            assert ("条款" in text(pilot.app)) == (width >= 100)  # type: ignore[arg-type]


async def test_an_enter_held_back_is_not_lost_when_another_key_follows() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        at_time = 100.0
        board._enter.press(PATROL, at_time)
        board._enter.press(NEXT, at_time + 0.4)
        board._enter.other_key()
        await until(pilot, lambda: len(desk.commands) == 2, "both")
        assert desk.commands == [Discharge(obligation=PATROL, seen=HERE), Discharge(obligation=NEXT, seen=THERE)]


async def test_many_of_a_kind_are_one_row_that_enter_opens_and_escape_closes() -> None:
    towns = [Unit(id=n, name=f"第{n}镇", kind="town", registered_at=at(0)) for n in range(3, 10)]
    desk = FakeGateway([*night(), *towns])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        before = list(board.table.keys)
        await select(pilot, board, group_id("roster"))
        await until_shown(pilot, "专班花名册 9")
        assert group_id("screening_report") in before
        owed = len(listed(board.session.board.obligations))  # type: ignore[union-attr]
        assert f"现在要做的事 ({owed})" in text(pilot.app)  # type: ignore[arg-type]
        assert len(before) < owed
        for key, back in (("e", "f10"), ("w", "f10"), ("x", "home"), ("n", "f10")):
            await select(pilot, board, group_id("roster"))
            await pilot.press(key)
            await pilot.pause()
            assert "程序出错" not in text(pilot.app), key  # type: ignore[arg-type]
            await pilot.press(back)
            await until(pilot, lambda: board.is_current, f"the board behind {key}")
        for kind in ("screening_report", "roster"):
            await select(pilot, board, group_id(kind))
            await pilot.press("enter")
            await until(pilot, lambda kind=kind: len(board.table.keys) == 9 + (kind != "roster"), kind)  # type: ignore[misc]
            assert {each.split("/")[0] for each in board.table.keys} <= {"roster", "screening-report"}
            await pilot.press("escape")
            await until(pilot, lambda: list(board.table.keys) == before, "the groups")
        assert desk.commands == []
