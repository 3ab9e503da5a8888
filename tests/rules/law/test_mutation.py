"""Change a notice by one step, in each place where it says something: some expectation must fail for each.

The expectations are the worked cases and the hand-written ones beside this file, put to the changed notice. The share
that runs here is cut from tests/nightly/rules_mutation.py.
"""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from dutyboard.rules.law.notice import Notice, NoticeError, read_notice
from tests.rules.fact_sets import FILE
from tests.rules.law import (
    test_assess,
    test_bounds,
    test_national,
    test_notice_daily,
    test_oracle,
    test_plan,
    test_readings,
)
from tests.rules.law.mutants import Tree, mutants
from tests.shares import SHARES

NATIONAL = FILE.with_name("national-9-2022.toml")
SHARE = SHARES["rules"]["mutation"]["every"]
SAME_SHARE = SHARES["rules"]["mutation"]["every_same"]
Expectation = Callable[[], None]
HOLDERS: dict[str, tuple[tuple[ModuleType, str], ...]] = {
    FILE.name: tuple(
        (module, "NOTICE")
        for module in (test_oracle, test_readings, test_bounds, test_notice_daily, test_plan, test_assess)
    ),
    NATIONAL.name: ((test_national, "NOTICE"),),
}
"""The modules whose expectations are put to a notice, and the name under which each holds it."""


def expectations(module: ModuleType) -> list[Expectation]:
    """Return each expectation of a module as a call without arguments."""
    tests = [function for name, function in vars(module).items() if name.startswith("test_") and callable(function)]
    return [call for function in tests for call in calls_of(function)]


def calls_of(function: Callable[..., None]) -> list[Expectation]:
    """Return a test as calls without arguments, one a row of its parameters, and of each with each of several."""
    marks = [mark for mark in getattr(function, "pytestmark", []) if mark.name == "parametrize"]
    filled: list[dict[str, Any]] = [{}]
    for mark in marks:
        names, rows = mark.args[0], mark.args[1]
        keys = [names] if isinstance(names, str) and "," not in names else _listed(names)
        own = [dict(zip(keys, [row] if len(keys) == 1 else row)) for row in rows]
        filled = [{**before, **more} for before in filled for more in own]
    return [lambda values=values: function(**values) for values in filled]


def _listed(names: str | tuple[str, ...]) -> list[str]:
    return [each.strip() for each in names.split(",")] if isinstance(names, str) else list(names)


COUNTY, CITY = "risk_county_other", "risk_city_province_other"
RECENT = f"not recent_stay is high, medium, {COUNTY}"
THE_OTHER_BRANCH = "who is let in by this word is in the other branch already"
OPEN_IS_NOT_ASKED = "a stay of unknown level made it unknown, now it is no; neither opens the question"
THE_OTHER_STAYS_OPEN = "a stay of unknown level leaves the other branch unknown, and with it the row"
MACAU_IS_ABROAD = "who comes from abroad is an entrant in the first branch already"
UNKNOWN_MAY_BE_HIGH = "a stay of unknown level may be high or medium already"
SAME: dict[str, str] = {
    "questions arrival_unknown when.0.1: 'perhaps any_stay is high' -> 'perhaps any_stay is high, "
    "unknown'": UNKNOWN_MAY_BE_HIGH,
    f"questions arrived_long_ago when.1.1: 'perhaps any_stay is high, medium, {COUNTY}, {CITY}' -> 'perhaps any_stay "
    f"is high, medium, {COUNTY}, {CITY}, unknown'": UNKNOWN_MAY_BE_HIGH,
    "questions arrival_unknown when.2.1: 'perhaps any_stay is high, medium' -> 'perhaps any_stay is high, medium, "
    "unknown'": UNKNOWN_MAY_BE_HIGH,
    f"branches 3.8b when.0.1: 'any_stay is {CITY}' -> 'any_stay is {CITY}, {COUNTY}'": THE_OTHER_BRANCH,
    f"branches 3.8b when.1.1: 'old_stay is {COUNTY}' -> 'old_stay is {COUNTY}, {CITY}'": THE_OTHER_BRANCH,
    f"branches 3.8b when.1.2: '{RECENT}' -> '{RECENT}, {CITY}'": THE_OTHER_BRANCH,
    f"branches 3.8b when.1.2: '{RECENT}' -> '{RECENT}, unknown'": THE_OTHER_STAYS_OPEN,
    f"questions symptoms_unknown when.0.1: 'any_stay is {CITY}' -> 'any_stay is {CITY}, {COUNTY}'": THE_OTHER_BRANCH,
    f"questions symptoms_unknown when.1.1: 'old_stay is {COUNTY}' -> 'old_stay is {COUNTY}, {CITY}'": THE_OTHER_BRANCH,
    f"questions symptoms_unknown when.1.2: '{RECENT}' -> '{RECENT}, {CITY}'": THE_OTHER_BRANCH,
    f"questions symptoms_unknown when.0.2: '{RECENT}' -> '{RECENT}, unknown'": OPEN_IS_NOT_ASKED,
    f"questions symptoms_unknown when.1.2: '{RECENT}' -> '{RECENT}, unknown'": OPEN_IS_NOT_ASKED,
    **{
        f"branches inbound when.1.1: 'border is macau' -> 'border is macau, {other}'": MACAU_IS_ABROAD
        for other in ("foreign", "hongkong", "taiwan")
    },
}
"""Changes that change nothing which can be seen, and why: the notice says the same with them."""
BASES = {"lianyuan-2021-07": tomllib.loads(FILE.read_text(encoding="utf-8"))}
CALLS = {name: [call for module, _ in held for call in expectations(module)] for name, held in HOLDERS.items()}


@contextmanager
def held(name: str, changed: Notice) -> Iterator[None]:
    """Put the changed notice where the expectations look for theirs."""
    before = [(module, attribute, getattr(module, attribute)) for module, attribute in HOLDERS[name]]
    for module, attribute, _ in before:
        setattr(module, attribute, changed)
    try:
        yield
    finally:
        for module, attribute, original in before:
            setattr(module, attribute, original)


def killed(name: str, tree: Tree) -> bool:
    """Whether the loader refuses the changed notice, or an expectation fails on it."""
    try:
        changed = read_notice(tree, name, "", BASES)
    except NoticeError:
        return True
    with held(name, changed):
        return one_fails(CALLS[name])


def one_fails(calls: list[Expectation]) -> bool:
    """Return whether one of the calls fails, and put it before the others: the next change is often beside this one."""
    found = next((at for at, call in enumerate(calls) if fails(call)), None)
    if found is not None:
        calls.insert(0, calls.pop(found))
    return found is not None


def fails(call: Expectation) -> bool:
    try:
        call()
    except Exception:
        return True
    return False


def tree_of(name: str) -> dict[str, Any]:
    return tomllib.loads(FILE.with_name(name).read_text(encoding="utf-8"))


def changes_of(name: str) -> list[tuple[str, Tree]]:
    """Return every change of a notice that some expectation must notice."""
    return [each for each in mutants(tree_of(name)) if each[0] not in SAME]


def same_of(name: str) -> list[tuple[str, Tree]]:
    """Return the changes of a notice that change nothing."""
    return [each for each in mutants(tree_of(name)) if each[0] in SAME]


def survivors(name: str, changes: list[tuple[str, Tree]]) -> list[str]:
    """Return the changes that nothing noticed."""
    return [what for what, tree in changes if not killed(name, tree)]


def test_what_changes_nothing_is_a_change_and_survives() -> None:
    """The expectations hold on some of these changes of each notice, so they hold on the notice as it is."""
    found = {name: same_of(name) for name in HOLDERS}
    assert {what for same in found.values() for what, _ in same} == set(SAME)
    for name, same in found.items():
        tried = same[::SAME_SHARE]
        assert tried
        assert survivors(name, tried) == [what for what, _ in tried]


def test_every_change_of_a_notice_is_noticed(ran: Callable[[str], None]) -> None:
    for name, least in ((FILE.name, 2000), (NATIONAL.name, 500)):
        changes = changes_of(name)
        assert len(changes) > least
        tried = changes[::SHARE]
        alive = survivors(name, tried)
        ran(f"mutation: {name}: {len(tried)} of {len(changes)} changes, {len(alive)} survive")
        assert alive == []
