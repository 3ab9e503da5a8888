"""Change what carries a clause by one step: the tests that docs/coverage.md names for it must fail.

A row of section three is changed in every number and condition, in memory. Any other rule is changed by its step,
in a copy of the repository, where the named tests run in a process of their own.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from dutyboard.rules.law.notice import NoticeError, read_notice
from tests.contracts.coverage import COVERS, ROOT, Cover
from tests.contracts.steps import STEPS
from tests.rules.fact_sets import FILE
from tests.rules.law import test_mutation
from tests.rules.law.mutants import Tree, mutants

COPIED = ("rules", "store", "tui", "tests", "dutyboard", "pyproject.toml")
TREE = test_mutation.tree_of(FILE.name)
_CONDITION = re.compile(r"(when|release_when)\.\d+\.\d+: ")
_NUMBER = re.compile(r": \d+ -> \d+$")


def _rows_of(clause: str) -> list[str]:
    """Return the names of the rows of a clause; `3.11` stands for both of its branches."""
    return [row["name"] for row in TREE["branches"] if row["clause"] in (clause, f"{clause}a", f"{clause}b")]


def _changes(row: str) -> Iterator[tuple[str, Tree]]:
    """Yield each one-step change of a number or a condition of a row, with what it changes."""
    for what, tree in mutants(TREE):
        own = what.startswith(f"branches {row} ") and what not in test_mutation.SAME
        if own and (_CONDITION.search(what) or _NUMBER.search(what)):
            yield what, tree


def _noticed(tree: Tree, calls: list[test_mutation.Expectation]) -> bool:
    """Return whether the loader refuses the changed notice, or one of the calls fails on it."""
    try:
        changed = read_notice(tree, FILE.name, "")
    except NoticeError:
        return True
    with test_mutation.held(FILE.name, changed):
        return test_mutation.one_fails(calls)


def _calls(cover: Cover) -> list[test_mutation.Expectation]:
    """Return the named tests of a clause that are put to a notice as calls, their parameters filled in.

    Others work a desk, whose notice is not that of the module.
    """
    modules = {module.__name__: module for module, _ in test_mutation.HOLDERS[FILE.name]}
    calls: list[test_mutation.Expectation] = []
    for file, _, name in (test.partition(":") for test in cover.tests):
        if module := modules.get(file.removesuffix(".py").replace("/", ".")):
            calls += test_mutation.calls_of(getattr(module, name))
    return calls


LAW = [cover for cover in COVERS if cover.row]
CHANGED = [cover for cover in COVERS if cover.clause in STEPS]


def test_every_clause_that_a_program_carries_is_changed() -> None:
    assert [cover.clause for cover in COVERS if not (cover.otherwise or cover.row or cover.clause in STEPS)] == []
    assert [cover.clause for cover in LAW if cover.row not in _rows_of(cover.clause)] == []


@pytest.mark.parametrize("cover", LAW, ids=lambda cover: cover.clause)
def test_the_tests_named_for_a_row_notice_each_of_its_changes(cover: Cover) -> None:
    calls = _calls(cover)
    changes = [change for row in _rows_of(cover.clause) for change in _changes(row)]
    assert changes
    assert [what for what, tree in changes if not _noticed(tree, calls)] == []


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository in which a rule may be changed."""
    folder = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def _ran(copy: Path, cover: Cover) -> int:
    """Run the named tests of a clause in the copy; return pytest's exit code."""
    tests = [test.replace(":", "::") for test in cover.tests]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=copy, capture_output=True, check=False).returncode


SECONDS = count(1_000_000_000)


def _write(path: Path, text: str) -> None:
    """Write a module of the copy, at a second of its own: what was compiled of another text of it is not taken."""
    path.write_text(text, encoding="utf-8")
    at = next(SECONDS)
    os.utime(path, (at, at))


@pytest.mark.parametrize("cover", CHANGED, ids=lambda cover: cover.clause)
def test_the_tests_named_for_a_rule_notice_its_step(cover: Cover, copy: Path) -> None:
    before = {step.file: (copy / step.file).read_text(encoding="utf-8") for step in STEPS[cover.clause]}
    try:
        for step in STEPS[cover.clause]:
            text = (copy / step.file).read_text(encoding="utf-8")
            assert text.count(step.old) == 1, step
            _write(copy / step.file, text.replace(step.old, step.new))
        assert _ran(copy, cover) == pytest.ExitCode.TESTS_FAILED
    finally:
        for file, text in before.items():
            _write(copy / file, text)
