"""One person's page and the acts reached from it, worked from the keyboard at 80x24: everything it says, numbers masked
until asked for, the positive chain in one act, a release with its blockers and an override that stays visible."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from textual.pilot import Pilot

from dutyboard.rules.duties.person.positive import consequences
from dutyboard.rules.law.facts import Facts, Linked, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands.person import ActOnPositive, RecordTest, Release
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.model import Assessment, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.screens.forms.person.test import TestForm
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.terminal.cells import line_width, plain
from dutyboard.tui.text import Words, words
from dutyboard.tui.views.person.page import page_lines
from tests.tui.goldens import assert_golden
from tests.tui.night import NIGHT, FakeGateway, at, night
from tests.tui.screen_text import app_of, text, until, until_shown

ZH, EN = words("zh"), words("en")

SIZE = (80, 24)
ID = "431302199512309871"
PHONE = "13100009761"
STAY = Stay(place="广东省广州市荔湾区白鹤洞街道", code="440103", category="high", left_on=date(2021, 6, 5))


def assessment(clause: str, at_: datetime, place: str = "site") -> Assessment:
    return Assessment(
        notice="lianyuan-2021-07",
        decision="decide",
        clause=clause,
        also=(),
        first_place=place,
        provisional=None,
        refer_reason=None,
        by=1,
        at=at_,
    )


def person(
    number: int, name: str, clause: str, stage: Stage = "site", room: int | None = None, **facts: object
) -> Person:
    """Somebody at site 1 since June 6."""
    arrived = at(-12).replace(tzinfo=None)
    known = {"border": "none", "stays": (), "health_code": "green", "travel_card": "green", "symptoms": "none"} | facts
    return Person(
        id=number,
        name=name,
        id_no=ID,
        phone=PHONE,
        sex="男",
        registered_at=at(-12),
        stage=stage,
        site_id=1,
        room=room or 10 + number % 10,
        admitted_on=date(2021, 6, 6),
        officer_name="王芳",
        facts=Facts(arrival_at=arrived, **known),  # type: ignore[arg-type]
        assessment=assessment(clause, at(-11)),
    )


CLOSE = person(91, "甲密", "3.2a", contact="close")
SECOND = person(92, "乙次", "3.2b", contact="secondary", linked=(Linked(id="person-91"),))
MATE = person(93, "丙邻", "3.5", room=CLOSE.room, stays=(STAY,))


def desk(*people: Person) -> FakeGateway:
    return FakeGateway([*night(), *people])


async def on_page(pilot: Pilot[None], name: str) -> None:
    """F5, the person, the page."""
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f5")
    await until_shown(pilot, name)
    await pilot.press("slash", *name, "enter")
    await until_shown(pilot, f">{name}")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, PersonScreen), "the page")
    await until_shown(pilot, "应办")


@pytest.mark.parametrize(("name", "cells", "words"), [("page_zh_80", 80, ZH), ("page_en_80", 80, EN)])
def test_the_page_is_as_it_was(name: str, cells: int, words: Words) -> None:
    fake = desk(CLOSE, replace(SECOND, released_early=True), MATE)
    fake.submit(RecordTest(person_id=91, type="pcr", sampled_on=date(2021, 6, 7), result="negative"))
    lines = [line for number in (91, 92) for line in page(fake.snapshot, number, words, cells)]
    assert_golden(name, [plain(line) for line in lines])
    assert all(line_width(line) <= cells for line in lines)


def page(snapshot: Snapshot, number: int, words: Words, cells: int) -> list:  # type: ignore[type-arg]
    return page_lines(snapshot.persons[number], [], snapshot, NIGHT, words, cells)


@pytest.mark.parametrize(("decided", "first"), [(True, ZH.page.days), (False, ZH.page.assessed_now)])
def test_it_begins_with_his_days_or_with_what_is_to_be_asked(*, decided: bool, first: str) -> None:
    """Of somebody who waits to be assessed nothing is planned yet: his questions come first."""
    him = MATE if decided else replace(MATE, assessment=None, stage="pending", site_id=None, room="", admitted_on=None)
    said = [plain(line) for line in page(desk(him).snapshot, MATE.id, ZH, 80)]
    headings = [line for line in said if line and not line.startswith(" ")]
    assert headings[:3] == [ZH.page.owed, first, f"{ZH.page.identity} {ZH.page.masked_hint}"]
    assert len(headings) == len(set(headings)) == 15


def test_an_open_condition_of_a_release_says_what_it_asks() -> None:
    county = replace(STAY, place="广东省广州市荔湾区西村街道", category="risk_county_other")
    unproved = person(96, "己查", "3.7b", stays=(county,), release_cert="no")
    said = [plain(line) for line in page(desk(unproved).snapshot, 96, ZH, 80)]
    assert any("三（七） 旅居史核查须为已排除" in line for line in said)


def test_whose_officer_has_left_is_to_be_given_another() -> None:
    """He stood under the name of somebody who was there no more, and nothing said so."""
    known = desk(replace(MATE, officer_name="王芳", officer_id=1)).snapshot
    left = known.applied(known.seq, [replace(known.officers[1], until=NIGHT.date())])
    texts = [[plain(line) for line in page(snapshot, MATE.id, ZH, 200)] for snapshot in (known, left)]
    assert [any("王芳（已离岗，须改派）" in line for line in lines) for lines in texts] == [False, True]


async def test_a_note_written_on_a_page_is_about_the_person() -> None:
    fake = desk(MATE)
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_page(pilot, "丙邻")
        await pilot.press("n", *"情绪低落", "f9")
        await until_shown(pilot, "已保存")
        (command,) = fake.commands
        assert isinstance(command, WriteLog)
        assert command.subject == "person-93"
        await pilot.press("end")
        await until_shown(pilot, "记事 情绪低落")


async def test_the_page_scrolls_masks_and_leads_back() -> None:
    async with app_of(desk(MATE)).run_test(size=SIZE) as pilot:
        await on_page(pilot, "丙邻")
        assert PHONE not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("m", *"核对密接", "f9")
        await until_shown(pilot, PHONE)
        await pilot.press("m")
        await until_shown(pilot, "131****9761")
        await pilot.press("e")
        await until_shown(pilot, "三（五） 高风险地区入涟人员实行点对点闭环转运")
        await pilot.press("end")
        await until_shown(pilot, "经过")
        assert "身份" not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("f1")
        await until_shown(pilot, "更正此人情况")
        await pilot.press("enter")
        await pilot.press("f4")
        await until_shown(pilot, "没有待研判人员")
        await pilot.press("f5")
        await until_shown(pilot, ">丙邻")


async def test_a_board_row_of_a_person_is_explained_by_his_page() -> None:
    async with app_of(desk(CLOSE)).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("slash", *"甲密", "enter")
        await until_shown(pilot, "甲密 核酸检测")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, PersonScreen), "the page")
        await pilot.press("f10")
        await until_shown(pilot, "现在要做的事")


async def test_a_positive_result_shows_all_it_brings_and_one_confirmation_does_it() -> None:
    fake = desk(CLOSE, SECOND, MATE)
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_page(pilot, "甲密")
        await pilot.press("enter")
        await until_shown(pilot, "检测登记 甲密")
        await pilot.press("2", "f9")
        await until_shown(pilot, "阳性处置 甲密")
        for told in ("甲密 闭环转运至定点医疗机构", "乙次 由次密接按密接执行", "丙邻 同室，暂停解除", "+06-20核酸"):
            await until_shown(pilot, told)
        assert fake.commands == []  # nothing is written by looking
        await pilot.press("f10")
        await until_shown(pilot, "检测登记 甲密")
        await pilot.press("f9")
        await until_shown(pilot, "阳性处置 甲密")
        await pilot.press("f9")
        await until_shown(pilot, "甲密 阳性：已办 ")
        recorded, acted = fake.commands
        assert isinstance(recorded, RecordTest)
        assert isinstance(acted, ActOnPositive)
        people = fake.snapshot.persons
        assert (people[91].stage, people[91].site_id) == ("transfer", None)
        assert people[92].assessment is not None
        assert people[92].assessment.clause == "3.2a"
        assert people[93].stopped_by == "person-91"
        await until_shown(pilot, "甲密 待转运")
        await pilot.press("f10")
        await until_shown(pilot, "人员")
        await pilot.press("slash", "enter")
        await until_shown(pilot, "[停解]")  # the room-mate's row


async def test_a_positive_of_somebody_else_shows_what_it_undoes_before_it_is_confirmed() -> None:
    """F27: the ride is owed no more, his room and his contact are as before: one act, all of it shown first."""
    fake = desk(CLOSE, SECOND)
    fake.submit(RecordTest(person_id=91, type="pcr", sampled_on=date(2021, 6, 7), result="positive"))
    shown = tuple(each.id for each in consequences(fake.snapshot, fake.snapshot.persons[91], NIGHT))
    fake.submit(ActOnPositive(person_id=91, shown=shown))
    fake.commands.clear()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        pilot.app.session.open(TestForm(pilot.app.session, fake.snapshot.persons[91], "pcr"))  # type: ignore[attr-defined]
        await until_shown(pilot, "检测登记 甲密")
        await pilot.press("1", "enter", *"他人样本", "f9")
        for told in ("一并撤回", "甲密：待转运 -> 隔离点", "乙次：", "再按 F9"):
            await until_shown(pilot, told)
        assert fake.commands == []
        await pilot.press("f9")
        await until(pilot, lambda: bool(fake.commands), "the command")
        assert fake.snapshot.persons[91].stage == "site"


async def test_a_positive_that_nobody_acted_on_is_shown_again() -> None:
    positive = replace(
        CLOSE, facts=replace(CLOSE.facts, tests=(Sample(result="positive", sampled_on=date(2021, 6, 7)),))
    )
    fake = desk(positive, SECOND)
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f4")
        await until_shown(pilot, "甲密")
        await pilot.press("slash", *"甲密", "enter")
        await until_shown(pilot, ">甲密")
        await pilot.press("enter")
        await until_shown(pilot, "阳性处置 甲密")
        await pilot.press("f9")
        await until_shown(pilot, "甲密 阳性：已办 ")
        assert [type(command) for command in fake.commands] == [ActOnPositive]


async def test_an_override_needs_a_leader_and_a_reason_and_stays_visible() -> None:
    yellow = person(94, "丁黄", "3.10", health_code="yellow")
    fake = desk(yellow)
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_page(pilot, "丁黄")
        await pilot.press("r")
        await until_shown(pilot, "解除 丁黄")
        await until_shown(pilot, "- 期限未满（06-13）")
        await until_shown(pilot, "- 缺检测 核酸（06-07）")
        await until_shown(pilot, "陈卫东")  # who sits on the leader's seat is proposed
        await pilot.press(*"镇干部", "enter", *"村干部", "enter", *"湘K1", "f9")
        await until_shown(pilot, "「强行理由」必须填写")
        assert fake.commands == []
        await pilot.press(*"血透", "f9")
        await until_shown(pilot, "[强行解除]")
        (command,) = fake.commands
        assert isinstance(command, Release)
        assert (command.override, command.cadres, command.vehicle) == ("血透", ("镇干部", "村干部"), "湘K1")
        await pilot.press("end")
        await until_shown(pilot, "血透")
        await pilot.press("f10")
        await until_shown(pilot, "[强解]")


async def test_an_extra_test_states_its_kind() -> None:
    fake = desk(
        replace(MATE, admitted_on=date(2021, 6, 7), facts=replace(MATE.facts, arrival_at=at(9).replace(tzinfo=None)))
    )
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_page(pilot, "丙邻")
        await pilot.press("t")
        await until_shown(pilot, "计划外的检测")
        await pilot.press("3", "enter", "enter", "1", "f9")
        await until_shown(pilot, "「种类」必须填写")  # there is no third one, so that nothing stands there
        await pilot.press("2", "f9")
        await until_shown(pilot, "已记：检测登记 丙邻")
        (command,) = fake.commands
        assert command == RecordTest(person_id=93, type="serum", sampled_on=date(2021, 6, 7), result="negative")


def test_the_page_says_what_care_needs_and_who_came_along() -> None:
    one = replace(
        MATE,
        emergency_name="王五",
        emergency_phone="13800000001",
        companions="甲密、孙八",
        vehicle="G6078",
        illness="高血压",
    )
    snapshot = desk(CLOSE, one).snapshot

    def shown(number: int, words: Words = ZH, snapshot: Snapshot = snapshot) -> str:
        return "\n".join(plain(line) for line in page(snapshot, number, words, 200))

    said = shown(MATE.id)
    assert "紧急联系 王五  紧急电话 138****0001  车次航班 G6078  基础疾病 高血压" in said
    assert "同行人 甲密（person-91 隔离点）、孙八" in said
    assert "用药" not in said, "what nobody has told takes no room"
    assert "被列为同行人：丙邻（person-93 隔离点）" in shown(CLOSE.id)
    assert "Companions 甲密 (person-91" in shown(MATE.id, EN)
    namesakes = desk(CLOSE, replace(CLOSE, id=94), one).snapshot
    assert "同行人 甲密（本台 2 人同名）、孙八" in shown(MATE.id, snapshot=namesakes)
