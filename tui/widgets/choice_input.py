"""An input field of codes: one digit chooses an answer, which stands there with its word."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from textual.events import Key

from dutyboard.tui.widgets.text_input import TextInput


class ChoiceInput(TextInput):
    """The field. `answers` are the words by digit; `spoken` are other texts that mean one, by the digit.

    A letter that begins no answer is not taken, so that it swallows no digit after it.
    """

    def __init__(
        self, value: str = "", *, answers: Mapping[str, str], spoken: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        self._answers = answers
        self._means = {text.casefold(): digit for digit, text in answers.items()} | dict(spoken or {})
        super().__init__(value, **more)

    def _digit(self, text: str) -> str:
        """Return the digit of the answer that a text is; "" for none."""
        said = unicodedata.normalize("NFKC", text).strip().casefold()
        digit, _, word = said.partition(" ")
        if digit in self._answers and word in ("", self._answers[digit].casefold()):
            return digit
        return self._means.get(said, "")

    @property
    def told(self) -> str:
        """The digit of the answer, else what was typed."""
        return self._digit(self.value) or self.value

    def validate_value(self, value: str) -> str:
        """Show a chosen answer as its digit and its word."""
        digit = self._digit(value)
        return f"{digit} {self._answers[digit]}" if digit else super().validate_value(value)

    def on_key(self, event: Key) -> None:
        """Take a digit, and letters only as the beginning of an answer."""
        if not event.is_printable or event.character is None:
            return
        event.stop()
        event.prevent_default()
        before = self._digit(self.value)
        typed = unicodedata.normalize("NFKC", event.character).casefold()
        begun = before if before else self.value.casefold()
        for text in (begun + typed, typed):
            if text in self._answers or any(each.startswith(text) for each in self._means):
                self.value = text
                self.cursor_position = len(self.value)
                return

    def action_delete_left(self) -> None:
        """Take a chosen answer away as a whole."""
        if self._digit(self.value):
            self.value = ""
        else:
            super().action_delete_left()
