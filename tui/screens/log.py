"""F6: the log, newest first, filtered by text. Below it stands the whole text of the entry under the cursor."""

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.records.model import Entry
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.filtered import FilteredScreen
from dutyboard.tui.screens.forms.post.amend import amend_form
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.terminal.masking import revealing
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.entry.names import entered_by
from dutyboard.tui.views.journal.trail import RecordKey
from dutyboard.tui.views.log import log_detail, log_entries, log_header, log_row
from dutyboard.tui.widgets.painted import Painted

DETAIL_ROWS = 5


class LogScreen(FilteredScreen):
    """The log. A new entry comes on top. The cursor stays on its entry, or on top if it is there."""

    screen_id = "log"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.detail = Painted(id="detail", height=DETAIL_ROWS)

    def below(self) -> Iterable[Widget]:
        """Return the whole entry under the cursor."""
        return (self.detail,)

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - the log does not depend on the clock
        """Paint rows and detail."""
        snapshot, cells = self.session.snapshot, self.size.width
        on_top = self.table.cursor == 0
        entries = self.kept(
            log_entries(snapshot),
            lambda entry: f"{entered_by(entry, snapshot)} {entry_text(entry, snapshot, self.words)}",
        )
        self.table.show_keys(
            self.heading(log_header(self.words, cells, len(entries))),
            [str(entry.id) for entry in entries],
            lambda number: self.line(log_row, entries[number], snapshot, self.words, cells),
            self.empty(self.words.screens.log_empty),
        )
        if on_top:
            self.table.action_to(0)
        self.paint_detail()

    def paint_detail(self) -> None:
        """Paint the lines about the row under the cursor."""
        key = self.table.selected
        snapshot, cells = self.session.snapshot, self.size.width
        entry = snapshot.entries.get(int(key)) if key else None
        lines = self.lines(log_detail, entry, snapshot, self.words, cells) if entry else []
        self.detail.paint(lines[:DETAIL_ROWS])

    def records(self) -> list[RecordKey]:
        """Return the entry under the cursor."""
        return [("entries", int(self.table.selected))] if self.table.selected is not None else []

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {**super().acts(), "open": self.open_entry, "amend": self.amend_entry}

    def entry(self) -> Entry | None:
        """Return the entry under the cursor."""
        key = self.table.selected
        return self.session.snapshot.entries.get(int(key)) if key else None

    def open_entry(self) -> None:
        """Open the whole entry as a page."""
        entry, said = self.entry(), self.words.amending
        if entry is None:
            self.say(self.words.why_not.nothing_selected, "soon")
            return
        title = said.entry_title.format(entry=entry.id)
        snapshot = self.session.snapshot

        def lines(cells: int) -> list[Line]:
            return log_detail(entry, snapshot, self.words, cells)

        with revealing(self.unmasked):
            self.session.open(PageScreen(self.session, title, lines, said.entry_footer))

    def amend_entry(self) -> None:
        """Open the form that corrects the entry under the cursor."""
        entry = self.entry()
        if entry is None:
            self.say(self.words.why_not.nothing_selected, "soon")
        else:
            amend_form(self.session, entry)
