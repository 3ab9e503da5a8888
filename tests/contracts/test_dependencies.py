"""Every package that the program asks for is imported by it: what nothing imports can only be a way in for others."""

import ast
import re
import tomllib
from pathlib import Path

TOP = Path(__file__).parents[2]
NAMED = {"python-stdnum": "stdnum", "python-calamine": "python_calamine"}
"""Packages whose module has another name."""
DATA = {"tzdata"}
"""Packages without a module of their own: the zones of systems that bring none."""


def asked() -> set[str]:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[^A-Za-z0-9_-]", line)[0] for line in project["dependencies"]}
    return {NAMED.get(name, name) for name in names - DATA}


def imported() -> set[str]:
    found: set[str] = set()
    for room in ("rules", "store", "tui"):
        for module in (TOP / room).rglob("*.py"):
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {each.name.split(".")[0] for each in node.names}
                elif isinstance(node, ast.ImportFrom):
                    found.add((node.module or "").split(".")[0])
    return found


def test_nothing_is_asked_for_that_nothing_imports() -> None:
    assert "tinydb" in asked()
    assert asked() - imported() == set()
