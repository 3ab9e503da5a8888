"""What a dropped line does: the app ends cleanly if it can within two seconds, and is ended if it cannot.

Signals are blocked before any thread starts and waited for in a thread of their own, since the event loop of a stalled
link may be stuck in a write and never see a handler (measured: it hangs at 99 % CPU). Safe because a commit is atomic
and drafts are saved while they are typed.
"""

import os
import signal
import threading
import time
from collections.abc import Callable

SIGNALS = frozenset({signal.SIGHUP, signal.SIGTERM})
GRACE_SECONDS = 2.0


def block() -> None:
    """Hold the signals back in this thread and all threads it starts from now on. Call before any thread exists."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)


def watch(leave: Callable[[], object]) -> None:
    """Start the thread that waits for a hang-up. `leave` is called in that thread and must not block."""

    def wait() -> None:
        number = signal.sigwait(SIGNALS)
        try:
            leave()
        finally:
            time.sleep(GRACE_SECONDS)
            os._exit(128 + number)

    threading.Thread(target=wait, name="hangup", daemon=True).start()
