"""The desk on a terminal: holds the one picture and the clock, hands commands to the worker thread, and shows what
comes back. It knows screens, not epidemics.

One way: key -> command -> gateway (worker thread) -> message -> `snapshot` -> pure view -> rows that differ.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.text import Text
from textual import on
from textual.app import App
from textual.binding import Binding
from textual.events import Event, Key, Paste
from textual.timer import Timer

from dutyboard.tui.actions import ActionId, WhyNot
from dutyboard.tui.faults import Fault, Faults
from dutyboard.tui.link.messages import Answer, Answered, Fetched, Hangup, Loaded, Opened, Reply, Trouble, Troubled
from dutyboard.tui.link.worker import Desk, DeskThread
from dutyboard.tui.screens import SCREENS
from dutyboard.tui.screens.base import DutyScreen, load_screen
from dutyboard.tui.screens.opening import OpeningScreen
from dutyboard.tui.terminal.driver import DutyDriver
from dutyboard.tui.terminal.key_line import KeyLine
from dutyboard.tui.terminal.steady import Steady
from dutyboard.tui.terminal.theme import DUTY
from dutyboard.tui.text import Words
from dutyboard.tui.text import words as words_of

if TYPE_CHECKING:
    from dutyboard.rules.board import Board
    from dutyboard.rules.records.commands import Command
    from dutyboard.rules.records.model import Officer
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.tui.link.gateway import Gateway

MINUTE_SECONDS: Final = 60


class DutyApp(Steady, App[None], inherit_bindings=False):
    """The desk. `opener` is called in the worker thread."""

    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    AUTO_FOCUS = ""
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("f10,ctrl+d", "leave", show=False, priority=True),
        Binding("ctrl+c", "hint_leave", show=False, priority=True),
    ]
    CSS = """
    * { scrollbar-size: 0 0; }
    Screen { background: $background; color: $foreground; }
    """

    def __init__(self, opener: Callable[[], Desk], words: Words) -> None:
        super().__init__(driver_class=DutyDriver)
        self.register_theme(DUTY)
        self.theme = DUTY.name  # before the style sheet is read, which then is read once
        self.words = words
        self.snapshot: Snapshot | None = None
        self.board: Board | None = None
        self.board_now = datetime.now(UTC)
        self.trouble: str | None = None
        self.faults = Faults()
        self._ended_by: Fault | None = None
        self._thread = DeskThread(opener, self.post_message)
        self._tick: Timer | None = None
        self._keys = KeyLine(self, super().on_event, lambda: self._keys_wait)
        self._keys_wait = False

    # Life

    async def on_event(self, event: Event) -> None:
        """Keys wait in line; a form that is being saved holds them."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            await self._keys.take(event)
        else:
            await super().on_event(event)

    def on_mount(self) -> None:
        """Show the empty frame at once."""
        for screen_id in SCREENS:
            self.add_mode(screen_id, partial(load_screen, screen_id))
        self.push_screen(OpeningScreen())

    def on_ready(self) -> None:
        """The empty frame is on screen: only now is the desk opened, for a worker that imports and reads would hold
        the first frame up (one interpreter lock)."""
        self.screen.call_after_refresh(self._thread.start)

    def on_unmount(self) -> None:
        """Let the worker finish what it was saving."""
        self._thread.stop()

    def action_leave(self) -> None:
        """F10 leaves what is on top: a form (its draft is kept), else a screen for the board, else the program."""
        leave = getattr(self.screen, "leave", None)
        if leave is not None:
            leave()
        elif self.current_mode != "board" and self.snapshot is not None:
            self.act("board")
        else:
            self.exit()

    def action_hint_leave(self) -> None:
        """Ctrl+C is pressed by habit: say what leaves."""
        self.say(self.words.screens.leave_hint)

    # Faults

    def _handle_exception(self, error: Exception) -> None:
        """Take every exception that nothing else caught: of handlers, timers and workers.

        The program goes on with the picture it has. It ends only while there is none yet."""
        if self.snapshot is None:
            self._ended_by = self.faults.take(error)
            super()._handle_exception(error)
            return
        self.fault(error)
        self.release_keys()

    def fault(self, error: BaseException) -> None:
        """Write type and place of an exception into the file of faults, and say them in one line."""
        fault = self.faults.take(error)
        with suppress(Exception):  # nothing stands behind this line: what fails here must not end the program
            self.say(self.words.frame.fault.format(kind=fault.kind, place=fault.place), error=True)

    def _fatal_error(self) -> None:
        """Print type and place of the exception that ends the program, once the terminal is restored."""
        self._exit_renderables.append(Text(str(self._ended_by or "")))
        self._close_messages_no_wait()

    # The picture

    @property
    def me(self) -> Officer | None:
        """The officer who is signed on."""
        desk = self._thread.desk
        if desk is None or self.snapshot is None:
            return None
        return self.snapshot.officers.get(desk.actor.officer_id or 0)

    @property
    def the_snapshot(self) -> Snapshot:
        """The picture, where it is known to be there."""
        assert self.snapshot is not None
        return self.snapshot

    def now(self) -> datetime:
        """The desk's clock, in the desk's time zone. The desk must be open."""
        desk = self._thread.desk
        assert desk is not None
        return desk.now()

    @on(Opened)
    def _opened(self) -> None:
        self._next_minute()

    @on(Loaded)
    def _loaded(self, message: Loaded) -> None:
        first = self.snapshot is None
        self._take(message.snapshot)
        if first:
            self.switch_mode("board")
            if self.me is None:
                self.act("sign_on")

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        self._take(message.snapshot)
        message.reply(message.answer)
        self.release_keys()

    @on(Fetched)
    def _fetched(self, message: Fetched) -> None:
        message.reply(message.value)

    @on(Troubled)
    def _troubled(self, message: Troubled) -> None:
        self.trouble = self.trouble_sentence(message.trouble)
        if self.snapshot is None:
            self.exit(return_code=1)
        else:
            self.say(self.trouble, error=True)

    @on(Hangup)
    def _hung_up(self) -> None:
        self.exit()

    def _take(self, snapshot: Snapshot) -> None:
        if self.snapshot is None or snapshot.seq >= self.snapshot.seq:
            self.snapshot = snapshot
        self.compute()

    def compute(self) -> None:
        """Compute the board of this instant and paint the screen that is shown."""
        from dutyboard.rules.board import board

        if self.snapshot is None:
            return
        self.board_now = self.now()
        try:
            self.board = board(self.snapshot, self.board_now)
        except Exception as error:  # the board of the minute before stands
            self.fault(error)
        for screen in self.screen_stack:
            if isinstance(screen, DutyScreen) and screen.is_mounted:
                screen.repaint()

    def _next_minute(self) -> None:
        """The clock moves the board at every full minute of the desk."""
        now = self.now()
        left = MINUTE_SECONDS - now.second - now.microsecond / 1e6
        self._tick = self.set_timer(left + 0.05, self._minute)

    def _minute(self) -> None:
        self.compute()
        self._next_minute()

    # Commands

    def submit(self, command: Command, reply: Reply) -> None:
        """Have a command decided and saved. `reply` gets the answer after the new picture is in place.

        What a form or a choice sends may close it: until that is known, the keys typed behind it wait."""
        if not isinstance(self.screen, DutyScreen):
            self.hold_keys()
        self._thread.submit(command, reply)

    def fetch(self, work: Callable[[Any], Any], reply: Callable[[Any], None]) -> None:
        """Have something done with the gateway in the worker thread; `reply` gets its value, or a Trouble."""
        self._thread.fetch(work, reply)

    def open_form(self, work: Callable[[Any], Any], open_it: Callable[[Any], None]) -> None:
        """Have what a form proposes fetched; `open_it` gets it. The keys typed behind wait until the form is open."""

        def fetched(value: Any) -> None:
            if isinstance(value, Trouble):
                self.say(self.trouble_sentence(value), error=True)
            else:
                open_it(value)
            self.release_keys()

        self.hold_keys()
        self._thread.fetch(work, fetched)

    def hold_keys(self) -> None:
        """Something comes that the keys typed from now on are meant for: let them wait until `release_keys`."""
        self._keys_wait = True

    def release_keys(self) -> None:
        """It has come: hand on the keys that waited."""
        self._keys_wait = False
        self.call_later(self._keys.go_on)

    def act(self, action_id: ActionId) -> None:
        """Do an action that is the same on every screen."""
        from dutyboard.tui.screens import global_actions

        if action_id in SCREENS:
            self.switch_mode(action_id)
        elif action_id == "quit":
            self.action_leave()
        else:
            getattr(global_actions, action_id)(self)

    # Words

    def say(self, text: str, *, error: bool = False) -> None:
        """One line in the status line of the screen on top."""
        say = getattr(self.screen, "say", None)
        if say is not None:
            say(text, "late" if error else "plain")

    def answer_sentence(self, answer: Answer) -> str | None:
        """Why a command was not done, in one line; None: it was."""
        from dutyboard.rules.records.refusals import Refusal
        from dutyboard.rules.records.transaction import Accepted

        if isinstance(answer, Accepted):
            return None
        if isinstance(answer, Refusal):
            return self._sentence(answer.code, answer.fields)
        return self.trouble_sentence(answer)

    def trouble_sentence(self, trouble: Trouble) -> str:
        """A trouble of the store in one line."""
        return self._sentence(trouble.code, trouble.fields)

    def _sentence(self, code: str, fields: Any) -> str:
        from dutyboard.tui.views.refusals import sentence

        return sentence(self.words, code, fields, self.snapshot.zone if self.snapshot else None)

    def why_not_sentence(self, refused: WhyNot) -> str:
        """Why an action cannot be done now, in one line."""
        template: str = getattr(self.words.why_not, refused.code)
        fields: dict[str, Any] = dict(refused.fields)
        if self.snapshot is not None:
            if "opens" in fields:
                fields["opens"] = f"{fields['opens'].astimezone(self.snapshot.zone):%H:%M}"
            entry = self.snapshot.entries.get(fields.pop("entry", None) or 0)
            fields.setdefault("by", entry.done_by if entry else "?")
        return template.format(**fields)


def run_board(folder: Path, lang: str, acting_as: str | None = None) -> int:
    """Show the board of the desk in `folder` until the officer leaves; returns the exit code.

    The caller has called `tui.terminal.config.prepare` before anything imported Textual.
    """
    from dutyboard.tui.terminal import hangup

    def opener() -> Gateway:
        import dutyboard.tui.screens.board  # noqa: F401 - not on the UI loop, which shows it next
        from dutyboard.tui.link.gateway import Gateway

        return Gateway.open(folder, acting_as=acting_as)

    app = DutyApp(opener, words_of(lang))
    hangup.block()

    hangup.watch(lambda: app.post_message(Hangup()))
    app.run(mouse=False)
    if app.trouble is not None and app.snapshot is None:
        print(app.trouble, file=sys.stderr)
    return app.return_code or 0
