"""An open matter: its outcome closes it, another name gives it to somebody else."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.post import AssignMatter, CloseMatter
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, saved_sentence
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.board import title
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.times import day_clock


def matter_form(session: Session, owed: Obligation) -> None:
    """Open the form of a finding or a call. With an outcome it is closed; without, owner and hour may be changed."""
    forms, zone = session.words.forms, session.snapshot.zone
    outcome = Field(id="outcome", label=forms.outcome, hint=forms.hint_outcome)
    reason = Field(id="reason", label=forms.assign_reason)
    fields = [
        outcome,
        Field(id="told", label=forms.matter_told),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
        Field(id="owner", label=forms.owner, kind="officer", value=owed.owed_by),
        Field(id="due", label=forms.due, kind="time", hint=forms.hint_due),
        reason,
    ]

    def make(values: Mapping[str, Any]) -> AssignMatter | CloseMatter | Problem:
        number = owed.subject_id.number
        if values["outcome"]:
            return CloseMatter(
                matter_id=number, outcome=values["outcome"], told=values["told"] or "", happened_at=values["time"]
            )
        if values["due"] is None and (values["owner"] or "") == owed.owed_by:
            return Problem(outcome, "needed")
        if not values["reason"]:
            return Problem(reason, "needed")
        return AssignMatter(matter_id=number, owner=values["owner"] or "", reason=values["reason"], due=values["due"])

    what = title(owed, session.words)
    opened, due = day_clock(owed.opens, zone), day_clock(owed.due, zone)
    facts: list[Line] = [
        ((f" {what}", "strong"),),
        ((f" {forms.matter_about.format(opened=opened, due=due, owner=owed.owed_by)}", "dim"),),
    ]
    name = forms.matter_title.format(what=session.words.duties.kinds[owed.kind])

    def done(_: object) -> None:
        session.say(saved_sentence(session, owed))

    session.open(FormScreen(session, name, facts, fields, make, draft_key("matter", owed.subject_id), done))
