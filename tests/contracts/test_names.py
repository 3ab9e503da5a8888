"""No public name of a class or of a type stands twice in the project: one word, one thing.

A reader who greps for a name finds the class he means, and an import needs no second look.
"""

import ast
import re
from collections import defaultdict
from pathlib import Path

TOP = Path(__file__).parents[2]
ROOMS = ("rules", "store", "tui")

ALIAS = re.compile(r"^[A-Z]+[a-z]\w*$")


def types_of(source: str) -> list[str]:
    """Return the public classes and type aliases that a module defines at its top."""
    names: list[str] = []
    for node in ast.parse(source).body:
        match node:
            case ast.ClassDef(name=name) if not name.startswith("_"):
                names.append(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if ALIAS.fullmatch(
                name
            ):
                names.append(name)
    return names


def borne_twice() -> dict[str, list[str]]:
    """Return each name that two or more modules define as a type, with those modules."""
    places: dict[str, list[str]] = defaultdict(list)
    for room in ROOMS:
        for module in sorted((TOP / room).rglob("*.py")):
            for name in types_of(module.read_text(encoding="utf-8")):
                places[name].append(str(module.relative_to(TOP)))
    assert len(places) > 200, "too few types found: is the search still right?"
    return {name: modules for name, modules in sorted(places.items()) if len(modules) > 1}


def test_no_public_name_of_a_type_stands_twice() -> None:
    assert borne_twice() == {}


def test_the_search_sees_public_types_only() -> None:
    source = (
        "class Ab: pass\nclass _Bc: pass\nCd = int\nDe: TypeAlias = int\nEF = 1\ng = 2\ndef f():\n    class Gh: pass\n"
    )
    assert types_of(source) == ["Ab", "Cd", "De"]
