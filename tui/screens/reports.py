"""F7: the day's reports, who has sent them and who has not. Enter opens one as it prints."""

from collections.abc import Callable, Iterable
from datetime import datetime

from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.duties.post.screening.city import sheet_of
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.base import Acts, DutyScreen
from dutyboard.tui.screens.forms.post.urge import urge_form
from dutyboard.tui.screens.opened.report import open_report, save_report, state_report
from dutyboard.tui.screens.printing.choose import choose_page
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.masking import revealing
from dutyboard.tui.views.reports import (
    call_line,
    countdown,
    forming,
    report_row,
    reports_counts,
    reports_header,
    reports_owed,
    tally,
)
from dutyboard.tui.widgets.live_table import LiveTable
from dutyboard.tui.widgets.painted import Painted


class ReportsScreen(DutyScreen):
    """The reports of the day."""

    screen_id = "reports"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.countdown = Painted(height=4)
        self.table = LiveTable(id="reports")
        self.whom = Painted(height=1)

    def body(self) -> Iterable[Widget]:
        """Yield the countdown with the counts and the forming total, the rows, and whom to call."""
        yield self.countdown
        yield self.table
        yield self.whom

    def on_mount(self) -> None:
        """Give the keys to the table."""
        self.table.focus()

    def show(self, board: Board, now: datetime) -> None:
        """Paint the countdown and the rows."""
        snapshot = self.session.snapshot
        owed_now = reports_owed(board)
        sheet = sheet_of(owed_now, snapshot, board.day)
        first = (*countdown(board, now, snapshot, self.words), *tally(sheet, self.words))
        counts = reports_counts(owed_now, board.day, self.words)
        self.countdown.paint([first, counts, *forming(sheet, self.words)])
        rows = [self.row(owed.id, report_row, owed, now, snapshot, self.words) for owed in owed_now]
        self.table.show(reports_header(self.words), rows, ((" " + self.words.screens.reports_empty, "dim"),))
        self.paint_whom()

    def paint_whom(self) -> None:
        """Paint whom to call about the row under the cursor."""
        with revealing(self.unmasked):
            line = self.line(call_line, self.selected(), self.session.board_now, self.session.snapshot, self.words)
            self.whom.paint([line])

    def on_live_table_moved(self) -> None:
        """Follow the cursor."""
        self.paint_whom()

    def selected(self) -> Obligation | None:
        """Return the report under the cursor."""
        return self.session.owed(self.table.selected or "")

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {
            **super().acts(),
            "open": lambda: self._with(open_report),
            "draft_report": lambda: self._with(state_report),
            "urge": lambda: self._with(urge_form),
            "unmask": self.toggle_mask,
            "pages": lambda: choose_page(self.session),
            "save_report": lambda: self._with(save_report),
        }

    def _with(self, act: Callable[[Session, Obligation], object]) -> None:
        owed = self.selected()
        if owed is None:
            self.say(self.words.why_not.nothing_selected, "soon")
        else:
            act(self.session, owed)
