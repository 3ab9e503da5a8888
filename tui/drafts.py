"""Drafts of forms that were left, and what became of their sending.

A form keeps the name of the act that it has sent (rid) in its draft, so that the next one knows it even where the
program died before the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from dutyboard.frozen import frozen
from dutyboard.tui.link.rid import new_rid

if TYPE_CHECKING:
    from dutyboard.rules.records.commands import Command
    from dutyboard.rules.records.transaction import Accepted
    from dutyboard.tui.link.worker import GatewayPort

_SENT: Final = "_sent"
"""Key of a draft under which the attempt stands. No field of a form is called so."""


@frozen(kw_only=False)
class Attempt:
    """The sending of a form: the name of its act, and the command that was sent, as a hash."""

    rid: str
    sent: str

    @classmethod
    def of(cls, command: Command) -> Attempt:
        """Return the first sending of a command."""
        return cls(new_rid(), _hash(command))

    def was_of(self, command: Command) -> bool:
        """Return True if it is what was sent. A time typed without its day is another one on another day."""
        return self.sent == _hash(command)


def _hash(command: Command) -> str:
    return sha256(repr(command).encode()).hexdigest()[:16]


@frozen(kw_only=False)
class LeftDraft:
    """The texts of a form that was left, and what is known of its sending. `saved`: the act stands in the journal."""

    key: str
    texts: Mapping[str, str]
    attempt: Attempt | None = None
    saved: Accepted | None = None


def draft_of(texts: Mapping[str, str], attempt: Attempt | None) -> dict[str, str]:
    """Return what a draft keeps: the texts, and the attempt if there was one."""
    return {**texts, _SENT: f"{attempt.rid} {attempt.sent}"} if attempt is not None else dict(texts)


def drafts_left(gateway: GatewayPort, key: str) -> list[LeftDraft]:
    """Return the drafts of a form that hold anything, the newest first. Blocks. Raises as `load_drafts`."""
    found = [_left(gateway, *draft) for draft in gateway.load_drafts(key)]
    return [draft for draft in found if draft.texts or draft.saved]


def _left(gateway: GatewayPort, key: str, draft: Mapping[str, object]) -> LeftDraft:
    texts = {name: text for name, text in draft.items() if name != _SENT and isinstance(text, str) and text}
    rid, _, sent = str(draft.get(_SENT, "")).partition(" ")
    if not rid:
        return LeftDraft(key, texts)
    saved = None
    with suppress(Exception):  # nobody can say just now: the name tells when it is sent again
        saved = gateway.saved_as(rid)
    return LeftDraft(key, texts, Attempt(rid, sent), saved)
