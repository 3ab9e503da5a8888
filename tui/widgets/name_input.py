"""An input field for a name, in which initials stand for the one name that they fit."""

from collections.abc import Sequence
from typing import Any, Final

from textual.message import Message

from dutyboard.tui.views.initials import Query, findable
from dutyboard.tui.widgets.text_input import TextInput

OFFERED: Final = 8
"""Names that are offered at most."""


class NameInput(TextInput):
    """The field. A text that no name fits, and a name in Chinese signs, stay as they were typed.

    Right takes the name `offer` into the empty field; no other key does.
    """

    class Offered(Message):
        """The names that fit what was typed, as many as one row holds."""

        def __init__(self, names: Sequence[str]) -> None:
            super().__init__()
            self.names = tuple(names)

    def __init__(self, value: str = "", *, names: Sequence[str], offer: str = "", **more: Any) -> None:
        self._names = tuple((name, findable(name)) for name in names)
        self._proposed = offer
        self._offered: tuple[str, ...] = ()
        super().__init__(value, **more)

    def action_cursor_right(self, select: bool = False) -> None:
        """Take the name that is offered into the empty field, else move."""
        if self._proposed and not self.value:
            self.value = self._proposed
            self.cursor_position = len(self.value)
        else:
            super().action_cursor_right(select)

    def fitting(self) -> list[str]:
        """Return the names that hold what was typed, as it is or as initials."""
        text = self.value.strip()
        query = Query(text)
        return [name for name, found in self._names if query.finds(found)] if text else []

    @property
    def told(self) -> str:
        """The name that initials stand for where they fit one alone, else what was typed."""
        text, fitting = self.value.strip(), self.fitting()
        return fitting[0] if len(fitting) == 1 and text.isascii() and text.isalpha() else self.value

    def watch_value(self, value: str) -> None:
        """Offer the names that fit, until one of them stands there."""
        fitting = self.fitting()
        offered = tuple(fitting[:OFFERED]) if value not in fitting else ()
        if offered != self._offered:
            self._offered = offered
            self.post_message(self.Offered(offered))

    async def action_submit(self) -> None:
        """Put the name into the field that its initials stand for, and go on."""
        self.value = self.told
        await super().action_submit()

    def on_blur(self) -> None:
        """Put the name into the field that its initials stand for."""
        self.value = self.told
