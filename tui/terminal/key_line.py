"""Keys one at a time: the next is handed on when everything that the one before set off has been handled.

Textual gives a key to whatever has the focus when it is read, while a focus moves and a screen opens some messages
later: in a burst (a slow line, a fast hand, a paste) the keys behind an Enter would land in the field before.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event

LAPS: Final = 3
"""How often a key's way up is gone behind it: as itself (then its action runs), as what a field makes of it
(Submitted), and as what that is made into (Found)."""


class KeyLine:
    """Keys wait in line in the app's own task. `press` hands one to the screen; while `held` says so, none is."""

    def __init__(self, app: App[None], press: Callable[[Event], Awaitable[None]], held: Callable[[], bool]) -> None:
        self._app = app
        self._press = press
        self._held = held
        self._waiting: deque[Event] = deque()
        self._busy = False

    async def take(self, event: Event) -> None:
        """A key, or a paste, came."""
        self._waiting.append(event)
        await self.go_on()

    async def go_on(self) -> None:
        """Hand on the next key, if the one before is done with and nothing holds the line."""
        if self._busy or not self._waiting or self._held() or not self._app.is_running:
            return
        self._busy = True
        screen = self._app.screen
        target = self._app.focused or screen
        try:
            await self._press(self._waiting.popleft())
        finally:  # a key whose action raises must not stop those behind it
            self._follow(target, LAPS, lambda: self._opened(screen))

    def _follow(self, target: DOMNode, laps: int, then: Callable[[], object]) -> None:
        """Call `then` behind all that lies in the queues from `target` up to the app, so many times over."""
        if laps:
            self._climb(target, lambda: self._follow(target, laps - 1, then))
        else:
            then()

    def _climb(self, pump: DOMNode, then: Callable[[], object]) -> None:
        parent = pump.parent
        if parent is None:
            self._app.call_later(then)
        elif not pump.call_later(self._climb, parent, then):
            self._climb(parent, then)  # it has gone meanwhile

    def _opened(self, before: DOMNode) -> None:
        """Another screen may have come: its first focus is asked for while it is mounted."""
        if not self._app.is_running:
            return
        screen = self._app.screen
        if screen is before or not screen.call_later(self._app.call_later, self._done):
            self._app.call_later(self._done)

    async def _done(self) -> None:
        self._busy = False
        await self.go_on()
