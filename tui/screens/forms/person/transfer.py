"""The forms of a ride: a person leaves, arrives, is diverted or comes back (三)."""

from collections.abc import Mapping
from typing import Any, Final

from dutyboard.rules.duties.doer import known_doers
from dutyboard.rules.duties.person.destination import Bound, owed_destination
from dutyboard.rules.people.stage import on_road
from dutyboard.rules.records.codes import Destination
from dutyboard.rules.records.commands.person import (
    CancelTransfer,
    DivertTransfer,
    EndTransfer,
    StartTransfer,
    Transfer,
)
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.filling.names import doers_offered
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, person_of, saved_person
from dutyboard.tui.screens.forms.person.hand_off import hand_off_form
from dutyboard.tui.screens.forms.places import room_typed
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.views.fact_text import destination_text
from dutyboard.tui.views.fields import Field, Problem, fold
from dutyboard.tui.views.person.referral import road_texts

_COUNTY: Final = "county:"
_RIDE: Final = ("vehicle", "driver", "phone", "escort", "escort_phone", "handed_by", "announced_by", "text")
"""Texts of a departure."""
_OUTSIDE: Final = ("县", "市", "区", "州")
"""Last signs of the names of other counties."""


def transfer_form(session: Session, owed: Obligation) -> None:
    """Open the form of the ride that is owed."""
    ride_form(session, person_of(session, owed))


def ride_form(session: Session, person: Person) -> None:
    """Open the form of a person's ride: to leave, to arrive, or for the letter of another county."""
    if on_road(person):
        _on_the_road_form(session, person)
    elif person.road is not None:
        hand_off_form(session, person)
    else:
        _leaving_form(session, person)


def _leaving_form(session: Session, person: Person) -> None:
    """Open the form of a departure. With an arrival and a receiver it tells the whole ride."""
    people, said = session.words.people, session.words.referral
    left = Field(id="left", label=people.transfer_left, kind="time", hint=session.words.forms.hint_time)
    planned = owed_destination(person)
    receivers = _receivers(session, planned.to, planned.site_id) if planned is not None else ()
    received = Field(id="received", label=people.transfer_received, kind="officer", hint=said.end_hint, names=receivers)
    to = Field(id="to", label=said.start_to, hint=said.start_to_hint)
    fields = [
        left,
        Field(id="vehicle", label=people.transfer_vehicle, needed=True),
        Field(id="driver", label=people.transfer_driver, needed=True),
        Field(id="arrived", label=people.transfer_arrived, kind="time", hint=said.end_hint),
        received,
        Field(id="phone", label=said.driver_phone),
        to,
        Field(id="escort", label=said.escort),
        Field(id="escort_phone", label=said.escort_phone),
        Field(id="handed_by", label=said.handed_by, kind="officer", names=_handing_over(session, person)),
        _temperature(session),
        *_announcement(session),
        Field(id="text", label=session.words.forms.text),
    ]
    facts: list[Line] = []
    if planned is not None:
        place = _text(session, planned)
        facts = [((f" {session.words.course.place_line.format(place=place)}", "strong"),)]

    def make(values: Mapping[str, Any]) -> StartTransfer | Transfer | Problem:
        bound = _typed(session, values["to"], to) if values["to"] else {}
        if isinstance(bound, Problem):
            return bound
        ride: dict[str, Any] = {key: values[key] or "" for key in _RIDE} | {"announced_at": values["announced_at"]}
        if values["arrived"] is None and not values["received"]:
            if values["temp_c"] is not None:
                return Problem(received, "needed")
            return StartTransfer(person_id=person.id, left_at=values["left"], **ride, **bound)
        if values["left"] is None:
            return Problem(left, "needed")
        if not values["received"]:
            return Problem(received, "needed")
        return Transfer(
            person_id=person.id,
            left_at=values["left"],
            arrived_at=values["arrived"] or session.now(),
            received_by=values["received"],
            temp_c=values["temp_c"],
            **ride,
            **bound,
        )

    name = people.transfer_title.format(name=person.name)
    key = draft_key("transfer", subject_id(person))
    session.open(FormScreen(session, name, facts, fields, make, key, saved_person(session, person, name)))


def _on_the_road_form(session: Session, person: Person) -> None:
    """Open the form of somebody on the road: he has arrived, is taken elsewhere, or is back."""
    said, people = session.words.referral, session.words.people
    outcomes = dict(zip(("end", "divert", "cancel"), said.choices, strict=True))
    what = Field(id="what", label=said.choose, choices=outcomes, value="1", needed=True)
    receivers = _receivers(session, person.road.to, person.site_id) if person.road is not None else ()
    received = Field(id="received", label=people.transfer_received, kind="officer", names=receivers)
    to = Field(id="to", label=said.start_to, hint=said.start_to_hint)
    why = Field(id="why", label=said.why)
    time = Field(id="time", label=session.words.forms.time, kind="time", hint=session.words.forms.hint_time)

    def make(values: Mapping[str, Any]) -> EndTransfer | DivertTransfer | CancelTransfer | Problem:
        happened_at, reason = values["time"], values["why"] or ""
        outcome = values["what"]
        if outcome == "end":
            if not values["received"]:
                return Problem(received, "needed")
            return EndTransfer(
                person_id=person.id,
                received_by=values["received"],
                arrived_at=happened_at,
                temp_c=values["temp_c"],
                announced_at=values["announced_at"],
                announced_by=values["announced_by"] or "",
                text=reason,
            )
        if not reason:
            return Problem(why, "needed")
        if outcome == "cancel":
            return CancelTransfer(person_id=person.id, reason=reason, happened_at=happened_at)
        if not values["to"]:
            return Problem(to, "needed")
        bound = _typed(session, values["to"], to)
        if isinstance(bound, Problem):
            return bound
        return DivertTransfer(person_id=person.id, reason=reason, happened_at=happened_at, **bound)

    road = road_texts(person, session.snapshot, session.words)
    above: list[Line] = [((f" {row}", tone),) for text, tone in road for row in wrap(text, session.cells - 2)]
    name = said.end_title.format(name=person.name)
    key = draft_key("arrival", subject_id(person))
    fields = [what, received, to, why, time, _temperature(session), *_announcement(session)]
    session.open(FormScreen(session, name, above, fields, make, key, saved_person(session, person, name)))


def _temperature(session: Session) -> Field:
    """Return the field of his temperature when he is handed over."""
    said = session.words.referral
    return Field(id="temp_c", label=said.temp, kind="temperature", hint=said.temp_hint)


def _announcement(session: Session) -> tuple[Field, Field]:
    """Return the fields that say when the command post there was told, and by whom."""
    said = session.words.referral
    at = Field(id="announced_at", label=said.announced_at, kind="time", hint=said.announced_hint)
    return at, Field(id="announced_by", label=said.announced_by, kind="officer")


def _handing_over(session: Session, person: Person) -> tuple[str, ...]:
    """Return the names of those who may hand a person over: of the desk, of his site, and his cadres."""
    return known_doers(session.snapshot, subject_id(person), session.now(), session.now())


def _receivers(session: Session, to: Destination, site_id: int | None) -> tuple[str, ...]:
    """Return the names of possible receivers: at a site those of the desk and of the site."""
    return doers_offered(session, Subject("site", site_id)) if to == "site" and site_id is not None else ()


def _text(session: Session, bound: Bound) -> str:
    return destination_text(bound.to, bound.place, bound.site_id, bound.room, session.snapshot, session.words)


def _typed(session: Session, typed: str, field: Field) -> dict[str, Any] | Problem:
    """Return where a ride goes as a command's fields: a place in a word, a room, or another county."""
    text = fold(typed)
    codes: tuple[Destination, ...] = ("hospital", "fever-clinic", "home")
    known = {name: code for code in codes for name in (code, session.words.course.places[code])}
    known |= {session.words.course.stages[stage]: code for stage, code in _STAGES.items()}
    if text in known:
        return {"to": known[text]}
    if text.startswith(_COUNTY):
        return {"to": "county", "place": text.removeprefix(_COUNTY)}
    room = room_typed(session, text)
    if room is not None:
        return {"to": "site", "site_id": room[0], "room": room[1]}
    sites = [site for site in session.snapshot.sites.values() if text in (site.label, site.name)]
    if len(sites) == 1:
        return {"to": "site", "site_id": sites[0].id}
    if text.endswith(_OUTSIDE):
        return {"to": "county", "place": text}
    return Problem(field, "not_a_choice", typed)


_STAGES: Final[dict[Any, Destination]] = {"hospital": "hospital", "home": "home"}
"""Stages whose short word names a destination too."""
