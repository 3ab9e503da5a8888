"""F4: who is still to be assessed, who waits too long first; Enter opens one, `+` writes down a phone call."""

from collections.abc import Iterable
from datetime import datetime

from textual.events import Key
from textual.widget import Widget

from rules.board import Board
from rules.screening import queue
from tui import pinyin
from tui.cells import Line
from tui.screens.base import DutyScreen
from tui.screens.person_form import assess
from tui.views.screening import queue_header, queue_row
from tui.widgets.find_bar import FindBar
from tui.widgets.live_table import LiveTable, Row


class ScreeningScreen(DutyScreen):
    """The queue of screening."""

    screen_id = "screening"

    def __init__(self) -> None:
        super().__init__()
        self.table = LiveTable(id="screening")
        self._filter = ""

    def body(self) -> Iterable[Widget]:
        """The rows, the filter."""
        yield self.table
        yield FindBar(self.words.screens.find, self.words.screens.find_hint)

    def on_mount(self) -> None:
        """The table takes the keys."""
        self.table.focus()

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - the queue is computed from the snapshot
        """Paint the queue."""
        waiting = [
            each
            for each in queue(self.desk.the_snapshot, now)
            if not self._filter or pinyin.matches(self._filter, f"{each.person.name} {each.person.origin}")
        ]
        cells = self.size.width
        rows = [Row(str(each.person.id), queue_row(each, now, self.words, cells)) for each in waiting]
        empty: Line = ((f" {self.words.people.queue_empty}", "dim"),)
        self.table.show(queue_header(self.words, cells, len(rows)), rows, empty)

    def do_find(self) -> None:
        """Ask for a filter."""
        self.query_one(FindBar).open(self._filter)

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

    def on_key(self, event: Key) -> None:
        """Enter: the person's form."""
        super().on_key(event)
        if event.key != "enter" or self.focused is not self.table or self.table.selected is None:
            return
        event.stop()
        event.prevent_default()
        if self.desk.me is None:
            self.say(self.words.why_not.not_signed_on, "soon")
            return
        assess(self.desk, self.desk.the_snapshot.persons[int(self.table.selected)])
