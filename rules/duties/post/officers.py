"""Officers written into the roster, corrected, and taken off it with a day; the administrator's hand on logins."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from dutyboard.rules.duties.post.pins import put_secret
from dutyboard.rules.people.officers import left_by, serving
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import Role
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import AddOfficer, BindLogin, ChangeOfficer, EndOfficer, UnbindLogin
from dutyboard.rules.records.model import Officer, subject_id
from dutyboard.rules.records.pins import code_waits
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import LoginUnbound, OfficerSet, SignedOn
from dutyboard.rules.records.transaction import Accepted, Transaction
from dutyboard.rules.records.unlike import keep_numbers, settle

_TEXTS = ("name", "title", "phone", "duty", "note", "role")


def decide_add_officer(command: AddOfficer, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write an officer into the roster. Refused for one who is there: the same unit, name and phone."""
    name, phone = command.name.strip(), command.phone.strip()
    if not name:
        return Refusal("name_needed")
    if command.unit_id is not None and command.unit_id not in snapshot.units:
        return Refusal("unknown_unit", {"unit": command.unit_id})
    if command.site_id is not None and command.site_id not in snapshot.sites:
        return Refusal("unknown_site", {"site": command.site_id})
    there = [o for o in serving(snapshot, now) if (o.unit_id, o.name, o.phone) == (command.unit_id, name, phone)]
    if there:
        return Refusal("officer_there", {"officer": name, "id": there[0].id})
    transaction = Transaction(snapshot, now, actor)
    officer = Officer(
        id=transaction.new_id("officers"),
        name=name,
        title=command.title.strip(),
        phone=phone,
        duty=command.duty.strip(),
        note=command.note.strip(),
        unit_id=command.unit_id,
        director=command.director,
        full_time=not command.part_time,
        role=command.role or _role(command),
        site_id=command.site_id,
    )
    transaction.put(officer)
    transaction.log(OfficerSet(officer_id=officer.id), subject=subject_id(officer))
    return transaction.accepted()


def _role(added: AddOfficer) -> Role:
    if added.site_id is not None:
        return "site"
    return "town" if added.unit_id is not None else "officer"


def decide_change_officer(
    command: ChangeOfficer, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Correct an officer's row. What the act leaves out stays; nothing new is refused, as is an empty name."""
    officer = _officer(command.officer_id, command.reason, snapshot, now)
    if isinstance(officer, Refusal):
        return officer
    texts = {name: getattr(command, name) for name in _TEXTS}
    marks = {name: getattr(command, name) for name in ("director", "full_time")}
    values: dict[str, Any] = {name: text.strip() for name, text in texts.items() if text is not None}
    if command.site_id is not None and command.site_id not in snapshot.sites:
        return Refusal("unknown_site", {"site": command.site_id})
    values |= {"site_id": command.site_id} if command.site_id is not None else {}
    values |= {"unnamed": False} if values.get("name", officer.name) != officer.name else {}
    new = replace(officer, **values, **{name: mark == "yes" for name, mark in marks.items() if mark is not None})
    if not new.name:
        return Refusal("name_needed")
    changed = tuple(name for name in (*_TEXTS, *marks, "site_id") if getattr(new, name) != getattr(officer, name))
    if not changed:
        return Refusal("nothing_changed")
    transaction = Transaction(snapshot, now, actor)
    transaction.put(new)
    settle(transaction, officer, changed, snapshot, now)
    told = OfficerSet(officer_id=officer.id, changed=changed)
    entry = transaction.log(told, subject=subject_id(officer), text=command.reason.strip())
    keep_numbers(transaction, officer, changed, entry)
    return transaction.accepted()


def decide_end_officer(command: EndOfficer, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Take an officer off the roster. His login leaves him with the same act.

    Refused while a shift from that day on is his: nobody would sit there and no row would say so. Asked again where
    he is the officer (专人) of people on the desk: another one is to be named for each.
    """
    officer = _officer(command.officer_id, command.reason, snapshot, now)
    if isinstance(officer, Refusal):
        return officer
    until = command.until or snapshot.day_of(now)
    if officer.id == actor.officer_id:
        return Refusal("own_end")
    from_then = max(midnight(until, snapshot.zone), now)
    rota = (each for each in snapshot.shifts.values() if each.covers)
    planned = [s.starts for s in rota if s.officer_id == officer.id and s.until > from_then]
    if planned:
        return Refusal("still_on_rota", {"officer": officer.name, "at": min(planned)})
    linked = [NameOf(each) for each in snapshot.persons.values() if each.officer_id == officer.id and on_desk(each)]
    if linked and not command.agreed:
        return Refusal("still_their_officer", {"officer": officer.name, "names": linked})
    transaction = Transaction(snapshot, now, actor)
    transaction.put(replace(officer, until=until, login=None))
    settle(transaction, officer, ("until",), snapshot, now)
    told = OfficerSet(officer_id=officer.id, until=until)
    transaction.log(told, subject=subject_id(officer), text=command.reason.strip())
    return transaction.accepted()


def decide_bind_login(command: BindLogin, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Bind a login to an officer in place of the one he has. Refused while the login is another officer's."""
    officer = _officer(command.officer_id, command.reason, snapshot, now)
    if isinstance(officer, Refusal):
        return officer
    login = command.login.strip()
    if not login:
        return Refusal("name_needed")
    bound = next((o for o in serving(snapshot, now) if o.login == login), None)
    if bound is not None:
        return Refusal("login_bound", {"login": login, "officer": bound.name})
    transaction = Transaction(snapshot, now, actor)
    transaction.put(replace(officer, login=login))
    if code_waits(snapshot, officer.id, "sign_on_code", now):
        put_secret(transaction, officer.id, "sign_on_code", None)  # else it would serve once more, when he is unbound
    told = SignedOn(officer_id=officer.id, bound=login, instead_of=officer.login or "")
    transaction.log(told, subject=subject_id(officer), text=command.reason.strip())
    return transaction.accepted()


def decide_unbind_login(command: UnbindLogin, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Take an officer's login from him. Refused for the administrator's own: nobody could bind it again."""
    officer = _officer(command.officer_id, command.reason, snapshot, now)
    if isinstance(officer, Refusal):
        return officer
    if officer.login is None:
        return Refusal("no_login", {"officer": officer.name})
    if officer.id == actor.officer_id:
        return Refusal("own_login")
    transaction = Transaction(snapshot, now, actor)
    transaction.put(replace(officer, login=None))
    told = LoginUnbound(officer_id=officer.id, unbound=officer.login)
    transaction.log(told, subject=subject_id(officer), text=command.reason.strip())
    return transaction.accepted()


def _officer(officer_id: int, reason: str, snapshot: Snapshot, now: datetime) -> Officer | Refusal:
    """Return the officer that an act is about, or why it may not be done. Each needs a reason."""
    officer = snapshot.officers.get(officer_id)
    if officer is None:
        return Refusal("unknown_officer", {"officer": officer_id})
    if left := left_by(snapshot, officer, now):
        return left
    return officer if reason.strip() else Refusal("reason_needed")
