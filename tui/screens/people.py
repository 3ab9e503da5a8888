"""F5: everybody under control; Enter opens the form of what is owed for one: transfer, test or release."""

from collections.abc import Iterable
from datetime import datetime

from textual.events import Key
from textual.widget import Widget

from rules.board import Board
from tui import pinyin
from tui.cells import Line
from tui.screens.base import DutyScreen
from tui.screens.care_forms import care_form, owed_by_person
from tui.views.people import people_header, people_row, people_under_control
from tui.widgets.find_bar import FindBar
from tui.widgets.live_table import LiveTable, Row


class PeopleScreen(DutyScreen):
    """The people under control."""

    screen_id = "people"

    def __init__(self) -> None:
        super().__init__()
        self.table = LiveTable(id="people")
        self._filter = ""

    def body(self) -> Iterable[Widget]:
        """The rows, the filter."""
        yield self.table
        yield FindBar(self.words.screens.find, self.words.screens.find_hint)

    def on_mount(self) -> None:
        """The table takes the keys."""
        super().on_mount()
        self.table.focus()

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - computed from the snapshot
        """Paint the rows."""
        snapshot = self.desk.the_snapshot
        rows = [
            Row(str(person.id), people_row(person, snapshot, now, self.words))
            for person in people_under_control(snapshot)
            if not self._filter or pinyin.matches(self._filter, person.name)
        ]
        empty: Line = ((f" {self.words.people.persons_empty}", "dim"),)
        self.table.show(people_header(self.words, len(rows)), rows, empty)

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
        """Enter: the form of what is owed first."""
        super().on_key(event)
        if event.key != "enter" or self.focused is not self.table or self.table.selected is None:
            return
        event.stop()
        event.prevent_default()
        owed = owed_by_person(self.desk, self.desk.the_snapshot.persons[int(self.table.selected)])
        if self.desk.me is None:
            self.say(self.words.why_not.not_signed_on, "soon")
        elif owed is None:
            self.say(self.words.people.nothing_owed, "soon")
        else:
            care_form(self.desk, owed)
