"""More acts on a person, chosen from a list: another room, another officer or cadre."""

from collections.abc import Callable, Mapping
from typing import Any

from dutyboard.rules.people.provenance import history_of
from dutyboard.rules.records.commands.person import Assign, Move, Reopen
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.tui.screens.filling.names import NamedAs, offered_name
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import cadre_phone_field, draft_key, saved_entry
from dutyboard.tui.screens.forms.person.breach import breach_form
from dutyboard.tui.screens.forms.person.contradiction import contradiction_form
from dutyboard.tui.screens.forms.person.last_day import last_day_form
from dutyboard.tui.screens.forms.person.mistakes import merge_form, void_form
from dutyboard.tui.screens.forms.person.suspicion import suspect
from dutyboard.tui.screens.forms.places import room_typed, site_typed
from dutyboard.tui.screens.forms.post.amend import choose_entry
from dutyboard.tui.screens.pick import PickScreen, named_choices
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field, InputKind, Problem
from dutyboard.tui.views.person.page import heading


def more_acts(session: Session, person: Person) -> None:
    """Open the choice of an act that has no key of its own on the page."""
    said = session.words.people
    acts: Mapping[str, Callable[[Session, Person], None]] = {
        said.move_title: move_form,
        said.assign_title: assign_form,
        session.words.amending.pick.format(name=person.name): _choose_entry,
        session.words.duties.kinds["suspected"]: suspect,
        said.last_day_title: last_day_form,
        session.words.forms.breach.format(name=person.name): breach_form,
        said.void_title: void_form,
        said.merge_title: merge_form,
        session.words.duties.kinds["contradiction"]: contradiction_form,
        said.reopen_title: reopen_form,
    }

    def picked(screen: PickScreen, name: str) -> None:
        screen.dismiss()
        acts[name](session, session.snapshot.persons[person.id])

    session.open(PickScreen(session, person.name, said.more_hint, named_choices(acts), picked))


def _choose_entry(session: Session, person: Person) -> None:
    choose_entry(session, [*reversed(history_of(person, session.snapshot))], person.name)


def reopen_form(session: Session, person: Person) -> None:
    """Open the form that opens a closed record again: only the reason is asked."""
    said, forms = session.words.people, session.words.forms
    fields = [Field(id="reason", label=forms.reason, hint=forms.hint_reason, needed=True)]

    def make(values: Mapping[str, Any]) -> Reopen:
        return Reopen(person_id=person.id, reason=values["reason"])

    _open(session, person, said.reopen_title, fields, make, "reopen")


def move_form(session: Session, person: Person) -> None:
    """Open the form of another room: site and room, or the site alone for its next free one."""
    said, forms = session.words.people, session.words.forms
    place = Field(id="room", label=said.move_room, hint=said.move_room_hint, needed=True)
    fields = [
        place,
        Field(id="shared", label=said.confirm_shared, hint=said.confirm_shared_hint),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
        Field(id="reason", label=forms.reason, hint=forms.hint_reason, needed=True),
    ]

    def make(values: Mapping[str, Any]) -> Move | Problem:
        site = site_typed(session, values["room"])
        found = (site, None) if site is not None else room_typed(session, values["room"])
        if found is None:
            return Problem(place, "not_a_choice", values["room"])
        return Move(
            person_id=person.id,
            site_id=found[0],
            room=found[1],
            shared=values["shared"] or "",
            happened_at=values["time"],
            reason=values["reason"],
        )

    _open(session, person, said.move_title, fields, make, "move")


def assign_form(session: Session, person: Person) -> None:
    """Open the form of another 专人, and of the cadres at home."""
    said, forms = session.words.people, session.words.forms
    asked: tuple[tuple[str, InputKind, str, NamedAs], ...] = (
        ("officer", "officer", said.confirm_officer, "officer_name"),
        ("town_cadre", "cadre", said.town_cadre, "town_cadre"),
        ("cadre", "cadre", said.assign_cadre, "home_cadre"),
    )
    fields = [
        Field(
            id=name,
            label=label,
            kind=kind,
            value=getattr(person, named_as),
            offer=offered_name(session.snapshot, person, named_as),
        )
        for name, kind, label, named_as in asked
    ]
    fields.append(Field(id="reason", label=forms.reason, hint=said.assign_reason_hint))
    fields.append(cadre_phone_field(session))

    def make(values: Mapping[str, Any]) -> Assign:
        officer, cadre, town = (values[each] or "" for each in ("officer", "cadre", "town_cadre"))
        return Assign(
            person_id=person.id,
            officer_name=officer if officer != person.officer_name else "",
            home_cadre=cadre if cadre != person.home_cadre else "",
            cadre_phone=values["cadre_phone"] or "",
            town_cadre=town if town != person.town_cadre else "",
            reason=values["reason"] or "",
        )

    _open(session, person, said.assign_title, fields, make, "assign")


def _open(
    session: Session,
    person: Person,
    title: str,
    fields: list[Field],
    make: Callable[[Mapping[str, Any]], Move | Assign | Reopen | Problem],
    form: str,
) -> None:
    facts: list[Line] = [((f" {heading(person, session.snapshot, session.words)}", "strong"),)]

    session.open(
        FormScreen(session, title, facts, fields, make, draft_key(form, subject_id(person)), saved_entry(session))
    )
