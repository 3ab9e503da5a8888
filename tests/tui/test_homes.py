"""Desks of the screens' tests begin in one place, on both homes, and the table says who keeps to files."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.homes import ROOMS, makes_desks, share
from tests.homes_files_alone import FILES_ALONE
from tests.shares import SHARES
from tests.tui import test_alarms_on_board, test_pins, test_reads
from tests.tui.command_line import CommandLine

ROOT = Path(__file__).parents[2]
PAST = {"tests/tui/proofs/failures.py", "tests/tui/proofs/kills.py"}
"""Proofs that kill processes and fail the disk under the files' store: tests/engine/losses.py has the other home."""


def files() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_the_table_names_tests_that_there_are() -> None:
    there: set[str] = set()
    for name, module in files():
        dotted = name.removeprefix("tests/").removesuffix(".py").replace("/", ".")
        tests = (each for each in module.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
        there |= {dotted} | {f"{dotted}.{each.name}" for each in tests}
    assert not FILES_ALONE.keys() - there


def test_a_test_that_makes_a_desk_is_told_from_one_on_a_desk_in_memory() -> None:
    assert all(map(makes_desks, (CommandLine, test_pins.line, test_reads.folder.__wrapped__)))
    assert not makes_desks(
        test_alarms_on_board.test_one_key_says_that_an_alarm_was_seen_and_the_row_stays_with_the_name
    )


def test_what_a_share_leaves_out_is_of_the_other_home_and_of_size_one_it_is_all(request: pytest.FixtureRequest) -> None:
    items = request.session.items
    assert share(items, 1) == (items, [])
    for every in (SHARES["tui"]["homes"]["every"], 10**9):
        run, rest = share(items, every)
        assert len(run) + len(rest) == len(items)
        assert all(each.get_closest_marker("postgresql") and each.nodeid.startswith(ROOMS) for each in rest)


def test_no_desk_is_made_past_the_one_place() -> None:
    past = set()
    for name, module in files():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "Gateway.open":
                continue
            makes = any(each.arg == "create" for each in node.keywords)
            if makes and not ast.unparse(node.args[0]).startswith("begun("):
                past.add(name)
    assert past == PAST
