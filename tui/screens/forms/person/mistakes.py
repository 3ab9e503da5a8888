"""Registrations made by mistake: a record ended, or made one with another of the same person."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.person import Merge, Void
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, saved_entry
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.person.page import heading


class MergeForm(FormScreen):
    """The form of a merge. A second F9 agrees to what the two records tell unlike."""

    agreed = False

    def answered(self, answer: Answer) -> None:
        """Remember that the officer has seen what differs."""
        self.agreed = isinstance(answer, Refusal) and answer.code == "merge_differs"
        super().answered(answer)


def void_form(session: Session, person: Person) -> None:
    """Open the form that ends a record registered by mistake."""
    said = session.words.people
    fields = [Field(id="reason", label=session.words.forms.reason, hint=said.void_hint, needed=True)]

    def make(values: Mapping[str, Any]) -> Void:
        return Void(person_id=person.id, reason=values["reason"])

    key = draft_key("void", subject_id(person))
    session.open(FormScreen(session, said.void_title, _facts(session, person), fields, make, key, saved_entry(session)))


def merge_form(session: Session, person: Person) -> None:
    """Open the form that makes one record of two."""
    said = session.words.people
    other = Field(id="other", label=said.merge_other, kind="number", hint=said.merge_hint, needed=True, low=1)
    fields = [other, Field(id="reason", label=session.words.forms.reason)]

    def make(values: Mapping[str, Any]) -> Merge | Problem:
        if values["other"] not in session.snapshot.persons:
            return Problem(other, "not_a_choice", str(values["other"]))
        reason = values["reason"] or ""
        return Merge(person_id=person.id, into_id=values["other"], reason=reason, agreed=form.agreed)

    key = draft_key("merge", subject_id(person))
    form = MergeForm(session, said.merge_title, _facts(session, person), fields, make, key, saved_entry(session))
    session.open(form)


def _facts(session: Session, person: Person) -> list[Line]:
    return [((f" {person.id}  {heading(person, session.snapshot, session.words)}", "strong"),)]
