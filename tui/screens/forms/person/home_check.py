"""A town's check of its people at home. One key says that all were seen and well; else each has a line."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.obligation import CLOSED, Obligation
from dutyboard.tui.screens.form_parts import draft_key, on_day_of, open_duty_form, tick, time_fields
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.entry.names import subject_name
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.person.home_line import read_home_line


def tick_off_home(session: Session, owed: Obligation) -> bool:
    """Record that everybody on the painted row was seen and well, and return True. A missed check opens the form."""
    if owed.state in CLOSED:
        home_check_form(session, owed)
        return False
    tick(session, owed, Discharge(obligation=owed.id, seen=tuple(each.number for each in owed.left)))
    return True


def home_check_form(session: Session, owed: Obligation) -> None:
    """Open the form: one line for each who is still to be seen. Each blank line shows what it says of him."""
    forms = session.words.forms
    people = [
        Field(id=str(each), label=subject_name(each, session.snapshot), hint=forms.home_line) for each in owed.left
    ]
    how = Field(id="how", label=forms.home_how, choices=forms.home_ways)
    fields = [*people, how, Field(id="text", label=forms.text), *time_fields(session, owed)]

    def make(values: Mapping[str, Any]) -> Discharge:
        lines = {each: read_home_line(values[str(each)] or "") for each in owed.left}

        def numbers(said: str) -> tuple[int, ...]:
            return tuple(each.number for each, line in lines.items() if line.said == said)

        return Discharge(
            obligation=owed.id,
            text=values["text"] or "",
            details={"how": values["how"]} if values["how"] else {},
            seen=numbers("seen"),
            absent=numbers("absent"),
            refused=numbers("refused"),
            unwell=numbers("unwell"),
            remarks={
                str(each): line.words for each, line in lines.items() if line.words and line.said != "not_visited"
            },
            readings={str(each): line.temp_c for each, line in lines.items() if line.temp_c is not None},
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    said: list[Line] = [((f" {each}", "soon"),) for each in (forms.home_said, forms.home_codes)]
    open_duty_form(session, forms.home_check, owed, fields, make, draft_key("home-check", owed.id), *said)
