"""The board worked from the keyboard: the real rules, a frozen clock, no store."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.person import ActOnSuspicion
from dutyboard.rules.records.commands.post import (
    AssignMatter,
    CloseMatter,
    Discharge,
    HandOver,
    OpenMatter,
    TakeSeat,
    WriteLog,
)
from dutyboard.rules.records.model import Site
from dutyboard.rules.records.told.post import Called
from dutyboard.tui.app import DutyApp
from dutyboard.tui.screens.board import BoardScreen
from dutyboard.tui.screens.rounds import RoundsScreen
from tests.tui.night import Broken, FakeGateway, at, desk_at_night, night
from tests.tui.screen_text import app_of, shown, text, until, until_shown

SIZE = (80, 24)


async def opened(pilot: Pilot[None]) -> BoardScreen:
    """The board with its rows."""
    await until_shown(pilot, "现在要做的事")
    board = pilot.app.screen
    assert isinstance(board, BoardScreen)
    return board


async def select(pilot: Pilot[None], board: BoardScreen, key: str) -> None:
    """Put the cursor on a row."""
    board.table.select(key)
    await pilot.pause()
    assert board.table.selected == key


PATROL = "patrol-3/site-1/2021-06-07"
NEXT = "patrol-3/site-2/2021-06-07"
HERE, THERE = (1, 2, 3, 4), (5, 6)
"""The people of each site, who stand on its row."""


async def test_enter_discharges_and_moves_on_and_the_row_stays_until_the_next_key() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        await pilot.press("enter")
        await until_shown(pilot, "已记：涟源宾馆隔离点 晚餐巡查")
        assert desk.commands == [Discharge(obligation=PATROL, seen=HERE)]
        assert board.table.selected == NEXT
        await pilot.press("down")
        await until(pilot, lambda: PATROL not in [row.key for row in board.table.rows], "the row gone")


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
        before = [row.key for row in board.table.rows]
        desk.elsewhere(Discharge(obligation=PATROL), "liumin")
        await until(pilot, lambda: "*迟12分" in text(pilot.app), "the colleague's tick")  # type: ignore[arg-type]
        assert [row.key for row in board.table.rows] == before
        assert board.table.selected == PATROL
        await pilot.press("enter")
        await until_shown(pilot, "已由周涛完成")
        assert desk.commands == []


async def test_what_is_to_come_is_refused_with_its_hour() -> None:
    desk = desk_at_night()
    desk.clock = at(16)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        await pilot.press("enter")
        await until_shown(pilot, "还没到时间：17:30 起才能登记")
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
        pilot.app.compute()  # type: ignore[attr-defined]
        await until_shown(pilot, "逾期35分")
        assert "20:05" in shown(pilot.app)[0]  # type: ignore[arg-type]
        assert "带班 李建国 至08:00" in shown(pilot.app)[1]  # type: ignore[arg-type]


async def test_abnormal_needs_a_note_and_keeps_what_was_typed() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        await pilot.press("ｘ")
        await until_shown(pilot, "异常登记")
        await pilot.press("f9")
        await until_shown(pilot, "「内容」必须填写")
        await pilot.press(*"走廊有人", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the command")
        said = Discharge(obligation=PATROL, abnormal=True, text="走廊有人", seen=HERE, done_by="周涛")
        assert desk.commands == [said]
        await until_shown(pilot, "异常 迟12分")


async def test_take_back_within_two_minutes() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        await pilot.press("enter")
        await until_shown(pilot, "已记")
        await pilot.press("z")
        await until_shown(pilot, "已撤回")
        assert isinstance(desk.commands[-1], TakeBack)
        desk.clock = at(19, 50)
        await pilot.press("z")
        await until_shown(pilot, "就是撤回整条")  # too late to undo: the correction asks its reason
        assert len(desk.commands) == 2


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
        assert len(board.table.rows) == count
        await pilot.press("slash", *["backspace"] * len(query), "enter")
        await until(pilot, lambda: len(board.table.rows) == 18, "all rows")


async def test_a_vacant_seat_is_taken_and_a_held_one_asks_why() -> None:
    desk = desk_at_night()
    desk.clock = at(9)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("s")
        await until_shown(pilot, "带班 缺岗!")
        await pilot.press("enter")
        await until_shown(pilot, "一人同时两岗须写明原因")  # she sits in the other seat
        await pilot.press(*"无人", "f9")
        await until_shown(pilot, "已接岗：带班，至 06-07 10:00")
        assert desk.commands == [TakeSeat(seat="leader", reason="无人")]
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("s", "enter")
        await until_shown(pilot, "临时顶班")
        await pilot.press(*"发烧", "enter", "enter")
        await until(pilot, lambda: len(desk.commands) == 1, "the takeover")
        assert desk.commands == [TakeSeat(seat="leader", reason="发烧")]


async def test_a_call_is_written_down() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("c")
        await until_shown(pilot, "电话记录")
        await pilot.press(*"张主任", "enter", *"要车", "enter", *"李局", "f9")
        await until_shown(pilot, "已保存")
        assert desk.commands == [WriteLog(text="", call=Called(caller="张主任", matter="要车", told="李局"))]
        await pilot.press("home")
        await until_shown(pilot, "张主任 来电待答复：要车")
        await pilot.press("6")
        await until_shown(pilot, "张主任：要车 已告知 李局")


async def test_a_finding_is_noted_and_closed_on_its_row() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await pilot.press("n")
        await until_shown(pilot, "须谁跟进")
        await pilot.press(*"门锁坏", "enter", "enter", *"周涛", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the finding")
        (said,) = desk.commands
        assert isinstance(said, OpenMatter) and (said.text, said.owner) == ("门锁坏", "周涛")
        await pilot.press("home")
        await until_shown(pilot, "发现待处置：门锁坏")
        await select(pilot, board, "finding/matter-1/2021-06-07")
        await pilot.press("enter")
        await until_shown(pilot, "办结：发现待处置")
        await pilot.press("f9")
        await until_shown(pilot, "「办理结果」必须填写")
        await pilot.press(*"已换锁", "f9")
        await until(pilot, lambda: len(desk.commands) == 2, "the outcome")
        assert desk.commands[1] == CloseMatter(matter_id=1, outcome="已换锁")


async def test_a_finding_without_an_outcome_goes_to_another_owner() -> None:
    desk = desk_at_night()
    desk.submit(OpenMatter(subject="site-1", text="门锁坏", owner="周涛"))
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, "finding/matter-1/2021-06-07")
        await pilot.press("enter")
        await until_shown(pilot, "办结：发现待处置")
        await pilot.press("down", "down", "down", "end", "backspace", "backspace", *"杨敏", "f9")
        await until_shown(pilot, "「改派理由」必须填写")
        await pilot.press(*"外出", "f9")
        await until(pilot, lambda: len(desk.commands) == 2, "the new owner")
        assert desk.commands[1] == AssignMatter(matter_id=1, owner="杨敏", reason="外出")


async def test_a_temperature_round_is_three_keys_a_person() -> None:
    desk = desk_at_night()
    owed = "temperature-pm/site-1/2021-06-07"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, owed)
        await pilot.press("enter")
        await until_shown(pilot, "测温登记")
        await pilot.press("f10")
        await until_shown(pilot, "现在要做的事")
        assert board.table.selected == owed
        await pilot.press("enter")
        await until_shown(pilot, "测温登记")
        await pilot.press(*"365366", *"３６７", *"368", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the round")
        assert desk.commands == [
            Discharge(
                obligation=owed,
                readings={"person-1": 36.5, "person-2": 36.6, "person-3": 36.7, "person-4": 36.8},
                done_by="周涛",
            )
        ]


async def test_a_fever_is_asked_for_twice_and_owes_the_retake() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, "temperature-pm/site-2/2021-06-07")
        await pilot.press("enter")
        await until_shown(pilot, "测温登记")
        await pilot.press(*"385")
        await until_shown(pilot, "1 室 38.5 度：再输一遍确认")
        await pilot.press(*"385", *"990")
        await until_shown(pilot, "2 室 99.0 度不可能")
        await pilot.press(*"366", "f9")
        await until_shown(pilot, "发热1")
        await pilot.press("home")
        await until_shown(pilot, "旅客5 复测体温")
        await pilot.press("6")
        await until_shown(pilot, "旅客5 38.5")


async def test_the_first_of_two_typed_readings_is_kept_and_a_doubt_is_never_lost() -> None:
    desk = desk_at_night()
    owed = "temperature-pm/site-1/2021-06-07"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, owed)
        await pilot.press("enter")
        await until_shown(pilot, "测温登记")
        await pilot.press(*"375369", *"366", *"367", *"379", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the round")
        (said,) = desk.commands
        assert isinstance(said, Discharge)
        assert said.readings == {"person-1": 36.9, "person-2": 36.6, "person-3": 36.7, "person-4": 37.9}
        assert (said.first, said.figures) == ({"person-1": 37.5}, {})
        retakes = [row.key for row in board.table.rows if row.key.startswith("retake/")]
        await until(pilot, lambda: len(desk.snapshot.readings) == 4, "the readings")
        assert retakes == [] or set(retakes) == {"retake/person-1/2021-06-07", "retake/person-4/2021-06-07"}


async def test_a_symptom_is_carried_to_the_suspected_case_on_screen() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PATROL)
        await pilot.press("x")
        await until_shown(pilot, "异常登记")
        await pilot.press(*"一人不适", "enter", *"2 头晕", "f9")
        await until_shown(pilot, "发热1")
        await pilot.press("home")
        await until_shown(pilot, "旅客2 疑似处置")
        await select(pilot, board, "suspected/person-2/2021-06-07")
        await pilot.press("enter")
        await until_shown(pilot, "旅客2 暂停解除，至答复为止")
        await pilot.press("f9")
        await until_shown(pilot, "「已报办公室」必须填写")
        await pilot.press(*"刘主任", "f9")
        await until(pilot, lambda: len(desk.commands) == 2, "the act")
        said = desk.commands[1]
        assert isinstance(said, ActOnSuspicion) and said.told == "刘主任"
        await pilot.press("home")
        await until_shown(pilot, "旅客2 疑似加测核酸")


async def test_a_part_of_the_rooms_leaves_the_rest_in_the_grid() -> None:
    desk = desk_at_night()
    owed = "temperature-pm/site-1/2021-06-07"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, owed)
        await pilot.press("enter")
        await until_shown(pilot, "测温登记")
        await pilot.press(*"365366", "f9")
        await until_shown(pilot, "晚间测温 2/4")
        await select(pilot, board, owed)
        await pilot.press("enter")
        await until_shown(pilot, "3 旅客3")
        assert "旅客1" not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press(*"367", "enter", *["down"] * 4, *"4 外出就诊", "f9")
        await until_shown(pilot, "没有「外出就诊」这一项")


async def test_a_disinfection_is_repeated_by_one_key_once_it_was_stated() -> None:
    desk = desk_at_night()
    owed = "disinfection-pm/site-1/2021-06-07"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, owed)
        await pilot.press("enter")
        await until_shown(pilot, "消毒登记")
        await pilot.press(*"84", "enter", *"500", "enter", *"30", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the disinfection")
        figures, details = {"mg_l": 500, "minutes": 30}, {"area": "走廊、电梯", "agent": "84"}
        assert desk.commands == [Discharge(obligation=owed, figures=figures, details=details, done_by="周涛")]
    desk.clock = at(32, 30)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await until_shown(pilot, "84 500mg/L")
        morning = "disinfection-am/site-1/2021-06-08"
        await select(pilot, board, morning)
        await pilot.press("enter")
        await until(pilot, lambda: len(desk.commands) == 2, "the next one")
        assert desk.commands[1] == Discharge(obligation=morning, figures=figures, details=details)


async def test_an_officer_without_a_login_picks_herself_once() -> None:
    desk = desk_at_night()
    desk.login = "chen"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "您是哪一位？")
        await pilot.press(*"王芳", "enter")
        await until_shown(pilot, "王芳已由另一登录名签到")
        await pilot.press("backspace", "backspace", *"陈卫东", "enter")
        await until_shown(pilot, "已签到：陈卫东")
        assert "陈卫东 带班至 20:00" in shown(pilot.app)[0]  # type: ignore[arg-type]


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


async def test_a_handover_is_accepted_item_by_item_and_signed_by_both() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, "handover-2000/post/2021-06-07")
        await pilot.press("enter")
        await until_shown(pilot, "日志校验码 0f3a9c")
        await pilot.press("enter")
        await until_shown(pilot, "张强")
        await pilot.press("enter")
        await until_shown(pilot, "接班 张强")
        items = 17
        await until_shown(pilot, f"还有 {items} 项未清点")
        for left in range(items - 1, 0, -1):
            await pilot.press("enter")
            await until_shown(pilot, f"还有 {left} 项未清点")
        await pilot.press("enter")
        await until_shown(pilot, "全部清点完毕")
        await pilot.press("enter")
        await until_shown(pilot, "交接说明")
        await pilot.press(*"平稳", "f9")
        await until_shown(pilot, "交接完成：王芳 -> 张强")
        signed = desk.commands[-1]
        assert isinstance(signed, HandOver)
        assert (signed.incoming_id, len(signed.items), signed.text, signed.head) == (5, items, "平稳", "0f3a9c")


async def test_all_zero_is_no_zero_report_until_it_is_said() -> None:
    desk = desk_at_night()
    desk.snapshot = desk.snapshot.applied(99, (), [("persons", i) for i in range(1, 7)])
    owed = "screening-report/unit-2/2021-06-07"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, owed)
        await pilot.press("enter")
        await until_shown(pilot, "重点人员排查日报告")
        await pilot.press(*"李倩", "f9")
        await until_shown(pilot, "须明确填报「零报告」")
        assert "李倩" in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("enter", *"是", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the report")
        sent = desk.snapshot.last_reports
        assert [(report.zero, report.reporter) for report in sent.values()] == [(True, "李倩")]
        await pilot.press("7")
        await until_shown(pilot, "零报告 迟报2时42分")


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


async def test_help_is_the_registry_and_says_why_not() -> None:
    async with app_of(desk_at_night(), "en").run_test(size=(80, 70)) as pilot:
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
    assert app.trouble == "这个文件夹里还没有值班台：请先运行 dutyboard init。"


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
    assert desk.closed


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


async def test_a_held_enter_accepts_one_item_of_a_handover() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("8")
        await until_shown(pilot, "日志校验码 0f3a9c")
        await pilot.press("enter")
        await until_shown(pilot, "张强")
        await pilot.press("enter")
        await until_shown(pilot, "还有 17 项未清点")
        await pilot.press(*["enter"] * 10)
        await until_shown(pilot, "连按已忽略")
        assert "还有 17 项" in text(pilot.app) or "还有 16 项" in text(pilot.app)  # type: ignore[arg-type]


async def test_a_missed_round_is_entered_late_with_the_time_it_was_done() -> None:
    desk = FakeGateway(night())
    owed = "patrol-1/site-1/2021-06-07"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, owed)
        await pilot.press("enter")
        await until_shown(pilot, "补录")
        await pilot.press("f9")
        await until_shown(pilot, "「时间」必须填写")
        await pilot.press(*"0810", "f9")
        await until_shown(pilot, "补录须写明原因")
        await until_shown(pilot, "补录原因")
        await pilot.press(*"late", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the entry")
        assert desk.commands[0] == Discharge(
            obligation=owed, seen=HERE, done_by="周涛", happened_at=at(8, 10), reason="late"
        )
        await until_shown(pilot, "补录")
    entry = max(desk.snapshot.entries.values(), key=lambda each: each.id)
    assert (entry.obligation, entry.late_reason) == (owed, "late")


async def test_a_round_done_after_its_window_stays_missed_and_is_kept_beside() -> None:
    desk = FakeGateway(night())
    owed = "patrol-1/site-1/2021-06-07"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, owed)
        await pilot.press("enter")
        await until_shown(pilot, "补录")
        await pilot.press("enter", *"1400", "f9")
        await until_shown(pilot, "补录原因")
        await pilot.press(*"late", "f9")
        await until_shown(pilot, "事后补记")
    entry = max(desk.snapshot.entries.values(), key=lambda each: each.id)
    assert (entry.obligation, entry.beside) == (None, owed)


async def test_the_forecast_of_rooms_is_answered_with_a_note() -> None:
    full = [replace(each, rooms=3) if isinstance(each, Site) else each for each in night()]
    desk = FakeGateway(full)
    owed = "rooms/post/2021-06-07"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, owed)
        await pilot.press("enter")
        await until_shown(pilot, "房间预测")
        await pilot.press("f9")
        await until_shown(pilot, "必须填写")
        await pilot.press(*"no", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the entry")
        assert desk.commands == [Discharge(obligation=owed, text="no")]


async def test_a_call_of_the_day_before_yesterday_needs_a_reason() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("c", *"张三", "enter", *"停电", *["enter"] * 3, *"06-06", "space", *"1800", "f9")
        await until_shown(pilot, "的事已过 24 小时以上：补录须写明原因")
        await pilot.press(*"late", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the entry")
        assert isinstance(desk.commands[0], WriteLog) and desk.commands[0].reason == "late"
        await pilot.press(*"电话漏记", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the call")
