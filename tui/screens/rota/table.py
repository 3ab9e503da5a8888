"""The rota of both seats for fourteen days, from F9 or the seats. Its acts are keys on the shift under the cursor."""

from collections.abc import Iterable
from datetime import datetime

from textual.events import Key
from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.duties.post.rota import RotaCell, short_turns
from dutyboard.rules.records.codes import SEATS
from dutyboard.rules.records.model import Shift
from dutyboard.tui.screens.base import Acts, DutyScreen
from dutyboard.tui.screens.forms.post.shift import shift_form
from dutyboard.tui.screens.rota.pattern import pattern_form
from dutyboard.tui.screens.rota.shifts import call_off_form, cover_form, hours_form, swap_form
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.rota.table import (
    NIGHTS_FORECAST,
    RotaTable,
    cell_detail,
    gap_lines,
    load_lines,
    rota_columns,
    rota_header,
    rota_row,
    rota_table,
    rota_title,
    shift_text,
)
from dutyboard.tui.widgets.grid_cursor import GridCursor
from dutyboard.tui.widgets.painted import Painted

STEPS = {
    "left": (0, -1),
    "right": (0, 1),
    "up": (-1, 0),
    "down": (1, 0),
    "pageup": (-7, 0),
    "pagedown": (7, 0),
    "home": (-99, 0),
    "end": (99, 0),
}
LOAD_ROWS = 2


class RotaScreen(DutyScreen):
    """The rota. The cursor is one turn of a seat. A swap begins on one shift and ends on another."""

    screen_id = "rota"
    DEFAULT_CSS = """
    RotaScreen #rota { height: 1fr; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.grid = Painted(id="rota", height=0)
        self.grid.styles.height = "1fr"
        self.below = Painted(height=LOAD_ROWS + 2)
        self.cursor = GridCursor()
        self._placed = False
        self._shown: RotaTable | None = None
        self._swapped: Shift | None = None

    def body(self) -> Iterable[Widget]:
        """Yield the table; below it the cell under the cursor, the shifts of each officer, the marks."""
        yield self.grid
        yield self.below

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - computed from the snapshot
        """Paint the table around the cursor, which begins on the first turn that is not over."""
        snapshot, words, cells = self.session.snapshot, self.words, self.size.width
        shown = self._shown = rota_table(snapshot, now)
        self.cursor.fit(len(shown.days), shown.columns)
        if not self._placed:
            self._placed = True
            turns = [each for each in shown.cells[0][: shown.turns] if each is not None]
            self.cursor.step(0, next((n for n, each in enumerate(turns) if each.turn.ends > now), 0))
        row, column = self.cursor.row, self.cursor.column
        room = max(1, self.grid.size.height - 2)
        rows_shown = self.cursor.rows_shown(room)
        columns = rota_columns(shown, column, cells)
        lines: list[Line] = [
            self.line(rota_title, shown, snapshot, now, words, cells),
            self.line(rota_header, shown, row, columns, words, cells),
        ]
        for each in rows_shown:
            chosen = column if each == row else None
            lines.append(self.line(rota_row, shown, each, columns, chosen, snapshot, now, words, cells))
        self.grid.paint([*lines, *self._gaps(now, room - len(shown.days) - 1)], row - rows_shown.start + 2)
        self._paint_below(shown, now)

    def _gaps(self, now: datetime, rows: int) -> list[Line]:
        """Return the gaps of the nights to come, below the table where there is room for all of them."""
        snapshot = self.session.snapshot
        gaps = gap_lines(short_turns(snapshot, now, NIGHTS_FORECAST), snapshot, now, self.words) if rows > 0 else []
        return [(), *(((f" {each}", "gap"),) for each in gaps)] if 0 < len(gaps) <= rows else []

    def _paint_below(self, shown: RotaTable, now: datetime) -> None:
        snapshot, words, cells = self.session.snapshot, self.words, self.size.width
        cell = self.cell()
        lines = [self.line(cell_detail, cell, snapshot, now, words, cells) if cell is not None else ()]
        lines += self.lines(load_lines, shown, snapshot, words, cells, LOAD_ROWS)
        lines += [()] * (LOAD_ROWS + 1 - len(lines))
        self.below.paint([*lines, ((f" {words.rota.legend}", "dim"),)])

    def cell(self) -> RotaCell | None:
        """Return the cell under the cursor; None where the day has no such turn."""
        return self._shown.cells[self.cursor.row][self.cursor.column] if self._shown is not None else None

    def shift(self) -> Shift | None:
        """Return the shift under the cursor, of several the last to begin. Without one, say so."""
        cell = self.cell()
        if cell is None or not cell.shifts:
            self.say(self.words.rota.no_shift, "soon")
            return None
        return cell.shifts[-1]

    def on_key(self, event: Key) -> None:
        """Move a cell with the arrows. Escape drops a swap that was begun."""
        if event.key in STEPS:
            self.cursor.step(*STEPS[event.key])
            self.repaint()
        elif event.key == "escape" and self._swapped is not None:
            self._swapped = None
            self.say("")
        else:
            return
        event.stop()

    def leave(self) -> None:
        """Go back to the screen it was opened from."""
        self.dismiss()

    # Acts

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {
            **super().acts(),
            "open": self.open_cell,
            "plan": self.plan,
            "cover": self.cover,
            "swap": self.swap,
            "hours": self.change_hours,
            "call_off": self.call_off,
        }

    def open_cell(self) -> None:
        """Plan the first stretch of the cell in which nobody sits, else let somebody else sit there."""
        cell, now = self.cell(), self.session.board_now
        if cell is None:
            self.say(self.words.rota.no_gap, "soon")
        elif self.session.me is None:
            self.say(self.words.why_not.not_signed_on, "soon")
        elif cell.short(now):
            frm, to = next(each for each in cell.gaps if each[1] > now)
            shift_form(self.session, cell.seat, (frm, to))
        elif cell.shifts:
            cover_form(self.session, cell.shifts[-1])
        else:
            self.say(self.words.rota.no_gap, "soon")

    def plan(self) -> None:
        """Open the form of a pattern, from the day under the cursor on."""
        shown = self._shown
        if shown is not None:
            seat = SEATS[self.cursor.column // shown.turns]
            pattern_form(self.session, seat, f"{shown.days[self.cursor.row]:%m-%d}")

    def cover(self) -> None:
        """Open the form of a cover for the shift under the cursor."""
        shift = self.shift()
        if shift is not None:
            cover_form(self.session, shift)

    def swap(self) -> None:
        """Remember the shift under the cursor; with the second one, open the form."""
        shift, first = self.shift(), self._swapped
        if shift is None:
            return
        if first is None or first.id == shift.id:
            self._swapped = shift
            text = shift_text(shift, self.session.snapshot, self.words)
            self.say(self.words.rota.swap_first.format(shift=text), "mark")
            return
        self._swapped = None
        swap_form(self.session, first, shift)

    def change_hours(self) -> None:
        """Open the form of other hours for the shift under the cursor."""
        shift = self.shift()
        if shift is not None:
            hours_form(self.session, shift)

    def call_off(self) -> None:
        """Open the form that calls the shift under the cursor off."""
        shift = self.shift()
        if shift is not None:
            call_off_form(self.session, shift)


def open_rota(session: Session) -> None:
    """Open the rota."""
    session.open(RotaScreen(session))
