"""A person's stage is compared only where it is set, and by the one function each of `rules/people/stage.py`.

Ten places once asked `stage == "site"`, and whoever was held in a room for an answer was in none of the counts.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TOP = Path(__file__).parents[2]
ALLOWED: Final = frozenset(
    {
        "rules/people/stage.py",
        "rules/people/rooms.py",
        "rules/people/road.py",
        "rules/people/referral.py",
        "rules/people/contacts.py",  # how a close contact's record ended
        "rules/people/ending.py",
        "rules/duties/person/destination.py",
        "rules/duties/person/moves.py",
        "rules/duties/person/placement.py",
        "rules/duties/person/release.py",
        "tui/screens/forms/person/release.py",  # which stages a release ends
    }
)
"""Modules that set a stage, and those that say what it means."""
NO_PERSON: Final = frozenset({"test", "t", "sample", "told", "changed", "planned", "branch"})
"""Names of what has a stage of its own: a planned test, a sample, an entry."""


def comparisons(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of every comparison or count of somebody's `.stage`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            sides: list[ast.expr] = [node.left, *node.comparators]
        elif isinstance(node, ast.Match):
            sides = [node.subject]
        else:
            continue
        for side in sides:
            if isinstance(side, ast.Attribute) and side.attr == "stage" and ast.unparse(side.value) not in NO_PERSON:
                yield node.lineno, ast.unparse(side)


def product() -> Iterator[tuple[str, str]]:
    for room in ("rules", "tui"):
        for file in sorted((TOP / room).rglob("*.py")):
            name = file.relative_to(TOP).as_posix()
            if not name.startswith("rules/law/"):  # the letter knows no record
                yield name, file.read_text(encoding="utf-8")


def test_a_stage_is_compared_only_where_it_is_set() -> None:
    found = {name: list(comparisons(source)) for name, source in product()}
    assert {name: lines for name, lines in found.items() if lines and name not in ALLOWED} == {}
    assert {name for name, lines in found.items() if lines} == ALLOWED, "a module that compares no stage any more"


def test_the_search_sees_what_it_is_to_see() -> None:
    source = "person.stage == 'site' or p.stage not in ('home',) or 'x' in who.stage\nmatch he.stage:\n  case 1: pass"
    assert [text for _, text in comparisons(source)] == ["he.stage", "person.stage", "p.stage", "who.stage"]
    assert not list(comparisons("test.stage == 'site'\nperson.stage\nfirst_place(x) == 'site'"))
