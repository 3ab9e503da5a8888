"""What reaches the screen from the worker thread, and nothing else does (design.md section 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from textual.message import Message

if TYPE_CHECKING:
    from dutyboard.rules.records.refusals import Refusal
    from dutyboard.rules.records.snapshot import Snapshot
    from dutyboard.rules.records.transaction import Accepted


class Trouble:
    """The store could not do it; nothing was acknowledged. `code` is worded by `tui.text.refusals`."""

    def __init__(self, code: str, fields: Mapping[str, Any]) -> None:
        self.code = code
        self.fields = fields


Answer: TypeAlias = "Accepted | Refusal | Trouble"
Reply = Callable[[Answer], None]


class Opened(Message):
    """The desk is open: its clock and who acts may be read from now on."""


class Loaded(Message):
    """A new picture of the desk. Of a burst only the last counts."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self.snapshot = snapshot

    def can_replace(self, message: Message) -> bool:
        """A later picture takes the place of one not yet shown."""
        return isinstance(message, Loaded)


class Answered(Message):
    """What became of a command; `reply` is called on the UI loop after the picture is in place."""

    def __init__(self, answer: Answer, snapshot: Snapshot, reply: Reply) -> None:
        super().__init__()
        self.answer = answer
        self.snapshot = snapshot
        self.reply = reply


class Fetched(Message):
    """What a job without a command brought (a draft, the journal's head), or the trouble it met."""

    def __init__(self, value: Any, reply: Callable[[Any], None]) -> None:
        super().__init__()
        self.value = value
        self.reply = reply


class Troubled(Message):
    """The desk could not be opened, or not be read again."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self.trouble = trouble


class Hangup(Message):
    """The line dropped, or the system asks the program to end."""
