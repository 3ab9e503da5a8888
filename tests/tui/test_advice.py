"""The advice to watch his own health on screen and from the command line."""

import json
from pathlib import Path

import pytest

from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.model import Assessment, Ending, Person
from tests.rules.desks import notice
from tests.tui.callers import AREAS, MORNING, SI, sheet
from tests.tui.command_line import CommandLine
from tests.tui.night import FakeGateway, at, night
from tests.tui.on_board import SIZE, opened, select
from tests.tui.screen_text import app_of, until, until_shown

ADVICE = "advice/person-91/2021-06-07"
UNDER_EIGHT = Assessment(
    notice=notice().id,
    decision="decide",
    clause="3.8b",
    also=(),
    first_place="free_after_negative",
    provisional=None,
    refer_reason=None,
    by=1,
    at=at(1),
)
GONE = Person(
    id=91,
    name="放行者",
    phone="19900000091",
    officer_name="李干部",
    registered_at=at(0),
    assessment=UNDER_EIGHT,
    stage="closed",
    closed_at=at(18),
    end=Ending(how="released", at=at(18)),
)


async def test_enter_says_that_he_was_told() -> None:
    desk = FakeGateway([*night(), GONE])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        shown = await opened(pilot)
        await select(pilot, shown, ADVICE)
        await pilot.press("enter")
        await until(pilot, lambda: len(desk.commands) == 1, "the advice")
        assert desk.commands == [Discharge(obligation=ADVICE)]
        assert ADVICE in desk.snapshot.done
        await until_shown(pilot, "放行者")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", MORNING, monkeypatch)


def test_the_command_line_ticks_it_and_names_it_on_his_page_until_then(desk: CommandLine) -> None:
    stays = [{"place": "广东省东莞市虎门镇", "left_on": "2021-06-06"}]
    sheet(desk, "areas", AREAS.replace("440305,广东省深圳市南山区", "440103,广东省广州市荔湾区"))
    desk.done("register", "-", typed=json.dumps({**SI, "stays": stays}))
    desk.done("confirm", "李四", "--officer", "王芳")
    desk.done("sample", "李四", "--type", "pcr")
    desk.later(hours=6)
    desk.done("result", "李四", "--result", "negative", "--sampled-on", "2021-06-07")
    owed = {each["kind"]: each["id"] for each in desk.printed("person", "李四", "--json")["owed"]}
    assert owed["advice"] == "advice/person-1/2021-06-07"
    assert "嘱自我健康监测" in desk.done("person", "李四")
    desk.done("check", owed["advice"], "--done-by", "王芳")
    assert "已嘱其注意自我健康监测" in desk.done("person", "李四")
    left = {each["kind"] for each in desk.printed("person", "李四", "--json")["owed"] if each["state"] != "done"}
    assert "advice" not in left
