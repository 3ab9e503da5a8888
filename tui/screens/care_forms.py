"""The forms of a person under control: the closed-loop transfer, a sample and its result, the release by a leader."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from rules.commands import RecordTest, Release, Transfer
from rules.draft import Accepted
from rules.model import Person, subject_id
from rules.moving import gate_of, may_lead
from rules.obligation import Obligation
from rules.screening import owed_for
from rules.shifts import holder, officer_name
from tui.cells import Line
from tui.fields import Field, Problem
from tui.screens.duties import draft_key
from tui.text.assess_words import BLOCKERS
from tui.views.typed_time import read_typed
from tui.widgets.form import FormScreen

if TYPE_CHECKING:
    from tui.app import DutyApp

_RESULTS = ("negative", "positive", "indeterminate", "pending")
"""In the order of their digits."""


def care_form(desk: "DutyApp", owed: Obligation) -> None:
    """The form of a transfer, a test or a release that is owed."""
    person = desk.the_snapshot.persons[int(owed.subject_id.partition("-")[2])]
    if owed.kind == "transfer":
        _transfer(desk, person)
    elif owed.kind == "test":
        _test(desk, person, owed)
    else:
        _release(desk, person)


def owed_by_person(desk: "DutyApp", person: Person) -> Obligation | None:
    """What this person is owed first, of the acts that have a form here."""
    from rules import moving, sampling

    now, snapshot = desk.now(), desk.the_snapshot
    owed = [
        *owed_for(person, snapshot, now),
        *sampling.owed_for(person, snapshot, now),
        *(each for each in moving.obligations(snapshot, now) if each.subject_id == subject_id(person)),
    ]
    forms = [o for o in owed if o.kind in ("transfer", "test", "release") and o.state in ("open", "due_soon", "late")]
    return min(forms, key=lambda each: each.due, default=None)


def _transfer(desk: "DutyApp", person: Person) -> None:
    people = desk.words.people
    fields = [
        Field(id="left", label=people.transfer_left, kind="time", needed=True),
        Field(id="vehicle", label=people.transfer_vehicle, needed=True),
        Field(id="driver", label=people.transfer_driver, needed=True),
        Field(id="arrived", label=people.transfer_arrived, kind="time", needed=True),
        Field(id="received", label=people.transfer_received, needed=True),
        Field(id="text", label=desk.words.forms.text),
    ]

    def make(values: Mapping[str, Any]) -> Transfer:
        return Transfer(
            person_id=person.id,
            left_at=values["left"],
            vehicle=values["vehicle"],
            driver=values["driver"],
            arrived_at=values["arrived"],
            received_by=values["received"],
            text=values["text"] or "",
        )

    _push(desk, people.transfer_title.format(name=person.name), person, [], fields, make, "transfer")


def _test(desk: "DutyApp", person: Person, owed: Obligation) -> None:
    people, course = desk.words.people, desk.words.course
    day = date.fromisoformat(owed.id.rpartition("/")[2])
    kind = "serum" if owed.slot == "test-serum" else "pcr"
    hint = " ".join(f"{number}{course.results[code]}" for number, code in enumerate(_RESULTS, 1))
    today = f"{desk.board_now:%m-%d}"
    sampled = Field(id="sampled", label=people.test_sampled, hint=desk.words.person.hint_day, value=today)
    result = Field(id="result", label=people.test_result, hint=hint, needed=True)
    facts: list[Line] = [((f" {course.test_types[kind]}  {people.test_day} {day}", "strong"),)]

    def make(values: Mapping[str, Any]) -> RecordTest | Problem:
        on = read_typed(values["sampled"] or "", desk.board_now.replace(tzinfo=None), day_only=True)
        if on is None:
            return Problem(sampled, "not_a_time", values["sampled"] or "")
        typed = unicodedata.normalize("NFKC", values["result"]).strip()
        answers = {str(number): code for number, code in enumerate(_RESULTS, 1)}
        answers |= {course.results[code]: code for code in _RESULTS}
        if typed not in answers:
            return Problem(result, "not_a_choice", typed)
        told = cast(Any, answers[typed])
        return RecordTest(person_id=person.id, type=cast(Any, kind), day=day, sampled_on=on.day, result=told)

    _push(desk, people.test_title.format(name=person.name), person, facts, [sampled, result], make, owed.slot)


def _release(desk: "DutyApp", person: Person) -> None:
    """The gate stands above the form: what blocks the release, but for what the form itself arranges."""
    snapshot, people, now = desk.the_snapshot, desk.words.people, desk.now()
    english = desk.words.language == "en"
    found = gate_of(person, snapshot, now)
    codes = [each.code for each in found.blockers] if found else []
    blocking = [BLOCKERS[code][english] for code in codes if code not in ("no_home_cadre", "no_vehicle")]
    verdict = f"{people.gate_blocked} {'、'.join(blocking)}" if blocking else people.gate_open
    facts: list[Line] = [((f" {verdict}", "late" if blocking else "strong"),)]
    seat = holder(snapshot, "leader", now)
    leader = Field(
        id="leader",
        label=people.release_leader,
        value=officer_name(snapshot, seat.officer_id) if seat else "",
        needed=True,
    )
    fields = [leader]
    if "no_home_cadre" in codes or "no_vehicle" in codes:
        fields += [Field(id="cadre", label=people.release_cadre), Field(id="vehicle", label=people.transfer_vehicle)]
    if blocking:
        fields.append(Field(id="override", label=people.release_override))

    def make(values: Mapping[str, Any]) -> Release | Problem:
        named = [
            officer.id
            for officer in snapshot.officers.values()
            if officer.name == values["leader"] and may_lead(officer, snapshot, now)
        ]
        if len(named) != 1:
            return Problem(leader, "not_a_choice", values["leader"])
        return Release(
            person_id=person.id,
            leader_id=named[0],
            home_cadre=values.get("cadre") or "",
            vehicle=values.get("vehicle") or "",
            override=values.get("override") or "",
        )

    _push(desk, people.release_title.format(name=person.name), person, facts, fields, make, "release")


def _push(
    desk: "DutyApp", title: str, person: Person, facts: list[Line], fields: list[Field], make: Any, form: str
) -> None:
    def done(_: Accepted) -> None:
        stage = desk.words.course.stages[desk.the_snapshot.persons[person.id].stage]
        desk.say(desk.words.screens.saved.format(what=f"{title} {stage}"))

    desk.push_screen(FormScreen(title, facts, fields, make, draft_key(form, subject_id(person)), done))
