"""Every command of the rules has a way in. A command that nothing builds is an act that nobody can do (H1: for months
no officer could open a standby site)."""

import ast
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final, get_args

import click
import pytest

from dutyboard import tui
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.told.post import Called
from dutyboard.tui.acts.names import ACTS, act_fields
from dutyboard.tui.acts.shapes import SIGNING, schema
from dutyboard.tui.cli import program
from dutyboard.tui.commands.framework import CommandFamily, global_options, signing_options

SHEET = frozenset({"kind", "file", "dry_run", "report_to", "yes", "reason", "year", "map_file", "ignored"})
OTHERWISE: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "init": (
        frozenset({"desk", "admin_name", "notice", "timezone", "practice_starts"}),
        frozenset({"folder", "sample", "practice", "service"}),
    ),
    "pin set": (frozenset({"new"}), frozenset()),
    "pin reset": (frozenset({"code"}), frozenset()),
    "sign-on code": (frozenset({"code"}), frozenset()),
    "settings": (frozenset({"name", "value", "effective_from"}), frozenset({"act", "told", "starts"})),
    "shift": (
        frozenset({"seat", "officer", "starts", "ends", "days"}),
        frozenset({"words", "repeat", "officer", "starts", "ends"}),
    ),
    "keys add": (frozenset({"fingerprint"}), frozenset({"file", "officer", "keys_file"})),
    "keys remove": (frozenset({"login", "fingerprint"}), frozenset({"which", "keys_file"})),
    "shift change": (frozenset({"shift"}), frozenset({"words", "repeat"})),
    "shift swap": (
        frozenset({"shift", "other"}),
        frozenset({"words", "repeat", "officer", "starts", "ends"}),
    ),
    "shift cancel": (frozenset({"shift"}), frozenset({"words", "repeat", "officer", "starts", "ends"})),
    "handover": (frozenset({"obligation", "head", "by_name"}), frozenset({"yes"})),
    "check": (
        frozenset({"obligation", "details", "started", "first", "refused", "remarks"}),
        frozenset({"site", "slot", "file", "amend"}),
    ),
    "log": (frozenset({"call"}), frozenset(each.name for each in fields(Called)) | {"amend"}),
    "send-report": (frozenset({"subject"}), frozenset({"unit", "site"})),
    "register": (frozenset(), frozenset({"file"})),
    "correct": (frozenset(), frozenset({"pairs"})),
    "answer": (frozenset({"class", "facts"}), frozenset({"pairs"})),
    "move": (frozenset({"person", "site", "room"}), frozenset({"words", "from_site"})),
    "transfer start": (frozenset({"site", "room", "place"}), frozenset()),
    "transfer divert": (frozenset({"site", "room", "place"}), frozenset()),
    "confirm": (frozenset({"site"}), frozenset()),
    "positive": (frozenset(), frozenset({"yes"})),
    "amend": (frozenset({"instead"}), frozenset({"pairs", "readings"})),
    "suspect": (frozenset(), frozenset({"yes"})),
    "rules switch": (
        frozenset({"notice", "effective_from", "for_everyone"}),
        frozenset({"act", "notices_or_file", "starts", "everyone"}),
    ),
    "import roster": (frozenset({"sheets"}), SHEET),
    "import sites": (frozenset({"sites"}), SHEET),
    "import areas": (frozenset({"areas"}), SHEET),
    "import arrivals": (frozenset({"persons"}), SHEET),
    "headings": (frozenset({"sheet", "headings"}), frozenset({"act", "told"})),
    "import temperatures": (frozenset({"readings", "untaken"}), SHEET),
    "import rounds": (frozenset({"rounds", "untaken"}), SHEET),
    "import results": (frozenset({"results", "untaken"}), SHEET),
    "import contacts": (frozenset({"contacts"}), SHEET),
}
"""Where the form of a command differs from the fields of its act: the fields it fills otherwise, and what it takes for
them. A person's data is told in a file or as KEY=VALUE, so that its fields are nobody's options."""


NOT_ON_SCREEN: Final[Mapping[str, str]] = {
    "OpenDesk": "a desk is made by `init` or the first run, before any screen",
    **dict.fromkeys(("AddKey", "RemoveKey"), "keys are files of the account, which no screen of an officer reaches"),
}
"""Commands without a way in on screen, each with its reason."""


def test_every_command_is_made_on_screen() -> None:
    made = built_from(Path(tui.__path__[0]) / "screens")
    named = {command.__name__ for command in get_args(Command)}
    assert named - made == set(NOT_ON_SCREEN)


def built_from(folder: Path) -> set[str]:
    """The names that are called in a folder and in all of `tui/` that it imports, directly or not."""
    top = Path(tui.__path__[0])
    seen: set[Path] = set()
    left = list(folder.rglob("*.py"))
    called: set[str] = set()
    while left:
        file = left.pop()
        if file in seen:
            continue
        seen.add(file)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                called.add(node.func.id)
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dutyboard.tui."):
                module = top.joinpath(*str(node.module).split(".")[2:]).with_suffix(".py")
                left += [module] if module.exists() else []
    return called


def test_every_command_has_the_name_of_an_act() -> None:
    assert {act.command for act in ACTS.values()} == set(get_args(Command))


@pytest.mark.parametrize("name", ACTS)
def test_every_act_has_a_command_that_takes_its_fields(name: str) -> None:
    command: click.Command | None = program
    for word in name.split():
        if isinstance(command, click.Group):
            own = command.get_command(click.Context(program), word)
            command = own or (command.otherwise if isinstance(command, CommandFamily) else None)
    if isinstance(command, CommandFamily):
        command = command.otherwise
    assert command is not None
    every = (*global_options(), *signing_options())
    taken = {str(each.name) for each in command.params} - {str(each.name) for each in every} - {"as_json"}
    filled, otherwise = OTHERWISE.get(name, (frozenset(), frozenset()))
    assert filled <= set(act_fields(name))
    assert taken == (set(act_fields(name)) - filled) | otherwise


@pytest.mark.parametrize("name", ACTS)
def test_the_schema_lists_the_fields_of_an_act(name: str) -> None:
    listed = set(schema()["$defs"][name.replace(" ", "-")]["properties"])
    told = {"register", "correct"} & {name}
    own = {"act", "rid", *act_fields(name), *SIGNING}
    assert listed >= own if told else listed == own
