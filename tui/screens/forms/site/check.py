"""Rounds and checks of a site. If one key cannot say it, a form opens."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.duties.site.rounds import last_disinfection
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.obligation import CLOSED, Obligation
from dutyboard.rules.records.told.site import Disinfected
from dutyboard.tui.screens.form_parts import draft_key, on_day_of, open_duty_form, tick, time_fields
from dutyboard.tui.screens.forms.site.residents import people_typed, remarks_of, symptoms_typed
from dutyboard.tui.session import Session
from dutyboard.tui.views.fields import Field, Problem, choices_hint
from dutyboard.tui.views.people import room_said


def tick_off(session: Session, owed: Obligation) -> bool:
    """Record that all who stood on the row were in order, and return True. After its window a form opens instead."""
    if owed.state in CLOSED:
        _check_form(session, owed, session.words.forms.late_entry, "late")
        return False
    tick(session, owed, Discharge(obligation=owed.id, seen=_stood(owed)))
    return True


def _stood(owed: Obligation) -> tuple[int, ...]:
    """Return the people who stood on the row when it was painted; () where the duty is not said of people."""
    return tuple(each.number for each in owed.left) if owed.kind == "patrol" else ()


def abnormal_form(session: Session, owed: Obligation) -> None:
    """Open the form for something abnormal, whose text is needed."""
    _check_form(session, owed, session.words.forms.abnormal, "abnormal", abnormal=True)


def room_abnormal_form(session: Session, owed: Obligation, person: Person) -> None:
    """Open the form for what was wrong in one room of a patrol. It says of nobody else that he was seen."""
    forms = session.words.forms
    where = " ".join(part for part in (room_said(person, session.words), person.name) if part)
    fields = [
        Field(id="text", label=forms.text, hint=forms.hint_note, needed=True),
        Field(id="symptom", label=forms.symptoms, hint=forms.hint_symptom_of_one),
        *time_fields(session, owed),
    ]

    def make(values: Mapping[str, Any]) -> Discharge:
        symptom = values["symptom"] or ""
        return Discharge(
            obligation=owed.id,
            abnormal=True,
            text=f"{where} {values['text']}",
            unwell=(person.id,) if symptom else (),
            remarks=remarks_of({person.id: symptom}) if symptom else {},
            seen=(person.id,),
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    key = draft_key("abnormal-room", f"{owed.id}-{person.id}")
    open_duty_form(session, f"{forms.abnormal} {where}", owed, fields, make, key)


def _check_form(session: Session, owed: Obligation, name: str, key: str, *, abnormal: bool = False) -> None:
    forms, site_id = session.words.forms, owed.subject_id.number
    by_person = abnormal and owed.kind == "patrol"
    symptoms = Field(id="symptoms", label=forms.symptoms, hint=forms.hint_symptoms)
    absent = Field(id="absent", label=forms.absent, hint=forms.hint_absent)
    fields = [
        Field(id="text", label=forms.text, hint=forms.hint_note if abnormal else "", needed=abnormal),
        *([symptoms, absent] if by_person else []),
        *time_fields(session, owed),
    ]

    def make(values: Mapping[str, Any]) -> Discharge | Problem:
        told = symptoms_typed(session.snapshot, site_id, symptoms, values.get("symptoms") or "")
        away = people_typed(session.snapshot, site_id, absent, values.get("absent") or "")
        if isinstance(told, Problem):
            return told
        if isinstance(away, Problem):
            return away
        return Discharge(
            obligation=owed.id,
            abnormal=abnormal,
            text=values["text"] or "",
            absent=away,
            unwell=tuple(told),
            remarks=remarks_of(told),
            seen=tuple(each for each in _stood(owed) if each not in away),
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    open_duty_form(session, name, owed, fields, make, draft_key(key, owed.id))


def disinfect(session: Session, owed: Obligation) -> bool:
    """Record that it was done as last stated for the site, and return True. If nobody has stated it yet, ask."""
    last = last_disinfection(session.snapshot, owed.subject_id)
    if owed.state in CLOSED or last is None:
        disinfection_form(session, owed)
        return False
    tick(session, owed, Discharge(obligation=owed.id, figures=last.figures, details=last.details))
    return True


def disinfection_form(session: Session, owed: Obligation, *, abnormal: bool = False) -> None:
    """Open the form of a disinfection, with what was last stated for the site. What is left empty was not stated."""
    forms = session.words.forms
    last = last_disinfection(session.snapshot, owed.subject_id)
    site = session.snapshot.sites.get(owed.subject_id.number)
    areas = session.words.marks.comma.join(site.areas) if site else ""
    held = {**last.figures, **last.details} if last is not None else {"area": areas}
    methods = forms.disinfection_methods
    if last is not None and last.method is not None:
        held["method"] = methods[last.method]
    fields = [
        *(
            Field(
                id=name,
                label=label,
                kind="number" if name in Disinfected.NUMBERS else "text",
                value=str(held.get(name, "")),
                choices=methods if name == "method" else {},
                hint=choices_hint(methods) if name == "method" else "",
            )
            for name, label in forms.disinfection_fields.items()
        ),
        Field(id="text", label=forms.text, hint=forms.hint_note if abnormal else "", needed=abnormal),
        Field(id="started", label=forms.started, kind="time", hint=forms.hint_started),
        *time_fields(session, owed),
    ]

    def make(values: Mapping[str, Any]) -> Discharge:
        return Discharge(
            obligation=owed.id,
            abnormal=abnormal,
            text=values["text"] or "",
            figures={name: values[name] for name in Disinfected.NUMBERS if values[name] is not None},
            details={name: values[name] for name in Disinfected.TEXTS if values[name]},
            started_at=on_day_of(owed, values["started"]),
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    open_duty_form(session, forms.disinfection, owed, fields, make, draft_key("disinfection", owed.id))


def abnormal_disinfection(session: Session, owed: Obligation) -> None:
    """Open the form of a disinfection in which something was wrong."""
    disinfection_form(session, owed, abnormal=True)
