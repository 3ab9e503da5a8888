"""F5: all people under control, and with a filter all people ever registered. Enter opens a person's page."""

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime

from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.filtered import FilteredScreen
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
from dutyboard.tui.views.person.find_texts import FindTexts
from dutyboard.tui.widgets.painted import Painted

READ_SECONDS = 0.005
"""Seconds for which texts are read at once, and after which they are read on."""


class PeopleScreen(FilteredScreen):
    """The people under control. Below them stands the person under the cursor."""

    screen_id = "people"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.detail = Painted(id="detail", height=DETAIL_ROWS)
        self._texts = FindTexts(self.words)
        self._ahead: Iterator[Person] = iter(())

    def below(self) -> Iterable[Widget]:
        """Return the lines about the person under the cursor."""
        return (self.detail,)

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - computed from the snapshot
        """Paint the rows."""
        snapshot = self.session.snapshot
        people = self.found(
            everybody(snapshot) if self.filter_text else people_under_control(snapshot),
            lambda person: self._texts.of(person, snapshot, now),
        )
        cells = self.size.width
        header = self.heading(people_header(self.words, cells, len(people)))
        self.table.show_keys(
            header,
            [str(each.id) for each in people],
            lambda number: self.line(people_row, people[number], snapshot, now, self.words, cells),
            self.empty(self.words.people.persons_empty),
        )
        self.paint_detail()

    def ask_filter(self) -> None:
        """Open the line for the filter. While somebody types into it, the texts to be searched are read."""
        super().ask_filter()
        self._ahead = iter(everybody(self.session.snapshot))
        self._read_ahead()

    def _read_ahead(self) -> None:
        """Read texts for a moment that no key has to wait for, and go on later."""
        until = time.monotonic() + READ_SECONDS
        snapshot, now = self.session.snapshot, self.session.board_now
        for person in self._ahead:
            with suppress(Exception):  # the search asks again, and shows the row
                self._texts.of(person, snapshot, now)
            if time.monotonic() > until:
                self.set_timer(READ_SECONDS, self._read_ahead)
                return

    def filter_by(self, text: str) -> None:
        """Show the rows that pass."""
        self._ahead = iter(())
        super().filter_by(text)
        if not text:
            self._texts.forget()

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
