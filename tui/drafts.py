"""Drafts of forms that were left, and what became of their sending.

A form keeps the name of the act that it has sent (rid) in its draft, so that the next one knows it even where the
program died before the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
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
_AT: Final = "_at"
"""Key of a draft under which the instant of its last key stands, by the desk's clock."""


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
    """The texts of a form that was left, and what is known of its sending. `saved`: the act stands in the journal.

    `at` is the instant of its last key; None: an older program kept it.
    """

    key: str
    texts: Mapping[str, str]
    attempt: Attempt | None = None
    saved: Accepted | None = None
    at: datetime | None = None

    @property
    def name(self) -> str:
        """The first text, by which its writer knows it; "" for one with a digit, which may be somebody's number."""
        first = next(iter(self.texts.values()), "")
        return "" if any(sign.isdecimal() for sign in first) else first


class OfferedDrafts:
    """The drafts of one form that were left, the newest first, until the officer says what becomes of them.

    `key` is the name under which the form keeps its own text: no draft that is put aside has it.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self.left: list[LeftDraft] = []
        self.chosen = 0
        self._begins_with = key

    def __bool__(self) -> bool:
        """Return True while one is offered."""
        return bool(self.left)

    def offer(self, found: Iterable[LeftDraft]) -> None:
        """Offer these."""
        self.left, self.chosen = list(found), 0

    def step(self, by: int) -> None:
        """Choose the one before or behind."""
        self.chosen = max(0, min(self.chosen + by, len(self.left) - 1))

    def go_on(self) -> LeftDraft:
        """Return the chosen one. The form keeps its text under the name of that one; the others stay for later."""
        taken = self.left[self.chosen]
        self.key, self.left = taken.key, []
        return taken

    def discard(self) -> str:
        """Take the chosen one off the list, and return its key: it is to be forgotten."""
        key = self.left.pop(self.chosen).key
        self.step(0)
        return key

    def put_aside(self) -> None:
        """Keep all of them for later: what is typed now is a draft of its own."""
        taken = {each.key for each in self.left}
        numbered = (f"{self._begins_with}.{number}" for number in range(2, len(taken) + 2))
        self.key = next(key for key in (self._begins_with, *numbered) if key not in taken)
        self.left = []


def draft_of(texts: Mapping[str, str], attempt: Attempt | None, at: datetime) -> dict[str, str]:
    """Return what a draft keeps: the texts, the instant, and the attempt if there was one."""
    sent = {_SENT: f"{attempt.rid} {attempt.sent}"} if attempt is not None else {}
    return {**texts, _AT: at.isoformat(timespec="minutes"), **sent}


def drafts_left(gateway: GatewayPort, key: str) -> list[LeftDraft]:
    """Return the drafts of a form that hold anything, the newest first. Blocks. Raises as `load_drafts`."""
    found = [_left(gateway, *draft) for draft in gateway.load_drafts(key)]
    return [draft for draft in found if draft.texts or draft.saved]


def _left(gateway: GatewayPort, key: str, draft: Mapping[str, object]) -> LeftDraft:
    texts = {name: text for name, text in draft.items() if name not in (_SENT, _AT) and isinstance(text, str) and text}
    rid, _, sent = str(draft.get(_SENT, "")).partition(" ")
    at = _instant(str(draft.get(_AT, "")))
    if not rid:
        return LeftDraft(key, texts, at=at)
    saved = None
    with suppress(Exception):  # nobody can say just now: the name tells when it is sent again
        saved = gateway.saved_as(rid)
    return LeftDraft(key, texts, Attempt(rid, sent), saved, at)


def _instant(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
