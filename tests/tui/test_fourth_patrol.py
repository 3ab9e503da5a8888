"""A notice of four patrols is one more block of TOML: owed, shown on F3 under its name, taken by `check`."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dutyboard.rules import law
from dutyboard.rules.board import board
from dutyboard.rules.law.notice import Notice, load_notice
from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link import picture
from dutyboard.tui.text import words
from dutyboard.tui.views.board import title
from tests.homes import begun
from tests.tui.night import FakeGateway, at, desk_at_night, night
from tests.tui.screen_text import app_of, text, until_shown

FOURTH = """[[slots]]
id = "patrol-4"
name = { zh = "凌晨巡查", en = "night patrol" }
head = { zh = "凌晨", en = "Patr.0" }
kind = "patrol"
clause = "4.1a"
opens = "04:00"
due = "05:00"
closes = "07:00"
source = "setting"

"""
FILE = Path(law.__path__[0]) / "notices" / "lianyuan-2021-07.toml"
SHIPPED = ["早巡查", "午巡查", "晚巡查", "早测温", "晚测温", "早消毒", "晚消毒", "症状", "日报告"]
ID = "patrol-4/site-1/2021-06-07"


def notices() -> Mapping[str, Notice]:
    text = FILE.read_text(encoding="utf-8").replace("patrols = { value = 3", "patrols = { value = 4")
    notice = load_notice(text.replace("[[slots]]\n", FOURTH + "[[slots]]\n", 1), FILE.name)
    return MappingProxyType({notice.id: notice})


def desk(hour: int) -> FakeGateway:
    made = FakeGateway(night(), clock=at(hour))
    made.snapshot = replace(made.snapshot, notices_known=notices())
    return made


def test_it_is_owed_under_its_name_in_both_languages() -> None:
    made = desk(6)
    (owed,) = (each for each in board(made.snapshot, at(6)).obligations if each.id == ID)
    assert (owed.state, owed.clause, owed.late_minutes) == ("late", "4.1a", 60)
    assert (title(owed, words("zh")), title(owed, words("en"))) == (
        "涟源宾馆隔离点 凌晨巡查",
        "涟源宾馆隔离点: night patrol",
    )


async def test_f3_has_a_column_for_it_and_moves_on_to_those_that_do_not_fit() -> None:
    made = desk(6)
    async with app_of(made).run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f3")
        await until_shown(pilot, "[!05:00]")
        heads = next(line for line in text(pilot.app).splitlines() if "早巡查" in line)  # type: ignore[arg-type]
        assert heads.split() == [
            "凌晨",
            *["早巡查", "午巡查", "晚巡查", "早测温", "晚测温", "早消毒", "晚消毒", "症状"],
        ]
        await pilot.press("enter")
        await until_shown(pilot, "V06:00")
        assert [each.obligation for each in made.commands] == [ID]  # type: ignore[union-attr]
        await pilot.press("up", *["right"] * 9)
        await until_shown(pilot, "日报告")
        heads = next(line for line in text(pilot.app).splitlines() if "早巡查" in line)  # type: ignore[arg-type]
        assert heads.split() == SHIPPED


def test_nine_columns_fit_into_80_cells() -> None:
    assert len(desk_at_night().snapshot.daily_at(at(12)).site_slots) == 9


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments, obj=Invocation(), catch_exceptions=False)


def test_check_takes_it_and_names_the_slots_for_one_it_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "known_notices", notices)
    folder, sheet = tmp_path / "desk", tmp_path / "sites.csv"
    heads = "名称,所在乡镇,房间数,状态,重点消毒区域,负责人,联系电话"
    sheet.write_text(f"{heads}\n涟源宾馆隔离点,蓝田街道,62,启用,走廊,周涛,19900000001\n", encoding="utf-8")
    assert run("init", str(begun(folder)), "--practice", "2021-06-07T06:00").exit_code == 0
    assert run("--data", str(folder), "import", "sites", str(sheet)).exit_code == 0

    def check(slot: str) -> tuple[int, Any]:
        done = run("--data", str(folder), "check", "涟源宾馆", slot)
        return done.exit_code, json.loads(done.stdout) if done.exit_code == 0 else done.stderr

    code, said = check("patrol-4")
    assert (code, said["state"]) == (0, "done")  # due at 05:00, but the site came to the desk at 06:00
    for unknown in ("patrol-9", "home-check"):
        code, line = check(unknown)
        slots = "patrol-4 patrol-1 patrol-2 patrol-3 temperature-am temperature-pm disinfection-am disinfection-pm"
        assert (code, line) == (1, f"dutyboard: 没有这个时段：{unknown}；有：{slots} staff-check\n")
    code, line = check("report")
    assert code == 1 and "send-report" in line
