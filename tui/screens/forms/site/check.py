"""Rounds and checks of a site. If one key cannot say it, a form opens."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.obligation import CLOSED, Obligation
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.form_parts import draft_key, on_day_of, open_duty_form, saved_sentence, time_fields
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field


def tick_off(session: Session, owed: Obligation) -> bool:
    """Record that all was in order, and return True. After its window the form opens that asks when it was."""
    if owed.state in CLOSED:
        _check_form(session, owed, session.words.forms.late_entry, "late")
        return False

    def answered(answer: Answer) -> None:
        refused = session.answer_sentence(answer)
        session.say(refused or saved_sentence(session, owed), "late" if refused else "plain")

    session.say(session.words.frame.saving)
    session.submit(Discharge(obligation=owed.id), answered)
    return True


def abnormal_form(session: Session, owed: Obligation) -> None:
    """Open the form for something abnormal, whose text is needed."""
    _check_form(session, owed, session.words.forms.abnormal, "abnormal", abnormal=True)


def _check_form(session: Session, owed: Obligation, name: str, key: str, *, abnormal: bool = False) -> None:
    forms = session.words.forms
    fields = [
        Field(id="text", label=forms.text, hint=forms.hint_note if abnormal else "", needed=abnormal),
        *time_fields(session, owed),
    ]

    def make(values: Mapping[str, Any]) -> Discharge:
        return Discharge(
            obligation=owed.id,
            abnormal=abnormal,
            text=values["text"] or "",
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    open_duty_form(session, name, owed, fields, make, draft_key(key, owed.id))


def staff_check_form(session: Session, owed: Obligation) -> None:
    """Open the form of the staff's symptoms: the number checked, and the number with symptoms."""
    forms = session.words.forms
    fields = [
        Field(id="checked", label=forms.checked, kind="number", low=1, needed=True),
        Field(id="abnormal", label=forms.abnormal_count, kind="number", needed=True),
        Field(id="text", label=forms.text),
        *time_fields(session, owed),
    ]

    def make(values: Mapping[str, Any]) -> Discharge:
        return Discharge(
            obligation=owed.id,
            text=values["text"] or "",
            figures={"checked": values["checked"], "abnormal": values["abnormal"]},
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    open_duty_form(session, forms.staff_check, owed, fields, make, draft_key("staff", owed.id))
