"""Reading is an act too: each command and screen by role and own unit, and nobody else's name in any of them."""

import json
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from dutyboard.rules.board import board
from dutyboard.rules.permissions import NO_READS, READS
from dutyboard.rules.records.codes import PAPER_KINDS
from dutyboard.tui import cli
from dutyboard.tui.actions import ACTIONS, READING
from dutyboard.tui.app import DutyApp
from dutyboard.tui.cli import program
from dutyboard.tui.commands.framework import ActCommand
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity, own_identity
from dutyboard.tui.text import words
from tests.tui import limited_desk
from tests.tui.command_line import leaves
from tests.tui.limited_desk import LIMITED, NOW, OFFICER, SITE, STRANGER, UNIT, names_for
from tests.tui.screen_text import text, until_open

WHOLE: Final = limited_desk.whole()
OTHER: Final = next(
    each
    for each in WHOLE.persons.values()
    if each.site_id not in (None, SITE) and each.unit_id not in (None, UNIT) and each.still_in is None
)
NOTICES: Final = tuple(WHOLE.notices_known)[:2]
PLACES: Final = [each.name for each in (*list(WHOLE.units.values())[:4], *list(WHOLE.sites.values())[:2])]
COMMANDS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "board": (("board",), ("board", "--json"), ("board", "--json", "--at", "2021-06-07T09:00"), ()),
    "overview": (("overview", "--summary"),),
    "person": (("person", str(OTHER.id)), ("person", f"person-{OTHER.id}", "--json")),
    "trail": (("trail", f"person-{OTHER.id}"), ("trail", f"person-{OTHER.id}", "--json"), ("trail", "entry-40")),
    "settings list": (("settings", "list"), ("settings", "list", "--json")),
    "headings list": (("headings", "list"), ("headings", "list", "--json")),
    "rules list": (("rules", "list"), ("rules", "show")),
    "rules diff": (("rules", "diff", *NOTICES), ("rules", "diff", *NOTICES, "--json")),
    "shift list": (("shift", "list"), ("shift", "list", "--json")),
    "verify": (("verify",), ("verify", "--json")),
    **{
        f"report {kind}": tuple(
            ("report", kind, *place, *form)
            for place in ((), *((f"--{option}", each) for each in names))
            for form in ((), ("--format", "json"))
        )
        for kind, option, names in (
            ("screening", "unit", PLACES[:4]),
            ("roster", "unit", PLACES[:4]),
            ("villages", "unit", PLACES[:4]),
            ("site", "site", PLACES[4:]),
            ("patrols", "site", PLACES[4:]),
            ("disinfections", "site", PLACES[4:]),
            ("residents", "site", PLACES[4:]),
            ("staff", "site", PLACES[4:]),
            ("tests", "site", PLACES[4:]),
            ("home-checks", "unit", PLACES[:4]),
            ("follow-ups", "unit", PLACES[:4]),
            ("handover", "date", ["2021-06-07"]),
            ("ledger", "date", ["2021-06-07"]),
            *((each, "date", ["2021-06-07"]) for each in ("city", "presence", "calls", "daybook", "rota")),
            ("statistics", "date", ["2021-06-07"]),
            ("trends", "date", ["2021-06-07"]),
            ("marks", "date", ["2021-06-07"]),
        )
    },
    **{
        f"report {kind}": tuple(
            ("report", kind, "--person", person, *form)
            for person in (str(OTHER.id), f"person-{OTHER.id}")
            for form in ((), ("--format", "json"))
        )
        for kind in (*PAPER_KINDS, "temperatures")
    },
    "staff list": (("staff", "list"), ("staff", "list", "--json"), ("staff", "list", "2")),
    "rescreen": (("rescreen",), ("rescreen", "--json")),
    "handover": (("handover",), ("handover", "--json")),
    "export": (("export", "--json"),),
    "backup": (("backup", "."),),
    "views": (("views",), ("views", "--json")),
    "doctor": (("doctor",), ("doctor", "--json"), ("doctor", "--metrics")),
}
"""Commands as typed, by the name of what they read."""


@pytest.fixture(scope="module")
def folder(home: Path) -> Path:
    return limited_desk.make(home / "desk")


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    open_ = Gateway.__dict__["open"].__func__
    monkeypatch.setattr(open_, "__kwdefaults__", {**open_.__kwdefaults__, "clock": lambda: NOW})


def call(folder: Path, login: str, *typed: str) -> Result:
    told = CliRunner().invoke(program, ["--data", str(folder), *typed], obj=Invocation(identity=Identity(login)))
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told


def test_every_command_has_a_row_or_reads_nothing() -> None:
    opens_no_desk = {"acts", "assess", "door", "mirror", "salvage", "serve", "restore", "template", "warm"}
    every = {each for name in cli._COMMANDS for _, each in leaves(name)}
    named = {str(each.name) for each in every if not isinstance(each, ActCommand)}
    assert named - opens_no_desk - NO_READS - {"report"} == {name for name in named if name in READS}
    assert not NO_READS & set(READS)
    assert set(COMMANDS) == set(READS) - {str(each) for each in READING} | {"trail", "handover"}


def test_every_action_that_shows_something_has_a_row() -> None:
    shows_what_is_there = {"help", "board", "open", "unfold", "unmask", "sign_on", "repaint", "quit"}
    shows_what_is_there |= {
        "next_slice",
        "last_slice",
        "mark",
        "mark_all",
        "counts",
        "narrow",
        "day_before",
        "day_after",
        "save_report",
        "pages",  # each sheet that is chosen has a right of its own
        "copy_page",
        "page_before",
        "page_after",
        "page_days",
    }
    assert {each.id for each in ACTIONS if not each.writes} - shows_what_is_there == READING
    assert set(READS) >= READING


@pytest.mark.parametrize("login", [*LIMITED, STRANGER])
def test_no_name_of_another_in_any_output(login: str, folder: Path) -> None:
    others = names_for(login, WHOLE).others
    assert len(others) > 100
    for what, calls in COMMANDS.items():
        for typed in calls:
            told = call(folder, login, *typed)
            shown = told.stdout + told.stderr
            assert [name for name in others if name in shown] == [], (what, typed)
            if login == STRANGER and what != "verify":  # which asks at the door, below
                assert told.exit_code == 1 and "尚未签到" in told.stderr, typed
            elif login in LIMITED and LIMITED[login].role not in READS[what]:
                assert told.exit_code == 1 and told.stderr.count("\n") == 1 and "可由" in told.stderr, typed


def test_his_own_is_shown_and_the_office_sees_all(folder: Path) -> None:
    names = names_for("town", WHOLE)
    number = next(each.id for each in WHOLE.persons.values() if each.unit_id == UNIT and each.name in names.own)
    for login in ("town", OFFICER):
        assert WHOLE.persons[number].name in call(folder, login, "person", str(number)).stdout
    assert OTHER.name in call(folder, OFFICER, "person", str(OTHER.id)).stdout
    shown = json.loads(call(folder, OFFICER, "board", "--json").stdout)
    assert shown["own"] is None and len(shown["obligations"]) == len(board(WHOLE, NOW).obligations)
    assert json.loads(call(folder, "town", "board", "--json").stdout)["own"] == [f"unit-{UNIT}"]
    assert f"只含{WHOLE.units[UNIT].name}" in call(folder, "town", "board").stdout


def test_the_owner_of_a_one_person_folder_reads_it(folder: Path) -> None:
    assert OTHER.name in call(folder, own_identity().login, "person", str(OTHER.id)).stdout


def test_another_login_of_an_administrator_reads_as_that_one(folder: Path) -> None:
    told = call(folder, "admin", "--as", "town", "person", str(OTHER.id))
    assert told.exit_code == 1 and OTHER.name not in told.output


def test_a_stranger_at_the_door_is_not_told_of_lines_and_heads(folder: Path) -> None:
    who = Identity(STRANGER, address="10.0.3.9")
    told = CliRunner().invoke(program, ["verify"], obj=Invocation(data=folder, identity=who))
    assert told.exit_code == 1 and "尚未签到" in told.stderr and not told.stdout


KEYS: Final = (
    *(
        "f3",
        "b",
        "right",
        "f",
        "down",
        "e",
        "f10",
        "r",
        "d",
        "f10",
        "p",
        "f10",
        "f10",
        "f4",
        "down",
        "enter",
        "f10",
        "l",
        "f10",
        "f4",
        "v",
        "f10",
    ),
    *("f5", "down", "enter", "e", "f10", "w", "f10", "y", "escape", "f10", "f6", "down", "enter", "f10"),
    *("tab", "f10", "left", "left", "escape"),
    *("f7", "enter", "p", "f10", "f10", "f8", "f2", "down", "e", "f10", "w", "f10", "slash", "1", "escape"),
    *("f9", "end", "up", "enter", "escape", "f2", "f9", "end", "up", "up", "enter", "escape"),
)


@pytest.mark.parametrize("login", ["town", "site", "viewer", STRANGER])
@pytest.mark.usefixtures("faults_written")
async def test_no_name_of_another_on_any_screen(login: str, folder: Path) -> None:
    others = names_for(login, WHOLE).others
    app = DutyApp(lambda: Gateway.open(folder, Identity(login)), words("zh"))
    async with app.run_test(size=(120, 40)) as pilot:
        await until_open(pilot)
        for at, key in enumerate(KEYS):
            await pilot.press(key)
            shown = text(app)
            assert [name for name in others if name in shown] == [], (KEYS[: at + 1], shown)
            if not app.is_running:
                break
        assert not app.session.faults.known
