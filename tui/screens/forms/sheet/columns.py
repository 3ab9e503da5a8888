"""Columns of a sheet whose headings nobody knows: each with samples, and the field that the officer says it tells."""

from collections.abc import Callable, Sequence
from typing import Final

from textual.app import ComposeResult
from textual.binding import Binding

from dutyboard.rules.records.codes import SheetKind
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.screens.session_screen import SessionScreen
from dutyboard.tui.session import Session
from dutyboard.tui.sheets.headings import LEFT_OUT, own_headings
from dutyboard.tui.sheets.tables import AskedColumn
from dutyboard.tui.terminal.cells import Line, clip, pad
from dutyboard.tui.widgets.live_table import LiveTable, Row
from dutyboard.tui.widgets.painted import Painted

HEADING_CELLS: Final = 20
PLACE_CELLS: Final = 7
ANSWER_CELLS: Final = 20
_KEEP: Final = "="
"""The choice that answers nothing: the column stays as it is written."""


class ColumnsScreen(SessionScreen):
    """The unknown columns, those first that nobody may pass over. `answers` is filled; `go_on` reads the sheet by it.

    `answered` is called with each answer, so that it is kept. `stopped` ends a reading; False: there is none.
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("enter", "choose", show=False),
        Binding("f9,ctrl+w", "go_on", show=False),
        Binding("escape,f10", "leave_columns", show=False),
    ]
    DEFAULT_CSS = """
    ColumnsScreen LiveTable { height: 1fr; }
    """

    def __init__(
        self,
        session: Session,
        title: str,
        kind: SheetKind,
        columns: Sequence[AskedColumn],
        answers: dict[str, str],
        answered: Callable[[], object],
        go_on: Callable[[], object],
        stopped: Callable[[], bool],
    ) -> None:
        super().__init__(session)
        self._kind = kind
        self._columns = {str(number): each for number, each in enumerate(columns)}
        self._answers = answers
        self._answered = answered
        self._go_on = go_on
        self._stopped = stopped
        self._heading = self.titled(title)
        self._facts = Painted(height=2)
        self._samples = Painted(height=4)
        self._footer = Painted([((session.words.intake.columns_keys, "dim"),)], height=1)
        self.table = LiveTable()

    def compose(self) -> ComposeResult:
        """Yield heading, what is asked, the columns, the samples of the one under the cursor, status, keys."""
        yield self._heading
        yield self._facts
        yield self.table
        yield self._samples
        yield self.status
        yield self._footer

    def on_mount(self) -> None:
        """Give the keys to the list."""
        said = self.words.intake
        self._facts.paint([((f" {said.columns_asked}", "plain"),), ((f" {said.columns_risky}", "plain"),)])
        self.table.focus()
        self._paint()

    def on_resize(self) -> None:
        """Fit the rows to the new width."""
        self._paint()

    def on_live_table_moved(self, _: LiveTable.Moved) -> None:
        """Show the samples of the column under the cursor."""
        self._paint_samples()

    def _paint(self) -> None:
        said = self.words.intake
        titles = pad(said.heading, HEADING_CELLS) + pad(said.place, PLACE_CELLS)
        room = self._room()
        header: Line = ((f"   {titles}{pad(said.samples, room)} {said.tells}", "dim"),)
        self.table.show(header, [Row(key, self._line(each, room)) for key, each in self._columns.items()])
        self._paint_samples()

    def _room(self) -> int:
        return max(10, self.session.cells - 3 - HEADING_CELLS - PLACE_CELLS - ANSWER_CELLS - 1)

    def _line(self, column: AskedColumn, room: int) -> Line:
        answer = self._answers.get(column.heading)
        open_ = column.risky and answer is None
        mark = "!" if column.risky else " "
        samples = " / ".join(column.samples)
        return (
            (f" {mark} ", "late" if open_ else "plain"),
            (pad(column.heading, HEADING_CELLS - 1) + " ", "late" if open_ else "strong"),
            (pad(column.place, PLACE_CELLS), "dim"),
            (pad(samples, room) + " ", "plain"),
            (clip(self._said(column, answer), ANSWER_CELLS), "late" if open_ else "plain"),
        )

    def _said(self, column: AskedColumn, answer: str | None) -> str:
        said = self.words.intake
        if answer is None:
            return said.must_say if column.risky else said.stays
        return said.left_out if answer == LEFT_OUT else own_headings(self._kind)[answer]

    def _paint_samples(self) -> None:
        column = self._columns.get(self.table.selected or "")
        rows = column.samples if column is not None else ()
        said, cells = self.words.intake, self.session.cells - 6
        lines: list[Line] = [((f" {said.samples}", "dim"),)]
        lines += [((f"   {clip(each, cells)}", "plain"),) for each in rows]
        self._samples.paint(lines)

    def action_choose(self) -> None:
        """Open the choice of a field for the column under the cursor."""
        key = self.table.selected
        if key is None:
            return
        column, said = self._columns[key], self.words.intake
        fields = own_headings(self._kind)
        choices: list[PickChoice] = [(code, f"{own} {code}", ((f"  {own}", "plain"),)) for code, own in fields.items()]
        choices.append((LEFT_OUT, said.leave_out, ((f"  {said.leave_out}", "plain"),)))
        if not column.risky:
            choices.append((_KEEP, said.stays, ((f"  {said.stays}", "plain"),)))

        def picked(screen: PickScreen, code: str) -> None:
            screen.dismiss()
            self._take(key, column, code)

        title = said.column_title.format(heading=column.heading, place=column.place)
        hint = said.column_hint.format(samples=" / ".join(column.samples))
        self.session.open(PickScreen(self.session, title, hint, choices, picked))

    def _take(self, key: str, column: AskedColumn, code: str) -> None:
        if code == _KEEP:
            self._answers.pop(column.heading, None)
        else:
            self._answers[column.heading] = code
        self._answered()
        self.say("")
        self._paint()
        keys = list(self._columns)
        behind = (*keys[keys.index(key) + 1 :], *keys)
        left = next((each for each in behind if self._columns[each].heading not in self._answers), None)
        if left is not None:
            self.table.select(left)

    def action_go_on(self) -> None:
        """Read the sheet by the answers, once every column has one that nobody may pass over."""
        left = [key for key, each in self._columns.items() if each.risky and each.heading not in self._answers]
        if left:
            self.table.select(left[0])
            self.say(self.words.intake.must_answer.format(heading=self._columns[left[0]].heading), "late")
            return
        self._go_on()

    def action_leave_columns(self) -> None:
        """Stop the reading, or go back to the form. Nothing is written; the answers stay in the form."""
        self.leave()

    def leave(self) -> None:
        """Leave the step, unless a reading was to be stopped."""
        if not self._stopped():
            super().leave()
