"""The forecast of rooms. Its answer is a standby site that opens, or a note that says why none does."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands import Discharge
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form_parts import draft_key, on_day_of, open_duty_form, time_fields
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field


def rooms_form(session: Session, owed: Obligation) -> None:
    """Open the form of the note."""
    fields = [Field(id="text", label=session.words.forms.text, needed=True), *time_fields(session, owed)]

    def make(values: Mapping[str, Any]) -> Discharge:
        return Discharge(
            obligation=owed.id,
            text=values["text"],
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    name = session.words.duties.kinds["rooms"]
    open_duty_form(session, name, owed, fields, make, draft_key("late", owed.id))
