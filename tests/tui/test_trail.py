"""`w`: who changed the record under the cursor, when, and which fields, from the journal itself, on every screen."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path

import pytest

from dutyboard.rules.duties.site.rounds import owed_at
from dutyboard.rules.records.commands.post import Discharge, WriteLog
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.model import TABLES
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.app import DutyApp
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.text import words
from dutyboard.tui.views.journal.trail import change_line, records_behind
from tests.homes import begun
from tests.tui.night import ME, NIGHT, night
from tests.tui.screen_text import text, until_shown

ZH, EN = words("zh").trail, words("en").trail

SIZE = (80, 24)
Open = Callable[[], Gateway]


def rounds(snapshot: Snapshot) -> list[Obligation]:
    """Return the rounds of the night's day."""
    return [each for site in snapshot.sites.values() for each in owed_at(site, snapshot, NIGHT.date(), NIGHT)]


def clock() -> datetime:
    return NIGHT


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """The night's desk in a real folder, worked a little; opened by its officer."""

    def open_one() -> Gateway:
        return Gateway.open(begun(tmp_path / "desk"), Identity(ME), create=True, clock=clock)

    first = open_one()
    first.seed(night())
    assert isinstance(first.submit(WriteLog(text="接电话", subject="site-1")), Accepted)
    first.close()
    return open_one


def test_every_record_and_field_has_a_name() -> None:
    written = {field.name for record in TABLES.values() for field in fields(record)} - {"id", "told", "more"} | {"data"}
    for own in (ZH, EN):
        assert own.tables.keys() == TABLES.keys()
        assert own.fields.keys() == written


@pytest.mark.parametrize(("screen", "cursor"), [("f6", ">"), ("f5", ">"), ("f3", "[!"), ("f7", ">"), ("f2", ">")])
async def test_one_key_from_every_list(opened: Open, screen: str, cursor: str) -> None:
    gateway = opened()
    async with DutyApp(lambda: gateway, words("zh")).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press(screen)
        await until_shown(pilot, cursor)
        await pilot.press("w")
        await until_shown(pilot, "改动记录")
        shown = text(pilot.app)
        assert "新建" in shown
        assert f"（{ME}）第 " in shown
        await pilot.press("escape")
        await until_shown(pilot, cursor)


async def test_nothing_under_the_cursor_is_said(opened: Open) -> None:
    async with DutyApp(opened, words("zh")).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f6")
        await until_shown(pilot, "接电话")
        await pilot.press("slash", "没", "有", "enter", "ctrl+w")
        await until_shown(pilot, "没有选中的事项")


def test_a_row_rests_on_its_entry_and_its_subject(opened: Open) -> None:
    gateway = opened()
    patrol = next(each for each in rounds(gateway.snapshot) if each.state in ("late", "open"))
    answer = gateway.submit(Discharge(obligation=patrol.id, text=""))
    assert isinstance(answer, Accepted), answer
    entry = answer.entry.id
    done = next(each for each in rounds(gateway.snapshot) if each.id == patrol.id)
    site = ("sites", patrol.subject_id.number)
    assert records_behind(patrol) == [site]
    assert records_behind(done) == [("entries", entry), site]
    assert records_behind(replace(patrol, subject_id=POST)) == [("settings", 1)]
    (change,) = gateway.trail("entries", entry)
    assert (change.seq, change.login) == (gateway.snapshot.seq, ME)
    assert change_line(change, False, gateway.snapshot, words("zh")).startswith(
        f"{change.at:%Y-%m-%d %H:%M:%S} 王芳（{ME}）"
    )
    gateway.close()
