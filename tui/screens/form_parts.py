"""Parts that the forms share: facts above, fields of time and person, choices by digit, the line once saved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from dutyboard.rules.people.cadres import cadres_of
from dutyboard.rules.people.officers import holder, may_lead, officer_name, serving, unit_name
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import CLOSED, Obligation
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.filling.names import NamedAs, doers_offered, offered_name
from dutyboard.tui.screens.form import FormScreen, Make
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.board import state_text, title
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.fields import Field, Problem, fold
from dutyboard.tui.views.people import stage_text
from dutyboard.tui.views.times import clause, clock


def draft_key(form: str, subject: str = "") -> str:
    """Return the name of a form's draft: form and subject, with signs that a file name may hold."""
    return ".".join(part for part in (form, subject.replace("/", ".")) if part).lower()


# About an obligation


def facts_of(session: Session, owed: Obligation) -> list[Line]:
    """Return the line above a form: the duty, its clause, its window and its state."""
    words, zone = session.words, session.snapshot.zone
    state = state_text(owed, session.board_now, zone, words)
    window = f"{clock(owed.opens, zone)}-{clock(owed.due, zone)}"
    return [
        ((f" {title(owed, words)}", "strong"), (f"  {clause(words.duties, owed.clause)} {window} {state}", "dim")),
    ]


def time_fields(session: Session, owed: Obligation) -> list[Field]:
    """Return the fields for the time and the person who did it.

    Of a duty whose window has closed the time is needed.
    """
    forms = session.words.forms
    missed = owed.state in CLOSED
    return [
        Field(
            id="time",
            label=forms.time,
            kind="time",
            hint=forms.hint_late if missed else forms.hint_time,
            needed=missed,
        ),
        doer_field(session, owed.subject_id, owed.owed_by),
    ]


def doer_field(session: Session, about: Subject, value: str = "", **more: Any) -> Field:
    """Return the field of who did a thing at a place: somebody known there, or another with a word."""
    forms = session.words.forms
    told: dict[str, Any] = {"id": "done_by", "label": forms.done_by, "hint": forms.hint_doer, "value": value, **more}
    return Field(kind="officer", names=doers_offered(session, about), **told)


def on_day_of(owed: Obligation, instant: datetime | None) -> datetime | None:
    """Return a typed time of day on the obligation's own day, which may be yesterday."""
    if instant is None:
        return None
    opens = owed.opens.astimezone(instant.tzinfo)
    return instant.replace(year=opens.year, month=opens.month, day=opens.day)


def open_duty_form(
    session: Session, name: str, owed: Obligation, fields: list[Field], make: Make, key: str, *more: Line
) -> None:
    """Open a form about an obligation, with `more` lines below its facts. Once saved, the status line says so."""

    def done(_: Accepted) -> None:
        session.say(saved_sentence(session, owed))

    session.open(FormScreen(session, name, [*facts_of(session, owed), *more], fields, make, key, done))


def saved_sentence(session: Session, owed: Obligation) -> str:
    """Return the sentence for a saved duty, without the count that it has just changed."""
    return session.words.screens.saved.format(what=title(replace(owed, count=0, total=0), session.words))


# About a person


def person_of(session: Session, owed: Obligation) -> Person:
    """Return the person of an obligation. Raises KeyError if he is no longer on the desk."""
    return session.snapshot.persons[owed.subject_id.number]


def saved_person(session: Session, person: Person, name: str) -> Callable[[Accepted], None]:
    """Return the function that reports a saved form of a person, with his stage by then."""

    def done(_: Accepted) -> None:
        stage = stage_text(session.snapshot.persons[person.id], session.snapshot, session.words)
        session.say(session.words.screens.saved.format(what=f"{name} {stage}"))

    return done


def saved_entry(session: Session) -> Callable[[Accepted], None]:
    """Return the function that reports a saved form by the line that its act wrote into the log."""

    def done(answer: Accepted) -> None:
        session.say(session.words.screens.saved.format(what=entry_text(answer.entry, session.snapshot, session.words)))

    return done


def tick(session: Session, owed: Obligation, command: Discharge) -> None:
    """Send what one key says of a row, and say that it was written down, or why not."""

    def answered(answer: Answer) -> None:
        refused = session.answer_sentence(answer)
        session.say(refused or saved_sentence(session, owed), "late" if refused else "plain")

    session.say(session.words.frame.saving)
    session.submit(command, answered)


def cadre_fields(session: Session, person: Person) -> list[Field]:
    """Return the fields of the two cadres who look after a person at home."""
    people, (town, village) = session.words.people, cadres_of(person)
    labels: Mapping[str, tuple[str, str, NamedAs]] = {
        "town_cadre": (people.town_cadre, town, "town_cadre"),
        "cadre": (people.release_cadre, village, "home_cadre"),
    }
    return [
        Field(
            id=name,
            label=label,
            kind="cadre",
            value=value,
            needed=True,
            offer=offered_name(session.snapshot, person, named_as),
        )
        for name, (label, value, named_as) in labels.items()
    ]


def cadre_phone_field(session: Session) -> Field:
    """Return the field of the phone of the village's cadre, which nobody must know."""
    people = session.words.people
    return Field(id="cadre_phone", label=people.cadre_phone, hint=people.cadre_phone_hint)


def cadres_typed(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the cadres as typed, the town's first; none where the form did not ask."""
    typed = (values.get("town_cadre"), values.get("cadre"))
    return tuple(name or "" for name in typed) if any(typed) else ()


def leader_field(session: Session, label: str) -> Field:
    """Return the field of the leader who confirms; the one on the seat is proposed."""
    seat = holder(session.snapshot, "leader", session.now())
    proposed = officer_name(session.snapshot, seat.officer_id) if seat else ""
    return Field(id="leader", label=label, kind="officer", value=proposed, needed=True)


def leader_named(session: Session, field: Field, typed: str) -> int | Problem:
    """Return the id of the officer of that name who may lead now; a Problem where not one alone does.

    Of one who may not lead it is his all the same: the rules refuse him and say why.
    """
    snapshot, now = session.snapshot, session.now()
    named = [officer for officer in serving(snapshot, now) if officer.name == typed]
    leading = [officer for officer in named if may_lead(officer, snapshot, now)]
    found = leading or named
    return found[0].id if len(found) == 1 else Problem(field, "not_a_choice", typed)


def officer_named(session: Session, field: Field, typed: str) -> int | Problem:
    """Return the id of the officer of a name. Namesakes are told apart by the unit behind it, or by `officer-3`."""
    snapshot, text = session.snapshot, " ".join(fold(typed).split())
    there = serving(snapshot, session.now())
    by_name = {subject_id(each): f"{each.name} {unit_name(snapshot, each)}" for each in there}
    found = [number for number, said in by_name.items() if text in (said.split()[0], said, str(number))]
    if len(found) > 1:
        names = session.words.marks.comma.join(f"{by_name[number]} {number}" for number in found)
        return Problem(field, "several_officers", names)
    return found[0].number if found else Problem(field, "not_a_choice", typed)
