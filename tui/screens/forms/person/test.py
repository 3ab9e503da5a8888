"""A sample of a person, or its result."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from dutyboard.rules.amending.amend import as_correction
from dutyboard.rules.duties.person.tests import stage_on
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.facts import TestType
from dutyboard.rules.law.sampling.planned_tests import PlannedTest
from dutyboard.rules.law.sampling.samples import open_results
from dutyboard.rules.people.course import course_of, tests_now
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import RecordTest
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, person_of, saved_person
from dutyboard.tui.screens.forms.person.positive import preview
from dutyboard.tui.screens.forms.post.amend import follow_lines
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field

RESULTS = ("negative", "positive", "indeterminate", "pending", "invalid")
"""Codes of the results in the order of their digits."""


def planned_test_form(session: Session, owed: Obligation) -> None:
    """Open the form of the type of test that is owed."""
    kind: TestType = "serum" if owed.slot == "test-serum" else "pcr"
    session.open(TestForm(session, person_of(session, owed), kind))


def test_form(session: Session, person: Person) -> None:
    """Open the form of the next planned test without a result, else of an extra one."""
    today = session.board_now.date()
    course = course_of(person, session.snapshot, session.now())
    due = (t for t in tests_now(person, course) if t.day <= today and not t.done and not t.missed_by(today))
    planned: PlannedTest | None = next(due, None)
    session.open(TestForm(session, person, planned.type if planned else None))


class TestForm(FormScreen):
    """The form of one sample or its result.

    `kind` is that of the planned test, or None for an extra one, whose kind is asked. Above the fields stands the
    planned test that the sample will be put to. A positive PCR shows its consequences before anything is written.
    """

    __test__ = False  # pytest would collect it by its name
    _shown: Amend | None = None

    def __init__(self, session: Session, person: Person, kind: TestType | None) -> None:
        people, course = session.words.people, session.words.course
        self._person = person
        self._planned_kind = kind
        self._results = {code: course.results[code] for code in RESULTS}
        self._kind = Field(id="kind", label=people.test_kind, choices=course.test_types, needed=True)
        on = _day_asked(session, person, kind)
        self._sampled = Field(
            id="sampled",
            label=people.test_sampled,
            kind="day",
            hint=session.words.person.hint_day,
            value=f"{on:%m-%d}",
            needed=True,
        )
        self._result = Field(id="result", label=people.test_result, choices=self._results, needed=True)
        code = Field(id="sample_code", label=people.test_code, hint=people.test_code_hint)
        reason = Field(id="reason", label=people.test_reason, hint=people.test_reason_hint)
        fields = [*([] if kind else [self._kind]), self._sampled, self._result, reason, code]
        name = people.test_title.format(name=person.name)
        key = draft_key("test", f"{subject_id(person)}.{kind or 'extra'}.{on}")
        facts: list[Line] = [((f" {_what(session, person, kind, on)}", "strong"),)]
        super().__init__(session, name, facts, fields, self._command, key, saved_person(session, person, name))

    def _command(self, values: Mapping[str, Any]) -> RecordTest:
        kind = self._planned_kind
        if kind is None:
            kind = values["kind"]
        return RecordTest(
            person_id=self._person.id,
            type=cast(TestType, kind),
            sampled_on=values["sampled"],
            result=values["result"],
            sample_code=values["sample_code"] or "",
            reason=values["reason"] or "",
        )

    def send(self, command: Any) -> None:
        """Send the result. A positive PCR opens the preview instead, which writes it and closes this form.

        One that undoes the consequences of a positive shows first what that changes, and is sent by a second F9.
        """
        correction = as_correction(command, self.session.snapshot)
        if correction is not None:
            if correction != self._shown and (lines := follow_lines(correction, self.session)):
                self._shown = correction
                self.show_more(lines)
                self.say(self.words.amending.agree, "soon")
                return
            command = replace(command, agreed=correction == self._shown)
        if isinstance(command, RecordTest) and (command.type, command.result) == ("pcr", "positive"):
            preview(self.session, self._person, command, self.answered)
        else:
            super().send(command)


def _day_asked(session: Session, person: Person, kind: TestType | None) -> date:
    """Return the day of the sample whose result is out, else today."""
    facts = course_of(person, session.snapshot, session.now()).facts
    out = [each.sampled_on for each in open_results(facts) if each.type == kind and each.result == "pending"]
    return out[0] if len(out) == 1 and out[0] is not None else session.board_now.date()


def _what(session: Session, person: Person, kind: TestType | None, on: date) -> str:
    """Return the planned test that a sample of a day will be put to, in words."""
    words, course = session.words, course_of(person, session.snapshot, session.now())
    if kind is None:
        return words.people.test_extra
    planned = course.plan.test_of(Sample(type=kind, sampled_on=on, stage=stage_on(person, on)), course.facts)
    name = words.course.test_types[kind]
    return f"{name}  {words.people.test_day} {planned.day}" if planned else f"{name}  {words.people.test_extra}"
