"""The register of a site's staff by hand: somebody added, corrected, taken off, sent off duty and back (四（一）)."""

from collections.abc import Callable, Mapping
from typing import Any

from dutyboard.rules.people.staff import off_duty, staff_of
from dutyboard.rules.records.commands.site import AddStaff, ChangeStaff, EndStaff, ReturnToDuty, SendOffDuty
from dutyboard.rules.records.model import Site, subject_id
from dutyboard.rules.records.staff import StaffMember
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen, Make
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.forms.site.staff_test import member_test_form
from dutyboard.tui.screens.pick import PickChoice, PickScreen, named_choices
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Tone
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.site.staff import staff_line

_NEW = "new"
_TEXTS = ("name", "post", "phone")


def choose_member(session: Session, site: Site, due: frozenset[int] = frozenset()) -> None:
    """Open a site's register, to choose whom an act is about. Its first row writes somebody new.

    Those whose sample is `due` come next, and say so.
    """
    snapshot, said = session.snapshot, session.words.staff
    choices: list[PickChoice] = [(_NEW, said.new, ((f"  {said.new}", "plain"),))]
    for member in sorted(staff_of(snapshot, site.id, session.now()), key=lambda each: each.id not in due):
        line = staff_line(member, snapshot, session.words)
        if member.id in due:
            line = f"{line}  {said.due}"
        tone: Tone = "late" if off_duty(member) is not None else "soon" if member.id in due else "plain"
        choices.append((str(member.id), f"{member.name} {member.post}", ((f"  {line}", tone),)))

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        if key == _NEW:
            _add_form(session, site)
        else:
            _choose_act(session, session.snapshot.staff[int(key)])

    session.open(PickScreen(session, said.register.format(site=site.name), said.pick, choices, picked))


def _choose_act(session: Session, member: StaffMember) -> None:
    said = session.words.staff
    duty: tuple[str, Callable[[Session, StaffMember], None]] = (said.off, _off_form)
    if off_duty(member) is not None:
        duty = (said.back, _back_form)
    opens: Mapping[str, Callable[[Session, StaffMember], None]] = {
        said.change: _change_form,
        said.end: _end_form,
        duty[0]: duty[1],
        said.test: member_test_form,
    }

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        opens[key](session, member)

    session.open(PickScreen(session, member.name, session.words.desk_acts.hint, named_choices(opens), picked))


def _row_fields(session: Session, member: StaffMember | None) -> list[Field]:
    """Return the fields of a row of the register, with what stands in them."""
    named = session.words.staff.fields
    return [
        Field(id=key, label=named[key], value=getattr(member, key) if member else "", needed=key == "name")
        for key in _TEXTS
    ]


def _reason(session: Session) -> Field:
    said = session.words.desk_acts
    return Field(id="reason", label=said.reason, hint=said.reason_hint, needed=True)


def _time(session: Session) -> Field:
    said = session.words.staff
    return Field(id="time", label=said.at, kind="time", hint=said.at_hint)


def _saved(session: Session, name: str) -> Callable[[Accepted], None]:
    return lambda _: session.say(session.words.screens.saved.format(what=name))


def _add_form(session: Session, site: Site) -> None:
    said = session.words.staff
    first = Field(id="from_on", label=said.from_on, kind="day", hint=said.from_on_hint)

    def make(values: Mapping[str, Any]) -> AddStaff:
        texts: dict[str, Any] = {key: values[key] or "" for key in _TEXTS}
        return AddStaff(site_id=site.id, **texts, from_on=values["from_on"])

    name = f"{said.new} {site.name}"
    key = draft_key("staff-new", subject_id(site))
    fields = [*_row_fields(session, None), first]
    session.open(FormScreen(session, name, [], fields, make, key, _saved(session, name)))


def _change_form(session: Session, member: StaffMember) -> None:
    def make(values: Mapping[str, Any]) -> ChangeStaff:
        texts: dict[str, Any] = {key: values[key] or "" for key in _TEXTS}
        return ChangeStaff(staff_id=member.id, reason=values["reason"], **texts)

    _open(session, member, session.words.staff.change, [*_row_fields(session, member), _reason(session)], make)


def _end_form(session: Session, member: StaffMember) -> None:
    """Open the form of somebody's leaving: the first day without him (empty: today), and the reason."""
    said = session.words.desk_acts
    until = Field(id="until", label=said.officer_until, kind="day", hint=said.officer_until_hint)

    def make(values: Mapping[str, Any]) -> EndStaff:
        return EndStaff(staff_id=member.id, reason=values["reason"], until=values["until"])

    _open(session, member, session.words.staff.end, [until, _reason(session)], make)


def _off_form(session: Session, member: StaffMember) -> None:
    def make(values: Mapping[str, Any]) -> SendOffDuty:
        return SendOffDuty(staff_id=member.id, reason=values["reason"], happened_at=values["time"])

    _open(session, member, session.words.staff.off, [_reason(session), _time(session)], make)


def _back_form(session: Session, member: StaffMember) -> None:
    def make(values: Mapping[str, Any]) -> ReturnToDuty:
        return ReturnToDuty(staff_id=member.id, reason=values["reason"], happened_at=values["time"])

    _open(session, member, session.words.staff.back, [_reason(session), _time(session)], make)


def _open(session: Session, member: StaffMember, what: str, fields: list[Field], make: Make) -> None:
    name = f"{what} {member.name}"
    key = draft_key("staff", subject_id(member))
    session.open(FormScreen(session, name, [], fields, make, key, _saved(session, name)))
