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
from dutyboard.tui.views.person.typed_time import read_typed


class _DaysForm(FormScreen):
    """The form of the days. It keeps no draft: there is nothing in it to lose."""

    @property
    def dirty(self) -> bool:
        """False: a day is typed again sooner than offered."""
        return False


def days_form(session: Session, asked: PageAsked, show: Callable[[PageAsked], None]) -> None:
    """Ask for the day of a page, of some the first and the last one, and show it."""
    said = session.words.pages
    last = Field(id="last", label=said.last_day, hint=asked.last.isoformat())
    fields = [last]
    if KINDS[asked.kind].days == "span":
        fields.insert(0, replace(last, id="first", label=said.first_day, hint=asked.first.isoformat()))

    def make(values: Mapping[str, Any]) -> Problem | None:
        days = {"first": asked.first, "last": asked.last}  # an empty field leaves its day
        for each in fields:
            typed = values[each.id] or ""
            read = read_typed(typed, session.board_now.replace(tzinfo=None), day_only=True) if typed else None
            if typed and read is None:
                return Problem(each, "not_a_day", typed)
            days[each.id] = read.day if read is not None else days[each.id]
        if len(fields) == 1:
            days["first"] = days["last"]
        if days["first"] > days["last"]:
            return Problem(last, "ends_before", days["first"].isoformat())
        form.dismiss()
        show(replace(asked, first=days["first"], last=days["last"], said_days=True))
        return None

    form = _DaysForm(session, said.days, [], fields, make, draft_key("page-days"))
    session.open(form)
