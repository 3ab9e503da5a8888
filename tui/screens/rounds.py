"""F3: every site's slots of a day, one key a cell. Of a past day what was missed can be told late."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from textual.events import Key, ScreenSuspend
from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.slots_on_day import slots_on_day
from dutyboard.tui.actions import BY_ID, why_not
from dutyboard.tui.link.messages import Trouble
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens import EXPLAIN, imported
from dutyboard.tui.screens.base import Acts, DutyScreen
from dutyboard.tui.screens.forms.site.site_state import choose_site
from dutyboard.tui.screens.opened.site_desk import SiteDeskScreen
from dutyboard.tui.screens.openers import discharge, state_abnormal
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.terminal.held_enter import HeldEnter
from dutyboard.tui.views.board import state_text, title
from dutyboard.tui.views.rounds.aside import cell_aside
from dutyboard.tui.views.rounds.matrix import (
    OWED_FIRST,
    Matrix,
    columns_shown,
    first_owed,
    matrix,
    matrix_header,
    matrix_row,
)
from dutyboard.tui.widgets.grid_cursor import GridCursor
from dutyboard.tui.widgets.painted import Painted
from dutyboard.tui.widgets.side_pane import SidePane

STEPS = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}


class RoundsScreen(DutyScreen):
    """The grid of slots. The cursor begins on a cell that is owed, and stays where it is while others work."""

    screen_id = "rounds"
    DEFAULT_CSS = """
    RoundsScreen #matrix { height: 1fr; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.grid = Painted(id="matrix", height=0)
        self.grid.styles.height = "1fr"
        self.detail = Painted(height=2)
        self.pane = SidePane(self.grid, self._beside, self.words.screens.pane_more)
        self._cursor = GridCursor()
        self._placed = False
        self._shown: Matrix | None = None
        self._day: date | None = None
        self._past: tuple[date, Snapshot, tuple[Obligation, ...]] | None = None
        self._reads = False
        self._enter = HeldEnter(self, self._act_on, lambda: self.say(self.words.screens.repeat_ignored, "soon"))

    def body(self) -> Iterable[Widget]:
        """Yield the grid, the cell under the cursor in words, and the meaning of the marks."""
        yield self.pane
        yield self.detail

    def _beside(self, cells: int) -> list[Line]:
        """Return the duty of the cell with what was told of it, and its site."""
        owed, session = self.selected(), self.session
        snapshot = self._past[1] if self._past is not None else session.snapshot
        return self.lines(cell_aside, owed, snapshot, session.board_now, self.words, cells) if owed is not None else []

    def show(self, board: Board, now: datetime) -> None:
        """Paint the grid around the cursor."""
        snapshot, past = self.session.snapshot, self._past_rows()
        if past is not None:
            snapshot, rows = past
            shown = self._shown = matrix(snapshot, rows, self._day or board.day)
        elif self._day is None:
            shown = self._shown = matrix(snapshot, board.obligations, board.day)
        else:
            return  # the day before stays until the worker has read this one
        self._cursor.fit(len(shown.cells), len(shown.slots))
        if not self._placed:
            self._placed = bool(shown.cells)
            self._place(shown)
        row, column = self._cursor.row, self._cursor.column
        room = max(1, self.grid.size.height - 2)
        rows_shown = self._cursor.rows_shown(room)
        columns = columns_shown(shown, column, self.grid.size.width)
        header = matrix_header(shown, columns, self.words)
        lines: list[Line] = [self._title(), header]
        for each in rows_shown:
            lines.append(self.line(matrix_row, shown, each, columns, column if each == row else None, snapshot))
        if not shown.cells:
            lines.append(((self.words.screens.no_sites, "dim"),))
        self.grid.paint(lines, row - rows_shown.start + 2 if shown.cells else None)
        owed = self.selected()
        detail: Line = ()
        if owed is not None:
            entry = snapshot.entries.get(owed.entry or 0)
            state = state_text(owed, now, snapshot.zone, self.words, entry)
            detail = ((f"{title(owed, self.words)}  {owed.owed_by}  {state}", "strong"),)
        self.detail.paint([detail, ((self.words.screens.rounds_legend, "dim"),)])
        self.pane.follow()
        self.paint_footer()  # the keys of the cell that is shown by now

    def _place(self, shown: Matrix) -> None:
        """Put the cursor on the first cell that is owed, unless it is on one that is."""
        owed = self.selected()
        if owed is None or owed.state not in OWED_FIRST:
            row, column = first_owed(shown)
            self._cursor.step(row - self._cursor.row, column - self._cursor.column)

    def on_screen_suspend(self, event: ScreenSuspend) -> None:
        """Begin on what is owed again after another screen. A form or a page leaves the cursor alone."""
        super().on_screen_suspend(event)
        if self.app.current_mode != self.screen_id:
            self._placed = False

    def selected(self) -> Obligation | None:
        """Return the obligation of the cell under the cursor."""
        if self._shown is None or not (self._shown.cells and self._shown.slots):
            return None
        return self._shown.cells[self._cursor.row][self._cursor.column]

    def _title(self) -> Line:
        said = self.words.screens
        return (
            ((said.rounds_title, "strong"),)
            if self._day is None
            else ((said.rounds_of_day.format(day=f"{self._day:%m-%d}"), "mark"),)
        )

    # Days

    def _step_day(self, by: int) -> None:
        """Show the day before or after; after yesterday comes today."""
        snapshot = self.session.snapshot
        today = snapshot.day_of(self.session.board_now)
        wanted = (self._day or today) + timedelta(days=by)
        if wanted < snapshot.day_of(desk_of(snapshot).opened_at):
            self.say(self.words.screens.no_day_before, "soon")
        elif wanted > today:
            self.say(self.words.screens.no_day_after, "soon")
        else:
            self._day = wanted if wanted < today else None
            self.repaint()

    def _past_rows(self) -> tuple[Snapshot, tuple[Obligation, ...]] | None:
        """Return picture and slots of the past day as read last, and have the worker read newer ones."""
        if self._day is None:
            self._past = None
            return None
        held, seq = self._past, self.session.snapshot.seq
        if held is None or held[0] != self._day or held[1].seq != seq:
            self._read_day(self._day)
        return (held[1], held[2]) if held is not None and held[0] == self._day else None

    def _read_day(self, day: date) -> None:
        if self._reads:
            return
        self._reads = True

        def read(told: tuple[Snapshot, tuple[Obligation, ...]] | Trouble) -> None:
            self._reads = False
            if isinstance(told, Trouble):
                self._day = None
                self.say(self.session.trouble_sentence(told), "late")
            else:
                self._past = (day, *told)
            self.repaint()

        def work(gateway: GatewayPort) -> tuple[Snapshot, tuple[Obligation, ...]]:
            whole = gateway.with_archived("entries", "reports")
            return whole, slots_on_day(whole, day, gateway.now())

        self.session.fetch(work, read)

    def on_key(self, event: Key) -> None:
        """Move a cell with the arrows. Enter discharges the cell and goes on to the next site below."""
        if event.key in STEPS:
            self._enter.other_key()
            self._cursor.step(*STEPS[event.key])
            self.repaint()
        elif event.key == "enter":
            owed = self.selected()
            self._enter.press(owed.id if owed else "", event.time)
        else:
            self._enter.other_key()
            return
        event.stop()

    def _act_on(self, key: str) -> None:
        """Act on a cell that got Enter, then move to the same slot of the next site."""
        owed = self.session.owed(key) if self._day is None else self._past_owed(key)
        refused = why_not(BY_ID["discharge"], replace(self.context(), selected=owed))
        if refused is not None:
            self.say(self.session.why_not_sentence(refused), "soon")
        elif owed is not None and discharge(self.session, owed):
            self._cursor.step(1, 0)
            self.repaint()

    def _past_owed(self, key: str) -> Obligation | None:
        rows = self._past[2] if self._past is not None else ()
        return next((each for each in rows if each.id == key), None)

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {
            **super().acts(),
            "abnormal": self.state_abnormal,
            "explain": self.explain,
            "site": self.set_site,
            "site_desk": self.open_site,
            "day_before": lambda: self._step_day(-1),
            "day_after": lambda: self._step_day(1),
        }

    def open_site(self) -> None:
        """Open the desk of the cursor's site."""
        owed = self.selected()
        if owed is None:
            self.say(self.words.screens.no_sites, "soon")
        else:
            self.session.open(SiteDeskScreen(self.session, owed.subject_id.number))

    def set_site(self) -> None:
        """Open the choice of a site to open or close, that of the cursor on top."""
        owed = self.selected()
        choose_site(self.session, owed.subject_id.number if owed is not None else 0)

    def state_abnormal(self) -> None:
        """Open the form that states what is wrong."""
        owed = self.selected()
        if owed is not None:
            state_abnormal(self.session, owed)

    def explain(self) -> None:
        """Open the page with clause, facts and history."""
        owed = self.selected()
        if owed is not None:
            imported(EXPLAIN)(self.session, owed)
