"""Every command has exactly one function that decides it. That each takes the command it is given, mypy proves."""

import ast
import re
from pathlib import Path
from typing import get_args

from dutyboard.rules import decide, sheet_acts
from dutyboard.rules.records.commands import Command


def decided() -> list[tuple[str, str]]:
    """(command, function) of each case of `rules/decide.py` and `rules/sheet_acts.py`."""
    found = []
    files = (decide.__file__, sheet_acts.__file__)
    for node in (each for file in files for each in ast.walk(ast.parse(Path(file).read_text("utf-8")))):
        match node:
            case ast.match_case(
                pattern=ast.MatchClass(cls=ast.Attribute(attr=command) | ast.Name(id=command)),
                body=[*by_need, ast.Return(value=ast.Call(func=ast.Name(id=function)))],
            ) if all(isinstance(each, ast.ImportFrom) for each in by_need):
                found.append((command, function))
    return found


def test_every_command_is_decided_once_by_the_function_of_its_name() -> None:
    commands = [command.__name__ for command in get_args(Command)]
    assert sorted(decided()) == sorted((name, "decide" + re.sub(r"(?=[A-Z])", "_", name).lower()) for name in commands)
