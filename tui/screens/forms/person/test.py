"""A sample of a person, or its result."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, cast

from dutyboard.rules.duties.person.tests import tests_now
from dutyboard.rules.law.plan import PlannedTest
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.commands.person import RecordTest
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import choices_hint, chosen, draft_key, person_of, saved_person
from dutyboard.tui.screens.forms.person.positive import preview
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.person.typed_time import read_typed

RESULTS = ("negative", "positive", "indeterminate", "pending", "invalid")
"""Codes of the results in the order of their digits."""
_FINAL = frozenset({"negative", "positive"})


def planned_test_form(session: Session, owed: Obligation) -> None:
    """Open the form of the planned test that is owed."""
    kind: Literal["pcr", "serum"] = "serum" if owed.slot == "test-serum" else "pcr"
    session.open(TestForm(session, person_of(session, owed), kind, owed.id.day))


def test_form(session: Session, person: Person) -> None:
    """Open the form of the next planned test without a result, else of an extra one."""
    today = session.board_now.date()
    course = course_of(person, session.snapshot, session.now())
    open_tests = (t for t in tests_now(person, course) if t.day <= today and t.result not in _FINAL)
    planned: PlannedTest | None = next(open_tests, None)
    session.open(TestForm(session, person, planned.type if planned else None, planned.day if planned else None))


class TestForm(FormScreen):
    """The form of one test.

    `kind` and `day` are those of the planned test, or None for an extra one, whose kind is asked. A positive PCR shows
    its consequences before anything is written.
    """

    __test__ = False  # pytest would collect it by its name

    def __init__(
        self, session: Session, person: Person, kind: Literal["pcr", "serum"] | None, day: date | None
    ) -> None:
        people, course = session.words.people, session.words.course
        self._person = person
        self._planned = (kind, day)
        self._results = {code: course.results[code] for code in RESULTS}
        self._kind = Field(id="kind", label=people.test_kind, hint=choices_hint(course.test_types), needed=True)
        self._sampled = Field(
            id="sampled",
            label=people.test_sampled,
            hint=session.words.person.hint_day,
            value=f"{session.board_now:%m-%d}",
            needed=True,
        )
        self._result = Field(id="result", label=people.test_result, hint=choices_hint(self._results), needed=True)
        reason = Field(id="reason", label=people.test_reason, hint=people.test_reason_hint)
        fields = [*([] if kind else [self._kind]), self._sampled, self._result, reason]
        what = f"{course.test_types[kind]}  {people.test_day} {day}" if kind else people.test_extra
        name = people.test_title.format(name=person.name)
        key = draft_key("test", f"{subject_id(person)}.{kind or 'extra'}.{day or ''}".rstrip("."))
        facts: list[Line] = [((f" {what}", "strong"),)]
        super().__init__(session, name, facts, fields, self._command, key, saved_person(session, person, name))

    def _command(self, values: Mapping[str, Any]) -> RecordTest | Problem:
        kind, day = self._planned
        if kind is None:
            kind = cast(Any, chosen(values["kind"], self.words.course.test_types))
            if kind is None:
                return Problem(self._kind, "not_a_choice", values["kind"])
        on = read_typed(values["sampled"], self.session.board_now.replace(tzinfo=None), day_only=True)
        if on is None:
            return Problem(self._sampled, "not_a_time", values["sampled"])
        told = chosen(values["result"], self._results)
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
        """Send the result. A positive PCR opens the preview instead, which writes it and closes this form."""
        if isinstance(command, RecordTest) and (command.type, command.result) == ("pcr", "positive"):
            preview(self.session, self._person, command, self.answered)
        else:
            super().send(command)
