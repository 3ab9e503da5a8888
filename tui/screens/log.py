"""F6: the log, newest first, filtered by text; below it the whole text of the entry under the cursor."""

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget

from rules.board import Board
from tui import pinyin
from tui.cells import Line
from tui.screens.base import DutyScreen
from tui.views.log import entered_by, entry_text, log_detail, log_entries, log_header, log_row, masked_line
from tui.widgets.find_bar import FindBar
from tui.widgets.live_table import LiveTable, Row
from tui.widgets.painted import Painted

DETAIL_ROWS = 5


class LogScreen(DutyScreen):
    """The log. A new entry comes on top; the cursor stays on its entry, or on top if it is there."""

    screen_id = "log"

    def __init__(self) -> None:
        super().__init__()
        self.table = LiveTable(id="log")
        self.detail = Painted(id="detail", height=DETAIL_ROWS)
        self._filter = ""
        self._open = False

    def body(self) -> Iterable[Widget]:
        """The rows, the whole entry, the filter."""
        yield self.table
        yield self.detail
        yield FindBar(self.words.screens.find, self.words.screens.find_hint)

    def on_mount(self) -> None:
        """The table takes the keys."""
        self.table.focus()

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - the log does not depend on the clock
        """Paint rows and detail."""
        snapshot, cells = self.desk.the_snapshot, self.size.width
        on_top = self.table.cursor == 0
        entries = [
            entry
            for entry in log_entries(snapshot)
            if not self._filter
            or pinyin.matches(self._filter, f"{entered_by(entry, snapshot)} {entry_text(entry, snapshot, self.words)}")
        ]
        rows = [Row(str(entry.id), self._shown(log_row(entry, snapshot, self.words, cells))) for entry in entries]
        self.table.show(log_header(self.words, cells, len(rows)), rows, ((" " + self.words.screens.log_empty, "dim"),))
        if on_top:
            self.table.action_to(0)
        self._paint_detail()

    def _paint_detail(self) -> None:
        key = self.table.selected
        entry = self.desk.the_snapshot.entries.get(int(key)) if key else None
        lines = log_detail(entry, self.desk.the_snapshot, self.words, self.size.width) if entry else []
        self.detail.paint([self._shown(line) for line in lines[:DETAIL_ROWS]])

    def _shown(self, line: Line) -> Line:
        return line if self._open else masked_line(line)

    def do_unmask(self) -> None:
        """Show or mask the numbers of people."""
        self._open = not self._open
        self.repaint()

    def on_live_table_moved(self) -> None:
        """Another entry in full."""
        self._paint_detail()

    def do_find(self) -> None:
        """Ask for a filter."""
        self.query_one(FindBar).open()

    def on_find_bar_found(self, event: FindBar.Found) -> None:
        """Filter; initials once the dictionary is there."""
        self.table.focus()
        if pinyin.needs_pinyin(event.text):
            self.run_worker(lambda: self._filter_when_warm(event.text), thread=True, exclusive=True)
        else:
            self._filter_by(event.text)

    def _filter_when_warm(self, text: str) -> None:
        pinyin.warm()
        self.app.call_from_thread(self._filter_by, text)

    def _filter_by(self, text: str) -> None:
        self._filter = text
        self.repaint()
        self.table.action_to(0)
        self.say(self.words.screens.filtered.format(text=text, n=len(self.table.rows)) if text else "", "mark")
