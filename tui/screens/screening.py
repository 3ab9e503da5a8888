"""F4: the people to be assessed; those who wait too long come first. Enter opens one, `+` registers a phone call."""

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.duties.person.queue import Waiting, queue
from dutyboard.rules.people.stage import awaits_answer
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.forms.person.facts import assess_form
from dutyboard.tui.screens.many.people_list import PeopleList
from dutyboard.tui.screens.opened.calls import CallsScreen
from dutyboard.tui.screens.opened.expiring import ExpiringScreen
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.journal.trail import RecordKey
from dutyboard.tui.views.person.slices import IN_QUEUE
from dutyboard.tui.views.screening import DETAIL_ROWS, queue_detail, queue_header, queue_row
from dutyboard.tui.widgets.painted import Painted


def open_queue(session: Session, owed: Obligation) -> None:
    """Show the queue, the cursor on the person who is to be assessed."""
    session.show("screening", str(owed.subject_id.number))


class ScreeningScreen(PeopleList):
    """The queue of screening. Below it stand the person under the cursor and every open question."""

    screen_id = "screening"
    slices = IN_QUEUE
    bulk = ("confirm", "assign", "sampled", "negative")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.detail = Painted(id="detail", height=DETAIL_ROWS)
        self._waiting: dict[str, Waiting] = {}
        self._opened: tuple[str, str] | None = None

    def below(self) -> Iterable[Widget]:
        """Return the lines about the person under the cursor."""
        return (self.detail,)

    @property
    def order(self) -> str:
        """The order of the queue, in words."""
        return self.words.slices.order_queue

    def everyone(self) -> Iterable[Person]:
        """Return the people who wait."""
        return [each.person for each in queue(self.session.readable, self.session.board_now)]

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - the queue is computed from the snapshot
        """Paint the queue."""
        snapshot = self.session.readable
        waiting = self.cut(queue(snapshot, now), lambda each: each.person)
        self._waiting = {str(each.person.id): each for each in waiting}
        self._go_on()
        cells = self.cells
        rows = self.failed_rows()
        rows += [self.row(key, queue_row, each, now, self.words, cells) for key, each in self._waiting.items()]
        header = self.heading(queue_header(self.words, cells, len(rows)), cells)
        self.table.show(header, rows, self.empty(self.words.people.queue_empty))
        self.paint_detail()
        self.pane.follow()

    def _go_on(self) -> None:
        """Aim at the next person once an office is asked about the one whose form was opened."""
        if self._opened is None:
            return
        key, behind = self._opened
        each = self._waiting.get(key)
        if each is not None and awaits_answer(each.person):
            self._opened = None
            if self.table.selected == key:
                self.table.aim(behind)

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
            keys = self.table.keys
            behind = keys[min(self.table.cursor + 1, len(keys) - 1)]
            self._opened = (str(person.id), behind) if not awaits_answer(person) else None
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
