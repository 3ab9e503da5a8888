"""F5: all people under control, and with a filter all people ever registered. Enter opens a person's page."""

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.records.model import subject_id
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.filtered import FilteredScreen
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.journal.trail import RecordKey
from dutyboard.tui.views.people import (
    DETAIL_ROWS,
    everybody,
    find_text,
    people_header,
    people_row,
    people_under_control,
    person_detail,
)
from dutyboard.tui.widgets.painted import Painted


class PeopleScreen(FilteredScreen):
    """The people under control. Below them stands the person under the cursor."""

    screen_id = "people"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.detail = Painted(id="detail", height=DETAIL_ROWS)

    def below(self) -> Iterable[Widget]:
        """Return the lines about the person under the cursor."""
        return (self.detail,)

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - computed from the snapshot
        """Paint the rows."""
        snapshot = self.session.snapshot
        people = self.kept(
            everybody(snapshot) if self.filter_text else people_under_control(snapshot),
            lambda person: find_text(person, snapshot, now, self.words),
        )
        cells = self.size.width
        rows = [self.row(str(each.id), people_row, each, snapshot, now, self.words, cells) for each in people]
        header = people_header(self.words, self.size.width, len(rows))
        self.table.show(header, rows, self.empty(self.words.people.persons_empty))
        self.paint_detail()

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
