"""Every kind of obligation has what Enter opens, and it opens: a table, so that none falls through in silence."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.tui import actions
from dutyboard.tui.screens import imported
from dutyboard.tui.screens.openers import ABNORMAL, OPENERS, discharge, state_abnormal
from tests.tui.monkey import NOW, sample
from tests.tui.night import FakeGateway
from tests.tui.screen_text import app_of, until, until_shown

KINDS: tuple[Kind, ...] = get_args(Kind)
ONE_KEY = {"patrol", "disinfection", "home_check", "staff_check", "advice"}


def test_every_kind_has_what_enter_opens() -> None:
    assert set(OPENERS) == set(KINDS)
    assert set(ABNORMAL) == actions.ABNORMAL
    for place in (*OPENERS.values(), *ABNORMAL.values()):
        assert callable(imported(place))


def owed(desk: FakeGateway, kind: Kind) -> Obligation:
    """A row of that kind of the sample desk, open now; of a kind that is not owed there, one about somebody inside."""
    rows = board(desk.snapshot, NOW).obligations
    found = next((each for each in rows if each.kind == kind), None)
    if found is None:
        inside = next(each for each in desk.snapshot.persons.values() if each.stage == "site")
        found = replace(rows[0], kind=kind, subject=inside.name, subject_id=subject_id(inside))
    return replace(found, state="open")


async def pressed(kind: Kind, act: Callable[[Any, Obligation], object]) -> None:
    """Act on a row of that kind: another screen comes, or a command that says it alone."""
    desk = FakeGateway(list(sample()), NOW)
    async with app_of(desk).run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "现在要做的事")
        before = pilot.app.screen
        act(pilot.app.session, owed(desk, kind))  # type: ignore[attr-defined]
        await until(pilot, lambda: pilot.app.screen is not before or bool(desk.commands), f"what {kind} opens")
        assert bool(desk.commands) == (kind in ONE_KEY and act is discharge)


@pytest.mark.parametrize("kind", KINDS)
async def test_enter_opens_a_screen_or_says_it_alone(kind: Kind) -> None:
    await pressed(kind, discharge)


@pytest.mark.parametrize("kind", sorted(ABNORMAL))
async def test_x_opens_the_form_of_what_was_wrong(kind: Kind) -> None:
    await pressed(kind, state_abnormal)


def test_a_kind_that_nobody_knows_is_no_silence() -> None:
    with pytest.raises(KeyError):
        discharge(None, replace(owed(FakeGateway(list(sample()), NOW), "seat"), kind="nobody"))  # type: ignore[arg-type]
