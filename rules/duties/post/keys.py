"""Keys of officers at the door. Each one added or taken away is written down: everybody's board shows it."""

from datetime import datetime

from dutyboard.rules.people.officers import serving
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import AddKey, RemoveKey
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.model import Officer, subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import KeyAdded, KeyRemoved
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_add_key(command: AddKey, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down a key that opens the door to a login. Refused for a login of nobody who serves."""
    if refused := _refused(actor):
        return refused
    officer = key_holder(snapshot, command.login, now)
    if officer is None:
        return Refusal("unknown_login", {"login": command.login})
    transaction = Transaction(snapshot, now, actor)
    transaction.log(KeyAdded(login=command.login, added=command.fingerprint), subject=subject_id(officer))
    return transaction.accepted()


def decide_remove_key(command: RemoveKey, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Write down that a key opens the door no more, also one of a login that nobody has any longer."""
    if refused := _refused(actor):
        return refused
    officer = key_holder(snapshot, command.login, now)
    transaction = Transaction(snapshot, now, actor)
    told = KeyRemoved(login=command.login, removed=command.fingerprint)
    subject = subject_id(officer) if officer is not None else POST
    transaction.log(told, subject=subject, text=command.reason.strip())
    return transaction.accepted()


def key_holder(snapshot: Snapshot, login: str, now: datetime) -> Officer | None:
    """Return the officer that a login's keys let in; None if nobody who serves has the login."""
    return next((officer for officer in serving(snapshot, now) if login and officer.login == login), None)


def _refused(actor: Actor) -> Refusal | None:
    """Return the refusal of keys from behind the door: they belong to the account's files."""
    return Refusal("keys_by_account") if actor.address else None
