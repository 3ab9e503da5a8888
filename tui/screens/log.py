"""F6: the log, newest first, sliced by kind, place, officer and day, and filtered by text.

Below the rows stands the whole text of the entry under the cursor.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from textual.events import Key
from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.tui.link.messages import Trouble
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.filtered import FilteredScreen
from dutyboard.tui.screens.forms.post.amend import amend_form
from dutyboard.tui.screens.opened.entry import EntryScreen, entry_page
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.terminal.masking import revealing
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.entry.names import entered_by
from dutyboard.tui.views.journal.log_slices import SLICES, SliceBy, in_slices, slice_choices, slice_name
from dutyboard.tui.views.journal.trail import RecordKey
from dutyboard.tui.views.log import SHOWN_MOST, log_detail, log_entries, log_header, log_row
from dutyboard.tui.widgets.painted import Painted
from dutyboard.tui.widgets.side_pane import SidePane, list_cells

DETAIL_ROWS = 5
EVERY = "every"
"""The key of the choice that shows every entry again."""


class LogScreen(FilteredScreen):
    """The log. A new entry comes on top. The cursor stays on its entry, or on top if it is there.

    Entries of past days may lie in archives: they are read in the worker once a past day is asked for.
    """

    screen_id = "log"
    filter_cells = 30

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.detail = Painted(id="detail", height=DETAIL_ROWS)
        self.pane = SidePane(self.table, self._beside, self.words.screens.pane_more)
        self.chosen: dict[SliceBy, str] = {}
        self._past: Snapshot | None = None
        self._reads = False

    def body(self) -> Iterable[Widget]:
        """Yield the rows with the entry under the cursor beside or below them, and the filter."""
        yield self.pane
        yield self.detail
        yield from self.find_bar()

    def _beside(self, cells: int) -> list[Line]:
        """Return the entry under the cursor with its corrections."""
        entry = self.entry()
        if entry is None:
            return []
        with revealing(self.unmasked):
            return self.lines(entry_page, entry, self._knowing(entry), self.session, cells)

    def on_live_table_moved(self) -> None:
        """Paint the entry that the cursor has come to."""
        super().on_live_table_moved()
        self.pane.follow()

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - the log does not depend on the clock
        """Paint rows and detail."""
        cells, on_top = list_cells(self.size.width), self.table.cursor == 0
        self.detail.display = cells == self.size.width  # else the pane shows it
        every = self._entries()
        sliced = log_entries(every, in_slices(self.chosen, self._past or self.session.snapshot))
        shown = sliced[:SHOWN_MOST]
        entries = self.kept(
            shown,
            lambda entry: (
                f"{entered_by(entry, self._knowing(entry))} {entry_text(entry, self._knowing(entry), self.words)}"
            ),
        )
        self._of = len(every)
        of = len(sliced) if len(entries) == len(shown) else len(entries)
        self.table.show_keys(
            self.heading(log_header(self.words, len(entries), of), cells),
            [str(entry.id) for entry in entries],
            lambda number: self.line(log_row, entries[number], self._knowing(entries[number]), self.words, cells),
            self.empty(self.words.screens.log_empty),
        )
        if on_top:
            self.table.action_to(0)
        self.paint_detail()
        self.pane.follow()

    def _entries(self) -> list[Entry]:
        """Return the entries that can be shown: of a past day those in archives too."""
        live = self.session.snapshot.entries
        if self._past is None:
            return [*live.values()]
        return [*({**self._past.entries, **live}).values()]

    def _knowing(self, entry: Entry) -> Snapshot:
        """Return the picture that holds an entry, and whom it is about."""
        live = self.session.snapshot
        return live if self._past is None or entry.id in live.entries else self._past

    def paint_detail(self) -> None:
        """Paint the lines about the row under the cursor."""
        entry, cells = self.entry(), self.size.width
        lines = self.lines(log_detail, entry, self._knowing(entry), self.words, cells) if entry else []
        self.detail.paint(lines[:DETAIL_ROWS])

    def records(self) -> list[RecordKey]:
        """Return the entry under the cursor."""
        return [("entries", int(self.table.selected))] if self.table.selected is not None else []

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {
            **super().acts(),
            "open": self.open_entry,
            "amend": self.amend_entry,
            "narrow": self.choose_slice,
            "day_before": lambda: self._step_day(-1),
            "day_after": lambda: self._step_day(1),
        }

    def entry(self) -> Entry | None:
        """Return the entry under the cursor."""
        number = int(self.table.selected or 0)
        live = self.session.snapshot.entries.get(number)
        return live if live is not None or self._past is None else self._past.entries.get(number)

    def open_entry(self) -> None:
        """Open the whole entry as a page, with what it corrects and what has corrected it."""
        entry = self.entry()
        if entry is None:
            self.say(self.words.why_not.nothing_selected, "soon")
            return
        with revealing(self.unmasked):
            self.session.open(EntryScreen(self.session, entry, self._past))

    def amend_entry(self) -> None:
        """Open the form that corrects the entry under the cursor."""
        entry = self.entry()
        if entry is None:
            self.say(self.words.why_not.nothing_selected, "soon")
        elif entry.id not in self.session.snapshot.entries:
            self.say(self.words.amending.archived, "soon")
        else:
            amend_form(self.session, entry)

    # Slices

    @property
    def standing(self) -> list[str]:
        """The values and the text that rows pass, in words."""
        snapshot, words = self._past or self.session.snapshot, self.words
        names = [slice_name(by, self.chosen[by], snapshot, words) for by in SLICES if by in self.chosen]
        return [*names, *super().standing]

    def choose_slice(self) -> None:
        """Open the choice of a kind, a unit or site, an officer or a day. One that stands is taken off again."""
        said, snapshot = self.words.screens, self.session.snapshot
        found = slice_choices(self._entries(), self.chosen, self._past or snapshot, self.words)
        by_key = {f"{by} {value}": (by, value) for by, value, _, _ in found}
        choices: list[PickChoice] = [(f"{by} {value}", text, line) for by, value, text, line in found]
        if self.chosen:
            choices.insert(0, (EVERY, said.log_every, ((f"  {said.log_every}", "plain"),)))

        def picked(screen: PickScreen, key: str) -> None:
            screen.dismiss()
            if key == EVERY:
                self.show_all()
                return
            by, value = by_key[key]
            left: dict[SliceBy, str] = {each: was for each, was in self.chosen.items() if each != by}
            self._show_slices(left if self.chosen.get(by) == value else {**left, by: value})

        self.session.open(PickScreen(self.session, said.log_slice_title, said.log_slice_hint, choices, picked))

    def _show_slices(self, chosen: dict[SliceBy, str]) -> None:
        self.chosen = chosen
        if "day" not in chosen:
            self._past = None
        elif chosen["day"] < self._today.isoformat():
            self._read_past()
        self.repaint()
        self.table.action_to(0)
        if not self._reads:
            self.say("")

    def show_all(self) -> None:
        """Show every entry again: no slice and no filter."""
        self.chosen, self._past = {}, None
        super().show_all()

    # Days

    @property
    def _today(self) -> date:
        return self.session.snapshot.day_of(self.session.board_now)

    def _step_day(self, by: int) -> None:
        """Show the entries of the day before or after. Before every day stands today, after today all days."""
        snapshot, today = self.session.snapshot, self._today
        day = date.fromisoformat(self.chosen["day"]) if "day" in self.chosen else today + timedelta(days=1)
        wanted = day + timedelta(days=by)
        if wanted > today:
            self._show_slices({key: value for key, value in self.chosen.items() if key != "day"})
        elif wanted < self._first_day(snapshot):
            self.say(self.words.screens.no_day_before, "soon")
        else:
            self._show_slices({**self.chosen, "day": wanted.isoformat()})

    def _first_day(self, snapshot: Snapshot) -> date:
        """Return the first day of the desk, or that of the oldest thing told of before it."""
        opened = desk_of(snapshot).opened_at
        told = (self._past or snapshot).entries.values()
        return snapshot.day_of(min([opened, *(each.happened_at for each in told)]))

    def _read_past(self) -> None:
        """Have the worker read the entries in archives, once for all past days that are looked at."""
        if self._past is not None or self._reads:
            return
        self._reads = True
        self.say_working(self.words.screens.reads_archives)
        self.session.fetch(lambda gateway: gateway.with_archived("entries", "persons"), self._past_read)

    def _past_read(self, told: Snapshot | Trouble) -> None:
        self._reads = False
        if isinstance(told, Trouble):
            self.say(self.session.trouble_sentence(told), "late")
            return
        self.say("")
        if "day" in self.chosen:
            self._past = told
            self.repaint()

    def on_key(self, event: Key) -> None:
        """Show the day before and after by left and right."""
        if self.focused is self.table and event.key in ("left", "right"):
            event.stop()
            event.prevent_default()
            self.act("day_before" if event.key == "left" else "day_after")
        else:
            super().on_key(event)
