"""请示、答复 on screen: the referral is on the page, Enter on its row or `a` opens the answer, F9 writes it."""

from dataclasses import replace

from textual.pilot import Pilot

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.commands.person import (
    AnswerReferral,
    CancelTransfer,
    Confirm,
    DivertTransfer,
    EndTransfer,
    StartTransfer,
)
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.picture import known_notices
from tests.tui.night import NOTICE, FakeGateway, at, desk_at_night
from tests.tui.screen_text import app_of, text, until, until_shown

SIZE = (80, 24)


def with_referral() -> FakeGateway:
    """The night's desk, on which 旅客1 in room 1 has had a fever since 19:30 and the hospital was asked."""
    desk = desk_at_night()
    sick = replace(desk.snapshot.persons[1], facts=Facts(symptoms="present"), stage="pending", site_id=None, room=None)
    desk.snapshot = desk.snapshot.applied(desk.snapshot.seq + 1, [sick])
    asked = desk.submit(Confirm(person_id=1, clause=None, officer_name="王芳", site_id=1, room=1))
    assert isinstance(asked, Accepted), asked
    held = replace(desk.snapshot.persons[1], stage="site", admitted_on=at(1).date())
    desk.snapshot = desk.snapshot.applied(desk.snapshot.seq + 1, [held])
    desk.commands.clear()
    return desk


async def fill_in(pilot: Pilot[None]) -> None:
    await until_shown(pilot, "登记答复：旅客1")
    await pilot.press(*"市医院", "enter", *"排除", "enter", "3", "full_stop", "5", "f9")


async def test_enter_on_the_row_of_a_referral_opens_its_answer() -> None:
    desk = with_referral()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        pilot.app.screen.table.select("referral/person-1/2021-06-07")  # type: ignore[attr-defined]
        await until_shown(pilot, "请示待答复")
        await pilot.press("enter")
        await fill_in(pilot)
        await until(pilot, lambda: bool(desk.commands), "the answer")
        answer = AnswerReferral(person_id=1, decision="排除", authority="市医院", clause="3.5")
        assert desk.commands == [answer]
        await until_shown(pilot, "三（五）")  # his class is another one now: the placing follows


async def test_all_reasons_of_a_referral_stand_above_its_answer_however_long_they_are() -> None:
    desk = with_referral()
    asked = desk.snapshot.persons[1]
    assert asked.referral is not None
    every = tuple(each.code for each in known_notices()[NOTICE].section_three.questions)[:4]
    desk.snapshot = desk.snapshot.applied(
        desk.snapshot.seq + 1, [replace(asked, referral=replace(asked.referral, reasons=every))]
    )
    async with app_of(desk, "en").run_test(size=SIZE) as pilot:
        await until_shown(pilot, "To do now")
        pilot.app.screen.table.select("referral/person-1/2021-06-07")  # type: ignore[attr-defined]
        await until_shown(pilot, "referral to answer")
        await pilot.press("enter")
        await until_shown(pilot, "Answered by")
        above = text(pilot.app).partition("Answered by")[0]  # type: ignore[arg-type]
        assert "referral since 06-07 19:42, hospital is to answer" in above
        assert "~" not in above.partition("referral since")[2]


async def test_the_page_shows_the_question_and_for_ever_its_answer() -> None:
    desk = with_referral()
    async with app_of(desk).run_test(size=(80, 40)) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f5", "enter")
        await until_shown(pilot, "请示待答复（06-07 19:42 起")
        await pilot.press("a")
        await fill_in(pilot)
        await until(pilot, lambda: bool(desk.commands), "the answer")
        await pilot.press("f10")
        await until_shown(pilot, "答复：市医院")
        assert "定为三（五）" in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("a")
        await until_shown(pilot, "没有待答复的请示")


async def test_facts_that_cannot_be_read_are_named() -> None:
    desk = with_referral()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f5", "enter", "a")
        await until_shown(pilot, "登记答复：旅客1")
        await pilot.press(*"市医院", "enter", *"排除", "enter", "enter", *"symptoms=purple", "f9")
        await until_shown(pilot, "改变的情况")
        assert desk.commands == []


async def test_a_ride_is_told_in_two_steps() -> None:
    """Leaving first, and arriving when he has arrived: by Enter on the row of each."""
    desk = with_referral()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        pilot.app.screen.table.select("transfer/person-1/2021-06-07")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, "去向 发热门诊")
        await pilot.press("enter", *"湘K1", "enter", *"周涛", "f9")
        await until(pilot, lambda: bool(desk.commands), "the departure")
        assert desk.commands == [StartTransfer(person_id=1, vehicle="湘K1", driver="周涛")]
        await until_shown(pilot, "已记：闭环转运 旅客1 在途")
        pilot.app.screen.table.select("arrival/person-1/2021-06-07")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, "出发往 发热门诊")
        await pilot.press(*"孙护士", "f9")
        await until(pilot, lambda: len(desk.commands) == 2, "the arrival")
        assert desk.commands[1] == EndTransfer(person_id=1, received_by="孙护士")
        assert desk.snapshot.persons[1].stage == "clinic"


async def test_a_ride_is_diverted_or_turned_back_from_the_page() -> None:
    desk = with_referral()
    started = desk.submit(StartTransfer(person_id=1, vehicle="湘K1", driver="周涛"))
    assert isinstance(started, Accepted), started
    desk.commands.clear()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f5", "enter")
        await until_shown(pilot, "在途 往 发热门诊")
        await pilot.press("g")
        await until_shown(pilot, "转运到达：旅客1")
        await until_shown(pilot, "1到达 2改送 3取消")  # beside the answer that stands there
        await pilot.press("up", "backspace", "2", "enter", "enter", *"桥头 7", "enter", "f9")
        await until_shown(pilot, "「原因」必须填写")
        await pilot.press(*"门诊停诊", "f9")
        await until(pilot, lambda: bool(desk.commands), "the diversion")
        divert = DivertTransfer(person_id=1, to="site", site_id=2, room=7, reason="门诊停诊")
        assert desk.commands == [divert]
        await until_shown(pilot, "在途 往 桥头 7")
        await pilot.press("g")
        await until_shown(pilot, "转运到达：旅客1")
        await pilot.press("up", "backspace", "3", "enter", "enter", "enter", *"车坏", "f9")
        await until(pilot, lambda: len(desk.commands) == 2, "the way back")
        assert desk.commands[1] == CancelTransfer(person_id=1, reason="车坏")
        assert desk.snapshot.persons[1].room == 1
