"""What a Pilot's screen shows, as text, and waits on conditions instead of sleeps."""

import asyncio
from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot

from dutyboard.tui.app import DutyApp
from dutyboard.tui.screens.opening import OpeningScreen
from dutyboard.tui.text import words
from tests.tui.night import FakeGateway

PATIENCE_SECONDS = 30


def app_of(desk: FakeGateway, language: str = "zh") -> DutyApp:
    """The app on a desk in memory."""
    return DutyApp(lambda: desk, words(language))


def shown(app: DutyApp) -> list[str]:
    """The rows of the screen, trailing blanks gone."""
    compositor = app.screen._compositor
    return [strip.text.rstrip() for strip in compositor.render_strips()]


def text(app: DutyApp) -> str:
    """The whole screen."""
    return "\n".join(shown(app))


async def until(pilot: Pilot[Any], condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition; what is on screen is told if it never comes."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE_SECONDS
    while not condition():
        if loop.time() > end:
            raise AssertionError(f"never came: {what}\n{text(pilot.app)}")  # type: ignore[arg-type]
        await pilot.pause(0.01)


async def until_shown(pilot: Pilot[Any], wanted: str) -> None:
    """Wait for a text on the screen."""
    await until(pilot, lambda: wanted in text(pilot.app), wanted)  # type: ignore[arg-type]


async def until_open(pilot: Pilot[Any]) -> None:
    """Wait until the desk is open and shown: what is pressed before acts on nothing."""
    app = pilot.app
    assert isinstance(app, DutyApp)
    shows = lambda: app.session.loaded and not isinstance(app.screen, OpeningScreen) and "F1" in text(app)  # noqa: E731
    await until(pilot, shows, "the desk")
