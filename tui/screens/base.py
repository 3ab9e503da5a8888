"""The base of the desk's screens: the frame on top, a status line, the footer of keys, and the actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, ParamSpec

from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Key, Resize, ScreenResume, ScreenSuspend
from textual.widget import Widget

from dutyboard.tui.actions import (
    ACTIONS,
    BY_ID,
    FROM_DESK_ACTS,
    READING,
    TAKEN_BEFORE,
    ActionId,
    Context,
    ModeId,
    ScreenId,
    action_of,
    why_not,
)
from dutyboard.tui.screens import GLOBAL, SCREENS, imported, is_mode
from dutyboard.tui.screens.session_screen import MOVES, SessionScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, Tone, line_width
from dutyboard.tui.terminal.masking import revealing
from dutyboard.tui.views.footer import action_keys, screen_keys
from dutyboard.tui.views.frame import frame_line
from dutyboard.tui.widgets.live_table import Row
from dutyboard.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from dutyboard.rules.board import Board, BrokenPart
    from dutyboard.rules.records.obligation import Obligation
    from dutyboard.tui.views.journal.trail import RecordKey

P = ParamSpec("P")
Acts = Mapping[ActionId, Callable[[], object]]
_LOOKS = frozenset(key for action in ACTIONS if is_mode(action.id) or action.id == "help" for key in action.keys)
"""Keys that show another screen and do nothing else."""


class DutyScreen(SessionScreen):
    """A screen of the desk. `body` composes it, `show` paints it from the session's picture and the clock."""

    screen_id: ClassVar[ScreenId]
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding(key, f"key('{key}')", show=False)
        for key in dict.fromkeys(key for action in ACTIONS if action.id not in TAKEN_BEFORE for key in action.keys)
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.frame = Painted(id="frame", height=1)
        self.footer = Painted(id="footer", height=1)
        self._loading = False
        self._leave_asked = False
        self.unmasked = False

    def compose(self) -> ComposeResult:
        """Yield frame, body, status and footer."""
        yield self.frame
        yield from self.body()
        yield self.status
        yield self.footer

    def body(self) -> Iterable[Widget]:
        """Yield the screen's own widgets, top to bottom."""
        raise NotImplementedError

    def show(self, board: Board, now: datetime) -> None:
        """Paint the body. It is called when the picture, the clock or the size changed while the screen is shown."""
        raise NotImplementedError

    def selected(self) -> Obligation | None:
        """Return the obligation under the cursor, as painted; None if the screen has no such row."""
        return None

    def aim(self, key: str) -> None:
        """Put the cursor on the row of a key, now or as soon as it is shown. A screen without rows does nothing."""

    def about(self) -> tuple[str, str] | None:
        """Return subject and name of the row under the cursor, for a note; None means the command post."""
        owed = self.selected()
        if owed is None:
            return None
        matter = self.session.snapshot.matters.get(owed.subject_id.number) if owed.subject_id.kind == "matter" else None
        return (matter.subject if matter else owed.subject_id, owed.subject)

    def records(self) -> list[RecordKey]:
        """Return the records behind the row under the cursor."""
        from dutyboard.tui.views.journal.trail import records_behind

        owed = self.selected()
        return records_behind(owed) if owed is not None else []

    def context(self) -> Context:
        """Return the facts that decide which actions are possible now."""
        session = self.session
        return Context(
            screen=self.screen_id,
            loaded=session.loaded,
            signed_on=session.me is not None,
            selected=self.selected(),
        )

    def leave(self) -> None:
        """Go back to the board; on the board, and while it opens, end the program on the second key. The first asks."""
        if self._leave_asked:
            self.session.leave_desk()
        elif self.screen_id != "board":
            self.session.show("board")
        else:
            self.say(self.words.screens.leave_asked, "soon")
            self._leave_asked = True

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Say something to the officer. A question that stood there is no longer asked."""
        self._leave_asked = False
        super().say(text, tone)

    # Painting

    def repaint(self) -> None:
        """Paint everything again from the session's picture. Unchanged rows are not sent.

        If a view raises, the screen keeps what was painted before, and the status line shows the fault.
        """
        try:
            with revealing(self.unmasked):
                self._repaint()
        except Exception as error:
            self.session.fault(error)

    def row(self, key: str, view: Callable[P, Line], *args: P.args, **named: P.kwargs) -> Row:
        """Return the row that a view makes. If the view raises, the row says so, and the other rows stand."""
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

    def failed_rows(self) -> list[Row]:
        """Return a row for each part of the board that could not be computed, named by person or kinds."""
        return [
            Row(f"fault-{number}", self._not_computed(each.error, self._failed(each)))
            for number, each in enumerate(self.session.failures, 1)
        ]

    def _failed(self, failure: BrokenPart) -> str:
        person = self.session.snapshot.persons.get(failure.person_id or 0)
        if person is not None:
            return f"{person.name} "
        return f"{' '.join(self.words.duties.kinds[kind] for kind in failure.kinds)} "

    def _not_computed(self, error: Exception, name: str = "") -> Line:
        fault = self.session.faults.take(error)
        return ((f" {name}{self.words.frame.not_computed.format(kind=fault.kind, place=fault.place)}", "late"),)

    def _repaint(self) -> None:
        cells = self.size.width or 80
        session, board = self.session, self.session.board
        self.paint_footer()
        if not session.loaded:
            self._loading = True
            self.say(self.words.frame.loading)
            return
        if board is None:
            return
        if self._loading:
            self._loading = False
            self.say("")
        me, now = session.me, session.board_now
        name = me.name if me else ""
        sitting = next((s for s in board.seats if me is not None and s.state == "now" and s.officer_id == me.id), None)
        if me is not None and sitting is None:
            name = self._off_shift(me.id, now) or name
        desk = session.snapshot.desk
        if me is not None and session.idle.locked:
            name, sitting = self.words.frame.locked.format(name=me.name), None
        stopped = session.stopped_at
        self.frame.paint([frame_line(desk, board.emergency, now, name, sitting, self.words, cells, stopped)])
        self.show(board, now)

    def _off_shift(self, officer_id: int, now: datetime) -> str:
        """Return that the shift of whoever works here has ended and nobody has relieved him; "" otherwise."""
        from dutyboard.tui.views.handover.heading import off_shift_text  # no first frame says so

        return off_shift_text(self.session.snapshot, officer_id, now, self.words)

    def paint_footer(self) -> None:
        """Paint the keys that work here and now."""
        context = self.context()
        room = self.size.width or 80
        screens = screen_keys(context, self.words, room)
        self.footer.paint([(*screens, *action_keys(context, self.words, room - line_width(screens)))])

    def on_mount(self) -> None:
        """Paint the first frame, which shows the keys already."""
        self.repaint()

    def on_screen_resume(self, _: ScreenResume) -> None:
        """Paint the screen again, with all that happened meanwhile."""
        self.repaint()

    def on_screen_suspend(self, _: ScreenSuspend) -> None:
        """Empty the status line: what was said there is old when the screen comes back."""
        self.say("")

    def on_resize(self, _: Resize) -> None:
        """Paint the columns that fit the new width."""
        self.call_after_refresh(self.repaint)

    # Actions

    def on_key(self, event: Key) -> None:
        """Clear the status line once the officer moves on. Any key takes the question of leaving back."""
        if self._leave_asked:
            self.say("")
        if event.key in MOVES and self.status.lines and self.status.lines[0]:
            self.status.paint([()])

    @property
    def viewed(self) -> str:
        """Name in the view log of what is shown here: the screen, or the subject that it is about."""
        return self.screen_id

    def toggle_mask(self) -> None:
        """Mask the numbers of people at once; show them once a reason stands in the view log."""
        if self.unmasked:
            self._unmask(False)
        else:
            self.session.reveal(self.viewed, lambda: self._unmask(True))

    def _unmask(self, shown: bool) -> None:
        self.unmasked = shown
        self.repaint()

    def takes_locked(self, key: str) -> bool:
        """Return True also for the keys that show another screen."""
        return key in _LOOKS or super().takes_locked(key)

    def mask(self) -> None:
        """Mask the numbers that were shown for a reason."""
        super().mask()
        self.unmasked = False

    def acts(self) -> Acts:
        """Return the actions of the registry that this screen does itself. The rest are the same on every screen."""
        return {"quit": self.leave}

    def action_key(self, key: str) -> None:
        """Do what a key does on this screen: two screens may use it for two actions."""
        self.act(action_of(key, self.screen_id).id)

    def act(self, action_id: ActionId) -> None:
        """Do an action of the registry, or say why it is not possible now."""
        refused = why_not(BY_ID[action_id], self.context())
        if refused is not None:
            self.say(self.session.why_not_sentence(refused), "soon")
            return
        if action_id in READING and not self.session.may_read(action_id):
            return
        opened = not is_mode(self.screen_id)
        if opened and (is_mode(action_id) or (action_id == "desk_acts" and self.screen_id in FROM_DESK_ACTS)):
            self.dismiss()  # so that coming back shows the list it was opened from
        own = self.acts().get(action_id)
        if own is not None:
            own()
        elif is_mode(action_id):
            self.session.show(action_id)
        else:
            act: Callable[[Session, DutyScreen], object] = imported(GLOBAL[action_id])
            act(self.session, self)


def load_screen(screen_id: ModeId, session: Session) -> DutyScreen:
    """Import a screen and make it. Raises KeyError for an unknown id."""
    made: DutyScreen = imported(SCREENS[screen_id])(session)
    return made
