"""Forms that open on a row of the board, and what they send."""

from dataclasses import replace

from textual.pilot import Pilot

from dutyboard.rules.records.commands.person import ActOnSuspicion
from dutyboard.rules.records.commands.post import (
    AssignMatter,
    CheckPresence,
    CloseMatter,
    Discharge,
    OpenMatter,
    WriteLog,
)
from dutyboard.rules.records.model import DeskSettings, Site
from dutyboard.rules.records.told.post import Called
from dutyboard.tui.screens.board import BoardScreen
from tests.tui.night import FakeGateway, at, desk_at_night, night
from tests.tui.on_board import HERE, PATROL, SIZE, opened, row_opened, select
from tests.tui.screen_text import app_of, text, until, until_shown


async def abnormal_form(pilot: Pilot[None], key: str) -> BoardScreen:
    """The form of a patrol on which something was not in order, above the board."""
    board = await opened(pilot)
    await select(pilot, board, PATROL)
    await pilot.press(key)
    await until_shown(pilot, "异常登记")
    return board


async def test_abnormal_needs_a_note_and_keeps_what_was_typed() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await abnormal_form(pilot, "ｘ")
        await pilot.press("f9")
        await until_shown(pilot, "「内容」必须填写")
        await pilot.press(*"走廊有人", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the command")
        said = Discharge(obligation=PATROL, abnormal=True, text="走廊有人", seen=HERE, done_by="周涛")
        assert desk.commands == [said]
        await until_shown(pilot, "异常 迟12分")


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


async def test_a_call_of_the_day_before_yesterday_needs_a_reason() -> None:
    opened_at = at(-24)
    desk = FakeGateway(
        [replace(each, opened_at=opened_at) if isinstance(each, DeskSettings) else each for each in night()]
    )
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("c", *"张三", "enter", *"停电", *["enter"] * 3, *"06-06", "space", *"1800", "f9")
        await until_shown(pilot, "的事已过 24 小时以上：补录须写明原因")
        await pilot.press(*"late", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the entry")
        assert isinstance(desk.commands[0], WriteLog) and desk.commands[0].reason == "late"


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
        await row_opened(pilot, board, "finding/matter-1/2021-06-07", "办结：发现待处置")
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
        await row_opened(pilot, board, "finding/matter-1/2021-06-07", "办结：发现待处置")
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
        await row_opened(pilot, board, owed, "测温登记")
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
        await row_opened(pilot, board, "temperature-pm/site-2/2021-06-07", "测温登记")
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
        await row_opened(pilot, board, owed, "测温登记")
        await pilot.press(*"375369", *"366", *"367", *"379", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the round")
        (said,) = desk.commands
        assert isinstance(said, Discharge)
        assert said.readings == {"person-1": 36.9, "person-2": 36.6, "person-3": 36.7, "person-4": 37.9}
        assert (said.first, said.figures) == ({"person-1": 37.5}, {})
        await pilot.press("home")
        await until_shown(pilot, "旅客4 复测体温")
        retakes = {key for key in board.table.keys if key.startswith("retake/")}
        assert retakes == {"retake/person-1/2021-06-07", "retake/person-4/2021-06-07"}


async def test_who_was_not_there_is_no_one_seen_on_a_patrol() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await abnormal_form(pilot, "x")
        await pilot.press(*"一人不在", "enter", "enter", "2", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the command")
        said = Discharge(obligation=PATROL, abnormal=True, text="一人不在", seen=(1, 3, 4), absent=(2,), done_by="周涛")
        assert desk.commands == [said]
        await pilot.press("home")
        await until_shown(pilot, "旅客2 未见到本人")


async def test_a_symptom_is_carried_to_the_suspected_case_on_screen() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await abnormal_form(pilot, "x")
        await pilot.press(*"一人不适", "enter", *"2 头晕", "f9")
        await until_shown(pilot, "发热1")
        await pilot.press("home")
        await until_shown(pilot, "旅客2 疑似处置")
        await row_opened(pilot, board, "suspected/person-2/2021-06-07", "旅客2 暂停解除，至答复为止")
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
        await row_opened(pilot, board, owed, "测温登记")
        await pilot.press(*"365366", "f9")
        await until_shown(pilot, "晚间测温 2/4")
        await row_opened(pilot, board, owed, "3 旅客3")
        assert "旅客1" not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press(*"367", "enter", *["down"] * 4, *"4 外出就诊", "f9")
        await until_shown(pilot, "没有「外出就诊」这一项")


async def test_a_disinfection_is_repeated_by_one_key_once_it_was_stated() -> None:
    desk = desk_at_night()
    owed = "disinfection-pm/site-1/2021-06-07"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await row_opened(pilot, board, owed, "消毒登记")
        await pilot.press(*"84", "enter", *"500", "enter", *"30", "enter", "2")
        await pilot.press("enter", "enter", "enter", *"1805", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the disinfection")
        figures, details = {"mg_l": 500, "minutes": 30}, {"area": "走廊、电梯", "agent": "84", "method": "spray"}
        told = Discharge(obligation=owed, figures=figures, details=details)
        assert desk.commands == [replace(told, done_by="周涛", started_at=at(18, 5))]
    desk.clock = at(32, 30)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await until_shown(pilot, "84 500mg/L")
        morning = "disinfection-am/site-1/2021-06-08"
        await select(pilot, board, morning)
        await pilot.press("enter")
        await until(pilot, lambda: len(desk.commands) == 2, "the next one")
        assert desk.commands[1] == Discharge(obligation=morning, figures=figures, details=details), (
            "no start is repeated"
        )


async def test_all_zero_is_no_zero_report_until_it_is_said() -> None:
    desk = desk_at_night()
    desk.snapshot = desk.snapshot.applied(99, (), [("persons", i) for i in range(1, 7)])
    owed = "screening-report/unit-2/2021-06-07"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await row_opened(pilot, board, owed, "重点人员排查日报告")
        await pilot.press(*"李倩", "f9")
        await until_shown(pilot, "须明确填报「零报告」")
        assert "李倩" in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press(*"是", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the report")
        sent = desk.snapshot.last_reports
        assert [(report.zero, report.reporter) for report in sent.values()] == [(True, "李倩")]
        await pilot.press("7")
        await until_shown(pilot, "零报告 迟报2时42分")


async def test_a_missed_round_is_entered_late_with_the_time_it_was_done() -> None:
    desk = FakeGateway(night())
    owed = "patrol-1/site-1/2021-06-07"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await row_opened(pilot, board, owed, "补录")
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
        await row_opened(pilot, board, owed, "补录")
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
        await row_opened(pilot, board, owed, "房间预测")
        await pilot.press("f9")
        await until_shown(pilot, "必须填写")
        await pilot.press(*"no", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the entry")
        assert desk.commands == [Discharge(obligation=owed, text="no")]


async def test_a_check_of_presence_is_chosen_from_f9_and_an_empty_post_is_the_leaders() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f9")
        await until_shown(pilot, "查岗：在岗、脱岗、代班")
        await pilot.press(*"cg", "enter")
        await until_shown(pilot, "坐班")
        await pilot.press("down", "enter")
        await until_shown(pilot, "查岗：坐班")
        await pilot.press("1", "f9")
        await until_shown(pilot, "「谁接的」必须填写")
        await pilot.press("shift+tab", "backspace", "2", "f9")
        await until_shown(pilot, "「理由」必须填写")
        await pilot.press(*"外出", "enter", *"市指", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the check")
        (said,) = desk.commands
        assert isinstance(said, CheckPresence)
        assert (said.subject, said.seat, said.found, said.text) == ("post", "officer", "off_post", "外出")
        assert (said.whom, said.asked_by) == ("王芳", "市指")
        await pilot.press("home")
        await until_shown(pilot, "查岗脱岗：王芳 外出")
