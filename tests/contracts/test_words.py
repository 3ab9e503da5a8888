"""Walls of the words room: a language is a folder, and nobody else asks which one is spoken."""

import ast
import inspect
import shutil
import subprocess
import sys
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from dutyboard import tui
from dutyboard.tui import text
from dutyboard.tui.text import LANGUAGES, Words, words

TUI = Path(tui.__path__[0])
TEXT = Path(text.__path__[0])


def modules(folder: Path) -> set[str]:
    """The modules of a folder and of the folders in it, by dotted name."""
    found = (file.relative_to(folder).with_suffix("").parts for file in folder.rglob("*.py"))
    return {".".join(parts) for parts in found if parts[-1] != "__init__" and parts[0] not in LANGUAGES}


MODULES = modules(TEXT)
PARTIAL = {("person", "answers"), ("person", "hints")}
"""Tables that word some codes only: fields with listed answers, fields whose form is not plain."""
SECTIONS = tuple(name for name, value in vars(Words).items() if isinstance(value, cached_property))


def test_every_language_is_a_folder_with_every_section() -> None:
    for language in LANGUAGES:
        assert modules(TEXT / language) == MODULES, language


def test_a_third_language_is_a_third_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(TEXT / "en", tmp_path / "xx")
    monkeypatch.setattr(text, "__path__", [*text.__path__, str(tmp_path)])
    for section in SECTIONS:
        assert getattr(Words("xx"), section) == getattr(words("en"), section)
    assert [name for name in sys.modules if name.startswith(f"{text.__name__}.xx.")]


def test_a_section_is_loaded_when_it_is_first_needed() -> None:
    """The first frame and commands of cron do not wait for sentences that they do not say."""
    code = f"from {text.__name__} import words; words('zh').frame; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if name.startswith(f"{text.__name__}.")}
    assert loaded == {f"{text.__name__}.{name}" for name in ("frame", "zh", "zh.frame")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_is_read_from_the_folder_of_its_language(language: str) -> None:
    """A section that `Words` does not offer, or a module with a second instance, is never said."""
    offered = [type(getattr(words(language), section)) for section in SECTIONS]
    assert len(set(offered)) == len(SECTIONS)
    named = {section: section.__module__.removeprefix(f"{text.__name__}.") for section in offered}
    assert set(named.values()) == MODULES
    for section in offered:
        module = import_module(f"{text.__name__}.{language}.{named[section]}")
        assert len([each for each in vars(module).values() if isinstance(each, section)]) == 1, section


def codes(key: Any) -> frozenset[str] | None:
    """The values of a Literal or of a union of Literals; None for any other type."""
    if get_origin(key) is Literal:
        return frozenset(get_args(key))
    if get_origin(key) is Union:
        parts = [codes(each) for each in get_args(key)]
        return frozenset().union(*(part for part in parts if part)) if all(parts) else None
    return None


def hints(section: type) -> dict[str, Any]:
    """The types of a section's fields, names imported only for the type checker included."""
    names: dict[str, Any] = {}

    tree = ast.parse(Path(inspect.getfile(section)).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("dutyboard."):
            module = import_module(node.module)
            names |= {alias.name: getattr(module, alias.name) for alias in node.names}
    return typing.get_type_hints(section, localns=names)


def tables() -> Iterator[tuple[str, str, frozenset[str]]]:
    """(section, field, codes) of every table of words that is keyed by a closed set of codes."""
    for section in SECTIONS:
        kind = type(getattr(words(LANGUAGES[0]), section))
        for name, hint in hints(kind).items():
            if get_origin(hint) is Mapping and (keys := codes(get_args(hint)[0])) is not None:
                if (section, name) in PARTIAL:
                    continue
                yield section, name, keys


def test_tables_by_code_are_found() -> None:
    assert ("assess", "holds") in {(section, name) for section, name, _ in tables()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section", "name", "keys"), tables())
def test_every_code_of_a_table_has_its_words(language: str, section: str, name: str, keys: frozenset[str]) -> None:
    """A Mapping is no type error when a code is missing; a program that looks it up then ends with a KeyError."""
    assert set(getattr(getattr(words(language), section), name)) == keys


def test_every_language_has_the_same_keys_in_every_table() -> None:
    for section in SECTIONS:
        spoken = [getattr(words(language), section) for language in LANGUAGES]
        for field in fields(spoken[0]):
            values = [getattr(each, field.name) for each in spoken]
            if isinstance(values[0], Mapping):
                assert all(each.keys() == values[0].keys() for each in values), (section, field.name)


def test_nobody_else_asks_which_language_is_spoken() -> None:
    """A choice by language outside of the words room is a sentence outside of the catalogue."""
    choices = []
    for file in TUI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))) if file != TEXT / "__init__.py" else ():
            parts: list[ast.expr | None] = []
            if isinstance(node, ast.Compare):
                parts = [node.left, *node.comparators]
            elif isinstance(node, ast.Dict):
                parts = [*node.keys]
            if any(speaks(part) for part in parts):
                choices.append(f"{file.relative_to(TUI)}:{getattr(node, 'lineno', 0)}")
    assert not choices


def speaks(part: ast.expr | None) -> bool:
    """True for `language`, `words.language` and the name of a language itself."""
    match part:
        case ast.Name(id="language" | "lang") | ast.Attribute(attr="language" | "lang"):
            return True
        case ast.Constant(value=value):
            return value in LANGUAGES
    return False
