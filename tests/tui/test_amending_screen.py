"""A wrong entry corrected from the keyboard: from the log row, from a person's page, and by `z` after its minutes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from textual.pilot import Pilot

from dutyboard.rules.records.commands.amending import Amend, TakeBack
from dutyboard.rules.records.commands.person import Merge, RecordTest, Settle, Void
from dutyboard.rules.records.commands.post import Discharge, SettleRecord, WriteLog
from dutyboard.rules.records.commands.sheets import (
    ImportResults,
    ImportRoster,
    ImportSites,
    ResultData,
    RosterSheet,
    RowPerson,
    SiteData,
    UndoImport,
)
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Contradiction, Officer, Person
from dutyboard.rules.records.unlike import standing_value
from dutyboard.tui.screens.filling.names import doers_offered
from dutyboard.tui.screens.form import FormScreen
from tests.tui.night import FakeGateway, at, desk_at_night, night
from tests.tui.on_board import PATROL, SIZE
from tests.tui.screen_text import app_of, until, until_shown


def ticked(desk: FakeGateway, **fields: Any) -> int:
    """Tick the evening's patrol; return the entry's number."""
    desk.submit(Discharge(obligation=PATROL, **fields))
    desk.commands.clear()
    return max(desk.snapshot.entries)


async def amending(pilot: Pilot[None], number: int) -> None:
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f6")
    await until_shown(pilot, "完成")
    pilot.app.screen.table.select(str(number))  # type: ignore[attr-defined]
    await pilot.press("a")
    await until_shown(pilot, f"更正第 {number} 条")


async def test_a_tick_is_taken_back_from_its_row_of_the_log() -> None:
    desk = desk_at_night()
    number = ticked(desk)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await amending(pilot, number)
        await pilot.press("f9")
        await until_shown(pilot, "「更正缘由」必须填写")
        await pilot.press(*"错点", "f9")
        await until_shown(pilot, "再按 F9")
        assert desk.commands == []
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the command")
        assert desk.commands == [Amend(entry_id=number, reason="错点")]
        assert PATROL not in desk.snapshot.done
        await until_shown(pilot, "更正缘由：错点")


async def test_other_values_are_told_again_from_the_log() -> None:
    desk = desk_at_night()
    number = ticked(desk)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await amending(pilot, number)
        await pilot.press(*"漏写", "enter", "enter", *"门锁坏", "f9")
        await until(pilot, lambda: bool(desk.commands), "the command")
        (command,) = desk.commands
        assert isinstance(command, Amend) and isinstance(command.instead, Discharge)
        assert (command.reason, command.instead.text) == ("漏写", "门锁坏")
        assert desk.snapshot.done[PATROL].text == "门锁坏"  # type: ignore[index]
        assert desk.snapshot.amended[number] == max(desk.snapshot.entries)


async def test_a_correction_offers_the_names_that_the_first_form_offered() -> None:
    desk = desk_at_night()
    number = ticked(desk)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await amending(pilot, number)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        (field,) = [each for each in form.fields if each.id == "done_by"]
        assert field.names == doers_offered(form.session, Subject("site", 1)) and "周涛" in field.names


async def test_who_was_there_after_all_keeps_no_words_of_his_absence() -> None:
    desk = desk_at_night()
    number = ticked(desk, absent=(2,), seen=(1, 3, 4), remarks={"person-2": "不在房"}, text="一人不在")
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await amending(pilot, number)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        (absent,) = [entry for key, entry in form.inputs.items() if key.endswith("absent")]
        absent.value = ""
        await pilot.press(*"看错房间", "f9")
        await until(pilot, lambda: bool(desk.commands), "the command")
    (command,) = desk.commands
    assert isinstance(command, Amend) and isinstance(command.instead, Discharge)
    assert (command.instead.absent, dict(command.instead.remarks)) == ((), {})


async def test_the_whole_entry_is_shown_on_enter() -> None:
    desk = desk_at_night()
    number = ticked(desk)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f6")
        await until_shown(pilot, "完成")
        pilot.app.screen.table.select(str(number))  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, f"日志第 {number} 条")
        await pilot.press("escape")
        await until_shown(pilot, "时间")
        assert desk.commands == []


async def test_a_tick_taken_back_is_on_the_board_at_once_with_the_cursor_on_it() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        pilot.app.screen.table.select(PATROL)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: PATROL in desk.snapshot.done, "the tick")
        await pilot.press("down", "down")
        await pilot.press("z")
        await until_shown(pilot, "已撤回")
        await until(pilot, lambda: pilot.app.screen.table.selected == PATROL, "the row")  # type: ignore[attr-defined]
        assert [type(each) for each in desk.commands] == [Discharge, TakeBack]


async def test_later_than_two_minutes_the_same_key_asks_for_the_reason() -> None:
    desk = desk_at_night()
    number = ticked(desk)
    desk.clock += timedelta(minutes=3)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("z")
        await until_shown(pilot, f"更正第 {number} 条")


async def on_the_page(pilot: Pilot[None], act: str) -> None:
    """Open the page of 旅客1, the first under control, and one of the acts without a key."""
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f5", "enter")
    await until_shown(pilot, "应办")
    await pilot.press("y")
    await until_shown(pilot, act)
    await pilot.press(*act[:2], "enter")


async def test_a_registration_by_mistake_is_ended_from_the_persons_page() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await on_the_page(pilot, "作废")
        await until_shown(pilot, "一直可见")
        await pilot.press(*"重名", "f9")
        await until(pilot, lambda: bool(desk.commands), "the command")
        assert desk.commands == [Void(person_id=1, reason="重名")]


async def test_two_records_are_made_one_once_the_officer_has_seen_what_differs() -> None:
    other = 50
    desk = FakeGateway([*night(), Person(id=other, name="旅客一", registered_at=at(18))])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await on_the_page(pilot, "合并")
        await until_shown(pilot, "另一份记录号")
        await pilot.press(*str(other), "enter", *"同一人", "f9")
        await until_shown(pilot, "请再确认一次")
        await until_shown(pilot, "姓名：取 旅客1；另 旅客一")
        assert desk.commands == []
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the command")
        assert desk.commands == [Merge(person_id=1, into_id=other, reason="同一人", agreed=True)]


async def test_what_is_told_unlike_is_decided_from_its_row_with_both_values_shown() -> None:
    unlike = Contradiction(id=1, person_id=1, field="address", other="新塘村9组", entry=1, found_at=at(18))
    desk = FakeGateway([*night(), unlike])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        pilot.app.screen.table.select("contradiction/person-1/2021-06-07")  # type: ignore[attr-defined]
        await until_shown(pilot, "说法不一")
        await pilot.press("enter")
        await until_shown(pilot, "另 新塘村9组")
        await pilot.press("1", "enter", *"核过", "f9")
        await until(pilot, lambda: bool(desk.commands), "the command")
        assert desk.commands == [Settle(person_id=1, field="address", reason="核过", other=True)]
        assert desk.snapshot.persons[1].address == "新塘村9组"


async def test_what_a_roster_tells_unlike_is_decided_from_its_row() -> None:
    desk = desk_at_night()
    li = Officer(id=0, name="李四", phone="19900000001", duty="办公室主任", director=True)
    for member in (li, replace(li, director=False)):
        desk.submit(ImportRoster(sheets=(RosterSheet(unit="金石镇", members=((4, member),)),)))
    desk.commands.clear()
    (item,) = [each for each in desk.snapshot.contradictions.values() if each.settled_at is None]
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        pilot.app.screen.table.select(f"contradiction/{item.about}/2021-06-07")  # type: ignore[attr-defined]
        await until_shown(pilot, "说法不一")
        await pilot.press("enter")
        await until_shown(pilot, "[说法不一] 主任：现 是；另 否")
        await pilot.press("1", "enter", *"核过", "f9")
        await until(pilot, lambda: bool(desk.commands), "the command")
        told = SettleRecord(subject=item.about, field="director", reason="核过", other=True)
        assert desk.commands == [told]
        assert not desk.snapshot.officers[int(item.about.removeprefix("officer-"))].director


async def test_a_milder_result_of_a_list_is_taken_from_its_row_of_the_board() -> None:
    desk = desk_at_night()
    him = desk.snapshot.persons[1]
    day, code = date(2021, 6, 7), "GK01"
    desk.submit(RecordTest(person_id=1, type="pcr", sampled_on=day, result="positive", sample_code=code))
    whom = RowPerson(name=him.name)
    lab = ResultData(whom=whom, type="pcr", result="negative", sampled_on=day, sample_code=code, row=5)
    desk.submit(ImportResults(results=(lab,)))
    desk.commands.clear()
    (item,) = desk.snapshot.contradictions.values()
    assert (item.person_id, item.row, item.other) == (1, 5, "negative")
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        pilot.app.screen.table.select("contradiction/person-1/2021-06-07")  # type: ignore[attr-defined]
        await until_shown(pilot, "说法不一")
        await pilot.press("enter")
        await until_shown(pilot, "[说法不一] 核酸 2021-06-07：现 阳性；另 阴性")
        await pilot.press("1", "enter", *"标本弄混", "f9")
        await until(pilot, lambda: bool(desk.commands), "the command")
        told = Settle(person_id=1, field="sample:pcr:2021-06-07", reason="标本弄混", other=True)
        assert desk.commands == [told]
        assert standing_value(desk.snapshot.persons[1], told.field) == "negative"


async def test_a_one_letter_name_with_nothing_else_is_asked_about_first() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("plus")
        await until_shown(pilot, "姓名")
        await pilot.press("1", "f9")
        await until_shown(pilot, "再按 F9 仍然登记")
        assert desk.commands == []
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the command")


def two_sites(desk: FakeGateway) -> int:
    """Import two sites into the desk; return the number of the import."""
    row = SiteData(name="宾馆", unit="金石镇", rooms=5, state="standby", areas=(), keeper="", phone="", row=3)
    desk.submit(ImportSites(sites=(row, replace(row, name="学校", unit="白马镇"))))
    desk.commands.clear()
    return max(desk.snapshot.entries)


async def test_an_import_is_taken_back_from_its_row_of_the_log() -> None:
    desk = desk_at_night()
    before = dict(desk.snapshot.sites), dict(desk.snapshot.units)
    number = two_sites(desk)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f6")
        await until_shown(pilot, "新增 2")
        pilot.app.screen.table.select(str(number))  # type: ignore[attr-defined]
        await pilot.press("a")
        await until_shown(pilot, f"撤销导入（第 {number} 条）")
        await until_shown(pilot, "恢复原样 0  收回 4  不动 0")
        assert desk.commands == []
        await pilot.press("f9")
        await until_shown(pilot, f"第 {number} 条导入已撤销")
        assert [replace(each, layer=None) for each in desk.commands] == [UndoImport(entry_id=number)]
        assert (dict(desk.snapshot.sites), dict(desk.snapshot.units)) == before
        pilot.app.screen.table.select(str(number))  # type: ignore[attr-defined]
        await pilot.press("a")
        await until_shown(pilot, "更正（第")


async def test_what_stays_is_named_before_an_import_is_taken_back() -> None:
    desk = desk_at_night()
    number = two_sites(desk)
    site = next(each for each in desk.snapshot.sites.values() if each.name == "学校")
    desk.submit(WriteLog(text="电话不通", subject=f"site-{site.id}"))
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f6")
        await until_shown(pilot, "新增 2")
        pilot.app.screen.table.select(str(number))  # type: ignore[attr-defined]
        await pilot.press("a")
        await until_shown(pilot, "恢复原样 0  收回 2  不动 2")
        await until_shown(pilot, "不动（之后已有人处理） site")
        await pilot.press(*"错表", "f9")
        await until_shown(pilot, f"第 {number} 条导入已撤销")
    assert site.id in desk.snapshot.sites
    assert desk.snapshot.entries[desk.snapshot.amended[number]].reason == "错表"
