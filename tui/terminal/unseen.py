"""Typing that the terminal does not show, while it stays sure that it shows again, however the question ends."""

import os
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final

_ENDS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@contextmanager
def shown_again() -> Iterator[None]:
    """Give the terminal of standard input back as it was, also where a signal ends the program. No stop is taken.

    The library that takes the echo away gives it back for an interrupt only. For the main thread.
    """
    terminal = sys.stdin.fileno()
    own = termios.tcgetattr(terminal)

    def end(number: int, _: FrameType | None) -> None:
        with suppress(termios.error):  # the line has dropped
            termios.tcsetattr(terminal, termios.TCSAFLUSH, own)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    before = {number: signal.signal(number, end) for number in _ENDS}
    before[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
