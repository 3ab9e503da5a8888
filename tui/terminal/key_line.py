"""A queue of keys. The next key is handed on when all that the one before set off is handled.

Textual gives a key to the widget that has the focus when the key is read. But a focus moves, and a screen opens, some
messages later. In a burst (a slow line, a fast hand, a paste) the keys behind an Enter would land in the field before.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event

LAPS: Final = 3
"""Times that a key's way up to the app is followed before the next key.

The first is the key itself (then its action runs), the second what a field makes of it (Submitted), the third what that
is made into (Found).
"""


class KeyLine:
    """The queue of keys in the app's own task. `press` hands one to the screen, unless `held` returns True."""

    def __init__(self, app: App[None], press: Callable[[Event], Awaitable[None]], held: Callable[[], bool]) -> None:
        self._app = app
        self._press = press
        self._held = held
        self._waiting: deque[Event] = deque()
        self._busy = False

    async def take(self, event: Event) -> None:
        """Put a key or a paste into the queue."""
        self._waiting.append(event)
        await self.go_on()

    async def go_on(self) -> None:
        """Hand on the next key, if the one before is handled and nothing holds the queue."""
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
        """Call `then` behind all messages in the queues from `target` up to the app, after `laps` rounds."""
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
        """Wait for a screen that has opened meanwhile: its first focus is set while it is mounted."""
        if not self._app.is_running:
            return
        screen = self._app.screen
        if screen is before or not screen.call_later(self._app.call_later, self._done):
            self._app.call_later(self._done)

    async def _done(self) -> None:
        self._busy = False
        await self.go_on()
