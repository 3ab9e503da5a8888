"""What every screen shares: the frame on top, a status line, the footer of keys, and the way actions reach it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, ParamSpec, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.events import Key, Resize, ScreenResume
from textual.screen import Screen
from textual.widget import Widget

from dutyboard.tui.actions import ACTIONS, ActionId, Context, ScreenId, why_not
from dutyboard.tui.screens import SCREENS
from dutyboard.tui.terminal.cells import Line, Tone, line_width
from dutyboard.tui.terminal.steady import Steady
from dutyboard.tui.text import Words
from dutyboard.tui.views.footer import action_keys, screen_keys
from dutyboard.tui.views.frame import frame_line
from dutyboard.tui.widgets.live_table import Row
from dutyboard.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from dutyboard.rules.board import Board
    from dutyboard.rules.records.obligation import Obligation
    from dutyboard.tui.app import DutyApp
    from dutyboard.tui.views.trail import RecordKey

P = ParamSpec("P")
MOVES = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end"})


class DutyScreen(Steady, Screen[None]):
    """A screen of the desk: `body` composes it, `show` paints it from the app's snapshot and the clock."""

    screen_id: ClassVar[ScreenId]
    AUTO_FOCUS = ""
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding(",".join(action.keys), f"act('{action.id}')", show=False)
        for action in ACTIONS
        if action.id not in ("quit", "discharge")
    ]
    DEFAULT_CSS = """
    DutyScreen { layout: vertical; background: $background; }
    DutyScreen #footer { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.frame = Painted(id="frame", height=1)
        self.status = Painted(id="status", height=1)
        self.screen_keys = Painted(height=1)
        self.action_keys = Painted(height=1)
        self._loading = False

    @property
    def desk(self) -> DutyApp:
        """The app, typed."""
        return cast("DutyApp", self.app)

    @property
    def words(self) -> Words:
        """The words in the desk's language."""
        return self.desk.words

    def compose(self) -> ComposeResult:
        """Frame, body, status, footer."""
        yield self.frame
        yield from self.body()
        yield self.status
        yield Horizontal(self.screen_keys, self.action_keys, id="footer")

    def body(self) -> Iterable[Widget]:
        """The screen's own widgets, top to bottom."""
        raise NotImplementedError

    def show(self, board: Board, now: datetime) -> None:
        """Paint the body. Called when the picture, the clock or the size changed while the screen is shown."""
        raise NotImplementedError

    def selected(self) -> Obligation | None:
        """The obligation under the cursor, as painted; None: the screen has no such thing."""
        return None

    def about(self) -> tuple[str, str] | None:
        """The subject that a note is about, and its name: that of the row under the cursor; None: the post."""
        owed = self.selected()
        return (owed.subject_id, owed.subject) if owed is not None else None

    def records(self) -> list[RecordKey]:
        """The records that the row under the cursor rests on."""
        from dutyboard.tui.views.trail import records_behind

        owed = self.selected()
        return records_behind(owed) if owed is not None else []

    def do_trail(self) -> None:
        """Who changed them, and when."""
        records = self.records()
        if records:
            from dutyboard.tui.screens.trail import show_trail

            show_trail(self.desk, records)
        else:
            self.say(self.words.why_not.nothing_selected, "soon")

    def context(self) -> Context:
        """What decides which actions can be done now."""
        desk = self.desk
        return Context(
            screen=self.screen_id,
            loaded=desk.snapshot is not None,
            signed_on=desk.me is not None,
            selected=self.selected(),
        )

    def repaint(self) -> None:
        """Paint everything anew from the app's picture; what did not change is not sent. A view that raises leaves
        what was painted before it, and the fault in the status line."""
        try:
            self._repaint()
        except Exception as error:
            self.desk.fault(error)

    def row(self, key: str, view: Callable[P, Line], *args: P.args, **named: P.kwargs) -> Row:
        """Return the row that a view makes; one that cannot be computed says so, and the other rows stand."""
        return Row(key, self.line(view, *args, **named))

    def line(self, view: Callable[P, Line], *args: P.args, **named: P.kwargs) -> Line:
        """Return the line that a view makes, else a line with type and place of the fault."""
        try:
            return view(*args, **named)
        except Exception as error:
            return self._not_computed(error)

    def lines(self, view: Callable[P, Iterable[Line]], *args: P.args, **named: P.kwargs) -> list[Line]:
        """Return the lines that a view makes, else one line with type and place of the fault."""
        try:
            return list(view(*args, **named))
        except Exception as error:
            return [self._not_computed(error)]

    def _not_computed(self, error: Exception) -> Line:
        fault = self.desk.faults.take(error)
        return ((f" {self.words.frame.not_computed.format(kind=fault.kind, place=fault.place)}", "late"),)

    def _repaint(self) -> None:
        cells = self.size.width or 80
        desk = self.desk
        self.paint_footer()
        if desk.snapshot is None:
            self._loading = True
            self.say(self.words.frame.loading)
            return
        if desk.board is None:
            return
        if self._loading:
            self._loading = False
            self.say("")
        me = desk.me
        sitting = next(
            (s for s in desk.board.seats if me is not None and s.state == "now" and s.officer_id == me.id), None
        )
        now = desk.board_now
        self.frame.paint([frame_line(desk.snapshot.desk, now, me.name if me else "", sitting, self.words, cells)])
        self.show(desk.board, now)

    def paint_footer(self) -> None:
        """The keys that work here and now. Two widgets, for Textual repaints a row from its widget's left edge on."""
        context = self.context()
        room = self.size.width or 80
        screens = screen_keys(context, self.words, room)
        cells = line_width(screens)
        self.screen_keys.styles.width = cells
        self.screen_keys.paint([screens])
        self.action_keys.paint([action_keys(context, self.words, room - cells)])

    def say(self, text: str, tone: Tone = "plain") -> None:
        """One line to the officer."""
        self.status.paint([((text, tone),)])

    def on_mount(self) -> None:
        """The first frame shows the keys already."""
        self.repaint()

    def on_screen_resume(self, _: ScreenResume) -> None:
        """Shown again: catch up with what happened meanwhile."""
        self.repaint()

    def on_key(self, event: Key) -> None:
        """What was said is read once the officer moves on."""
        if event.key in MOVES and self.status.lines and self.status.lines[0]:
            self.status.paint([()])

    def on_resize(self, _: Resize) -> None:
        """Another width shows other columns."""
        self.call_after_refresh(self.repaint)

    def action_act(self, action_id: ActionId) -> None:
        """Do an action of the registry, or say why it cannot be done now."""
        refused = why_not(_ACTION[action_id], self.context())
        if refused is not None:
            self.say(self.desk.why_not_sentence(refused), "soon")
            return
        if action_id in SCREENS and self.screen_id not in SCREENS:
            self.dismiss()  # so that coming back shows the list it was opened from
        own = getattr(self, f"do_{action_id}", None)
        if own is not None:
            own()
        else:
            self.desk.act(action_id)


_ACTION = {action.id: action for action in ACTIONS}


def load_screen(screen_id: ScreenId) -> DutyScreen:
    """Import a screen and make it. Raises KeyError when it is not in use yet."""
    module, _, name = SCREENS[screen_id].partition(":")
    made: DutyScreen = getattr(importlib.import_module(module), name)()
    return made
