"""A seat planned: for one day, or for the same hours of many."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.commands.post import PlanShift
from dutyboard.rules.records.model import Shift
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import choices_hint, chosen, draft_key
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.frame import seat_name
from dutyboard.tui.views.times import day_clock

MOST_DAYS = 366


def shift_form(session: Session) -> None:
    """Open the form of a shift. An end before its start is one of the next day."""
    said = session.words.desk_acts
    seats: Mapping[Seat, str] = {seat: seat_name(session.words, seat) for seat in SEATS}
    seat = Field(id="seat", label=said.shift_seat, hint=choices_hint(seats), needed=True)
    officer = Field(id="officer", label=said.shift_officer, hint=said.shift_officer_hint, needed=True)
    fields = [
        seat,
        officer,
        Field(id="from", label=said.shift_from, kind="time", hint=said.shift_time_hint, needed=True),
        Field(id="to", label=said.shift_to, kind="time", hint=said.shift_time_hint, needed=True),
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
    ]

    def make(values: Mapping[str, Any]) -> PlanShift | Problem:
        wanted = chosen(values["seat"], seats)
        if wanted is None:
            return Problem(seat, "not_a_choice", values["seat"])
        named = [each.id for each in session.snapshot.officers.values() if each.name == values["officer"]]
        if len(named) != 1:
            return Problem(officer, "not_a_choice", values["officer"])
        starts, ends = values["from"], values["to"]
        if ends <= starts:
            ends += timedelta(days=1)
        return PlanShift(seat=wanted, officer_id=named[0], starts=starts, ends=ends, days=values["days"])

    def done(answer: Accepted) -> None:
        shift = next(each for each in answer.created if isinstance(each, Shift))
        zone = session.snapshot.zone
        hours = f"{day_clock(shift.starts, zone)} - {day_clock(shift.until, zone)}"
        session.say(session.words.screens.saved.format(what=f"{seats[shift.seat]} {hours}"))

    session.open(FormScreen(session, said.shift, [], fields, make, draft_key("shift"), done))
