"""Calls after a release on screen and from the command line, with a notice that asks them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.records.commands.person import Reopen
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.model import Ending, NoticeInForce, Person
from dutyboard.tui.link import picture
from tests.rules.desks import notice
from tests.rules.duties.test_follow_up import calling
from tests.tui.command_line import CommandLine
from tests.tui.night import FakeGateway, at, night
from tests.tui.on_board import SIZE, opened, row_opened, select
from tests.tui.screen_text import app_of, until, until_shown

CALL = "follow-up/person-91/2021-06-07"


def desk_with_a_call() -> FakeGateway:
    """The desk at night, two days after somebody was released; calls are asked on day 2."""
    end = Ending(how="released", at=at(-30), entry=1)
    gone = Person(
        id=91,
        name="解除者",
        phone="19900000091",
        officer_name="李干部",
        registered_at=at(-300),
        stage="closed",
        closed_at=at(-30),
        end=end,
    )
    asked = calling("[2]")
    desk = FakeGateway([*night(), gone, NoticeInForce(id=2, notice=asked.id, effective_from=at(0))])
    desk.snapshot = replace(desk.snapshot, notices_known={**desk.snapshot.notices_known, asked.id: asked})
    return desk


async def test_enter_says_nothing_by_itself_and_a_digit_says_that_he_is_well() -> None:
    desk = desk_with_a_call()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        shown = await opened(pilot)
        await row_opened(pilot, shown, CALL, "解除后随访：解除者")
        await pilot.press("f9")
        await until_shown(pilot, "「随访结果」必须填写")
        assert desk.commands == []
        await pilot.press("1", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the call")
        assert desk.commands == [Discharge(obligation=CALL, seen=(91,), done_by="李干部")]
        assert desk.snapshot.done[CALL].told.answer == "well"  # type: ignore[index,union-attr]


async def test_nobody_answered_leaves_it_on_the_board() -> None:
    desk = desk_with_a_call()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        shown = await opened(pilot)
        await row_opened(pilot, shown, CALL, "解除后随访：解除者")
        await pilot.press("3", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the call")
        assert desk.commands == [Discharge(obligation=CALL, absent=(91,), done_by="李干部")]
    states = {each.id: each.state for each in board(desk.snapshot, desk.now()).obligations}
    assert states[CALL] == "open"


async def test_who_is_not_well_needs_words_and_his_finding_offers_to_open_the_record() -> None:
    desk = desk_with_a_call()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        shown = await opened(pilot)
        await select(pilot, shown, CALL)
        await pilot.press("x")
        await until_shown(pilot, "解除后随访：解除者")
        await pilot.press("2", "f9")
        await until_shown(pilot, "「内容」必须填写")
        await pilot.press(*"发热", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the call")
        (owed,) = [each for each in board(desk.snapshot, desk.now()).obligations if each.kind == "finding"]
        assert (owed.slot, owed.text) == ("unwell_after", "发热")
        await until_shown(pilot, "*异常 已完成")
        await row_opened(pilot, shown, owed.id, "重新打开已关闭的记录")
        await pilot.press("down", "enter")
        await until_shown(pilot, "须写明理由")
        await pilot.press(*"发热", "f9")
        await until(pilot, lambda: len(desk.commands) == 2, "the reopening")
        assert desk.commands[1] == Reopen(person_id=91, reason="发热")
        await row_opened(pilot, shown, owed.id, "办结：发现待处置")  # he is on the desk: only the words are left
    assert desk.snapshot.persons[91].stage == "pending"


async def test_the_page_of_the_person_shows_the_call_and_enter_opens_it() -> None:
    desk = desk_with_a_call()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f5")
        await until_shown(pilot, "旅客1")
        await pilot.press("slash", *"解除者", "enter")
        await until_shown(pilot, ">解除者")
        await pilot.press("enter")
        await until_shown(pilot, "解除者 解除后随访")
        await pilot.press("enter")
        await until_shown(pilot, "解除后随访：解除者")


# ---------------------------------------------------------------- the command line

MACAU = {
    "name": "李四",
    "phone": "19900000002",
    "arrival_at": "2021-06-07T07:30",
    "border": "macau",
    "stays": [],
    "contact": "none",
    "case_status": "none",
    "release_cert": "na",
    "pcr": {"result": "negative", "sampled_at": "2021-06-02T10:30"},
    "health_code": "green",
    "travel_card": "green",
    "symptoms": "none",
    "arrival_pcr": None,
    "foreign_14d": "no",
}


def known() -> Mapping[str, Notice]:
    return {notice().id: notice(), "calling": calling("[3]")}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    monkeypatch.setattr(picture, "known_notices", known)
    return CommandLine(tmp_path / "desk", "2021-06-07T08:00", monkeypatch)


def rows(desk: CommandLine) -> dict[str, Any]:
    return {each["id"]: each for each in desk.printed("board", "--json")["obligations"]}


def test_a_difference_of_calls_is_told_before_the_switch(desk: CommandLine) -> None:
    assert "解除后随访：无 -> 第 3 天" in desk.done("rules", "diff", "lianyuan-2021-07", "calling")
    told = desk.done("--lang", "en", "rules", "diff", "calling", "lianyuan-2021-07")
    assert "calls after a release: on day 3 -> none" in told
    shown = desk.printed("rules", "diff", "lianyuan-2021-07", "calling", "--json")
    assert shown["follow_up"] == {"before": [], "after": [3]}


def test_from_the_release_to_the_call_and_back_on_the_command_line(desk: CommandLine) -> None:
    leader = desk.leader()
    desk.done("rules", "switch", "calling", "--from", "2021-06-07T08:01", "--reason", "随访")
    desk.later(minutes=5)
    desk.done("register", "-", typed=json.dumps(MACAU))
    desk.done("confirm", "李四", "--officer", "王芳")
    desk.done("sample", "李四", "--type", "pcr")
    desk.later(hours=6)
    desk.done("result", "李四", "--result", "negative")
    desk.done("release", "李四", "--leader", leader)
    assert desk.printed("person", "李四", "--json")["stage"] == "closed"
    call = "follow-up/person-1/2021-06-10"
    desk.at("2021-06-10T09:00")
    assert (rows(desk)[call]["kind"], rows(desk)[call]["owed_by"]) == ("follow_up", "王芳")
    assert [each["id"] for each in desk.printed("person", "李四", "--json")["owed"]] == [call]
    assert "请写明随访结果" in desk.refused("check", call)
    tried = desk.printed("check", call, "--absent", "李四")
    assert tried["state"] == "open"
    desk.done("amend", str(tried["entry"]), "seen=1", "absent=", "--reason", "点错")
    assert rows(desk)[call]["state"] == "done"
    desk.done("amend", str(tried["entry"] + 1), "absent=1", "seen=", "--reason", "没点错")
    assert rows(desk)[call]["state"] == "open"
    (line,) = desk.batch({"act": "check", "obligation": call, "seen": [1], "absent": [1]})
    assert line["code"] == "said_twice"
    assert "异常情况须写明" in desk.refused("check", call, "--abnormal")
    assert desk.printed("check", call, "--seen", "李四", "--note", "无不适")["state"] == "done"
    assert "已由" in desk.refused("check", call, "--seen", "李四")
    entry = desk.printed("person", "李四", "--json")["history"][-1]["id"]
    desk.done("amend", str(entry), "abnormal=yes", "note=咳嗽两日", "--reason", "听错")
    (owed,) = desk.printed("person", "李四", "--json")["owed"]
    assert (owed["kind"], owed["id"]) == ("finding", "unwell_after/matter-1/2021-06-10")
    assert "李四 随访异常：咳嗽两日" in desk.done("person", "李四")
    desk.done("reopen", "李四", "--reason", "随访咳嗽")
    desk.done("finding", "close", "1", "--outcome", "已送发热门诊")
    assert [each["kind"] for each in desk.printed("person", "李四", "--json")["owed"]] == ["assess"]
