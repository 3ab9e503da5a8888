"""The registry of actions: each can be reached whatever the input method does, and says why it cannot be done."""

import dataclasses
from dataclasses import replace
from functools import cache
from typing import Any, cast, get_args

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.actions import ACTIONS, BY_ID, TAKEN_BEFORE, ActionId, Context, action_of, why_not
from dutyboard.tui.screens import GLOBAL, SCREENS, imported
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.opened.calls import CallsScreen
from dutyboard.tui.screens.opened.clauses import ClausesScreen
from dutyboard.tui.screens.opened.expiring import ExpiringScreen
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.screens.rota.table import RotaScreen
from dutyboard.tui.screens.settings import SettingsScreen
from dutyboard.tui.session import Session
from dutyboard.tui.text import words
from dutyboard.tui.text.actions import WhyNotWords
from tests.tui.night import NIGHT, desk_at_night

FORBIDDEN = {"ctrl+a", "ctrl+b", "ctrl+s", "ctrl+q", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+c"}


@cache
def rows_of_the_night() -> tuple[Obligation, ...]:
    """The rows of the night's board."""
    return board(desk_at_night().snapshot, NIGHT).obligations


def owed(kind: str, state: str) -> Obligation:
    """A row of the night's board, in another state."""
    row = next(each for each in rows_of_the_night() if each.kind == kind)
    return replace(row, state=state)  # type: ignore[arg-type]


def context(row: Obligation | None = None, **more: object) -> Context:
    return Context(screen="board", selected=row, **more)  # type: ignore[arg-type]


def test_the_registry_is_whole() -> None:
    assert [action.id for action in ACTIONS] == list(dict.fromkeys(action.id for action in ACTIONS))
    assert set(BY_ID) == set(get_args(ActionId))


def test_every_action_is_done_where_its_key_works() -> None:
    """By the screen itself, else by what is the same everywhere. Enter on a row and Ctrl+L have tests of their own."""
    kinds: list[type[DutyScreen]] = [imported(place) for place in SCREENS.values()]
    kinds += [PersonScreen, CallsScreen, ExpiringScreen, SettingsScreen, RotaScreen, ClausesScreen]
    session = Session(cast(Any, None), cast(Any, None), words("zh"))
    for kind in kinds:
        screen = PersonScreen(session, 1) if kind is PersonScreen else kind(session)
        for action in ACTIONS:
            if action.id not in ("discharge", "repaint") and (not action.screens or screen.screen_id in action.screens):
                assert action.id in screen.acts() or action.id in SCREENS or action.id in GLOBAL, (kind, action.id)
        assert {key for key in screen.acts() if not _works(key, screen.screen_id)} <= {"unmask"}
    for place in GLOBAL.values():
        assert callable(imported(place))


def _works(action_id: ActionId, screen: str) -> bool:
    return not BY_ID[action_id].screens or screen in BY_ID[action_id].screens


def test_a_key_is_for_the_action_of_the_screen_that_is_shown() -> None:
    """Ctrl+Y is the certificates on F4 and the test on a person's page, Ctrl+K the calls, a site and the hand-off."""
    assert [action_of("ctrl+y", screen).id for screen in ("screening", "person")] == ["expiring", "test"]
    assert [action_of("ctrl+k", screen).id for screen in ("screening", "rounds", "person")] == [
        *("calls", "site", "hand_off"),
    ]
    for action in ACTIONS:
        for screen in action.screens if action.id not in TAKEN_BEFORE else ():
            assert {action_of(key, screen).id for key in action.keys} == {action.id}


def test_no_key_does_two_things_on_one_screen() -> None:
    for action in ACTIONS:
        for other in ACTIONS:
            if action.id != other.id and (not action.screens or not other.screens or action.screens & other.screens):
                assert not set(action.keys) & set(other.keys), (action.id, other.id)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_a_key_that_no_input_method_swallows(action: object) -> None:
    keys = action.keys  # type: ignore[attr-defined]
    others = ("enter", "left", "right", "tab")
    safe = [key for key in keys if key.startswith("ctrl+") or key in others or (key[0] == "f" and key[1:].isdigit())]
    assert safe
    assert not FORBIDDEN & set(keys)
    for key in keys:
        if len(key) == 1 and key.isascii() and key.isalpha():
            assert chr(ord(key) + 0xFEE0) in keys


@pytest.mark.parametrize(
    ("kind", "state", "action", "wanted"),
    [
        ("patrol", "late", "discharge", None),
        ("patrol", "open", "abnormal", None),
        ("patrol", "upcoming", "discharge", "not_open_yet"),
        ("patrol", "done", "discharge", "already_done"),
        ("patrol", "missed", "discharge", None),
        ("screening_report", "late", "abnormal", "not_abnormal"),
        ("handover", "open", "discharge", None),
        ("handover", "missed", "discharge", None),
        ("seat", "missed", "discharge", "window_closed"),
    ],
)
def test_why_a_row_cannot_be_acted_on(kind: str, state: str, action: ActionId, wanted: str | None) -> None:
    refused = why_not(BY_ID[action], context(owed(kind, state)))
    assert (refused.code if refused else None) == wanted


def test_why_an_action_cannot_be_done_at_all() -> None:
    assert why_not(BY_ID["discharge"], context()).code == "nothing_selected"  # type: ignore[union-attr]
    assert why_not(BY_ID["note"], context(signed_on=False)).code == "not_signed_on"  # type: ignore[union-attr]
    assert why_not(BY_ID["log"], context(loaded=False)).code == "loading"  # type: ignore[union-attr]
    assert why_not(BY_ID["sign_on"], context()).code == "already_signed_on"  # type: ignore[union-attr]
    assert why_not(BY_ID["log"], context(signed_on=False)) is None


def test_every_reason_is_worded() -> None:
    names = {field.name for field in dataclasses.fields(WhyNotWords)}
    for action in ACTIONS:
        for state in ("upcoming", "open", "late", "missed", "done"):
            for kind in ("patrol", "seat", "handover", "temperature", "screening_report"):
                refused = why_not(action, context(owed(kind, state)))
                assert refused is None or refused.code in names
