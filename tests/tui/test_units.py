"""The first responsible person of a unit on screen, from the command line and from the unit's form."""

from pathlib import Path

import openpyxl
import pytest

from dutyboard.rules.records.commands.post import ChangeUnit
from dutyboard.tui.sheets.kinds.roster import read_roster
from tests.tui.callers import MORNING, SITES, sheet
from tests.tui.command_line import CommandLine
from tests.tui.night import FakeGateway, night
from tests.tui.on_board import SIZE
from tests.tui.screen_text import app_of, until, until_shown


async def test_f9_names_him() -> None:
    desk = FakeGateway(night())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f9")
        await until_shown(pilot, "单位第一责任人")
        pilot.app.screen.table.select("单位第一责任人")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, "未定")
        await pilot.press("enter")
        await until_shown(pilot, "第一责任人")
        await pilot.press(*"张书记", "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the name")
        (command,) = desk.commands
        assert isinstance(command, ChangeUnit)
        assert desk.snapshot.units[command.unit_id].first_responsible == "张书记"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", MORNING, monkeypatch)


def test_the_roster_says_who_he_is_or_that_nobody_is_named(desk: CommandLine) -> None:
    sheet(desk, "sites", SITES)
    roster = ("report", "roster", "--unit", "蓝田街道")
    assert "第一责任人：未定" in desk.done(*roster)
    assert desk.printed(*roster, "--format", "json")["first_responsible"] is None
    desk.done("unit", "change", "蓝田街道", "--first-responsible", "张书记")
    assert "理由" in desk.refused("unit", "change", "蓝田街道", "--first-responsible", "李书记")
    assert "第一责任人：张书记" in desk.done(*roster)
    assert desk.printed(*roster, "--format", "json")["first_responsible"] == "张书记"


@pytest.mark.parametrize(
    ("above", "name"),
    [
        (("填报单位（盖章）：蓝田街道", "第一责任人： 张 书记"), "张书记"),
        (("填报单位（盖章）：蓝田街道  第一责任人：张书记",), "张书记"),
        (("填报单位（盖章）：蓝田街道  第一责任人：未定",), ""),
        (("填报单位（盖章）：蓝田街道",), ""),
    ],
)
def test_the_form_of_a_unit_may_name_him_above_its_table(tmp_path: Path, above: tuple[str, ...], name: str) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for line in ("花名册", *above):
        page.append([line])
    page.append(["姓 名", "职 务", "联系电话", "职责分工", "备 注"])
    page.append(["甲", "主任", "13800001542", "办公室主任", None])
    book.save(tmp_path / "roster.xlsx")
    (read,) = read_roster(tmp_path / "roster.xlsx").records
    assert (read.unit, read.first_responsible) == ("蓝田街道", name)
