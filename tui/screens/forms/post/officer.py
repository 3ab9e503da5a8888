"""The roster by hand: an officer added, his row corrected, his leaving, and the login that is bound to him."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from dutyboard.rules.people.officers import serving
from dutyboard.rules.records.codes import Role
from dutyboard.rules.records.commands.post import AddOfficer, BindLogin, ChangeOfficer, EndOfficer, UnbindLogin
from dutyboard.rules.records.model import Officer, subject_id
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen, Make
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.forms.agreed_form import AgreedForm
from dutyboard.tui.screens.forms.places import site_typed
from dutyboard.tui.screens.forms.post.pin import give_code, pin_form
from dutyboard.tui.screens.pick import PickScreen, named_choices
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, pad
from dutyboard.tui.views.fields import Field, Problem

NAME_CELLS, TITLE_CELLS = 10, 24
_NEW = "new"
_TEXTS = ("name", "title", "phone", "duty", "note")


def choose_officer(session: Session) -> None:
    """Open the roster, to choose whom an act is about. Its first row writes somebody new."""
    snapshot, said = session.snapshot, session.words.desk_acts
    choices: list[tuple[str, str, Line]] = [(_NEW, said.officer_new, ((f"  {said.officer_new}", "plain"),))]
    for officer in serving(snapshot, session.now()):
        unit = snapshot.units.get(officer.unit_id or 0)
        place = unit.name if unit else ""
        text = f"  {pad(officer.name, NAME_CELLS)}{pad(officer.title, TITLE_CELLS)}{place} {officer.login or ''}"
        choices.append((str(officer.id), f"{officer.name} {place}", ((text, "plain"),)))

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        if key == _NEW:
            _add_form(session)
        else:
            _choose_act(session, session.snapshot.officers[int(key)])

    session.open(PickScreen(session, said.officer, said.hint, choices, picked))


def _choose_act(session: Session, officer: Officer) -> None:
    said = session.words.desk_acts
    opens: Mapping[str, Callable[[Session, Officer], None]] = {
        said.officer_change: _change_form,
        said.officer_end: _end_form,
        said.officer_login: _login_form,
        session.words.pins.sign_on_act: give_code,
        session.words.pins.act: pin_form,
    }

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        opens[key](session, officer)

    session.open(PickScreen(session, officer.name, said.hint, named_choices(opens), picked))


def _row_fields(session: Session, officer: Officer | None) -> list[Field]:
    """Return the fields of a row of the roster, with what stands in them."""
    named = session.words.log.officer_fields
    texts = [(key, str(getattr(officer, key)) if officer else "") for key in _TEXTS]
    fields = [Field(id=key, label=named[key], value=text, needed=key == "name") for key, text in texts]
    yes, no = session.words.desk_acts.yes_no
    marks = [("director", bool(officer and officer.director)), ("full_time", officer is None or officer.full_time)]
    return fields + [Field(id=key, label=named[key], kind="yes_no", value=yes if held else no) for key, held in marks]


def _placed_fields(session: Session, officer: Officer | None) -> tuple[Field, Field]:
    """Return the fields of role and site, with what stands in them."""
    said, named = session.words.desk_acts, session.words.log.officer_fields
    site = session.snapshot.sites.get(officer.site_id or 0) if officer else None
    role = said.officer_roles[officer.role] if officer else ""
    return (
        Field(id="role", label=named["role"], value=role, choices=said.officer_roles, needed=bool(officer)),
        Field(id="site", label=named["site_id"], value=site.name if site else "", hint=said.officer_site_hint),
    )


def _placed(
    session: Session, officer: Officer | None, values: Mapping[str, Any], site: Field
) -> tuple[Role | None, int | None] | Problem:
    """Return the role and the site that were typed, each None where it stays. Site staff have a site."""
    typed = values["role"]
    at = site_typed(session, values["site"]) if values["site"] else None
    if values["site"] and at is None:
        return Problem(site, "not_a_choice", values["site"])
    was_role, was_site = (officer.role, officer.site_id) if officer else (None, None)
    if at is None and (was_site is not None or typed == "site"):
        return Problem(site, "needed")
    return (typed if typed != was_role else None, at if at != was_site else None)


def _reason(session: Session) -> Field:
    said = session.words.desk_acts
    return Field(id="reason", label=said.reason, hint=said.reason_hint, needed=True)


def _saved(session: Session, name: str) -> Callable[[Accepted], None]:
    return lambda _: session.say(session.words.screens.saved.format(what=name))


def _add_form(session: Session) -> None:
    said = session.words.desk_acts
    unit = Field(id="unit", label=said.officer_unit, hint=said.officer_unit_hint)
    role, site = _placed_fields(session, None)
    fields = [*_row_fields(session, None), unit, role, site]

    def make(values: Mapping[str, Any]) -> AddOfficer | Problem:
        placed = _placed(session, None, values, site)
        if isinstance(placed, Problem):
            return placed
        units = [each.id for each in session.snapshot.units.values() if each.name == values["unit"]]
        if values["unit"] and not units:
            return Problem(unit, "not_a_choice", values["unit"])
        texts: dict[str, Any] = {key: values[key] or "" for key in _TEXTS}
        return AddOfficer(
            **texts,
            unit_id=units[0] if units else None,
            director=bool(values["director"]),
            part_time=values["full_time"] is False,
            role=placed[0],
            site_id=placed[1],
        )

    name = said.officer_new
    session.open(FormScreen(session, name, [], fields, make, draft_key("officer"), _saved(session, name)))


def _change_form(session: Session, officer: Officer) -> None:
    def mark(value: bool | None) -> Literal["yes", "no"]:
        return "yes" if value else "no"

    role, site = _placed_fields(session, officer)

    def make(values: Mapping[str, Any]) -> ChangeOfficer | Problem:
        placed = _placed(session, officer, values, site)
        if isinstance(placed, Problem):
            return placed
        texts: dict[str, Any] = {key: values[key] or "" for key in _TEXTS}
        return ChangeOfficer(
            officer_id=officer.id,
            reason=values["reason"],
            **texts,
            director=mark(values["director"]),
            full_time=mark(values["full_time"]),
            role=placed[0],
            site_id=placed[1],
        )

    fields = [*_row_fields(session, officer), role, site, _reason(session)]
    _open(session, officer, session.words.desk_acts.officer_change, fields, make)


class LeavingForm(AgreedForm):
    """The form of an officer's leaving. A second F9 agrees to leave people without their officer (专人)."""

    asks = "still_their_officer"


def _end_form(session: Session, officer: Officer) -> None:
    """Open the form of an officer's leaving: the first day without him (empty: today), and the reason."""
    said = session.words.desk_acts
    until = Field(id="until", label=said.officer_until, kind="day", hint=said.officer_until_hint)

    def make(values: Mapping[str, Any]) -> EndOfficer:
        return EndOfficer(officer_id=officer.id, reason=values["reason"], until=values["until"], agreed=form.agreed)

    name, key = f"{said.officer_end} {officer.name}", draft_key("officer", subject_id(officer))
    form = LeavingForm(session, name, [], [until, _reason(session)], make, key, _saved(session, name))
    session.open(form)


def _login_form(session: Session, officer: Officer) -> None:
    """Open the form of an officer's login. An emptied one is taken from him, another one is bound to him."""
    said = session.words.desk_acts
    login = Field(id="login", label=said.officer_login_name, value=officer.login or "", hint=said.officer_login_hint)

    def make(values: Mapping[str, Any]) -> BindLogin | UnbindLogin:
        if values["login"]:
            return BindLogin(officer_id=officer.id, login=values["login"], reason=values["reason"])
        return UnbindLogin(officer_id=officer.id, reason=values["reason"])

    _open(session, officer, said.officer_login, [login, _reason(session)], make)


def _open(session: Session, officer: Officer, what: str, fields: list[Field], make: Make) -> None:
    name = f"{what} {officer.name}"
    key = draft_key("officer", subject_id(officer))
    session.open(FormScreen(session, name, [], fields, make, key, _saved(session, name)))
