"""Every kind of duty stands once in the table `DUTIES`, has its words and its acts, and is seen in the sample."""

import ast
from collections import Counter
from datetime import datetime
from pathlib import Path
from types import FunctionType
from typing import get_args

import pytest

from dutyboard.rules import duties
from dutyboard.rules.board import board
from dutyboard.rules.duties import checks
from dutyboard.rules.duties.duty import AtSite, Duty, OfPerson
from dutyboard.rules.duties.every_duty import BY_KIND, DUTIES
from dutyboard.rules.records import commands as acts
from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.obligation import Kind
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.sample import busy_desk
from dutyboard.tui.screens.openers import OPENERS
from dutyboard.tui.text import LANGUAGES, words

KINDS = get_args(Kind)
SWITCHED_OFF = {"follow_up"}
"""Kinds that no notice of the program asks for (docs/another-notice.md)."""
FOLDER = Path(duties.__path__[0])
OWING = {"owed", "owed_at", "owed_for"}
"""Names of the functions that say what is owed."""


def test_every_kind_stands_once_in_the_table() -> None:
    assert Counter(kind for duty in DUTIES for kind in duty.kinds) == Counter(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_words(language: str) -> None:
    assert set(words(language).duties.kinds) == set(KINDS)


def test_enter_opens_something_for_every_kind() -> None:
    assert set(OPENERS) == set(KINDS)


def test_a_duty_is_discharged_by_acts_and_has_a_check_if_one_of_them_is_a_discharge() -> None:
    for duty in DUTIES:
        assert duty.by and set(duty.by) <= set(get_args(acts.Command)), duty.kinds
        assert (duty.check is not None) == (acts.Discharge in duty.by), duty.kinds


def test_the_sample_desk_shows_every_kind() -> None:
    now = datetime.fromisoformat("2021-06-07T19:40:00+08:00")
    notices = known_notices()
    records = busy_desk(OpenDesk(desk="疫情防控", admin_name="", notice="lianyuan-2021-07"), now, "root", notices)
    shown = board(Snapshot(notices_known=notices).applied(1, records), now)
    assert {owed.kind for owed in shown.obligations} == set(KINDS) - SWITCHED_OFF


def _function(duty: Duty) -> FunctionType:
    """Return the function by which a duty is owed, in whatever form."""
    form = duty.owed
    found = form.owed_for if isinstance(form, OfPerson) else form.owed_at if isinstance(form, AtSite) else form.owed
    assert isinstance(found, FunctionType)
    return found


def test_no_module_that_owes_is_missing_in_the_table() -> None:
    owing = {
        str(module.relative_to(FOLDER))
        for module in FOLDER.rglob("*.py")
        if any(isinstance(node, ast.FunctionDef) and node.name in OWING for node in ast.parse(module.read_text()).body)
    }
    named = {Path(_function(duty).__code__.co_filename).resolve() for duty in DUTIES}
    assert {str(path.relative_to(FOLDER.resolve())) for path in named} == owing


def test_checks_are_found_by_the_table_alone() -> None:
    source = Path(checks.__file__).read_text("utf-8")
    assert [name for name in KINDS if f'"{name}"' in source] == []
    assert set(BY_KIND) == set(KINDS)
