"""Lines typed at a prompt, from a terminal or a pipe. While it waits it looks up now and then."""

import os
import select
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

import click

from dutyboard.tui.terminal.unseen import shown_again

LOOK_SECONDS: Final = 3.0
"""Seconds between two looks while nobody types."""
_LONGEST: Final = 1 << 16


class InputEnded(Exception):
    """Nothing more will be typed: the end of a pipe, Ctrl+D, or a line that dropped."""


class LineInput:
    """The lines of a file descriptor. `meanwhile` is called while it waits; True: it has said something."""

    def __init__(self, number: int, meanwhile: Callable[[], bool] = lambda: False) -> None:
        self._number = number
        self._meanwhile = meanwhile
        self._held = b""
        self._ended = False
        self._echoes = os.isatty(number)

    def line(self, prompt: str) -> str:
        """Return the next line, without its end. Raises InputEnded."""
        click.echo(prompt, nl=False)
        while b"\n" not in self._held and not self._ended:
            if self._comes():
                self._take()
            elif self._meanwhile():
                click.echo(prompt, nl=False)
        if not self._held:
            raise InputEnded
        typed, _, self._held = self._held.partition(b"\n")
        if not self._echoes:
            click.echo()
        return typed.decode("utf-8", "replace").rstrip("\r")

    def unseen(self, prompt: str) -> str:
        """Return a line that the terminal does not show. Raises InputEnded."""
        with self._quiet():
            typed = self.line(prompt)
        if self._echoes:
            click.echo()
        return typed

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """Take the terminal's echo away, and give it back however this ends."""
        if not self._echoes:
            yield
            return
        with shown_again():
            before = termios.tcgetattr(self._number)
            silent = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
            termios.tcsetattr(self._number, termios.TCSADRAIN, silent)
            try:
                yield
            finally:
                with suppress(termios.error):  # the line has dropped
                    termios.tcsetattr(self._number, termios.TCSADRAIN, before)

    def _comes(self) -> bool:
        return bool(select.select([self._number], [], [], LOOK_SECONDS)[0])

    def _take(self) -> None:
        try:
            piece = os.read(self._number, _LONGEST)
        except OSError:  # the line has dropped
            piece = b""
        self._ended = not piece
        self._held += piece
