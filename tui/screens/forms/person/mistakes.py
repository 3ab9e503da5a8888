"""Registrations made by mistake: a record ended, or made one with another of the same person."""

from collections.abc import Callable, Mapping
from typing import Any

from dutyboard.rules.duties.person.merge import merged_record
from dutyboard.rules.records.commands.person import Merge, Void
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.unlike import standing_value
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, saved_entry
from dutyboard.tui.screens.forms.agreed_form import AgreedForm
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.views.fact_text import fact_label, side_text
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.person.page import heading


class MergeForm(AgreedForm):
    """The form of a merge. A second F9 agrees to what the two records tell unlike."""

    asks = "merge_differs"
    differing: Callable[[], list[Line]] = staticmethod(list)

    def answered(self, answer: Answer) -> None:
        """Show what differs."""
        if isinstance(answer, Refusal) and answer.code == self.asks:
            self.show_more(self.differing())
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
    form.differing = lambda: _differing(session, person.id, int(form.typed["other"] or 0))
    session.open(form)


def _differing(session: Session, one: int, other: int) -> list[Line]:
    """Return a line for each field that two records tell unlike: what stands, and what does not."""
    snapshot, words = session.snapshot, session.words
    kept, gone = (snapshot.persons[number] for number in sorted((one, other)))
    merged, unlike = merged_record(kept, gone, snapshot, session.now())
    texts = (
        words.people.merge_line.format(
            field=fact_label(key, words),
            own=side_text(key, standing_value(merged, key), words),
            other=side_text(key, told, words),
        )
        for key, told in unlike.items()
    )
    return [((f" {row}", "late"),) for text in texts for row in wrap(text, session.cells - 2)]


def _facts(session: Session, person: Person) -> list[Line]:
    return [((f" {person.id}  {heading(person, session.snapshot, session.words)}", "strong"),)]
