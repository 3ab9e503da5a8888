"""The form that confirms an assessment: the result above, the 专人 and the room below."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.law.explain import open_facts
from dutyboard.rules.law.result import Result
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.rooms import proposed_room
from dutyboard.rules.people.stage import first_place, stage_of
from dutyboard.rules.records.commands.person import Confirm
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.filling.names import offered_name
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import cadre_fields, cadre_phone_field, cadres_typed, draft_key
from dutyboard.tui.screens.forms.places import active_sites, room_typed
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.person.course import course_lines
from dutyboard.tui.views.who import who_line


def confirm_form(session: Session, person_id: int) -> None:
    """Open the form for the place that section three asks for. The proposed room may be changed."""
    snapshot, words, now = session.snapshot, session.words, session.now()
    person = snapshot.persons[person_id]
    course = course_of(person, snapshot, now)
    result, people = course.result, words.people
    officer = Field(
        id="officer",
        label=people.confirm_officer,
        kind="officer",
        value=person.officer_name,
        needed=True,
        offer=offered_name(session.snapshot, person, "officer_name"),
    )
    fields = [officer]
    place = Field(
        id="room", label=people.confirm_room, hint=_sites_hint(session), value=_proposal(session, person, result)
    )
    if first_place(result) == "home" and result.decision != "refer":
        fields += [*cadre_fields(session, person), cadre_phone_field(session)]
    if first_place(result) == "site":
        fields += [place, Field(id="shared", label=people.confirm_shared, hint=people.confirm_shared_hint)]

    def make(values: Mapping[str, Any]) -> Confirm | Problem:
        typed = values.get("room") or ""
        found = room_typed(session, typed) if typed else (None, None)
        if found is None:
            return Problem(place, "not_a_choice", typed)
        clause = None if result.decision == "refer" else result.clause
        return Confirm(
            person_id=person_id,
            clause=clause,
            officer_name=values["officer"],
            site_id=found[0],
            room=found[1],
            shared=values.get("shared") or "",
            cadres=cadres_typed(values),
            cadre_phone=values.get("cadre_phone") or "",
        )

    def done(_: Accepted) -> None:
        session.say(words.screens.saved.format(what=f"{person.name} {_told(session, person_id)}"))

    cells, asks = session.cells, open_facts(result, person.id_no, person.asked)
    facts = [who_line(person, snapshot, words, cells), *course_lines(course, words, cells, asks)]
    title = people.confirm_title.format(name=person.name)
    key = draft_key("confirm", subject_id(person))
    session.open(FormScreen(session, title, facts, fields, make, key, done))


def _told(session: Session, person_id: int) -> str:
    person = session.snapshot.persons[person_id]
    site = session.snapshot.sites.get(person.site_id or 0)
    stage = session.words.course.stages[stage_of(person)]
    return f"{stage} {site.label} {person.room}" if site else stage


def _sites_hint(session: Session) -> str:
    return " ".join(site.label for site in active_sites(session))


def _proposal(session: Session, person: Person, result: Result) -> str:
    """Return the proposed room as text; "" for a referred person, for whom nobody has named a place."""
    if person.site_id is not None:
        return f"{session.snapshot.sites[person.site_id].label} {person.room}"
    found = proposed_room(person, session.snapshot) if result.decision != "refer" else None
    return f"{found[0].label} {found[1]}" if found is not None else ""
