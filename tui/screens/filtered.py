"""A screen of rows with a filter: `/` asks for a text or pinyin initials; an empty one shows everything."""

from collections.abc import Callable, Iterable
from typing import ClassVar, Final, TypeVar

from textual.events import Key
from textual.widget import Widget

from dutyboard.rules.records.model import Person
from dutyboard.tui.screens.base import Acts, DutyScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, clip, ends
from dutyboard.tui.terminal.masking import revealing
from dutyboard.tui.views.initials import Findable, Query, findable
from dutyboard.tui.widgets.find_bar import FindBar
from dutyboard.tui.widgets.live_table import LiveTable

T = TypeVar("T")
FILTER_CELLS: Final = 16
"""The cells of a filter's text in the heading row of a list."""


class FilteredScreen(DutyScreen):
    """A screen whose rows pass through `kept`. `filter_cells` are those of what stands, in the heading row."""

    filter_cells: ClassVar[int] = FILTER_CELLS

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.table = LiveTable(id="rows")
        self.filter_text = ""
        self._found = self._of = 0

    def body(self) -> Iterable[Widget]:
        """Yield the rows, the widgets below them, the filter."""
        yield self.table
        yield from self.below()
        yield from self.find_bar()

    def find_bar(self) -> Iterable[Widget]:
        """Return the line for the filter."""
        yield FindBar(self.words.screens.find, self.find_hint, self.status)

    @property
    def find_hint(self) -> str:
        """The hint in the empty line of the filter."""
        return self.words.screens.find_hint

    def aim(self, key: str) -> None:
        """Put the cursor on the row of a key, now or as soon as it is shown."""
        self.table.aim(key)

    def below(self) -> Iterable[Widget]:
        """Return the widgets between the rows and the filter."""
        return ()

    def on_mount(self) -> None:
        """Give the keys to the table."""
        self.table.focus()

    def kept(self, items: Iterable[T], text: Callable[[T], str]) -> list[T]:
        """Return the items whose text passes the filter, as it is or by its initials.

        An item whose text cannot be computed passes: its row says so.
        """
        return self.found(items, lambda item: findable(text(item)))

    def found(self, items: Iterable[T], text: Callable[[T], Findable]) -> list[T]:
        """Return the items that pass, as `kept` does, by texts that are ready to be searched."""
        found = every = list(items)
        if self.filter_text:
            query = Query(self.filter_text)
            found = [item for item in every if self._passes(query, item, text)]
        self._found, self._of = len(found), len(every)
        return found

    @property
    def standing(self) -> list[str]:
        """The texts that rows pass; none: every row is shown."""
        return [self.filter_text] if self.filter_text else []

    def heading(self, header: Line, cells: int | None = None) -> Line:
        """Return the heading row. While a filter stands, its right end says of how many rows how many are shown.

        `cells` None: it is as wide as the screen.
        """
        said = self.said_at_end
        return ends(header, said, cells or self.size.width) if said else header

    @property
    def said_at_end(self) -> Line:
        """The pieces at the right end of the heading row; none: every row is shown."""
        if not self.standing:
            return ()
        text = clip(self.words.screens.filter_joined.join(self.standing), self.filter_cells)
        return ((f" {self.words.screens.filter_stands.format(text=text, n=self._found, of=self._of)}", "soon"),)

    def _passes(self, query: Query, item: T, text: Callable[[T], Findable]) -> bool:
        try:
            return query.finds(text(item))
        except Exception as error:
            self.session.faults.take(error)
            return True

    def person(self) -> Person | None:
        """Return the person under the cursor; None if the row's key is not his number."""
        number = self.table.selected or ""
        snapshot = self.session.snapshot
        return snapshot.persons.get(int(number)) if snapshot is not None and number.isdecimal() else None

    def empty(self, text: str) -> Line:
        """Return the line for a list without rows: `text`, or that no row passes the filter."""
        if self.standing:
            standing = self.words.screens.filter_joined.join(self.standing)
            text = self.words.screens.filtered.format(text=standing, n=0)
        return ((f" {text}", "dim"),)

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {**super().acts(), "unmask": self.toggle_mask, "find": self.ask_filter}

    def paint_detail(self) -> None:
        """Paint the lines about the row under the cursor. A screen without such lines does nothing."""

    def on_live_table_moved(self) -> None:
        """Paint the lines about the row that the cursor has come to."""
        with revealing(self.unmasked):
            self.paint_detail()

    def leave(self) -> None:
        """Leave what is on top: the line for the filter, then the screen."""
        bar = self.query_one(FindBar)
        if bar.is_open:
            bar.leave()
            self.table.focus()
        else:
            super().leave()

    def on_key(self, event: Key) -> None:
        """Show everything again on Escape."""
        if event.key == "escape" and self.standing:
            event.stop()
            self.show_all()

    def show_all(self) -> None:
        """Show every row again."""
        self.filter_by("")

    def ask_filter(self) -> None:
        """Open the line for the filter."""
        self.query_one(FindBar).open()

    def on_find_bar_found(self, event: FindBar.Found) -> None:
        """Filter by the text, as it is or as initials. Without one before and after, the cursor keeps its place."""
        self.table.focus()
        if event.text or self.filter_text:
            self.filter_by(event.text)

    def filter_by(self, text: str) -> None:
        """Show the rows that pass, with the cursor on the first, and say how many there are."""
        self.filter_text = text
        self.repaint()
        self.table.action_to(0)
        self.say_found()

    def say_found(self) -> None:
        """Say how many rows pass the filter; nothing where none stands."""
        text = self.filter_text
        self.say(self.words.screens.filtered.format(text=text, n=self._found) if text else "", "mark")
