"""PINs set by their officers, taken from them by an administrator, and tried wrong.

The text of a PIN stands in a command only until its hash is kept. Nothing is computed here that takes long: the gateway
hashes before it waits for the lock.
"""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.people.officers import left_by
from dutyboard.rules.records.codes import SecretUse
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import OneTimeCode, ResetPin, SetPin
from dutyboard.rules.records.model import Officer, Record, subject_id
from dutyboard.rules.records.pins import (
    CODE_LASTS,
    by_himself,
    code_waits,
    pin_is_set,
    secret_of,
    shares_pin,
    tries_of,
    unfit_code,
    unfit_pin,
)
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.secrets import Hashed, Secret
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import PinSet, WrongPin
from dutyboard.rules.records.transaction import Accepted, Transaction


def decide_set_pin(command: SetPin, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Set the actor's PIN. He proves himself by the old one, or by the code that an administrator gave him.

    The first PIN of a desk is its administrator's, who proves nothing: nobody could give him a code.
    """
    if shares_pin(snapshot):
        return Refusal("pin_is_shared")
    officer = snapshot.officers[actor.officer_id or 0]
    if refused := _unproved(officer, snapshot, now, actor):
        return refused
    if refused := unfit_pin(command.new):
        return refused
    if command.hashed is None:
        raise ValueError("a PIN is kept as a hash only")
    transaction = Transaction(snapshot, now, actor)
    put_secret(transaction, officer.id, "pin", command.hashed)
    if code_waits(snapshot, officer.id, "pin_code", now):
        put_secret(transaction, officer.id, "pin_code", None)
    transaction.log(PinSet(officer_id=officer.id), subject=subject_id(officer))
    return transaction.accepted()


def _unproved(officer: Officer, snapshot: Snapshot, now: datetime, actor: Actor) -> Refusal | None:
    """Return what an officer must give before his PIN is set; None: he has given it."""
    if code_waits(snapshot, officer.id, "pin_code", now):
        code = secret_of(snapshot, officer.id, "pin_code")
        given = code is not None and code.id in actor.codes
        return None if given else Refusal("code_needed", {"officer": officer.name, "id": officer.id})
    if pin_is_set(snapshot, officer.id):
        given = officer.id in actor.signed
        return None if given else Refusal("pin_needed", {"officer": officer.name, "id": officer.id})
    administrators = [each.id for each in snapshot.officers.values() if each.role == "admin"]
    first = officer.role == "admin" and not any(pin_is_set(snapshot, each) for each in administrators)
    return None if first else Refusal("no_code", {"officer": officer.name})


def decide_reset_pin(command: ResetPin, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Take an officer's PIN from him and keep the code with which he sets another."""
    if shares_pin(snapshot):
        return Refusal("pin_is_shared")
    if isinstance(officer := fit_for_code(command, snapshot, now), Refusal):
        return officer
    transaction = Transaction(snapshot, now, actor)
    put_code(transaction, command, "pin_code")
    if secret_of(snapshot, officer.id, "pin") is not None:
        put_secret(transaction, officer.id, "pin", None)
    told = PinSet(officer_id=officer.id, reset=True)
    transaction.log(told, subject=subject_id(officer), text=command.reason.strip())
    return transaction.accepted()


def fit_for_code(command: OneTimeCode, snapshot: Snapshot, now: datetime) -> Officer | Refusal:
    """Return the officer to whom a one-time code is given, or why none is."""
    officer = snapshot.officers.get(command.officer_id)
    if officer is None:
        return Refusal("unknown_officer", {"officer": command.officer_id})
    if left := left_by(snapshot, officer, now):
        return left
    return unfit_code(command.code) or officer


def put_code(transaction: Transaction, command: OneTimeCode, use: SecretUse) -> None:
    """Keep the one-time code of a command, in place of one before. Raises ValueError without its hash."""
    if command.hashed is None:
        raise ValueError("a code is kept as a hash only")
    put_secret(transaction, command.officer_id, use, command.hashed)


def put_secret(transaction: Transaction, officer_id: int, use: SecretUse, hashed: Hashed | None) -> None:
    """Write an officer's secret, in place of the one that he had for this use. `hashed` None: he has none from now."""
    held = secret_of(transaction.snapshot, officer_id, use)
    until = transaction.now + CODE_LASTS if use != "pin" and hashed is not None else None
    transaction.put(
        Secret(
            id=held.id if held is not None else transaction.new_id("secrets"),
            officer_id=officer_id,
            use=use,
            hashed=hashed,
            set_at=transaction.now,
            until=until,
            given_by=transaction.actor.officer_id if until is not None else None,
        )
    )


def wrong_try(officer_id: int, use: SecretUse, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """Return what a wrong try of a secret writes: the count, and an entry that names who tried."""
    held = secret_of(snapshot, officer_id, use)
    transaction = Transaction(snapshot, now, actor)
    if held is None:  # a PIN that all share is no record, but its wrong tries count
        held = Secret(id=transaction.new_id("secrets"), officer_id=officer_id, use=use, set_at=now)
    own = by_himself(officer_id, actor)
    tries = tries_of(held, now, own=own) + 1
    transaction.put(
        replace(held, wrong=tries, wrong_at=now) if own else replace(held, elsewhere=tries, elsewhere_at=now)
    )
    told = WrongPin(officer_id=officer_id, use=use, tries=tries)
    transaction.log(told, subject=subject_id(snapshot.officers[officer_id]), done_by=transaction.writer)
    return transaction.accepted()


def tries_forgotten(snapshot: Snapshot, written: tuple[Record, ...], actor: Actor) -> tuple[Secret, ...]:
    """Return the secrets given right for an accepted act, without the wrong tries that came before."""
    anew = {each.id for each in written if isinstance(each, Secret)}
    pins = (secret_of(snapshot, officer_id, "pin") for officer_id in actor.signed)
    held = [each for each in pins if each is not None] + [snapshot.secrets[number] for number in actor.codes]
    return tuple(
        replace(each, wrong=0, wrong_at=None, elsewhere=0, elsewhere_at=None)
        for each in held
        if (each.wrong or each.elsewhere) and each.id not in anew
    )
