"""The forms of a person under control: the closed-loop transfer, a sample and its result, the contacts of a positive
one, the release by a leader."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, cast

from dutyboard.rules.board import Board
from dutyboard.rules.duties.person.tests import tests_now
from dutyboard.rules.law.plan import PlannedTest
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.commands import RecordTest, TraceContacts, Transfer
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.duties import draft_key
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.positive_form import act_on_positive, open_consequences, preview
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field, Problem, fold
from dutyboard.tui.views.typed_time import read_typed

RESULTS = ("negative", "positive", "indeterminate", "pending")
"""In the order of their digits."""
_FINAL = frozenset({"negative", "positive"})
_KINDS: frozenset[Kind] = frozenset({"assess", "history", "transfer", "test", "trace", "release"})
_OWED = frozenset({"open", "due_soon", "late"})


def owed_by_person(board: Board, person: Person) -> list[Obligation]:
    """What is owed for a person now, of what has a form; first what is due first."""
    owed = (each for each in board.obligations if each.subject_id == subject_id(person))
    return sorted((each for each in owed if each.kind in _KINDS and each.state in _OWED), key=lambda each: each.due)


def care_form(session: Session, owed: Obligation) -> None:
    """The form of what is owed for a person. Of somebody positive whose case nobody has acted on, all that it brings
    comes before a new assessment."""
    person = session.snapshot.persons[owed.subject_id.number]
    if owed.kind == "transfer":
        _transfer(session, person)
    elif owed.kind == "test":
        test_form(session, person, owed)
    elif owed.kind == "trace":
        _trace(session, person)
    elif owed.kind == "assess":
        assess_form(session, person)
    elif owed.kind == "history":
        from dutyboard.tui.screens.person_acts import correct

        correct(session, person)
    else:
        from dutyboard.tui.screens.release_form import release_form

        release_form(session, person)


def assess_form(session: Session, person: Person) -> None:
    """Somebody of the queue: what his positive result brings, else his facts and the clause."""
    from dutyboard.tui.screens.person_acts import assess

    if open_consequences(session, person):
        act_on_positive(session, person)
    else:
        assess(session, person)


def _transfer(session: Session, person: Person) -> None:
    people = session.words.people
    fields = [
        Field(id="left", label=people.transfer_left, kind="time", needed=True),
        Field(id="vehicle", label=people.transfer_vehicle, needed=True),
        Field(id="driver", label=people.transfer_driver, needed=True),
        Field(id="arrived", label=people.transfer_arrived, kind="time", needed=True),
        Field(id="received", label=people.transfer_received, needed=True),
        Field(id="text", label=session.words.forms.text),
    ]
    site = session.snapshot.sites.get(person.site_id or 0)
    to = f"{site.name} {people.room.format(room=person.room)}" if site else session.words.course.places["hospital"]
    facts: list[Line] = [((f" {session.words.course.place_line.format(place=to)}", "strong"),)]

    def make(values: Mapping[str, Any]) -> Transfer:
        return Transfer(
            person_id=person.id,
            left_at=values["left"],
            vehicle=values["vehicle"],
            driver=values["driver"],
            arrived_at=values["arrived"],
            received_by=values["received"],
            text=values["text"] or "",
        )

    title = people.transfer_title.format(name=person.name)
    key = draft_key("transfer", subject_id(person))
    session.open(FormScreen(session, title, facts, fields, make, key, saved(session, person, title)))


def _trace(session: Session, person: Person) -> None:
    """How many contacts were found and who was told; a stated 0 too."""
    people, forms = session.words.people, session.words.forms
    fields = [
        Field(id="contacts", label=people.trace_contacts, kind="number", hint=people.trace_hint, needed=True),
        Field(id="told", label=people.trace_told, needed=True),
        Field(id="text", label=forms.text),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
    ]

    def make(values: Mapping[str, Any]) -> TraceContacts:
        return TraceContacts(
            person_id=person.id,
            contacts=values["contacts"],
            told=values["told"],
            text=values["text"] or "",
            happened_at=values["time"],
        )

    title = people.trace_title.format(name=person.name)
    key = draft_key("trace", subject_id(person))
    session.open(FormScreen(session, title, [], fields, make, key, saved(session, person, title)))


def test_form(session: Session, person: Person, owed: Obligation | None = None) -> None:
    """A sample or its result: of the planned test that is owed, else of the next without a result, else an extra."""
    today = session.board_now.date()
    if owed is not None:
        kind: Literal["pcr", "serum"] = "serum" if owed.slot == "test-serum" else "pcr"
        session.open(TestForm(session, person, kind, owed.id.day))
        return
    course = course_of(person, session.snapshot, session.now())
    open_tests = (t for t in tests_now(person, course) if t.day <= today and t.result not in _FINAL)
    planned: PlannedTest | None = next(open_tests, None)
    session.open(TestForm(session, person, planned.type if planned else None, planned.day if planned else None))


class TestForm(FormScreen):
    """`kind` and `day` of a planned test; both None: an extra one, whose kind is asked. A positive PCR shows all that
    it brings before anything is written."""

    __test__ = False  # pytest would collect it by its name

    def __init__(
        self, session: Session, person: Person, kind: Literal["pcr", "serum"] | None, day: date | None
    ) -> None:
        people, course = session.words.people, session.words.course
        self._person = person
        self._planned = (kind, day)
        self._kind = Field(id="kind", label=people.test_kind, hint=_digits(course.test_types), needed=True)
        self._sampled = Field(
            id="sampled",
            label=people.test_sampled,
            hint=session.words.person.hint_day,
            value=f"{session.board_now:%m-%d}",
            needed=True,
        )
        hint = _digits({code: course.results[code] for code in RESULTS})
        self._result = Field(id="result", label=people.test_result, hint=hint, needed=True)
        reason = Field(id="reason", label=people.test_reason, hint=people.test_reason_hint)
        fields = [*([] if kind else [self._kind]), self._sampled, self._result, reason]
        what = f"{course.test_types[kind]}  {people.test_day} {day}" if kind else people.test_extra
        title = people.test_title.format(name=person.name)
        key = draft_key("test", f"{subject_id(person)}.{kind or 'extra'}.{day or ''}".rstrip("."))
        super().__init__(
            session, title, [((f" {what}", "strong"),)], fields, self._command, key, saved(session, person, title)
        )

    def _command(self, values: Mapping[str, Any]) -> RecordTest | Problem:
        course, (kind, day) = self.words.course, self._planned
        if kind is None:
            kind = cast(Any, _choice(values["kind"], course.test_types))
            if kind is None:
                return Problem(self._kind, "not_a_choice", values["kind"])
        on = read_typed(values["sampled"], self.session.board_now.replace(tzinfo=None), day_only=True)
        if on is None:
            return Problem(self._sampled, "not_a_time", values["sampled"])
        told = _choice(values["result"], {code: course.results[code] for code in RESULTS})
        if told is None:
            return Problem(self._result, "not_a_choice", values["result"])
        return RecordTest(
            person_id=self._person.id,
            type=kind,
            day=day or on.day,
            sampled_on=on.day,
            result=cast(Any, told),
            reason=values["reason"] or "",
        )

    def send(self, command: Any) -> None:
        """A positive PCR is shown with its consequences first; the preview writes both and closes this form."""
        if isinstance(command, RecordTest) and (command.type, command.result) == ("pcr", "positive"):
            preview(self.session, self._person, command, self._answered)
        else:
            super().send(command)


def _digits(words: Mapping[str, str]) -> str:
    return " ".join(f"{number}{word}" for number, word in enumerate(words.values(), 1))


def _choice(typed: str, words: Mapping[str, str]) -> str | None:
    """The code of an answer typed as its digit or its word."""
    text = fold(typed)
    answers = {str(number): code for number, code in enumerate(words, 1)} | {word: code for code, word in words.items()}
    return answers.get(text)


def saved(session: Session, person: Person, title: str) -> Any:
    """What the status line says of a person's form that was written down."""

    def done(_: Accepted) -> None:
        stage = session.words.course.stages[session.snapshot.persons[person.id].stage]
        session.say(session.words.screens.saved.format(what=f"{title} {stage}"))

    return done
