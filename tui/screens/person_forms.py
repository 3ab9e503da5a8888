"""The forms of one person: register who phoned in, correct what is known, confirm where section three puts him."""

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rules.commands import Confirm, Correct, Register
from rules.draft import Accepted
from rules.model import Person, Site
from rules.result import Result
from rules.rooms import free_rooms
from rules.screening import first_place
from tui.fields import Field, Problem
from tui.screens.duties import draft_key
from tui.text import Words
from tui.views.masking import masked
from tui.views.person_fields import BY_ID, FIELDS, FieldId
from tui.views.person_fields import Problem as PersonProblem
from tui.views.person_form import typing, values_of
from tui.views.screening import result_lines
from tui.widgets.form import FormScreen

if TYPE_CHECKING:
    from tui.app import DutyApp
    from tui.fields import ProblemCode

SECRET: tuple[FieldId, ...] = ("id_no", "phone")
"""Masked in the form; left as they are shown, they stay as they were."""
_PROBLEMS: Mapping[PersonProblem, "ProblemCode"] = {
    "unread_time": "not_a_time",
    "unread_day": "not_a_time",
    "unread_number": "not_a_number",
    "unread_choice": "not_a_choice",
}


def register(desk: "DutyApp") -> None:
    """`+`: somebody phoned in. Name, phone, from where, when left, when arrived; the rest may stay unknown."""
    people = desk.words.people

    def done(_: Accepted) -> None:
        desk.say(people.registered.format(name=form.typed["name"]))

    form = _person_form(desk, people.form_new, None, done)
    desk.push_screen(form)


def assess(desk: "DutyApp", person: Person) -> None:
    """Enter on the queue: what is known, to be corrected; saved, the form that confirms follows."""

    def done(_: Accepted) -> None:
        confirm(desk, person.id)

    desk.push_screen(_person_form(desk, desk.words.people.form_person.format(name=person.name), person, done))


def _person_form(desk: "DutyApp", title: str, person: Person | None, done: Any) -> FormScreen:
    words = desk.words
    shown = values_of(person) if person else dict.fromkeys(BY_ID, "")
    hidden = {field_id: masked(shown[field_id]) for field_id in SECRET}
    fields = {each.id: _field(each.id, hidden.get(each.id, shown[each.id]), words) for each in FIELDS}
    reason = Field(id="reason", label=words.people.reason, hint=words.people.reason_hint)

    def make(values: Mapping[str, Any]) -> Register | Correct | Problem:
        told: dict[FieldId, str] = {}
        for field_id, field in fields.items():
            answer = _answer(field_id, values[field_id] or "", words)
            if answer is None:
                return Problem(field, "not_a_choice", values[field_id])
            told[field_id] = shown[field_id] if answer == hidden.get(field_id) else answer
        read = typing(told, person, desk.board_now.replace(tzinfo=None))
        for field_id, problem in read.problems.items():
            return Problem(fields[field_id], _PROBLEMS[problem], values[field_id] or "")
        if person is None:
            return Register(person=read.draft)
        return Correct(person_id=person.id, person=read.draft, reason=values["reason"] or "")

    asked = [*fields.values(), reason] if person and person.assessment else list(fields.values())
    key = draft_key("person", f"person-{person.id}" if person else "")
    return FormScreen(title, [], asked, lambda values: make({"reason": "", **values}), key, done)


def _field(field_id: FieldId, value: str, words: Words) -> Field:
    people, spec = words.people, BY_ID[field_id]
    hint = people.hints.get(field_id, "")
    if spec.kind == "choice":
        answers = people.answers[field_id]
        hint = " ".join(f"{digit}{answers[code]}" for digit, code in spec.keys.items() if code in answers)
        value = answers.get(value, value)
    elif spec.kind in ("time", "day"):
        hint = people.hint_time if spec.kind == "time" else people.hint_day
    return Field(id=field_id, label=people.fields[field_id], hint=hint, value=value, needed=field_id == "name")


def _answer(field_id: FieldId, typed: str, words: Words) -> str | None:
    """The code of a choice typed as its digit or its word; other fields as typed. None: no such answer."""
    spec = BY_ID[field_id]
    if spec.kind != "choice" or not typed:
        return typed
    folded = unicodedata.normalize("NFKC", typed).strip()
    by_word = {word: code for code, word in words.people.answers[field_id].items()}
    return spec.keys.get(folded) or by_word.get(folded)


def confirm(desk: "DutyApp", person_id: int) -> None:
    """The result above, the 专人 and the room below; the room that is proposed may be changed."""
    snapshot, words, now = desk.the_snapshot, desk.words, desk.now()
    person = snapshot.persons[person_id]
    result = snapshot.courses.of(person, snapshot, now).result
    people = words.people
    officer = Field(id="officer", label=people.confirm_officer, value=person.officer_name, needed=True)
    fields = [officer]
    place = Field(id="room", label=people.confirm_room, hint=_sites_hint(desk), value=_proposal(desk, person, result))
    if first_place(result) == "site":
        fields.append(place)

    def make(values: Mapping[str, Any]) -> Confirm | Problem:
        typed = values.get("room") or ""
        found = _room(desk, typed) if typed else (None, None)
        if found is None:
            return Problem(place, "not_a_choice", typed)
        clause = None if result.decision == "refer" else result.clause
        return Confirm(
            person_id=person_id, clause=clause, officer_name=values["officer"], site_id=found[0], room=found[1]
        )

    def done(_: Accepted) -> None:
        desk.say(words.screens.saved.format(what=f"{person.name} {_told(desk, person_id)}"))

    facts = result_lines(result, words, desk.size.width)
    title = people.confirm_title.format(name=person.name)
    key = draft_key("confirm", f"person-{person_id}")
    desk.push_screen(FormScreen(title, facts, fields, make, key, done))


def _told(desk: "DutyApp", person_id: int) -> str:
    person = desk.the_snapshot.persons[person_id]
    site = desk.the_snapshot.sites.get(person.site_id or 0)
    stage = desk.words.people.stages[person.stage]
    return f"{stage} {site.label} {person.room}" if site else stage


def _active(desk: "DutyApp") -> list[Site]:
    return [site for site in desk.the_snapshot.sites.values() if site.state == "active"]


def _sites_hint(desk: "DutyApp") -> str:
    return " ".join(site.label for site in _active(desk))


def _proposal(desk: "DutyApp", person: Person, result: Result) -> str:
    """The next free room: of the own unit's site, else of the site with the most free rooms. Who is referred is not
    put anywhere that nobody named."""
    if person.site_id is not None:
        return f"{desk.the_snapshot.sites[person.site_id].label} {person.room}"
    if result.decision == "refer":
        return ""
    free = [(site, free_rooms(desk.the_snapshot, site)) for site in _active(desk)]
    open_sites = [(site, rooms) for site, rooms in free if rooms]
    if not open_sites:
        return ""
    site, rooms = max(open_sites, key=lambda pair: (pair[0].unit_id == person.unit_id, len(pair[1])))
    return f"{site.label} {rooms[0]}"


def _room(desk: "DutyApp", typed: str) -> tuple[int, int] | None:
    """Site and room of what was typed: the site's label or the start of its name, then the room's number."""
    folded = unicodedata.normalize("NFKC", typed).strip()
    name = folded.rstrip("0123456789").rstrip(" -")
    number = folded[len(folded.rstrip("0123456789")) :]
    found = [site for site in _active(desk) if site.label == name or (name and site.name.startswith(name))]
    return (found[0].id, int(number)) if len(found) == 1 and number else None
