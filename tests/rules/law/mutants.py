"""A notice changed by one step, in every place where it says something: each number, condition, word, day and name.

What is left alone says nothing that a rule could break: names of branches, titles, translations, and what only the
reader sees.
"""

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, get_args

from dutyboard.rules.law.conditions import parse
from dutyboard.rules.law.daily import SlotKind, Source
from dutyboard.rules.law.four_duties import SIDES
from dutyboard.rules.law.section_three import PLACES, AnswerOffice, HoldingPlace, HomeAfter, Start, Until
from dutyboard.rules.law.subjects import SUBJECTS, ChoiceSubject

Tree = dict[str, Any]
Path = tuple[str | int, ...]
LEFT_ALONE = {"title", "id", "base", "named_clause", "director_clause"}
WORDS: dict[str, Sequence[str]] = {
    "place": PLACES,
    "settled_by": PLACES,
    "start": get_args(Start),
    "until": get_args(Until),
    "after": get_args(HomeAfter),
    "certificate_counts_to": ("arrival", "assessment"),
    "source": get_args(Source),
    "kind": get_args(SlotKind),
    "side": SIDES,
}
_CLOCK = re.compile(r"(\d\d):(\d\d)")
_CONDITION = re.compile(r"(not |lacks |perhaps )?([a-z0-9_]+) (unknown|is (.+)|(at most|at least|over|exactly) (\d+))")


def mutants(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """Each changed tree, with what was changed in it."""
    for path, new in _changes(tree, tree, ()):
        yield f"{_named(tree, path)}: {_at(tree, path)!r} -> {new!r}", _with(tree, path, lambda _, new=new: new)
    for path in _droppable(tree, ()):
        yield f"{_named(tree, path)}: dropped {_at(tree, path)!r}"[:160], _without(tree, path)


def _changes(tree: Tree, node: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    key = _key(path)
    if key in LEFT_ALONE or (path and path[-1] == "en"):
        return
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _changes(tree, value, (*path, name))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _changes(tree, value, (*path, number))
    elif key in ("when", "release_when"):
        yield from ((path, each) for each in _conditions(node) if each != node)
    else:
        yield from ((path, each) for each in _steps(tree, key, node))


def _key(path: Path) -> str:
    """Return what a value is called: by its own key, or by its table where the key is a clause or a duty."""
    if path[:1] in (("sentences",), ("clauses",)):
        return str(path[0]).removesuffix("s")
    if path[:1] == ("offices",):
        return "name"
    if path[:2] == ("four_duties", "sides"):
        return "side"
    key = next((each for each in reversed(path) if isinstance(each, str) and each not in ("zh", "en")), "")
    return "id" if (path[:1], key) == (("branches",), "name") else key


def _steps(tree: Tree, key: str, value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
        if value > 1:
            yield value - 1
    elif isinstance(value, float):
        yield round(value + 0.1, 1)
    elif isinstance(value, datetime):
        yield value + timedelta(minutes=1)
    elif isinstance(value, date):
        yield value + timedelta(days=1)
    elif isinstance(value, str):
        yield from _words(tree, key, value)


def _words(tree: Tree, key: str, value: str) -> Iterator[str]:
    clock = _CLOCK.fullmatch(value)
    if clock:
        later = int(clock[1]) * 60 + int(clock[2]) + 1
        yield f"{later // 60:02}:{later % 60:02}" if value != "24:00" else "23:59"
    elif key in WORDS:
        yield _next(WORDS[key], value)
    elif key == "office":
        offices = list(tree.get("offices", ()))
        yield _next(offices if value in offices else get_args(AnswerOffice), value)
    elif key in ("worst", "provisional"):
        clauses = dict.fromkeys(row["clause"] for row in tree["branches"])
        yield _next([*clauses, *get_args(HoldingPlace), *(row["name"] for row in tree["branches"])], value)
    elif key == "reading":
        yield f"O{int(value[1:]) + 1}"
    elif key == "code" and value.isdecimal():
        yield str(int(value) + 1)
    elif key in ("clause", "code_prefix", "name", "head", "sentence"):
        yield value[:-1] if len(value) > 2 else value + "0"


def _next(words: Sequence[str], word: str) -> str:
    return words[(list(words).index(word) + 1) % len(words)]


def _conditions(text: str) -> Iterator[str]:
    """One condition turned round, with each of its words changed or left out, and its number moved both ways."""
    found = _CONDITION.fullmatch(text)
    assert found and parse(text)
    turn, subject, rest = found[1] or "", found[2], found[3]
    yield f"{subject} {rest}" if turn else f"not {text}"
    if found[4]:
        allowed = SUBJECTS[subject]
        assert isinstance(allowed, ChoiceSubject)
        words = found[4].split(", ")
        others = sorted(allowed.words - set(words))
        for at, word in enumerate(words):
            left = [each for each in words if each != word]
            if left:
                yield f"{turn}{subject} is {', '.join(left)}"
            elif others:
                yield f"{turn}{subject} is {others[at % len(others)]}"
        for other in others:
            yield f"{turn}{subject} is {', '.join([*words, other])}"
    if found[6]:
        for number in (int(found[6]) + 1, int(found[6]) - 1):
            yield f"{turn}{subject} {found[5]} {max(number, 0)}"


_LISTS = {"figures", "branches", "questions", "flags", "readings", "yields_to", "place_prefixes", "named"}


def _droppable(node: Any, path: Path) -> Iterator[Path]:
    """Whole rows, questions, flags, counties, prefixes and readings; conditions and branches where another is left."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in ("settled_by", "unclassed", "hands_over", "release_when", "yields_to", "suggested"):
                yield (*path, name)
            yield from _droppable(value, (*path, name))
    elif isinstance(node, list):
        key = next((each for each in reversed(path) if isinstance(each, str)), "")
        for number, value in enumerate(node):
            if key in _LISTS or (key in ("when", "release_when") and len(node) > 1):
                yield (*path, number)
            yield from _droppable(value, (*path, number))


def _at(tree: Any, path: Path) -> Any:
    for each in path:
        tree = tree[each]
    return tree


def _with(tree: Tree, path: Path, change: Callable[[Any], Any]) -> Tree:
    changed, holder = _copied(tree, path)
    holder[path[-1]] = change(holder[path[-1]])
    return changed


def _without(tree: Tree, path: Path) -> Tree:
    changed, holder = _copied(tree, path)
    del holder[path[-1]]
    return changed


def _copied(tree: Tree, path: Path) -> tuple[Tree, Any]:
    """Copy a tree along one path; return it and what holds the path's end. The rest is shared with the original."""
    changed = holder = copy.copy(tree)
    for each in path[:-1]:
        holder[each] = copy.copy(holder[each])  # type: ignore[index]
        holder = holder[each]  # type: ignore[index]
    return changed, holder


def _named(tree: Tree, path: Path) -> str:
    """`clauses 3.7b .when.0.1`: the row, question or slot by its own name."""
    if len(path) > 1 and isinstance(path[1], int) and isinstance(tree[str(path[0])][path[1]], dict):
        item = tree[str(path[0])][path[1]]
        name = item.get("id") or item.get("name") or item.get("code") or item.get("reading") or path[1]
        return f"{path[0]} {name} {'.'.join(map(str, path[2:]))}"
    return ".".join(map(str, path))
