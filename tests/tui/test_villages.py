"""The villages of a unit on screen and from the command line: nobody makes a list, and stated zeros are kept."""

import json
from pathlib import Path

import pytest

from dutyboard.rules.records.commands.post import SendReport
from tests.tui.callers import MORNING, SI, SITES, WANG, sheet
from tests.tui.command_line import CommandLine
from tests.tui.night import FakeGateway, night
from tests.tui.on_board import SIZE
from tests.tui.screen_text import app_of, until_shown


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", MORNING, monkeypatch)


def test_the_villages_of_a_unit_by_finding_and_zero(desk: CommandLine) -> None:
    sheet(desk, "sites", SITES)
    for told in (SI, WANG):
        desk.done("register", "-", typed=json.dumps({**told, "address": f"蓝田街道{told['address']}"}))
    sent = ("send-report", "screening", "total=2", "new=2", "--unit", "蓝田街道", "--reporter", "甲")
    desk.done(*sent, "--zero-villages", "塘湾村", "--zero-villages", "古仙村")
    told = desk.printed("report", "villages", "--unit", "蓝田街道", "--format", "json")
    assert {row["village"]: (row["people"], row["found_on"], row["zero_on"]) for row in told["rows"]} == {
        "新塘村": (2, "2021-06-07", None),
        "塘湾村": (0, None, "2021-06-07"),
        "古仙村": (0, None, "2021-06-07"),
    }
    assert told["totals"] == {"villages": 3, "people": 2, "zero_on": None}
    page = desk.done("report", "villages", "--unit", "蓝田街道")
    assert "塘湾村" in page and "全单位最近报无新增：-" in page
    stated = desk.printed("report", "screening", "--unit", "蓝田街道", "--format", "json")
    assert stated["zero_villages"] == ["塘湾村", "古仙村"]
    assert "零报告村（社区）：塘湾村" in desk.done("report", "screening", "--unit", "蓝田街道")
    desk.refused("report", "villages", code=2)
    city = ("send-report", "screening", "total=2", "--reporter", "甲", "--zero-villages", "塘湾村")
    assert "不填" in desk.refused(*city)


async def test_f9_shows_the_villages_of_a_unit() -> None:
    desk = FakeGateway(night())
    unit = next(iter(desk.snapshot.units.values()))
    desk.submit(
        SendReport(
            kind="screening",
            subject=f"unit-{unit.id}",
            day=desk.now().date(),
            figures={"total": 1},
            zero=False,
            reporter="甲",
            zero_villages=("塘湾村",),
            text="补报",
        )
    )
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f9")
        await until_shown(pilot, "各村（社区）排查情况")
        pilot.app.screen.table.select("各村（社区）排查情况")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, unit.name)
        pilot.app.screen.table.select(unit.name)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, "塘湾村")
