"""Change each number and each condition of section three by one step: some expectation must fail for each.

The expectations are the worked cases and the hand-written ones beside this file, run against the changed notice.
"""

import re
from pathlib import Path

import pytest

from rules.notice import Notice, NoticeError, load_notice
from tests.rules import test_assess, test_bounds, test_plan
from tests.rules.fact_sets import FILE

TEXT = FILE.read_text(encoding="utf-8")
START = TEXT.index("[settings]")
WORDS: dict[str, str] = {"yes": "no", "no": "yes"}


def mutants() -> list[tuple[str, str]]:
    """Every changed text of section three, with what was changed and on which line."""
    out: list[tuple[str, str]] = []
    offset = 0
    for number, line in enumerate(TEXT.splitlines(keepends=True), 1):
        begin, offset = offset, offset + len(line)
        body = line.split(" #")[0]
        if begin < START or re.match(r"(row|clause|title|sentence|code|reading|readings|title_en|desk|\[|#)", body):
            continue
        for found in re.finditer(
            r"(?<![\w.])\d+(?![\w.])|true|false", re.sub(r'"3\.\d+[ab]?"', lambda m: "#" * len(m[0]), body)
        ):
            old = found[0]
            new = {"true": "false", "false": "true"}.get(old) or str(int(old) + 1)
            out.append((f"line {number}: {old} -> {new}", swap(begin + found.start(), old, new)))
        for found in re.finditer(r'"((?:not |lacks )?[a-z0-9_]+ (?:is|unknown|at|over|exactly)[^"]*)"', body):
            old = found[1]
            new = re.sub(r"^(not|lacks) ", "", old) if re.match(r"(not|lacks) ", old) else f"not {old}"
            out.append((f"line {number}: {old} -> {new}", swap(begin + found.start(1), old, new)))
    return out


def swap(at: int, old: str, new: str) -> str:
    assert TEXT[at : at + len(old)] == old
    return TEXT[:at] + new + TEXT[at + len(old) :]


MUTANTS = mutants()


def killed(text: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the loader refuses the changed notice, or an expectation fails on it."""
    try:
        changed = load_notice(text, Path(FILE).name)
    except NoticeError:
        return True
    return any(not expectation(changed, monkeypatch) for expectation in EXPECTATIONS)


def _holds(run: object, changed: Notice, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(test_assess, "NOTICE", changed)
    monkeypatch.setattr(test_plan, "NOTICE", changed)
    monkeypatch.setattr(test_bounds, "NOTICE", changed)
    try:
        run()  # type: ignore[operator]
    except Exception:
        return False
    return True


def _expectations() -> list[object]:
    """Each expectation of the two files as a call without arguments, its parameters filled in."""
    calls: list[object] = []
    for module in (test_bounds, test_assess, test_plan):
        for name, function in vars(module).items():
            if not name.startswith("test_") or not callable(function):
                continue
            marks = [mark for mark in getattr(function, "pytestmark", []) if mark.name == "parametrize"]
            if not marks:
                calls.append(function)
                continue
            names, rows = marks[0].args[0], marks[0].args[1]
            keys = [names] if isinstance(names, str) else list(names)
            for row in rows:
                values = dict(zip(keys, [row] if isinstance(names, str) else row))
                calls.append(lambda function=function, values=values: function(**values))
    return calls


CALLS = _expectations()
EXPECTATIONS = [lambda changed, monkeypatch, run=run: _holds(run, changed, monkeypatch) for run in CALLS]


def test_the_expectations_hold_on_the_notice_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not killed(TEXT, monkeypatch)


def test_every_change_of_the_notice_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    survivors = [what for what, text in MUTANTS if not killed(text, monkeypatch)]
    print(f"{len(MUTANTS)} changes, {len(survivors)} survive", *survivors, sep="\n")
    assert len(MUTANTS) > 200
    assert survivors == []
