"""Every code that an officer may be told has its sentence in each language, and no code is made outside its list.

A code without a sentence once ended imports with an error after the commit: the rows were on the desk, and the exit
code said that they were refused.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from dutyboard import rules, store, tui
from dutyboard.rules.records.codes import IdWarning, PhoneWarning
from dutyboard.rules.records.outcome import RowCode
from dutyboard.rules.records.refusals import FIELDS, Code
from dutyboard.tui.link.trouble import TroubleCode
from dutyboard.tui.sheets.notes import NoteCode
from dutyboard.tui.sheets.reader.intake_error import ErrorCode
from dutyboard.tui.terminal.config import TerminalProblem
from dutyboard.tui.text import LANGUAGES, Words, words
from tests.contracts.test_words import codes

RULES, STORE, TUI = Path(rules.__path__[0]), Path(store.__path__[0]), Path(tui.__path__[0])


def by_field(section: Any) -> Mapping[str, str]:
    """A section whose field names are codes."""
    return {field.name: getattr(section, field.name) for field in fields(section)}


WORDED: Mapping[str, tuple[Any, Callable[[Words], Mapping[Any, str]]]] = {
    "refusals": (Code, lambda spoken: by_field(spoken.refusals)),
    "troubles": (TroubleCode | TerminalProblem, lambda spoken: by_field(spoken.troubles)),
    "rows of a sheet": (NoteCode | RowCode, lambda spoken: spoken.sheets.rows),
    "files": (ErrorCode, lambda spoken: spoken.sheets.files),
    "warnings on a record": (IdWarning | PhoneWarning, lambda spoken: spoken.person.id_warnings),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WORDED)
def test_every_code_has_its_sentence(kind: str, language: str) -> None:
    made, said = WORDED[kind]
    sentences = said(words(language))
    known = codes(made)
    assert known and not [code for code in known if not sentences.get(code)]
    assert set(sentences) - known <= {"other"}  # a sentence for a code that nobody makes is dead


MADE = {"Refusal": Code, "IntakeError": ErrorCode, "StoreTrouble": TroubleCode}
"""Calls whose first argument is a code."""
NOTED = {"say": RowCode, "note": NoteCode, "RowNote": NoteCode, "ImportRow": RowCode}
"""Calls of which one argument is a code."""


def code_arguments(file: Path) -> Iterator[tuple[int, str, str]]:
    """(line, called, word) of every word that a call hands on as a code."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = node.args[:1] if called in MADE else node.args[1:] if called in NOTED else []
        for each in given:
            for part in ast.walk(each):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and "_" in part.value:
                    yield node.lineno, called, part.value


def test_no_code_is_made_outside_its_list() -> None:
    """The type checker sees most of it; a cast or an Any passes it by."""
    found = [
        (f"{file.parent.name}/{file.name}:{line}", called, word)
        for room in (RULES, TUI)
        for file in room.rglob("*.py")
        for line, called, word in code_arguments(file)
    ]
    assert {called for _, called, _ in found} >= {"Refusal", "IntakeError", "StoreTrouble", "say", "note"}
    lists = {**MADE, **NOTED}
    columns = {"id_no", "arrival_at", "left_on", "sampled_at", "", "pcr_at", "done_by"}
    assert not [each for each in found if each[2] not in (codes(lists[each[1]]) or ()) and each[2] not in columns]


def spoken_words(node: ast.AST) -> Iterator[str]:
    """Every word of a program but those of its Literal types."""
    if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "Literal":
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from spoken_words(child)


def test_every_code_is_made_somewhere() -> None:
    """A code that nobody makes keeps a dead sentence alive in every language."""
    files = [
        file for room in (RULES, TUI, STORE) for file in room.rglob("*.py") if not file.is_relative_to(TUI / "text")
    ]
    made = {word for file in files for word in spoken_words(ast.parse(file.read_text("utf-8")))}
    dead = {kind: sorted((codes(known) or frozenset()) - made) for kind, (known, _) in WORDED.items()}
    assert not {kind: each for kind, each in dead.items() if each}


def refusals(file: Path) -> Iterator[tuple[str, str, frozenset[str]]]:
    """(place, code, fields) of every refusal that a module makes."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
            place = f"{file.name}:{node.lineno}"
            given = node.args[1] if len(node.args) > 1 else ast.Dict(keys=[], values=[])
            assert isinstance(given, ast.Dict), f"{place}: write the fields where the refusal is made"
            names = frozenset(key.value for key in given.keys if isinstance(key, ast.Constant))
            yield place, node.args[0].value if isinstance(node.args[0], ast.Constant) else "", names


def test_every_refusal_carries_exactly_the_fields_of_its_code() -> None:
    """The type checker knows the fields' types, not which of them a code has."""
    made = [each for room in (RULES, TUI) for file in room.rglob("*.py") for each in refusals(file)]
    assert len(made) > 100
    assert not [each for each in made if each[1] and each[2] != frozenset(FIELDS.get(each[1], ()))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_names_only_what_its_refusal_carries(language: str) -> None:
    """A gap that no refusal fills shows as `?` to an officer."""
    gaps = {
        code: {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        for code, text in by_field(words(language).refusals).items()
    }
    assert not {code: names for code, names in gaps.items() if not names <= set(FIELDS.get(code, ()))}
