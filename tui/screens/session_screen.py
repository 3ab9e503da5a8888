"""The base of every screen: a session to work with, a status line, and a way to leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from textual import on
from textual.binding import Binding
from textual.events import Resize
from textual.screen import Screen
from textual.timer import Timer

from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, Tone, wrap
from dutyboard.tui.terminal.steady import Steady
from dutyboard.tui.text import Words
from dutyboard.tui.views.frame import page_heading
from dutyboard.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from dutyboard.tui.widgets.name_input import NameInput

MOVES: Final = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end"})
LEAVES: Final = frozenset({"escape", "f10", "ctrl+d"})
SCREEN_KEYS: Final = tuple(f"f{number}" for number in range(1, 10))
"""Keys that show a screen, or the help, wherever they are pressed."""
LEAST_SIZE: Final = (60, 20)
"""Cells and rows below which no screen is shown: nobody can tell there what a key would do."""
COUNT_SECONDS: Final = 1.0
"""Seconds between two counts of a work that takes long."""


def too_small(cells: int, rows: int) -> bool:
    """Return True if a terminal of so many cells and rows is covered."""
    return cells < LEAST_SIZE[0] or rows < LEAST_SIZE[1]


class SessionScreen(Steady, Screen[None]):
    """A screen of a session. A subclass yields `status` at the place of its status line."""

    AUTO_FOCUS = ""
    ESCAPE_TO_MINIMIZE = False
    BINDINGS = [Binding(key, f"key('{key}')", show=False) for key in SCREEN_KEYS]  # noqa: RUF012 - Textual's own way
    DEFAULT_CSS = """
    SessionScreen { layout: vertical; layers: default above; background: $background; }
    SessionScreen > #too-small { layer: above; position: absolute; width: 100%; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.status = Painted([()], id="status")
        self._cover_line = Painted(id="too-small", height=0)
        self._cover_line.styles.height = "100%"
        self._sentence: tuple[str, Tone] = ("", "plain")
        self._sentence_rows: tuple[Line, ...] = self.status.lines
        self._headed: tuple[Painted, str] | None = None
        self._counting: Timer | None = None
        self._counted = 0

    @property
    def words(self) -> Words:
        """The words in the officer's language."""
        return self.session.words

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Say something to the officer: in one row what is done, in several what he is to mend."""
        if self._counting is not None:
            self._counting.stop()
            self._counting = None
        self._sentence = text, tone
        rows = [text] if tone == "plain" else wrap(text, self.session.cells)
        self.status.paint([((row, tone),) for row in rows])
        self._sentence_rows = self.status.lines

    def say_working(self, text: str) -> None:
        """Say what is worked on, with the seconds that it takes, until something else is said."""
        self.say(text)
        self._counted = 0
        self._counting = self.set_interval(COUNT_SECONDS, self._count)

    def _count(self) -> None:
        if self._counting is None or self.status.lines is not self._sentence_rows:
            return
        self._counted += 1
        text, tone = self._sentence
        self.status.paint([((self.words.frame.working.format(text=text, n=self._counted), tone),)])
        self._sentence_rows = self.status.lines

    @on(Resize)
    def _cover_if_small(self) -> None:
        """Cover the screen with one line while the terminal is too small for it. What was typed stays beneath."""
        cells, rows = self.app.size
        small = too_small(cells, rows)
        if small and not self._cover_line.is_attached:
            self.mount(self._cover_line)
        self._cover_line.display = small
        if small:
            said = self.words.frame.too_small.format(least="{}x{}".format(*LEAST_SIZE), size=f"{cells}x{rows}")
            self._cover_line.paint([((row, "soon"),) for row in wrap(said, cells)])

    @on(Resize)
    def _fit_sentence(self) -> None:
        """Fit what was said last to the new width, where it still stands."""
        if self._counting is None and self.status.lines is self._sentence_rows and self._sentence[0]:
            SessionScreen.say(self, *self._sentence)

    def on_name_input_offered(self, event: NameInput.Offered) -> None:
        """Say which names fit what was typed; nothing once there is no choice."""
        names = self.words.marks.comma.join(event.names)
        self.say(self.words.forms.names_fit.format(names=names) if names else "", "mark")

    def titled(self, title: str) -> Painted:
        """Return the first line of a screen of this title. It tells of when the picture is where that is old."""
        self._headed = Painted(height=1, fill="frame"), title
        self._paint_heading()
        return self._headed[0]

    def repaint(self) -> None:
        """Paint what comes of the picture or the clock."""
        self._paint_heading()

    def _paint_heading(self) -> None:
        if self._headed is not None:
            line, title = self._headed
            now, cells = self.session.board_now, self.session.cells
            line.paint([page_heading(title, self.session.stopped_at, now, self.words, cells)])

    def takes_locked(self, key: str) -> bool:
        """Return True for a key that this screen takes while it is locked: it moves or leaves, and writes nothing."""
        return key in MOVES or key in LEAVES

    def mask(self) -> None:
        """Mask what was revealed, and empty the status line: the screen has locked."""
        self.status.paint([()])

    @property
    def unkept(self) -> tuple[str, Mapping[str, Any]] | None:
        """Key and content of a draft that may not be kept yet; None: there is none. Asked in any thread."""
        return None

    def action_key(self, key: str) -> None:
        """Say why a key of another screen does nothing: what was begun here is finished or left first."""
        self.say(self.words.screens.leave_first.format(key=key.upper()), "soon")

    def hand_on(self, key: str) -> None:
        """Leave, and do what a key does on the screen beneath."""
        self.leave()
        below = self.app.screen
        if below is not self and isinstance(below, SessionScreen):
            below.action_key(key)

    def leave(self) -> None:
        """Go back to the screen it was opened from."""
        self.dismiss()
