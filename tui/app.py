"""The program on the terminal. It knows screens, not epidemics.

It takes the keys, shows the screens of a session, and hands on the news of the worker thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import RenderableType
from rich.text import Text
from textual import on
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.binding import Binding
from textual.events import Event, Key, Paste, Resize
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from dutyboard.tui.actions import ModeId
from dutyboard.tui.faults import Fault
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.messages import (
    Answered,
    BoardAt,
    Faulted,
    Fetched,
    HungUp,
    Loaded,
    News,
    Opened,
    Trouble,
    Troubled,
)
from dutyboard.tui.link.worker import GatewayPort, GatewayThread
from dutyboard.tui.screens import SCREENS
from dutyboard.tui.screens.base import DutyScreen, load_screen
from dutyboard.tui.screens.opening import OpeningScreen
from dutyboard.tui.screens.session_screen import LEAVES, SessionScreen, too_small
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Tone
from dutyboard.tui.terminal.config import terminal_name, theme_wanted
from dutyboard.tui.terminal.driver import DutyDriver
from dutyboard.tui.terminal.key_line import KeyLine
from dutyboard.tui.terminal.screen_copy import CellUpdate, ScreenCopy
from dutyboard.tui.terminal.signal import signal
from dutyboard.tui.terminal.steady import Steady
from dutyboard.tui.terminal.theme import PALETTES, textual_theme, wear
from dutyboard.tui.terminal.theme_name import ThemeId, theme_named
from dutyboard.tui.text import Words
from dutyboard.tui.text import words as words_of

if TYPE_CHECKING:
    from dutyboard.rules.records.refusals import Refusal
    from dutyboard.tui.link.gateway import Gateway

MINUTE_SECONDS: Final = 60


class NewsCame(Message):
    """News of the worker thread on its way to the UI loop."""

    def __init__(self, news: News) -> None:
        super().__init__()
        self.news = news

    def can_replace(self, message: Message) -> bool:
        """Return True if both are pictures: a later one takes the place of one that is not shown yet."""
        return isinstance(self.news, Loaded) and isinstance(message, NewsCame) and isinstance(message.news, Loaded)


class DutyApp(Steady, App[None], inherit_bindings=False):
    """The app that shows the screens of one session. `opener` is called in the worker thread."""

    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    AUTO_FOCUS = ""
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("f10,ctrl+d", "leave", show=False, priority=True),
        Binding("ctrl+c", "hint_leave", show=False, priority=True),
        Binding("ctrl+l", "repaint", show=False, priority=True),
    ]
    CSS = """
    * { scrollbar-size: 0 0; }
    Screen { background: $background; color: $foreground; }
    """

    def __init__(self, opener: Callable[[], GatewayPort], words: Words) -> None:
        super().__init__(driver_class=DutyDriver)
        for each in PALETTES:
            self.register_theme(textual_theme(each))
        self._wear(theme_named(theme_wanted()))  # before the style sheet is read: it is read once
        self.trouble: str | None = None
        self._ended_by: Fault | None = None
        self._thread = GatewayThread(opener, lambda news: self.post_message(NewsCame(news)))
        self.session = Session(self, self._thread, words)
        self._tick: Timer | None = None
        self._keys = KeyLine(self, self._press, lambda: self._keys_wait)
        self._keys_wait = False
        self._shown = ScreenCopy()
        self._painted_size: Size | None = None
        self._shown_screen: Screen[object] | None = None

    def _wear(self, theme: ThemeId) -> None:
        wear(theme)
        self.theme = textual_theme(theme).name

    def wear(self, theme: ThemeId) -> None:
        """Paint everything in the colours of a theme."""
        self._wear(theme)
        for stack in self._screen_stacks.values():
            for screen in stack:
                screen.refresh(layout=True)
                for widget in screen.query("*"):
                    widget.refresh()

    def ring(self, text: str) -> None:
        """Ring the bell of the terminal, with a line that names nobody."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(signal(text, terminal_name()))

    # Life

    async def on_event(self, event: Event) -> None:
        """Put keys into the queue. A form that is being saved holds them."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            await self._keys.take(event)
        else:
            await super().on_event(event)

    async def _press(self, event: Event) -> None:
        """Hand a key to the screen on top, if that can be seen. While it is locked, one that acts asks for the PIN."""
        session = self.session
        if too_small(*self.size) and not (isinstance(event, Key) and event.key in LEAVES):
            return  # what it would do cannot be seen
        self._lock()
        if session.loaded and session.idle.locked and not self._only_looks(event):
            session.ask_unlock()
            return
        if session.loaded:
            session.idle.keyed(session.now())
        await super().on_event(event)

    def _only_looks(self, event: Event) -> bool:
        screen = self.screen
        return isinstance(screen, SessionScreen) and screen.takes_locked(event.key if isinstance(event, Key) else "")

    def _lock(self) -> None:
        """Lock the screen if nobody typed for too long: numbers that were revealed are masked again."""
        if not self.session.locks():
            return
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, SessionScreen):
                    screen.mask()
        self._repaint()
        self.say(self.session.words.pins.is_locked, "late")

    def unlocked(self) -> None:
        """Show that the screen acts again."""
        self._repaint()
        self.say(self.session.words.pins.unlocked)

    def on_mount(self) -> None:
        """Show the empty frame at once."""
        for screen_id in SCREENS:
            self.add_mode(screen_id, partial(load_screen, screen_id, self.session))
        self.push_screen(OpeningScreen(self.session))

    def on_ready(self) -> None:
        """Open the desk, now that the empty frame is on screen.

        A worker that imports and reads would delay the first frame, since there is one interpreter lock.
        """
        self.screen.call_after_refresh(self._thread.start)

    def on_unmount(self) -> None:
        """Let the worker finish its saving."""
        self._thread.stop()

    def action_leave(self) -> None:
        """Leave the screen on top (F10)."""
        if isinstance(self.screen, SessionScreen):
            self.screen.leave()

    def action_hint_leave(self) -> None:
        """Say which key leaves. Ctrl+C is pressed by habit."""
        self.say(self.session.words.screens.leave_hint)

    # Painting

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send the cells that differ from those shown. Another screen is sent whole, over whatever came in between."""
        if screen is not self._shown_screen:
            self._shown_screen = screen
            self._shown.forget()
        if isinstance(renderable, CompositorUpdate):
            renderable = CellUpdate(renderable, self._shown)
        super()._display(screen, renderable)

    def on_resize(self, event: Resize) -> None:
        """Expect nothing of a terminal that has changed its size: it has moved what it showed.

        The size it had means that the program goes on after a stop, or that another terminal took the session up.
        """
        self._shown.forget()
        if isinstance(self._driver, DutyDriver):
            self._driver.say_modes()
        if event.size == self._painted_size:
            self.screen.refresh()
        self._painted_size = event.size

    def action_repaint(self) -> None:
        """Paint the whole screen anew (Ctrl+L), over what another program wrote there."""
        self._shown.forget()
        self.screen.refresh()

    # Faults

    def _handle_exception(self, error: Exception) -> None:
        """Take every exception that nothing else caught: of handlers, timers and workers.

        The program goes on with the picture that it has. It ends only if there is none yet.
        """
        if not self.session.loaded:
            self._ended_by = self.session.faults.take(error)
            super()._handle_exception(error)
            return
        self.session.fault(error)
        self.release_keys()

    def _fatal_error(self) -> None:
        """Print type and place of the exception that ends the program, once the terminal is restored."""
        self._exit_renderables.append(Text(str(self._ended_by or "")))
        self._close_messages_no_wait()

    # News of the desk

    @on(NewsCame)
    def _came(self, message: NewsCame) -> None:
        match message.news:
            case Opened():
                self._next_minute()
            case Loaded(shown):
                self._loaded(shown)
            case Answered(answer, shown, reply):
                self._take(shown)
                reply(answer)
                self.release_keys()
            case Fetched(value, reply):
                reply(value)
            case Troubled(trouble):
                self._troubled(trouble)
            case Faulted(error):
                self._handle_exception(error)
            case HungUp():
                self.exit()

    def keep_drafts(self) -> None:
        """Write what was typed on every open screen. It is called in a thread of its own, when the line has dropped.

        What cannot be kept is lost: nobody is there to be told.
        """
        gateway = self._thread.gateway
        self.session.hung_up = True
        for screen in [each for stack in list(self._screen_stacks.values()) for each in list(stack)]:
            with suppress(Exception):
                if gateway is not None and isinstance(screen, SessionScreen) and screen.unkept is not None:
                    gateway.save_draft(*screen.unkept)

    def _loaded(self, shown: BoardAt) -> None:
        first = not self.session.loaded
        self._take(shown)
        if first:
            self.switch_mode("board")
            self.session.wear_kept()
            self.session.hear_kept()
            if self.session.me is None and isinstance(self.screen, DutyScreen):
                self.screen.act("sign_on")

    def _troubled(self, trouble: Trouble) -> None:
        self.trouble = self.session.trouble_sentence(trouble)
        if self.session.loaded:
            self.say(self.trouble, "late")
        else:
            self.exit(return_code=1)

    def _take(self, shown: BoardAt) -> None:
        was = self.session.stopped_at
        self.session.take(shown)
        self._repaint()
        if was is not None and shown.stopped_at is None:
            self.say(self.session.words.frame.goes_on)
        self.session.ring()

    def _repaint(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, SessionScreen) and screen.is_mounted:
                screen.repaint()

    def _next_minute(self) -> None:
        """Set the timer for the next full minute of the desk, for the clock moves the board."""
        now = self.session.now()
        left = MINUTE_SECONDS - now.second - now.microsecond / 1e6
        self._tick = self.set_timer(left + 0.05, self._minute)

    def _minute(self) -> None:
        self.session.look_at_clock()
        self.session.look_again()
        self._lock()
        self._next_minute()

    # What a session asks of its front

    @property
    def cells(self) -> int:
        """The width of the terminal in cells."""
        return self.size.width

    def show(self, screen_id: ModeId, aim: str = "") -> None:
        """Show one of the screens of the F-keys. `aim` is the key of the row for its cursor."""
        self.switch_mode(screen_id)
        if aim and isinstance(self.screen, DutyScreen):
            self.screen.aim(aim)

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Say one line in the status line of the screen on top."""
        if isinstance(self.screen, SessionScreen):
            self.screen.say(text, tone)

    def hold_keys(self) -> None:
        """Hold the keys typed from now on until `release_keys`."""
        self._keys_wait = True

    def release_keys(self) -> None:
        """Hand on the keys that were held."""
        self._keys_wait = False
        self.call_later(self._keys.go_on)

    def leave_desk(self) -> None:
        """End the program."""
        self.exit()

    def ask_pin(
        self,
        title: str,
        hint: str,
        typed: Callable[[str, object], object],
        left: Callable[[], object],
        *,
        unlocks: bool = False,
    ) -> None:
        """Open the line for a PIN above the screen on top. `unlocks`: keys come through to it while that is locked."""
        from dutyboard.tui.screens.forms.post.pin import PinScreen

        self.push_screen(PinScreen(self.session, title, hint, typed, left, unlocks=unlocks))

    def pick_leader(
        self,
        first: int | None,
        not_asked: Callable[[int], Refusal | None],
        picked: Callable[[int], object],
        left: Callable[[], object],
    ) -> None:
        """Open the list of the leaders above the screen on top."""
        from dutyboard.tui.screens.forms.post.pin import pick_leader

        pick_leader(self.session, first, not_asked, picked, left)

    def ask_reveal(self, about: str, shown: Callable[[], object]) -> None:
        """Open the form for the reason to see numbers above the screen on top."""
        from dutyboard.tui.screens.forms.post.reveal import reveal_form

        reveal_form(self.session, about, shown)


def run_board(folder: Path, identity: Identity, lang: str, acting_as: str | None = None) -> int:
    """Show the board of the desk in `folder` until the officer leaves; return the exit code.

    The caller has called `tui.terminal.config.prepare` before anything imported Textual.
    """
    from dutyboard.tui.link.stops import await_commit
    from dutyboard.tui.terminal import hangup

    def opener() -> Gateway:
        import dutyboard.tui.screens.board  # noqa: F401 - not on the UI loop, which shows it next
        from dutyboard.tui.link.gateway import Gateway

        return Gateway.open(folder, identity, acting_as=acting_as)

    app = DutyApp(opener, words_of(lang))
    hangup.block()

    hangup.watch(app.keep_drafts, lambda: app.post_message(NewsCame(HungUp())), await_commit)
    app.run(mouse=False)
    if app.trouble is not None and not app.session.loaded:
        print(app.trouble, file=sys.stderr)
    return app.return_code or 0
