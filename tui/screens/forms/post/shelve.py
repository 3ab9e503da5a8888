"""An alarm that was seen, by one key; the form that puts a duty aside for a time."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from dutyboard.rules.duties.post.alarms import NEVER_SHELVED, longest
from dutyboard.rules.records.commands.post import Acknowledge, Shelve
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, facts_of
from dutyboard.tui.session import Session
from dutyboard.tui.views.board import title
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.times import clock


def acknowledge(session: Session, owed: Obligation, duties: Sequence[Obligation]) -> None:
    """Say that the duties behind a row were seen."""
    said = session.words.screens

    def answered(answer: Answer) -> None:
        refused = session.answer_sentence(answer)
        sentence = said.taken_up if owed.shelved else said.seen
        session.say(refused or sentence.format(what=title(owed, session.words)), "late" if refused else "plain")

    session.submit(Acknowledge(obligations=tuple(each.id for each in duties)), answered)


def shelve_form(session: Session, owed: Obligation) -> None:
    """Open the form: until when, which is half of what may be at most, and why."""
    forms, now, zone = session.words.forms, session.now(), session.snapshot.zone
    if owed.kind in NEVER_SHELVED:
        session.say(session.words.refusals.never_shelved.format(subject=title(owed, session.words)), "soon")
        return
    most = longest(owed, session.snapshot, now)
    until, last = now + most / 2, clock(now + most, zone)
    fields = [
        Field(id="until", label=forms.shelve_until, kind="time", needed=True, value=clock(until, zone)),
        Field(id="reason", label=forms.reason, hint=forms.hint_shelve.format(until=last), needed=True),
    ]

    def make(values: Mapping[str, Any]) -> Shelve:
        told = values["until"]
        if told < now - timedelta(hours=12):  # past midnight
            told += timedelta(days=1)
        return Shelve(obligation=owed.id, until=told, reason=values["reason"])

    def done(_: Accepted) -> None:
        session.say(session.words.screens.shelved.format(what=title(owed, session.words)))

    session.open(
        FormScreen(session, forms.shelve, facts_of(session, owed), fields, make, draft_key("shelve", owed.id), done)
    )
