"""A session by numbered lines in a real terminal, worked by a script that reads only what is said."""

import re
import time
from collections.abc import Sequence
from pathlib import Path

from tests.pty.terminal import LIMIT, Terminal, arguments

_PROMPT = re.compile(r"(?:[：>:] ?)$")
_QUIET = 0.05
_ROW = re.compile(r"^(\d+)\. (.*)$", re.MULTILINE)


class LineShift(Terminal):
    """An officer who types lines. `spoken` is everything said so far; `typed` counts the signs of his lines."""

    def __init__(self, folder: Path, *argv: str) -> None:
        """Open a session, with another command line than that of the desk's own account where one is given."""
        self.typed_signs = 0
        super().__init__(*(argv or arguments(folder, "--plain")), columns=400, rows=200)
        self.heard = self._until_asked(0)

    def __enter__(self) -> "LineShift":
        return self

    @property
    def spoken(self) -> str:
        """Everything said, as a screen reader gets it."""
        return self.raw().decode("utf-8").replace("\r\n", "\n")

    def _until_asked(self, since: int, echo: str = "") -> str:
        """Wait until something is asked behind the echo of what was typed, and return what was said."""
        end = time.monotonic() + LIMIT
        while True:
            said = self.raw(since).decode("utf-8", "replace").replace("\r\n", "\n")
            _, echoed, behind = said.partition(echo) if echo else ("", "", said)
            asked = (echoed or not echo) and _PROMPT.search(behind.rpartition("\n")[2])
            if self._ended or (asked and time.monotonic() - self._last_byte >= _QUIET):
                return said
            if time.monotonic() > end:
                raise AssertionError(f"nothing was asked\n{said[-2000:]}")
            time.sleep(0.01)

    def line(self, text: str = "") -> str:
        """Type a line, and return what is said until the next question.

        A blank stands for an empty line, so that its echo is told from a red line that comes in between.
        """
        before, shown = self.written, self.echoes
        self.typed_signs += len(text) + 1
        sent = f"{text or ' '}\n"
        self.send(sent)
        self.heard = self._until_asked(before, sent if shown else "\n")
        return self.heard

    def answers(self, *texts: str) -> str:
        """Type several lines, one after the other question, and return all that is said."""
        return "".join([self.line(text) for text in texts])

    def row(self, words: str, heard: str | None = None) -> str:
        """The number of the first row that holds these words, of what was said last; more is asked for if need be."""
        said = heard if heard is not None else self.heard
        while True:
            found = next((number for number, text in _ROW.findall(said) if words in text), None)
            if found is not None:
                return str(found)
            before = said
            said = self.line("m")
            if not _ROW.search(said) or said == before:
                raise AssertionError(f"no row holds {words}\n{self.heard[-1500:]}")

    def rows(self) -> Sequence[tuple[str, str]]:
        """The rows said last: number and text."""
        return [(number, text) for number, text in _ROW.findall(self.heard)]
