"""Every test of the store runs on both homes of a desk, or stands in the one table that says why not."""

import ast
from pathlib import Path

import pytest

from tests.store.conftest import HOMES
from tests.store.files_alone import FILES_ALONE, reason


def test_every_test_runs_on_both_homes_or_says_why(request: pytest.FixtureRequest) -> None:
    homes: dict[str, set[str]] = {}
    for item in request.session.items:
        if isinstance(item, pytest.Function) and item.path.parent == Path(__file__).parent:
            of_class = item.getparent(pytest.Class)
            name = of_class.name if of_class else item.function.__name__
            home = getattr(item, "callspec", None) and item.callspec.params.get("home")
            homes.setdefault(f"{item.module.__name__} {name}", set()).add(home or "none")
    without = [each for each, found in homes.items() if len(found) < len(HOMES) and not reason(*each.split())]
    assert not without


def test_the_table_names_tests_that_there_are() -> None:
    there: set[str] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        there |= {path.stem} | {
            f"{path.stem}.{each.name}"
            for each in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(each, ast.FunctionDef | ast.ClassDef)
        }
    assert FILES_ALONE.keys() - there == {"test_model.TestDesk"}, "hypothesis makes that one"
