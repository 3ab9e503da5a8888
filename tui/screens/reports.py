"""F7: the day's reports, who has sent them and who has not. Enter states one, or a new revision."""

from collections.abc import Iterable
from datetime import datetime

from textual.events import Key
from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.forms.post.report import report_form
from dutyboard.tui.session import Session
from dutyboard.tui.views.reports import countdown, report_row, reports_header, reports_owed
from dutyboard.tui.widgets.live_table import LiveTable
from dutyboard.tui.widgets.painted import Painted


class ReportsScreen(DutyScreen):
    """The reports of the day."""

    screen_id = "reports"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.countdown = Painted(height=1)
        self.table = LiveTable(id="reports")

    def body(self) -> Iterable[Widget]:
        """Yield the countdown and the rows."""
        yield self.countdown
        yield self.table

    def on_mount(self) -> None:
        """Give the keys to the table."""
        self.table.focus()

    def show(self, board: Board, now: datetime) -> None:
        """Paint the countdown and the rows."""
        snapshot = self.session.snapshot
        self.countdown.paint([countdown(board, now, snapshot, self.words)])
        owed_now = reports_owed(board)
        rows = [self.row(owed.id, report_row, owed, now, snapshot, self.words) for owed in owed_now]
        self.table.show(reports_header(self.words), rows, ((" " + self.words.screens.reports_empty, "dim"),))

    def selected(self) -> Obligation | None:
        """Return the report under the cursor."""
        return self.session.owed(self.table.selected or "")

    def on_key(self, event: Key) -> None:
        """Open the form on Enter."""
        if event.key == "enter" and self.focused is self.table:
            event.stop()
            event.prevent_default()
            owed = self.selected()
            if owed is None:
                self.say(self.words.why_not.nothing_selected, "soon")
            elif self.session.me is None:
                self.say(self.words.why_not.not_signed_on, "soon")
            else:
                report_form(self.session, owed)
