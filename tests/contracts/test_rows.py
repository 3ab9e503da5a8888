"""Nobody changes a row of the board once it is made, though its class is not frozen."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from dutyboard.rules.records.obligation import Obligation

TOP = Path(__file__).parents[2]
MODULES = sorted(module for room in ("rules", "tui") for module in (TOP / room).rglob("*.py"))
NO_ROW = {
    "tui/commands/framework.py": "setattr(call, name, value)",
    "tui/export/workbook.py": "sheet.oddFooter.right.text",
}
"""What sets a field of something else by its name, or one of that name."""
FIELDS = {each.name for each in fields(Obligation)}


def changes(source: str) -> Iterator[str]:
    """Yield each statement that sets or deletes a field of a row on something that is not the object's own `self`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del) and node.attr in FIELDS:
            if not (isinstance(node.value, ast.Name) and node.value.id == "self"):
                yield f"{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("setattr", "delattr"):
            yield f"{node.lineno}: {ast.unparse(node)}"


def test_no_module_changes_a_row() -> None:
    found = {
        (name, each)
        for module in MODULES
        for name in [str(module.relative_to(TOP))]
        for each in changes(module.read_text("utf-8"))
        if name not in NO_ROW or not each.endswith(NO_ROW[name])
    }
    assert found == set()


def test_a_method_of_a_row_changes_none_of_its_fields() -> None:
    source = (TOP / "rules" / "records" / "obligation.py").read_text("utf-8").replace("self", "row")
    assert list(changes(source)) == []


@pytest.mark.parametrize("source", ["row.state = 1", "row.count += 1", "del row.left", "setattr(row, 'state', 1)"])
def test_the_look_finds_what_it_looks_for(source: str) -> None:
    assert list(changes(source))
