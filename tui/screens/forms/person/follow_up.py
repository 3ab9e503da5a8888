"""A call to somebody after his release: well, not well, or nobody answered.

The officer says which; no key alone does.
"""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form_parts import draft_key, open_duty_form, person_of, time_fields
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.who import who_line


def follow_up_form(session: Session, owed: Obligation) -> None:
    """Open the form of the call that is owed."""
    forms, answers, person = session.words.forms, session.words.log.followed_up, person_of(session, owed)
    answer = Field(id="answer", label=forms.follow_up_answer, choices=answers, needed=True)
    text = Field(id="text", label=forms.text, hint=forms.hint_follow_up)
    fields = [answer, text, *time_fields(session, owed)]

    def make(values: Mapping[str, Any]) -> Discharge | Problem:
        said = values["answer"]
        if said == "unwell" and not values["text"]:
            return Problem(text, "needed")
        return Discharge(
            obligation=owed.id,
            abnormal=said == "unwell",
            text=values["text"] or "",
            seen=() if said == "no_answer" else (person.id,),
            absent=(person.id,) if said == "no_answer" else (),
            done_by=values["done_by"] or "",
            happened_at=values["time"],
        )

    who = who_line(person, session.snapshot, session.words, session.cells)
    title = forms.follow_up.format(name=person.name)
    open_duty_form(session, title, owed, fields, make, draft_key("follow-up", owed.id), who)
