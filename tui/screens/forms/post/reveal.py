"""The reason to see whole numbers of people: written into the view log before any of them is shown."""

from collections.abc import Callable, Mapping
from typing import Any

from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field


def reveal_form(session: Session, about: str, shown: Callable[[], object]) -> None:
    """Open the form. `shown` is called once the view log holds the reason; if it takes none, a line says why."""
    said, acts = session.words.looks, session.words.desk_acts

    def make(values: Mapping[str, Any]) -> None:
        reason: str = values["reason"]
        session.fetch_for(
            lambda gateway: gateway.look("reveal", about, reason, revealed=True),
            lambda _: form.answered(Accepted(())),
        )

    def done(_: Accepted) -> None:
        shown()
        session.say(said.written)

    reason = Field(id="reason", label=acts.reason, hint=acts.reason_hint, needed=True)
    form = FormScreen(session, said.asks, [], [reason], make, draft_key("reveal"), done)
    session.open(form)
