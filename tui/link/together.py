"""Acts said at once of many people: foreseen one after another, and written as one line of the journal."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from dutyboard.rules.duties.meanwhile import changed_since
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.together import OneOfMany, SaidOfMany, foreseen_together, one_of_all

T = TypeVar("T")


class ManyWriter(Protocol):
    """The part of a gateway that is needed for acts said at once."""

    @property
    def snapshot(self) -> Snapshot: ...
    def foresee(self, ask: Callable[[Snapshot, datetime, Actor], T]) -> T: ...
    def heard(self, answer: Accepted | Refusal) -> Accepted | Refusal: ...
    def submit_all(
        self, acts: Sequence[Callable[[Snapshot], Command | Refusal]], rid: str = "", *, together: bool = False
    ) -> tuple[list[Accepted], Refusal | None]: ...


def preview_together(gateway: ManyWriter, acts: Sequence[SaidOfMany]) -> list[OneOfMany]:
    """Return what becomes of acts said at once, each on what those before it leave. Blocks. Raises StoreTrouble."""
    found = gateway.foresee(lambda picture, now, actor: foreseen_together(acts, picture, now, actor))
    return [replace(each, answer=gateway.heard(each.answer)) for each in found]


def submit_together(
    gateway: ManyWriter, commands: Sequence[Command], people: Sequence[Person], rid: str = ""
) -> Accepted | Refusal:
    """Write acts as one commit, and return them as one. If one of the people has changed, none is written.

    Blocks. Raises StoreTrouble.
    """

    def said(number: int) -> Callable[[Snapshot], Command | Refusal]:
        return lambda _: (changed_since(people, gateway.snapshot) if number == 0 else None) or commands[number]

    accepted, refusal = gateway.submit_all([said(number) for number in range(len(commands))], rid, together=True)
    return refusal or one_of_all(accepted)
