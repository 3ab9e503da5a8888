"""PINs and one-time codes at the gateway: hashed, and compared before an act waits for the lock.

A PIN lives here for the time of one act. Nothing that is printed, logged or raised holds it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Final, cast

from dutyboard.frozen import frozen
from dutyboard.rules.duties.post.pins import wrong_try
from dutyboard.rules.records.codes import SecretUse
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.commands.post import OneTimeCode, SetPin, SignOn
from dutyboard.rules.records.model import Record
from dutyboard.rules.records.pins import (
    LEAST_OF_CODE,
    SHARED_PIN,
    not_to_be_tried,
    secret_of,
    shares_pin,
    use_of,
)
from dutyboard.rules.records.refusals import Code, Refusal
from dutyboard.rules.records.secrets import Hashed, Secret
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import WrongPin

_N: Final = 1 << 15
_R: Final = 8
_P: Final = 1
_MEMORY: Final = 1 << 28
"""The most bytes that a hash of a record may ask for."""
_CODE_SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that nobody takes for another one, on paper or over the telephone."""


@frozen
class Given:
    """A text typed as a PIN or a code, and the officer whose it is (None: who acts)."""

    text: str = field(repr=False)
    officer_id: int | None = None


@frozen
class Tried:
    """A PIN or code that was compared with the secret as it stood."""

    officer_id: int
    use: SecretUse
    secret: Secret | None
    right: bool


class TriedWrong(Exception):
    """A wrong PIN. It is raised out of a commit, so that the act is not written."""

    def __init__(self, wrong: Tried) -> None:
        super().__init__("wrong_pin")
        self.tried = wrong


def hashed(text: str) -> Hashed:
    """Return the hash of a PIN or code, with a new salt."""
    salt = secrets.token_hex(16)
    return Hashed(digest=_digest(text, salt, _N, _R, _P), salt=salt, n=_N, r=_R, p=_P)


def new_code() -> str:
    """Return a one-time code that nobody can guess."""
    return "".join(secrets.choice(_CODE_SIGNS) for _ in range(LEAST_OF_CODE))


def with_hash(command: Command) -> Command:
    """Return a command with the hash of the secret that it sets; any other command as it is."""
    if isinstance(command, SetPin | OneTimeCode) and command.hashed is not None:
        return command
    if isinstance(command, SetPin):
        return replace(command, hashed=hashed(command.new))
    if isinstance(command, OneTimeCode):
        return replace(command, hashed=hashed(command.code))
    return command


def tried(
    given: Sequence[Given], command: Command, snapshot: Snapshot, now: datetime, actor: Actor
) -> tuple[Tried, ...] | Refusal:
    """Compare what was given for a command. None is compared where no try is taken now: the refusal says why.

    Takes a tenth of a second for each; nobody waits for it.
    """
    done: list[Tried] = []
    for each in given:
        officer_id = each.officer_id if each.officer_id is not None else actor.officer_id
        if officer_id is None and isinstance(command, SignOn):
            officer_id = command.officer_id
        if officer_id is None or officer_id not in snapshot.officers:
            return Refusal("unknown_officer", {"officer": officer_id or "?"})
        use = use_of(command, officer_id, snapshot, now)
        refused = not_to_be_tried(snapshot, officer_id, use, now, actor)
        if refused is not None:
            return refused
        held = secret_of(snapshot, officer_id, use)
        done.append(Tried(officer_id=officer_id, use=use, secret=held, right=_is_right(each.text, held, snapshot)))
    return tuple(done)


ActsAtOnce = Sequence[Callable[[Snapshot], Command | Refusal]]
"""Acts of one commit, each made from the picture that those before it leave; a refusal ends them all."""


def compared(
    acts: ActsAtOnce,
    given: Sequence[Sequence[Given]],
    picture: Snapshot,
    now: datetime,
    actor: Actor,
) -> list[tuple[Tried, ...]] | Refusal:
    """Compare the PINs typed for each act, before the lock is taken."""
    found: list[tuple[Tried, ...]] = []
    for act, typed in zip(acts, given, strict=True):
        command = act(picture) if typed else None
        done = tried(typed, command, picture, now, actor) if command and not isinstance(command, Refusal) else ()
        if isinstance(done, Refusal):
            return done
        found.append(done)
    return found


def tell_wrong(bad: Tried, picture: Snapshot, now: datetime, actor: Actor) -> tuple[Refusal, tuple[Record, ...]]:
    """Return the refusal of a wrong try, and what it writes: nothing where a colleague's tries came first."""
    refused = not_to_be_tried(picture, bad.officer_id, bad.use, now, actor)
    if refused is not None:
        return refused, ()
    written = wrong_try(bad.officer_id, bad.use, picture, now, actor)
    tries = cast(WrongPin, written.entry.told).tries
    code: Code = "wrong_pin" if bad.use == "pin" else "wrong_code"
    return Refusal(code, {"officer": picture.officers[bad.officer_id].name, "tries": tries}), written.changes


def _is_right(text: str, held: Secret | None, snapshot: Snapshot) -> bool:
    if held is not None and held.hashed is not None:
        of = held.hashed
        return hmac.compare_digest(_digest(text, of.salt, of.n, of.r, of.p), of.digest)
    return shares_pin(snapshot) and hmac.compare_digest(text.encode(), SHARED_PIN.encode())


def _digest(text: str, salt: str, n: int, r: int, p: int) -> str:
    words = text.strip().encode("utf-8", "surrogateescape")
    return hashlib.scrypt(words, salt=bytes.fromhex(salt), n=n, r=r, p=p, maxmem=_MEMORY).hex()


def first_wrong(done: Sequence[Tried], snapshot: Snapshot, now: datetime, actor: Actor) -> Tried | Refusal | None:
    """Return the first wrong try; a refusal where none is taken any more, since a colleague's came first.

    `snapshot` is the newest, under the lock. None: all are right, and are still what they were compared with.
    """
    for each in done:
        refused = not_to_be_tried(snapshot, each.officer_id, each.use, now, actor)
        if refused is not None:
            return refused
        if not each.right:
            return each
        held = secret_of(snapshot, each.officer_id, each.use)
        if (held.hashed if held else None) != (each.secret.hashed if each.secret else None):
            officer = snapshot.officers[each.officer_id]
            code: Code = "pin_needed" if each.use == "pin" else "code_needed"
            return Refusal(code, {"officer": officer.name, "id": officer.id})
    return None
