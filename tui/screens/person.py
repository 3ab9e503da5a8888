"""One person's page: the duties owed, the decision and its reasons, the plan, the gate, and the history.

Enter opens the form of the duty that is due first.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from textual.containers import VerticalScroll
from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.records.ids import Subject
from dutyboard.tui.link.looks import Look
from dutyboard.tui.link.messages import Trouble
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens.base import Acts, DutyScreen
from dutyboard.tui.screens.forms.person.answer import answer_form
from dutyboard.tui.screens.forms.person.facts import assess_form, correct_form
from dutyboard.tui.screens.forms.person.hand_off import hand_off_form
from dutyboard.tui.screens.forms.person.moves import more_acts
from dutyboard.tui.screens.forms.person.reading import reading_form
from dutyboard.tui.screens.forms.person.release import release_form
from dutyboard.tui.screens.forms.person.test import test_form
from dutyboard.tui.screens.forms.person.transfer import ride_form
from dutyboard.tui.screens.openers import discharge
from dutyboard.tui.session import Session
from dutyboard.tui.views.board import owed_about
from dutyboard.tui.views.journal.trail import RecordKey
from dutyboard.tui.views.person.page import heading_line, page_lines
from dutyboard.tui.widgets.painted import Painted

LOOKS: Final = 10
"""Looks that the page shows; `views --person` shows all."""


class PersonScreen(DutyScreen):
    """The page of one person, above the screen it was opened from."""

    screen_id = "person"
    DEFAULT_CSS = """
    PersonScreen VerticalScroll { height: 1fr; }
    """

    def __init__(self, session: Session, person_id: int) -> None:
        super().__init__(session)
        self._person_id = person_id
        self._looks: Sequence[Look] = ()
        self._heading = Painted(height=1)
        self._page = Painted()

    def body(self) -> Iterable[Widget]:
        """Yield the name of the person, and the page."""
        yield self._heading
        with VerticalScroll():
            yield self._page

    def on_mount(self) -> None:
        """Give the keys to the page, and write into the view log that it is open. If that fails, a line says so.

        Whoever may read the view log is then shown the last looks.
        """
        self.query_one(VerticalScroll).focus()
        subject = self.viewed

        def looked(gateway: GatewayPort) -> Sequence[Look]:
            gateway.look("person", subject)
            return gateway.looks(subject, most=LOOKS) if gateway.may_not_read("views") is None else ()

        def told(looks: Sequence[Look] | Trouble) -> None:
            if not self.is_attached:
                return
            if isinstance(looks, Trouble):
                self.say(self.session.trouble_sentence(looks), "late")
            else:
                self._looks = looks
                self.repaint()

        self.session.fetch(looked, told)

    def show(self, board: Board, now: datetime) -> None:
        """Paint the page. It closes if the person has been archived."""
        snapshot = self.session.snapshot
        person = snapshot.persons.get(self._person_id)
        if person is None:
            self.leave()
            return
        owed = owed_about(board.obligations, person)
        self._heading.paint([self.line(heading_line, person, snapshot, now, self.words)])
        self._page.paint(page_lines(person, owed, snapshot, now, self.words, self.size.width, self.lines, self._looks))

    @property
    def viewed(self) -> str:
        """This person, for the view log."""
        return Subject("person", self._person_id)

    def about(self) -> tuple[str, str] | None:
        """Return this person, for a note."""
        return self.viewed, self.session.snapshot.persons[self._person_id].name

    def leave(self) -> None:
        """Go back to the screen it was opened from."""
        self.dismiss()

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {
            **super().acts(),
            "open": self.open_row,
            "correct": self.correct_facts,
            "test": self.record_test,
            "reading": self.take_reading,
            "release": self.release_stage,
            "hand_off": self.hand_off,
            "answer": self.answer_referral,
            "more": self.more,
            "transfer": self.transfer,
            "explain": self.explain,
            "unmask": self.toggle_mask,
        }

    def open_row(self) -> None:
        """Open the form of the duty that is due first."""
        board, person = self.session.board, self.session.snapshot.persons[self._person_id]
        found = owed_about(board.obligations, person) if board is not None else []
        owed = [each for each in found if len(each.people) <= 1]  # a row of several is no form about him
        if self.session.me is None:
            self.say(self.words.why_not.not_signed_on, "soon")
        elif owed and owed[0].kind == "assess":
            assess_form(self.session, person)
        elif owed:
            discharge(self.session, owed[0])
        else:
            self.say(self.words.people.nothing_owed, "soon")

    def correct_facts(self) -> None:
        """Open the form that corrects the facts of the person."""
        correct_form(self.session, self.session.snapshot.persons[self._person_id])

    def record_test(self) -> None:
        """Open the form of a sample or a result, owed or not."""
        test_form(self.session, self.session.snapshot.persons[self._person_id])

    def take_reading(self) -> None:
        """Open the form of a temperature or a symptom, owed or not."""
        reading_form(self.session, self.session.snapshot.persons[self._person_id])

    def release_stage(self) -> None:
        """Open the release of this stage, with its blockers."""
        release_form(self.session, self.session.snapshot.persons[self._person_id])

    def hand_off(self) -> None:
        """Open the form of the hand-off."""
        hand_off_form(self.session, self.session.snapshot.persons[self._person_id])

    def answer_referral(self) -> None:
        """Open the form of the answer to the referral of this person."""
        answer_form(self.session, self.session.snapshot.persons[self._person_id])

    def more(self) -> None:
        """Open the choice of the acts without a key of their own."""
        more_acts(self.session, self.session.snapshot.persons[self._person_id])

    def transfer(self) -> None:
        """Open the form of the ride of this person: to leave, or on the road to arrive."""
        ride_form(self.session, self.session.snapshot.persons[self._person_id])

    def records(self) -> list[RecordKey]:
        """Return this person."""
        return [("persons", self._person_id)]

    def explain(self) -> None:
        """Scroll down to the sentences of the notice. The page itself is the explanation."""
        said = self.words.page.sentence
        row = next((n for n, line in enumerate(self._page.lines) if line and line[0][0] == said), 0)
        self.query_one(VerticalScroll).scroll_to(y=row, animate=False)
