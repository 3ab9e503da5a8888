"""The news of the worker thread. Nothing else of the desk reaches the screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.board import Board, BrokenPart
    from dutyboard.rules.records.refusals import Refusal
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.rules.records.transaction import Accepted


@frozen(kw_only=False)
class Trouble:
    """The store failed; nothing was acknowledged. `code` is a name of `tui.text.troubles`."""

    code: str
    fields: Mapping[str, Any]


Answer: TypeAlias = "Accepted | Refusal | Trouble"
Reply = Callable[[Answer], None]


@frozen(kw_only=False)
class Opened:
    """The desk is open: its clock and the acting login may be read from now on."""


@frozen(kw_only=False)
class BoardAt:
    """A picture of the desk, the instant at which it was looked at, and the board of that instant.

    `failures` are the parts that could not be computed. `board` is None where a `fault` left none: the one before
    stays. `stopped_at`: the engine of the desk is away, and the picture is of that instant.
    """

    snapshot: Snapshot
    now: datetime
    board: Board | None
    failures: tuple[BrokenPart, ...] = ()
    fault: Exception | None = None
    stopped_at: datetime | None = None


@frozen(kw_only=False)
class Loaded:
    """A new picture of the desk, or a new instant of it. Of a burst only the last counts."""

    shown: BoardAt


@frozen(kw_only=False)
class Answered:
    """The answer to a command. `reply` is called with it once the picture is in place."""

    answer: Answer
    shown: BoardAt
    reply: Reply


@frozen(kw_only=False)
class Fetched:
    """The value of a job without a command (a draft, the journal's head), or the trouble it met."""

    value: Any
    reply: Callable[[Any], object]


@frozen(kw_only=False)
class Troubled:
    """The desk could not be opened, or not be read again."""

    trouble: Trouble


@frozen(kw_only=False)
class Faulted:
    """A fault of the program in the worker thread: an exception without a code."""

    error: Exception


@frozen(kw_only=False)
class HungUp:
    """The line dropped, or the system asks the program to end."""


News = Opened | Loaded | Answered | Fetched | Troubled | Faulted | HungUp
