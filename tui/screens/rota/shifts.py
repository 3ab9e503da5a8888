"""Forms of one shift of the rota: another officer, two that change places, other hours, one called off."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from dutyboard.rules.people.officers import at_once, officer_name
from dutyboard.rules.records.commands.post import CancelShift, ChangeShift, SwapShifts
from dutyboard.rules.records.model import Shift
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, officer_named, saved_entry
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field, Problem, fold
from dutyboard.tui.views.rota.table import shift_text
from dutyboard.tui.views.times import day_clock


def cover_form(session: Session, shift: Shift) -> None:
    """Open the form of a cover: who sits instead, and why. Where he sits elsewhere then, a second F9 agrees to it."""
    said, words = session.words.rota, session.words
    officer = Field(
        id="officer",
        label=words.desk_acts.shift_officer,
        hint=words.desk_acts.shift_officer_hint,
        kind="officer",
        needed=True,
    )
    cause = Field(id="cause", label=said.cause, choices=said.causes, needed=True)
    text = Field(id="text", label=said.cause_text, hint=said.cause_text_hint)
    shown = False

    def make(values: Mapping[str, Any]) -> ChangeShift | Problem | None:
        nonlocal shown
        named = officer_named(session, officer, values["officer"])
        if isinstance(named, Problem):
            return named
        why = values["cause"]
        if why == "other" and not values["text"]:
            return Problem(text, "needed")
        other = at_once(session.snapshot, replace(shift, officer_id=named))
        if other is not None and not shown:
            shown = True
            where = shift_text(other, session.snapshot, words)
            form.say(said.at_once.format(name=officer_name(session.snapshot, named), shift=where), "soon")
            return None
        told = values["text"] or ""
        reason = told if why == "other" else f"{said.causes[why]} {told}".strip()
        return ChangeShift(shift_id=shift.id, officer_id=named, reason=reason)

    title = said.cover.format(shift=shift_text(shift, session.snapshot, words))
    form = _form(session, title, shift, [officer, cause, text], make, "shift-cover")


def hours_form(session: Session, shift: Shift) -> None:
    """Open the form of other hours. An empty field leaves an hour as it is; one without a date is of the shift's day.

    An end before the start is one of the next day.
    """
    words, zone = session.words, session.snapshot.zone
    hints = [words.rota.hours_hint.format(at=day_clock(each, zone)) for each in (shift.starts, shift.ends)]
    fields = [
        Field(id="from", label=words.desk_acts.shift_from, kind="time", hint=hints[0]),
        Field(id="to", label=words.desk_acts.shift_to, kind="time", hint=hints[1]),
        _reason(session),
    ]

    def make(values: Mapping[str, Any]) -> ChangeShift:
        starts, ends = (_of_shift(form.typed[key], values[key], shift, session) for key in ("from", "to"))
        if ends is not None and ends <= (starts or shift.starts):
            ends += timedelta(days=1)
        return ChangeShift(
            shift_id=shift.id,
            starts=_moved(starts, shift.starts),
            ends=_moved(ends, shift.ends),
            reason=values["reason"],
        )

    title = words.rota.hours.format(shift=shift_text(shift, session.snapshot, words))
    form = _form(session, title, shift, fields, make, "shift-hours")


def _of_shift(typed: str, at: datetime | None, shift: Shift, session: Session) -> datetime | None:
    """Return a typed hour on the day on which a shift begins, unless a day was typed."""
    if at is None or "-" in fold(typed) or "/" in fold(typed):
        return at
    return at + (session.snapshot.day_of(shift.starts) - session.board_now.date())


def call_off_form(session: Session, shift: Shift) -> None:
    """Open the form that calls a shift off."""
    title = session.words.rota.call_off.format(shift=shift_text(shift, session.snapshot, session.words))

    def make(values: Mapping[str, Any]) -> CancelShift:
        return CancelShift(shift_id=shift.id, reason=values["reason"])

    _form(session, title, shift, [_reason(session)], make, "shift-cancel")


def swap_form(session: Session, first: Shift, second: Shift) -> None:
    """Open the form of a swap. Both shifts stand above with the officer who sits there then."""
    said, words, snapshot = session.words.rota, session.words, session.snapshot
    facts: list[Line] = []
    for shift, by in ((first, second), (second, first)):
        text = said.swap_with.format(
            shift=shift_text(shift, snapshot, words), name=officer_name(snapshot, by.officer_id)
        )
        facts.append(((f" {text}", "strong"),))

    def make(values: Mapping[str, Any]) -> SwapShifts:
        return SwapShifts(shift_id=first.id, other_id=second.id, reason=values["reason"])

    key = draft_key("shift-swap", f"{first.id}.{second.id}")
    session.open(FormScreen(session, said.swap, facts, [_reason(session)], make, key, saved_entry(session)))


def _form(
    session: Session,
    title: str,
    shift: Shift,
    fields: Sequence[Field],
    make: Callable[[Mapping[str, Any]], ChangeShift | CancelShift | Problem | None],
    key: str,
) -> FormScreen:
    form = FormScreen(session, title, [], fields, make, draft_key(key, str(shift.id)), saved_entry(session))
    session.open(form)
    return form


def _reason(session: Session) -> Field:
    said = session.words.desk_acts
    return Field(id="reason", label=said.reason, hint=said.reason_hint, needed=True)


def _moved(typed: datetime | None, was: datetime) -> datetime | None:
    """Return another hour; None where the typed one is the old one to the minute, or none is typed."""
    return None if typed is None or typed == was.replace(second=0, microsecond=0) else typed
