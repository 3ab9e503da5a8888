"""Certificates of the queue that expire soon, those that still decide something first. Enter opens a form."""

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.people.certificates import expiring
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.filtered import FilteredScreen
from dutyboard.tui.screens.forms.person.facts import assess_form
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.lists import expiring_header, expiring_row
from dutyboard.tui.views.person.find_texts import person_findable
from dutyboard.tui.widgets.painted import Painted


class ExpiringScreen(FilteredScreen):
    """The certificates, one row for each certificate and the clause that it serves."""

    screen_id = "expiring"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._heading = Painted(height=1)
        self._people: dict[str, Person] = {}

    def body(self) -> Iterable[Widget]:
        """Yield the number of rows, and the rows."""
        yield self._heading
        yield from super().body()

    @property
    def find_hint(self) -> str:
        """The hint in the empty line of the filter."""
        return self.words.screens.find_people_hint

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - computed from the snapshot
        """Paint the list."""
        snapshot = self.session.snapshot
        pairs = self.found(
            [(each, snapshot.persons[each.person_id]) for each in expiring(self.session.readable, now)],
            lambda pair: person_findable(pair[1], snapshot, now, self.words),
        )
        keys = [f"{person.id} {each.clause}" for each, person in pairs]
        self._people = {key: person for key, (_, person) in zip(keys, pairs)}
        rows = [
            self.row(key, expiring_row, each, person, snapshot, now, self.words)
            for key, (each, person) in zip(keys, pairs)
        ]
        heading = self.words.lists.expiring_title.format(n=len(rows))
        self._heading.paint([((f" {heading}", "strong"),)])
        self.table.show(self.heading(expiring_header(self.words)), rows, self.empty(self.words.lists.expiring_empty))

    def person(self) -> Person | None:
        """Return the person under the cursor, who may have a row for each clause."""
        return self._people.get(self.table.selected or "")

    def leave(self) -> None:
        """Go back to the queue."""
        self.dismiss()

    def about(self) -> tuple[str, str] | None:
        """Return the person under the cursor, for a note."""
        person = self.person()
        return (subject_id(person), person.name) if person is not None else None

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {**super().acts(), "open": self.open_row, "explain": self.explain}

    def open_row(self) -> None:
        """Open the person's form."""
        person = self.person()
        if person is not None and self.session.me is None:
            self.say(self.words.why_not.not_signed_on, "soon")
        elif person is not None:
            assess_form(self.session, person)

    def explain(self) -> None:
        """Open the person's page."""
        person = self.person()
        if person is not None:
            self.session.open(PersonScreen(self.session, person.id))
