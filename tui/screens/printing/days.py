"""The form that asks for the days of a page."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dutyboard.tui.export.kinds import KINDS
from dutyboard.tui.export.page import PageAsked
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field, Problem


class _DaysForm(FormScreen):
    """The form of the days. It keeps no draft: there is nothing in it to lose."""

    @property
    def dirty(self) -> bool:
        """False: a day is typed again sooner than offered."""
        return False


def days_form(session: Session, asked: PageAsked, show: Callable[[PageAsked], None]) -> None:
    """Ask for the day of a page, of some the first and the last one, and show it."""
    said = session.words.pages
    last = Field(id="last", label=said.last_day, kind="day", hint=asked.last.isoformat())
    fields = [last]
    if KINDS[asked.kind].days == "span":
        fields.insert(0, replace(last, id="first", label=said.first_day, hint=asked.first.isoformat()))

    def make(values: Mapping[str, Any]) -> Problem | None:
        until = values["last"] or asked.last  # an empty field leaves its day
        since = until if len(fields) == 1 else values["first"] or asked.first
        if since > until:
            return Problem(last, "ends_before", since.isoformat())
        form.dismiss()
        show(replace(asked, first=since, last=until, said_days=True))
        return None

    form = _DaysForm(session, said.days, [], fields, make, draft_key("page-days"))
    session.open(form)
