"""The form of a call to whoever owes a report: who was called, and whether he was reached."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.duties.post.urging import to_call
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.told.post import Called
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, facts_of
from dutyboard.tui.session import Session
from dutyboard.tui.views.board import title
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.reports import call_line


def urge_form(session: Session, owed: Obligation) -> None:
    """Open the form of a call about a report. The call is an entry of its own, and counts on this and the next list."""
    words, me = session.words, session.me
    if me is None:
        session.say(words.why_not.not_signed_on, "soon")
        return
    people = to_call(owed, session.snapshot, session.now())
    whom = people[0].name if people else owed.owed_by
    fields = [
        Field(id="told", label=words.forms.urged_whom, kind="officer", value=whom, needed=True),
        Field(id="answered", label=words.forms.urged_reached, kind="yes_no", hint=words.forms.hint_urged, needed=True),
        Field(id="time", label=words.forms.time, kind="time", hint=words.forms.hint_time),
        Field(id="text", label=words.forms.text),
    ]

    def make(values: Mapping[str, Any]) -> WriteLog:
        call = Called(
            caller=me.name,
            matter=title(owed, words),
            told=values["told"],
            urges=owed.id,
            answered=values["answered"],
        )
        return WriteLog(text=values["text"] or "", subject=owed.subject_id, call=call, happened_at=values["time"])

    facts = [*facts_of(session, owed), call_line(owed, session.now(), session.snapshot, words)]
    saved = words.forms.urged_saved
    form = FormScreen(
        session, words.forms.urge, facts, fields, make, draft_key("urge", owed.id), lambda _: session.say(saved)
    )
    session.open(form)
