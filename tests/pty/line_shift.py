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

    def _until_asked(self, since: int, lines: int = 0) -> str:
        """Wait until something is asked on a line after `lines` ends of lines, and return what was said."""
        end = time.monotonic() + LIMIT
        while True:
            said = self.raw(since).decode("utf-8", "replace").replace("\r\n", "\n")
            asked = said.count("\n") >= lines and _PROMPT.search(said.rpartition("\n")[2])
            if asked and time.monotonic() - self._last_byte >= _QUIET:
                return said
            if self._ended or time.monotonic() > end:
                if self._ended:
                    return said
                raise AssertionError(f"nothing was asked\n{said[-2000:]}")
            time.sleep(0.01)

    def line(self, text: str = "") -> str:
        """Type a line, and return what is said until the next question."""
        before = self.written
        self.typed_signs += len(text) + 1
        self.send(text + "\n")
        self.heard = self._until_asked(before, 1)
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
