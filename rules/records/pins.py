"""PINs and one-time codes as they stand: whose, whether one may be tried now, and what no PIN may be."""

import math
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from dutyboard.rules.records.codes import SecretUse
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.commands.post import SetPin, SignOn
from dutyboard.rules.records.refusals import Code, Refusal
from dutyboard.rules.records.secrets import Secret
from dutyboard.rules.records.snapshot import Snapshot

SHARED_PIN: Final = "246810"
"""PIN of every officer on a desk of invented people or of practice, and of nobody elsewhere."""
LEAST_DIGITS: Final = 6
MOST_DIGITS: Final = 32
LEAST_OF_CODE: Final = 10
"""Signs of a one-time code, letters and digits: more of them than anybody guesses in the tries that there are."""
CODE_LASTS: Final = timedelta(hours=24)
WAITS: Final = (
    timedelta(),
    timedelta(seconds=2),
    timedelta(seconds=5),
    timedelta(seconds=15),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
)
"""Waits after the first, second, and further wrong tries; the last one after all that follow."""
FORGOTTEN_AFTER: Final = timedelta(days=1)
"""Time after the last wrong try at which the count begins anew."""


def shares_pin(snapshot: Snapshot) -> bool:
    """Return True if all officers have one known PIN: its people are invented, or it is practice."""
    desk = snapshot.desk
    return desk is not None and (desk.sample or desk.practice_starts is not None)


def secret_of(snapshot: Snapshot, officer_id: int | None, use: SecretUse) -> Secret | None:
    """Return an officer's secret of a use; None: he never had one."""
    held = (each for each in snapshot.secrets.values() if each.officer_id == officer_id and each.use == use)
    return max(held, key=lambda each: each.id, default=None)


def pin_is_set(snapshot: Snapshot, officer_id: int | None) -> bool:
    """Return True if an officer has a PIN."""
    held = secret_of(snapshot, officer_id, "pin")
    return shares_pin(snapshot) or (held is not None and held.hashed is not None)


def code_waits(snapshot: Snapshot, officer_id: int | None, use: SecretUse, now: datetime) -> bool:
    """Return True if a one-time code was given to an officer, and neither used nor too old."""
    held = secret_of(snapshot, officer_id, use)
    return held is not None and held.hashed is not None and held.until is not None and now < held.until


def use_of(command: Command, officer_id: int | None, snapshot: Snapshot, now: datetime) -> SecretUse:
    """Return what is asked of an officer for a command: his PIN, or the code given to him.

    Whoever is signed on signs on anew by his PIN, as at a locked screen.
    """
    if isinstance(command, SignOn) and not shares_pin(snapshot):
        officer = snapshot.officers.get(officer_id or 0)
        return "pin" if officer is not None and officer.login is not None else "sign_on_code"
    if isinstance(command, SetPin) and code_waits(snapshot, officer_id, "pin_code", now):
        return "pin_code"
    return "pin"


def by_himself(officer_id: int, actor: Actor) -> bool:
    """Return True if an officer tries his secret on his own login.

    Wrong tries there are counted apart: else a colleague could close an officer's PIN, and so keep him from his acts.
    """
    return actor.officer_id == officer_id and not actor.by_login


def tries_of(secret: Secret | None, now: datetime, *, own: bool) -> int:
    """Return the wrong tries that count at an instant: on the officer's own login, or on those of others."""
    tries, last = _tries(secret, own)
    return tries if last is not None and now - last <= FORGOTTEN_AFTER else 0


def closed_until(secret: Secret | None, now: datetime, *, own: bool) -> datetime | None:
    """Return when the next try is taken there, after wrong ones; None: one is taken now."""
    tries, last = tries_of(secret, now, own=own), _tries(secret, own)[1]
    if last is None or not tries:
        return None
    until = last + WAITS[min(tries, len(WAITS)) - 1]
    return until if now < until else None


def _tries(secret: Secret | None, own: bool) -> tuple[int, datetime | None]:
    if secret is None:
        return 0, None
    return (secret.wrong, secret.wrong_at) if own else (secret.elsewhere, secret.elsewhere_at)


def not_to_be_tried(snapshot: Snapshot, officer_id: int, use: SecretUse, now: datetime, actor: Actor) -> Refusal | None:
    """Return why no try of a secret is taken now: there is none, or wrong ones came before."""
    officer = snapshot.officers.get(officer_id)
    name = officer.name if officer is not None else "?"
    if use == "pin" and not pin_is_set(snapshot, officer_id):
        return Refusal("pin_not_set", {"officer": name, "id": officer_id})
    if use != "pin" and not code_waits(snapshot, officer_id, use, now):
        return Refusal("no_code", {"officer": name})
    until = closed_until(secret_of(snapshot, officer_id, use), now, own=by_himself(officer_id, actor))
    if until is None:
        return None
    seconds = math.ceil((until - now).total_seconds())
    code: Code = "pin_locked" if use == "pin" else "code_locked"
    return Refusal(code, {"officer": name, "until": until, "seconds": seconds})


def unfit_pin(pin: str) -> Refusal | None:
    """Return why a text is no PIN: too few digits, other signs, or one that everybody tries first."""
    if not (LEAST_DIGITS <= len(pin) <= MOST_DIGITS and pin.isascii() and pin.isdecimal()):
        return Refusal("bad_pin", {"least": LEAST_DIGITS, "most": MOST_DIGITS})
    return Refusal("weak_pin") if pin == SHARED_PIN or _weak(pin) else None


def _weak(pin: str) -> bool:
    """Return True for few digits, one block again and again, or an even row (123456, 654321, 135791, 111111)."""
    if len(set(pin)) < 3:
        return True
    if any(pin == (pin[:size] * len(pin))[: len(pin)] for size in range(1, len(pin) // 2 + 1)):
        return True
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1


def unfit_code(code: str) -> Refusal | None:
    """Return why a text is no one-time code: too short, or not letters and digits."""
    fit = len(code) >= LEAST_OF_CODE and code.isascii() and code.isalnum()
    return None if fit else Refusal("bad_code", {"least": LEAST_OF_CODE})
