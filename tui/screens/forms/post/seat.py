"""The two seats. Enter takes an empty one; on a held one it asks for the reason."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.people.officers import holder, officer_name
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.commands.post import TakeSeat
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens import ROTA, imported
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.frame import seat_name
from dutyboard.tui.views.times import day_clock


def seat(session: Session, _: DutyScreen) -> None:
    """Open the choice of a seat."""
    _choose(session)


def seat_of_duty(session: Session, _: Obligation) -> None:
    """Open the choice of a seat for an empty one that is owed."""
    _choose(session)


def _choose(session: Session) -> None:
    snapshot, words = session.snapshot, session.words
    now, zone = session.now(), snapshot.zone
    choices: list[tuple[str, str, Line]] = []
    for each in sorted(SEATS, key=lambda s: holder(snapshot, s, now) is not None):
        shift = holder(snapshot, each, now)
        name = seat_name(words, each)
        if shift is None:
            line: Line = ((f"  {words.frame.seat_gap.format(seat=name)}", "gap"),)
        else:
            who, until = officer_name(snapshot, shift.officer_id), day_clock(shift.until, zone)
            line = ((f"  {words.frame.seat_line.format(seat=name, name=who, until=until)}", "plain"),)
        choices.append((each, name, line))

    choices.append(("rota", words.rota.name, ((f"  {words.rota.name}", "dim"),)))

    def picked(screen: PickScreen, key: str) -> None:
        if key == "rota":
            screen.dismiss()
            imported(ROTA)(session)
            return
        wanted: Seat = "leader" if key == "leader" else "officer"

        def answered(answer: Answer) -> None:
            refused = session.answer_sentence(answer)
            if isinstance(answer, Refusal) and answer.code in ("seat_taken", "twice_at_once"):
                screen.dismiss()
                _takeover(session, wanted, refused or "")
            elif refused is not None:
                screen.say(refused, "late")
            else:
                screen.dismiss()
                _seated(session, wanted)

        session.submit(TakeSeat(seat=wanted), answered, waits=True)

    session.open(PickScreen(session, words.screens.seat_title, words.screens.seat_hint, choices, picked))


def _takeover(session: Session, wanted: Seat, why: str) -> None:
    """Open the form that asks the reason: the seat is held, or he sits in the other one (`why`)."""
    forms = session.words.forms
    shift = holder(session.snapshot, wanted, session.now())
    who = officer_name(session.snapshot, shift.officer_id) if shift else ""
    facts: list[Line] = [((f" {seat_name(session.words, wanted)} {who}", "strong"),)]
    facts.append(((f" {why}", "late"),))
    field = Field(id="reason", label=forms.reason, hint=forms.hint_reason, needed=True)

    def make(values: Mapping[str, Any]) -> TakeSeat:
        return TakeSeat(seat=wanted, reason=values["reason"])

    def done(_: Accepted) -> None:
        _seated(session, wanted)

    key = draft_key("takeover", wanted)
    session.open(FormScreen(session, forms.takeover, facts, [field], make, key, done))


def _seated(session: Session, wanted: Seat) -> None:
    snapshot = session.snapshot
    shift = holder(snapshot, wanted, session.now())
    until = day_clock(shift.until, snapshot.zone) if shift else "?"
    session.say(session.words.screens.seat_taken.format(seat=seat_name(session.words, wanted), until=until))
