"""F4: the people to be assessed; those who wait too long come first. Enter opens one, `+` registers a phone call."""

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.duties.person.queue import Waiting, queue
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.calls import CallsScreen
from dutyboard.tui.screens.expiring import ExpiringScreen
from dutyboard.tui.screens.filtered import FilteredScreen
from dutyboard.tui.screens.forms.person.facts import assess_form
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.journal.trail import RecordKey
from dutyboard.tui.views.people import find_text
from dutyboard.tui.views.screening import DETAIL_ROWS, queue_detail, queue_header, queue_row
from dutyboard.tui.widgets.painted import Painted


def open_queue(session: Session, owed: Obligation) -> None:
    """Show the queue, the cursor on the person who is to be assessed."""
    session.show("screening", str(owed.subject_id.number))


class ScreeningScreen(FilteredScreen):
    """The queue of screening. Below it stand the person under the cursor and every open question."""

    screen_id = "screening"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.detail = Painted(id="detail", height=DETAIL_ROWS)
        self._waiting: dict[str, Waiting] = {}

    def below(self) -> Iterable[Widget]:
        """Return the lines about the person under the cursor."""
        return (self.detail,)

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - the queue is computed from the snapshot
        """Paint the queue."""
        snapshot = self.session.readable
        waiting = self.kept(queue(snapshot, now), lambda each: find_text(each.person, snapshot, now, self.words))
        self._waiting = {str(each.person.id): each for each in waiting}
        cells = self.size.width
        rows = self.failed_rows()
        rows += [self.row(key, queue_row, each, now, self.words, cells) for key, each in self._waiting.items()]
        header = self.heading(queue_header(self.words, cells, len(rows)))
        self.table.show(header, rows, self.empty(self.words.people.queue_empty))
        self.paint_detail()

    def paint_detail(self) -> None:
        """Paint the lines about the row under the cursor."""
        each = self._waiting.get(self.table.selected or "")
        snapshot, cells = self.session.snapshot, self.size.width
        self.detail.paint(self.lines(queue_detail, each, snapshot, self.words, cells) if each else [])

    def about(self) -> tuple[str, str] | None:
        """Return the person under the cursor, for a note."""
        person = self.person()
        return (subject_id(person), person.name) if person is not None else None

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {
            **super().acts(),
            "open": self.open_row,
            "calls": self.open_calls,
            "expiring": self.open_expiring,
            "explain": self.explain,
        }

    def open_row(self) -> None:
        """Open the person's form."""
        person = self.person()
        if person is None:
            return
        if self.session.me is None:
            self.say(self.words.why_not.not_signed_on, "soon")
        else:
            assess_form(self.session, person)

    def open_calls(self) -> None:
        """Open the calls about risk areas."""
        self.session.open(CallsScreen(self.session))

    def open_expiring(self) -> None:
        """Open the certificates that expire."""
        self.session.open(ExpiringScreen(self.session))

    def records(self) -> list[RecordKey]:
        """Return the person under the cursor."""
        person = self.person()
        return [("persons", person.id)] if person is not None else []

    def explain(self) -> None:
        """Open the person's page."""
        person = self.person()
        if person is not None:
            self.session.open(PersonScreen(self.session, person.id))
