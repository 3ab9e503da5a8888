"""Officers on two terminal servers, each with a mirror of one desk: what they see of each other, and of an outage."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.tui.app import DutyApp
from dutyboard.tui.commands.desk import make_desk
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.text import words
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror
from tests.tui.screen_text import shown, text, until, until_shown

NOW = datetime.fromisoformat("2021-06-07T19:42+08:00")
SAID = words("zh")
STOPPED = SAID.frame.stopped.format(at="19:4")
"""Of when the picture is, to ten minutes."""
AWAY = SAID.troubles.engine_no_answer[:12]


@pytest.fixture(params=["files", "engine"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder of a desk with a night in it: its own, or the mirror of one on the server."""
    made = tmp_path / "desk"
    if request.param == "engine":
        mirror(made, desk_address(request.getfixturevalue("cluster"), request.getfixturevalue("schema")))
    make_desk(Invocation(), made, sample=True, practice=NOW)
    return made


@pytest.fixture
def two(cluster: Cluster, schema: str, tmp_path: Path) -> tuple[Path, Path]:
    """Two mirrors of one desk."""
    address = desk_address(cluster, schema)
    one, other = mirror(tmp_path / "one", address), mirror(tmp_path / "two", address)
    make_desk(Invocation(), one, sample=True, practice=NOW)
    return one, other


def app_on(folder: Path) -> DutyApp:
    return DutyApp(lambda: Gateway.open(folder, own_identity()), SAID)


async def note(pilot: Pilot[Any], typed: str) -> None:
    """Open the form of a note, and type its text."""
    await until_shown(pilot, SAID.screens.todo)
    await pilot.press("n")
    await until_shown(pilot, SAID.forms.confirm)
    await pilot.press(*typed)


async def test_a_note_is_written_and_read_in_the_log(folder: Path) -> None:
    async with app_on(folder).run_test(size=(80, 24)) as pilot:
        await note(pilot, "note one")
        await pilot.press("f9")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1, "the board")
        await pilot.press("f6")
        await until_shown(pilot, "note one")
        await pilot.press("f8")
        await until_shown(pilot, "日志校验码")
        assert STOPPED not in text(pilot.app)


async def test_a_colleague_on_another_server_sees_it_at_once(two: tuple[Path, Path]) -> None:
    async with app_on(two[0]).run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, SAID.screens.todo)
        await pilot.press("f6")
        other = Gateway.open(two[1], own_identity())
        other.submit(WriteLog(text="elsewhere"))
        await until_shown(pilot, "elsewhere")
        await pilot.press("f2")
        await note(pilot, "and here")
        await pilot.press("f9")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1, "the board")
        assert "and here" in {entry.text for entry in other.refresh().entries.values()}
        other.close()


async def test_the_server_stops_while_a_form_is_open(two: tuple[Path, Path], cluster: Cluster) -> None:
    async with app_on(two[0]).run_test(size=(80, 24)) as pilot:
        await note(pilot, "kept")
        cluster.stop()
        await until_shown(pilot, STOPPED)
        assert STOPPED in shown(pilot.app)[0]
        await pilot.press("f9")
        await until_shown(pilot, SAID.forms.kept.partition("}")[2].strip())
        assert AWAY in text(pilot.app)
        assert "kept" in text(pilot.app)
        cluster.start()
        await until_shown(pilot, SAID.frame.goes_on)
        assert STOPPED not in text(pilot.app)
        await pilot.press("f9")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1, "the board")
    other = Gateway.open(two[1], own_identity())
    assert [entry.text for entry in other.snapshot.entries.values()].count("kept") == 1
    other.close()


async def test_a_board_that_opens_while_the_server_is_away_is_read_only(
    two: tuple[Path, Path], cluster: Cluster
) -> None:
    cluster.stop()
    async with app_on(two[0]).run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, SAID.screens.todo)
        await until_shown(pilot, AWAY)
        first = shown(pilot.app)[0]
        assert STOPPED in first
        assert all(each in first for each in ("涟源市疫情防控 06-07", SAID.frame.practice, "王芳 坐班至 20:00"))
        await pilot.press("f5")
        await until(pilot, lambda: STOPPED in shown(pilot.app)[0], "the age of the picture")
        await pilot.press("f1")
        await until_shown(pilot, SAID.screens.help_title)
        assert STOPPED in shown(pilot.app)[0]
    other = Gateway.open(two[0], own_identity())
    assert [each.code for each in other.found()] == ["engine_no_answer"]
    other.close()
