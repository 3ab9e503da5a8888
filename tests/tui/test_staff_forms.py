"""A site's staff on screen: one key for all, a form for who is not well, and the register behind F9."""

from datetime import date
from typing import Any

from dutyboard.rules.people.staff import off_duty
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.commands.site import (
    AddStaff,
    ChangeStaff,
    EndStaff,
    RecordStaffTest,
    ReturnToDuty,
    SendOffDuty,
)
from dutyboard.rules.records.model import SettingChange
from dutyboard.rules.records.staff import StaffMember, StaffSample
from tests.tui.night import FakeGateway, at, night
from tests.tui.on_board import SIZE, opened, select
from tests.tui.screen_text import app_of, text, until, until_shown

CHECK, OTHER = "staff-check/site-1/2021-06-07", "staff-check/site-2/2021-06-07"
PCR = "staff-test/site-1/2021-06-07"
NAMES = ("何静", "谭勇", "彭辉")


def staffed() -> FakeGateway:
    """The night's desk with three on the register of site 1, none on that of site 2."""
    rows = [
        StaffMember(id=n, site_id=1, name=name, post="护士", registered_at=at(0)) for n, name in enumerate(NAMES, 1)
    ]
    return FakeGateway([*night(), *rows])


async def said(pilot: Any, desk: FakeGateway) -> Any:
    await until(pilot, lambda: len(desk.commands) == 1, "the command")
    return desk.commands.pop()


async def test_enter_says_that_all_the_staff_on_the_painted_row_were_seen_and_well() -> None:
    desk = staffed()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, CHECK)
        await until_shown(pilot, "人员症状检测 0/3")
        await pilot.press("enter")
        assert await said(pilot, desk) == Discharge(obligation=CHECK, seen=(1, 2, 3))


async def test_a_site_without_a_register_is_asked_for_heads_and_told_where_a_register_is_made() -> None:
    desk = staffed()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, OTHER)
        await pilot.press("enter")
        await until_shown(pilot, "本点没有工作人员名册")
        await pilot.press("9", "enter", "0", "f9")
        assert (await said(pilot, desk)).figures == {"checked": 9, "abnormal": 0}


async def test_x_says_who_is_not_well_and_who_did_not_come_and_all_others_were_seen() -> None:
    desk = staffed()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, CHECK)
        await pilot.press("x")
        await until_shown(pilot, "何静、谭勇、彭辉")
        await pilot.press(*"何", "f9")
        await until_shown(pilot, "没有「何」")
        await pilot.press("backspace", *"谭勇", "space", *"38.2", "enter", *"彭辉", "space", *"调休", "f9")
        told = await said(pilot, desk)
        assert (told.seen, told.absent, told.unwell) == ((1,), (3,), ())
        assert (told.readings, told.remarks) == ({"staff-2": 38.2}, {"staff-3": "调休"})
        assert off_duty(desk.snapshot.staff[2]) is not None


async def test_a_part_of_the_staff_is_said_by_name_and_words_are_a_symptom() -> None:
    desk = staffed()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, CHECK)
        await pilot.press("x")
        await until_shown(pilot, "何静、谭勇、彭辉")
        await pilot.press(*"谭勇", "space", *"咳嗽", "enter", "enter", *"何静", "f9")
        told = await said(pilot, desk)
        assert (told.seen, told.unwell, told.remarks) == ((1,), (2,), {"staff-2": "咳嗽"})
        await until_shown(pilot, "人员症状检测 2/3")


def planned(*samples: StaffSample) -> FakeGateway:
    """Two on the register of site 1, both due for a sample today; the first has those samples."""
    rows = [
        StaffMember(id=n, site_id=1, name=name, registered_at=at(0), samples=samples if n == 1 else ())
        for n, name in enumerate(NAMES[:2], 1)
    ]
    plan = SettingChange(
        id=1, name="staff_pcr_days", value="3", effective_from=at(0), reason="函", set_by=1, set_at=at(0)
    )
    return FakeGateway([*night(), *rows, plan])


async def test_enter_on_the_row_of_pcr_says_that_all_who_are_due_were_sampled() -> None:
    desk = planned()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PCR)
        await until_shown(pilot, "工作人员核酸 0/2")
        await pilot.press("enter")
        await until_shown(pilot, "待采样：何静、谭勇")
        await pilot.press("f9")
        assert await said(pilot, desk) == RecordStaffTest(staff_ids=(1, 2), result="pending")


async def test_a_result_is_told_of_those_whose_sample_is_out() -> None:
    desk = planned(StaffSample(on=date(2021, 6, 6)))
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await select(pilot, board, PCR)
        await pilot.press("enter")
        await until_shown(pilot, "待结果：何静")
        await pilot.press("9", "g", "f9")
        await until_shown(pilot, "必须填写")
        await pilot.press("3")
        await until_shown(pilot, "3 阳性")
        await pilot.press("f9")
        assert await said(pilot, desk) == RecordStaffTest(staff_ids=(1,), result="positive")
        assert off_duty(desk.snapshot.staff[1]) is not None


async def test_one_of_the_staff_is_sampled_from_the_register_on_another_day() -> None:
    desk = staffed()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press(
            "f9", *"隔离点：", "enter", *"涟源", "enter", *"工作人员", "enter", *"何静", "enter", *"核酸", "enter"
        )
        await until_shown(pilot, "待采样：何静")
        await pilot.press("up", "2", "enter", "enter", *"06-07", "f9")
        told = await said(pilot, desk)
        assert told == RecordStaffTest(staff_ids=(1,), result="negative", sampled_on=date(2021, 6, 7))


async def test_the_register_is_kept_behind_f9() -> None:
    desk = staffed()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)

        async def member(name: str, act: str) -> None:
            await pilot.press("f9", *"隔离点：", "enter")
            await until_shown(pilot, "选隔离点")
            await pilot.press(*"涟源", "enter", *"工作人员", "enter")
            await until_shown(pilot, "工作人员名册：涟源宾馆隔离点")
            await pilot.press(*name, "enter")
            if act:
                await until_shown(pilot, "离开本点")
                await pilot.press(*act, "enter")

        await member("新增", "")
        await until_shown(pilot, "自何日上岗")
        await pilot.press(*"新人", "enter", *"保洁", "enter", *"19900000009", "f9")
        new = AddStaff(site_id=1, name="新人", post="保洁", phone="19900000009")
        assert await said(pilot, desk) == new
        await member("何静", "更改")
        await until_shown(pilot, "更改 何静")
        await pilot.press("up", *"长", "down", "down", *"任职", "f9")
        changed = ChangeStaff(staff_id=1, name="何静", post="护士长", phone="", reason="任职")
        assert await said(pilot, desk) == changed
        await member("谭勇", "停岗")
        await until_shown(pilot, "停岗 谭勇")
        await pilot.press(*"家人发热", "f9")
        assert await said(pilot, desk) == SendOffDuty(staff_id=2, reason="家人发热")
        await member("谭勇", "返岗")
        await until_shown(pilot, "返岗 谭勇")
        await pilot.press(*"排除", "f9")
        assert await said(pilot, desk) == ReturnToDuty(staff_id=2, reason="排除")
        await member("彭辉", "离开")
        await until_shown(pilot, "离开本点 彭辉")
        await pilot.press("enter", *"轮换", "f9")
        assert await said(pilot, desk) == EndStaff(staff_id=3, reason="轮换")
        await pilot.press("f9", *"隔离点：", "enter", *"涟源", "enter", *"工作人员", "enter")
        await until_shown(pilot, "新人")
        assert "彭辉" not in text(pilot.app)
