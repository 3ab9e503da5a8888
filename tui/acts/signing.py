"""PINs of an act: those that come with it, and those that the rules ask for when they decide.

The rules refuse an act with the number of the officer who must sign; his PIN is then asked for, and the same act is
sent again. So nothing but the rules knows which acts are signed.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import msgspec

from dutyboard.frozen import frozen
from dutyboard.rules.records.refusals import ASKS, NOT_TAKEN, Code, Refusal, signer_asked
from dutyboard.tui.link.pins import Given

T = TypeVar("T")
Asker = Callable[[int, Code], Given | None]
"""Asks for the PIN or code of an officer, as the code of a refusal says. None: it cannot be had."""
ABOUT_PIN: Final[frozenset[Code]] = frozenset(ASKS) | NOT_TAKEN | {"pin_not_set", "no_code"}

UNKEPT: Final = frozenset({"pin", "new", "code"})
"""Fields of an act that hold a PIN or a code. Not even a hash of the act is made with them."""


def nobody_to_ask(_: int, __: Code) -> Given | None:
    """Ask nobody."""
    return None


@frozen(kw_only=False)
class Signing:
    """The PINs typed for an act at once, and the way to ask for more."""

    given: tuple[Given, ...] = ()
    ask: Asker = nobody_to_ask

    def more(self, refusal: Refusal) -> "Signing | None":
        """Return the signing with what a refusal asks for. None: it asks for nothing, or it cannot be had."""
        officer_id = signer_asked(refusal, [each.officer_id for each in self.given])
        asked = self.ask(officer_id, refusal.code) if officer_id is not None else None
        return Signing((*self.given, asked), self.ask) if asked is not None else None


def signed(send: Callable[[Sequence[Given]], T | Refusal], signing: Signing) -> T | Refusal:
    """Send an act until the rules ask for no other PIN."""
    while True:
        answer = send(signing.given)
        more = signing.more(answer) if isinstance(answer, Refusal) else None
        if more is None:
            return answer
        signing = more


def signing_of(act: msgspec.Struct) -> Signing:
    """Return the PINs of an act of JSON. The first is the leader's, where one is named, else one's own."""
    typed = getattr(act, "pin", msgspec.UNSET)
    pins = [] if typed is msgspec.UNSET else [typed] if isinstance(typed, str) else list(typed)
    if not pins:
        return Signing()
    leader = getattr(act, "leader", msgspec.UNSET)
    first = Given(text=pins.pop(0), officer_id=leader if isinstance(leader, int) else None)

    def next_one(officer_id: int, _: Code) -> Given | None:
        return Given(text=pins.pop(0), officer_id=officer_id) if pins else None

    return Signing((first,), next_one)
