"""Everybody of one site given a room at another, one after another, so that the site can be closed."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.people.rooms import residents, room_order
from dutyboard.rules.people.stage import lodging, to_be_moved
from dutyboard.rules.records.commands.person import Move
from dutyboard.rules.records.model import Person, Site, subject_id
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.forms.places import site_typed
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field, Problem


def move_out_form(session: Session, site: Site) -> None:
    """Open the form that names the other site and the reason. Each gets the next free room there."""
    said, there = session.words.desk_acts, staying(session, site)
    target = Field(id="site", label=said.move_out_to, hint=said.move_out_hint, needed=True)
    fields = [target, Field(id="reason", label=said.reason, hint=said.reason_hint, needed=True)]

    def make(values: Mapping[str, Any]) -> Move | Problem:
        found = site_typed(session, values["site"])
        if found is None or found == site.id or not there:
            return Problem(target, "not_a_choice", values["site"])
        return Move(person_id=there[0].id, site_id=found, reason=values["reason"])

    form = FormScreen(
        session,
        said.move_out_title.format(site=site.name, n=len(there)),
        [],
        fields,
        make,
        draft_key("move-out", subject_id(site)),
    )

    def done(answer: Accepted) -> None:
        moved = session.snapshot.persons[there[0].id]
        _next(session, there[1:], moved.site_id or 0, answer.entry.text, 1)

    form.on_saved(done)
    session.open(form)


def _next(session: Session, left: list[Person], site_id: int, reason: str, moved: int) -> None:
    """Move the next one; say how many were moved once nobody is left, or why one cannot be."""
    said = session.words.desk_acts
    if not left:
        session.say(said.moved_out.format(n=moved))
        return

    def answered(answer: Answer) -> None:
        refused = session.answer_sentence(answer)
        if refused is not None:
            session.say(f"{said.moved_out.format(n=moved)} {left[0].name}: {refused}", "late")
        else:
            _next(session, left[1:], site_id, reason, moved + 1)

    session.submit(Move(person_id=left[0].id, site_id=site_id, reason=reason), answered)


def staying(session: Session, site: Site) -> list[Person]:
    """Return the people who live at a site and are not to be moved away already, by their rooms."""
    people = [each for each in residents(session.snapshot, site.id) if not to_be_moved(each)]
    rooms = {each.id: held.room if (held := lodging(each)) else None for each in people}
    return sorted(people, key=lambda each: (room_order(rooms[each.id]), each.id))
