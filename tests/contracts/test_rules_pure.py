"""rules/ reads no clock and no file, loads nothing but the standard library, and states no number of the notice,
which stands in the notice's own file."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dutyboard import rules

RULES = Path(rules.__path__[0])
MODULES = sorted(RULES.rglob("*.py"))
CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "time", "time_ns", "monotonic", "perf_counter", "localtime"}
CLOCK_OWNERS = {"datetime", "date", "time"}
DOORS = {"open", "input", "print", "exec", "eval", "__import__"}
FILE_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes", "open", "mkdir", "unlink"}
OUTSIDE = {"os", "io", "pathlib", "time", "random", "secrets", "socket", "subprocess", "threading", "logging", "locale"}


NUMBERS_OF_THE_NOTICE = {7, 14, 17, 21, 48, 72, 80, 34.0, 37.3, 42.5}
"""Days, hours and thresholds of the notice that mean nothing else in a program (1 to 6 may)."""
OTHER_MEANING = {("switching.py", 14)}
"""The fourteen days that a switch of notices is looked at ahead are the desk's own."""


def impurities(source: str) -> Iterator[str]:
    """What a module does that a pure function may not, as `line: what`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] in OUTSIDE:
                    yield f"{node.lineno}: import {alias.name}"
        elif isinstance(node, ast.ImportFrom):
            if (node.module or "").split(".")[0] in OUTSIDE:
                yield f"{node.lineno}: from {node.module}"
        elif isinstance(node, ast.Call):
            yield from _called(node)


def _called(node: ast.Call) -> Iterator[str]:
    match node.func:
        case ast.Name(id=name) if name in DOORS:
            yield f"{node.lineno}: {name}()"
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in CLOCK_OWNERS and name in CLOCKS:
            yield f"{node.lineno}: {owner}.{name}()"
        case ast.Attribute(attr=name) if name in FILE_METHODS or name in {"now", "today", "utcnow"}:
            yield f"{node.lineno}: .{name}()"


def test_there_are_modules_to_look_at() -> None:
    assert {"board.py", "decide.py", "snapshot.py"} <= {module.name for module in MODULES}


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.stem)
def test_a_module_of_the_rules_is_pure(module: Path) -> None:
    assert list(impurities(module.read_text("utf-8"))) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.stem)
def test_a_module_of_the_rules_states_no_number_of_the_notice(module: Path) -> None:
    said = {
        (module.name, node.value)
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    }
    assert not {each for each in said if each[1] in NUMBERS_OF_THE_NOTICE} - OTHER_MEANING


@pytest.mark.parametrize(
    "source",
    [
        "open('x')",
        "print('x')",
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.datetime.now(tz)",
        "from datetime import date\ndate.today()",
        "import time",
        "from time import monotonic",
        "import os.path",
        "from pathlib import Path",
        "path.read_text()",
    ],
)
def test_the_look_finds_what_it_looks_for(source: str) -> None:
    assert list(impurities(source))


def test_importing_the_rules_loads_no_foreign_module() -> None:
    """In a fresh interpreter: what stands in site-packages and got loaded."""
    modules = [module.relative_to(RULES).with_suffix("").parts for module in MODULES if module.stem != "__init__"]
    names = [".".join(["dutyboard.rules", *parts]) for parts in modules]
    looked = (
        "import importlib, sys, sysconfig\n"
        "before = set(sys.modules)\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "foreign = {name.split('.')[0] for name in set(sys.modules) - before\n"
        "    if 'site-packages' in (getattr(sys.modules[name], '__file__', None) or '')}\n"
        "print(sorted(foreign - {'dutyboard'}))\n"
        "print(len(set(sys.modules) - before))\n"
    )
    ran = subprocess.run([sys.executable, "-c", looked], capture_output=True, text=True, check=True, cwd=RULES.parent)
    foreign, count = ran.stdout.splitlines()
    assert foreign == "[]"
    assert int(count) >= len(names)
