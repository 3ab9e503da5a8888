"""The desk itself: opening it, signing on, and the code for that."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from dutyboard.rules.duties.post.pins import fit_for_code, put_code, put_secret
from dutyboard.rules.people.officers import left_by
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import GiveSignOnCode, OpenDesk, SignOn
from dutyboard.rules.records.model import (
    DeskSettings,
    NoticeInForce,
    Officer,
    subject_id,
)
from dutyboard.rules.records.pins import CODE_LASTS, code_waits, secret_of, shares_pin
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import SignedOn, SignOnCodeGiven
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
    number = transaction.new_id("officers")
    admin = Officer(id=number, name=command.admin_name, role="admin", login=actor.login, unnamed=True)
    transaction.put(admin)
    transaction.log(SignedOn(officer_id=admin.id), subject=subject_id(admin), done_by=admin.name)
    return transaction.accepted()


def decide_sign_on(command: SignOn, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Bind the actor's login to an officer, once: neither of the two may be bound to another.

    He proves himself by the one-time code that an administrator gave him. Without one the first pick binds on a desk of
    invented people, and where nobody is bound yet and no server is between. Who made the desk says by it who of the
    roster he is, and is its administrator as such.
    """
    officer = snapshot.officers.get(command.officer_id)
    if officer is None:
        return Refusal("unknown_officer", {"officer": command.officer_id})
    transaction = Transaction(snapshot, now, actor)
    if officer.login == actor.login:
        return transaction.accepted()
    if officer.login is not None:
        return Refusal("officer_bound", {"officer": officer.name, "login": officer.login})
    if left := left_by(snapshot, officer, now):
        return left
    bound = next((o for o in snapshot.officers.values() if o.login == actor.login), None)
    if bound is not None and bound.nameless:
        return _named(bound, officer, transaction)
    if bound is not None:
        return Refusal("login_bound", {"login": actor.login, "officer": bound.name})
    code = secret_of(snapshot, officer.id, "sign_on_code")
    if _first_pick_binds(snapshot, actor):
        code = None
    elif code is None or not code_waits(snapshot, officer.id, "sign_on_code", now):
        return Refusal("bound_by_admin", {"officer": officer.name})
    elif code.id not in actor.codes:
        return Refusal("code_needed", {"officer": officer.name, "id": officer.id})
    transaction.put(replace(officer, login=actor.login))
    if code is not None:
        put_secret(transaction, officer.id, "sign_on_code", None)
    told = SignedOn(officer_id=officer.id, code_from=code.given_by if code is not None else None)
    transaction.log(told, subject=subject_id(officer), done_by=officer.name)
    return transaction.accepted()


def _named(maker: Officer, officer: Officer, transaction: Transaction) -> Accepted | Refusal:
    """Let the login that made the desk be an officer of the roster, who is the administrator from now on.

    A shift leader cannot be both: he would lose what only a leader may do. What was planned or set for the record
    without a name is his.
    """
    if officer.role == "leader":
        return Refusal("leader_no_admin", {"officer": officer.name})
    snapshot, now = transaction.snapshot, transaction.now
    transaction.put(replace(maker, login=None, until=snapshot.day_of(now), unnamed=False))
    transaction.put(replace(officer, login=maker.login, role="admin"))
    for shift in snapshot.shifts.values():
        if shift.officer_id == maker.id and shift.until > now:
            transaction.put(replace(shift, officer_id=officer.id))
    for secret in snapshot.secrets.values():
        if secret.officer_id == maker.id and secret_of(snapshot, officer.id, secret.use) is None:
            transaction.put(replace(secret, officer_id=officer.id))
    transaction.log(SignedOn(officer_id=officer.id), subject=subject_id(officer), done_by=officer.name)
    return transaction.accepted()


def _first_pick_binds(snapshot: Snapshot, actor: Actor) -> bool:
    """Return True where nobody can take another's name: its people are invented, or nobody uses the desk yet.

    At a server's door the desk is in use. Whoever comes without one has the files in his own folder.
    """
    unused = not actor.address and all(each.login is None for each in snapshot.officers.values())
    return shares_pin(snapshot) or unused


def decide_give_sign_on_code(
    command: GiveSignOnCode, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted | Refusal:
    """Keep the one-time code with which an officer without a login signs on. It takes the place of one before."""
    if shares_pin(snapshot):
        return Refusal("no_sign_on_code")
    if isinstance(officer := fit_for_code(command, snapshot, now), Refusal):
        return officer
    if officer.login is not None:
        return Refusal("officer_bound", {"officer": officer.name, "login": officer.login})
    transaction = Transaction(snapshot, now, actor)
    put_code(transaction, command, "sign_on_code")
    told = SignOnCodeGiven(officer_id=officer.id, code_until=now + CODE_LASTS)
    transaction.log(told, subject=subject_id(officer), text=command.reason.strip())
    return transaction.accepted()
