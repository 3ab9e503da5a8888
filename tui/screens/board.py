"""F2, the board: seats, the 24 hours, and the duties to do now.

Rows keep their places while colleagues work. A change marks its row, a new duty is added below, and only the officer's
own next key sorts them. So a key always acts on the row that was painted under the cursor.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from textual.events import Key
from textual.widget import Widget

from dutyboard.rules.board import Board, CountCode, counts_row
from dutyboard.rules.duties.post.alarms import AlarmGroup, flood_groups, unseen_minutes
from dutyboard.rules.duties.post.matters import about_whom
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.actions import BY_ID, OWN_SCREEN, why_not
from dutyboard.tui.screens import EXPLAIN, imported
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.filtered import FilteredScreen
from dutyboard.tui.screens.openers import discharge, state_abnormal
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.terminal.held_enter import HeldEnter
from dutyboard.tui.views.board import (
    alarms_grouped,
    alike_but_later,
    group_id,
    group_lines,
    grouped,
    in_group,
    listed,
    table_header,
    table_row,
    title,
)
from dutyboard.tui.views.day import day_lines, last_first, unsigned_text
from dutyboard.tui.views.frame import count_name, own_text, second_line
from dutyboard.tui.views.initials import Findable, findable
from dutyboard.tui.views.person.cause import cause_text
from dutyboard.tui.widgets.painted import Painted
from dutyboard.tui.widgets.side_pane import SidePane, list_cells

if TYPE_CHECKING:
    from dutyboard.tui.views.person.find_texts import FindTexts

TABLE_ROWS = 9
"""Rows that the table keeps on a low screen, however many sites there are."""


STRIP_STEPS: Final = {"left": -1, "right": 1}
"""Keys that show the site before or the next one in the strip, where not all have room."""


ACKNOWLEDGE: Final = "dutyboard.tui.screens.forms.post.shelve:acknowledge"
"""The act of the key that says alarms were seen, as `module:function` of the session, the row and the duties."""
SHELVE: Final = "dutyboard.tui.screens.forms.post.shelve:shelve_form"
"""The form that puts a duty aside, as `module:function` of the session and the row."""
COUNTS: Final = "dutyboard.tui.screens.opened.counts:choose_count"
"""The choice of a number, as `module:function` of the session and the board. It brings the lists of people."""


class BoardScreen(FilteredScreen):
    """The board."""

    screen_id = "board"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.seats = Painted(id="seats", height=1)
        self.day = Painted(id="day")
        self.pane = SidePane(self.table, self._beside, self.words.screens.pane_more)
        self._strip_top = 0
        self._only: CountCode | None = None
        self._people: FindTexts | None = None
        self._order: list[str] = []
        self._duties = 0
        self._groups: dict[str, AlarmGroup] = {}
        self._by_id: dict[str, Obligation] = {}
        self._seen: dict[str, Obligation] = {}
        self._sort_next = True
        self._enter = HeldEnter(self, self._act_on, lambda: self.say(self.words.screens.repeat_ignored, "soon"))

    def body(self) -> Iterable[Widget]:
        """Yield seats and counts, the strip, the table."""
        yield self.seats
        yield self.day
        yield self.pane
        yield from self.find_bar()

    # Painting

    def show(self, board: Board, now: datetime) -> None:
        """Paint the whole board; rows that did not change are not sent."""
        snapshot = self.session.snapshot
        assert snapshot is not None
        cells, zone = self.size.width, snapshot.zone
        own = own_text(snapshot, self.words)
        unsigned = unsigned_text(snapshot, now, self.words)
        counts = self.line(second_line, board.seats, board.counts, now, zone, self.words, cells, own, unsigned)
        self.seats.paint([counts])
        room = max(4, self.size.height - TABLE_ROWS - 5)
        self._strip_top = min(self._strip_top, last_first(snapshot, room))
        self.day.paint(self.lines(day_lines, snapshot, board, now, self.words, room, cells, self._strip_top))
        self._arrange(board)
        failed, order, by_id, seen = self.failed_rows(), self._order, self._by_id, self._seen

        def line(number: int) -> Line:
            if number < len(failed):
                return failed[number].line
            key = order[number - len(failed)]
            owed = by_id[key]
            entry = snapshot.entries.get(owed.entry or 0)
            changed = key in seen and not alike_but_later(seen[key], owed)
            cause, overlooked = cause_text(owed, snapshot, now, self.words), unseen_minutes(owed, snapshot, now)
            return self.line(
                table_row, owed, now, zone, self.words, list_cells(cells), entry, changed, cause, overlooked
            )

        duties = self._found if self.standing else self._duties
        columns = table_header(self.words, list_cells(cells), duties, board.counts.shelved)
        header = self.heading(columns, list_cells(cells))
        keys = [*(row.key for row in failed), *order]
        self.table.show_keys(header, keys, line, self.empty(self.words.screens.nothing_to_do))
        self.pane.follow()

    def _arrange(self, board: Board) -> None:
        """Sort the rows again if a key came. Else keep their order and put new duties below."""
        rows = listed(board.obligations)
        self._duties = len(rows)
        if self.standing:
            shown = self._filtered(listed(board.obligations, shelved=True), board.day)
        else:
            groups = flood_groups(rows, self.session.snapshot)
            self._groups = {group.id: group for group in groups}
            shown = grouped(alarms_grouped(rows, groups, self.session.snapshot))
        self._by_id = {owed.id: owed for owed in (*board.obligations, *shown)}
        order: list[str] = [owed.id for owed in shown]
        if self._sort_next:
            self._sort_next = False
            self._order = order
            self._seen = self._by_id
            return
        kept = [key for key in self._order if key in self._by_id]
        known = set(kept)
        self._order = kept + [key for key in order if key not in known]

    def _filtered(self, rows: list[Obligation], day: date) -> list[Obligation]:
        """Return the rows that pass the filter, below those of top priority, which no filter hides."""
        code = self._only
        counted = rows if code is None else [owed for owed in rows if counts_row(code, owed, day)]
        passing = self.found(counted, self._findable)
        self._of = len(rows)
        ids = {owed.id for owed in passing}
        return [*(owed for owed in rows if owed.grave and not owed.shelved and owed.id not in ids), *passing]

    def _findable(self, owed: Obligation) -> Findable:
        """Return what is searched for a row: its words, and what finds its person on F4 and F5."""
        row = findable(f"{title(owed, self.words)} {owed.owed_by} {self.words.duties.kinds[owed.kind]}")
        snapshot = self.session.snapshot
        about = about_whom(owed.subject_id, snapshot)
        person = snapshot.persons.get(about.number) if about.kind == "person" else None
        if person is None:
            return row
        if self._people is None:
            from dutyboard.tui.views.person.find_texts import FindTexts  # no board is painted by it

            self._people = FindTexts(self.words)
        return row.beside(self._people.of(person, snapshot, self.session.board_now))

    def selected(self) -> Obligation | None:
        """Return the obligation painted under the cursor."""
        return self._by_id.get(self.table.selected or "")

    def _beside(self, cells: int) -> list[Line]:
        """Return the lines of the pane: the duties of a group, else clause, facts and history of the duty."""
        owed, session = self.selected(), self.session
        if owed is None or session.board is None or session.refused_read("explain") is not None:
            return []
        from dutyboard.tui.views.person.beside import beside_lines  # not needed for the rows themselves

        now, snapshot = session.board_now, session.snapshot
        if (alarms := self._groups.get(owed.id)) is not None:
            return self.lines(group_lines, alarms.rows, now, snapshot.zone, self.words, cells)
        if owed.id == group_id(owed.kind):
            rows = [each for each in self._by_id.values() if in_group(each, owed.kind)]
            return self.lines(group_lines, rows, now, snapshot.zone, self.words, cells)
        return self.lines(beside_lines, owed, session.board.obligations, snapshot, now, self.words, cells)

    def _sort(self) -> None:
        """Sort the rows again after a key has been handled."""
        self._sort_next = True
        if self.is_current:
            self.repaint()

    def aim(self, key: str) -> None:
        """Put the cursor on a row, which has its place by urgency at once."""
        self._sort_next = True
        super().aim(key)
        if self.is_current:
            self.repaint()

    def on_live_table_moved(self) -> None:
        """Paint the actions of the new row into the footer, and what is known of it into the pane."""
        self.paint_footer()
        self.pane.follow()

    # Keys

    def on_key(self, event: Key) -> None:
        """Hand Enter to the gate with the time it came. Any key sorts the rows again once it has been handled."""
        if self.focused is not self.table:
            return
        if event.key == "enter":
            event.stop()
            self._enter.press(self.table.selected or "", event.time)
        elif event.key in STRIP_STEPS:
            event.stop()
            self._strip_top = max(0, self._strip_top + STRIP_STEPS[event.key])
            self.repaint()
        else:
            self._enter.other_key()
        # Behind the key on its way up to the app, where what it is bound to is done to the row that it met.
        self.call_later(self.app.call_later, self._sort)

    def _act_on(self, key: str) -> None:
        """Act on the row that was under the cursor when Enter came, wherever the cursor is now."""
        owed = self._by_id.get(key)
        if owed is not None and key in self._groups:
            self.filter_by(self.words.duties.kinds[owed.kind])
            return
        if owed is not None and owed.id == group_id(owed.kind) and owed.kind not in OWN_SCREEN:
            self.filter_by(self.words.duties.kinds[owed.kind])
            return
        refused = why_not(BY_ID["discharge"], replace(self.context(), selected=owed))
        if refused is not None:
            self.say(self.session.why_not_sentence(refused), "soon")
        elif owed is not None and discharge(self.session, owed) and self.table.selected == key:
            self.table.action_step(1)

    @property
    def standing(self) -> list[str]:
        """The number whose rows are shown and the text that they pass, in words."""
        return [*([count_name(self._only, self.words)] if self._only is not None else []), *super().standing]

    def show_counted(self, code: CountCode | None) -> None:
        """Show the rows that a number of the second line counts; None: every row."""
        self._only = code
        self.filter_by(self.filter_text)

    def show_all(self) -> None:
        """Show every row again."""
        self._only = None
        super().show_all()

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {
            **super().acts(),
            "abnormal": self.state_abnormal,
            "ack": self.acknowledge,
            "shelve": self.shelve,
            "explain": self.explain,
            "counts": lambda: imported(COUNTS)(self.session, self),
        }

    def state_abnormal(self) -> None:
        """Open the form that states what is wrong."""
        owed = self.selected()
        if owed is not None:
            state_abnormal(self.session, owed)

    def acknowledge(self) -> None:
        """Say that the alarm under the cursor was seen, or all of its group; take up again what is shelved."""
        owed = self.selected()
        if owed is not None:
            group = self._groups.get(owed.id)
            imported(ACKNOWLEDGE)(self.session, owed, group.unseen if group is not None else (owed,))

    def shelve(self) -> None:
        """Open the form that puts the duty under the cursor aside. Of a group it is one, which is opened first."""
        owed = self.selected()
        if owed is not None and (owed.id in self._groups or owed.id == group_id(owed.kind)):
            self.say(self.words.screens.one_of_group, "soon")
        elif owed is not None:
            imported(SHELVE)(self.session, owed)

    def explain(self) -> None:
        """Open the page with clause, facts and history."""
        owed = self.selected()
        if owed is not None:
            imported(EXPLAIN)(self.session, owed)

    def filter_by(self, text: str) -> None:
        """Show the rows that pass, sorted again. The cursor is on the first of them, not on one that broke through."""
        self._sort_next = True
        super().filter_by(text)
        self.table.action_to(len(self.table.keys) - self._found if self.standing and self._found else 0)
        if not self.standing and self._people is not None:
            self._people.forget()  # nobody searches any more: the memory is given back
