"""The desk itself: opening it, and signing on."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import OpenDesk, SignOn
from dutyboard.rules.records.model import (
    DeskSettings,
    NoticeInForce,
    Officer,
    subject_id,
)
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.post import SignedOn
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_open_desk(command: OpenDesk, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Make an empty desk: its settings, the notice in force from the day of its date, and the administrator.

    `command.notice` is a key of `snapshot.notices_known`; KeyError otherwise.
    """
    if snapshot.desk is not None:
        return Refusal("desk_exists")
    notice = snapshot.notices_known[command.notice]
    zone = ZoneInfo(command.timezone)
    transaction = Transaction(snapshot, now, actor)
    transaction.put(
        DeskSettings(
            desk=command.desk,
            timezone=command.timezone,
            opened_at=now,
            practice_starts=command.practice_starts,
            practice_since=command.practice_since,
        )
    )
    effective_from = notice.effective_from.replace(tzinfo=zone)
    transaction.put(
        NoticeInForce(id=transaction.new_id("notices"), notice=command.notice, effective_from=effective_from)
    )
    admin = Officer(id=transaction.new_id("officers"), name=command.admin_name, role="admin", login=actor.login)
    transaction.put(admin)
    transaction.log(SignedOn(officer_id=admin.id), subject=subject_id(admin), done_by=admin.name)
    return transaction.accepted()


def decide_sign_on(command: SignOn, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Bind the actor's login to an officer, once: neither of the two may be bound to another.

    The first pick binds on a practice desk, and where nobody is bound yet; elsewhere an administrator binds.
    """
    officer = snapshot.officers.get(command.officer_id)
    if officer is None:
        return Refusal("unknown_officer", {"officer": command.officer_id})
    transaction = Transaction(snapshot, now, actor)
    if officer.login == actor.login:
        return transaction.accepted()
    if officer.login is not None:
        return Refusal("officer_bound", {"officer": officer.name, "login": officer.login})
    bound = next((o for o in snapshot.officers.values() if o.login == actor.login), None)
    if bound is not None:
        return Refusal("login_bound", {"login": actor.login, "officer": bound.name})
    if not _first_pick_binds(snapshot):
        return Refusal("bound_by_admin", {"officer": officer.name, "login": actor.login})
    transaction.put(replace(officer, login=actor.login))
    transaction.log(SignedOn(officer_id=officer.id), subject=subject_id(officer), done_by=officer.name)
    return transaction.accepted()


def _first_pick_binds(snapshot: Snapshot) -> bool:
    """Return True on a desk where nobody can take another's name: one for practice, or one that nobody uses yet."""
    practice = desk_of(snapshot).practice_starts is not None
    return practice or all(each.login is None for each in snapshot.officers.values())
