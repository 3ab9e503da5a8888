"""Both languages say the same things, and nothing that stands in a row is of ambiguous width."""

import ast
import string
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

import pytest

from dutyboard import tui
from dutyboard.rules.law.facts import FACT_KEYS
from dutyboard.rules.people.identity import IDENTITY
from dutyboard.rules.records.codes import EntryKind
from dutyboard.rules.records.obligation import Kind, State
from dutyboard.rules.records.refusals import CODES
from dutyboard.tui.actions import ACTIONS
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.terminal.cells import CUT, line_width, plain, width
from dutyboard.tui.text import Words, words
from dutyboard.tui.views import board, lists, log, people, reports, screening, settings
from dutyboard.tui.views.fields import ProblemCode
from dutyboard.tui.views.refusals import sentence

ZH, EN = words("zh"), words("en")

SECTIONS = tuple(name for name, value in vars(Words).items() if isinstance(value, cached_property))
BY_CODE = {"actions", "why_not", "refusals", "troubles"}
"""Sections whose fields are codes, read by them; other tests hold them to those codes."""


def sentences(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every text of a catalogue with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from sentences(each, f"{path}[{key}]")
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from sentences(each, f"{path}[{number}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from sentences(getattr(value, field.name), f"{path}.{field.name}")


def words_read() -> set[tuple[str, str]]:
    """(section, field) of every word that the program reads: `words.people.registered`, and what is read of a section
    that was given the section's own name or that of all words first."""
    read: set[tuple[str, str]] = set()
    for file in Path(tui.__path__[0]).rglob("*.py"):
        if file.is_relative_to(Path(tui.__path__[0]) / "text"):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {name: {name} for name in SECTIONS} | {"words": set(SECTIONS)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target, value in pairs(node.targets[0], node.value):
                    if isinstance(target, ast.Name) and isinstance(value, ast.Attribute) and value.attr in SECTIONS:
                        named.setdefault(target.id, set()).add(value.attr)
            elif isinstance(node, ast.arg) and isinstance(node.annotation, ast.Name) and node.annotation.id in CLASSES:
                named.setdefault(node.arg, set()).add(CLASSES[node.annotation.id])
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                of = node.value
                name = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
                read |= {(section, node.attr) for section in named.get(name, ())}
    return read


def pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """`a, b = x, y` as two assignments."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(target.elts, value.elts)
    else:
        yield target, value


CLASSES = {type(getattr(ZH, section)).__name__: section for section in SECTIONS}


def test_every_word_is_read_somewhere() -> None:
    """A word nobody says is dead weight in two languages."""
    read = words_read() | {("forms", code) for code in get_args(ProblemCode)}
    dead = [
        f"{section}.{field.name}"
        for section in SECTIONS
        if section not in BY_CODE
        for field in fields(getattr(ZH, section))
        if (section, field.name) not in read
    ]
    assert not dead


def placeholders(text: str) -> set[str]:
    return {name.split(":")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("section", SECTIONS)
def test_both_languages_have_the_same_sentences_with_the_same_placeholders(section: str) -> None:
    zh = dict(sentences(getattr(ZH, section), section))
    en = dict(sentences(getattr(EN, section), section))
    assert zh.keys() == en.keys()
    assert {path: placeholders(text) for path, text in zh.items()} == {
        path: placeholders(text) for path, text in en.items()
    }
    assert not [
        path
        for path, text in {**zh, **en}.items()
        if not text and not path.startswith(("duties.sections", "duties.items", "staff.causes[told]"))
    ]


@pytest.mark.parametrize("language", [ZH, EN])
@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_in_a_row_has_an_ambiguous_width(language: Any, section: str) -> None:
    odd = [
        (path, text)
        for path, text in sentences(getattr(language, section), section)
        if any(unicodedata.east_asian_width(c) == "A" for c in text)
    ]
    assert not odd


def test_every_refusal_has_its_sentence_in_both_languages() -> None:
    assert {field.name for field in fields(ZH.refusals)} == set(CODES)


def test_a_code_that_nobody_worded_still_says_that_nothing_was_lost() -> None:
    assert sentence(ZH, "never_heard_of", {}) == "未能完成（never_heard_of）。"


def test_a_field_that_was_not_carried_does_not_break_the_sentence() -> None:
    assert sentence(ZH, "already_done", {"by": "王芳"}) == "已由王芳于 ? 完成。"


@pytest.mark.parametrize("language", [ZH, EN])
def test_every_kind_state_slot_and_entry_is_named(language: Any) -> None:
    assert set(language.duties.kinds) == set(get_args(Kind))
    assert set(language.duties.states) == set(get_args(State))
    assert set(language.log.kinds) == set(get_args(EntryKind))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_slots_of_every_notice_fit_into_their_rows(language: str) -> None:
    """A head has 6 cells of its column; a name stands in a row, where no sign may be of ambiguous width."""
    for notice in known_notices().values():
        for slot in notice.daily.slots:
            head, name = slot.head.said_in(language), slot.name.said_in(language)
            assert width(head) <= 6, head
            assert not any(unicodedata.east_asian_width(sign) == "A" for sign in head + name), name


def test_every_action_is_worded() -> None:
    for action in ACTIONS:
        assert getattr(ZH.actions, action.id).short
        assert getattr(EN.actions, action.id).long


def test_a_language_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("fr")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refused_release_says_its_blockers_in_words(language: str) -> None:
    blockers = words(language).assess.blockers
    said = sentence(words(language), "gate_closed", {"blockers": tuple(blockers)})
    assert not [code for code in blockers if "_" in code and code in said], said
    assert all(text in said for text in blockers.values())


@pytest.mark.parametrize("key", sorted({*FACT_KEYS, *IDENTITY}))
def test_what_two_records_tell_unlike_is_named_in_words(key: str) -> None:
    """Fields of the record and facts: what `merge` and `settle` may name. English has the same tables."""
    for code, told in (("merge_differs", {"names": [key]}), ("nothing_unlike", {"person": "甲", "name": key})):
        assert key not in sentence(ZH, code, told)
    assert "司机" not in sentence(ZH, "text_too_long", {"name": key, "most": 9}), "the phone is whose it is"


@pytest.mark.parametrize("spoken", [ZH, EN], ids=["zh", "en"])
def test_no_heading_and_no_code_of_a_column_is_cut_at_80_cells(spoken: Words) -> None:
    headings = (
        log.log_header(spoken, 999, 999),
        board.table_header(spoken, 80, 999),
        lists.calls_header(spoken),
        lists.expiring_header(spoken),
        settings.settings_header(spoken),
        people.people_header(spoken, 80, 999),
        reports.reports_header(spoken),
        screening.queue_header(spoken, 80, 999),
    )
    assert not [plain(line) for line in headings if CUT in plain(line) or line_width(line) > 80]
    assert not [text for text in spoken.log.kinds.values() if width(text) > log.KIND_CELLS]
    stages = (*spoken.course.stages.values(), *spoken.course.ends.values(), spoken.course.on_road)
    assert not [text for text in stages if width(text) > people.STAGE_CELLS]
