"""A site's rooms changed from F9 and from the command line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.records.commands.site import ChangeSite
from dutyboard.tui.sheets.kinds.sites import read_rooms
from dutyboard.tui.views.site.rooms import rooms_written
from tests.tui.callers import MORNING, SITES, sheet
from tests.tui.command_line import CommandLine
from tests.tui.night import desk_at_night
from tests.tui.screen_text import app_of, until, until_shown

NAMES = st.from_regex(r"(A栋|B)?[1-9][0-9]{0,3}", fullmatch=True)


@given(st.one_of(st.integers(1, 500), st.lists(NAMES, min_size=1, max_size=12, unique=True).map(tuple)))
def test_what_is_written_is_read_back(rooms: int | tuple[str, ...]) -> None:
    assert read_rooms(rooms_written(rooms)) == rooms


def test_a_run_is_written_in_short() -> None:
    assert rooms_written(("8201", "8202", "8203", "A栋301", "A栋303")) == "8201-8203、A栋301、A栋303"


def test_rooms_are_changed_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = CommandLine(tmp_path / "desk", MORNING, monkeypatch)
    sheet(desk, "sites", SITES)
    said = desk.done("site", "change", "涟源宾馆", "--rooms", "8201-8203、A栋301", "--reason", "挂门牌")
    assert "62 -> 8201-8203、A栋301" in said
    assert desk.tables()["sites"]["1"]["rooms"] == ["8201", "8202", "8203", "A栋301"]
    desk.done("site", "change", "涟源宾馆", "--rooms", "70", "--areas", "走廊", "--areas", "电梯", "--reason", "扩容")
    told = desk.tables()["sites"]["1"]
    assert (told["rooms"], told["areas"]) == (70, ["走廊", "电梯"])
    assert "房间" in desk.refused("site", "change", "涟源宾馆", "--rooms", "走廊", "--reason", "错")
    (answer,) = desk.batch({"act": "site change", "site": 1, "rooms": ["301", "302"], "reason": "改"})
    assert answer["ok"]
    assert desk.done("site", "close", "涟水酒店", "--reason", "停用")


async def test_rooms_are_changed_from_f9() -> None:
    desk = desk_at_night()
    app = app_of(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f9")
        await until_shown(pilot, "隔离点：")
        await pilot.press(*"隔离点：", "enter")
        await until_shown(pilot, "在用 4/30 间  空 26")
        await pilot.press("enter")
        await until_shown(pilot, "改房间")
        await pilot.press(*"改房间", "enter")
        await until_shown(pilot, "改隔离点")
        form = pilot.app.screen
        form.inputs["rooms"].value = "80"  # type: ignore[attr-defined]
        form.inputs["reason"].value = "扩容"  # type: ignore[attr-defined]
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the command")
        (command,) = desk.commands
        assert isinstance(command, ChangeSite)
        assert (command.rooms, command.keeper, command.reason) == (80, None, "扩容")
        assert desk.snapshot.sites[command.site_id].rooms == 80
