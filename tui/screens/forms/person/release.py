"""The release at the end of a stage: its blockers stand above, a leader confirms, an override needs a reason."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.duties.person.positive import Consequence, after_leaving
from dutyboard.rules.duties.person.release import goes_home, leaving
from dutyboard.rules.law.gate import SETTLED_BY_WORD, Blocker
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.leaving import LEAVING, gate_of
from dutyboard.rules.people.stage import in_room
from dutyboard.rules.records.commands.person import Release
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import (
    cadre_fields,
    cadre_phone_field,
    cadres_typed,
    draft_key,
    leader_field,
    leader_named,
    person_of,
    saved_person,
)
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.person.consequences import consequence_lines
from dutyboard.tui.views.person.page import blocker_text

_ARRANGED_HERE = frozenset({"no_home_cadre", "no_vehicle"}) | SETTLED_BY_WORD
"""Blockers that the form itself asks about."""


def release_duty_form(session: Session, owed: Obligation) -> None:
    """Open the release of an obligation."""
    release_form(session, person_of(session, owed))


def release_form(session: Session, person: Person) -> None:
    """Open the form of a release.

    It shows the blockers, except those that its own fields arrange, and the secondary contacts who are released with
    him. It proposes the leader on the seat.
    """
    snapshot, words, now = session.snapshot, session.words, session.now()
    people = words.people
    found = gate_of(person, snapshot, now)
    if found is None or person.stage not in LEAVING:
        session.say(words.page.gate_none)
        return
    result = course_of(person, snapshot, now).result
    codes = {each.code for each in found.blockers}
    blocking = [each for each in found.blockers if each.code not in _ARRANGED_HERE]
    linked = _released_with(session, person, found.blockers)
    ready = tuple(each.person_id for each in linked if each.kind == "release_linked" and each.at_once)
    facts: list[Line] = [
        ((f" {people.gate_blocked if blocking else people.gate_open}", "late" if blocking else "strong"),)
    ]
    facts += [((f"   - {blocker_text(each, result, snapshot, words)}", "late"),) for each in blocking]
    to_confirm = [each for each in found.blockers if each.code in SETTLED_BY_WORD]
    facts += [((f"   - {blocker_text(each, result, snapshot, words)}", "soon"),) for each in to_confirm]
    facts += consequence_lines(linked, snapshot, words, session.cells)
    leader = leader_field(session, people.release_leader)
    fields = [leader]
    home = goes_home(person, snapshot, now)
    if home:
        fields += cadre_fields(session, person)
    if "no_vehicle" in codes:
        fields.append(Field(id="vehicle", label=people.transfer_vehicle, needed=not blocking))
    if to_confirm:
        fields.append(
            Field(id="late", label=people.release_late, kind="yes_no", hint=people.release_late_hint, needed=True)
        )
    if blocking:
        hint = people.release_override_hint
        fields.append(Field(id="override", label=people.release_override, hint=hint, needed=True))

    if home:
        fields.append(cadre_phone_field(session))

    def make(values: Mapping[str, Any]) -> Release | Problem:
        leader_id = leader_named(session, leader, values["leader"])
        if isinstance(leader_id, Problem):
            return leader_id
        return Release(
            person_id=person.id,
            leader_id=leader_id,
            cadres=cadres_typed(values),
            cadre_phone=values.get("cadre_phone") or "",
            vehicle=values.get("vehicle") or "",
            override=values.get("override") or "",
            late_confirmed=bool(values.get("late")),
            linked=ready,
        )

    title = people.release_title.format(name=person.name)
    key = draft_key("release", subject_id(person))
    session.open(FormScreen(session, title, facts, fields, make, key, saved_person(session, person, title)))


def _released_with(session: Session, person: Person, blockers: tuple[Blocker, ...]) -> tuple[Consequence, ...]:
    """Return the consequences that the end of his site stage has for his secondary contacts."""
    snapshot, now = session.snapshot, session.now()
    if not in_room(person):
        return ()
    blocking = tuple(each for each in blockers if each.code not in _ARRANGED_HERE)
    command = Release(person_id=person.id, leader_id=0)
    released = leaving(person, command, goes_home(person, snapshot, now), blocking, snapshot, now)
    return after_leaving(snapshot, released, now)
