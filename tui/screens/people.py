"""F5: all people under control, and with a filter all people ever registered. Enter opens a person's page."""

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.many.people_list import PeopleList
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.journal.trail import RecordKey
from dutyboard.tui.views.people import (
    DETAIL_ROWS,
    everybody,
    people_header,
    people_row,
    people_under_control,
    person_detail,
)
from dutyboard.tui.views.person.slices import UNDER_CONTROL
from dutyboard.tui.widgets.painted import Painted


class PeopleScreen(PeopleList):
    """The people under control. Below them stands the person under the cursor."""

    screen_id = "people"
    slices = UNDER_CONTROL
    bulk = ("negative", "sampled", "home_check", "assign", "move")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.detail = Painted(id="detail", height=DETAIL_ROWS)

    def below(self) -> Iterable[Widget]:
        """Return the lines about the person under the cursor."""
        return (self.detail,)

    def everyone(self) -> Iterable[Person]:
        """Return the people under control and all others."""
        return everybody(self.session.snapshot)

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - computed from the snapshot
        """Paint the rows."""
        snapshot = self.session.snapshot
        all_of_them = self.filter_text if self.slice is None else self.slice.count is not None
        people = self.cut(everybody(snapshot) if all_of_them else people_under_control(snapshot), lambda person: person)
        cells = self.cells
        header = self.heading(people_header(self.words, cells, len(people)), cells)
        self.table.show_keys(
            header,
            [str(each.id) for each in people],
            lambda number: self.line(people_row, people[number], snapshot, now, self.words, cells),
            self.empty(self.words.people.persons_empty),
        )
        self.paint_detail()
        self.pane.follow()

    def paint_detail(self) -> None:
        """Paint the lines about the row under the cursor."""
        person, snapshot = self.person(), self.session.snapshot
        cells = self.size.width
        self.detail.paint(self.lines(person_detail, person, snapshot, self.words, cells) if person else [])

    def about(self) -> tuple[str, str] | None:
        """Return the person under the cursor, for a note."""
        person = self.person()
        return (subject_id(person), person.name) if person is not None else None

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {**super().acts(), "open": self.open_row, "explain": self.explain}

    def open_row(self) -> None:
        """Open the page of the person under the cursor."""
        if self.table.selected is not None:
            self.session.open(PersonScreen(self.session, int(self.table.selected)))

    def records(self) -> list[RecordKey]:
        """Return the person under the cursor."""
        return [("persons", int(self.table.selected))] if self.table.selected is not None else []

    def explain(self) -> None:
        """Open the page, which is the explanation."""
        self.open_row()
