"""A check of presence: the seat, site or unit that was asked is chosen, then what was found there."""

from collections.abc import Iterator, Mapping
from typing import Any

from dutyboard.frozen import frozen
from dutyboard.rules.people.officers import holder, officer_name
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.commands.post import CheckPresence
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.model import subject_id
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, saved_entry
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import pad
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.frame import seat_name

NAME_CELLS = 26


@frozen
class PostAsked:
    """A post whose presence is asked: its name, and who should be there as the desk knows it ("": nobody)."""

    subject: str
    seat: Seat | None
    name: str
    whom: str


def posts_asked(session: Session) -> Iterator[PostAsked]:
    """Yield both seats of the command post, then the sites in use, then the units."""
    snapshot = session.snapshot
    for seat in SEATS:
        sitting = holder(snapshot, seat, session.board_now)
        whom = officer_name(snapshot, sitting.officer_id) if sitting is not None else ""
        yield PostAsked(subject=POST, seat=seat, name=seat_name(session.words, seat), whom=whom)
    for site in snapshot.sites.values():
        if site.state == "active":
            yield PostAsked(subject=subject_id(site), seat=None, name=site.name, whom=site.keeper)
    for unit in snapshot.units.values():
        yield PostAsked(subject=subject_id(unit), seat=None, name=unit.name, whom=unit.first_responsible)


def choose_post(session: Session) -> None:
    """Open the choice of whom to ask, the seats of the command post first."""
    asked = {f"{each.subject}.{each.seat or ''}": each for each in posts_asked(session)}
    choices: list[PickChoice] = [
        (key, each.name, ((f"  {pad(each.name, NAME_CELLS)}{each.whom}", "plain"),)) for key, each in asked.items()
    ]

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        _presence_form(session, asked[key])

    said = session.words.desk_acts
    session.open(PickScreen(session, said.presence, said.hint, choices, picked))


def _presence_form(session: Session, asked: PostAsked) -> None:
    said, labels, forms = session.words.desk_acts, session.words.amending.fields, session.words.forms
    found = session.words.log.presence
    reason = Field(id="text", label=labels["reason"], hint=said.presence_reason_hint)
    answered = Field(id="answered_by", label=labels["answered_by"])
    stand_in = Field(id="stand_in", label=labels["stand_in"], kind="officer")
    fields = [
        Field(id="found", label=labels["found"], choices=found, needed=True),
        answered,
        Field(id="whom", label=labels["whom"], kind="officer", value=asked.whom if asked.seat else ""),
        stand_in,
        reason,
        Field(id="asked_by", label=labels["asked_by"], hint=said.presence_asked_hint),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
    ]

    def make(values: Mapping[str, Any]) -> CheckPresence | Problem:
        empty = values["found"] == "off_post"
        if empty and not values["text"]:
            return Problem(reason, "needed")
        if not empty and not values["answered_by"]:
            return Problem(answered, "needed")
        if values["found"] == "stood_in" and not values["stand_in"]:
            return Problem(stand_in, "needed")
        return CheckPresence(
            subject=asked.subject,
            seat=asked.seat,
            found=values["found"],
            asked_by=values["asked_by"] or "",
            whom=values["whom"] or "",
            answered_by=values["answered_by"] or "",
            stand_in=values["stand_in"] or "",
            text=values["text"] or "",
            happened_at=values["time"],
        )

    title = said.presence_of.format(name=asked.name)
    key = draft_key("presence", f"{asked.subject}.{asked.seat or ''}".rstrip("."))
    session.open(FormScreen(session, title, [], fields, make, key, saved_entry(session)))
