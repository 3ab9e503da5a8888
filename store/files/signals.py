"""Signals that wait while this process holds the lock, in whatever thread.

A mask holds for one thread, and a stop takes all of them: asked of the thread that draws, it would stop the one that
writes, and nobody could write until somebody brings the process back. The stop is therefore asked again after the line.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STOP = frozenset({signal.SIGTSTP})
_ALL = STOP | {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class _Stops:
    """The commits of this process that are under way, and whether a stop waits for them."""

    def __init__(self) -> None:
        # Taken again by the thread that has it: a handler runs between any two instructions of the main thread.
        self._one = threading.Condition(threading.RLock())
        self._holding = 0
        self._asked = False

    def begin(self) -> None:
        with self._one:  # held by a stop as long as it lasts: nobody begins meanwhile
            self._holding += 1

    def end(self) -> None:
        with self._one:
            self._holding -= 1
            self._one.notify_all()
            again = self._asked and not self._holding
            if again:
                self._asked = False
        if again:
            os.kill(os.getpid(), signal.SIGTSTP)

    def ended(self, seconds: float) -> bool:
        """Wait until no commit is under way; False if one still is after so many seconds."""
        with self._one:
            return self._one.wait_for(lambda: not self._holding, seconds)

    def stop(self, act: Callable[[], object]) -> None:
        """Stop now by `act`, or ask again when the last commit has ended."""
        with self._one:
            if self._holding:
                self._asked = True
            else:
                act()


_stops = _Stops()


@contextmanager
def held(signals: frozenset[signal.Signals] = _ALL) -> Iterator[None]:
    """Hold back what would end or stop this process, until the line is written and the lock is free."""
    _stops.begin()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        _stops.end()


def writing_ended(seconds: float) -> bool:
    """Wait until no thread of this process is writing; False if one still is after so many seconds."""
    return _stops.ended(seconds)


def while_nobody_writes(act: Callable[[], object]) -> None:
    """Stop this process by `act` while no thread of it is writing. Else SIGTSTP is sent again after the line.

    For a handler of SIGTSTP: Python runs it in the main thread, whatever the others do.
    """
    _stops.stop(act)
