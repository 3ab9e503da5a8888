"""A stop of the program (SIGTSTP), and its end, that wait until no thread is writing to the desk."""

import os
import signal
import threading
from types import FrameType
from typing import Final

COMMIT_SECONDS: Final = 30.0
"""Seconds for which the end of the program waits for a commit, such as a slow sync.

What is synced and not published yet, no open board shows until somebody writes again. A disk that takes longer than
this is failing: the line is then whole or not there, and the system frees the lock when the disk lets the process go.
"""


class _Stop:
    """The handler: it does what the one before did, at a time when nobody is writing."""

    def __init__(self, before: object) -> None:
        self._before = before

    def __call__(self, number: int, frame: FrameType | None) -> None:
        from dutyboard.store import while_nobody_writes  # not before the first frame

        while_nobody_writes(lambda: self._stop(number, frame))

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if callable(self._before):
            self._before(number, frame)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)


def await_commit() -> bool:
    """Wait until no thread is writing, before the program ends. False: one still is, and is given up."""
    from dutyboard.store import writing_ended  # not before the first frame

    return writing_ended(COMMIT_SECONDS)


def hold_stops() -> None:
    """Make stops wait for commits. Only the main thread may ask for it; in another one this does nothing.

    Textual has a handler of its own, which restores the terminal first: call this when it stands.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    before = signal.getsignal(signal.SIGTSTP)
    if before is not signal.SIG_IGN and not isinstance(before, _Stop):
        signal.signal(signal.SIGTSTP, _Stop(before))
