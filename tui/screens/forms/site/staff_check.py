"""The check of a site's staff. One key says that all on the row were seen and well; else a form opens."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.obligation import CLOSED, Obligation
from dutyboard.tui.screens.form_parts import draft_key, on_day_of, open_duty_form, tick, time_fields
from dutyboard.tui.session import Session
from dutyboard.tui.sheets.values import read_degrees
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.site.staff import names_typed, words_typed


def tick_off_staff(session: Session, owed: Obligation) -> bool:
    """Record that all the staff on the painted row were seen and well, and return True.

    After its window, and at a site without a register, the form opens instead.
    """
    if owed.state in CLOSED or not owed.left:
        staff_check_form(session, owed)
        return False
    tick(session, owed, Discharge(obligation=owed.id, seen=tuple(each.number for each in owed.left)))
    return True


def staff_check_form(session: Session, owed: Obligation) -> None:
    """Open the form of the staff's symptoms: by name, or as numbers where the site has no register."""
    if owed.people:
        _by_name(session, owed)
    else:
        _as_numbers(session, owed)


def _by_name(session: Session, owed: Obligation) -> None:
    words, forms = session.words, session.words.forms
    said = words.staff
    members = [session.snapshot.staff[each.number] for each in owed.people]
    ill = Field(id="ill", label=said.ill, hint=said.ill_hint)
    away = Field(id="away", label=said.away, hint=said.away_hint)
    seen = Field(id="seen", label=said.seen, hint=said.seen_hint)
    fields = [ill, away, seen, Field(id="text", label=forms.text), *time_fields(session, owed)]

    def make(values: Mapping[str, Any]) -> Discharge | Problem:
        told = words_typed(members, ill, values["ill"] or "")
        absent = words_typed(members, away, values["away"] or "")
        well = names_typed(members, seen, values["seen"] or "")
        for each in (told, absent, well):
            if isinstance(each, Problem):
                return each
        assert not isinstance(told, Problem) and not isinstance(absent, Problem) and not isinstance(well, Problem)
        measured = {each: value for each, text in told.items() if (value := read_degrees(text)) is not None}
        others = [each.number for each in owed.left if each not in told and each not in absent]
        return Discharge(
            obligation=owed.id,
            text=values["text"] or "",
            seen=well or tuple(others),
            absent=tuple(each.number for each in absent),
            unwell=tuple(each.number for each in told if each not in measured),
            readings={str(each): value for each, value in measured.items()},
            remarks=_remarks({**told, **absent}, measured),
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    names = words.marks.comma.join(session.snapshot.staff[each.number].name for each in owed.left)
    more: list[Line] = [((f" {names}", "soon"),)] if names else []
    open_duty_form(session, forms.staff_check, owed, fields, make, draft_key("staff", owed.id), *more)


def _remarks(told: Mapping[Subject, str], measured: Mapping[Subject, float]) -> dict[str, str]:
    """Return the words about each, without those that are a temperature."""
    return {each: text for each, text in told.items() if each not in measured}


def _as_numbers(session: Session, owed: Obligation) -> None:
    forms = session.words.forms
    fields = [
        Field(id="checked", label=forms.checked, kind="number", low=1, needed=True),
        Field(id="abnormal", label=forms.abnormal_count, kind="number", needed=True),
        Field(id="text", label=forms.text),
        *time_fields(session, owed),
    ]

    def make(values: Mapping[str, Any]) -> Discharge:
        return Discharge(
            obligation=owed.id,
            text=values["text"] or "",
            figures={"checked": values["checked"], "abnormal": values["abnormal"]},
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    no_register: Line = ((f" {session.words.staff.no_register}", "dim"),)
    open_duty_form(session, forms.staff_check, owed, fields, make, draft_key("staff", owed.id), no_register)
