"""Shifts of the seats: planned for one day or many, changed, swapped with another, or called off."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from dutyboard.rules.people.officers import held, officer_name
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.commands.post import CancelShift, ChangeShift, PlanShift, SwapShifts
from dutyboard.rules.records.model import Shift
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import choices_hint, chosen, draft_key, officer_named, saved_entry
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
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
        Field(id="reason", label=said.reason, hint=said.shift_reason_hint),
    ]

    def make(values: Mapping[str, Any]) -> PlanShift | Problem:
        wanted = chosen(values["seat"], seats)
        if wanted is None:
            return Problem(seat, "not_a_choice", values["seat"])
        named = officer_named(session, officer, values["officer"])
        if isinstance(named, Problem):
            return named
        starts, ends = values["from"], values["to"]
        if ends <= starts:
            ends += timedelta(days=1)
        return PlanShift(
            seat=wanted,
            officer_id=named,
            starts=starts,
            ends=ends,
            days=values["days"],
            reason=values["reason"] or "",
        )

    def done(answer: Accepted) -> None:
        shift = next(each for each in answer.created if isinstance(each, Shift))
        zone = session.snapshot.zone
        hours = f"{day_clock(shift.starts, zone)} - {day_clock(shift.until, zone)}"
        session.say(session.words.screens.saved.format(what=f"{seats[shift.seat]} {hours}"))

    session.open(FormScreen(session, said.shift, [], fields, make, draft_key("shift"), done))


def choose_shift(session: Session) -> None:
    """Open the choice of a shift that is not over, to change it, swap it or call it off."""
    said, snapshot, now = session.words.desk_acts, session.snapshot, session.now()
    coming = sorted(
        (s for seat in SEATS for s in held(snapshot, seat) if s.until > now), key=lambda s: (s.starts, s.seat)
    )
    choices: list[tuple[str, str, Line]] = [
        (str(each.id), officer_name(snapshot, each.officer_id), ((f"  {_shift_line(session, each)}", "plain"),))
        for each in coming
    ]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        change_form(session, session.snapshot.shifts[int(key)])

    session.open(PickScreen(session, said.shift_change, said.shift_pick, choices, picked))


def _shift_line(session: Session, shift: Shift) -> str:
    zone = session.snapshot.zone
    hours = f"{day_clock(shift.starts, zone)} - {day_clock(shift.until, zone)}"
    name = officer_name(session.snapshot, shift.officer_id)
    return f"{shift.id:>4}  {seat_name(session.words, shift.seat)}  {hours}  {name}"


def change_form(session: Session, shift: Shift) -> None:
    """Open the form that changes one shift, swaps it with another, or calls it off."""
    said, zone = session.words.desk_acts, session.snapshot.zone
    what = Field(id="what", label=said.shift_what, hint=choices_hint(said.shift_whats), value="1", needed=True)
    officer = Field(
        id="officer",
        label=said.shift_officer,
        hint=said.shift_officer_hint,
        value=officer_name(session.snapshot, shift.officer_id),
    )
    other = Field(id="other", label=said.shift_other, kind="number", hint=said.shift_other_hint)
    fields = [
        what,
        officer,
        Field(id="from", label=said.shift_from, kind="time", value=day_clock(shift.starts, zone)),
        Field(id="to", label=said.shift_to, kind="time", value=day_clock(shift.ends, zone)),
        other,
        Field(id="reason", label=said.reason, hint=said.reason_hint, needed=True),
    ]

    def make(values: Mapping[str, Any]) -> ChangeShift | SwapShifts | CancelShift | Problem:
        wanted, reason = chosen(values["what"], said.shift_whats), values["reason"]
        if wanted == "cancel":
            return CancelShift(shift_id=shift.id, reason=reason)
        if wanted == "swap":
            if values["other"] is None:
                return Problem(other, "needed")
            return SwapShifts(shift_id=shift.id, other_id=values["other"], reason=reason)
        if wanted is None:
            return Problem(what, "not_a_choice", values["what"])
        named = shift.officer_id
        if values["officer"] != officer.value:
            found = officer_named(session, officer, values["officer"] or "")
            if isinstance(found, Problem):
                return found
            named = found
        return ChangeShift(
            shift_id=shift.id,
            officer_id=named if named != shift.officer_id else None,
            starts=_moved(values["from"], shift.starts),
            ends=_moved(values["to"], shift.ends),
            reason=reason,
        )

    facts: list[Line] = [((f" {_shift_line(session, shift)}", "strong"),)]
    key = draft_key("shift-change", str(shift.id))
    session.open(FormScreen(session, said.shift_change, facts, fields, make, key, saved_entry(session)))


def _moved(typed: datetime | None, was: datetime) -> datetime | None:
    """Return another hour; None where the typed one is the old one to the minute, or none is typed."""
    return None if typed is None or typed == was.replace(second=0, microsecond=0) else typed
