"""Acts on the desk itself from the keyboard: sites, shifts, settings, another notice, sheets, a hand-off."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import Assign, HandOff, Move
from dutyboard.rules.records.commands.post import ChangeSetting, Discharge, PlanShift, SwitchNotice
from dutyboard.rules.records.commands.sheets import ImportSites
from dutyboard.rules.records.commands.site import SetSiteState
from dutyboard.rules.records.model import Site
from dutyboard.tui.link.picture import known_notices
from tests.tui.night import FakeGateway, at, desk_at_night, night
from tests.tui.screen_text import app_of, shown, text, until, until_shown

SIZE = (80, 24)
SHEETS = Path(__file__).parents[1] / "data"
STANDBY = Site(
    id=3, name="备用酒店", label="备用", unit_id=1, rooms=40, state="standby", areas=(), keeper="", registered_at=at(0)
)


async def opened(pilot: Pilot[None], *keys: str) -> None:
    await until_shown(pilot, "现在要做的事")
    await pilot.press(*keys)


async def said(pilot: Pilot[None], desk: FakeGateway, *commands: object) -> None:
    """These commands were accepted, in this order."""
    await until(pilot, lambda: len(desk.commands) == len(commands), "the command")
    assert desk.commands == list(commands)


async def test_a_standby_site_is_opened_from_the_board() -> None:
    """The look at the rooms offers every standby site; opening one answers it."""
    full = [replace(each, rooms=3) if isinstance(each, Site) else each for each in night()]
    desk = FakeGateway([*full, STANDBY])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        pilot.app.screen.table.select("rooms/post/2021-06-07")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, "启用 备用酒店（40 间）")
        await pilot.press("enter")
        await until_shown(pilot, "隔离点状态：备用酒店")
        await pilot.press("f9")
        await until_shown(pilot, "「理由」必须填写")
        await pilot.press(*"快满了", "f9")
        await said(pilot, desk, SetSiteState(site_id=3, state="active", reason="快满了"))
        assert desk.snapshot.sites[3].state == "active"
        assert desk.snapshot.done["rooms/post/2021-06-07"].kind == "site"  # type: ignore[index]


async def test_the_look_at_the_rooms_may_be_answered_with_a_note_all_the_same() -> None:
    full = [replace(each, rooms=3) if isinstance(each, Site) else each for each in night()]
    desk = FakeGateway([*full, STANDBY])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        pilot.app.screen.table.select("rooms/post/2021-06-07")  # type: ignore[attr-defined]
        await pilot.press("enter", "down", "enter")
        await until_shown(pilot, "房间预测")
        await pilot.press(*"明天清", "f9")
        await said(pilot, desk, Discharge(obligation="rooms/post/2021-06-07", text="明天清"))


async def test_a_site_is_closed_from_the_matrix_and_one_that_holds_people_is_not() -> None:
    desk = FakeGateway([*night(), STANDBY])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot, "f3")
        await until_shown(pilot, "涟源宾馆")
        await pilot.press("down", "ｏ")
        await until_shown(pilot, "选隔离点，回车")
        await pilot.press("enter")
        await until_shown(pilot, "隔离点状态：桥头河集中隔离点")
        await pilot.press("3", "enter", *"清空", "f9")
        await until_shown(pilot, "旅客")
        assert desk.commands == []
        await pilot.press("f10")
        await until_shown(pilot, "今日时段")
        await pilot.press("ctrl+k", *"备用酒店", "enter", *"关闭", "enter", *"合同到期", "f9")
        await said(pilot, desk, SetSiteState(site_id=3, state="closed", reason="合同到期"))


async def test_a_shift_is_planned_for_the_hours_of_a_gap_and_the_days_after_it() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot, "f9")
        await until_shown(pilot, "值班表：两周")
        await pilot.press("enter")
        await until_shown(pilot, "值班表 06-07")
        await pilot.press("right", "right", "right", "down", "down", "down", "enter")
        await until_shown(pilot, "连续天数")
        await pilot.press(*"没有人", "f9")
        await until_shown(pilot, "「值班人」没有「没有人」")
        await pilot.press(*["backspace"] * 3, *"刘敏", *["down"] * 4, "backspace", "2", "f9")
        starts = at(20) + timedelta(days=3)
        hours = {"starts": starts, "ends": starts + timedelta(hours=12)}
        await said(pilot, desk, PlanShift(seat="officer", officer_id=4, days=2, **hours))  # type: ignore[arg-type]
        await until_shown(pilot, "已记：坐班")


async def test_a_site_is_emptied_into_another() -> None:
    desk = desk_at_night()
    people = sorted(p.id for p in desk.snapshot.persons.values() if p.stage == "site" and p.site_id == 1)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot, "f9", *"隔离点：", "enter", "enter")
        await until_shown(pilot, "整点转出")
        await pilot.press(*"整点", "enter")
        await until_shown(pilot, "转往")
        await pilot.press(*desk.snapshot.sites[2].name, "enter", *"closing", "f9")
        await until_shown(pilot, f"已安排转出 {len(people)} 人")
    moved = [desk.snapshot.persons[number] for number in people]
    assert {(each.stage, each.site_id) for each in moved} == {("transfer", 2)}
    assert len({each.room for each in moved}) == len(people) > 1


async def test_a_person_gets_another_room_and_another_officer() -> None:
    desk = desk_at_night()
    who = next(p for p in desk.snapshot.persons.values() if p.stage == "site")
    place = desk.snapshot.sites[who.site_id or 0]
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot, "f5", "slash", *who.name, "enter", "enter")
        await until_shown(pilot, "按现有情况")
        await pilot.press("y", "enter")
        await until_shown(pilot, "新房间")
        await pilot.press(*f"{place.label} 19", "enter", "enter", "enter", *"leak", "f9")
        command = Move(person_id=who.id, site_id=place.id, room=19, reason="leak")
        await said(pilot, desk, command)
        await until_shown(pilot, "换到")
        await pilot.press("y", "down", "enter")
        await until_shown(pilot, "改派专人")
        await pilot.press(*["backspace"] * 6, *"刘敏", "enter", "enter", "enter", *"away", "f9")
        await said(pilot, desk, command, Assign(person_id=who.id, officer_name="刘敏", reason="away"))


async def test_a_setting_is_changed() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot, "f9", *"设置", "enter")
        await until_shown(pilot, "本台设置与指挥部开关")
        await pilot.press("slash", *"发热", "enter", "enter")
        await until_shown(pilot, "新值")
        await pilot.press(*"37.0", "enter", "enter", *"夏季", "f9")
        await said(pilot, desk, ChangeSetting(name="fever_c", value="37.0", reason="夏季"))


async def test_another_notice_shows_its_effect_before_it_is_confirmed() -> None:
    desk = desk_at_night()
    begun = replace(known_notices()["national-9-2022"], effective_from=datetime.fromisoformat("2021-06-08"))
    desk.snapshot = replace(desk.snapshot, notices_known={**known_notices(), begun.id: begun})
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot, "f9", *"换用", "enter")
        await until_shown(pilot, "national-9-2022")
        await pilot.press("enter")
        await until_shown(pilot, "人有变")
        await until_shown(pilot, "每日（不换 -> 换用）")
        await pilot.press("escape")
        assert desk.commands == []
        await pilot.press("f9", *"换用", "enter")
        await until_shown(pilot, "national-9-2022")
        await pilot.press("enter")
        await until_shown(pilot, "每日（不换 -> 换用）")
        await pilot.press("enter")
        await until_shown(pilot, "自何时适用")
        await pilot.press(*"06-08 00:00", "enter", *"否", "enter", *"省里来文", "f9")
        wanted = SwitchNotice(notice="national-9-2022", effective_from=at(24), reason="省里来文")
        await said(pilot, desk, wanted)


async def test_a_sheet_is_shown_before_it_is_imported(tmp_path: Path) -> None:
    desk = desk_at_night()
    file = SHEETS / "sites.xlsx"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot, "f9", *"导入", "enter")
        await until_shown(pilot, "导入表格")
        await pilot.press("2", "enter", *str(tmp_path / "没有.xlsx"), "f9")
        await until_shown(pilot, "没有.xlsx")
        pilot.app.screen.inputs["file"].value = str(file)  # type: ignore[attr-defined]
        await pilot.press("f9")
        await until_shown(pilot, "导入预览 隔离点：sites.xlsx")
        assert desk.commands == []
        seen = text(pilot.app)  # type: ignore[arg-type]
        assert "新增" in seen
        await pilot.press("f9")
        await until_shown(pilot, "已写入，日志第")
        await pilot.press("enter")
        await until_shown(pilot, "现在要做的事")
        assert [type(command) for command in desk.commands] == [ImportSites]
        assert len(desk.snapshot.sites) > 2


class AtTheDoor(FakeGateway):
    """The desk, as a colleague sees it who came in at the door."""

    @property
    def actor(self) -> Actor:
        return replace(super().actor, address="10.0.3.7")


async def test_a_file_of_the_server_is_not_read_for_who_came_in_at_the_door() -> None:
    desk = AtTheDoor(night())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot, "f9", *"导入", "enter")
        await until_shown(pilot, "导入表格")
        await pilot.press("2", "enter", *str(SHEETS / "sites.xlsx"), "f9")
        await until_shown(pilot, "读不了服务器上的文件")
        assert "导入预览" not in text(pilot.app)  # type: ignore[arg-type]


async def test_the_terminal_is_no_sheet() -> None:
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await opened(pilot, "f9", *"导入", "enter")
        await until_shown(pilot, "导入表格")
        await pilot.press("2", "enter", "-", "f9")
        await until_shown(pilot, "没有这个文件")


@pytest.mark.parametrize("died", [False, True])
async def test_a_record_leaves_the_desk_by_its_letter(died: bool) -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot, "f5", "enter")
        await until_shown(pilot, "应办")
        await pilot.press("h")
        await until_shown(pilot, "移交：旅客1")
        to = () if died else tuple("娄底中心医院")
        await pilot.press(*to, "enter", "是" if died else "否", "enter", "f9")
        await until_shown(pilot, "「文号」必须填写")
        await pilot.press(*"涟函12号", "f9")
        where = "" if died else "娄底中心医院"
        await said(pilot, desk, HandOff(person_id=1, leader_id=3, letter="涟函12号", to=where, died=died))
        assert desk.snapshot.persons[1].stage == "closed"


async def test_a_hand_off_that_names_no_place_is_asked_for_it() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot, "f5", "enter")
        await until_shown(pilot, "应办")
        await pilot.press("h", "enter", "enter", *"涟函12号", "f9")
        await until_shown(pilot, "「接收单位」必须填写")
        assert desk.commands == []


async def test_the_ledger_of_the_day_is_a_page_of_f9() -> None:
    app = app_of(FakeGateway(night()))
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, "f9")
        await until_shown(pilot, "「四方」责任台账")
        pilot.app.screen.table.select("「四方」责任台账")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, "按时办结")
        await until_shown(pilot, "属地管理")
        above = [row for row in shown(app) if "|" not in row and "  " not in row.strip()]
        assert above and not any(row.endswith("~") for row in above), "a sentence is wrapped"
        await pilot.press("escape")
        await until_shown(pilot, "现在要做的事")


async def test_the_empty_sheets_are_a_page_of_f9_with_the_command_of_each() -> None:
    app = app_of(FakeGateway(night()))
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, "f9")
        await until_shown(pilot, "空白表")
        pilot.app.screen.table.select("空白表：填好后导入")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, "dutyboard template arrivals 来涟名单.xlsx")
        await until_shown(pilot, "ssh HOST template arrivals - > 来涟名单.xlsx")
        assert not any(row.endswith("~") for row in shown(app)), "a sentence is wrapped"
        await pilot.press("escape")
        await until_shown(pilot, "现在要做的事")
