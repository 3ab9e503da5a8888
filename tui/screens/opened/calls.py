"""The calls about risk areas that were added or raised: who has been called, and who has not. Enter records one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from textual.widget import Widget

from dutyboard.rules.board import Board
from dutyboard.rules.duties.post.area_calls import RESCREEN, Call, CallList, call_lists
from dutyboard.rules.records.codes import CallAnswer
from dutyboard.rules.records.commands.post import CallTouched
from dutyboard.rules.records.ids import CallId
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.outcome import CallsMade
from dutyboard.rules.records.told.post import CalledTouched
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.base import Acts
from dutyboard.tui.screens.filtered import FilteredScreen
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, clip
from dutyboard.tui.terminal.masking import revealing
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.lists import area_text, call_row, calls_header, calls_title
from dutyboard.tui.views.person.find_texts import person_findable
from dutyboard.tui.views.who import who_line
from dutyboard.tui.widgets.painted import Painted

ANSWERS: tuple[CallAnswer, ...] = ("not_there", "was_there", "unsure", "no_answer")
"""Codes of the answers in the order of their digits."""


def open_calls(session: Session, _: Obligation) -> None:
    """Open the list of the calls."""
    session.open(CallsScreen(session))


class CallsScreen(FilteredScreen):
    """The calls, one row for each person and area. Above stands the progress, below the person to call, phone first."""

    screen_id = "calls"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._heading = Painted(height=1)
        self.detail = Painted(height=2)
        self._calls: dict[str, tuple[CallList, Call]] = {}

    def body(self) -> Iterable[Widget]:
        """Yield the progress, the rows, and the person under the cursor."""
        yield self._heading
        yield from super().body()

    @property
    def find_hint(self) -> str:
        """The hint in the empty line of the filter."""
        return self.words.screens.find_people_hint

    def below(self) -> Iterable[Widget]:
        """Return the lines about the person to call."""
        return (self.detail,)

    def show(self, board: Board, now: datetime) -> None:  # noqa: ARG002 - computed from the snapshot
        """Paint the lists."""
        snapshot = self.session.snapshot
        lists = call_lists(self.session.readable, now)
        pairs = self.found(
            [(listed, call) for listed in lists for call in listed.calls],
            lambda pair: person_findable(pair[1].person, snapshot, now, self.words, pair[0].area.name),
        )
        self._calls = {CallId(RESCREEN, call.person.id, listed.area.id): (listed, call) for listed, call in pairs}
        self._heading.paint([((f" {calls_title(lists, self.words)}", "strong"),)])
        rows = [self.row(key, call_row, call, snapshot, self.words) for key, (_, call) in self._calls.items()]
        self.table.show(self.heading(calls_header(self.words)), rows, self.empty(self.words.lists.calls_empty))
        self.paint_detail()

    def paint_detail(self) -> None:
        """Paint the lines about the row under the cursor."""
        found = self._calls.get(self.table.selected or "")
        if found is None:
            self.detail.paint([])
            return
        listed, call = found
        cells = self.size.width
        who = who_line(call.person, self.session.snapshot, self.words, cells)
        self.detail.paint([((clip(f" {area_text(listed, self.words)}", cells), "dim"),), who])

    def leave(self) -> None:
        """Go back to the screen it was opened from."""
        self.dismiss()

    def about(self) -> tuple[str, str] | None:
        """Return the person under the cursor, for a note."""
        found = self._calls.get(self.table.selected or "")
        return (subject_id(found[1].person), found[1].person.name) if found is not None else None

    def acts(self) -> Acts:
        """Return its own actions and those of every screen."""
        return {**super().acts(), "open": self.open_row, "explain": self.explain}

    def open_row(self) -> None:
        """Open the form of the call, or the person's page if the call was answered."""
        found = self._calls.get(self.table.selected or "")
        if found is None:
            return
        listed, call = found
        if self.session.me is None:
            self.say(self.words.why_not.not_signed_on, "soon")
        elif call.answered is not None:
            self.session.open(PersonScreen(self.session, call.person.id))
        else:
            with revealing(self.unmasked):
                _call_form(self.session, listed, call)

    def explain(self) -> None:
        """Open the person's page."""
        found = self._calls.get(self.table.selected or "")
        if found is not None:
            self.session.open(PersonScreen(self.session, found[1].person.id))


def _call_form(session: Session, listed: CallList, call: Call) -> None:
    """Open the form for the answer. If he was there, his page follows, where the stay is corrected."""
    words, lists, person = session.words, session.words.lists, call.person
    answers = {code: words.log.answers[code] for code in ANSWERS}
    left = f"{call.stay.left_on:%m-%d}" if call.stay.left_on else words.person.no_answer
    level = lists.levels[listed.area.level]
    about = lists.call_about.format(area=listed.area.name, level=level, place=call.stay.place, left=left)
    answer = Field(id="answer", label=lists.call_answer, choices=answers, needed=True)
    text = Field(id="text", label=lists.call_text, hint=lists.call_text_hint)
    fields = [
        answer,
        text,
        Field(id="time", label=words.forms.time, kind="time", hint=words.forms.hint_time),
    ]

    def make(values: Mapping[str, Any]) -> CallTouched | Problem:
        code = values["answer"]
        if code in ("was_there", "unsure") and not values["text"]:
            return Problem(text, "needed")
        return CallTouched(
            person_id=person.id,
            area_id=listed.area.id,
            answer=code,
            text=values["text"] or "",
            happened_at=values["time"],
        )

    def done(saved: Accepted) -> None:
        made, told = saved.outcome, saved.entry.told
        assert isinstance(made, CallsMade) and isinstance(told, CalledTouched)
        if told.answer == "was_there":
            session.open(PersonScreen(session, person.id))
            session.say(lists.then_correct.format(name=person.name))
        else:
            session.say(lists.called.format(name=person.name, called=made.called, total=made.total))

    title = lists.call_title.format(name=person.name)
    facts: list[Line] = [((clip(f" {about}", session.cells), "strong"),)]
    facts.append(who_line(person, session.snapshot, words, session.cells))
    key = draft_key("rescreen", f"{subject_id(person)}.{subject_id(listed.area)}")
    session.open(FormScreen(session, title, facts, fields, make, key, done))
