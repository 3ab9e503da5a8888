"""One site's desk, from F3: everybody by room, one key a cell, and the site itself by keys.

Enter says that somebody was seen, or asks his temperature.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from textual.events import Key
from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.tui.actions import BY_ID, why_not
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.filtered import FilteredScreen
from dutyboard.tui.screens.form_parts import tick
from dutyboard.tui.screens.forms.person.moves import move_form
from dutyboard.tui.screens.forms.person.reading import reading_form
from dutyboard.tui.screens.forms.person.test import test_form
from dutyboard.tui.screens.forms.site.check import disinfection_form, room_abnormal_form
from dutyboard.tui.screens.forms.site.site_state import site_state_form
from dutyboard.tui.screens.forms.site.staff import choose_member
from dutyboard.tui.screens.many.aside import beside_person
from dutyboard.tui.screens.openers import discharge, state_abnormal
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, plain
from dutyboard.tui.terminal.held_enter import HeldEnter
from dutyboard.tui.views.journal.trail import RecordKey
from dutyboard.tui.views.rounds.site_desk import (
    SiteDesk,
    desk_duties,
    desk_forecast,
    desk_header,
    desk_row,
    desk_title,
    duty_row,
    site_desk,
)
from dutyboard.tui.widgets.find_bar import FindBar
from dutyboard.tui.widgets.painted import Painted
from dutyboard.tui.widgets.side_pane import SidePane, list_cells

STEPS = {"left": -1, "right": 1}


class SiteDeskScreen(FilteredScreen):
    """The desk of one site. The cursor is a person and one of the rounds that are made for each."""

    screen_id = "site_desk"

    def __init__(self, session: Session, site_id: int) -> None:
        super().__init__(session)
        self._site_id = site_id
        self._heading = Painted(height=3)
        self.pane = SidePane(self.table, self._beside, self.words.screens.pane_more)
        self._column: int | None = None
        self._desk: SiteDesk | None = None
        self._enter = HeldEnter(self, self._act_on, lambda: self.say(self.words.screens.repeat_ignored, "soon"))

    def body(self) -> Iterable[Widget]:
        """Yield the site in three lines, and its people."""
        yield self._heading
        yield self.pane
        yield from self.find_bar()

    def _beside(self, cells: int) -> list[Line]:
        """Return what the person under the cursor is owed, his days and tests, and what his release still lacks."""
        return beside_person(self, self.person(), cells)

    def on_live_table_moved(self) -> None:
        """Paint the lines about the person that the cursor has come to."""
        super().on_live_table_moved()
        self.pane.follow()

    def show(self, board: Board, now: datetime) -> None:
        """Paint the site and its people. The first round that is open is chosen."""
        snapshot, words, cells = self.session.snapshot, self.words, self.size.width
        site = snapshot.sites.get(self._site_id)
        if site is None:
            self.leave()
            return
        desk = self._desk = site_desk(site, snapshot, board)
        if self._column is None:
            self._column = next((n for n, owed in enumerate(desk.rounds) if owed.state in OWED), 0)
        column = self._column = min(self._column, max(0, len(desk.rounds) - 1))
        self._heading.paint(
            [
                self.line(desk_title, desk, snapshot, words, cells),
                self.line(desk_duties, desk, words),
                self.line(desk_forecast, site, snapshot, now, words),
            ]
        )
        room = list_cells(cells)
        people = self.kept(desk.people, lambda person: f"{person.room or ''} {person.name}")

        def line(number: int) -> Line:
            chosen = column if number == self.table.cursor else None
            return self.line(desk_row, people[number], desk, chosen, snapshot, now, words, room)

        header = self.heading(self.line(desk_header, desk, column, words))
        self.table.show_keys(header, [str(each.id) for each in people], line, self.empty(words.lists.site_empty))
        self.pane.follow()

    def selected(self) -> Obligation | None:
        """Return the round that is chosen."""
        desk = self._desk
        return desk.rounds[self._column or 0] if desk is not None and desk.rounds else None

    def about(self) -> tuple[str, str] | None:
        """Return the person under the cursor, for a note."""
        person = self.person()
        return (subject_id(person), person.name) if person is not None else None

    def records(self) -> list[RecordKey]:
        """Return the person under the cursor."""
        return [("persons", int(self.table.selected))] if self.table.selected is not None else []

    @property
    def viewed(self) -> str:
        """This site, for the view log."""
        return Subject("site", self._site_id)

    def leave(self) -> None:
        """Leave the line for the filter, else go back to F3."""
        if self.query_one(FindBar).is_open:
            super().leave()
        else:
            self.dismiss()

    # Keys

    def on_key(self, event: Key) -> None:
        """Choose a round by left and right. Enter goes to the gate with the time it came."""
        if self.focused is not self.table:
            return
        if event.key in STEPS:
            event.stop()
            self._enter.other_key()
            rounds = len(self._desk.rounds) if self._desk is not None else 0
            self._column = max(0, min(rounds - 1, (self._column or 0) + STEPS[event.key]))
            self.repaint()
        elif event.key == "enter":
            event.stop()
            self._enter.press(self.table.selected or "", event.time)
        else:
            self._enter.other_key()
            super().on_key(event)

    def _act_on(self, key: str) -> None:
        """Say of the person who was under the cursor when Enter came that he was seen, or ask his temperature."""
        owed, person = self.selected(), self.session.snapshot.persons.get(int(key or 0))
        refused = why_not(BY_ID["discharge"], self.context())
        if refused is not None:
            self.say(self.session.why_not_sentence(refused), "soon")
            return
        if owed is None or person is None:
            return
        if subject_id(person) not in owed.left:
            self.say(self.words.lists.site_seen.format(name=person.name), "soon")
        elif owed.kind == "temperature":
            reading_form(self.session, person)
        else:
            tick(self.session, owed, Discharge(obligation=owed.id, seen=(person.id,)))
        if self.table.selected == key:
            self.table.action_step(1)

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {
            **super().acts(),
            "explain": self.explain,
            "abnormal": self.state_abnormal,
            "test": self.record_test,
            "site": self.set_site,
            "site_duties": self.choose_duty,
            "staff": self.choose_staff,
            "move": self.move,
        }

    def explain(self) -> None:
        """Open the page of the person under the cursor."""
        person = self.person()
        if person is not None:
            self.session.open(PersonScreen(self.session, person.id))

    def state_abnormal(self) -> None:
        """Open the form for what was wrong: in the room of the cursor for a patrol, else in the round."""
        owed, person = self.selected(), self.person()
        if owed is None:
            return
        if owed.kind != "patrol" or person is None:
            state_abnormal(self.session, owed)
        elif subject_id(person) in owed.left:
            room_abnormal_form(self.session, owed, person)
        else:
            self.say(self.words.lists.site_seen.format(name=person.name), "soon")

    # The site itself

    def set_site(self) -> None:
        """Open the form that opens or closes this site."""
        site = self.session.snapshot.sites.get(self._site_id)
        if site is not None:
            site_state_form(self.session, site)

    def choose_staff(self) -> None:
        """Open the register of this site's staff, those first whose sample is due."""
        site, desk = self.session.snapshot.sites.get(self._site_id), self._desk
        due = [each.left for each in desk.others if each.kind == "staff_test"] if desk is not None else []
        if site is not None:
            choose_member(self.session, site, frozenset(named.number for left in due for named in left))

    def move(self) -> None:
        """Open the form of another room for the person under the cursor."""
        person = self.person()
        if person is None:
            self.say(self.words.why_not.nothing_selected, "soon")
        else:
            move_form(self.session, person)

    def choose_duty(self) -> None:
        """Open the choice of a duty that is not made for each person: disinfection, staff, report, rooms."""
        desk, session, board = self._desk, self.session, self.session.board
        if desk is None or board is None:
            return
        said, now = self.words.lists, session.board_now
        duties = {each.id: each for each in (*desk.others, *(o for o in board.obligations if o.kind == "rooms"))}
        rows = {key: self.line(duty_row, owed, session.snapshot, now, self.words) for key, owed in duties.items()}
        choices: list[PickChoice] = [(key, plain(row), row) for key, row in rows.items()]

        def picked(screen: PickScreen, key: str) -> None:
            screen.dismiss()
            owed = session.owed(key)
            refused = why_not(BY_ID["discharge"], replace(self.context(), selected=owed))
            if refused is not None:
                self.say(session.why_not_sentence(refused), "soon")
            elif owed is not None and owed.kind == "disinfection":
                disinfection_form(session, owed)
            elif owed is not None:
                discharge(session, owed)

        session.open(
            PickScreen(
                session, said.site_duties_title.format(site=desk.site.name), said.site_duties_hint, choices, picked
            )
        )

    def record_test(self) -> None:
        """Open the form of the next test of the person under the cursor."""
        person = self.person()
        if person is None:
            self.say(self.words.why_not.nothing_selected, "soon")
        else:
            test_form(self.session, person)
