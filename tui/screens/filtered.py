"""A screen of rows with a filter: `/` asks for a text or pinyin initials, an empty one shows all."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from textual.widget import Widget

from dutyboard.rules.records.model import Person
from dutyboard.tui.screens.base import Acts, DutyScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views import pinyin
from dutyboard.tui.widgets.find_bar import FindBar
from dutyboard.tui.widgets.live_table import LiveTable

T = TypeVar("T")


class FilteredScreen(DutyScreen):
    """`kept` leaves the rows that pass the filter. ID numbers and phones
    are masked until `unmasked`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.table = LiveTable(id="rows")
        self.filter_text = ""
        self.unmasked = False

    def body(self) -> Iterable[Widget]:
        """The rows, what stands below them, the filter."""
        yield self.table
        yield from self.below()
        yield FindBar(self.words.screens.find, self.words.screens.find_hint)

    def aim(self, key: str) -> None:
        """Put the cursor on the row of a key, now or as soon as it is shown."""
        self.table.aim(key)

    def below(self) -> Iterable[Widget]:
        """The widgets between the rows and the filter."""
        return ()

    def on_mount(self) -> None:
        """The table takes the keys."""
        self.table.focus()

    def kept(self, items: Iterable[T], text: Callable[[T], str]) -> list[T]:
        """Return the items whose text passes the filter, as it is or by its initials. One whose text cannot be
        computed passes: its row says so."""
        return [item for item in items if self._passes(item, text)] if self.filter_text else list(items)

    def _passes(self, item: T, text: Callable[[T], str]) -> bool:
        try:
            return pinyin.matches(self.filter_text, text(item))
        except Exception as error:
            self.session.faults.take(error)
            return True

    def person(self) -> Person | None:
        """The person under the cursor, where a row's key is his number; else None."""
        number = self.table.selected or ""
        snapshot = self.session.snapshot
        return snapshot.persons.get(int(number)) if snapshot is not None and number.isdecimal() else None

    def empty(self, text: str) -> Line:
        """Return the line that stands where there are no rows: none passes the filter, else this text."""
        if self.filter_text:
            text = self.words.screens.filtered.format(text=self.filter_text, n=0)
        return ((f" {text}", "dim"),)

    def acts(self) -> Acts:
        """Its own actions beside those of every screen."""
        return {**super().acts(), "unmask": self.toggle_mask, "find": self.ask_filter}

    def toggle_mask(self) -> None:
        """Show or mask the numbers of people."""
        self.unmasked = not self.unmasked
        self.repaint()

    def ask_filter(self) -> None:
        """Ask for a filter."""
        self.query_one(FindBar).open()

    def on_find_bar_found(self, event: FindBar.Found) -> None:
        """Filter by text at once, by initials as soon as the dictionary is there.

        An Enter typed behind it is for a row that passes, so the keys wait.
        """
        self.table.focus()
        if pinyin.needs_pinyin(event.text):
            self.session.hold_keys()
            self.run_worker(lambda: self._filter_when_warm(event.text), thread=True, exclusive=True)
        else:
            self.filter_by(event.text)

    def _filter_when_warm(self, text: str) -> None:
        try:
            pinyin.warm()
            self.app.call_from_thread(self.filter_by, text)
        finally:
            self.app.call_from_thread(self.session.release_keys)

    def filter_by(self, text: str) -> None:
        """Show what passes, from its first row on, and say how many rows that is."""
        self.filter_text = text
        self.repaint()
        self.table.action_to(0)
        said = self.words.screens.filtered.format(text=text, n=len(self.table.rows)) if text else ""
        self.say(said, "mark")
