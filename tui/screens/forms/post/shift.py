"""A shift of a seat, planned for one day or many."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.commands.post import PlanShift
from dutyboard.rules.records.model import Shift
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, officer_named
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.frame import seat_name
from dutyboard.tui.views.rota.table import shift_text
from dutyboard.tui.views.times import day_clock

MOST_DAYS = 366


def shift_form(session: Session, wanted: Seat | None = None, hours: tuple[datetime, datetime] | None = None) -> None:
    """Open the form of a shift, with seat and hours of a gap that it is to fill.

    An end before its start is one of the next day.
    """
    said = session.words.desk_acts
    seats: Mapping[Seat, str] = {seat: seat_name(session.words, seat) for seat in SEATS}
    seat = Field(id="seat", label=said.shift_seat, choices=seats, value=seats[wanted] if wanted else "", needed=True)
    officer = Field(
        id="officer",
        label=said.shift_officer,
        hint=said.shift_officer_hint,
        kind="officer",
        needed=True,
    )
    frm, to = (day_clock(each, session.snapshot.zone) for each in hours) if hours else ("", "")
    fields = [
        *((officer, seat) if wanted else (seat, officer)),
        Field(id="from", label=said.shift_from, kind="time", hint=said.shift_time_hint, value=frm, needed=True),
        Field(id="to", label=said.shift_to, kind="time", hint=said.shift_time_hint, value=to, needed=True),
        Field(
            id="days",
            label=said.shift_days,
            kind="number",
            hint=said.shift_days_hint,
            value="1",
            needed=True,
            low=1,
            high=MOST_DAYS,
        ),
        Field(id="reason", label=said.reason, hint=said.shift_reason_hint),
    ]

    def make(values: Mapping[str, Any]) -> PlanShift | Problem:
        named = officer_named(session, officer, values["officer"])
        if isinstance(named, Problem):
            return named
        starts, ends = values["from"], values["to"]
        if hours is not None and (form.typed["from"], form.typed["to"]) == (frm, to):
            starts, ends = hours
        elif ends <= starts:
            ends += timedelta(days=1)
        return PlanShift(
            seat=values["seat"],
            officer_id=named,
            starts=starts,
            ends=ends,
            days=values["days"],
            reason=values["reason"] or "",
        )

    def done(answer: Accepted) -> None:
        shift = next(each for each in answer.created if isinstance(each, Shift))
        session.say(session.words.screens.saved.format(what=shift_text(shift, session.snapshot, session.words)))

    key = draft_key("shift", f"{wanted}.{frm.replace(' ', '.').replace(':', '')}" if wanted else "")
    form = FormScreen(session, said.shift, [], fields, make, key, done)
    session.open(form)
