"""The notice in force, from F9: each clause with its sentence, and the lists behind its two numbers."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.filtered import FilteredScreen
from dutyboard.tui.screens.many.people_list import PeopleList
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.notice.clauses import (
    DETAIL_ROWS,
    ClauseNow,
    clause_detail,
    clause_page,
    clause_row,
    clauses_header,
    clauses_now,
    clauses_title,
)
from dutyboard.tui.views.person.slices import Slice
from dutyboard.tui.views.times import clause
from dutyboard.tui.widgets.painted import Painted


class ClausesScreen(FilteredScreen):
    """The clauses, one a row. Enter shows the people of a clause on F5, else its duties; `e` the whole sentence."""

    screen_id = "clauses"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._heading = Painted(height=1)
        self.detail = Painted(height=DETAIL_ROWS)
        self._clauses: dict[str, ClauseNow] = {}

    def body(self) -> Iterable[Widget]:
        """Yield the notice, its clauses, and the sentence of the one under the cursor."""
        yield self._heading
        yield from super().body()

    def below(self) -> Iterable[Widget]:
        """Return the sentence of the clause under the cursor."""
        return (self.detail,)

    def show(self, board: Board, now: datetime) -> None:
        """Paint the clauses."""
        snapshot, words, cells = self.session.readable, self.words, self.size.width
        self._heading.paint([self.line(clauses_title, snapshot, now, words, cells)])
        kept = self.kept(clauses_now(snapshot, board, now), self._text)
        self._clauses = {each.clause: each for each in kept}
        rows = [self.row(each.clause, clause_row, each, words, cells) for each in kept]
        self.table.show(self.heading(clauses_header(words)), rows, self.empty(""))
        self.paint_detail()

    def _text(self, each: ClauseNow) -> str:
        said = " ".join(sentence.said_in(self.words.language) for sentence in each.sentences)
        return f"{clause(self.words.duties, each.clause)} {said}"

    def paint_detail(self) -> None:
        """Paint the sentence of the clause under the cursor."""
        found = self._found_clause()
        self.detail.paint(self.lines(clause_detail, found, self.words, self.size.width) if found else [])

    def _found_clause(self) -> ClauseNow | None:
        return self._clauses.get(self.table.selected or "")

    def leave(self) -> None:
        """Go back to the screen it was opened from."""
        self.dismiss()

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {**super().acts(), "open": self.open_row, "explain": self.explain}

    def open_row(self) -> None:
        """Show the people of the clause on F5; without any, its duties."""
        found = self._found_clause()
        if found is None:
            return
        if not found.people:
            self.explain()
        elif self.session.may_read("people"):
            app = self.app
            self.dismiss()
            self.session.show("people")
            shown = app.screen
            if isinstance(shown, PeopleList):
                shown.show_slice(Slice(clause=found.clause))

    def explain(self) -> None:
        """Open the page of the sentence and its duties."""
        found = self._found_clause()
        if found is None:
            return
        lines = partial(clause_page, found, self.session.snapshot, self.session.board_now, self.words)
        self.session.open(PageScreen(self.session, self.words.clauses.name, lines, self.words.screens.explain_close))


def open_clauses(session: Session) -> None:
    """Open the notice in force."""
    session.open(ClausesScreen(session))
