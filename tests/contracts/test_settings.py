"""Every setting that a desk may change is named, worded and read: one that nobody reads promises what never comes."""

import ast
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from dutyboard import rules, tui
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.records.codes import SettingName
from dutyboard.rules.records.settings import EMERGENCY, SETTINGS, Setting, settings_of
from dutyboard.tui.text import LANGUAGES, words
from tests.rules.fact_sets import notices

WRITERS = {"daily.py", "section_three.py", "settings.py", "timeline.py"}
"""Modules that read the notice or lay a value over it: what they name is not read yet."""
OTHER_VALUES = {
    "degrees": "36.9",
    "whole": "9",
    "times": "07:00 19:00",
    "window": "01:00/02:00/03:00",
    "places": "广东省 广州市",
}


@cache
def attributes_read() -> set[str]:
    """Return the names of all attributes that product code reads outside of the writers."""
    files = [*Path(rules.__path__[0]).rglob("*.py"), *Path(tui.__path__[0]).rglob("*.py")]
    trees = (ast.parse(file.read_text("utf-8")) for file in files if file.name not in WRITERS)
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def lies_in(notice: Notice, setting: Setting) -> set[str]:
    """Return the fields of a notice that hold another value once the setting has one."""
    form = setting.form
    held = form.write(setting.value_in(notice))
    other = OTHER_VALUES.get(form.kind) or next(word for word in form.words if word != held)
    laid = setting.laid_in(notice, form.read(other))
    parts: list[tuple[Any, Any]] = [
        (notice.daily.duty, laid.daily.duty),
        (notice.daily.thresholds, laid.daily.thresholds),
        (notice.daily.marks, laid.daily.marks),
        (notice.daily.roster_report, laid.daily.roster_report),
        (notice.daily.screening, laid.daily.screening),
        (notice.section_three.settings, laid.section_three.settings),
        *zip(notice.daily.slots, laid.daily.slots, strict=True),
    ]
    return {
        field.name
        for before, after in parts
        for field in fields(before)
        if getattr(before, field.name) != getattr(after, field.name)
    }


def test_the_table_holds_the_listed_names() -> None:
    assert set(SETTINGS) == set(get_args(SettingName))


@pytest.mark.parametrize("notice", notices().values(), ids=lambda notice: notice.id)
def test_every_setting_is_read_by_what_it_is_for(notice: Notice) -> None:
    read = attributes_read()
    unread = {
        name
        for name, setting in settings_of(notice).items()
        if name != EMERGENCY and not (lies_in(notice, setting) and lies_in(notice, setting) <= read)
    }
    assert not unread


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reading_to_be_confirmed_has_its_words(language: str) -> None:
    named = {each.reading for notice in notices().values() for each in settings_of(notice).values() if each.confirms}
    assert set(words(language).settings.readings) == named
